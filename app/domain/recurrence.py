"""On which days does an RFC 5545 recurrence fall? Whole days only."""

from bisect import bisect_left, bisect_right
from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from app.domain.anchors import Weekday
from app.domain.recurrence_parts import Parts, parsed

SHORTEST_MONTH = 28


def days(dtstart: date, text: str, first: date, last: date) -> list[date]:
    """The days of a recurrence within `[first, last]`, from 1971 on.

    A start date that does not match the rule is not an occurrence and is not counted. But for a COUNT, and for positions
    in a first week that is not whole, a rule falls on the same days whichever of many days it started on: those of whole
    years are kept for all of these.
    """
    parts = parsed(text)
    if parts.count or (parts.freq == "WEEKLY" and parts.by_set_pos):
        return _walked(dtstart, parts, first, last)
    begin, stop = max(first, dtstart), min(last, parts.until or last)
    start = _long_ago(dtstart, parts)
    found = [day for year in range(begin.year, stop.year + 1) for day in _days_of_year(parts.endless, start, year)]
    return found[bisect_left(found, begin) : bisect_right(found, stop)]


def _long_ago(dtstart: date, parts: Parts) -> date:
    """An early start, in the same beat of the interval, with which the rule falls on the same days from 1971 on.

    Of the start itself it keeps only what the rule leaves to it: its weekday, its day of the month, its month.
    """
    is_day_said = bool(parts.by_day or parts.by_month_day)
    interval = parts.interval
    match parts.freq:
        case "DAILY":
            return date.fromordinal(dtstart.toordinal() % interval + interval)
        case "WEEKLY":
            past_week_start = (dtstart.weekday() - parts.week_start) % 7 if is_day_said else 0
            return date.fromordinal((dtstart.toordinal() - past_week_start) % (interval * 7) + interval * 7)
        case _ if not is_day_said and dtstart.day > SHORTEST_MONTH:
            return dtstart
        case "MONTHLY":
            year, month = divmod((dtstart.year * 12 + dtstart.month - 1) % interval + interval * 12, 12)
            return date(year, month + 1, 1 if is_day_said else dtstart.day)
        case _:
            is_month_said = is_day_said or parts.by_month
            year = dtstart.year % interval + interval
            return date(year, 1 if is_month_said else dtstart.month, 1 if is_day_said else dtstart.day)


@lru_cache(maxsize=8192)
def _days_of_year(text: str, start: date, year: int) -> tuple[date, ...]:
    """Of at most 8,192 rules and years: a weekly rule is 2 kB each, so 16 MB; 120 MB if all of them fell on every day."""
    return tuple(_walked(start, parsed(text), date(year, 1, 1), date(year, 12, 31)))


def _walked(dtstart: date, parts: Parts, first: date, last: date) -> list[date]:
    """Period by period, no further than `last`: a rule that matches nothing ends too. A library would look to the year 9999."""
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
    ahead = [timedelta(days=number) for number in range(7) if (parts.week_start + number) % 7 in weekdays]
    week = dtstart - timedelta(days=(dtstart.weekday() - parts.week_start) % 7)
    step = timedelta(days=7 * parts.interval)
    while week <= stop:
        named = [week + past for past in ahead]
        yield [day for day in named if day >= dtstart and (not parts.by_month or day.month in parts.by_month)]
        week += step


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
