"""A submitted window is decided on, against the situation at that very moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.domain.lifecycle import State
from app.domain.peaks import Severity
from app.domain.verdict import Verdict
from app.domain.windows import ChangeType
from app.store import receipts, waivers, windows
from app.store.database import Database, Work
from app.usecases import decisions, peaks, proposals
from app.usecases.decisions import Seen
from tests.conftest import Cast

from .story import (
    BANK_APP,
    EVENING_CERTIFICATES,
    EVENING_TV,
    FROZEN_CERTIFICATES,
    GATEWAY_A,
    GATEWAY_B,
    approved,
    busy_on,
    consent,
    drafted,
    everything,
    kept,
    moved,
    on_sqlite,
    proposed,
    refused,
    seen,
    trail_of,
)

pytestmark = on_sqlite  # on both kinds of database: test_both_databases.py, test_refusals.py, test_races.py

ENDINGS: dict[str, Callable[[Work, str, str, int], None]] = {
    "rejected": decisions.reject_window,
    "returned": decisions.return_window,
    "withdrawn": decisions.withdraw_window,
    "cancelled": decisions.cancel_window,
}


# --- approve


def test_a_clear_window_is_approved_by_a_change_manager(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), BANK_APP)
    result = approved(manager, window.id)
    found = kept(manager, window.id)
    assert result.verdict is found.approved_verdict is Verdict.CLEAR
    assert (found.state, found.decided_by, found.changed_at) == (State.APPROVED, "krp-cm-1", manager.now)
    last = trail_of(manager, "window", window.id)[-1]
    assert (last.action, last.person, last.reason, last.facts) == ("window.approved", "krp-cm-1", "", {"verdict": "clear"})
    with manager.reading() as work:
        assert [(one.cause.step, one.verdict) for one in receipts.of_window(work, window.id)] == [
            ("submit", "clear"),
            ("approve", "clear"),
        ]
        assert windows.reached_by(work, [window.id]) == {window.id: frozenset({"NOORDERHAVEN"})}


@pytest.mark.parametrize(
    ("supplier", "what", "code"),
    [("atelier-planner", FROZEN_CERTIFICATES, "blocked"), ("atelier-planner", EVENING_CERTIFICATES, "waiver_required")],
)
def test_a_window_in_the_way_of_a_peak_is_not_approved(cast: Cast, supplier: str, what: object, code: str) -> None:
    window = proposed(cast(supplier), what)
    with refused(code):
        approved(cast("krp-cm-1"), window.id, "It is urgent.")
    assert kept(cast("krp-cm-1"), window.id) == window


def test_a_freeze_stands_even_with_a_waiver(cast: Cast) -> None:
    window = proposed(cast("atelier-planner"), FROZEN_CERTIFICATES)
    with cast("krp-admin").writing() as work:
        consent(work, window.id, "POLDERPOORT", "POLDERPOORT:animal-christmas-pets", date(2026, 12, 15))
        assert len(waivers.granted(work, [window.id])) == 1
    with refused("blocked"):
        approved(cast("krp-cm-1"), window.id, "They agreed.")


def test_an_advisory_asks_for_words_and_keeps_them(cast: Cast) -> None:
    window = proposed(cast("stroom-planner"), EVENING_TV)
    for nothing in ("", "  \n "):
        with refused("acknowledgement_required"):
            approved(cast("krp-cm-1"), window.id, nothing)
    approved(cast("krp-cm-1"), window.id, "  Seen; no match that night. ")
    found = kept(cast("krp-cm-1"), window.id)
    assert (found.approved_verdict, found.acknowledgement) == (Verdict.ADVISORY, "Seen; no match that night.")
    assert trail_of(cast("krp-cm-1"), "window", window.id)[-1].reason == "Seen; no match that night."


def test_a_peak_that_is_registered_between_page_and_decision_counts(cast: Cast, database: Database) -> None:
    manager, customer = cast("krp-cm-1"), cast("noorderhaven-planner")
    window = proposed(cast("atelier-planner"), BANK_APP)
    looked_at = seen(manager, window.id)
    with customer.writing() as work:
        peaks.register_peak(work, busy_on("2027-01-12"))
    before = everything(database)
    with refused("check_outdated"), manager.writing() as work:
        decisions.approve_window(work, window.id, "", looked_at)
    with refused("blocked"):
        approved(manager, window.id)
    assert everything(database) == before


def test_a_peak_that_changes_nothing_for_the_window_is_in_nobodys_way(cast: Cast) -> None:
    window = proposed(cast("atelier-planner"), BANK_APP)
    looked_at = seen(cast("krp-cm-1"), window.id)
    with cast("noorderhaven-planner").writing() as work:
        peaks.register_peak(work, busy_on("2027-01-13", severity=Severity.RESTRICTED))
    with cast("krp-cm-1").writing() as work:
        assert decisions.approve_window(work, window.id, "", looked_at).verdict is Verdict.CLEAR


def test_another_window_that_is_approved_between_page_and_decision_counts(cast: Cast, database: Database) -> None:
    """Either gateway can be down, not both."""
    supplier, manager = cast("betaal-planner"), cast("krp-cm-1")
    first, second = proposed(supplier, GATEWAY_A), proposed(supplier, GATEWAY_B)
    looked_at = seen(manager, second.id)
    approved(cast("krp-cm-2"), first.id)
    before = everything(database)
    with refused("check_outdated"), manager.writing() as work:
        decisions.approve_window(work, second.id, "", looked_at)
    with refused("waiver_required"):
        approved(manager, second.id)
    assert everything(database) == before


def test_a_window_that_was_changed_since_it_was_looked_at_is_not_approved(cast: Cast) -> None:
    """Returned, edited back and forth and handed in again: the check is the same, the window's version is not."""
    supplier, manager = cast("betaal-planner"), cast("krp-cm-1")
    window = proposed(supplier, GATEWAY_A)
    looked_at = seen(manager, window.id)
    with manager.writing() as work:
        decisions.return_window(work, window.id, "Say more.", window.version)
    with supplier.writing() as work:
        proposals.submit_window(work, window.id, window.version + 1)
    assert seen(manager, window.id).fingerprint == looked_at.fingerprint
    with refused("check_outdated"), manager.writing() as work:
        decisions.approve_window(work, window.id, "", looked_at)


def test_a_made_up_fingerprint_is_not_a_look_at_the_page(cast: Cast) -> None:
    window = proposed(cast("betaal-planner"), GATEWAY_A)
    with refused("check_outdated"), cast("krp-cm-1").writing() as work:
        decisions.approve_window(work, window.id, "", Seen(window.version, ""))


def test_a_window_on_hold_is_approved_anew_once_nothing_is_in_the_way(cast: Cast) -> None:
    """W-27-038 is on hold for a holiday weekend; a customer may take that date out of its calendar, on the record."""
    manager = cast("krp-cm-1")
    assert kept(manager, "W-27-038").state is State.ON_HOLD
    with refused("blocked"):
        approved(manager, "W-27-038")
    with cast("polderpoort-planner").writing() as work:
        peaks.remove_peak(work, "POLDERPOORT:air-summer-weekends", "Fewer flights this year.", 1)
    approved(manager, "W-27-038", "Advisory seen.")
    assert kept(manager, "W-27-038").state is State.APPROVED


def test_a_window_that_is_approved_is_not_approved_again(cast: Cast) -> None:
    window = proposed(cast("betaal-planner"), GATEWAY_A)
    approved(cast("krp-cm-1"), window.id)
    with refused("wrong_state"):
        approved(cast("krp-cm-2"), window.id)


# --- by whom


def test_nobody_approves_a_window_he_handed_in_himself(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), GATEWAY_A)
    with refused("segregation_of_duties"):
        approved(cast("krp-cm-1"), window.id)
    approved(cast("krp-cm-2"), window.id)


def test_nobody_approves_a_window_he_wrote_and_another_handed_in(cast: Cast) -> None:
    draft = drafted(cast("krp-cm-1"), GATEWAY_A)
    with cast("betaal-planner").writing() as work:
        proposals.submit_window(work, draft.id, draft.version)
    with refused("segregation_of_duties"):
        approved(cast("krp-cm-1"), draft.id)


def test_nobody_approves_a_window_he_moved_himself(cast: Cast) -> None:
    window = proposed(cast("betaal-planner"), GATEWAY_A)
    approved(cast("krp-cm-1"), window.id)
    with cast("krp-cm-1").writing() as work:
        later = moved(GATEWAY_A, "2027-01-13T02:00", "2027-01-13T03:00")
        proposals.reschedule_window(work, window.id, later, kept(cast("krp-cm-1"), window.id).version)
    with refused("segregation_of_duties"):
        approved(cast("krp-cm-1"), window.id)


def test_nobody_approves_a_window_whose_draft_he_edited(cast: Cast) -> None:
    """SECURITY T44: by editing and then approving, too."""
    draft = drafted(cast("betaal-planner"), GATEWAY_A)
    with cast("krp-cm-1").writing() as work:
        proposals.edit_window(work, draft.id, moved(GATEWAY_A, "2027-01-13T02:00", "2027-01-13T03:00"), draft.version)
    with cast("betaal-planner").writing() as work:
        proposals.submit_window(work, draft.id, draft.version + 1)
    with refused("segregation_of_duties"):
        approved(cast("krp-cm-1"), draft.id)


def test_only_an_emergency_authority_approves_his_own_emergency(cast: Cast) -> None:
    emergency = replace(GATEWAY_A, type=ChangeType.EMERGENCY)
    of_manager, of_duty = (
        proposed(cast("krp-cm-1"), emergency),
        proposed(cast("krp-duty"), moved(emergency, "2027-02-02T02:00", "2027-02-02T03:00")),
    )
    with refused("segregation_of_duties"):
        approved(cast("krp-cm-1"), of_manager.id)
    approved(cast("krp-duty"), of_duty.id)
    normal = proposed(cast("krp-duty"), moved(GATEWAY_A, "2027-02-03T02:00", "2027-02-03T03:00"))
    with refused("segregation_of_duties"):
        approved(cast("krp-duty"), normal.id)


@pytest.mark.parametrize("person", ["krp-admin", "betaal-planner", "noorderhaven-planner"])
def test_only_the_integrator_decides(cast: Cast, person: str) -> None:
    window = proposed(cast("betaal-planner"), GATEWAY_A)
    look = seen(cast("krp-cm-1"), window.id)
    for verb in (
        lambda work: decisions.approve_window(work, window.id, "", look),
        lambda work: decisions.reject_window(work, window.id, "no", look.version),
        lambda work: decisions.return_window(work, window.id, "no", look.version),
    ):
        with refused("not_allowed"), cast(person).writing() as work:
            verb(work)


def test_only_the_supplier_withdraws(cast: Cast) -> None:
    window = proposed(cast("betaal-planner"), GATEWAY_A)
    with refused("role_not_allowed"), cast("krp-cm-1").writing() as work:
        decisions.withdraw_window(work, window.id, "", window.version)
    with refused("not_allowed"), cast("noorderhaven-planner").writing() as work:
        decisions.withdraw_window(work, window.id, "", window.version)


# --- the other ways out


@pytest.mark.parametrize(
    ("ending", "person", "is_approved", "state"),
    [
        ("rejected", "krp-cm-1", False, State.REJECTED),
        ("returned", "krp-cm-1", False, State.DRAFT),
        ("withdrawn", "betaal-planner", False, State.WITHDRAWN),
        ("cancelled", "betaal-planner", True, State.CANCELLED),
        ("cancelled", "krp-cm-2", True, State.CANCELLED),
    ],
)
def test_every_decision_is_kept_with_who_and_why(cast: Cast, ending: str, person: str, *, is_approved: bool, state: State) -> None:
    window = proposed(cast("betaal-planner"), GATEWAY_A)
    if is_approved:
        approved(cast("krp-cm-1"), window.id)
    before = kept(cast("krp-cm-1"), window.id)
    with cast(person).writing() as work:
        ENDINGS[ending](work, window.id, " The parts are not here yet. ", before.version)
    after = kept(cast("krp-cm-1"), window.id)
    assert (after.state, after.decided_by, after.decision_reason) == (state, person, "The parts are not here yet.")
    assert (after.version, after.sequence) == (before.version + 1, before.sequence + 1)
    last = trail_of(cast("krp-cm-1"), "window", window.id)[-1]
    assert (last.action, last.person, last.reason) == (f"window.{ending}", person, "The parts are not here yet.")


def test_turning_down_sending_back_and_cancelling_ask_for_a_reason_and_withdrawing_does_not(cast: Cast) -> None:
    waiting, running = proposed(cast("betaal-planner"), GATEWAY_A), proposed(cast("betaal-planner"), GATEWAY_B)
    approved(cast("krp-cm-1"), running.id)
    version = kept(cast("krp-cm-1"), running.id).version
    for nothing in ("", " \t\n"):
        for verb, window in ((decisions.reject_window, waiting), (decisions.return_window, waiting)):
            with refused("reason_required"), cast("krp-cm-1").writing() as work:
                verb(work, window.id, nothing, window.version)
        with refused("reason_required"), cast("betaal-planner").writing() as work:
            decisions.cancel_window(work, running.id, nothing, version)
    with cast("betaal-planner").writing() as work:
        decisions.withdraw_window(work, waiting.id, "", waiting.version)
    assert kept(cast("betaal-planner"), waiting.id).state is State.WITHDRAWN


def test_a_window_that_changed_since_it_was_looked_at_is_not_ended(cast: Cast, database: Database) -> None:
    waiting, running = proposed(cast("betaal-planner"), GATEWAY_A), proposed(cast("betaal-planner"), GATEWAY_B)
    approved(cast("krp-cm-1"), running.id)
    before = everything(database)
    for ending, person, window in (
        ("rejected", "krp-cm-1", waiting),
        ("returned", "krp-cm-1", waiting),
        ("withdrawn", "betaal-planner", waiting),
        ("cancelled", "betaal-planner", running),
    ):
        known = kept(cast("krp-cm-1"), window.id).version
        for version in (known - 1, known + 1):
            with refused("changed_meanwhile"), cast(person).writing() as work:
                ENDINGS[ending](work, window.id, "too late", version)
    assert everything(database) == before


@pytest.mark.parametrize(
    ("window_id", "code"),
    [("W-26-024", "terminal_state"), ("W-27-041", "terminal_state"), ("W-27-013", "wrong_state"), ("W-26-013", "wrong_state")],
)
def test_a_window_in_another_state_is_not_turned_down(cast: Cast, window_id: str, code: str) -> None:
    with refused(code), cast("krp-cm-1").writing() as work:
        decisions.reject_window(work, window_id, "no", 1)


def test_a_cancelled_window_is_in_nobodys_way_any_more(cast: Cast) -> None:
    supplier, manager = cast("betaal-planner"), cast("krp-cm-1")
    first, second = proposed(supplier, GATEWAY_A), proposed(supplier, GATEWAY_B)
    approved(manager, first.id)
    with refused("waiver_required"):
        approved(manager, second.id)
    with supplier.writing() as work:
        decisions.cancel_window(work, first.id, "No parts.", kept(supplier, first.id).version)
    approved(manager, second.id)


def test_a_window_that_does_not_exist_cannot_be_decided_on(cast: Cast) -> None:
    for verb in (
        lambda work: decisions.approve_window(work, "W-99-001", "", Seen(1, "")),
        lambda work: decisions.reject_window(work, "W-99-001", "no", 1),
    ):
        with refused("not_found"), cast("krp-cm-1").writing() as work:
            verb(work)
