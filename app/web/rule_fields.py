"""The fields of a rule: what is asked for each kind, in a planner's words."""

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField

from app.domain.anchors import Church, Direction, Feb29, Roll, Weekday
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.phrases.calendars import say_calendar, say_holiday, say_month_name, say_ordinal, say_weekday
from app.phrases.language import Language
from app.phrases.peaks import KINDS
from app.web.forms import Part

DIRECTIONS = {
    Direction.ON_OR_BEFORE: "on or before",
    Direction.BEFORE: "before",
    Direction.ON_OR_AFTER: "on or after",
    Direction.AFTER: "after",
}
ROLLS = {
    Roll.PRECEDING: "the working day before",
    Roll.FOLLOWING: "the working day after",
    Roll.MODIFIED_FOLLOWING: "the working day after, unless that is in the next month",
    Roll.MODIFIED_PRECEDING: "the working day before, unless that is in the month before",
    Roll.NONE: "it stays where it is",
}
COMMON_YEARS = {Feb29.SKIP: "there is none", Feb29.FEB28: "28 February", Feb29.MAR01: "1 March"}
CHURCHES = {Church.WESTERN: "Easter", Church.ORTHODOX: "Orthodox Easter"}
SIDES = {"before": "before", "after": "after"}

ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "fixed": (("day", "month", "feb29"), ("offset",)),
    "nth_weekday": (("nth", "weekday", "month"), ("offset",)),
    "weekday_from": (("weekday", "direction", "day", "month"), ("offset",)),
    "easter": (("offset", "church"),),
    "holiday": (("holiday",), ("offset",)),
    "working_day": (("nth", "calendar"), ("months",)),
    "day_rolled": (("day", "roll", "calendar"), ("months",)),
    "workday_offset": (("count", "side", "calendar"),),
    "span": (),
    "dates": (("dates",),),
    "weekly": (("weekdays",),),
    "rrule": (("rrule",), ("start",)),
}
"""The fields of each kind, as they stand in rows."""

PARTS = {"span": ("from", "to"), "workday_offset": ("base",)}
"""The rules that a rule of that kind is made of."""

PART_KINDS = ("fixed", "nth_weekday", "weekday_from", "easter", "holiday", "working_day", "day_rolled")
"""What such a rule can be."""

PART_ROW = ("nth", "weekday", "direction", "day", "month", "feb29", "holiday", "church", "roll", "calendar", "months", "offset")
MOST_WEEKDAYS = 5
MOST_IN_MONTH = {"working_day": 23, "": 10}
"""By kind: how many can be counted in a month, from its start or from its end."""


class RuleFields(Part):
    """The fields of one rule. A rule that is part of another chooses its kind here; its fields have the part's name in front."""

    kind = SelectField("How do you know when that is?", validate_choice=False)
    nth = SelectField("Which one", validate_choice=False)
    weekday = SelectField("Weekday", validate_choice=False)
    direction = SelectField("On which side of the date", validate_choice=False)
    day = StringField("Day")
    month = SelectField("Month", validate_choice=False)
    feb29 = SelectField("In a year without 29 February", validate_choice=False)
    holiday = SelectField("Public holiday", validate_choice=False)
    church = SelectField("Which Easter", validate_choice=False)
    roll = SelectField("When that is no working day", validate_choice=False)
    calendar = SelectField("Working days of", validate_choice=False)
    months = SelectMultipleField("In these months (none: every month)", validate_choice=False)
    offset = StringField(
        "Days added", default="0", description="0 is the day itself, -21 is three weeks before, 1 is the day after"
    )
    count = StringField("Number of working days")
    side = SelectField("Before or after that", validate_choice=False)
    dates = TextAreaField("Dates", description="One a line: 12-2-2027, or 24 dec 2027 to 2 jan 2028")
    weekdays = SelectMultipleField("On these days", validate_choice=False)
    rrule = StringField("Repetition", description="An RRULE from a calendar, such as FREQ=YEARLY;INTERVAL=4;BYMONTH=3;BYDAY=3WE")
    start = StringField("Counted from", description="The first day it can fall on: 1-1-2027")

    def __init__(self, language: Language, shown: str = "", /, **values: object) -> None:
        """`shown` is the kind of rule, empty for a part that can be of several."""
        super().__init__(language, **values)
        t = language.t
        calendars = [(name, say_calendar(language, name)) for name in NATIONAL_CALENDARS]
        most = MOST_IN_MONTH.get(shown, MOST_WEEKDAYS)
        self.kind.choices = [(kind, t(KINDS[kind])) for kind in PART_KINDS]
        self.nth.choices = [(str(n), say_ordinal(language, n)) for n in (*range(1, most + 1), *range(-1, -most - 1, -1))]
        self.weekday.choices = self.weekdays.choices = [(day.name, say_weekday(language, day)) for day in Weekday]
        self.direction.choices = [(str(one), t(text)) for one, text in DIRECTIONS.items()]
        self.month.choices = self.months.choices = [(str(number), say_month_name(language, number)) for number in range(1, 13)]
        self.feb29.choices = [(str(one), t(text)) for one, text in COMMON_YEARS.items()]
        self.holiday.choices = holiday_choices(language)
        self.church.choices = [(str(one), t(text)) for one, text in CHURCHES.items()]
        self.roll.choices = [(str(one), t(text)) for one, text in ROLLS.items()]
        self.calendar.choices = calendars
        self.side.choices = [(one, t(text)) for one, text in SIDES.items()]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The fields of a part, each with the kinds that ask for it."""
        names = {kind: {name for row in ROWS[kind] for name in row} for kind in PART_KINDS}
        return [(name, " ".join(kind for kind in PART_KINDS if name in names[kind])) for name in PART_ROW]


def holiday_choices(language: Language) -> list[tuple[str, str]]:
    """`NL/kings_day` with its name: each day off of the calendars that come with the product, under its own name alone."""
    return [
        (f"{one.name}/{day_off.key}", f"{say_holiday(language, one.name, day_off.key)} ({one.name})")
        for one in NATIONAL_CALENDARS.values()
        for day_off in {known.key: known for known in one.days_off}.values()
    ]
