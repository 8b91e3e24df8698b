"""What did somebody mean by this date or time? Tolerant reading of what people type, in both languages."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache

from babel import Locale
from babel.dates import get_month_names

from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.domain.walltime import FIRST_YEAR, LAST_YEAR, midnight

LONGEST_STRETCH = 366
FIRST_INSTANT, LAST_INSTANT = midnight(date(FIRST_YEAR, 1, 2), "UTC"), midnight(date(LAST_YEAR, 12, 1), "UTC")


def read_day(text: str, field: str) -> date:
    """`12-2-2027`, `12/2/2027`, `2027-02-12`, `12 feb 2027`, `12 februari 2027`; the day comes before the month."""
    if not text.strip():
        raise Refusal("missing_field", field)
    parts = [part for part in re.split(r"[\s./,-]+", text.strip().lower()) if part]
    try:
        numbers = [_months()[part] if part in _months() else int(part) for part in parts]
        year, month, day = numbers if len(parts[0]) == 4 else reversed(numbers)
        found = date(year, month, day)
    except (ValueError, IndexError, TypeError):
        raise Refusal("bad_date", field, got=text[:40]) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal("bad_date", field, got=text[:40])
    return found


def read_clock(text: str, field: str) -> time:
    """`22:00`, `22.00`, `2200`, `22`, `9u30`."""
    if not text.strip():
        raise Refusal("missing_field", field)
    match = re.fullmatch(r"(\d{1,2})(?:[:.hu]?([0-5]\d))?(?:[:.]([0-5]\d))?u?", text.strip().lower())
    if not match or int(match[1]) > 23:
        raise Refusal("bad_time", field, got=text[:40])
    return time(int(match[1]), int(match[2] or 0), int(match[3] or 0))


def read_wall(day: str, clock: str, field: str) -> datetime:
    """A day and a time typed in two fields, named `<field>_day` and `<field>_time`."""
    return datetime.combine(read_day(day, f"{field}_day"), read_clock(clock, f"{field}_time"))


def read_instant(text: str, field: str) -> Instant:
    """Seconds since 1970, as a page of ours wrote them; refused is what lies outside the years that are planned in."""
    if not re.fullmatch(r"[0-9]{1,11}", text) or not FIRST_INSTANT <= int(text) <= LAST_INSTANT:
        raise Refusal("bad_date", field, got=text[:40])
    return int(text)


def read_minutes(text: str, field: str) -> int:
    """A time of day as minutes after midnight; `24:00` is the end of the day."""
    if text.strip() in {"24:00", "24.00", "24"}:
        return 24 * 60
    clock = read_clock(text, field)
    return clock.hour * 60 + clock.minute


def read_days(text: str, field: str, most: int) -> list[object]:
    """One date a line, or a first and a last with `t/m` or `to` between them; in the written form of a list of dates."""
    stretches = read_stretches(text, field, most)
    return [[first.isoformat(), last.isoformat()] if first != last else first.isoformat() for first, last in stretches]


def read_stretches(text: str, field: str, most: int) -> list[tuple[date, date]]:
    """The same as first and last days; not the other way round, and a year at the most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refusal("missing_field", field)
    if len(lines) > most:
        raise Refusal("too_many", field, most=most, got=len(lines))
    return [_read_line(line, field) for line in lines]


def _read_line(line: str, field: str) -> tuple[date, date]:
    first, last = line, line
    for between in (" t/m ", " tot en met ", " to ", " until "):
        if between in line:
            first, _, last = line.partition(between)
            break
    start, end = read_day(first, field), read_day(last, field)
    if not 0 <= (end - start).days <= LONGEST_STRETCH:
        raise Refusal("bad_value", field, expected="date_range", got=line[:40])
    return start, end


def show_days(written: Iterable[object]) -> str:
    """A written list of dates and ranges as lines that can be read back."""
    lines = ([date.fromisoformat(str(day)) for day in (one if isinstance(one, list) else [one])] for one in written)
    return "\n".join(" t/m ".join(show_day(day) for day in line) for line in lines)


def read_hours(text: str, field: str, most_minutes: int) -> int:
    """`2`, `2:30`, `2,5` hours as minutes; nothing is none."""
    found = re.fullmatch(r"([0-9]{1,3})(?::([0-5][0-9])|[.,]([0-9]{1,2}))?", text or "0")
    minutes = int(found[1]) * 60 + int(found[2] or 0) + round(float(f"0.{found[3] or 0}") * 60) if found else -1
    if not 0 <= minutes <= most_minutes:
        raise Refusal("bad_hours", field, most=most_minutes // 60, got=text[:40])
    return minutes


def show_hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02d}" if rest else str(hours)


def read_percentage(text: str, field: str) -> int:
    """`99.95`, `99,95`, `100 %` as thousandths of a percent."""
    found = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,3}))?\s*%?", text.strip())
    thousandths = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0")) if found else -1
    if not 0 <= thousandths <= 100_000:
        raise Refusal("bad_percentage", field, got=text[:40])
    return thousandths


def show_day(day: date) -> str:
    """The form in which a date is put into a field: `12-02-2027`."""
    return f"{day:%d-%m-%Y}"


@cache
def _months() -> dict[str, int]:
    """Month names of both languages, long and short, to their number."""
    return {
        name.lower().rstrip("."): number
        for locale in (Locale("nl"), Locale("en"))
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }
