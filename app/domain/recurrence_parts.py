"""What does an RFC 5545 recurrence say? Its text read into values, and only the part of the RFC that plans need."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
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
    """An RRULE read into values. `by_day` pairs a weekday with its n (0: every one); `endless` is its text without UNTIL."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_day: tuple[tuple[Weekday, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: Weekday = Weekday.MO
    endless: str = field(default="", compare=False)

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
        endless=";".join(f"{name}={value}" for name, value in fields.items() if name != "UNTIL"),
    )
    _require_sense(parts, fields)
    return parts


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
