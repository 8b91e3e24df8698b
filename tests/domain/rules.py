"""Anchor rules made up for a test: every kind, nested, with offsets and adjustments."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from app.domain.anchors import (
    Anchor,
    AnchorRule,
    Church,
    Dates,
    DayRolled,
    Direction,
    Easter,
    Feb29,
    Fixed,
    FromTo,
    Holiday,
    IfSameAs,
    IfWeekday,
    NthWeekday,
    Recurrence,
    Roll,
    Weekday,
    WeekdayFrom,
    WorkdayOffset,
    WorkingDay,
)
from app.domain.national_calendars import NATIONAL_CALENDARS

Rules = st.SearchStrategy[AnchorRule]

DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
NAMED = [(calendar.name, day_off.key) for calendar in NATIONAL_CALENDARS.values() for day_off in calendar.days_off]
RECURRENCES = (
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;BYDAY=MO,WE;BYMONTH=4,5,6",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA",
    "FREQ=WEEKLY;COUNT=60",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20281231",
    "FREQ=YEARLY;INTERVAL=2",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
)

calendars = st.sampled_from(sorted(NATIONAL_CALENDARS))
weekdays = st.sampled_from(Weekday)
nonzero = st.integers(-5, 5).filter(bool)
months = st.none() | st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True).map(lambda some: tuple(sorted(some)))
month_days = st.integers(1, 12).flatmap(lambda month: st.tuples(st.just(month), st.integers(1, DAYS_IN_MONTH[month - 1])))
some_days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
offsets = st.just(0) | st.integers(-10, 10) | st.integers(-400, 400)
ranges = st.builds(lambda first, length: Anchor(first, first + timedelta(days=length)), some_days, st.just(0) | st.integers(0, 40))


def _movable(kind: Callable[..., AnchorRule], adjustments: st.SearchStrategy, *given: st.SearchStrategy) -> Rules:
    adjust = st.lists(adjustments, max_size=2).map(tuple)
    return st.builds(
        lambda values, offset, adjust: kind(*values, offset_days=offset, adjust=adjust), st.tuples(*given), offsets, adjust
    )


def _yearly(adjustments: st.SearchStrategy) -> Rules:
    fixed = _movable(lambda at, feb29, **more: Fixed(*at, feb29, **more), adjustments, month_days, st.sampled_from(Feb29))
    nth = _movable(NthWeekday, adjustments, st.integers(1, 12), weekdays, nonzero)
    nearest = _movable(
        lambda at, *given, **more: WeekdayFrom(*at, *given, **more), adjustments, month_days, weekdays, st.sampled_from(Direction)
    )
    easter = _movable(Easter, adjustments, st.sampled_from(Church))
    return st.one_of(fixed, nth, nearest, easter)


def _holiday(adjustments: st.SearchStrategy) -> Rules:
    return _movable(lambda named, **more: Holiday(*named, **more), adjustments, st.sampled_from(NAMED))


working_days = st.builds(WorkingDay, calendars, st.integers(-23, 23).filter(bool), months)
rolled_days = st.builds(DayRolled, calendars, st.none() | st.integers(1, 31), st.sampled_from(Roll), months)
recurrences = st.builds(Recurrence, some_days, st.sampled_from(RECURRENCES))
listed = st.lists(ranges, min_size=1, max_size=4, unique=True).map(lambda some: Dates(tuple(sorted(some))))

if_weekday = st.builds(IfWeekday, weekdays, st.integers(-10, 10))
adjustments = if_weekday | st.builds(IfSameAs, _yearly(if_weekday) | _holiday(if_weekday), st.integers(-10, 10))
simple: Rules = st.one_of(_yearly(adjustments), _holiday(adjustments), working_days, rolled_days, recurrences, listed)
every_year: Rules = st.one_of(
    st.builds(Fixed, st.integers(1, 12), st.integers(1, 28)),
    st.builds(Easter, offset_days=offsets),
    st.builds(NthWeekday, st.integers(1, 12), weekdays, st.integers(1, 4)),
    st.builds(WorkingDay, calendars, st.integers(1, 15), months),
)
"""Rules that fall in every year, for the end of a from-to rule."""

nested: Rules = st.builds(FromTo, simple, every_year) | st.builds(
    WorkdayOffset, simple, calendars, st.integers(-30, 30).filter(bool)
)
anchor_rules: Rules = simple | nested
