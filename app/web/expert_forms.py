"""The forms of an expert: who he is and what he knows, an absence, and coming back earlier."""

from datetime import datetime

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField

from app.domain.absences import LONGEST_REASON, MOST_KNOWN
from app.domain.spans import Instant, Span
from app.domain.walltime import single_instant
from app.phrases.language import Language
from app.queries.names import Names
from app.web.forms import LONGEST_LINE, Form, Reading, fitting, fold_of, folds, text_of
from app.web.service_forms import LONGEST_SEARCH
from app.web.typed import read_wall


class ExpertForm(Form):
    name = StringField("Name or role")
    supplier = SelectField("Supplier", validate_choice=False)
    search = StringField("Find services")
    services = SelectMultipleField("Services he knows", validate_choice=False)
    version = HiddenField()

    def __init__(self, language: Language, names: Names, **values: object) -> None:
        super().__init__(language, **values)
        self.supplier.choices = [(one.id, one.name) for one in names.parties.values() if one.kind == "supplier"]

    def filled_in(self) -> tuple[str, list[str]]:
        """The name, and the services that are ticked."""
        reading = Reading()
        name = reading.take(lambda: fitting(self.name, LONGEST_LINE, is_required=True), "")
        reading.finish()
        return name, self.chosen

    @property
    def chosen(self) -> list[str]:
        """The services that are ticked, no more than could be kept and one."""
        return sorted({str(one) for one in self.services.data or ()})[: MOST_KNOWN + 1]

    @property
    def asked(self) -> str:
        return text_of(self.search)[:LONGEST_SEARCH]


class AbsenceForm(Form):
    start_day = StringField("First day away")
    start_time = StringField("From what time")
    end_day = StringField("Day he is back")
    end_time = StringField("From what time he is back")
    start_fold = SelectField("If the start happens twice", validate_choice=False)
    end_fold = SelectField("If the end happens twice", validate_choice=False)
    reason = StringField("Reason")
    version = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.start_fold.choices = self.end_fold.choices = folds(language)

    def absence(self, zone: str) -> tuple[Span, str]:
        """From when until when, read in that zone, and why; times that were left out are midnight."""
        reading = Reading()
        start = reading.take(lambda: _instant(self.start_day, self.start_time, self.start_fold, "start", zone), 0)
        end = reading.take(lambda: _instant(self.end_day, self.end_time, self.end_fold, "end", zone), 0)
        reason = reading.take(lambda: fitting(self.reason, LONGEST_REASON), "")
        reading.finish()
        return Span(start, end), reason


class BackForm(Form):
    end_day = StringField("Day he is back")
    end_time = StringField("From what time he is back")
    end_fold = SelectField("If the end happens twice", validate_choice=False)
    version = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.end_fold.choices = folds(language)

    def back(self, zone: str) -> Instant:
        reading = Reading()
        end = reading.take(lambda: _instant(self.end_day, self.end_time, self.end_fold, "end", zone), 0)
        reading.finish()
        return end


ABSENCE_FIELDS = {"start": "start_day", "end": "end_day"}


def _instant(day: StringField, clock: StringField, fold: SelectField, field: str, zone: str) -> Instant:
    wall: datetime = read_wall(text_of(day), text_of(clock) or "0:00", field)
    return single_instant(wall, zone, fold_of(fold.data), field)
