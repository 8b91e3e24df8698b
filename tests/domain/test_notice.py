"""Which notice term holds, and until when a window can be announced; the worked cases are in test_worked_cases.py."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notice import NoticeTerm, NoticeUnit, require_sound_term, term_for
from app.domain.refusal import Refusal

from .cast import span

AMSTERDAM = "Europe/Amsterdam"
SIX_HOURS = NoticeTerm(6, NoticeUnit.HOURS, AMSTERDAM)
TEN_DAYS = NoticeTerm(10, NoticeUnit.CALENDAR_DAYS, AMSTERDAM)
FIVE_WORKING_DAYS = NoticeTerm(5, NoticeUnit.WORKING_DAYS, AMSTERDAM, "NL")
NIGHT = span("2027-03-28T00:30", "2027-03-28T04:00")
"""In the night in which the clock goes forward: 01:30 local to 06:00."""


def test_hours_are_elapsed_hours_also_when_the_clock_moves():
    after = NIGHT.start + 4 * 3600  # 06:30 local, three hours by the clock on the wall after 02:30
    assert SIX_HOURS.too_late_from(after, {}) == after - 6 * 3600 + 1


def test_a_day_of_notice_counts_whole_even_when_it_has_23_hours():
    monday = span("2027-03-29T20:00", "2027-03-29T22:00").start
    one_day = replace(TEN_DAYS, n=1)
    assert one_day.too_late_from(monday, {}) == span("2027-03-28T22:00", "2027-03-29T00:00").start
    assert one_day.is_met(NIGHT.end, monday, {})


def test_no_working_days_of_notice_leave_the_whole_day_of_the_start_and_not_what_comes_after_it():
    none = replace(FIVE_WORKING_DAYS, n=0)
    evening = span("2027-02-09T19:00", "2027-02-09T21:00")
    assert none.is_met(evening.start, evening.start, NATIONAL_CALENDARS)
    assert not none.is_met(evening.start + 1, evening.start, NATIONAL_CALENDARS)


def test_a_term_holds_for_windows_that_start_on_its_day_or_later():
    later = replace(TEN_DAYS, since=date(2027, 4, 1))
    terms = (later, SIX_HOURS)
    assert term_for(terms, span("2027-03-31T21:59", "2027-03-31T22:00").start) == SIX_HOURS
    assert term_for(terms, span("2027-03-31T22:00", "2027-03-31T23:00").start) == later


def test_of_two_terms_from_one_day_the_latest_word_holds():
    assert term_for((FIVE_WORKING_DAYS, TEN_DAYS), NIGHT.start) == FIVE_WORKING_DAYS


def test_where_nothing_was_agreed_nothing_is_too_late():
    assert term_for((), NIGHT.start) is None


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (replace(TEN_DAYS, n=367), "bad_number"),
        (replace(TEN_DAYS, n=-1), "bad_number"),
        (replace(FIVE_WORKING_DAYS, n=251), "bad_number"),
        (replace(FIVE_WORKING_DAYS, calendar="XX"), "unknown_calendar"),
        (replace(FIVE_WORKING_DAYS, calendar=None), "unknown_calendar"),
        (replace(SIX_HOURS, zone="Europe/Nowhere"), "unknown_timezone"),
    ],
)
def test_a_term_that_makes_no_sense_is_refused(term: NoticeTerm, code: str):
    with pytest.raises(Refusal) as refused:
        require_sound_term(term, NATIONAL_CALENDARS)
    assert refused.value.code == code
