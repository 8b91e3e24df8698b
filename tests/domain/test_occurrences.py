"""When exactly a peak is busy: leads, daily hours, validity, exceptions and the horizon."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anchors import Easter, Fixed, FromTo, IfWeekday, NthWeekday, Weekday
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.occurrences import Occurrence, known_until, occurrences, occurrences_meeting
from app.domain.peaks import DailyHours, Lead, Move, Peak, Severity, Suspension
from app.domain.refusal import Refusal
from app.domain.spans import Span
from app.domain.windows import ChangeType, Impact

from .cast import AMSTERDAM, CLOCK_HOURS, LICHTLIJN, MATCH_NIGHTS, VALENTINE, ZONNEKROON, dates, day, days, peak, span, utc
from .examples import examples
from .rules import anchor_rules

NEW_YEARS_EVE = peak(LICHTLIJN, "new-years-eve", Fixed(12, 31), daily=DailyHours(20 * 60, 3 * 60))


def busy(one: Peak, first: str = "2027-01-01", last: str = "2027-12-31") -> list[Occurrence]:
    return occurrences(one, day(first), day(last), NATIONAL_CALENDARS)


def anchors(one: Peak) -> list[str]:
    return [str(occurrence.anchor) for occurrence in busy(one)]


def busy_days(one: Peak) -> tuple[str, str]:
    return str(busy(one)[0].first_day), str(busy(one)[0].last_day)


# --- lead days


def test_lead_days_are_local_days_before_and_after_the_anchor():
    with_a_day_after = replace(VALENTINE, lead=Lead(before=7, after=1))
    assert busy(with_a_day_after) == [
        Occurrence(day("2027-02-14"), day("2027-02-07"), day("2027-02-15"), (span("2027-02-06T23:00", "2027-02-15T23:00"),))
    ]


def test_whole_days_are_days_of_the_peak_s_own_zone():
    assert busy(replace(VALENTINE, zone="Asia/Tokyo"))[0].segments == (span("2027-02-06T15:00", "2027-02-14T15:00"),)


@pytest.mark.parametrize(("anchor", "hours"), [("2027-03-28", 23), ("2027-10-31", 25), ("2027-06-01", 24)])
def test_a_whole_day_lasts_as_long_as_the_clock_makes_it(anchor: str, hours: int):
    assert busy(peak(ZONNEKROON, "one-day", dates(anchor)))[0].segments[0].seconds == hours * 3600


def test_a_day_whose_midnight_does_not_exist_is_busy_from_its_first_second():
    one = replace(peak(ZONNEKROON, "one-day", dates("2018-11-04")), zone="America/Sao_Paulo")
    assert busy(one, "2018-11-04", "2018-11-04")[0].segments == (span("2018-11-04T03:00", "2018-11-05T02:00"),)


def test_working_day_leads_count_working_days_and_are_busy_over_the_weekend():
    """Valentine's Day 2027 is a Sunday."""
    one = replace(VALENTINE, lead=Lead(before=2, after=1, calendar="NL"))
    assert busy_days(one) == ("2027-02-11", "2027-02-15")
    assert len(busy(one)[0].segments) == 1


def test_working_day_leads_step_over_the_days_off_of_their_calendar():
    easter = replace(VALENTINE, rule=Easter(), lead=Lead(before=1, after=1, calendar="NL"))
    assert busy_days(easter) == ("2027-03-26", "2027-03-30")
    assert busy_days(replace(easter, lead=Lead(before=1, after=1, calendar="NL-ATW"))) == ("2027-03-25", "2027-03-30")


def test_no_working_days_of_lead_stay_on_the_anchor_even_when_it_is_off():
    assert busy_days(replace(VALENTINE, lead=Lead(calendar="NL"))) == ("2027-02-14", "2027-02-14")


def test_leads_of_an_unknown_calendar_are_refused():
    with pytest.raises(Refusal) as refusal:
        busy(replace(VALENTINE, lead=Lead(before=1, calendar="XX")))
    assert refusal.value.code == "unknown_calendar"


def test_leads_stand_before_the_first_and_after_the_last_date_of_a_range():
    one = replace(VALENTINE, rule=FromTo(Fixed(12, 15), Fixed(1, 4)), lead=Lead(before=1, after=1))
    assert busy_days(one) == ("2027-12-14", "2028-01-05")
    assert anchors(one) == ["2027-12-15"]


# --- daily hours


def test_daily_hours_apply_on_every_busy_day_lead_days_included():
    one = replace(VALENTINE, lead=Lead(before=1), daily=DailyHours(4 * 60, 11 * 60 + 30))
    assert busy(one)[0].segments == (span("2027-02-13T03:00", "2027-02-13T10:30"), span("2027-02-14T03:00", "2027-02-14T10:30"))


def test_hours_that_cross_midnight_belong_to_the_day_on_which_they_start():
    assert busy(NEW_YEARS_EVE)[0].segments == (span("2027-12-31T19:00", "2028-01-01T02:00"),)
    assert busy(NEW_YEARS_EVE)[0].last_day == day("2027-12-31")


def test_hours_that_end_when_they_start_last_a_day():
    assert busy(replace(NEW_YEARS_EVE, daily=DailyHours(360, 360)))[0].segments == (span("2027-12-31T05:00", "2028-01-01T05:00"),)


def test_hours_may_end_at_twenty_four():
    assert busy(replace(NEW_YEARS_EVE, daily=DailyHours(1080, 1440)))[0].segments == (span("2027-12-31T17:00", "2027-12-31T23:00"),)


def test_hours_that_fall_wholly_into_a_spring_gap_are_dropped():
    gap = peak(ZONNEKROON, "night", dates("2027-03-28"), daily=DailyHours(120, 180), lead=Lead(before=1))
    assert busy(gap)[0].segments == (span("2027-03-27T01:00", "2027-03-27T02:00"),)


def test_hours_that_begin_in_a_spring_gap_take_the_offset_before_it():
    gap = peak(ZONNEKROON, "night", dates("2027-03-28"), daily=DailyHours(150, 240))
    assert busy(gap)[0].segments == (span("2027-03-28T01:30", "2027-03-28T02:00"),)


def test_hours_in_the_hour_that_comes_twice_begin_and_end_with_the_first():
    twice = peak(ZONNEKROON, "night", dates("2027-10-31"), daily=DailyHours(150, 180))
    assert busy(twice)[0].segments == (span("2027-10-31T00:30", "2027-10-31T02:00"),)
    assert busy(replace(twice, daily=DailyHours(120, 150)))[0].segments == (span("2027-10-31T00:00", "2027-10-31T00:30"),)


# --- validity, exceptions and added dates


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2027-02-14", None, [2027, 2028, 2029]),
        ("2027-02-15", None, [2028, 2029]),
        (None, "2028-02-14", [2027, 2028]),
        (None, "2028-02-13", [2027]),
    ],
)
def test_validity_is_inclusive_and_looks_at_the_anchor(first: str | None, last: str | None, years: list[int]):
    valid = replace(VALENTINE, valid_from=first and day(first), valid_until=last and day(last))
    assert [one.anchor.year for one in busy(valid, "2027-01-01", "2029-12-31")] == years


def test_the_lead_days_of_a_valid_anchor_always_count():
    valid = replace(VALENTINE, valid_from=day("2027-02-14"), valid_until=day("2027-02-14"), lead=Lead(before=7, after=7))
    assert busy_days(valid) == ("2027-02-07", "2027-02-21")


def test_validity_looks_at_the_anchor_after_its_adjustment():
    """King's Day 2025 was kept on Saturday 26 April."""
    kings_day = replace(VALENTINE, rule=Fixed(4, 27, adjust=(IfWeekday(Weekday.SU, -1),)))
    assert len(busy(replace(kings_day, valid_until=day("2025-04-26")), "2025-01-01", "2025-12-31")) == 1
    assert busy(replace(kings_day, valid_from=day("2025-04-27")), "2025-01-01", "2025-12-31") == []


def test_an_exception_names_the_anchor_and_removes_its_whole_busy_period():
    assert anchors(VALENTINE) == ["2027-02-14"]
    assert anchors(replace(VALENTINE, except_on=days("2027-02-14"))) == []


def test_an_exception_for_a_lead_day_removes_nothing():
    assert anchors(replace(VALENTINE, except_on=days("2027-02-13"))) == ["2027-02-14"]


def test_an_added_date_is_an_anchor_with_leads_of_its_own():
    added = busy(replace(VALENTINE, also_on=days("2027-05-09")))
    assert [(str(one.anchor), str(one.first_day)) for one in added] == [("2027-02-14", "2027-02-07"), ("2027-05-09", "2027-05-02")]


@pytest.mark.parametrize(("first", "last", "found"), [("05-09", "05-09", 1), ("05-10", "05-31", 0), ("05-01", "05-08", 0)])
def test_an_added_date_is_given_only_within_the_range(first: str, last: str, found: int):
    assert len(busy(replace(VALENTINE, also_on=days("2027-05-09")), f"2027-{first}", f"2027-{last}")) == found


def test_an_added_date_must_be_valid_and_not_excepted():
    added = replace(VALENTINE, also_on=days("2027-05-09", "2027-06-01"), valid_until=day("2027-05-31"))
    assert anchors(added) == ["2027-02-14", "2027-05-09"]
    assert anchors(replace(added, except_on=days("2027-05-09"))) == ["2027-02-14"]


def test_a_date_that_is_added_to_itself_falls_once():
    assert anchors(replace(VALENTINE, also_on=days("2027-02-14"))) == ["2027-02-14"]


@pytest.mark.parametrize(
    "one",
    [
        peak(ZONNEKROON, "fair", dates("2027-02-14", "2027-02-14/2027-02-16")),
        peak(ZONNEKROON, "fair", dates("2027-02-14/2027-02-16"), also_on=days("2027-02-14")),
    ],
)
def test_of_several_that_begin_on_one_date_the_longest_stands_for_all(one: Peak):
    assert [(str(found.anchor), str(found.last_day)) for found in busy(one)] == [("2027-02-14", "2027-02-16")]


def test_a_suspension_cuts_out_whole_local_days_and_the_rest_stays():
    (freeze,) = busy(replace(VALENTINE, suspended=frozenset({Suspension(day("2027-02-01"), day("2027-02-10"))})))
    assert freeze.segments == (span("2027-02-10T23:00", "2027-02-14T23:00"),)


def test_a_peak_that_is_switched_off_has_no_occurrence():
    assert len(busy(CLOCK_HOURS)) == 261
    assert busy(replace(CLOCK_HOURS, enabled=False)) == []
    assert busy(replace(CLOCK_HOURS, enabled=False, also_on=days("2027-02-14"))) == []


def test_only_anchors_within_the_range_are_given_whatever_their_leads_reach():
    assert busy(VALENTINE, "2027-02-07", "2027-02-13") == []
    assert len(busy(VALENTINE, "2027-02-14", "2027-02-14")) == 1


# --- which occurrences a span meets


def meeting(one: Peak, start: str, end: str) -> list[str]:
    return [str(found.anchor) for found in occurrences_meeting(one, span(start, end), NATIONAL_CALENDARS)]


def test_a_span_meets_a_busy_period_in_its_first_and_its_last_second_and_no_other():
    assert meeting(VALENTINE, "2027-02-06T20:00", "2027-02-06T23:00") == []
    assert meeting(VALENTINE, "2027-02-06T20:00", "2027-02-06T23:00:01") == ["2027-02-14"]
    assert meeting(VALENTINE, "2027-02-14T22:59:59", "2027-02-15T04:00") == ["2027-02-14"]
    assert meeting(VALENTINE, "2027-02-14T23:00", "2027-02-15T04:00") == []


def test_a_span_between_two_daily_segments_meets_nothing():
    assert meeting(replace(MATCH_NIGHTS, lead=Lead(after=1)), "2027-04-27T22:00", "2027-04-28T16:00") == []


def test_the_anchor_of_what_a_span_meets_may_lie_long_before_or_after():
    season = peak(ZONNEKROON, "season", FromTo(Fixed(3, 1), NthWeekday(2, Weekday.SU, -1)))
    assert meeting(season, "2028-02-20T00:00", "2028-02-20T01:00") == ["2027-03-01"]
    long_lead = replace(VALENTINE, lead=Lead(before=260, calendar="NL"))
    assert meeting(long_lead, "2026-03-01T00:00", "2026-03-01T01:00") == ["2027-02-14"]
    long_after = replace(VALENTINE, lead=Lead(after=366))
    assert meeting(long_after, "2028-02-15T00:00", "2028-02-15T01:00") == ["2027-02-14", "2028-02-14"]


clocks = st.integers(0, 1440)
days_of_2027 = st.dates(date(2027, 1, 1), date(2027, 12, 31))
suspensions = st.builds(lambda first, length: Suspension(first, first + timedelta(days=length)), days_of_2027, st.integers(0, 40))
leads = st.builds(Lead, st.integers(0, 30), st.integers(0, 30), st.none() | st.sampled_from(["NL", "US-FED"]))
peaks = st.builds(
    Peak,
    id=st.just("P"),
    customer=st.just("ZONNEKROON"),
    severity=st.just(Severity.FREEZE),
    zone=st.sampled_from([AMSTERDAM, "America/New_York", "Pacific/Auckland"]),
    rule=anchor_rules,
    lead=leads,
    daily=st.none() | st.builds(DailyHours, clocks, clocks),
    except_on=st.sets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), max_size=3).map(frozenset),
    also_on=st.sets(st.dates(date(2026, 11, 1), date(2028, 2, 1)), max_size=3).map(frozenset),
    valid_from=st.none() | st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    valid_until=st.none() | st.dates(date(2027, 6, 1), date(2028, 12, 31)),
    moved=st.lists(st.builds(Move, days_of_2027, days_of_2027), max_size=2, unique_by=lambda move: move.day).map(frozenset),
    suspended=st.sets(suspensions, max_size=2).map(frozenset),
    change_types=st.none() | st.sets(st.sampled_from(ChangeType)).map(frozenset),
    impacts=st.none() | st.sets(st.sampled_from(Impact)).map(frozenset),
)
spans_of_2027 = st.builds(
    lambda start, length: Span(start, start + length),
    st.integers(utc("2027-01-01T00:00"), utc("2027-12-31T00:00")),
    st.integers(1, 30 * 24 * 3600),
)


@examples(60)
@given(peaks, spans_of_2027)
def test_a_span_meets_exactly_what_overlaps_it_of_a_much_wider_expansion(one: Peak, span: Span):
    wide = occurrences(one, date(2024, 1, 1), date(2030, 12, 31), NATIONAL_CALENDARS)
    overlapping = [
        found for found in wide if any(segment.start < span.end and span.start < segment.end for segment in found.segments)
    ]
    assert occurrences_meeting(one, span, NATIONAL_CALENDARS) == overlapping


@examples(60)
@given(peaks)
def test_segments_ascend_within_the_busy_days(one: Peak):
    for found in occurrences(one, date(2027, 1, 1), date(2027, 12, 31), NATIONAL_CALENDARS):
        assert found.first_day <= found.anchor <= found.last_day
        assert (found.last_day - found.first_day).days + 1 + len(one.suspended) >= len(found.segments)
        assert all(segment.seconds > 0 for segment in found.segments)
        assert list(found.segments) == sorted(found.segments)


# --- the horizon


def test_the_horizon_day_is_still_known_to_its_local_midnight():
    assert known_until(MATCH_NIGHTS) == utc("2027-06-30T22:00")


def test_a_rule_without_a_horizon_is_known_for_ever():
    assert known_until(VALENTINE) is None


def test_nothing_is_unknown_about_a_peak_that_ended_before_its_horizon_or_is_switched_off():
    assert known_until(replace(MATCH_NIGHTS, valid_until=day("2027-06-30"))) is None
    assert known_until(replace(MATCH_NIGHTS, valid_until=day("2027-07-01"))) == utc("2027-06-30T22:00")
    assert known_until(replace(MATCH_NIGHTS, enabled=False)) is None
