"""On which dates does an anchor rule fall? One function a kind; `anchors` is the way in."""

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from app.domain import recurrence
from app.domain.anchors import (
    Adjustment,
    Anchor,
    AnchorRule,
    Dates,
    DayRolled,
    Easter,
    Entries,
    Fixed,
    FromTo,
    Holiday,
    IfSameAs,
    IfWeekday,
    Movable,
    NthWeekday,
    Recurrence,
    WeekdayFrom,
    WorkdayOffset,
    WorkingDay,
)
from app.domain.rule_parts import calendars_counted
from app.domain.workdays import ONE_DAY, Calendars, WorkdayCalendar, calendar_named
from app.domain.yearly import nominal_date

FIRST_DAY, LAST_DAY = date(1971, 1, 1), date(2199, 12, 31)
LONGEST_FROM_TO = 366 * 9
"""Days looked ahead for the end of a from-to rule: eight years and a day reach the next 29 February over a century."""


def anchors(rule: AnchorRule, first: date, last: date, calendars: Calendars) -> list[Anchor]:
    """The anchors whose first date lies in `[first, last]`, ascending, each once.

    The same rule gives the same anchors whatever range is asked: a longer range only shows more of them.
    """
    first, last = max(first, FIRST_DAY), min(last, LAST_DAY)
    found = {anchor for anchor in _anchors(rule, first, last, calendars) if first <= anchor.first <= last}
    return sorted(found)


def longest_anchors(rule: AnchorRule, first: date, last: date, calendars: Calendars) -> dict[date, date]:
    """By each first date in `[first, last]`, ascending, the last date of the longest anchor that begins on it.

    People choose from few rules, so those of whole years are kept for whoever has the same.
    """
    first, last = max(first, FIRST_DAY), min(last, LAST_DAY)
    match rule:
        case Recurrence():
            days = recurrence.days(rule.dtstart, rule.rrule, first, last)
            return dict(zip(days, days, strict=True))
        case Dates() | Entries():
            return {one.first: one.last for one in anchors(rule, first, last, calendars)}
        case _:
            counted = tuple(calendar_named(calendars, name) for name in sorted(calendars_counted(rule)))
            begins, ends = _longest_of_years(rule, first.year, last.year, counted)
            some = slice(bisect_left(begins, first), bisect_right(begins, last))
            return dict(zip(begins[some], ends[some], strict=True))


@lru_cache(maxsize=8192)
def _longest_of_years(
    rule: AnchorRule, first: int, last: int, counted: tuple[WorkdayCalendar, ...]
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    known = anchors(rule, date(first, 1, 1), date(last, 12, 31), {one.name: one for one in counted})
    longest = {one.first: one.last for one in known}
    return tuple(longest), tuple(longest.values())


def _anchors(rule: AnchorRule, first: date, last: date, calendars: Calendars) -> Iterable[Anchor]:
    """May give anchors beyond the range as well; never fewer than lie in it."""
    match rule:
        case Fixed() | NthWeekday() | WeekdayFrom() | Easter():
            years = _years(rule, first, last)
            return _moved(rule, (nominal_date(rule, year) for year in years), calendars)
        case Holiday():
            years = _years(rule, first, last)
            named = calendar_named(calendars, rule.calendar).observed_dates(rule.key, years[0], years[-1])
            return _moved(rule, named, calendars)
        case WorkingDay():
            return _working_days(rule, first, last, calendar_named(calendars, rule.calendar))
        case DayRolled():
            return _rolled_days(rule, first, last, calendar_named(calendars, rule.calendar))
        case WorkdayOffset():
            return _workday_offsets(rule, first, last, calendars)
        case Recurrence():
            return (Anchor(day) for day in recurrence.days(rule.dtstart, rule.rrule, first, last))
        case Dates():
            return rule.dates
        case Entries():
            return rule.anchors
        case FromTo():
            return _from_to(rule, first, last, calendars)


def _years(rule: Movable, first: date, last: date) -> range:
    reach = abs(rule.offset_days) + max((abs(one.add_days) for one in rule.adjust), default=0)
    margin = 1 + reach // 365
    return range(max(first.year - margin, 1), last.year + margin + 1)


def _moved(rule: Movable, nominal: Iterable[date | None], calendars: Calendars) -> Iterator[Anchor]:
    """Offset first, then the adjustment that matches."""
    for day in nominal:
        if day is not None:
            day += timedelta(days=rule.offset_days)
            adjustment = matching_adjustment(rule, day, calendars)
            yield Anchor(day + timedelta(days=adjustment.add_days) if adjustment else day)


def matching_adjustment(rule: Movable, day: date, calendars: Calendars) -> Adjustment | None:
    """What moves that date, the offset already added: the first adjustment that matches, once."""
    return next((one for one in rule.adjust if _matches(one, day, calendars)), None)


def _matches(adjustment: Adjustment, day: date, calendars: Calendars) -> bool:
    match adjustment:
        case IfWeekday(weekday):
            return day.weekday() == weekday
        case IfSameAs(rule):
            return bool(anchors(rule, day, day, calendars))


def _months(first: date, last: date, only: tuple[int, ...] | None) -> Iterator[tuple[int, int]]:
    """The months from two before `first` to two after `last`: a rolled date may leave its month, over a long closure by two."""
    for number in range(first.year * 12 + first.month - 3, last.year * 12 + last.month + 2):
        year, month = divmod(number, 12)
        if only is None or month + 1 in only:
            yield year, month + 1


def _working_days(rule: WorkingDay, first: date, last: date, workdays: WorkdayCalendar) -> Iterator[Anchor]:
    """Counted from the day before the month, or back from the day after it; a month may have fewer."""
    for year, month in _months(first, last, rule.months):
        begins = date(year, month, 1)
        ends = date(year, month, calendar.monthrange(year, month)[1])
        day = workdays.nth_from(begins - ONE_DAY if rule.n > 0 else ends + ONE_DAY, rule.n)
        if begins <= day <= ends:
            yield Anchor(day)


def _rolled_days(rule: DayRolled, first: date, last: date, workdays: WorkdayCalendar) -> Iterator[Anchor]:
    for year, month in _months(first, last, rule.months):
        length = calendar.monthrange(year, month)[1]
        day = date(year, month, min(rule.day or length, length))
        yield Anchor(workdays.rolled(day, rule.roll))


def _workday_offsets(rule: WorkdayOffset, first: date, last: date, calendars: Calendars) -> Iterator[Anchor]:
    workdays = calendar_named(calendars, rule.calendar)
    margin = timedelta(days=abs(rule.n) * 3 + 30 + workdays.most_extra_days)
    for base in anchors(rule.base, first - margin, last + margin, calendars):
        yield Anchor(workdays.nth_from(base.first, rule.n))


def _from_to(rule: FromTo, first: date, last: date, calendars: Calendars) -> Iterator[Anchor]:
    ends = anchors(rule.until, first, last + timedelta(days=LONGEST_FROM_TO), calendars)
    for start in anchors(rule.start, first, last, calendars):
        at = bisect_left(ends, Anchor(start.first, start.first))
        if at < len(ends) and (ends[at].first - start.first).days <= LONGEST_FROM_TO:
            yield Anchor(start.first, ends[at].last)


def earliest(rule: AnchorRule) -> int:
    """Days before its first date on which an anchor can be busy already: how far ahead to look for one."""
    return rule.minutes_before // 1440 + 1 if isinstance(rule, Entries) else 0


def longest(rule: AnchorRule) -> int:
    """Days from the first to the last date of the longest anchor the rule can have: how far back to look for one."""
    match rule:
        case Dates(dates):
            return max(((anchor.last - anchor.first).days for anchor in dates), default=0)
        case Entries():
            return max(((anchor.last - anchor.first).days for anchor in rule.anchors), default=0) + rule.minutes_after // 1440 + 1
        case FromTo():
            return LONGEST_FROM_TO + longest(rule.until)
        case _:
            return 0
