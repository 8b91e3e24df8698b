"""What is kept of peaks: found however long a stretch is, and never behind for long."""

from dataclasses import replace
from datetime import date

from sqlalchemy import text

from app.domain.access import SYSTEM
from app.domain.anchors import Anchor, Dates
from app.domain.conflicts import check
from app.domain.peaks import DailyHours, Peak, Severity
from app.domain.register import Name, RegisteredPeak
from app.domain.spans import Instant, Span
from app.domain.walltime import midnight
from app.store import peaks
from app.store.database import Database, Work
from app.store.occurrences import YEAR, horizon, kept_occurrences
from app.store.rolling import behind, roll_over
from app.store.situations import load_situation
from tests.store.test_situations import between

DAY = 24 * 3600
ZONE = "Europe/Amsterdam"


def kept(work: Work) -> set[tuple[object, ...]]:
    """Every busy stretch that is kept and has a second in the horizon of now."""
    span = horizon(work.now)
    customers = work.connection.execute(text("SELECT id FROM party WHERE kind = 'customer'")).scalars().all()
    found = kept_occurrences(work, customers, span)
    return {(peak, one.anchor, one.segments) for peak, dates in found.items() for one in dates}


def dated_anew(work: Work) -> set[tuple[object, ...]]:
    """The same after every peak was dated from nothing."""
    work.connection.execute(text("UPDATE peak SET expanded_from_at = 0, expanded_until_at = 0"))
    while roll_over(work, 1000):
        pass
    return kept(work)


def rows(work: Work) -> int:
    """How many rows that is, each once."""
    ahead = text("SELECT count(*) FROM occurrence WHERE end_at > :start")
    return int(work.connection.execute(ahead, {"start": horizon(work.now).start}).scalar_one())


def test_rolling_over_comes_to_the_same_as_dating_everything_anew(database: Database, story_now: Instant) -> None:
    for later in (story_now + 8 * YEAR // 10, story_now + 2 * YEAR, story_now + 9 * YEAR):
        with database.writing(SYSTEM, later) as work:
            before = kept(work)
            due = behind(work)
            assert due > 40
            done = [roll_over(work, 15) for _ in range(due // 15 + 2)]
            assert (sum(done), done[-1], behind(work)) == (due, 0, 0)
            rolled, number = kept(work), rows(work)
            assert rolled != before
            assert rolled == dated_anew(work)
            assert number == rows(work)


def test_what_ended_before_the_horizon_is_not_kept_any_longer(database: Database, story_now: Instant) -> None:
    with database.writing(SYSTEM, story_now + YEAR) as work:
        while roll_over(work, 1000):
            pass
        ended = text("SELECT count(*) FROM occurrence WHERE end_at <= :start")
        assert work.connection.execute(ended, {"start": horizon(work.now).start}).scalar_one() == 0
        assert rows(work) > 100


def test_nothing_is_due_before_half_a_year_has_passed(database: Database, story_now: Instant) -> None:
    with database.writing(SYSTEM, story_now + YEAR // 2) as work:
        assert (behind(work), roll_over(work, 100)) == (0, 0)
    with database.writing(SYSTEM, story_now + YEAR // 2 + 1) as work:
        assert behind(work) > 40


def registered(work: Work, *dates: Anchor, daily: DailyHours | None = None) -> Peak:
    new = Peak("DUINWIJK:long", "DUINWIJK", Severity.FREEZE, ZONE, Dates(dates), daily=daily)
    peaks.add(work, RegisteredPeak(new, Name("Lang", "Long")))
    return new


def test_a_stretch_of_years_is_found_from_every_day_of_it_and_from_no_other(database: Database, story_now: Instant) -> None:
    first, last = date(2026, 2, 1), date(2028, 9, 30)
    with database.writing(SYSTEM, story_now) as work:
        long = registered(work, Anchor(first, last))
        whole = Span(midnight(first, ZONE), midnight(date(2028, 10, 1), ZONE))
        for second in (*range(whole.start, whole.end, 17 * DAY), whole.end - 1):
            met = kept_occurrences(work, ["DUINWIJK"], Span(second, second + 1))
            assert [one.segments for one in met[long.id]] == [(whole,)], second
        for second in (whole.start - 1, whole.end):
            assert long.id not in kept_occurrences(work, ["DUINWIJK"], Span(second, second + 1))


def test_days_that_follow_one_another_are_in_the_way_to_their_end(database: Database, story_now: Instant) -> None:
    """Whole days by the clock, from midnight to midnight, are one stretch: it says until when, as a file would be told."""
    with database.writing(SYSTEM, story_now) as work:
        registered(work, Anchor(date(2027, 3, 1), date(2027, 3, 5)), daily=DailyHours(0, 24 * 60))
        start = midnight(date(2027, 3, 2), ZONE)
        window = between(Span(start, start + 3600))
        met = [one for one in check([window], load_situation(work, [window])).conflicts if one.peak == "DUINWIJK:long"]
    assert [one.busy_until for one in met] == [midnight(date(2027, 3, 6), ZONE)]


def test_a_peak_whose_dates_end_is_looked_at_although_it_is_not_met(database: Database, story_now: Instant) -> None:
    with database.writing(SYSTEM, story_now) as work:
        one = registered(work, Anchor(date(2027, 3, 1)))
        peaks.save(work, RegisteredPeak(replace(one, horizon_until=date(2027, 4, 30)), Name("Lang", "Long"), version=2))
        for day, expected in ((date(2027, 4, 30), False), (date(2027, 5, 1), True)):
            start = midnight(day, ZONE)
            window = between(Span(start, start + 3600))
            noted = [note.kind for note in check([window], load_situation(work, [window])).notes if note.peak == one.id]
            assert noted == (["calendar_horizon"] if expected else [])
