"""When a calendar elsewhere is asked again, and until when its last good copy is believed."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.domain.anchors import Entries
from app.domain.foreign_entries import ForeignEntry
from app.domain.occurrences import known_until, occurrences
from app.domain.peaks import Peak, Severity
from app.domain.spans import Instant, Span
from app.domain.subscriptions import Subscription, Trouble, as_confirmed, followed, following, next_try
from app.domain.walltime import midnight, rule_instant

ZONE = "Europe/Amsterdam"
DAY = 24 * 3600
NOW = 1_795_000_000
MINUTES = 60
BLANK = Subscription(1, "LICHTLIJN", "LICHTLIJN:matches", "sealed", "calendars.example", created_at=NOW, next_at=NOW)


def at(wall: str) -> Instant:
    return rule_instant(datetime.fromisoformat(wall), ZONE)


def entry(start: str, end: str) -> ForeignEntry:
    return ForeignEntry(at(start), at(end), start)


PEAK = Peak("LICHTLIJN:matches", "LICHTLIJN", Severity.FREEZE, ZONE, Entries(ZONE, ()), horizon_until=date(2026, 11, 21))


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 60), (1, 15), (2, 30), (3, 60), (4, 120), (7, 960), (8, 1440), (9, 1440), (500, 1440)]
)
def test_it_is_asked_again_after_an_hour_and_after_failures_ever_later(failures: int, minutes: int) -> None:
    assert next_try(NOW, failures, 0.0) == NOW + minutes * MINUTES
    assert next_try(NOW, failures, 1.0) == NOW + minutes * MINUTES + minutes * MINUTES // 5


def test_trouble_keeps_the_moment_it_began_and_a_good_answer_ends_it() -> None:
    good = BLANK.good(NOW, 0)
    first = good.failed(Trouble.NOT_FOUND, NOW + DAY, 0)
    second = first.failed(Trouble.TIMED_OUT, NOW + 2 * DAY, 0)
    assert (second.trouble, second.troubled_at, second.failures, second.good_at) == (Trouble.TIMED_OUT, NOW + DAY, 2, NOW)
    again = second.good(NOW + 3 * DAY, 0)
    assert (again.trouble, again.troubled_at, again.failures, again.good_at) == (None, None, 0, NOW + 3 * DAY)


def test_after_eight_failures_it_rests() -> None:
    tired = BLANK
    for _ in range(8):
        assert not tired.is_resting
        tired = tired.failed(Trouble.UNREACHABLE, NOW, 0)
    assert tired.is_resting
    assert not tired.good(NOW, 0).is_resting


def test_a_peak_is_busy_around_its_entries_and_known_to_the_last_of_them() -> None:
    season = [entry("2027-03-06T20:00", "2027-03-06T22:00"), entry("2027-05-12T21:00", "2027-05-13T01:00")]
    found = following(replace(PEAK, rule=Entries(ZONE, (), 120, 180)), season)
    assert [one.segments for one in occurrences(found, date(2027, 1, 1), date(2027, 12, 31), {})] == [
        (Span(at("2027-03-06T18:00"), at("2027-03-07T01:00")),),
        (Span(at("2027-05-12T19:00"), at("2027-05-13T04:00")),),
    ]
    assert found.horizon_until == date(2027, 5, 13)
    assert (followed(found).minutes_before, followed(found).minutes_after) == (120, 180)


def test_a_whole_day_is_known_to_its_own_end() -> None:
    assert following(PEAK, [entry("2027-04-27T00:00", "2027-04-28T00:00")]).horizon_until == date(2027, 4, 27)


def test_without_entries_it_is_known_as_far_as_it_was() -> None:
    assert following(PEAK, []) == PEAK


def test_a_copy_of_fourteen_days_is_believed_and_an_older_one_to_its_day_only() -> None:
    peak = following(PEAK, [entry("2027-03-06T20:00", "2027-03-06T22:00")])
    good_at = at("2026-11-22T20:00")
    assert as_confirmed(peak, good_at, good_at + 14 * DAY) == peak
    stale = as_confirmed(peak, good_at, good_at + 14 * DAY + 1)
    assert stale == replace(peak, horizon_until=date(2026, 11, 22))
    assert known_until(stale) == midnight(date(2026, 11, 23), ZONE)


def test_age_makes_nothing_known_that_was_not() -> None:
    good_at = at("2026-11-22T20:00")
    assert as_confirmed(PEAK, good_at, good_at + 400 * DAY).horizon_until == date(2026, 11, 21)
    endless = replace(PEAK, horizon_until=None)
    assert as_confirmed(endless, good_at, good_at + 400 * DAY).horizon_until == date(2026, 11, 22)


def test_a_peak_that_follows_no_calendar_does_not_age() -> None:
    assert as_confirmed(PEAK, None, NOW + 4000 * DAY) == PEAK
