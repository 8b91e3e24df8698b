"""When a customer is asked whether its peaks are still right."""

from dataclasses import replace

import pytest

from app.domain.freshness import Doubt, DoubtKind, doubts, fingerprint_of_peaks, last_and_next
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.peaks import Peak
from app.domain.register import Name, RegisteredPeak

from .cast import CLOCK_HOURS, LICHTLIJN, MATCH_NIGHTS, VALENTINE, dates, day, peak, utc

NOW = "2027-03-01T12:00"
FAIR = peak(LICHTLIJN, "fair", dates("2026-09-10"))
LAST_YEAR = Doubt(DoubtKind.GONE, FAIR.id)


def asked(*peaks: Peak, now: str = NOW, since: str = "2027-01-01T00:00", confirmed: str | None = None) -> list[Doubt]:
    return doubts(peaks, utc(since), utc(confirmed) if confirmed else None, utc(now), NATIONAL_CALENDARS)


def test_a_yearly_peak_that_was_entered_lately_gives_no_doubt():
    assert asked(VALENTINE) == []


@pytest.mark.parametrize(("now", "doubt"), [("2028-01-01T23:59:59", False), ("2028-01-02T00:00", True)])
def test_after_a_year_without_a_look_it_is_asked(now: str, doubt: bool):
    expected = [Doubt(DoubtKind.NOT_CONFIRMED)] if doubt else []
    assert asked(CLOCK_HOURS, now=now, since="2027-01-01T00:00") == expected
    assert asked(CLOCK_HOURS, now=now, since="2020-01-01T00:00", confirmed="2027-01-01T00:00") == expected


def test_a_peak_that_had_dates_last_year_and_has_none_in_the_next_is_asked_about():
    assert asked(CLOCK_HOURS, FAIR) == [LAST_YEAR]
    assert asked(CLOCK_HOURS, FAIR, now="2027-09-12T12:00") == []
    assert asked(CLOCK_HOURS, replace(FAIR, also_on=frozenset({day("2027-09-09")}))) == []


def test_what_was_already_so_when_it_was_confirmed_has_been_answered():
    assert asked(CLOCK_HOURS, FAIR, confirmed="2027-02-01T00:00") == []
    assert asked(CLOCK_HOURS, FAIR, confirmed="2026-09-01T00:00") == [LAST_YEAR]


@pytest.mark.parametrize(("now", "doubt"), [("2027-04-01T12:00", False), ("2027-04-02T12:00", True)])
def test_a_list_of_dates_is_asked_about_ninety_days_before_it_ends(now: str, doubt: bool):
    expected = [Doubt(DoubtKind.ENDS_SOON, MATCH_NIGHTS.id)] if doubt else []
    assert asked(CLOCK_HOURS, MATCH_NIGHTS, now=now) == expected


def test_a_customer_with_nothing_beyond_three_months_is_asked():
    nothing_ahead = Doubt(DoubtKind.NOTHING_AHEAD)
    assert asked(replace(MATCH_NIGHTS, horizon_until=None)) == [nothing_ahead]
    assert asked(replace(MATCH_NIGHTS, horizon_until=None), VALENTINE) == []
    assert asked() == [nothing_ahead]
    assert asked(replace(VALENTINE, enabled=False)) == [nothing_ahead]


def test_today_is_the_first_day_of_the_next_year():
    last, following = last_and_next(VALENTINE, utc("2027-02-13T23:00"), NATIONAL_CALENDARS)
    assert ([str(one.anchor) for one in last], [str(one.anchor) for one in following]) == (
        ["2026-02-14"],
        ["2027-02-14", "2028-02-14"],
    )


def test_a_newer_version_or_another_peak_is_not_what_was_looked_at():
    one = RegisteredPeak(VALENTINE, Name("a", "b"))
    assert fingerprint_of_peaks([one]) == fingerprint_of_peaks([replace(one, name=Name("c", "d"))])
    assert fingerprint_of_peaks([one]) != fingerprint_of_peaks([replace(one, version=2)])
    assert fingerprint_of_peaks([one]) != fingerprint_of_peaks([])
