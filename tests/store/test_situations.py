"""What a check is given to look at: never fewer busy periods than the rules say, and in few questions to the database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random

import pytest
from sqlalchemy import event, text

from app.demo.world import DemoWorld
from app.domain.access import SYSTEM
from app.domain.conflicts import check
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.results import write_result
from app.domain.notation.rules import read_peak
from app.domain.notation.windows import read_window
from app.domain.peaks import Peak
from app.domain.situation import BusyPeak, Situation, busy_peaks
from app.domain.spans import Instant, Span, merged
from app.domain.walltime import instant_of, local
from app.domain.windows import ChangeType, Window
from app.store.database import Database, Work
from app.store.occurrences import horizon
from app.store.situations import load_situation
from app.store.windows import load
from tests.conftest import Cast

DAY = 24 * 3600
CORES = ("NET-CORE-A", "NET-CORE-B")


def window(services: tuple[str, ...], start: str, end: str, supplier: str = "KABEL") -> Window:
    """In UTC, so that a span can be written down as it is."""
    times = {"start": datetime.fromisoformat(start), "end": datetime.fromisoformat(end)}
    return Window("-", supplier, frozenset(services), ChangeType.NORMAL, "UTC", **times)


def between(span: Span) -> Window:
    """A window that reaches every customer for exactly this long."""
    start, end = (local(one, "UTC").replace(tzinfo=None).isoformat() for one in (span.start, span.end))
    return window(CORES, start, end)


BUSY_WINDOWS = (
    "W-26-011",
    "W-26-012",
    "W-26-015",
    "W-26-019",
    "W-27-001",
    "W-27-004",
    "W-27-011",
    "W-27-013",
    "W-27-015",
    "W-27-019",
    "W-27-028",
    "W-27-031",
    "W-27-036",
    "W-27-044",
)


def answers(work: Work) -> dict[str, object]:
    """What a check says of windows from November to October, series among them."""
    known = [load(work, one).window for one in BUSY_WINDOWS]
    return {one.id: write_result(check([one], load_situation(work, [one]))) for one in known}


def instant(written: str) -> Instant:
    return instant_of(datetime.fromisoformat(f"{written}+00:00"))


def tell(work: Work, statement: str, **facts: object) -> None:
    work.connection.execute(text(statement), facts)


# --- beyond the horizon for which occurrences are kept


def test_a_check_that_reaches_past_the_kept_horizon_expands_the_rest(database: Database, story_now: Instant) -> None:
    """Windows before, after and across the moment up to which occurrences are kept all answer the same as before."""
    until = instant("2027-02-14T12:00")
    with database.writing(SYSTEM, story_now) as work:
        before = answers(work)
        tell(work, "DELETE FROM occurrence WHERE start_at >= :until", until=until)
        assert answers(work) != before, "nothing was kept after that moment, so this test would show nothing"
        tell(work, "UPDATE peak SET expanded_until_at = :until", until=until)
        assert answers(work) == before


def test_a_check_that_reaches_back_before_the_kept_horizon_expands_the_rest(database: Database, story_now: Instant) -> None:
    start = instant("2027-02-14T12:00")
    with database.writing(SYSTEM, story_now) as work:
        before = answers(work)
        tell(work, "DELETE FROM occurrence WHERE end_at <= :start", start=start)
        assert answers(work) != before
        tell(work, "UPDATE peak SET expanded_from_at = :start", start=start)
        assert answers(work) == before


def test_a_window_years_ahead_meets_the_peaks_of_that_year(cast: Cast, story_now: Instant) -> None:
    far = window(("MW-ESB",), "2032-02-13T01:00", "2032-02-13T02:00", "BRUG")
    with cast("krp-cm-1").reading() as work:
        found = check([far], load_situation(work, [far]))
    assert local(horizon(story_now).end, "UTC").year == 2029
    assert found.verdict == "blocked"
    assert [(one.peak, str(one.anchor)) for one in found.conflicts] == [("ZONNEKROON:flower-valentine", "2032-02-14")]


# --- what is kept is what the rules say


def busy_within(busy: tuple[BusyPeak, ...], span: Span) -> set[tuple[object, ...]]:
    """Every busy stretch within a span, with what names its occurrence."""
    return {
        (one.peak.id, period.anchor, period.first_day, period.last_day, segment)
        for one in busy
        for period in one.occurrences
        for segment in merged(period.segments)
        if segment.overlaps(span)
    }


def spans(kept: Span, number: int) -> Iterator[Span]:
    """Always the same ones: minutes to months, on both edges of what is kept and anywhere within."""
    chance = Random(20261122)  # noqa: S311 - examples, not secrets
    yield from (Span(edge - 5 * DAY, edge + 5 * DAY) for edge in (kept.start, kept.end))
    for _ in range(number):
        start = chance.randrange(kept.start - 40 * DAY, kept.end + 40 * DAY)
        yield Span(start, start + chance.choice([60, 3600, 9 * DAY, 60 * DAY, 360 * DAY]))


def test_kept_and_newly_expanded_occurrences_agree_for_every_peak(world: DemoWorld, database: Database, story_now: Instant) -> None:
    rules: list[Peak] = [read_peak(one) for one in world.section("peaks")]
    seen = set()
    with database.reading(SYSTEM, story_now) as work:
        for span in spans(horizon(story_now), 25):
            loaded = load_situation(work, [between(span)])
            expected = busy_peaks(rules, span, NATIONAL_CALENDARS)
            for customer, busy in expected.items():
                assert busy_within(loaded.busy.get(customer, ()), span) == busy_within(busy, span), (customer, span)
                seen |= {one.peak.id for one in busy if one.occurrences}
    assert seen == {one.id for one in rules}, "some peak was never met, so nothing was compared for it"


# --- what belongs to a situation


def test_a_window_that_is_committed_already_is_not_met_with_itself(cast: Cast) -> None:
    with cast("krp-cm-1").reading() as work:
        one = load(work, "W-27-039")
        assert one.state == "approved"
        situation = load_situation(work, [one.window])
        assert one.id not in {other.id for other in situation.committed}
        late = window(("DC1-COMPUTE",), "2027-08-14T23:00", "2027-08-15T02:00", "WOLK")
        assert one.id in {other.id for other in load_situation(work, [late]).committed}


def test_only_committed_windows_take_their_services_down_in_a_check_of_others(world: DemoWorld, cast: Cast) -> None:
    states = {str(one["id"]): str(one["state"]) for one in world.section("windows")}
    with cast("krp-cm-1").reading() as work:
        found = load_situation(work, [window(CORES, "2026-10-01T00:00", "2027-09-30T00:00")]).committed
    committed = {key for key, state in states.items() if state in {"approved", "in_progress", "implemented", "closed"}}
    apart = {"W-26-009"}  # on a service that nothing of this stands on, nor it on anything of this
    assert {one.id for one in found} == committed - apart
    assert len(committed) < len(states)


def test_a_window_is_read_back_as_it_was_written(world: DemoWorld, cast: Cast) -> None:
    with cast("krp-cm-1").reading() as work:
        for written in world.section("windows"):
            expected = read_window(written)
            found = load(work, expected.id).window
            assert (found.services, found.start, found.end, found.series) == (
                expected.services,
                expected.start,
                expected.end,
                expected.series,
            )


def test_only_a_granted_waiver_of_that_very_window_counts(cast: Cast) -> None:
    with cast("krp-cm-1").reading() as work:

        def waived(window_id: str) -> set[str]:
            return {one.peak for one in load_situation(work, [load(work, window_id).window]).waivers}

        assert waived("W-27-015") == {"LICHTLIJN:event-superbowl"}
        assert waived("W-27-017") == set(), "that one was refused"
        assert waived("W-27-018") == set(), "that one is still asked for"


def test_a_removed_peak_is_in_nobodys_way(database: Database, story_now: Instant) -> None:
    valentine = window(("MW-ESB",), "2027-02-12T01:00", "2027-02-12T02:00", "BRUG")
    far = window(("MW-ESB",), "2032-02-13T01:00", "2032-02-13T02:00", "BRUG")
    with database.writing(SYSTEM, story_now) as work:
        assert [check([one], load_situation(work, [one])).verdict for one in (valentine, far)] == ["blocked", "blocked"]
        tell(work, "UPDATE peak SET removed_at = 1 WHERE id = 'ZONNEKROON:flower-valentine'")
        assert [check([one], load_situation(work, [one])).verdict for one in (valentine, far)] == ["clear", "clear"]


# --- in few questions


@contextmanager
def questions(work: Work) -> Iterator[list[tuple[str, object]]]:
    """Every statement that is sent, with its parameters."""
    sent: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_others: object) -> None:
        sent.append((statement, parameters))

    event.listen(work.connection, "before_cursor_execute", note)
    yield sent
    event.remove(work.connection, "before_cursor_execute", note)


def test_a_situation_of_six_customers_takes_as_many_questions_as_one_of_one(cast: Cast) -> None:
    def asked(work: Work, one: Window) -> tuple[Situation, int]:
        with questions(work) as sent:
            return load_situation(work, [one]), len(sent)

    with cast("krp-cm-1").reading() as work:
        small, few = asked(work, window(("CERT-ENGINE",), "2027-11-24T01:00", "2027-11-24T02:00", "ATELIER"))
        large, many = asked(work, window(CORES, "2026-12-01T00:00", "2027-11-01T00:00"))
    assert [len(one.customers) for one in (small, large)] == [1, 6]
    assert len(small.committed) < 2 < 20 < len(large.committed)
    assert many - few <= 2, "the committed windows near by, and their services"
    assert 5 < few <= many < 12


def asked_for_a_check(work: Work) -> list[tuple[str, object]]:
    """The questions about a window that reaches everybody; without what opens or sets a transaction."""
    with questions(work) as sent:
        load_situation(work, [window(CORES, "2027-02-12T01:00", "2027-02-12T02:00")])
    return [one for one in sent if "SELECT" in one[0]]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_occurrences_are_found_by_customer_and_start_not_by_reading_them_all(cast: Cast) -> None:
    with cast("krp-cm-1").reading() as work:
        asked = [one for one in asked_for_a_check(work) if "FROM occurrence" in one[0]]
        assert len(asked) == 1
        plan = [row.detail for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0][0]}", asked[0][1])]
    by_index = "SEARCH occurrence USING INDEX ix_occurrence_customer_id_start_at (customer_id=? AND start_at>? AND start_at<?)"
    assert [step for step in plan if "occurrence" in step] == [by_index]


SMALL_SCANS = ("SCAN json_each", "SCAN above", "SCAN around")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_table_is_read_from_end_to_end_for_a_check(cast: Cast) -> None:
    """Nor is an index or a filter built on the way over a whole table, which costs as much."""
    with cast("krp-cm-1").reading() as work:
        asked = asked_for_a_check(work)
        steps = [row.detail for one in asked for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one[0]}", one[1])]
    assert len([step for step in steps if step.startswith("SEARCH")]) > 15
    assert [one for one in steps if one.startswith("SCAN") and not one.startswith(SMALL_SCANS)] == []
    assert [one for one in steps if "AUTOMATIC" in one or "BLOOM" in one] == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_too_can_answer_every_question_of_a_check_by_index(cast: Cast) -> None:
    """A table of a story is small enough to be read whole; where that counts as dear, an index must do for every table."""
    with cast("krp-cm-1").reading() as work:
        asked = asked_for_a_check(work)
        tell(work, "SET LOCAL enable_seqscan = off")
        plans = ["\n".join(work.connection.exec_driver_sql(f"EXPLAIN {one[0]}", one[1]).scalars()) for one in asked]
    assert sum(plan.count("Index") for plan in plans) > 15
    assert [plan for plan in plans if "Seq Scan" in plan or "Hash Join" in plan] == []
    (found,) = [plan for plan in plans if "on occurrence" in plan]
    by_index = r"Index Cond: \(\(\(customer_id\)::text = ANY \(.*\) AND \(start_at > .*\) AND \(start_at < .*\)\)"
    assert "ix_occurrence_customer_id_start_at" in found
    assert re.search(by_index, found), found
