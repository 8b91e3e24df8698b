"""The form of a peak: its rule and what lies around it, read into a peak and filled in from one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from wtforms import Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.domain.anchors import AnchorRule
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.rules import clock
from app.domain.own_calendars import CalendarVersion
from app.domain.peak_templates import PeakTemplate
from app.domain.peaks import DailyHours, Lead, Peak, Severity
from app.domain.refusal import Problem, Refusal
from app.domain.register import Name, RegisteredPeak
from app.domain.walltime import zone
from app.phrases.calendars import say_calendar
from app.phrases.findings import say_severity
from app.phrases.language import Language
from app.usecases.peaks import PeakDraft
from app.web.forms import LONGEST_LINE, LONGEST_TEXT, Form, Reading, fitting, member, services_of, text_of, whole
from app.web.peak_limits import LimitsForm, limit_values
from app.web.rule_answers import MOST_DATES
from app.web.rule_form import Choice, RuleForm, Values, rule_values
from app.web.typed import read_day, read_days, read_minutes, show_day, show_days

Known = RegisteredPeak | PeakTemplate
"""What a form was opened with: a peak to change, or a template to make one from."""


class PeakForm(LimitsForm):
    """A new peak has a kind that was chosen; one that is changed has the kind that shows its rule."""

    name = StringField("Name")
    consequence = TextAreaField("What it means if something goes wrong then")
    severity = SelectField("How severe", validate_choice=False)
    scope = SelectField("For which services", validate_choice=False)
    services = SelectMultipleField("These services", validate_choice=False)
    zone = StringField("Time zone")
    lead_before = StringField("Days before")
    lead_after = StringField("Days after")
    lead_calendar = SelectField("Count these days as", validate_choice=False)
    daily_start = StringField("From")
    daily_end = StringField("Until")
    valid_from = StringField("First year or day it counts")
    valid_until = StringField("Last year or day it counts")
    except_on = TextAreaField("Not on these dates")
    also_on = TextAreaField("Also on these dates")
    horizon = StringField("Known until")
    version = HiddenField()

    def __init__(self, language: Language, kind: str, calendars: Sequence[CalendarVersion], /, **values: object) -> None:
        """`values` are those of the fields; `rule` holds those of the rule. `calendars` are those of working days."""
        own = [(one.name, one.title) for one in calendars if one.customer]
        self.rule = RuleForm(language, kind, cast(Values | None, values.pop("rule", None)), own)
        super().__init__(language, **values)
        t = language.t
        national = [(name, say_calendar(language, name)) for name in NATIONAL_CALENDARS]
        self.severity.choices = [(str(one), say_severity(language, one)) for one in Severity]
        self.scope.choices = [("all", t("all services you use")), ("some", t("only the ones chosen below"))]
        self.lead_calendar.choices = [("", t("calendar days")), *national, *own]

    def __contains__(self, name: object) -> bool:
        return any(name == field.name for field in self._every_field())

    def __getitem__(self, name: str) -> Field:
        """Any field, also one of the rule, by its name on the page."""
        return next(field for field in self._every_field() if field.name == name)

    def _every_field(self) -> Iterator[Field]:
        yield from self
        for form in self.rule.forms:
            yield from form

    def tells_of(self, part: Form) -> bool:
        """Whether something is wrong with one of these fields."""
        return any(self.said_of(field.name) for field in part)

    def draft(self, known: Known | None = None, *, is_preview: bool = False) -> PeakDraft:
        """What was filled in, as a peak. Every problem is told at once.

        `known` is the peak that is being changed, or the template: what this form cannot show of it stays as it is, and
        a name that was not retyped keeps its two languages. A new peak has no id and no customer yet.
        """
        before = known.peak if known else None
        reading = Reading()
        none: frozenset[date] = frozenset()
        name = reading.take(lambda: fitting(self.name, LONGEST_LINE, is_required=not is_preview), "")
        consequence = reading.take(lambda: fitting(self.consequence, LONGEST_TEXT), "")
        rule: AnchorRule | None = reading.take(lambda: self.rule.rule(before.rule if before else None), None)
        filled_in = {
            "daily": reading.take(self._daily, None),
            "lead": reading.take(self._lead, Lead()),
            "severity": reading.take(lambda: member(Severity, self.severity.data, "severity"), Severity.ADVISORY),
            "zone": reading.take(lambda: zone(text_of(self.zone)).key, "UTC"),
            "valid_from": reading.take(lambda: _bound(text_of(self.valid_from), "valid_from", first=True), None),
            "valid_until": reading.take(lambda: _bound(text_of(self.valid_until), "valid_until", first=False), None),
            "except_on": reading.take(lambda: _days(self.except_on), none),
            "also_on": reading.take(lambda: _days(self.also_on), none),
            "services": reading.take(lambda: self._services(before), None),
            **self.limits(reading, before),
        }
        if self.rule.kind == "dates":
            filled_in["horizon_until"] = reading.take(lambda: _optional_day(text_of(self.horizon), "horizon"), None)
        if self.rule.kind == "weekly" and known is None and filled_in["daily"] is None and not reading.problems:
            reading.problems.append(Problem("missing_field", "daily_start"))
        reading.finish()
        if rule is None:
            raise Refusal("missing_field", "rule")
        blank = Peak(id="", customer="", severity=Severity.ADVISORY, zone="UTC", rule=rule)
        peak = replace(before or blank, rule=rule, **filled_in)  # type: ignore[arg-type] # fields of several types by name
        is_known_name = known is not None and name in {known.name.nl, known.name.en}
        return PeakDraft(peak, known.name if known and is_known_name else Name(name, name), consequence)

    def _services(self, known: Peak | None) -> frozenset[str] | None:
        """A peak that was for no service may stay so; nobody makes a new one like that."""
        was_for_none = known is not None and known.services == frozenset()
        return services_of(self.scope, self.services, may_be_none=was_for_none)

    def _lead(self) -> Lead:
        before = whole(text_of(self.lead_before) or "0", "lead_before", 366)
        after = whole(text_of(self.lead_after) or "0", "lead_after", 366)
        calendar = self.lead_calendar.data or None
        if calendar and calendar not in dict(cast(list[Choice], self.lead_calendar.choices)):
            raise Refusal("bad_choice", "lead_calendar")
        return Lead(before, after, calendar)

    def _daily(self) -> DailyHours | None:
        start, end = text_of(self.daily_start), text_of(self.daily_end)
        if not start and not end:
            return None
        return DailyHours(read_minutes(start, "daily_start"), read_minutes(end, "daily_end"))


def peak_values(language: Language, known: Known) -> dict[str, object]:
    """A peak or a template as it is put into its form."""
    peak = known.peak
    more = {"consequence": known.consequence, "version": str(known.version)} if isinstance(known, RegisteredPeak) else {}
    return {
        "name": known.name.in_language(language.code),
        "severity": str(peak.severity),
        "scope": "all" if peak.services is None else "some",
        "services": sorted(peak.services or ()),
        "zone": peak.zone,
        "lead_before": str(peak.lead.before),
        "lead_after": str(peak.lead.after),
        "lead_calendar": peak.lead.calendar or "",
        "daily_start": clock(peak.daily.start) if peak.daily else "",
        "daily_end": clock(peak.daily.end) if peak.daily else "",
        "valid_from": show_day(peak.valid_from) if peak.valid_from else "",
        "valid_until": show_day(peak.valid_until) if peak.valid_until else "",
        "except_on": show_days(sorted(peak.except_on)),
        "also_on": show_days(sorted(peak.also_on)),
        "horizon": show_day(peak.horizon_until) if peak.horizon_until else "",
        "rule": rule_values(language, peak.rule),
        **limit_values(peak),
        **more,
    }


def _days(field: TextAreaField) -> frozenset[date]:
    """Single dates, one a line."""
    text = text_of(field)
    lines = read_days(text, field.name, MOST_DATES) if text else []
    if any(isinstance(line, list) for line in lines):
        raise Refusal("bad_date", field.name, got=text[:40])
    return frozenset(date.fromisoformat(str(line)) for line in lines)


def _bound(text: str, field: str, *, first: bool) -> date | None:
    """A year alone stands for its first or its last day."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return read_day(f"{text}-01-01" if first else f"{text}-12-31", field)
    return _optional_day(text, field)


def _optional_day(text: str, field: str) -> date | None:
    return read_day(text, field) if text else None
