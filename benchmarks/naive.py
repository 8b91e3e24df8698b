"""The way anybody would write it first: each peak's rule is expanded with dateutil when the question is asked.

Holidays are cached, and what is no work of dates (whom a window reaches, the peaks of a customer) is handed to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil import rrule

from app.domain.anchors import (
    AnchorRule,
    Dates,
    DayRolled,
    Direction,
    Easter,
    Fixed,
    Holiday,
    NthWeekday,
    Recurrence,
    WeekdayFrom,
    WorkingDay,
)
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.peaks import Peak
from app.domain.spans import Span, merged

ONE_DAY = timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1)  # noqa: DTZ001 - a wall clock
Uses = Mapping[str, Sequence[tuple[Span, frozenset[str]]]]
Met = tuple[str, str, date, int, int]


def conflicts(uses: Uses, peaks: Mapping[str, Sequence[Peak]], exposed: Span) -> list[Met]:
    """Customer, peak, anchor, and from when to when they meet."""
    found = []
    for customer, broken in uses.items():
        for peak in peaks[customer]:
            relevant = [(span, services) for span, services in broken if any(peak.covers(one) for one in services)]
            for anchor, segments in busy(peak, exposed):
                parts = [segment.overlap(span) for segment in segments for span, _ in relevant]
                found += [(customer, peak.id, anchor, run.start, run.end) for run in merged(part for part in parts if part)]
    return sorted(found)


def busy(peak: Peak, span: Span) -> Iterator[tuple[date, list[Span]]]:
    """The dated occurrences that meet a span."""
    zone = ZoneInfo(peak.zone)
    first = datetime.fromtimestamp(span.start, zone).date() - timedelta(days=peak.lead.after + 2)
    last = datetime.fromtimestamp(span.end, zone).date() + timedelta(days=peak.lead.before + 2)
    for anchor in days(peak.rule, first, last):
        segments = [one for one in _segments(peak, anchor, zone) if one.overlaps(span)]
        if segments:
            yield anchor, segments


def _segments(peak: Peak, anchor: date, zone: ZoneInfo) -> Iterator[Span]:
    first, last = anchor - timedelta(days=peak.lead.before), anchor + timedelta(days=peak.lead.after)
    if peak.daily is None:
        yield Span(_instant(first, 0, zone), _instant(last + ONE_DAY, 0, zone))
        return
    day = first
    while day <= last:
        until = day + ONE_DAY if peak.daily.end <= peak.daily.start else day
        yield Span(_instant(day, peak.daily.start, zone), _instant(until, peak.daily.end, zone))
        day += ONE_DAY


def _instant(day: date, minutes: int, zone: ZoneInfo) -> int:
    return int((datetime.combine(day, time(), zone) + timedelta(minutes=minutes)).timestamp())


def days(rule: AnchorRule, first: date, last: date) -> list[date]:
    """The dates of a rule between two days."""
    match rule:
        case Fixed():
            return _by_dateutil(rrule.rrule(rrule.YEARLY, LONG_AGO, bymonth=rule.month, bymonthday=rule.day), first, last)
        case NthWeekday():
            weekday = rrule.weekday(rule.weekday, rule.n)
            return _by_dateutil(rrule.rrule(rrule.YEARLY, LONG_AGO, bymonth=rule.month, byweekday=weekday), first, last)
        case Easter():
            return _by_dateutil(rrule.rrule(rrule.YEARLY, LONG_AGO, byeaster=rule.offset_days), first, last)
        case Recurrence():
            start = datetime.combine(rule.dtstart, time())
            return _by_dateutil(rrule.rrulestr(rule.rrule, dtstart=start), first, last)
        case Dates():
            return [one.first for one in rule.dates if first <= one.first <= last]
        case Holiday():
            return [day for day in _holidays(rule.calendar, rule.key) if first <= day <= last]
        case WeekdayFrom():
            return [day for day in _weekdays(rule, first, last) if first <= day <= last]
        case WorkingDay() | DayRolled():
            return [day for day in _monthly(rule, first, last) if first <= day <= last]
        case _:
            raise ValueError(f"no world has such a rule: {rule}")


def _by_dateutil(rule: rrule.rrulebase, first: date, last: date) -> list[date]:
    between = rule.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    return [moment.date() for moment in between]


def _weekdays(rule: WeekdayFrom, first: date, last: date) -> Iterator[date]:
    step = ONE_DAY if rule.direction in {Direction.ON_OR_AFTER, Direction.AFTER} else -ONE_DAY
    for year in range(first.year - 1, last.year + 2):
        day = date(year, rule.month, rule.day)
        if rule.direction in {Direction.AFTER, Direction.BEFORE}:
            day += step
        while day.weekday() != rule.weekday:
            day += step
        yield day


def _monthly(rule: WorkingDay | DayRolled, first: date, last: date) -> Iterator[date]:
    free = _all_holidays(rule.calendar)
    for number in range(first.year * 12 + first.month - 2, last.year * 12 + last.month + 1):
        month = date(number // 12, number % 12 + 1, 1)
        length = ((month + timedelta(days=31)).replace(day=1) - month).days
        if isinstance(rule, WorkingDay):
            working = [day for day in (month + timedelta(days=n) for n in range(length)) if _is_working(day, free)]
            yield working[rule.n - 1 if rule.n > 0 else rule.n]
        else:
            day = month.replace(day=min(rule.day or length, length))
            while not _is_working(day, free):
                day -= ONE_DAY
            yield day


def _is_working(day: date, free: frozenset[date]) -> bool:
    return day.weekday() < 5 and day not in free


@cache
def _holidays(calendar: str, key: str) -> list[date]:
    return NATIONAL_CALENDARS[calendar].observed_dates(key, 2019, 2036)


@cache
def _all_holidays(calendar: str) -> frozenset[date]:
    known = NATIONAL_CALENDARS[calendar]
    return frozenset(day for one in known.days_off for day in known.observed_dates(one.key, 2019, 2036))
