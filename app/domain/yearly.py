"""On which date of a year does it fall? For rules that name one date a year."""

import calendar
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from app.domain.anchors import Church, Direction, Easter, Feb29, Fixed, NthWeekday, WeekdayFrom, YearlyRule


def nominal_date(rule: YearlyRule, year: int) -> date | None:
    """The date of that year before offset and adjustments, or None when the year has none."""
    match rule:
        case Fixed():
            return _fixed(rule, year)
        case NthWeekday():
            return _nth_weekday(rule, year)
        case WeekdayFrom():
            return _weekday_from(rule, year)
        case Easter(church=Church.ORTHODOX):
            return easter(year, EASTER_ORTHODOX)
        case Easter():
            return easter(year, EASTER_WESTERN)


def _fixed(rule: Fixed, year: int) -> date | None:
    """29 February skips common years unless the rule says 28 February or 1 March instead."""
    if (rule.month, rule.day) != (2, 29) or calendar.isleap(year):
        return date(year, rule.month, rule.day)
    return {Feb29.SKIP: None, Feb29.FEB28: date(year, 2, 28), Feb29.MAR01: date(year, 3, 1)}[rule.feb29]


def _nth_weekday(rule: NthWeekday, year: int) -> date | None:
    last_of_month = calendar.monthrange(year, rule.month)[1]
    if rule.n > 0:
        first = date(year, rule.month, 1)
        day = 1 + (rule.weekday - first.weekday()) % 7 + 7 * (rule.n - 1)
    else:
        last = date(year, rule.month, last_of_month)
        day = last_of_month - (last.weekday() - rule.weekday) % 7 + 7 * (rule.n + 1)
    return date(year, rule.month, day) if 1 <= day <= last_of_month else None


def _weekday_from(rule: WeekdayFrom, year: int) -> date:
    """29 February counts from 28 February in a common year."""
    day = min(rule.day, calendar.monthrange(year, rule.month)[1])
    base = date(year, rule.month, day)
    ahead = (rule.weekday - base.weekday()) % 7
    behind = (base.weekday() - rule.weekday) % 7
    match rule.direction:
        case Direction.ON_OR_AFTER:
            return base + timedelta(days=ahead)
        case Direction.AFTER:
            return base + timedelta(days=ahead or 7)
        case Direction.ON_OR_BEFORE:
            return base - timedelta(days=behind)
        case Direction.BEFORE:
            return base - timedelta(days=behind or 7)
