"""The forms of working-day calendars: one of a customer's own, and days that are put right."""

from datetime import date, timedelta

from wtforms import HiddenField, SelectField, StringField, TextAreaField

from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.own_calendars import MOST_CHANGED_DAYS, ChangedDay
from app.domain.refusal import Problem, Refusal
from app.phrases.calendars import say_calendar, say_holiday
from app.phrases.language import Language
from app.queries.calendar_pages import CalendarPage
from app.queries.names import Names
from app.usecases.calendars import CalendarDraft
from app.web.forms import LONGEST_LINE, LONGEST_TEXT, Form, Reading, fitting, text_of
from app.web.typed import read_stretches

MOST_LINES = 100
OFF, WORKED = "off", "worked"


class CalendarForm(Form):
    customer = SelectField("Customer", validate_choice=False)
    title = StringField("Name")
    base = SelectField("Based on", validate_choice=False)
    source = StringField("Where these days are written")
    dates = TextAreaField("Days off besides")
    name = StringField("What these days are called")

    def __init__(self, language: Language, names: Names, **values: object) -> None:
        super().__init__(language, **values)
        self.customer.choices = [(one.id, one.name) for one in names.parties.values() if one.kind == "customer"]
        self.base.choices = [(name, say_calendar(language, name)) for name in NATIONAL_CALENDARS]

    def draft(self) -> CalendarDraft:
        """What was filled in, every problem told at once; the days may be entered later."""
        reading = Reading()
        title = reading.take(lambda: fitting(self.title, LONGEST_LINE, is_required=True), "")
        source = reading.take(lambda: fitting(self.source, LONGEST_TEXT, is_required=True), "")
        none: list[ChangedDay] = []
        days = reading.take(self._days, none)
        reading.finish()
        return CalendarDraft(str(self.customer.data or ""), str(self.base.data or ""), title, source, days)

    def _days(self) -> list[ChangedDay]:
        if not text_of(self.dates):
            return []
        name = fitting(self.name, LONGEST_LINE, is_required=True)
        return [ChangedDay(day, is_off=True, name=name, source=text_of(self.source)) for day in _read_days(text_of(self.dates))]


class DaysForm(Form):
    dates = TextAreaField("Days")
    effect = SelectField("They are", validate_choice=False)
    name = StringField("What these days are called")
    key = SelectField("Which day off it is", validate_choice=False)
    reason = TextAreaField("Reason")
    source = StringField("Where that is written")
    version = HiddenField()

    def __init__(self, language: Language, found: CalendarPage, **values: object) -> None:
        super().__init__(language, **values)
        t = language.t
        named = {day_off.key: None for day_off in found.calendar.days_off}
        self.effect.choices = [(OFF, t("days off")), (WORKED, t("working days after all"))]
        self.keys = ("", *named)
        self.key.choices = [("", t("a day of its own")), *((key, say_holiday(language, found.base.name, key)) for key in named)]

    def days(self) -> list[ChangedDay]:
        """What was filled in, every problem told at once. A day off has a name: its own, or that of the one it stands for."""
        reading = Reading()
        none: list[date] = []
        dates = reading.take(lambda: _read_days(text_of(self.dates)), none)
        is_off = reading.take(lambda: _chosen(self.effect, OFF, WORKED), OFF) == OFF
        key = reading.take(lambda: _chosen(self.key, *self.keys), "")
        name = reading.take(lambda: fitting(self.name, LONGEST_LINE), "")
        reason = reading.take(lambda: fitting(self.reason, LONGEST_TEXT), "")
        source = reading.take(lambda: fitting(self.source, LONGEST_TEXT), "")
        if is_off and not (key or name):
            reading.problems.append(Problem("missing_field", "name"))
        reading.finish()
        if not is_off:
            return [ChangedDay(day, is_off=False, reason=reason, source=source) for day in dates]
        called = {"key": key} if key else {"name": name}
        return [ChangedDay(day, is_off=True, reason=reason, source=source, **called) for day in dates]


def _chosen(field: SelectField, *known: str) -> str:
    if str(field.data or "") not in known:
        raise Refusal("bad_choice", field.name)
    return str(field.data or "")


def _read_days(text: str) -> list[date]:
    """One day a line, or a first and a last; each day once."""
    days = {
        first + timedelta(days=number)
        for first, last in read_stretches(text, "dates", MOST_LINES)
        for number in range((last - first).days + 1)
    }
    if len(days) > MOST_CHANGED_DAYS:
        raise Refusal("too_many", "dates", most=MOST_CHANGED_DAYS, got=len(days))
    return sorted(days)
