"""On which days does an RFC 5545 recurrence fall? Whole days only, and only the part of the RFC that plans need."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, TypeVar

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from app.domain.anchors import Weekday
from app.domain.refusal import Refusal

T = TypeVar("T")
FREQUENCIES: dict[str, Literal[0, 1, 2, 3]] = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}
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

    A start date that does not match the rule is not an occurrence and is not counted.
    """
    parts = parsed(text)
    stop = min(last, parts.until) if parts.until else last
    found: list[date] = []
    for number, day in enumerate(_days_from(_nearer_start(dtstart, parts, first), parts, stop), start=1):
        if day > stop or (parts.count and number > parts.count):
            break
        if day >= first:
            found.append(day)
    return found


def _days_from(dtstart: date, parts: Parts, stop: date) -> Iterator[date]:
    if parts.freq == "DAILY":
        return _daily(dtstart, parts, stop)
    start = datetime.combine(dtstart, time())
    rule = rrule(
        FREQUENCIES[parts.freq],
        dtstart=start,
        interval=parts.interval,
        until=datetime.combine(stop, time()),
        byweekday=[weekday(int(day), n or None) for day, n in parts.by_day] or None,
        bymonthday=parts.by_month_day or None,
        bymonth=parts.by_month or None,
        bysetpos=parts.by_set_pos or None,
        wkst=int(parts.week_start),
    )
    return (moment.date() for moment in rule)


def _daily(dtstart: date, parts: Parts, stop: date) -> Iterator[date]:
    """Day by day: a library rule that matches nothing would walk on to the year 9999."""
    weekdays = {day for day, _ in parts.by_day}
    day = dtstart
    while day <= stop:
        next_month = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        from_end = (day - next_month).days
        if (
            (not weekdays or Weekday(day.weekday()) in weekdays)
            and (not parts.by_month or day.month in parts.by_month)
            and (not parts.by_month_day or day.day in parts.by_month_day or from_end in parts.by_month_day)
            and (not parts.by_set_pos or 1 in parts.by_set_pos or -1 in parts.by_set_pos)
        ):
            yield day
        day += timedelta(days=parts.interval)


def _nearer_start(dtstart: date, parts: Parts, first: date) -> date:
    """The same rule started whole periods later, so that a long past is not walked; a COUNT must be walked."""
    period = {"DAILY": 1, "WEEKLY": 7}.get(parts.freq)
    if parts.count or period is None or first <= dtstart:
        return dtstart
    step = period * parts.interval
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
