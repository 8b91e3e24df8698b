"""A past check is made again from what it looked at, whatever became of all that; and what became of it is told."""

from datetime import date

import pytest

from app.domain.causes import Cause, Kind
from app.domain.peak_exceptions import TakenOut
from app.phrases.language import DUTCH, ENGLISH, Language
from app.phrases.past_checks import say_cause, say_what_changed
from app.phrases.situation_changes import say_changes, say_own_change
from app.queries.past_checks import PastCheck, Replay, past_check, past_checks
from app.store import peaks
from app.store.tables import kept_situation
from app.usecases.peak_exceptions import make_exception
from app.usecases.peaks import remove_peak
from app.usecases.proposals import reschedule_window
from tests.conftest import Cast
from tests.usecases.story import BANK_APP, ZONE, approved, draft, kept, moved, proposal, proposed, tell
from tests.usecases.test_calendars import BANK, SEVENTH, corrected, off, registered
from tests.usecases.test_rechecking import busy

BUS = proposal("MW-ESB", "2027-02-09T05:00", "2027-02-09T06:00")
"""The message bus in the week before Valentine's Day."""


def looked_back(cast: Cast, window: str, number: int = 0) -> PastCheck:
    with cast("krp-cm-1").reading() as work:
        return past_check(work, window, past_checks(work, window)[number].number)


def told(found: PastCheck, language: Language = ENGLISH) -> list[str]:
    assert found.since
    return say_changes(language, found.since.changes, found.names, ZONE)


def test_whatever_changes_a_past_check_finds_what_it_found(cast: Cast) -> None:
    """A peak, an edge, another window, a customer's use and a working-day calendar."""
    registered(cast("noorderhaven-planner"), draft(SEVENTH, "Year end", services=BANK))
    [bank, bus] = [proposed(cast("krp-cm-1"), what).id for what in (BANK_APP, BUS)]
    before = [looked_back(cast, one) for one in (bank, bus)]
    assert [(one.replay, told(one)) for one in before] == [(Replay.SAME, [])] * 2
    assert [one.receipt.verdict for one in before] == ["blocked", "blocked"]
    corrected(cast("krp-admin"), "NL", off("2027-01-12"))
    with cast("krp-cm-1").writing() as work:
        tell(work, "UPDATE peak SET removed_at = 1 WHERE id = 'ZONNEKROON:flower-valentine'")
        tell(work, "DELETE FROM service_use WHERE customer_id = 'NOORDERHAVEN'")
        tell(work, "DELETE FROM requirement_member")
        tell(work, "UPDATE maintenance_window SET state = 'cancelled'")
    after = [looked_back(cast, one) for one in (bank, bus)]
    assert [one.replay for one in after] == [Replay.SAME, Replay.SAME]
    assert [one.again.shown for one in after] == [one.again.shown for one in before]
    assert [one.present for one in after] == ["clear", "clear"]


def test_a_peak_that_came_is_told_with_what_it_makes_of_the_window_now(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    busy(cast, "2027-01-12")
    found = looked_back(cast, window)
    assert (found.receipt.verdict, found.present) == ("clear", "blocked")
    assert told(found) == [
        "New in the way: “Launch of the new app” of Noorderhaven Bank (freeze), Tue 12 Jan 2027 00:00 until Wed 13 Jan 2027 00:00."
    ]
    assert told(found, DUTCH) == [
        "Nieuw in de weg: “Launch of the new app” van Noorderhaven Bank (bevroren), di 12 jan 2027 00:00 tot wo 13 jan 2027 00:00."
    ]


def test_a_date_that_was_taken_out_and_a_peak_that_was_removed_are_no_longer_in_the_way(cast: Cast) -> None:
    planner, day = cast("noorderhaven-planner"), "2027-01-12"
    first, second = busy(cast, day), busy(cast, day)
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    with planner.writing() as work:
        make_exception(work, first, TakenOut(date(2027, 1, 12)), "We agreed so.", peaks.load(work, first).version)
        remove_peak(work, second, "It was a mistake.", peaks.load(work, second).version)
    assert told(looked_back(cast, window)) == ["No longer in the way: “Launch of the new app” of Noorderhaven Bank (freeze)."] * 2


def test_a_corrected_calendar_is_told_with_the_hours_that_moved_by_it(cast: Cast) -> None:
    registered(cast("noorderhaven-planner"), draft(SEVENTH, "Year end", services=BANK))
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    corrected(cast("krp-admin"), "NL", off("2027-01-12"))
    assert told(looked_back(cast, window)) == [
        "No longer in the way: “Year end” of Noorderhaven Bank (freeze).",
        "Working-day calendar NL is in version 2026-1+1, where it was 2026-1.",
    ]


def test_a_window_that_moved_is_told_as_that_and_compared_where_it_was(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    approved(cast("krp-cm-2"), window)
    busy(cast, "2027-01-14")
    with cast("krp-cm-1").writing() as work:
        moved_to = moved(BANK_APP, "2027-01-14T22:00", "2027-01-14T23:00")
        reschedule_window(work, window, moved_to, kept(cast("krp-cm-1"), window).version)
    found = looked_back(cast, window)
    assert (found.replay, told(found), found.present) == (Replay.SAME, [], "blocked")
    assert found.since
    assert say_own_change(ENGLISH, found.since.window, found.names, ZONE) == [
        "planned Thu 14 Jan 2027 22:00 until 23:00, where it was Tue 12 Jan 2027 22:00 until 23:00"
    ]


def test_who_and_what_made_it_be_checked_is_told(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    approved(cast("krp-cm-2"), window)
    busy(cast, "2027-01-12")
    found = [looked_back(cast, window, number) for number in range(3)]
    assert [(one.receipt.made_by, say_cause(ENGLISH, one.receipt.cause)) for one in found] == [
        ("krp-cm-1", "when it was submitted"),
        ("krp-cm-2", "when it was approved"),
        (None, "when it was checked again"),
    ]
    assert say_what_changed(ENGLISH, found[2].receipt.cause, found[2].names) == "because of the peak “Launch of the new app”"


def test_whatever_made_it_be_checked_again_is_named(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    names = looked_back(cast, window).names
    causes = [Cause("recheck", Kind.CALENDAR, "NL"), Cause("recheck", Kind.CHAIN, "BANK-APP"), Cause("recheck", Kind.ABSENCE, "E1")]
    assert [
        say_what_changed(ENGLISH, one, names) for one in (*causes, Cause("recheck", Kind.WINDOW, "OBER-9"), Cause("submit"))
    ] == [
        "because of the working-day calendar NL",
        f"because of the chain at {names.service('BANK-APP', 'en')}",
        "because of an expert's absence",
        "because of OBER-9",
        "",
    ]


def test_one_from_before_situations_were_kept_and_one_that_was_tampered_with_say_so(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    with cast("krp-cm-1").writing() as work:
        work.connection.execute(kept_situation.update().values(packed=b"something else"))
    tampered = looked_back(cast, window)
    with cast("krp-cm-1").writing() as work:
        tell(work, "UPDATE receipt SET situation = NULL")
    old = looked_back(cast, window)
    assert [(one.replay, one.since, one.is_same) for one in (tampered, old)] == [
        (Replay.TAMPERED, None, True),
        (Replay.NOT_KEPT, None, True),
    ]


@pytest.mark.parametrize("person", ["atelier-planner", "noorderhaven-planner"])
def test_nobody_but_the_integrator_is_told_of_past_checks(cast: Cast, person: str) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    assert looked_back(cast, window)
    with cast(person).reading() as work:
        assert past_checks(work, window) == []
