"""What a check looks at: windows with their dates, and the busy periods that could meet them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.occurrences import Occurrence, occurrences_meeting
from app.domain.situation import BusyPeak, busy_peaks, dated, exposed_span
from app.domain.spans import Span

from .cast import CLOCK_HOURS, EVENING_WAVE, MATCH_NIGHTS, VALENTINE, day, days, repeated, span, window
from .examples import examples

NIGHT = window("MW-ESB", "2027-02-09T01:00", "2027-02-09T03:00", rollback_minutes=30)
NEVER = replace(NIGHT, series=repeated("FREQ=DAILY;COUNT=1", except_on=days("2027-02-09")))


def test_a_window_spans_from_its_first_to_its_last_exposed_second():
    weekly = replace(NIGHT, series=repeated("FREQ=WEEKLY;COUNT=2"))
    assert dated(weekly).span == span("2027-02-09T00:00", "2027-02-16T02:30")
    assert dated(NEVER).span is None


def test_a_situation_covers_all_windows_that_happen():
    later = window("MW-ESB", "2027-03-01T01:00", "2027-03-01T02:00")
    assert exposed_span([dated(NIGHT), dated(NEVER), dated(later)]) == span("2027-02-09T00:00", "2027-03-01T01:00")
    assert exposed_span([dated(NEVER)]) is None


def test_peaks_are_kept_by_customer_whether_or_not_they_are_busy_then():
    busy = busy_peaks((VALENTINE, CLOCK_HOURS, EVENING_WAVE), dated(NIGHT).span, NATIONAL_CALENDARS)
    assert {customer: [one.peak for one in found] for customer, found in busy.items()} == {
        "ZONNEKROON": [VALENTINE, CLOCK_HOURS],
        "POLDERPOORT": [EVENING_WAVE],
    }
    assert [len(one.occurrences) for one in busy["ZONNEKROON"]] == [1, 0]


def test_when_nothing_happens_no_peak_is_busy():
    busy = busy_peaks((VALENTINE, MATCH_NIGHTS), None, NATIONAL_CALENDARS)
    assert [one.occurrences for found in busy.values() for one in found] == [(), ()]


def test_a_busy_peak_meets_a_span_in_its_first_second_and_not_in_the_one_before():
    [valentine] = busy_peaks((VALENTINE,), span("2027-02-01T00:00", "2027-03-01T00:00"), NATIONAL_CALENDARS)["ZONNEKROON"]
    assert valentine.meeting(span("2027-02-06T22:00", "2027-02-06T23:00")) == []
    assert [one.anchor for one in valentine.meeting(span("2027-02-06T22:00", "2027-02-06T23:00:01"))] == [day("2027-02-14")]


spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 20))
segments = st.lists(spans, max_size=3).map(lambda found: tuple(sorted(found)))
found_busy = st.lists(segments, max_size=5).map(
    lambda each: tuple(
        Occurrence(day(f"2027-02-{number + 1:02}"), day("2027-02-01"), day("2027-02-28"), one) for number, one in enumerate(each)
    )
)


@examples(80)
@given(found_busy, spans)
def test_a_busy_peak_meets_exactly_the_occurrences_with_a_second_in_the_span(busy: tuple[Occurrence, ...], one: Span):
    met = BusyPeak(VALENTINE, busy).meeting(one)
    assert len(met) == len(set(met))
    assert set(met) == {occurrence for occurrence in busy if any(segment.overlaps(one) for segment in occurrence.segments)}


def test_of_a_long_list_only_what_is_near_is_expanded():
    met = occurrences_meeting(CLOCK_HOURS, dated(NIGHT).span, NATIONAL_CALENDARS)
    assert met == []
    assert len(occurrences_meeting(CLOCK_HOURS, span("2027-02-08T00:00", "2027-02-13T00:00"), NATIONAL_CALENDARS)) == 5
