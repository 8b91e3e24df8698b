"""On which dates each kind of anchor rule falls."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anchor_dates import FIRST_DAY, LAST_DAY, anchors, longest
from app.domain.anchors import (
    Anchor,
    AnchorRule,
    Church,
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
from app.domain.notation.rules import read_rule, write_rule
from app.domain.refusal import Refusal

from .cast import dates, day
from .examples import examples
from .rules import anchor_rules

MO, WE, TH, FR, SA, SU = (Weekday[name] for name in ("MO", "WE", "TH", "FR", "SA", "SU"))


def falls(rule: AnchorRule, first: str, last: str | None = None) -> list[str]:
    """The first dates within a range of dates or of years, as text."""
    last = last or first
    start, end = (f"{first}-01-01", f"{last}-12-31") if len(first) == 4 else (first, last)
    return [str(anchor.first) for anchor in anchors(rule, day(start), day(end), NATIONAL_CALENDARS)]


# --- a fixed date


def test_a_fixed_date_falls_once_a_year():
    assert falls(Fixed(2, 14), "2027", "2029") == ["2027-02-14", "2028-02-14", "2029-02-14"]


@pytest.mark.parametrize(
    ("feb29", "common", "leap"),
    [
        (Feb29.SKIP, [], ["2028-02-29"]),
        (Feb29.FEB28, ["2027-02-28"], ["2028-02-29"]),
        (Feb29.MAR01, ["2027-03-01"], ["2028-02-29"]),
    ],
)
def test_a_rule_for_29_february_skips_common_years_unless_it_says_otherwise(feb29: Feb29, common: list[str], leap: list[str]):
    assert falls(Fixed(2, 29, feb29), "2027") == common
    assert falls(Fixed(2, 29, feb29), "2028") == leap


def test_an_offset_may_lead_into_another_year():
    assert falls(Fixed(1, 1, offset_days=-1), "2027-12-31") == ["2027-12-31"]
    assert falls(Fixed(12, 31, offset_days=1000), "2027") == ["2027-09-27"]


def test_the_first_adjustment_that_matches_applies_once():
    rule = Fixed(4, 27, adjust=(IfWeekday(SU, -1), IfWeekday(SA, -1), IfWeekday(SU, 5)))
    assert falls(rule, "2025", "2026") == ["2025-04-26", "2026-04-27"]


def test_an_adjustment_looks_at_the_date_after_the_offset():
    assert falls(Fixed(4, 26, offset_days=1, adjust=(IfWeekday(SU, -1),)), "2025") == ["2025-04-26"]
    assert falls(Fixed(4, 26, offset_days=1, adjust=(IfWeekday(SA, -1),)), "2025") == ["2025-04-27"]


def test_an_adjustment_may_ask_whether_another_rule_falls_there_too():
    """The French Mother's Day gives way to Whit Sunday."""
    mothers_day = NthWeekday(5, SU, -1, adjust=(IfSameAs(Easter(offset_days=49), 7),))
    assert falls(mothers_day, "2026", "2027") == ["2026-05-31", "2027-05-30"]
    assert falls(mothers_day, "2023") == ["2023-06-04"]


def test_an_offset_and_an_adjustment_may_lead_two_years_on_together():
    """2 January 2027 is a Saturday."""
    rule = Fixed(1, 1, offset_days=366, adjust=(IfWeekday(SU, 0), IfWeekday(SA, 366)))
    assert falls(rule, "2028-01-03") == ["2028-01-03"]


# --- a weekday


def test_the_nth_weekday_is_counted_from_the_start_or_the_end_of_the_month():
    assert falls(NthWeekday(5, SU, 2), "2027") == ["2027-05-09"]
    assert falls(NthWeekday(11, TH, 4), "2027") == ["2027-11-25"]
    assert falls(NthWeekday(3, SU, -1), "2027") == ["2027-03-28"]
    assert falls(NthWeekday(2, MO, 1), "2027") == ["2027-02-01"]
    assert falls(NthWeekday(2, SU, -4), "2027") == ["2027-02-07"]


@pytest.mark.parametrize("n", [5, -5])
def test_a_month_without_a_fifth_weekday_has_no_anchor(n: int):
    assert falls(NthWeekday(2, SU, n), "2027") == []
    assert len(falls(NthWeekday(8, SU, n), "2027")) == 1


@pytest.mark.parametrize(
    ("direction", "from_wednesday", "from_friday"),
    [
        (Direction.ON_OR_AFTER, "2026-12-25", "2027-12-24"),
        (Direction.AFTER, "2026-12-25", "2027-12-31"),
        (Direction.ON_OR_BEFORE, "2026-12-18", "2027-12-24"),
        (Direction.BEFORE, "2026-12-18", "2027-12-17"),
    ],
)
def test_only_on_or_may_stay_where_it_is(direction: Direction, from_wednesday: str, from_friday: str):
    assert falls(WeekdayFrom(12, 23, FR, direction), "2026") == [from_wednesday]
    assert falls(WeekdayFrom(12, 24, FR, direction), from_friday) == [from_friday]


def test_the_nearest_weekday_may_lie_in_another_year():
    assert falls(WeekdayFrom(12, 31, MO, Direction.AFTER), "2027-01-04") == ["2027-01-04"]
    assert falls(WeekdayFrom(1, 1, WE, Direction.BEFORE), "2026-12-30") == ["2026-12-30"]


def test_the_nearest_weekday_to_29_february_counts_from_the_28th_in_a_common_year():
    assert falls(WeekdayFrom(2, 29, SU, Direction.ON_OR_AFTER), "2027", "2028") == ["2027-02-28", "2028-03-05"]


# --- Easter and named days off


def test_easter_is_that_of_the_church():
    assert falls(Easter(), "2024", "2028") == ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16"]
    assert falls(Easter(Church.ORTHODOX), "2026", "2028") == ["2026-04-12", "2027-05-02", "2028-04-16"]
    assert falls(Easter(offset_days=49), "2027") == ["2027-05-16"]


def test_a_holiday_falls_where_it_is_observed():
    assert falls(Holiday("US-FED", "new_year"), "2027") == ["2027-01-01", "2027-12-31"]
    assert falls(Holiday("US-FED", "new_year"), "2028") == []
    assert falls(Holiday("GB-ENG", "boxing_day"), "2027") == ["2027-12-28"]


def test_a_holiday_can_be_moved_like_any_yearly_date():
    assert falls(Holiday("NL", "kings_day", offset_days=-1), "2027") == ["2027-04-26"]
    assert falls(Holiday("US-FED", "new_year", offset_days=1), "2028-01-01") == ["2028-01-01"]


@pytest.mark.parametrize(
    "rule",
    [
        Holiday("XX", "new_year"),
        WorkingDay("XX", 1),
        DayRolled("XX", 1, Roll.NONE),
        WorkdayOffset(Fixed(1, 1), "XX", 1),
        FromTo(Fixed(1, 1), Holiday("XX", "new_year")),
    ],
)
def test_an_unknown_calendar_is_refused(rule: AnchorRule):
    with pytest.raises(Refusal) as refusal:
        falls(rule, "2027")
    assert refusal.value.code == "unknown_calendar"


# --- working days


def test_the_nth_working_day_of_a_month_skips_what_is_off():
    assert falls(WorkingDay("NL", 1, (1, 4)), "2027") == ["2027-01-04", "2027-04-01"]
    assert falls(WorkingDay("NL", -1, (12,)), "2027") == ["2027-12-31"]
    assert falls(WorkingDay("US-FED", -1, (12,)), "2027") == ["2027-12-30"]
    assert falls(WorkingDay("NL", 2, (12,)), "2027-12-02") == ["2027-12-02"]


def test_without_months_every_month_has_one():
    assert len(falls(WorkingDay("TARGET", 3), "2027")) == 12


def test_a_month_with_too_few_working_days_has_no_anchor():
    assert falls(WorkingDay("NL", 23, (2, 3)), "2027") == []
    assert falls(WorkingDay("NL", 23, (7, 12)), "2027") == ["2027-12-31"]


@pytest.mark.parametrize(
    ("month_day", "roll", "expected"),
    [
        (31, Roll.NONE, ["2027-01-31", "2027-02-28"]),
        (None, Roll.PRECEDING, ["2027-01-29", "2027-02-26"]),
        (31, Roll.MODIFIED_FOLLOWING, ["2027-01-29", "2027-02-26"]),
        (31, Roll.FOLLOWING, ["2027-02-01", "2027-03-01"]),
        (24, Roll.FOLLOWING, ["2027-01-25", "2027-02-24"]),
        (24, Roll.PRECEDING, ["2027-01-22", "2027-02-24"]),
    ],
)
def test_a_day_beyond_the_month_is_its_last_and_then_it_rolls(month_day: int | None, roll: Roll, expected: list[str]):
    rule = DayRolled("NL", month_day, roll, (1, 2))
    assert falls(rule, "2027") == expected


def test_a_day_may_roll_into_the_month_before_or_after():
    assert falls(DayRolled("NL", 1, Roll.PRECEDING), "2027-04-30") == ["2027-04-30"]
    assert falls(DayRolled("NL", 31, Roll.FOLLOWING), "2027-02-01") == ["2027-02-01"]


def test_working_days_are_counted_from_the_base_and_not_with_it():
    assert falls(WorkdayOffset(Fixed(2, 14), "NL", -1), "2027") == ["2027-02-12"]
    assert falls(WorkdayOffset(Fixed(2, 15), "NL", 1), "2027") == ["2027-02-16"]
    assert falls(WorkdayOffset(Easter(), "NL", 1), "2027") == ["2027-03-30"]
    assert falls(WorkdayOffset(Fixed(1, 1), "NL", -260), "2025-12-01", "2026-01-31") == ["2025-12-23"]


def test_working_days_are_counted_from_the_first_date_of_a_range():
    assert falls(WorkdayOffset(dates("2027-02-08/2027-02-12"), "NL", 2), "2027") == ["2027-02-10"]


# --- recurrences, lists, and from one date to another


def test_a_start_that_does_not_match_the_recurrence_is_no_anchor():
    assert falls(Recurrence(day("2027-02-13"), "FREQ=WEEKLY;BYDAY=SU;COUNT=2"), "2027") == ["2027-02-14", "2027-02-21"]


def test_a_range_of_dates_is_one_anchor_that_its_first_date_stands_for():
    found = anchors(dates("2027-02-08/2027-02-12", "2027-05-01"), day("2027-02-08"), day("2027-02-08"), NATIONAL_CALENDARS)
    assert found == [Anchor(day("2027-02-08"), day("2027-02-12"))]
    assert falls(dates("2027-02-08/2027-02-12"), "2027-02-09", "2027-02-12") == []


def test_from_to_ends_at_the_first_end_on_or_after_its_start():
    season = FromTo(Fixed(12, 20), Fixed(1, 5))
    assert anchors(season, day("2027-12-01"), day("2027-12-31"), NATIONAL_CALENDARS) == [
        Anchor(day("2027-12-20"), day("2028-01-05"))
    ]
    one_day = FromTo(Fixed(12, 20), Fixed(12, 20))
    assert anchors(one_day, day("2027-12-20"), day("2027-12-20"), NATIONAL_CALENDARS) == [Anchor(day("2027-12-20"))]


def test_from_to_without_an_end_has_no_anchor():
    assert falls(FromTo(Fixed(2, 1), dates("2027-03-01")), "2027", "2028") == ["2027-02-01"]


def test_from_to_reaches_the_next_29_february_over_a_century():
    leap = FromTo(Fixed(3, 1), Fixed(2, 29))
    assert anchors(leap, day("2096-03-01"), day("2096-03-01"), NATIONAL_CALENDARS) == [Anchor(day("2096-03-01"), day("2104-02-29"))]


def test_from_to_ends_with_the_last_date_of_a_range():
    long_end = FromTo(Fixed(2, 1), dates("2027-02-10/2027-02-12"))
    assert anchors(long_end, day("2027-01-01"), day("2027-12-31"), NATIONAL_CALENDARS) == [
        Anchor(day("2027-02-01"), day("2027-02-12"))
    ]


def test_the_longest_anchor_tells_how_far_back_to_look():
    assert longest(Fixed(2, 14)) == 0
    assert longest(dates("2027-02-08/2027-02-12", "2027-05-01/2027-05-03")) == 4
    assert longest(FromTo(Fixed(1, 1), dates("2027-02-08/2027-02-12"))) == longest(FromTo(Fixed(1, 1), Fixed(2, 8))) + 4


def test_no_anchor_lies_before_1971_or_after_2199():
    found = anchors(Fixed(1, 1), date(1900, 1, 1), date(2500, 1, 1), NATIONAL_CALENDARS)
    assert [found[0].first, found[-1].first, len(found)] == [FIRST_DAY, date(LAST_DAY.year, 1, 1), 229]


# --- what holds for every rule


@examples(60)
@given(anchor_rules, st.tuples(st.integers(0, 500), st.integers(0, 200)), st.integers(1, 500), st.integers(1, 500))
def test_a_longer_range_only_shows_more(rule: AnchorRule, within: tuple[int, int], before: int, after: int):
    first = date(2026, 6, 1) + timedelta(days=within[0])
    last = first + timedelta(days=within[1])
    longer = anchors(rule, first - timedelta(days=before), last + timedelta(days=after), NATIONAL_CALENDARS)
    assert anchors(rule, first, last, NATIONAL_CALENDARS) == [anchor for anchor in longer if first <= anchor.first <= last]


def test_a_longer_range_shows_no_end_that_a_shorter_one_did_not_reach():
    rule = FromTo(dates("2027-01-01"), dates("2039-01-01"))
    assert falls(rule, "2027", "2035") == falls(rule, "2027")


@examples(60)
@given(anchor_rules)
def test_a_rule_falls_on_each_date_once_and_ascending(rule: AnchorRule):
    found = anchors(rule, date(2026, 1, 1), date(2028, 12, 31), NATIONAL_CALENDARS)
    assert found == sorted(set(found))


@examples(60)
@given(anchor_rules)
def test_a_rule_that_is_written_reads_back_as_the_same_rule(rule: AnchorRule):
    assert read_rule(json.loads(json.dumps(write_rule(rule)))) == rule
