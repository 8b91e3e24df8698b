"""On which days does an RFC 5545 recurrence fall? Whole days only, and only the part of the RFC that plans need."""

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from app.domain.anchors import Weekday
from app.domain.refusal import Refusal

T = TypeVar("T")
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
READ = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
LONGEST_TEXT = 500
LONGEST_MONTH_WEEKS = 5


@dataclass(frozen=True)
class Parts:
    """An RRULE read into values. `by_day` pairs a weekday with its n (0: every one)."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_day: tuple[tuple[Weekday, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: Weekday = Weekday.MO

    @property
    def is_bounded(self) -> bool:
        return self.count is not None or self.until is not None


@lru_cache(maxsize=4096)
def parsed(text: str) -> Parts:
    """Read an RRULE value. FREQ is DAILY to YEARLY; UNTIL counts by its date, inclusive. Else: refused (`bad_rrule`)."""
    if len(text) > LONGEST_TEXT:
        raise Refusal("bad_rrule", "rrule", part=f"{text[:60]}…")
    fields = {}
    for part in text.strip().removeprefix("RRULE:").rstrip(";").split(";"):
        name, found, value = part.partition("=")
        name = name.strip().upper()
        if not found or name not in READ or name in fields:
            raise Refusal("bad_rrule", "rrule", part=part)
        fields[name] = value.strip().upper()
    parts = Parts(
        freq=fields.get("FREQ", ""),
        interval=_value(fields, "INTERVAL", lambda value: _within(int(value), 1, 1000), 1),
        count=_value(fields, "COUNT", lambda value: _within(int(value), 1, 100_000), None),
        until=_value(fields, "UNTIL", _until, None),
        by_day=_values(fields, "BYDAY", _by_day),
        by_month_day=_values(fields, "BYMONTHDAY", lambda value: _signed(value, 31)),
        by_month=_values(fields, "BYMONTH", lambda value: _within(int(value), 1, 12)),
        by_set_pos=_values(fields, "BYSETPOS", lambda value: _signed(value, 366)),
        week_start=_value(fields, "WKST", lambda value: Weekday[value], Weekday.MO),
    )
    _require_sense(parts, fields)
    return parts


def days(dtstart: date, text: str, first: date, last: date) -> list[date]:
    """The days of a recurrence within `[first, last]`.

    A start date that does not match the rule is not an occurrence and is not counted. Walked period by period and no
    further than `last`, so that a rule that matches nothing ends too; a library would look for it to the year 9999.
    """
    parts = parsed(text)
    stop = min(last, parts.until) if parts.until else last
    found: list[date] = []
    number = 0
    for period in _periods(dtstart, parts, first, stop):
        for day in _at_positions(period, parts.by_set_pos):
            if day < dtstart:
                continue
            number += 1
            if day > stop or (parts.count and number > parts.count):
                return found
            if day >= first:
                found.append(day)
    return found


def _periods(dtstart: date, parts: Parts, first: date, stop: date) -> Iterator[list[date]]:
    """The days that the rule names, period after period, from the one of `dtstart` or, without COUNT, of `first` if later.

    The period of the start counts as a whole, a week only from the start on.
    """
    match parts.freq:
        case "DAILY":
            return _days(_nearer_start(dtstart, parts, first), parts, stop)
        case "WEEKLY":
            return _weeks(_nearer_start(dtstart, parts, first), parts, stop)
        case "MONTHLY":
            return _months(dtstart, parts, dtstart if parts.count else max(dtstart, first), stop)
        case _:
            return _years(dtstart, parts, dtstart if parts.count else max(dtstart, first), stop)


def _days(dtstart: date, parts: Parts, stop: date) -> Iterator[list[date]]:
    weekdays = {day for day, _ in parts.by_day}
    day = dtstart
    while day <= stop:
        if (
            (not weekdays or day.weekday() in weekdays)
            and (not parts.by_month or day.month in parts.by_month)
            and (not parts.by_month_day or _is_month_day(parts, day))
            and (not parts.by_set_pos or 1 in parts.by_set_pos or -1 in parts.by_set_pos)
        ):
            yield [day]
        day += timedelta(days=parts.interval)


def _is_month_day(parts: Parts, day: date) -> bool:
    return day.day in parts.by_month_day or day.day - monthrange(day.year, day.month)[1] - 1 in parts.by_month_day


def _weeks(dtstart: date, parts: Parts, stop: date) -> Iterator[list[date]]:
    weekdays = {day for day, _ in parts.by_day} or {Weekday(dtstart.weekday())}
    day, week = dtstart, dtstart - timedelta(days=(dtstart.weekday() - parts.week_start) % 7)
    while day <= stop:
        ahead = [day + timedelta(days=number) for number in range((week - day).days + 7)]
        yield [one for one in ahead if one.weekday() in weekdays and (not parts.by_month or one.month in parts.by_month)]
        day = week = week + timedelta(days=7 * parts.interval)


def _months(dtstart: date, parts: Parts, begin: date, stop: date) -> Iterator[list[date]]:
    number = dtstart.year * 12 + dtstart.month - 1
    number += max(0, (begin.year * 12 + begin.month - 1 - number) // parts.interval) * parts.interval
    while number <= stop.year * 12 + stop.month - 1:
        year, month = divmod(number, 12)
        if not parts.by_month or month + 1 in parts.by_month:
            yield _in_month(parts, year, month + 1, dtstart.day)
        number += parts.interval


def _years(dtstart: date, parts: Parts, begin: date, stop: date) -> Iterator[list[date]]:
    """A rule that names neither days nor months falls on the start's own date."""
    is_bare = not (parts.by_day or parts.by_month_day or parts.by_month)
    months = [dtstart.month] if is_bare else sorted(set(parts.by_month)) or range(1, 13)
    year = dtstart.year + max(0, (begin.year - dtstart.year) // parts.interval) * parts.interval
    while year <= stop.year:
        yield [day for month in months for day in _in_month(parts, year, month, dtstart.day)]
        year += parts.interval


def _in_month(parts: Parts, year: int, month: int, day_of_start: int) -> list[date]:
    """The days of a month that BYMONTHDAY and BYDAY both name; without either the start's day, where there is one."""
    length = monthrange(year, month)[1]
    if parts.by_month_day:
        numbers = {n if n > 0 else length + 1 + n for n in parts.by_month_day}
    else:
        numbers = set(range(1, length + 1)) if parts.by_day else {day_of_start}
    found = [date(year, month, number) for number in sorted(numbers) if 1 <= number <= length]
    return _on_weekdays(parts, found, length) if parts.by_day else found


def _on_weekdays(parts: Parts, days: list[date], length: int) -> list[date]:
    """Numbered weekdays are counted in the month, in a year without BYMONTH in the year; from the end when negative."""
    named = set(parts.by_day)
    if not parts.by_day[0][1]:
        return [day for day in days if (day.weekday(), 0) in named]
    found = []
    is_in_year = parts.freq == "YEARLY" and not parts.by_month
    for day in days:
        place, size = (day.timetuple().tm_yday, 365 + isleap(day.year)) if is_in_year else (day.day, length)
        if {(day.weekday(), (place - 1) // 7 + 1), (day.weekday(), -((size - place) // 7) - 1)} & named:
            found.append(day)
    return found


def _at_positions(days: list[date], positions: tuple[int, ...]) -> list[date]:
    """The first, the last and so on of a period's days; all without BYSETPOS."""
    if not positions:
        return days
    return sorted({days[n - 1 if n > 0 else n] for n in positions if -len(days) <= n <= len(days)})


def _nearer_start(dtstart: date, parts: Parts, first: date) -> date:
    """The same days or weeks started whole periods later, so that a long past is not walked; a COUNT must be walked."""
    step = parts.interval * (7 if parts.freq == "WEEKLY" else 1)
    if parts.count or first <= dtstart:
        return dtstart
    return dtstart + timedelta(days=max(0, (first - dtstart).days // step - 1) * step)


def _require_sense(parts: Parts, fields: dict[str, str]) -> None:
    """Refuse what no planner means and what other readers of the RFC answer differently."""
    numbered = [n for _, n in parts.by_day if n]
    if parts.freq not in FREQUENCIES:
        raise _refused(fields, "FREQ")
    if numbered and (parts.freq in {"DAILY", "WEEKLY"} or len(numbered) < len(parts.by_day)):
        raise _refused(fields, "BYDAY")
    if numbered and max(map(abs, numbered)) > LONGEST_MONTH_WEEKS and (parts.freq == "MONTHLY" or parts.by_month):
        raise _refused(fields, "BYDAY")
    if parts.freq == "WEEKLY" and parts.by_set_pos and min(map(abs, parts.by_set_pos)) > max(1, len(parts.by_day)):
        raise _refused(fields, "BYSETPOS")
    if parts.by_month_day and parts.freq == "WEEKLY":
        raise _refused(fields, "BYMONTHDAY")
    if parts.by_month and parts.by_month_day and not _month_has_day(parts):
        raise _refused(fields, "BYMONTHDAY")


def _refused(fields: dict[str, str], name: str) -> Refusal:
    """Told by the part that is wrong."""
    return Refusal("bad_rrule", "rrule", part=f"{name}={fields.get(name, '')}")


def _month_has_day(parts: Parts) -> bool:
    longest = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
    return any(abs(day) <= longest.get(month, 31) for month in parts.by_month for day in parts.by_month_day)


def _value(fields: dict[str, str], name: str, read: Callable[[str], T], otherwise: T) -> T:
    """One part of the rule; refused by its own name and text when it cannot be read."""
    if name not in fields:
        return otherwise
    try:
        return read(fields[name])
    except (KeyError, ValueError):
        raise _refused(fields, name) from None


def _values(fields: dict[str, str], name: str, read: Callable[[str], T]) -> tuple[T, ...]:
    return _value(fields, name, lambda value: tuple(read(one) for one in value.split(",")), ())


def _by_day(text: str) -> tuple[Weekday, int]:
    match = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text)
    if not match:
        raise ValueError(f"BYDAY={text}")
    return Weekday[match[2]], _signed(match[1], 53) if match[1] else 0


def _until(text: str) -> date:
    return date.fromisoformat(text[:10] if "-" in text else text[:8])


def _signed(text: str, most: int) -> int:
    return _within(abs(int(text)), 1, most) * (-1 if int(text) < 0 else 1)


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(str(number))
    return number
