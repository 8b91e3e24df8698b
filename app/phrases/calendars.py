"""What are calendars, holidays, weekdays, months and small numbers called? The words that sentences about rules are made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import format_date, get_day_names, get_month_names
from babel.lists import format_list

from app.domain.anchors import Fixed, Weekday
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.workdays import DayOff
from app.phrases.language import Language

ListStyle = Literal["standard", "or"]
LONGEST_IN_FULL = 3
"""From four names in a row on, only the first and the last are said."""
LEAP_YEAR = 2000

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)


@dataclass(frozen=True)
class CalendarNames:
    """One and many of its working days, what it is called as a calendar, and as a list of working days."""

    one: str
    many: str
    calendar: str
    title: str


CALENDARS = {
    "NL": CalendarNames("Dutch working day", "Dutch working days", "Dutch calendar", "Dutch working days"),
    "NL-ATW": CalendarNames(
        "Dutch statutory working day",
        "Dutch statutory working days",
        "Dutch statutory calendar",
        "Dutch working days for legal time limits",
    ),
    "TARGET": CalendarNames("working day", "working days", "European payments calendar", "Working days of European payments"),
    "GB-ENG": CalendarNames(
        "English working day", "English working days", "calendar of England and Wales", "Working days in England and Wales"
    ),
    "US-FED": CalendarNames("US federal working day", "US federal working days", "US federal calendar", "US federal working days"),
    "DE": CalendarNames("German working day", "German working days", "German calendar", "German working days"),
    "BE": CalendarNames("Belgian working day", "Belgian working days", "Belgian calendar", "Belgian working days"),
    "FR": CalendarNames("French working day", "French working days", "French calendar", "French working days"),
}
ANY_CALENDAR = CalendarNames("working day", "working days", "", "Working days")

HOLIDAYS = {
    "new_year": "New Year's Day",
    "good_friday": "Good Friday",
    "easter_sunday": "Easter Sunday",
    "easter_monday": "Easter Monday",
    "labour_day": "Labour Day",
    "ascension": "Ascension Day",
    "whit_sunday": "Whit Sunday",
    "whit_monday": "Whit Monday",
    "assumption": "Assumption Day",
    "all_saints": "All Saints' Day",
    "armistice": "Armistice Day",
    "christmas_day": "Christmas Day",
    "christmas": "Christmas Day",
    "boxing_day": "Boxing Day",
    "kings_day": "King's Day",
    "liberation_day": "Liberation Day",
    "early_may": "Early May bank holiday",
    "spring": "Spring bank holiday",
    "summer": "Summer bank holiday",
    "platinum_jubilee": "Platinum Jubilee",
    "state_funeral": "State Funeral of Queen Elizabeth II",
    "coronation": "Coronation of King Charles III",
    "martin_luther_king": "Martin Luther King Day",
    "washington": "Washington's Birthday",
    "memorial": "Memorial Day",
    "juneteenth": "Juneteenth",
    "independence": "Independence Day",
    "labor": "Labor Day",
    "columbus": "Columbus Day",
    "veterans": "Veterans Day",
    "thanksgiving": "Thanksgiving",
    "german_unity": "Day of German Unity",
    "reformation_day": "Reformation Day",
    "national_day": "National Day",
    "victory_day": "Victory Day",
}

WITH_ARTICLE = frozenset(
    {"early_may", "spring", "summer", "platinum_jubilee", "state_funeral", "coronation", "german_unity", "national_day"}
)
"""Holidays that take "the" within a sentence, by their key."""

EASTER_DAYS = {
    0: "Easter Sunday",
    -49: "Carnival Sunday",
    -48: "Carnival Monday",
    -47: "Shrove Tuesday",
    -46: "Ash Wednesday",
    -2: "Good Friday",
    1: "Easter Monday",
    39: "Ascension Day",
    49: "Whit Sunday",
    50: "Whit Monday",
}
"""The days that everybody knows by name, by their distance from Western Easter Sunday."""


def say_number(language: Language, number: int) -> str:
    """`twelve`, `13`."""
    return language.t(NUMBERS[number - 1]) if 1 <= number <= len(NUMBERS) else str(number)


def say_ordinal(language: Language, number: int) -> str:
    """`twelfth`, `13th`; from the end when negative: `last`, `second-to-last`."""
    if number == -1:
        return language.t("last")
    if number < 0:
        return language.t("{nth}-to-last", nth=say_ordinal(language, -number), fewer=say_number(language, -number - 1))
    return language.t(ORDINALS[number - 1]) if number <= len(ORDINALS) else _ordinal_figure(language, number)


def _ordinal_figure(language: Language, number: int) -> str:
    match number % 100, number % 10:
        case (11 | 12 | 13, _):
            return language.t("{number}th", number=number)
        case (_, 1):
            return language.t("{number}st", number=number)
        case (_, 2):
            return language.t("{number}nd", number=number)
        case (_, 3):
            return language.t("{number}rd", number=number)
        case _:
            return language.t("{number}th", number=number)


def say_list(language: Language, names: Sequence[str], style: ListStyle = "standard") -> str:
    """`Monday, Wednesday and Friday`, or with `or`."""
    return format_list(names, style=style, locale=language.locale)


def say_row(language: Language, numbers: Sequence[int], name: Callable[[int], str], style: ListStyle = "standard") -> str:
    """The names of ascending numbers: a list, or `March to October` for many in a row."""
    is_row = numbers[-1] - numbers[0] == len(numbers) - 1
    if style == "standard" and is_row and len(numbers) > LONGEST_IN_FULL:
        return language.t("{first} to {last}", first=name(numbers[0]), last=name(numbers[-1]))
    return say_list(language, [name(number) for number in numbers], style)


def say_weekday(language: Language, weekday: int) -> str:
    """`Monday`."""
    return str(get_day_names("wide", locale=language.locale)[weekday])


def say_weekdays(language: Language, weekdays: Sequence[Weekday], style: ListStyle = "standard") -> str:
    """What comes after "every": `Monday and Friday`, `weekday (Mon-Fri)`, `day`."""
    days = sorted(set(weekdays))
    if len(days) == len(Weekday):
        return language.t("day")
    if days == list(range(Weekday.SA)):
        short = get_day_names("abbreviated", locale=language.locale)
        return language.t("weekday ({first}–{last})", first=short[Weekday.MO], last=short[Weekday.FR])
    return say_row(language, days, lambda day: say_weekday(language, day), style)


def say_month_name(language: Language, month: int) -> str:
    """`February`."""
    return str(get_month_names("wide", locale=language.locale)[month])


def say_month_day(language: Language, month: int, day: int) -> str:
    """`29 February`."""
    return format_date(date(LEAP_YEAR, month, day), "d MMMM", locale=language.locale)


def say_date(language: Language, day: date) -> str:
    """`30 June 2027`, without the weekday."""
    return format_date(day, "d MMMM y", locale=language.locale)


def say_calendar(language: Language, code: str) -> str:
    """The name of a calendar with its code: `Dutch working days (NL)`."""
    return f"{language.t(_names(code).title)} ({code})"


def say_working_days(language: Language, code: str | None, count: int) -> str:
    """`Dutch working day` or, by the count, `Dutch working days`; without a calendar just `working day`."""
    names = _names(code)
    return language.n(names.one, names.many, count)


def say_days_off(language: Language, code: str) -> str:
    """What a calendar is called where its days off matter: `Dutch calendar, NL`."""
    return f"{language.t(CALENDARS[code].calendar)}, {code}" if code in CALENDARS else code


def _names(code: str | None) -> CalendarNames:
    return CALENDARS.get(code or "", ANY_CALENDAR)


def say_holiday(language: Language, calendar: str, key: str) -> str:
    """A day off by its key or another name for it; one nobody knows is said as it was written."""
    known = holiday_key(calendar, key)
    return language.t(HOLIDAYS[known]) if known in HOLIDAYS else key.replace("_", " ")


def holiday_key(calendar: str, key: str) -> str:
    """The first name of a day off that may be called by another."""
    return next((day_off.key for day_off in _days_off(calendar, key)), key)


def may_be_moved(calendar: str, key: str) -> bool:
    """Whether the calendar gives another day for this day off in some years: only one with a fixed date changes weekday."""
    return any(day_off.moves and isinstance(day_off.on, Fixed) for day_off in _days_off(calendar, key))


def _days_off(calendar: str, key: str) -> Iterator[DayOff]:
    known = NATIONAL_CALENDARS.get(calendar)
    return (one for one in (known.days_off if known else ()) if key in (one.key, *one.also_called))
