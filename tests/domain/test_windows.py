"""When a window is exposed: single, repeated, over a change of the clock, with its rollback reserve."""

from dataclasses import replace

import pytest

from app.domain.refusal import Refusal
from app.domain.spans import Span
from app.domain.windows import MOST_OCCURRENCES, Window, WindowOccurrence, window_occurrences

from .cast import days, repeated, span, utc, window

ESB = "MW-ESB"
NIGHT = window(ESB, "2027-02-13T01:00", "2027-02-13T03:00")


def planned(one: Window) -> list[Span]:
    return [occurrence.planned for occurrence in window_occurrences(one)]


def starts(one: Window) -> list[int]:
    return [occurrence.planned.start for occurrence in window_occurrences(one)]


def refusal_of(one: Window) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        window_occurrences(one)
    return refusal.value.code, refusal.value.problems[0].field


def test_a_single_window_is_exposed_from_its_start_to_its_planned_end():
    assert window_occurrences(NIGHT) == (
        WindowOccurrence("W1", span("2027-02-13T00:00", "2027-02-13T02:00"), span("2027-02-13T00:00", "2027-02-13T02:00")),
    )


def test_the_rollback_reserve_is_elapsed_minutes_whatever_the_clock_does():
    over_the_gap = window(ESB, "2027-03-28T00:00", "2027-03-28T01:30", rollback_minutes=90)
    assert window_occurrences(over_the_gap)[0].exposed == span("2027-03-27T23:00", "2027-03-28T02:00")


def test_a_window_over_the_missing_hour_is_an_hour_shorter_than_its_clock_says():
    assert planned(window(ESB, "2027-03-28T01:00", "2027-03-28T05:00"))[0].seconds == 3 * 3600


def test_a_window_over_the_hour_that_comes_twice_is_an_hour_longer():
    assert planned(window(ESB, "2027-10-31T01:00", "2027-10-31T05:00"))[0].seconds == 5 * 3600


def test_a_window_may_last_from_the_first_to_the_second_of_a_repeated_time():
    both = window(ESB, "2027-10-31T02:30", "2027-10-31T02:30", start_fold=0, end_fold=1)
    assert planned(both) == [span("2027-10-31T00:30", "2027-10-31T01:30")]


def test_a_window_that_ends_in_the_first_of_a_repeated_hour_cannot_start_in_the_second():
    assert refusal_of(window(ESB, "2027-10-31T02:15", "2027-10-31T02:45", start_fold=1, end_fold=0)) == (
        "end_not_after_start",
        "end",
    )


@pytest.mark.parametrize("end", ["2027-02-13T01:00", "2027-02-13T00:59"])
@pytest.mark.parametrize("series", [None, repeated("FREQ=DAILY;COUNT=2")])
def test_a_window_must_end_after_it_starts(end: str, series: object):
    assert refusal_of(window(ESB, "2027-02-13T01:00", end, series=series)) == ("end_not_after_start", "end")


def test_the_field_of_a_missing_hour_is_told():
    assert refusal_of(window(ESB, "2027-03-28T02:30", "2027-03-28T05:00")) == ("nonexistent_local_time", "start")
    assert refusal_of(window(ESB, "2027-03-28T01:00", "2027-03-28T02:30")) == ("nonexistent_local_time", "end")
    assert refusal_of(window(ESB, "2027-10-31T01:00", "2027-10-31T02:30")) == ("ambiguous_local_time", "end")


def test_a_time_that_does_not_exist_is_told_before_one_that_comes_twice():
    assert refusal_of(window(ESB, "2027-10-31T02:30", "2028-03-26T02:30")) == ("nonexistent_local_time", "end")


def test_a_series_keeps_its_wall_clock_over_a_change_of_the_clock():
    weekly = window(ESB, "2027-03-21T04:00", "2027-03-21T05:00", series=repeated("FREQ=WEEKLY;COUNT=2"))
    assert starts(weekly) == [utc("2027-03-21T03:00"), utc("2027-03-28T02:00")]


def test_a_series_in_the_missing_hour_takes_the_offset_before_the_gap():
    nightly = window(ESB, "2027-03-27T02:30", "2027-03-27T04:00", series=repeated("FREQ=DAILY;COUNT=2"))
    assert planned(nightly)[1] == span("2027-03-28T01:30", "2027-03-28T02:00")


def test_a_series_in_the_hour_that_comes_twice_means_the_first():
    nightly = window(ESB, "2027-10-30T02:30", "2027-10-30T04:00", series=repeated("FREQ=DAILY;COUNT=2"))
    assert planned(nightly)[1] == span("2027-10-31T00:30", "2027-10-31T03:00")


def test_an_occurrence_that_lies_wholly_in_the_missing_hour_is_not_there():
    nightly = window(ESB, "2027-03-27T02:00", "2027-03-27T03:00", series=repeated("FREQ=DAILY;COUNT=3"))
    assert starts(nightly) == [utc("2027-03-27T01:00"), utc("2027-03-29T00:00")]


def test_the_last_day_of_a_series_is_inclusive_by_its_date():
    nightly = window(ESB, "2027-02-13T01:00", "2027-02-13T03:00", series=repeated("FREQ=DAILY;UNTIL=20270215"))
    assert len(window_occurrences(nightly)) == 3


def test_a_start_that_does_not_match_the_series_is_not_an_occurrence():
    saturday = replace(NIGHT, series=repeated("FREQ=WEEKLY;BYDAY=SU;COUNT=2"))
    assert starts(saturday) == [utc("2027-02-14T00:00"), utc("2027-02-21T00:00")]


def test_a_series_leaves_out_its_exceptions_and_takes_its_extra_days():
    series = repeated("FREQ=DAILY;COUNT=3", except_on=days("2027-02-14"), also_on=days("2027-02-20"))
    assert starts(replace(NIGHT, series=series)) == [utc(f"2027-02-{day}T00:00") for day in (13, 15, 20)]


def test_an_exception_counts_for_more_than_an_extra_day():
    series = repeated("FREQ=DAILY;COUNT=1", except_on=days("2027-02-20"), also_on=days("2027-02-20"))
    assert len(window_occurrences(replace(NIGHT, series=series))) == 1


def test_extra_days_alone_repeat_the_start_as_well():
    assert len(window_occurrences(replace(NIGHT, series=repeated(also_on=days("2027-02-20"))))) == 2


def test_an_extra_day_that_is_in_the_series_already_comes_once():
    series = repeated("FREQ=DAILY;COUNT=2", also_on=days("2027-02-14"))
    assert len(window_occurrences(replace(NIGHT, series=series))) == 2


def test_a_series_of_which_everything_was_left_out_has_no_occurrence():
    series = repeated("FREQ=DAILY;COUNT=1", except_on=days("2027-02-13"))
    assert window_occurrences(replace(NIGHT, series=series)) == ()


def test_occurrences_ascend():
    series = repeated("FREQ=DAILY;COUNT=2", also_on=days("2027-01-01", "2027-12-01"))
    assert starts(replace(NIGHT, series=series)) == sorted(starts(replace(NIGHT, series=series)))


def test_a_series_must_end():
    assert refusal_of(replace(NIGHT, series=repeated("FREQ=DAILY"))) == ("unbounded_series", "rrule")


def test_a_series_has_at_most_so_many_occurrences():
    assert len(window_occurrences(replace(NIGHT, series=repeated(f"FREQ=DAILY;COUNT={MOST_OCCURRENCES}")))) == MOST_OCCURRENCES
    assert refusal_of(replace(NIGHT, series=repeated(f"FREQ=DAILY;COUNT={MOST_OCCURRENCES + 1}"))) == ("series_too_long", "rrule")


@pytest.mark.parametrize("bound", ["COUNT=30", "UNTIL=20560213"])
def test_no_occurrence_of_a_bounded_series_is_dropped_without_a_word(bound: str):
    try:
        found = window_occurrences(replace(NIGHT, series=repeated(f"FREQ=YEARLY;{bound}")))
    except Refusal:
        return
    assert len(found) == 30


@pytest.mark.parametrize(
    ("start", "end", "phase"),
    [
        ("2027-02-13T00:00", "2027-02-13T02:00", "planned"),
        ("2027-02-13T02:00", "2027-02-13T03:00", "rollback"),
        ("2027-02-13T01:59:59", "2027-02-13T02:00:01", "planned+rollback"),
        ("2027-02-13T01:00", "2027-02-13T02:00:01", "planned+rollback"),
    ],
)
def test_the_phase_tells_which_part_of_the_exposure_is_touched(start: str, end: str, phase: str):
    occurrence = window_occurrences(replace(NIGHT, rollback_minutes=60))[0]
    assert occurrence.phase(span(start, end)) == phase
