"""How are days, times and lengths said? Always in a named language and zone, with the weekday."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_datetime, get_timezone_location

from app.domain.spans import Instant, Span
from app.domain.walltime import local, zone
from app.phrases.language import Language, language


def say_day(language: Language, day: date) -> str:
    """`Sun 14 Feb 2027`, `zo 14 feb 2027`."""
    return _day(language.code, day)


@lru_cache(maxsize=20_000)
def _day(code: str, day: date) -> str:
    pattern = "EEE d MMM y"
    return format_date(day, pattern, locale=language(code).locale).replace(".", "")


def say_days(language: Language, first: date, last: date) -> str:
    """A day, or `Fri 30 Apr to Sun 9 May 2027`."""
    if first == last:
        return say_day(language, first)
    pattern = "EEE d MMM" if first.year == last.year else "EEE d MMM y"
    start = format_date(first, pattern, locale=language.locale).replace(".", "")
    return language.t("{first} to {last}", first=start, last=say_day(language, last))


def say_moment(language: Language, instant: Instant, zone_name: str) -> str:
    """`Sun 14 Feb 2027 02:00` as the clocks in that zone show it."""
    shown = local(instant, zone_name)
    return f"{say_day(language, shown.date())} {say_clock(shown)}"


def say_clock(shown: datetime) -> str:
    return f"{shown:%H:%M:%S}" if shown.second else f"{shown:%H:%M}"


def say_span(language: Language, span: Span, zone_name: str) -> str:
    """`Sun 14 Feb 2027 02:00 until 04:00`; the day is repeated when it changes."""
    start, end = local(span.start, zone_name), local(span.end, zone_name)
    until = say_clock(end) if start.date() == end.date() else f"{say_day(language, end.date())} {say_clock(end)}"
    return language.t("{first} until {last}", first=f"{say_day(language, start.date())} {say_clock(start)}", last=until)


def say_zone(language: Language, zone_name: str) -> str:
    """The place of a zone in words: `Amsterdam`, `New York`; UTC stays UTC."""
    if zone_name == "UTC":
        return "UTC"
    return get_timezone_location(zone(zone_name), locale=language.locale, return_city=True)


def say_length(language: Language, seconds: int) -> str:
    """A length in days, hours and minutes, without the parts that are zero."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [
        language.n("{count} day", "{count} days", days) if days else "",
        language.n("{count} hour", "{count} hours", hours) if hours else "",
        language.n("{count} minute", "{count} minutes", minutes) if minutes else "",
        language.n("{count} second", "{count} seconds", rest) if rest else "",
    ]
    return " ".join(part for part in parts if part)


def say_month(language: Language, day: date) -> str:
    """`February 2027`."""
    return format_date(day, "LLLL y", locale=language.locale)


def say_long(language: Language, shown: datetime) -> str:
    """`Sunday 14 February 2027 02:00`, for reading back what was typed."""
    return format_datetime(shown, "EEEE d MMMM y HH:mm", locale=language.locale)


def say_day_of_month(language: Language, day: date) -> str:
    """`8 Feb`."""
    return format_date(day, "d MMM", locale=language.locale).replace(".", "")
