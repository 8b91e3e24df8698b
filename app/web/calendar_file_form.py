"""The form of a calendar file: what its entries mean as a peak, and the entries themselves once the file was read."""

import json
from dataclasses import replace
from datetime import date

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.domain.anchors import Entries
from app.domain.notation.rules import MOST_MINUTES_AROUND, read_rule, write_rule
from app.domain.peaks import Peak, Severity
from app.domain.refusal import Refusal
from app.domain.register import Name, RegisteredPeak
from app.domain.walltime import zone
from app.phrases.findings import say_severity
from app.phrases.language import Language
from app.usecases.peaks import PeakDraft
from app.web.forms import LONGEST_LINE, LONGEST_TEXT, Form, Reading, fitting, member, services_of, text_of
from app.web.typed import read_day, read_hours, show_day, show_hours


class CalendarFileForm(Form):
    file = FileField("Calendar file (.ics)")
    only = StringField("Only entries with these words in their title")
    name = StringField("Name")
    severity = SelectField("How severe", validate_choice=False)
    hours_before = StringField("Hours before each")
    hours_after = StringField("Hours after each")
    consequence = TextAreaField("What it means if something goes wrong then")
    scope = SelectField("For which services", validate_choice=False)
    services = SelectMultipleField("These services", validate_choice=False)
    zone = StringField("Time zone")
    horizon = StringField("Known until")
    entries = HiddenField()
    version = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.severity.choices = [(str(one), say_severity(language, one)) for one in Severity]
        self.scope.choices = [("all", language.t("all services you use")), ("some", language.t("only the ones chosen below"))]

    @property
    def uploaded(self) -> bytes:
        """The file that came with the form; empty when none did."""
        if not self.file.data:
            return b""
        with self.file.data.stream as stream:
            return bytes(stream.read())

    def chosen_zone(self) -> str:
        return zone(text_of(self.zone)).key

    def words(self) -> str:
        return fitting(self.only, LONGEST_LINE)

    def keep(self, rule: Entries) -> None:
        """Put the entries that were read into the form, where they wait until it is saved."""
        self.entries.data = json.dumps(write_rule(rule)["entries"], ensure_ascii=False)

    def draft(self, known: RegisteredPeak | None = None) -> PeakDraft:
        """What was filled in, with the entries that were read before. Every problem is told at once."""
        reading = Reading()
        name = reading.take(lambda: fitting(self.name, LONGEST_LINE, is_required=True), "")
        consequence = reading.take(lambda: fitting(self.consequence, LONGEST_TEXT), "")
        severity = reading.take(lambda: member(Severity, self.severity.data, "severity"), Severity.ADVISORY)
        services = reading.take(lambda: services_of(self.scope, self.services), None)
        horizon = reading.take(self._horizon, None)
        rule = reading.take(self._rule, None)
        reading.finish()
        if rule is None:
            raise Refusal("missing_field", "file")
        blank = Peak(id="", customer="", severity=severity, zone=rule.zone, rule=rule)
        filled_in = {"severity": severity, "services": services, "horizon_until": horizon or rule.anchors[-1].last}
        peak = replace(known.peak if known else blank, zone=rule.zone, rule=rule, **filled_in)  # type: ignore[arg-type] # by name
        return PeakDraft(peak, Name(name, name), consequence)

    def _rule(self) -> Entries:
        before, after = (read_hours(text_of(self[field]), field, MOST_MINUTES_AROUND) for field in ("hours_before", "hours_after"))
        if not self.entries.data:
            raise Refusal("missing_field", "file")
        zone = self.chosen_zone()
        try:
            rule = read_rule({"type": "entries", "tz": zone, "entries": json.loads(str(self.entries.data))}, "")
        except (Refusal, ValueError, RecursionError):
            raise Refusal("entries_lost", "file") from None
        if not isinstance(rule, Entries) or not rule.entries:
            raise Refusal("entries_lost", "file")
        return replace(rule, minutes_before=before, minutes_after=after, only=self.words())

    def _horizon(self) -> date | None:
        text = text_of(self.horizon)
        return read_day(text, "horizon") if text else None


def calendar_values(registered: RegisteredPeak, code: str) -> dict[str, object]:
    """A peak that came from a calendar, as it is put into the form."""
    peak = registered.peak
    around: dict[str, object] = {}
    if isinstance(peak.rule, Entries):
        minutes = {"hours_before": peak.rule.minutes_before, "hours_after": peak.rule.minutes_after}
        around = {"only": peak.rule.only, **{name: show_hours(found) for name, found in minutes.items()}}
    return {
        "name": registered.name.in_language(code),
        "severity": str(peak.severity),
        "consequence": registered.consequence,
        "scope": "all" if peak.services is None else "some",
        "services": sorted(peak.services or ()),
        "zone": peak.zone,
        "horizon": show_day(peak.horizon_until) if peak.horizon_until else "",
        "version": str(registered.version),
        **around,
    }
