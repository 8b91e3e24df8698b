"""Dated entries of a calendar as a peak: the hours around each, the days they belong to, and what can be changed."""

from dataclasses import replace

import pytest

from app.domain.anchors import Entries
from app.domain.foreign_entries import ForeignEntry
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.rules import read_peak, read_rule, write_peak, write_rule
from app.domain.occurrences import occurrences, occurrences_meeting
from app.domain.peaks import Move, Peak, Severity, Suspension
from app.domain.refusal import Refusal
from app.domain.spans import Span

from .cast import LICHTLIJN, day, days, span, utc

PSV = ForeignEntry(utc("2027-02-10T19:45"), utc("2027-02-10T21:45"), "psv", None, "Ajax - PSV")
AZ = ForeignEntry(utc("2027-02-17T19:45"), utc("2027-02-17T21:45"), "az", None, "Ajax - AZ")
LATE = ForeignEntry(utc("2027-02-10T22:30"), utc("2027-02-11T00:30"), "late", None, "Late show")
AROUND = Entries("Europe/Amsterdam", (PSV, LATE, AZ), minutes_before=120, minutes_after=180)
PEAK = Peak("cup", LICHTLIJN.id, Severity.FREEZE, "Europe/Amsterdam", AROUND)

WRITTEN = {"start": "2027-02-10T19:45:00Z", "end": "2027-02-10T21:45:00Z"}


def busy(peak: Peak) -> list[tuple[str, str, str, tuple[Span, ...]]]:
    found = occurrences(peak, day("2027-01-01"), day("2027-12-31"), NATIONAL_CALENDARS)
    return [(str(one.anchor), str(one.first_day), str(one.last_day), one.segments) for one in found]


def test_a_match_is_busy_from_hours_before_it_to_hours_after_it_and_the_entries_of_one_day_are_one_occurrence() -> None:
    assert busy(PEAK) == [
        ("2027-02-10", "2027-02-10", "2027-02-11", (span("2027-02-10T17:45", "2027-02-11T03:30"),)),
        ("2027-02-17", "2027-02-17", "2027-02-18", (span("2027-02-17T17:45", "2027-02-18T00:45"),)),
    ]


def test_two_entries_of_one_day_leave_the_time_between_them_free() -> None:
    alone = replace(PEAK, rule=replace(AROUND, minutes_before=0, minutes_after=0))
    assert busy(alone)[0][3] == (PSV.span, LATE.span)


def test_an_entry_without_length_is_busy_for_the_minutes_around_it_or_not_at_all() -> None:
    whistle = replace(PSV, end=PSV.start)
    assert busy(replace(PEAK, rule=replace(AROUND, entries=(whistle,))))[0][3] == (span("2027-02-10T17:45", "2027-02-10T22:45"),)
    assert busy(replace(PEAK, rule=Entries("Europe/Amsterdam", (whistle,))))[0][3] == ()


@pytest.mark.parametrize("hour", range(0, 24 * 9, 5))
def test_what_meets_a_span_is_what_a_look_at_all_of_them_shows(hour: int) -> None:
    wide = replace(PEAK, rule=replace(AROUND, minutes_before=3 * 1440, minutes_after=4 * 1440 + 7))
    asked = Span(utc("2027-02-06T00:00") + hour * 3600, utc("2027-02-06T00:00") + hour * 3600 + 1800)
    everything = occurrences(wide, day("2026-01-01"), day("2028-01-01"), NATIONAL_CALENDARS)
    assert occurrences_meeting(wide, asked, NATIONAL_CALENDARS) == [
        one for one in everything if any(part.overlaps(asked) for part in one.segments)
    ]


def test_a_day_that_is_taken_out_takes_all_its_entries_with_it() -> None:
    assert [one[0] for one in busy(replace(PEAK, except_on=days("2027-02-10")))] == ["2027-02-17"]


def test_a_day_that_is_added_or_moved_to_is_busy_as_a_whole_for_nobody_knows_its_hours() -> None:
    added = busy(replace(PEAK, also_on=days("2027-03-01")))
    assert added[-1][3] == (span("2027-02-28T23:00", "2027-03-01T23:00"),)
    moved = busy(replace(PEAK, moved=frozenset({Move(day("2027-02-17"), day("2027-02-10"))})))
    assert [one[0] for one in moved] == ["2027-02-10"]
    assert moved[0][3] == (span("2027-02-09T23:00", "2027-02-11T23:00"),)


def test_a_suspension_cuts_whole_days_out_of_it() -> None:
    suspended = replace(PEAK, suspended=frozenset({Suspension(day("2027-02-11"), day("2027-02-11"))}))
    assert busy(suspended)[0][3] == (span("2027-02-10T17:45", "2027-02-10T23:00"),)


def test_what_is_written_reads_back_as_the_same() -> None:
    recurring = replace(AZ, recurrence_id=utc("2027-02-16T19:45"), all_day=True)
    rule = replace(AROUND, entries=(PSV, recurring))
    assert read_rule(write_rule(rule)) == rule
    assert read_peak(write_peak(replace(PEAK, rule=rule))) == replace(PEAK, rule=rule)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"tz": "Mars"}, "tz", "unknown_timezone"),
        ({"minutes_before": -1}, "rule.minutes_before", "bad_number"),
        ({"minutes_after": 10_081}, "rule.minutes_after", "bad_number"),
        ({"entries": [WRITTEN | {"start": "2027-02-10T19:45"}]}, "rule.entries[0].start", "bad_value"),
        ({"entries": [WRITTEN | {"end": "2027-02-10T19:44:59Z"}]}, "rule.entries[0].end", "end_not_after_start"),
        ({"entries": [WRITTEN | {"end": None}]}, "rule.entries[0].end", "missing_field"),
        ({"entries": [WRITTEN | {"colour": "red"}]}, "rule.entries[0].colour", "unknown_field"),
        ({"entries": "all"}, "rule.entries", "bad_value"),
    ],
)
def test_entries_are_refused_with_the_field_that_is_wrong(change: dict, field: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_rule(write_rule(AROUND) | change)
    assert (refusal.value.problems[0].field, refusal.value.code) == (field, code)
