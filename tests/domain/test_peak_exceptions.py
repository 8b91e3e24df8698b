"""One date of a peak is taken out or moved, or all of it suspended for a while; and put back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.exceptions import read_exception, write_exception
from app.domain.occurrences import Occurrence, occurrences, occurrences_meeting
from app.domain.peak_exceptions import PeakException, TakenOut, excepted, put_back, touched
from app.domain.peaks import MOST_EXCEPTIONS, Lead, Move, Peak, Suspension
from app.domain.refusal import Refusal

from .cast import CLOCK_HOURS, EVENING_WAVE, MATCH_NIGHTS, VALENTINE, ZONNEKROON, dates, day, days, peak, span

TODAY = day("2026-11-22")
FAIR = peak(ZONNEKROON, "fair", dates("2027-05-01/2027-05-04"), lead=Lead(before=1))


def move(one: str, to: str) -> Move:
    return Move(day(one), day(to))


def suspension(first: str, last: str) -> Suspension:
    return Suspension(day(first), day(last))


def busy(one: Peak, first: str = "2027-01-01", last: str = "2027-12-31") -> list[Occurrence]:
    return occurrences(one, day(first), day(last), NATIONAL_CALENDARS)


def after(one: Peak, what: PeakException) -> Peak:
    return excepted(one, what, TODAY, NATIONAL_CALENDARS)


def refused(one: Peak, what: PeakException) -> tuple[str, str]:
    with pytest.raises(Refusal) as caught:
        after(one, what)
    return caught.value.code, caught.value.problems[0].field


EACH = (TakenOut(day("2027-02-14")), move("2027-02-14", "2027-02-13"), suspension("2027-02-01", "2027-02-10"))


# --- a date taken out


def test_a_date_that_is_taken_out_goes_with_its_whole_busy_period_and_the_others_stay():
    out = after(VALENTINE, TakenOut(day("2027-02-14")))
    assert [str(one.anchor) for one in busy(out, last="2029-12-31")] == ["2028-02-14", "2029-02-14"]


def test_only_a_date_the_peak_has_can_be_taken_out_or_moved():
    assert refused(VALENTINE, TakenOut(day("2027-02-13"))) == ("no_such_date", "")
    assert refused(VALENTINE, move("2027-02-13", "2027-02-15")) == ("no_such_date", "")


# --- a date moved


def test_a_date_that_is_moved_takes_its_lead_days_along():
    moved = busy(after(VALENTINE, move("2027-02-14", "2027-02-13")))
    assert [(str(one.anchor), str(one.first_day), str(one.last_day)) for one in moved] == [
        ("2027-02-13", "2027-02-06", "2027-02-13")
    ]


def test_a_range_of_days_that_is_moved_stays_as_long():
    assert [(str(one.first_day), str(one.last_day)) for one in busy(after(FAIR, move("2027-05-01", "2027-06-10")))] == [
        ("2027-06-09", "2027-06-13")
    ]


def test_a_date_that_is_moved_counts_where_it_is_and_not_where_it_was():
    moved = after(VALENTINE, move("2027-02-14", "2027-06-01"))
    assert busy(moved, "2027-02-01", "2027-02-28") == []
    assert [str(one.anchor) for one in busy(moved, "2027-06-01", "2027-06-01")] == ["2027-06-01"]
    assert occurrences_meeting(moved, span("2027-02-10T00:00", "2027-02-11T00:00"), NATIONAL_CALENDARS) == []
    assert len(occurrences_meeting(moved, span("2027-05-31T00:00", "2027-05-31T01:00"), NATIONAL_CALENDARS)) == 1


def test_two_dates_that_are_moved_onto_each_other_change_places():
    nights = after(after(MATCH_NIGHTS, move("2027-04-13", "2027-04-20")), move("2027-04-14", "2027-04-13"))
    assert [str(one.anchor) for one in busy(nights)] == ["2027-04-13", "2027-04-20", "2027-04-27"]


def test_what_is_moved_onto_another_date_falls_once_and_the_longest_stands_for_both():
    fairs = replace(FAIR, rule=dates("2027-05-01/2027-05-04", "2027-06-01"))
    assert [(str(one.anchor), str(one.last_day)) for one in busy(after(fairs, move("2027-05-01", "2027-06-01")))] == [
        ("2027-06-01", "2027-06-04")
    ]
    assert [(str(one.anchor), str(one.last_day)) for one in busy(after(fairs, move("2027-06-01", "2027-05-01")))] == [
        ("2027-05-01", "2027-05-04")
    ]


def test_a_move_of_a_date_the_rule_no_longer_has_moves_nothing():
    stale = replace(MATCH_NIGHTS, moved=frozenset({move("2027-04-15", "2027-04-20")}))
    assert busy(stale) == busy(MATCH_NIGHTS)


def test_an_exception_or_the_validity_of_the_old_date_keeps_the_moved_one_away():
    moved = after(VALENTINE, move("2027-02-14", "2027-02-20"))
    assert busy(replace(moved, except_on=days("2027-02-14"))) == []
    assert busy(replace(moved, valid_until=day("2027-02-13"))) == []
    assert len(busy(replace(moved, valid_until=day("2027-02-14")))) == 1


def test_a_moved_date_is_put_back_before_anything_else_happens_to_it():
    moved = after(VALENTINE, move("2027-02-14", "2027-02-20"))
    assert refused(moved, TakenOut(day("2027-02-20"))) == ("moved_already", "")
    assert refused(moved, move("2027-02-20", "2027-02-21")) == ("moved_already", "")
    assert refused(moved, TakenOut(day("2027-02-14"))) == ("no_such_date", "")


@pytest.mark.parametrize(
    ("to", "code"),
    [("2027-02-14", "bad_move"), ("2028-02-16", "bad_move"), ("2026-11-21", "day_is_over"), ("2026-11-22", ""), ("2028-02-15", "")],
)
def test_a_date_moves_to_another_day_from_today_on_and_at_most_a_year_away(to: str, code: str):
    what = move("2027-02-14", to)
    if code:
        assert refused(VALENTINE, what) == (code, "to")
    else:
        assert after(VALENTINE, what).moved == {what}


# --- a suspension


def test_a_freeze_that_is_suspended_until_the_tenth_is_busy_again_from_the_eleventh_at_midnight():
    assert replace(VALENTINE, lead=Lead(before=7)) == VALENTINE
    (freeze,) = busy(after(VALENTINE, suspension("2027-02-01", "2027-02-10")))
    assert (str(freeze.first_day), str(freeze.last_day)) == ("2027-02-07", "2027-02-14")
    assert freeze.segments == (span("2027-02-10T23:00", "2027-02-14T23:00"),)


def test_a_suspension_in_the_middle_leaves_both_ends():
    (freeze,) = busy(after(VALENTINE, suspension("2027-02-09", "2027-02-09")))
    assert freeze.segments == (span("2027-02-06T23:00", "2027-02-08T23:00"), span("2027-02-09T23:00", "2027-02-14T23:00"))


def test_hours_past_midnight_are_cut_at_midnight():
    night = replace(EVENING_WAVE, daily=replace(EVENING_WAVE.daily, start=22 * 60, end=2 * 60))
    first, second, third = busy(after(night, suspension("2027-03-02", "2027-03-02")), "2027-03-01", "2027-03-03")
    assert first.segments == (span("2027-03-01T21:00", "2027-03-01T23:00"),)
    assert second.segments == (span("2027-03-02T23:00", "2027-03-03T01:00"),)
    assert third.segments == (span("2027-03-03T21:00", "2027-03-04T01:00"),)


def test_a_suspended_day_has_as_many_hours_as_the_clocks_give_it():
    """In the night of 28 March 2027 the clock goes forward, on 31 October it goes back."""
    easter = peak(ZONNEKROON, "easter", dates("2027-03-27/2027-03-29"))
    (cut,) = busy(after(easter, suspension("2027-03-28", "2027-03-28")))
    assert cut.segments == (span("2027-03-26T23:00", "2027-03-27T23:00"), span("2027-03-28T22:00", "2027-03-29T22:00"))


def test_what_is_suspended_as_a_whole_stays_in_sight_without_a_busy_second():
    out = after(VALENTINE, suspension("2027-02-01", "2027-02-28"))
    assert [(str(one.anchor), one.segments) for one in busy(out)] == [("2027-02-14", ())]
    assert occurrences_meeting(out, span("2027-02-01T00:00", "2027-03-01T00:00"), NATIONAL_CALENDARS) == []


def test_suspensions_that_overlap_are_one_stretch():
    one = after(after(VALENTINE, suspension("2027-02-05", "2027-02-09")), suspension("2027-02-08", "2027-02-11"))
    assert busy(one)[0].segments == (span("2027-02-11T23:00", "2027-02-14T23:00"),)


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        ("2026-11-21", "2026-12-01", ("day_is_over", "first")),
        ("2026-12-02", "2026-12-01", ("end_before_start", "last")),
        ("2026-12-01", "2028-12-01", ("suspension_too_long", "last")),
    ],
)
def test_a_suspension_is_from_today_on_forward_and_at_most_two_years(first: str, last: str, refusal: tuple[str, str]):
    assert refused(VALENTINE, suspension(first, last)) == refusal


def test_the_longest_suspension_is_two_years_and_a_day_of_today_is_enough():
    for first, last in (("2026-12-01", "2028-11-30"), ("2026-11-22", "2026-11-22")):
        assert after(VALENTINE, suspension(first, last)).suspended == {suspension(first, last)}


def test_the_same_suspension_twice_is_one_too_many():
    once = after(VALENTINE, suspension("2027-02-01", "2027-02-10"))
    assert refused(once, suspension("2027-02-01", "2027-02-10")) == ("already_suspended", "first")


def test_a_peak_has_a_limited_number_of_exceptions():
    many = frozenset(Suspension(day("2027-01-01"), TODAY + timedelta(days=100 + number)) for number in range(MOST_EXCEPTIONS))
    assert refused(replace(VALENTINE, suspended=many), suspension("2027-03-01", "2027-03-02")) == ("too_many", "")
    moves = frozenset(Move(TODAY + timedelta(days=number), TODAY) for number in range(MOST_EXCEPTIONS))
    assert refused(replace(CLOCK_HOURS, moved=moves), move("2028-03-01", "2028-03-02")) == ("too_many", "")


# --- put back


@pytest.mark.parametrize(
    "what", [TakenOut(day("2027-02-14")), move("2027-02-14", "2027-02-13"), suspension("2027-02-01", "2027-02-10")]
)
def test_what_is_put_back_is_as_it_was(what: PeakException):
    assert put_back(after(VALENTINE, what), what, TODAY) == VALENTINE


def test_a_suspension_that_has_begun_ends_with_yesterday():
    what = suspension("2027-02-01", "2027-02-28")
    suspended = after(VALENTINE, what)
    assert put_back(suspended, what, day("2027-02-10")).suspended == {suspension("2027-02-01", "2027-02-09")}
    assert put_back(suspended, what, day("2027-02-01")).suspended == set()


def test_a_suspension_that_is_over_cannot_be_put_back():
    what = suspension("2027-02-01", "2027-02-28")
    with pytest.raises(Refusal) as caught:
        put_back(after(VALENTINE, what), what, day("2027-03-01"))
    assert caught.value.code == "exception_over"


# --- which occurrences are other than they were


def test_only_the_occurrences_that_become_other_are_touched():
    for what, anchors in (
        (TakenOut(day("2027-02-14")), days("2027-02-14")),
        (move("2027-02-14", "2027-04-01"), days("2027-02-14", "2027-04-01")),
        (suspension("2027-02-01", "2027-02-07"), days("2027-02-14")),
        (suspension("2027-02-01", "2027-02-06"), days()),
    ):
        assert touched(VALENTINE, after(VALENTINE, what), what, NATIONAL_CALENDARS) == anchors
    what = suspension("2027-03-01", "2027-03-03")
    assert touched(CLOCK_HOURS, after(CLOCK_HOURS, what), what, NATIONAL_CALENDARS) == days(
        "2027-03-01", "2027-03-02", "2027-03-03"
    )


# --- written down


@pytest.mark.parametrize(
    "what", [TakenOut(day("2027-02-14")), move("2027-02-14", "2027-02-13"), suspension("2027-02-01", "2027-02-10")]
)
def test_an_exception_that_is_written_reads_back_as_the_same(what: PeakException):
    assert read_exception(write_exception(what)) == what
