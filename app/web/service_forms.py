"""The forms of the chain: a service, and what it requires."""

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField

from app.domain.chain import Requirement
from app.domain.chain_changes import MOST_EXPERTS, MOST_MEMBERS
from app.domain.refusal import Refusal
from app.domain.register import Name, Service
from app.phrases.language import Language
from app.queries.names import Names
from app.usecases.chain import ServiceDraft
from app.web.forms import LONGEST_LINE, Form, Reading, fitting, text_of, whole
from app.web.typed import read_day

LONGEST_ID = 80
LONGEST_SEARCH = 80


class ServiceForm(Form):
    id = StringField("Id")
    supplier = SelectField("Supplier", validate_choice=False)
    name_nl = StringField("Name in Dutch")
    name_en = StringField("Name in English")
    required = StringField("Experts who must be reachable")
    supported_until = StringField("Supported up to and including")
    successor = StringField("What comes after it")
    version = HiddenField()

    def __init__(self, language: Language, names: Names, **values: object) -> None:
        super().__init__(language, **values)
        self.supplier.choices = [(one.id, one.name) for one in names.parties.values() if one.kind == "supplier"]

    def new(self) -> Service:
        """A service that was filled in, every problem told at once; small letters of an id become capitals."""
        reading = Reading()
        key = reading.take(lambda: fitting(self.id, LONGEST_ID, is_required=True), "").upper()
        draft = self._draft(reading)
        reading.finish()
        return draft.on(Service(key, str(self.supplier.data or ""), draft.name))

    def changed(self) -> ServiceDraft:
        reading = Reading()
        found = self._draft(reading)
        reading.finish()
        return found

    def _draft(self, reading: Reading) -> ServiceDraft:
        dutch = reading.take(lambda: fitting(self.name_nl, LONGEST_LINE, is_required=True), "")
        english = reading.take(lambda: fitting(self.name_en, LONGEST_LINE, is_required=True), "")
        required = reading.take(lambda: whole(text_of(self.required) or "1", "required", MOST_EXPERTS, 1), 1)
        until = reading.take(
            lambda: read_day(text_of(self.supported_until), "supported_until") if text_of(self.supported_until) else None, None
        )
        successor = reading.take(lambda: fitting(self.successor, LONGEST_LINE), "")
        return ServiceDraft(Name(dutch, english), required, until, successor)


class RequirementForm(Form):
    search = StringField("Find services")
    members = SelectMultipleField("Services it requires", validate_choice=False)
    minimum = StringField("How many of them must be there")
    version = HiddenField()

    def requirement(self, service: str) -> Requirement:
        """What was filled in; a number that was left out is all of them."""
        reading = Reading()
        members = frozenset(self.chosen)
        minimum = reading.take(lambda: whole(text_of(self.minimum) or str(len(members)), "minimum", MOST_MEMBERS), 1)
        if not members:
            reading.take(self._refuse_empty, None)
        reading.finish()
        return Requirement(service, members, minimum)

    @property
    def chosen(self) -> list[str]:
        """The members that are ticked, no more than could be kept and one."""
        return sorted({str(one) for one in self.members.data or ()})[: MOST_MEMBERS + 1]

    @property
    def asked(self) -> str:
        return text_of(self.search)[:LONGEST_SEARCH]

    def _refuse_empty(self) -> None:
        raise Refusal("empty_services", "members")
