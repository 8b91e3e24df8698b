"""When something changes, every approved window ahead that it now hurts goes on hold at once, and nothing else moves.

Many windows are left to the worker, a few at a time; whoever dies in between has lost none.
"""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.access import SYSTEM
from app.domain.causes import Cause, Change, Kind
from app.domain.chain import Requirement
from app.domain.lifecycle import State
from app.domain.peak_exceptions import TakenOut
from app.domain.peaks import Severity
from app.domain.proposals import Proposal
from app.domain.windows import ChangeType
from app.store import peak_exceptions, peaks, receipts, rechecks, windows
from app.usecases import chain, rechecking
from app.usecases.peak_exceptions import make_exception, put_exception_back
from app.usecases.peaks import register_peak, remove_peak
from app.usecases.rechecking import A_TURN, give_up, go_on
from tests.conftest import Cast

from .story import BANK_APP, GATEWAY_A, GATEWAY_B, approved, busy_on, kept, on_sqlite, proposed, refused, trail_of

DAY = "2027-01-12"


def bank_app(cast: Cast) -> str:
    """A window of the bank's own app that was approved as clear."""
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    approved(cast("krp-cm-2"), window)
    return window


def busy(cast: Cast, *days: str, **more: object) -> str:
    with cast("noorderhaven-planner").writing() as work:
        return register_peak(work, busy_on(*days, **more)).peak.id


@on_sqlite
@pytest.mark.parametrize(
    ("severity", "state"),
    [(Severity.FREEZE, State.ON_HOLD), (Severity.RESTRICTED, State.ON_HOLD), (Severity.ADVISORY, State.APPROVED)],
)
def test_a_new_peak_holds_what_would_now_need_at_least_a_waiver(cast: Cast, severity: Severity, state: State) -> None:
    window = bank_app(cast)
    before = kept(cast("krp-cm-1"), window)
    busy(cast, DAY, severity=severity)
    after = kept(cast("krp-cm-1"), window)
    assert (before.state, after.state) == (State.APPROVED, state)
    assert after.sequence == before.sequence + (state is State.ON_HOLD)


def test_the_record_names_the_peak_and_nobody_and_the_check_is_kept(cast: Cast) -> None:
    window = bank_app(cast)
    peak = busy(cast, DAY)
    entry = trail_of(cast("krp-cm-1"), "window", window)[-1]
    assert (entry.action, entry.person, entry.reason, entry.facts["cause"]["id"]) == ("window.held", None, "", peak)
    with cast("krp-cm-1").reading() as work:
        assert [(one.cause, one.verdict) for one in receipts.of_window(work, window)][-1] == (
            Cause("recheck", "peak", peak),
            "blocked",
        )


@on_sqlite
@pytest.mark.parametrize(
    "more",
    [{"services": frozenset()}, {"change_types": frozenset({ChangeType.EMERGENCY})}],
    ids=["no service", "another kind of change"],
)
def test_a_peak_that_is_not_about_it_holds_nothing(cast: Cast, more: dict[str, object]) -> None:
    window = bank_app(cast)
    busy(cast, DAY, **more)
    busy(cast, "2027-01-13")
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED


@on_sqlite
def test_what_is_not_approved_yet_stays_where_it_is(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    busy(cast, DAY)
    assert kept(cast("krp-cm-1"), window).state is State.UNDER_REVIEW


@on_sqlite
def test_an_exception_that_is_put_back_holds_what_was_approved_in_its_time(cast: Cast) -> None:
    planner = cast("noorderhaven-planner")
    peak = busy(cast, DAY)
    with planner.writing() as work:
        make_exception(work, peak, TakenOut(date(2027, 1, 12)), "We agreed so.", peaks.load(work, peak).version)
    window = bank_app(cast)
    with planner.writing() as work:
        exception = peak_exceptions.in_force(work, peak)[0].id
        put_exception_back(work, peak, exception, peaks.load(work, peak).version)
    assert kept(cast("krp-cm-1"), window).state is State.ON_HOLD


@on_sqlite
def test_a_change_that_is_refused_holds_nothing(cast: Cast) -> None:
    window = bank_app(cast)
    with refused("scope_not_used"):
        busy(cast, DAY, services=frozenset({"TV-LIVE"}))
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED


@on_sqlite
def test_a_held_window_can_be_approved_again_once_the_day_is_free(cast: Cast) -> None:
    window = bank_app(cast)
    peak = busy(cast, DAY)
    with cast("noorderhaven-planner").writing() as work:
        make_exception(work, peak, TakenOut(date(2027, 1, 12)), "We agreed so.", peaks.load(work, peak).version)
    approved(cast("krp-cm-2"), window)
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED


def noted(cast: Cast, window: str) -> list[tuple[str, str]]:
    """What the trail of a window says of checks that a change caused: the action, and what caused it."""
    entries = trail_of(cast("krp-cm-1"), "window", window)
    causes = [(one.action, one.facts.get("cause")) for one in entries]
    return [(action, f"{cause['action']} {cause['id']}") for action, cause in causes if isinstance(cause, dict)]


def test_what_is_free_again_is_noted_and_does_not_move_by_itself(cast: Cast) -> None:
    window, planner = bank_app(cast), cast("noorderhaven-planner")
    peak = busy(cast, DAY)
    with planner.writing() as work:
        remove_peak(work, peak, "It is put off.", peaks.load(work, peak).version)
    assert kept(cast("krp-cm-1"), window).state is State.ON_HOLD
    assert noted(cast, window) == [("window.held", f"peak.registered {peak}"), ("window.better", f"peak.removed {peak}")]


@on_sqlite
def test_a_peak_that_makes_it_worse_but_not_bad_enough_is_noted(cast: Cast) -> None:
    window = bank_app(cast)
    peak = busy(cast, DAY, severity=Severity.ADVISORY)
    assert noted(cast, window) == [("window.worse", f"peak.registered {peak}")]


def gateway(cast: Cast, which: Proposal) -> str:
    """A window of one of two gateways that stand in for each other, approved while the other one is up."""
    window = proposed(cast("krp-cm-1"), which).id
    approved(cast("krp-cm-2"), window)
    return window


def test_a_chain_that_lost_its_spare_holds_what_now_reaches_somebody(cast: Cast) -> None:
    window = gateway(cast, GATEWAY_A)
    with cast("krp-admin").writing() as work:
        chain.add_requirement(work, Requirement("BANK-APP", frozenset({"PAY-GW-A"})))
    busy(cast, DAY)
    assert kept(cast("krp-cm-1"), window).state is State.ON_HOLD
    with cast("krp-cm-1").reading() as work:
        assert "NOORDERHAVEN" in windows.reached_by(work, [window])[window]


def test_whom_a_window_reaches_is_renewed_when_another_one_joins_it(cast: Cast) -> None:
    """The other gateway goes down for an hour of it: what reached nobody alone takes down whoever stands on both."""
    window = gateway(cast, GATEWAY_A)
    with cast("krp-cm-1").reading() as work:
        assert windows.reached_by(work, [window]) == {}
    emergency = replace(GATEWAY_B, type=ChangeType.EMERGENCY)
    other = proposed(cast("krp-cm-1"), emergency).id
    approved(cast("krp-duty"), other, "It cannot wait; the shops were told.")
    with cast("krp-cm-1").reading() as work:
        assert windows.reached_by(work, [window])[window]
    assert noted(cast, window)[-1][1] == f"window.approved {other}"


def ordered(cast: Cast, window: str, times: int) -> None:
    """So many changes of the bank's peaks at one moment, each of which has to look at the window again."""
    with cast("krp-admin").writing() as work:
        for number in range(times):
            rechecks.order(work, Change(Kind.PEAK, f"peak-{number}", "NOORDERHAVEN", "peak.changed"), {window})


def worked(cast: Cast) -> int:
    with cast.database.writing(SYSTEM, cast.now) as work:
        return go_on(work)


def died(cast: Cast) -> None:
    with cast.database.writing(SYSTEM, cast.now) as work:
        go_on(work)
        raise KeyboardInterrupt


def runs(cast: Cast) -> list[tuple[int, int, bool]]:
    """The last changes, newest first: how many windows, how many still wait, whether it is finished."""
    with cast("krp-cm-1").reading() as work:
        return [(run.windows, run.waiting, run.finished_at is not None) for run in rechecks.latest_runs(work, 100)]


def test_many_windows_are_left_to_the_worker_a_few_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rechecking, "AT_ONCE", 0)
    window = bank_app(cast)
    busy(cast, DAY)
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED
    assert runs(cast)[0] == (1, 1, False)
    assert worked(cast)
    assert kept(cast("krp-cm-1"), window).state is State.ON_HOLD
    assert runs(cast)[0] == (1, 0, True)
    assert not worked(cast)


def test_a_worker_that_dies_in_the_middle_loses_nothing_and_twice_changes_nothing(cast: Cast) -> None:
    window = bank_app(cast)
    ordered(cast, window, A_TURN + 2)
    with pytest.raises(KeyboardInterrupt):
        died(cast)
    assert sum(waiting for _, waiting, _ in runs(cast)) == A_TURN + 2
    assert [worked(cast), worked(cast), worked(cast)] == [A_TURN, 2, 0]
    with cast("krp-cm-1").reading() as work:
        before = len(receipts.of_window(work, window))
    ordered(cast, window, 1)
    worked(cast)
    with cast("krp-cm-1").reading() as work:
        assert len(receipts.of_window(work, window)) == before
    assert noted(cast, window) == []


@on_sqlite
def test_what_cannot_be_checked_is_told_and_does_not_keep_the_others_waiting(cast: Cast) -> None:
    window = bank_app(cast)
    ordered(cast, window, 2)
    with cast.database.writing(SYSTEM, cast.now) as work:
        give_up(work)
    assert runs(cast)[:2] == [(1, 1, False), (1, 0, True)]
    assert noted(cast, window) == [("window.failed", "peak.changed peak-0")]
