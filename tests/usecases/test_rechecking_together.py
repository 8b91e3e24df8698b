"""Windows are checked again several at a time, with few questions to the database; what comes of it is as if one by one."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.domain.access import SYSTEM
from app.domain.anchors import Anchor, Dates
from app.domain.causes import Change, Kind, Outcome
from app.domain.lifecycle import State
from app.domain.near import near_in_time
from app.domain.peaks import Peak, Severity
from app.domain.register import Name, RegisteredPeak
from app.domain.relevance import relevant
from app.domain.situation import dated
from app.domain.verdict import Verdict
from app.domain.windows import Window
from app.store import peaks, rechecks, windows
from app.store.database import Database, Work
from app.store.rechecks import WATCHED
from app.store.situations import load_each, load_situation
from app.store.tables import metadata
from app.store.windows import Filter
from app.usecases.rechecking import go_on
from tests.conftest import Cast
from tests.web.test_query_counts import statements

from .story import BANK_APP, GATEWAY_A, GATEWAY_B, ZONE, approved, moved, on_sqlite, proposed, tell

EVERYBODY = ("ZONNEKROON", "POLDERPOORT", "LICHTLIJN", "NOORDERHAVEN", "WINKELWOLK", "DUINWIJK")
RECHECKED = Change(Kind.CHAIN, "MW-ESB", "BRUG", "requirement.changed")
WEEK = 7 * 24 * 3600


class NeverKeptError(Exception):
    """Ends a transaction that must leave nothing behind."""


@contextmanager
def tried(cast: Cast) -> Iterator[Work]:
    """A transaction that is undone."""
    with suppress(NeverKeptError), cast.database.writing(SYSTEM, cast.now) as work:
        yield work
        raise NeverKeptError


def rows(work: Work) -> dict[str, list[str]]:
    """Every row of every table, but the count of turns and what is drawn by lot."""
    return {
        name: sorted(map(repr, work.connection.execute(select(*(one for one in table.c if one.name != "key")))))
        for name, table in metadata.tables.items()
        if name != "turnstile"
    }


def watched(work: Work) -> list[Window]:
    """The windows ahead that are approved or on hold, in time order."""
    return [one.window for one in windows.visible_windows(work, Filter(states=WATCHED)) if dated(one.window).span.end > work.now]


def every_day_from(first: str, days: int) -> Dates:
    begins = date.fromisoformat(first).toordinal()
    return Dates(tuple(Anchor(date.fromordinal(day)) for day in range(begins, begins + days)))


def busy_half_a_year(work: Work, customers: tuple[str, ...]) -> None:
    """Frozen from January on, kept without a word to anybody: what is approved then has to go on hold."""
    for customer in customers:
        peak = Peak(f"{customer}:all", customer, Severity.FREEZE, ZONE, every_day_from("2027-01-01", 180))
        peaks.add(work, RegisteredPeak(peak, Name("Alles", "Everything")))


def done(work: Work, most: int) -> list[str]:
    """Check all that waits again, so many in a turn; what came of each."""
    while go_on(work, most):
        pass
    found = tell(work, "SELECT outcome FROM recheck ORDER BY run_id, window_id")
    return [str(outcome) for (outcome,) in found]


# --- what they find


def test_what_is_loaded_together_holds_for_each_window_what_it_would_alone(cast: Cast) -> None:
    """Months of windows at once, series among them; customers' calendars are named for those whose window it is."""
    with cast("krp-cm-1").reading() as work:
        some = [one.window for one in windows.visible_windows(work, Filter())]
        alone = [relevant([one], load_situation(work, [one])) for one in some]
        together = list(load_each(work, some))
    assert together == alone
    assert max(len(near) for near in near_in_time([dated(one) for one in some], WEEK)) > 3
    assert any(one.committed for one in alone)
    assert len({tuple(one.calendars) for one in alone}) > 2


@on_sqlite
@pytest.mark.parametrize("customers", [EVERYBODY, EVERYBODY[2:4], ()], ids=["everybody", "two of them", "nobody"])
def test_windows_that_are_checked_together_become_what_they_would_one_by_one(cast: Cast, customers: tuple[str, ...]) -> None:
    """Holds are among them: of two gateways that were both approved the first goes, and the other may stay. Some wait twice."""
    for plan in (GATEWAY_A, GATEWAY_B):
        window = proposed(cast("krp-cm-1"), plan).id
        with cast("krp-cm-1").writing() as work:
            tell(work, "UPDATE maintenance_window SET state = 'approved' WHERE id = :id", id=window)
    outcomes, kept = {}, {}
    for most in (1, 100):
        with tried(cast) as work:
            busy_half_a_year(work, customers)
            every = [one.id for one in watched(work)]
            rechecks.order(work, RECHECKED, every)
            rechecks.order(work, RECHECKED, every[::2])
            outcomes[most], kept[most] = done(work, most), rows(work)
    assert outcomes[1] == outcomes[100]
    assert kept[1] == kept[100]
    assert Outcome.HELD in outcomes[1]
    assert len(outcomes[1]) > 20


# --- what it costs


def bank_nights(cast: Cast, hours: range) -> list[str]:
    """Windows of one night, an hour each."""
    found = []
    for hour in hours:
        plan = moved(BANK_APP, f"2027-01-12T{hour:02}:00", f"2027-01-12T{hour:02}:45")
        found.append(proposed(cast("krp-cm-1"), replace(plan, rollback_minutes=0)).id)
        approved(cast("krp-cm-2"), found[-1])
    return found


def asked(database: Database, cast: Cast, chosen: list[str]) -> int:
    """How many statements a turn of the worker takes for these windows."""
    with database.writing(SYSTEM, cast.now) as work:
        rechecks.order(work, RECHECKED, chosen)
    with statements(database) as heard, database.writing(SYSTEM, cast.now) as work:
        assert go_on(work, 100) == len(chosen)
    return len(heard)


def test_a_turn_asks_the_same_number_of_questions_for_two_windows_and_for_eight(cast: Cast) -> None:
    nights = bank_nights(cast, range(8))
    assert kept_states(cast, nights) == {State.APPROVED}
    few = asked(cast.database, cast, nights[:2])
    assert asked(cast.database, cast, nights) == few <= 20


def kept_states(cast: Cast, chosen: list[str]) -> set[State]:
    with cast("krp-cm-1").reading() as work:
        assert {one.approved_verdict for one in windows.loaded(work, chosen).values()} == {Verdict.CLEAR}
        return {one.state for one in windows.loaded(work, chosen).values()}
