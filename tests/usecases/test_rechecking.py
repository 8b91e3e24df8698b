"""When a peak changes, every approved window ahead that it now hurts goes on hold at once, and nothing else moves."""

from datetime import date

import pytest

from app.domain.causes import Cause
from app.domain.lifecycle import State
from app.domain.peak_exceptions import TakenOut
from app.domain.peaks import Severity
from app.domain.windows import ChangeType
from app.store import peak_exceptions, peaks, receipts
from app.usecases.peak_exceptions import make_exception, put_exception_back
from app.usecases.peaks import register_peak
from tests.conftest import Cast

from .story import BANK_APP, approved, busy_on, kept, proposed, refused, trail_of

DAY = "2027-01-12"


def bank_app(cast: Cast) -> str:
    """A window of the bank's own app that was approved as clear."""
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    approved(cast("krp-cm-2"), window)
    return window


def busy(cast: Cast, *days: str, **more: object) -> str:
    with cast("noorderhaven-planner").writing() as work:
        return register_peak(work, busy_on(*days, **more)).peak.id


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
    assert (entry.action, entry.person, entry.reason, entry.facts["peak"]) == ("window.held", None, "", peak)
    with cast("krp-cm-1").reading() as work:
        assert [(one.cause, one.verdict) for one in receipts.of_window(work, window)][-1] == (
            Cause("recheck", "peak", peak),
            "blocked",
        )


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


def test_what_is_not_approved_yet_stays_where_it_is(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    busy(cast, DAY)
    assert kept(cast("krp-cm-1"), window).state is State.UNDER_REVIEW


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


def test_a_change_that_is_refused_holds_nothing(cast: Cast) -> None:
    window = bank_app(cast)
    with refused("scope_not_used"):
        busy(cast, DAY, services=frozenset({"TV-LIVE"}))
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED


def test_a_held_window_can_be_approved_again_once_the_day_is_free(cast: Cast) -> None:
    window = bank_app(cast)
    peak = busy(cast, DAY)
    with cast("noorderhaven-planner").writing() as work:
        make_exception(work, peak, TakenOut(date(2027, 1, 12)), "We agreed so.", peaks.load(work, peak).version)
    approved(cast("krp-cm-2"), window)
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED
