"""The form of a subscribed calendar: where it is, and what is made of each of its dates."""

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.adapters.outside import Reach, host_of, read_address
from app.adapters.sealing import Seal
from app.domain.anchors import Entries
from app.domain.notation.rules import MOST_MINUTES_AROUND
from app.domain.peaks import Peak, Severity
from app.domain.refusal import Refusal
from app.domain.register import Name, RegisteredPeak
from app.domain.subscriptions import followed
from app.domain.walltime import zone
from app.phrases.findings import say_severity
from app.phrases.language import Language
from app.usecases.peaks import PeakDraft
from app.usecases.subscriptions import Address, SubscriptionDraft
from app.web.forms import LONGEST_LINE, LONGEST_TEXT, Form, Reading, fitting, member, services_of, text_of
from app.web.typed import read_hours, show_hours


class SubscriptionForm(Form):
    name = StringField("Name")
    address = StringField("Address of the calendar")
    before = StringField("Hours before each date")
    after = StringField("Hours after each date")
    only = StringField("Only entries with these words in their title")
    consequence = TextAreaField("What it means if something goes wrong then")
    severity = SelectField("How severe", validate_choice=False)
    scope = SelectField("For which services", validate_choice=False)
    services = SelectMultipleField("These services", validate_choice=False)
    zone = StringField("Time zone")
    version = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.severity.choices = [(str(one), say_severity(language, one)) for one in Severity]
        self.scope.choices = [("all", language.t("all services you use")), ("some", language.t("only the ones chosen below"))]

    def draft(self, seal: Seal, reach: Reach, *, is_new: bool) -> SubscriptionDraft:
        """What was filled in; every problem is told at once. An address that is left out of a change stays as it was."""
        reading = Reading()
        name = reading.take(lambda: fitting(self.name, LONGEST_LINE, is_required=True), "")
        address = reading.take(lambda: self._address(seal, reach, is_new=is_new), None)
        before = reading.take(lambda: read_hours(text_of(self.before), "before", MOST_MINUTES_AROUND), 0)
        after = reading.take(lambda: read_hours(text_of(self.after), "after", MOST_MINUTES_AROUND), 0)
        only = reading.take(lambda: fitting(self.only, LONGEST_LINE), "")
        severity = reading.take(lambda: member(Severity, self.severity.data, "severity"), Severity.ADVISORY)
        consequence = reading.take(lambda: fitting(self.consequence, LONGEST_TEXT), "")
        services = reading.take(lambda: services_of(self.scope, self.services), None)
        zone_name = reading.take(lambda: zone(text_of(self.zone)).key, "UTC")
        reading.finish()
        peak = Peak("", "", severity, zone_name, Entries(zone_name, ()), services)
        return SubscriptionDraft(PeakDraft(peak, Name(name, name), consequence), before, after, only, address)

    def _address(self, seal: Seal, reach: Reach, *, is_new: bool) -> Address | None:
        """Sealed at once: nothing behind this form sees it in the open."""
        text = text_of(self.address)
        if not text:
            if is_new:
                raise Refusal("missing_field", "address")
            return None
        plain = read_address(text, reach)
        return Address(seal.close(plain), host_of(plain))


def subscription_values(registered: RegisteredPeak, version: int, code: str) -> dict[str, object]:
    """A subscription as it is put into its form. Its address is not: it is sealed, and shown to nobody."""
    peak, rule = registered.peak, followed(registered.peak)
    return {
        "name": registered.name.in_language(code),
        "before": show_hours(rule.minutes_before),
        "after": show_hours(rule.minutes_after),
        "only": rule.only,
        "consequence": registered.consequence,
        "severity": str(peak.severity),
        "scope": "all" if peak.services is None else "some",
        "services": sorted(peak.services or ()),
        "zone": peak.zone,
        "version": str(version),
    }
