"""The form of a peak: one kind of rule at a time, in a planner's words, read into a peak and back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.domain.anchors import AnchorRule, Holiday, Recurrence, Weekday
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.rules import clock, read_rule, write_rule
from app.domain.peaks import DailyHours, Lead, Peak, Severity
from app.domain.recurrence import parsed
from app.domain.refusal import Problem, Refusal
from app.domain.register import Name, RegisteredPeak
from app.domain.walltime import zone
from app.phrases.calendars import say_calendar, say_holiday, say_month_name, say_weekday
from app.phrases.findings import say_severity
from app.phrases.language import Language
from app.usecases.peaks import PeakDraft
from app.web.forms import LONGEST_LINE, LONGEST_TEXT, Form, Reading, fitting, member, text_of, whole
from app.web.typed import read_day, read_minutes, show_day

Written = dict[str, object]
KEPT = "kept"
"""The kind of a rule that this form cannot show: it is kept as it is, and everything around it can be changed."""

NUMBERS = ((1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"), (-1, "last"), (-2, "last but one"))
ROLLS = (
    ("preceding", "the working day before"),
    ("following", "the working day after"),
    ("modified_following", "the working day after, unless that is in the next month"),
    ("modified_preceding", "the working day before, unless that is in the month before"),
)
MOST_DATES = 500
SOME_MONDAY = date(2024, 1, 1)
"""A weekly peak has no beginning; its recurrence needs one."""


class PeakForm(Form):
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
    month = SelectField("Month", validate_choice=False)
    day = StringField("Day")
    weekday = SelectField("Weekday", validate_choice=False)
    nth = SelectField("Which one", validate_choice=False)
    offset = StringField("Days added")
    orthodox = BooleanField("Orthodox Easter")
    holiday = SelectField("Public holiday", validate_choice=False)
    calendar = SelectField("Working days of", validate_choice=False)
    roll = SelectField("When that is no working day", validate_choice=False)
    months = SelectMultipleField("In these months (none: every month)", validate_choice=False)
    dates = TextAreaField("Dates")
    horizon = StringField("Known until")
    weekdays = SelectMultipleField("On these days", validate_choice=False)
    version = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        t = language.t
        months = [(str(number), say_month_name(language, number)) for number in range(1, 13)]
        weekdays = [(day.name, say_weekday(language, day)) for day in Weekday]
        calendars = [(name, say_calendar(language, name)) for name in NATIONAL_CALENDARS]
        self.severity.choices = [(str(one), say_severity(language, one)) for one in Severity]
        self.scope.choices = [("all", t("all services you use")), ("some", t("only the ones chosen below"))]
        self.lead_calendar.choices = [("", t("calendar days")), *calendars]
        self.month.choices = self.months.choices = months
        self.weekday.choices = self.weekdays.choices = weekdays
        self.nth.choices = [(str(number), t(text)) for number, text in NUMBERS]
        self.calendar.choices = calendars
        self.roll.choices = [(kind, t(text)) for kind, text in ROLLS]
        self.holiday.choices = [
            (f"{one.name}/{day_off.key}", f"{say_holiday(language, one.name, day_off.key)} ({one.name})")
            for one in NATIONAL_CALENDARS.values()
            for day_off in {known.key: known for known in one.days_off}.values()
        ]

    def draft(self, kind: str, known: Peak | None = None, *, is_preview: bool = False) -> PeakDraft:
        """What was filled in, as a peak. Every problem is told at once.

        `known` is the peak that is being changed: what this form cannot show of it stays as it is. A new peak has no id
        and no customer yet.
        """
        reading = Reading()
        name = reading.take(lambda: fitting(self.name, LONGEST_LINE, is_required=not is_preview), "")
        consequence = reading.take(lambda: fitting(self.consequence, LONGEST_TEXT), "")
        rule = reading.take(lambda: self._rule(kind, known), None)
        filled_in = {
            "daily": reading.take(self._daily, None),
            "lead": reading.take(self._lead, Lead()),
            "severity": reading.take(lambda: member(Severity, self.severity.data, "severity"), Severity.ADVISORY),
            "zone": reading.take(lambda: zone(text_of(self.zone)).key, "UTC"),
            "valid_from": reading.take(lambda: _bound(text_of(self.valid_from), "valid_from", first=True), None),
            "valid_until": reading.take(lambda: _bound(text_of(self.valid_until), "valid_until", first=False), None),
            "services": reading.take(lambda: self._services(known), None),
        }
        if kind == "dates":
            filled_in["horizon_until"] = reading.take(lambda: _optional_day(text_of(self.horizon), "horizon"), None)
        if kind == "weekly" and known is None and filled_in["daily"] is None and not reading.problems:
            reading.problems.append(Problem("missing_field", "daily_start"))
        reading.finish()
        if rule is None:
            raise Refusal("missing_field", "rule")
        blank = Peak(id="", customer="", severity=Severity.ADVISORY, zone="UTC", rule=rule)
        peak = replace(known or blank, rule=rule, **filled_in)  # type: ignore[arg-type] # fields of several types by name
        return PeakDraft(peak, Name(name, name), consequence)

    def _services(self, known: Peak | None) -> frozenset[str] | None:
        """All, or the chosen ones. A peak that was for none may stay so; nobody makes a new one like that."""
        if _scope(self.scope.data) == "all":
            return None
        chosen = frozenset(self.services.data or ())
        if not chosen and (known is None or known.services != chosen):
            raise Refusal("empty_services", "services")
        return chosen

    def _rule(self, kind: str, known: Peak | None) -> AnchorRule:
        """The rule of that kind, by way of its written form, so that one place knows what is allowed."""
        if known and kind == KEPT:
            return known.rule
        if known and isinstance(known.rule, Recurrence) and _weekday_names(known.rule) == self.weekdays.data:
            return known.rule
        readers = {
            "fixed": lambda: {"type": "fixed", "month": self._month(), "day": self._day(), "offset_days": self._offset()},
            "nth_weekday": lambda: {
                "type": "nth_weekday",
                "month": self._month(),
                "weekday": self.weekday.data,
                "n": _chosen(self.nth.data, "nth"),
                "offset_days": self._offset(),
            },
            "easter": lambda: (
                {"type": "easter", "offset_days": self._offset()} | ({"church": "orthodox"} if self.orthodox.data else {})
            ),
            "holiday": lambda: _holiday(self.holiday.data) | {"offset_days": self._offset()},
            "working_day": lambda: {
                "type": "working_day",
                "calendar": self.calendar.data,
                "n": _chosen(self.nth.data, "nth"),
                "months": self._months(),
            },
            "day_rolled": lambda: {
                "type": "day_rolled",
                "calendar": self.calendar.data,
                "day": self._day(),
                "roll": self.roll.data,
                "months": self._months(),
            },
            "dates": lambda: {"type": "dates", "dates": _dates(text_of(self.dates))},
            "weekly": lambda: _weekly(self.weekdays.data or []),
        }
        if kind not in readers:
            raise Refusal("bad_choice", "kind")
        return read_rule(readers[kind](), "")

    def _month(self) -> int:
        return _chosen(self.month.data, "month")

    def _day(self) -> int:
        return whole(text_of(self.day), "day", 31)

    def _offset(self) -> int:
        text = text_of(self.offset) or "0"
        return (-1 if text.startswith("-") else 1) * whole(text.lstrip("+-"), "offset", 366)

    def _months(self) -> list[int] | None:
        return [_chosen(one, "months") for one in self.months.data or []] or None

    def _lead(self) -> Lead:
        before = whole(text_of(self.lead_before) or "0", "lead_before", 366)
        after = whole(text_of(self.lead_after) or "0", "lead_after", 366)
        calendar = self.lead_calendar.data or None
        if calendar and calendar not in NATIONAL_CALENDARS:
            raise Refusal("bad_choice", "lead_calendar")
        return Lead(before, after, calendar)

    def _daily(self) -> DailyHours | None:
        start, end = text_of(self.daily_start), text_of(self.daily_end)
        if not start and not end:
            return None
        return DailyHours(read_minutes(start, "daily_start"), read_minutes(end, "daily_end"))


def kind_of(rule: AnchorRule) -> str:
    """The kind of the form that shows this rule whole, or `kept`."""
    written = write_rule(rule)
    if isinstance(rule, Recurrence):
        return "weekly" if _weekdays_of(rule) else KEPT
    known = {"fixed", "nth_weekday", "easter", "holiday", "working_day", "day_rolled", "dates"}
    is_plain = "adjust" not in written and written.get("feb29") is None and written.get("roll") != "none"
    is_offered = written.get("n", 1) in dict(NUMBERS) and _is_offered(rule) and written.get("day") != "last"
    return str(written["type"]) if written["type"] in known and is_plain and is_offered else KEPT


def _is_offered(rule: AnchorRule) -> bool:
    """A holiday is offered under its own name alone, in the calendars that come with the product."""
    if not isinstance(rule, Holiday):
        return True
    calendar = NATIONAL_CALENDARS.get(rule.calendar)
    return calendar is not None and rule.key in {day_off.key for day_off in calendar.days_off}


def peak_values(registered: RegisteredPeak, code: str) -> dict[str, object]:
    """A peak as it is put into its form."""
    peak, written = registered.peak, write_rule(registered.peak.rule)
    return {
        "name": registered.name.in_language(code),
        "consequence": registered.consequence,
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
        "horizon": show_day(peak.horizon_until) if peak.horizon_until else "",
        "version": str(registered.version),
    } | _rule_values(peak.rule, written)


def _rule_values(rule: AnchorRule, written: Mapping[str, object]) -> Written:
    values: Written = {
        "month": str(written.get("month", "")),
        "day": str(written.get("day", "")),
        "weekday": written.get("weekday"),
        "nth": str(written.get("n", "")),
        "offset": str(written.get("offset_days", 0)),
        "orthodox": written.get("church") == "orthodox",
        "holiday": f"{written.get('calendar')}/{written.get('key')}",
        "calendar": written.get("calendar"),
        "roll": written.get("roll"),
        "months": [str(one) for one in cast(list[int], written.get("months") or [])],
    }
    if written["type"] == "dates":
        values["dates"] = "\n".join(_shown_dates(one) for one in cast(list[object], written["dates"]))
    if isinstance(rule, Recurrence):
        values["weekdays"] = _weekday_names(rule)
    return values


def _weekdays_of(rule: Recurrence) -> list[Weekday]:
    """The days of a plain weekly rule; none when it is anything else."""
    parts = parsed(rule.rrule)
    is_plain = parts.interval == 1 and not parts.is_bounded and not (parts.by_month or parts.by_month_day or parts.by_set_pos)
    if parts.freq == "DAILY" and is_plain and not parts.by_day:
        return list(Weekday)
    if parts.freq == "WEEKLY" and is_plain:
        return sorted(day for day, _ in parts.by_day) or [Weekday(rule.dtstart.weekday())]
    return []


def _weekday_names(rule: Recurrence) -> list[str]:
    return [day.name for day in _weekdays_of(rule)]


def _scope(chosen: str | None) -> str:
    if chosen not in {"all", "some"}:
        raise Refusal("bad_choice", "scope")
    return chosen


def _weekly(days: list[str]) -> Written:
    if not days:
        raise Refusal("missing_field", "weekdays")
    if not set(days) <= set(Weekday.__members__):
        raise Refusal("bad_choice", "weekdays")
    return {"type": "rrule", "dtstart": SOME_MONDAY.isoformat(), "rrule": f"FREQ=WEEKLY;BYDAY={','.join(days)}"}


def _holiday(chosen: str | None) -> Written:
    calendar, _, key = str(chosen or "").partition("/")
    if calendar not in NATIONAL_CALENDARS:
        raise Refusal("bad_choice", "holiday")
    return {"type": "holiday", "calendar": calendar, "key": key}


def _dates(text: str) -> list[object]:
    """One date a line, or a first and a last with `t/m` or `to` between them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refusal("missing_field", "dates")
    if len(lines) > MOST_DATES:
        raise Refusal("too_many", "dates", most=MOST_DATES, got=len(lines))
    return [_date_line(line) for line in lines]


def _date_line(line: str) -> object:
    for between in (" t/m ", " tot en met ", " to ", " until "):
        if between in line:
            first, _, last = line.partition(between)
            return [read_day(first, "dates").isoformat(), read_day(last, "dates").isoformat()]
    return read_day(line, "dates").isoformat()


def _shown_dates(written: object) -> str:
    days = [show_day(date.fromisoformat(str(one))) for one in (written if isinstance(written, list) else [written])]
    return " t/m ".join(days)


def _bound(text: str, field: str, *, first: bool) -> date | None:
    """A year alone stands for its first or its last day."""
    if len(text) == 4 and text.isascii() and text.isdigit():
        return read_day(f"{text}-01-01" if first else f"{text}-12-31", field)
    return _optional_day(text, field)


def _optional_day(text: str, field: str) -> date | None:
    return read_day(text, field) if text else None


def _chosen(chosen: str | None, field: str) -> int:
    try:
        return int(str(chosen))
    except ValueError:
        raise Refusal("bad_choice", field) from None
