"""A refused use case leaves nothing behind: not a row, not a version, not a trail entry."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from app.domain.access import PartyKind, Role
from app.domain.anchors import Fixed
from app.domain.chain import Requirement
from app.domain.peaks import Lead
from app.domain.refusal import Refusal
from app.domain.register import Name, Party
from app.domain.windows import ChangeType, Series
from app.store.database import Database, Work
from app.store.people import Person
from app.usecases import chain, decisions, feeds, parties, peaks, proposals, signing_in
from app.usecases.decisions import Seen
from app.usecases.feeds import FeedKind
from tests.conftest import Cast

from .story import (
    BANK_APP,
    EVENING_CERTIFICATES,
    EVENING_TV,
    FROZEN_CERTIFICATES,
    GATEWAY_A,
    QUEUE_SCRIPT,
    approved,
    busy_on,
    draft,
    drafted,
    everything,
    kept,
    moved,
    proposal,
    proposed,
    seen,
)

BETTY = Person("betty", "BETAAL", Name("Betty", "Betty"), frozenset({Role.PLANNER}), "nl", "Europe/Amsterdam")
VALENTINE = "ZONNEKROON:flower-valentine"
AGAIN = busy_on("2027-01-12")


@dataclass(frozen=True)
class Attempt:
    """Somebody tries something and is refused with this code."""

    code: str
    person: str
    verb: Callable[[Work], object]


@dataclass
class Stage:
    """Windows in the states that the attempts need."""

    cast: Cast

    def __post_init__(self) -> None:
        supplier, manager = self.cast("betaal-planner"), self.cast("krp-cm-1")
        self.draft = drafted(supplier, replace(GATEWAY_A, rollback_plan=""))
        self.waiting = proposed(supplier, GATEWAY_A)
        running = proposed(supplier, moved(GATEWAY_A, "2027-02-02T02:00", "2027-02-02T03:00"))
        approved(manager, running.id)
        self.running = kept(supplier, running.id)
        self.own = proposed(manager, moved(GATEWAY_A, "2027-02-03T02:00", "2027-02-03T03:00"))
        self.advised = proposed(self.cast("stroom-planner"), EVENING_TV)
        self.unwaived = proposed(self.cast("atelier-planner"), EVENING_CERTIFICATES)
        self.frozen = proposed(self.cast("atelier-planner"), FROZEN_CERTIFICATES)
        self.bank = proposed(self.cast("atelier-planner"), BANK_APP)
        self.looks = {
            one.id: seen(manager, one.id)
            for one in (self.waiting, self.running, self.own, self.advised, self.unwaived, self.frozen, self.bank)
        }

    def approve(self, window_id: str, word: str = "") -> Callable[[Work], object]:
        return lambda work: decisions.approve_window(work, window_id, word, self.looks[window_id])


def proposing(stage: Stage) -> list[Attempt]:
    def propose(what: proposals.Proposal) -> Callable[[Work], object]:
        return lambda work: proposals.propose_window(work, what)

    late = moved(GATEWAY_A, "2026-11-22T01:00", "2026-11-22T02:00")
    d, w, r = stage.draft, stage.waiting, stage.running
    return [
        Attempt("not_allowed", "zonnekroon-planner", propose(GATEWAY_A)),
        Attempt("unknown_service", "brug-planner", propose(GATEWAY_A)),
        Attempt("empty_services", "betaal-planner", propose(proposal("", "2027-01-12T02:00", "2027-01-12T03:00"))),
        Attempt("several_suppliers", "krp-cm-1", propose(proposal("PAY-GW-A MW-ESB", "2027-01-12T02:00", "2027-01-12T03:00"))),
        Attempt("unknown_timezone", "betaal-planner", propose(replace(GATEWAY_A, zone="x"))),
        Attempt("negative_rollback", "betaal-planner", propose(replace(GATEWAY_A, rollback_minutes=-1))),
        Attempt("unbounded_series", "betaal-planner", propose(replace(GATEWAY_A, series=Series("FREQ=DAILY")))),
        Attempt("start_in_past", "betaal-planner", propose(late)),
        Attempt("rollback_plan_required", "betaal-planner", propose(replace(GATEWAY_A, rollback_plan=" "))),
        Attempt("rollback_plan_required", "betaal-planner", lambda work: proposals.submit_window(work, d.id, d.version)),
        Attempt("changed_meanwhile", "betaal-planner", lambda work: proposals.edit_window(work, d.id, GATEWAY_A, 9)),
        Attempt("supplier_mismatch", "krp-cm-1", lambda work: proposals.edit_window(work, d.id, QUEUE_SCRIPT, d.version)),
        Attempt("wrong_state", "betaal-planner", lambda work: proposals.edit_window(work, w.id, GATEWAY_A, w.version)),
        Attempt("wrong_state", "betaal-planner", lambda work: proposals.submit_window(work, w.id, w.version)),
        Attempt("not_found", "brug-planner", lambda work: proposals.submit_window(work, d.id, d.version)),
        Attempt("start_in_past", "betaal-planner", lambda work: proposals.reschedule_window(work, r.id, late, r.version)),
        Attempt("changed_meanwhile", "betaal-planner", lambda work: proposals.reschedule_window(work, r.id, GATEWAY_A, 1)),
        Attempt("wrong_state", "betaal-planner", lambda work: proposals.reschedule_window(work, w.id, GATEWAY_A, w.version)),
    ]


def deciding(stage: Stage) -> list[Attempt]:
    w, r = stage.waiting, stage.running
    outdated = Seen(w.version, "0" * 32)
    return [
        Attempt("not_allowed", "betaal-planner", stage.approve(w.id)),
        Attempt("not_allowed", "krp-admin", stage.approve(w.id)),
        Attempt("check_outdated", "krp-cm-1", lambda work: decisions.approve_window(work, w.id, "", outdated)),
        Attempt("blocked", "krp-cm-1", stage.approve(stage.frozen.id, "urgent")),
        Attempt("waiver_required", "krp-cm-1", stage.approve(stage.unwaived.id, "urgent")),
        Attempt("acknowledgement_required", "krp-cm-1", stage.approve(stage.advised.id)),
        Attempt("segregation_of_duties", "krp-cm-1", stage.approve(stage.own.id)),
        Attempt("wrong_state", "krp-cm-1", stage.approve(r.id)),
        Attempt("reason_required", "krp-cm-1", lambda work: decisions.reject_window(work, w.id, " ", w.version)),
        Attempt("reason_required", "krp-cm-1", lambda work: decisions.return_window(work, w.id, "", w.version)),
        Attempt("reason_required", "betaal-planner", lambda work: decisions.cancel_window(work, r.id, "", r.version)),
        Attempt("changed_meanwhile", "krp-cm-1", lambda work: decisions.reject_window(work, w.id, "no", 1)),
        Attempt("changed_meanwhile", "krp-cm-1", lambda work: decisions.return_window(work, w.id, "no", 9)),
        Attempt("changed_meanwhile", "betaal-planner", lambda work: decisions.withdraw_window(work, w.id, "", 1)),
        Attempt("changed_meanwhile", "betaal-planner", lambda work: decisions.cancel_window(work, r.id, "no", 1)),
        Attempt("role_not_allowed", "krp-cm-1", lambda work: decisions.withdraw_window(work, w.id, "", w.version)),
        Attempt("terminal_state", "krp-cm-1", lambda work: decisions.reject_window(work, "W-26-024", "no", 1)),
        Attempt("not_found", "brug-planner", lambda work: decisions.withdraw_window(work, w.id, "", w.version)),
    ]


def keeping_peaks(_stage: Stage) -> list[Attempt]:
    def register(what: peaks.PeakDraft) -> Callable[[Work], object]:
        return lambda work: peaks.register_peak(work, what)

    always = draft(Fixed(2, 14), "Always", lead=Lead(366, 366))
    return [
        Attempt("not_allowed", "krp-cm-1", register(AGAIN)),
        Attempt("scope_not_used", "noorderhaven-planner", register(busy_on("2027-01-12", services=frozenset({"MUN-DESK"})))),
        Attempt("never_happens", "noorderhaven-planner", register(busy_on("2019-01-12"))),
        Attempt("busy_too_long", "noorderhaven-planner", register(always)),
        Attempt("unknown_timezone", "noorderhaven-planner", register(busy_on("2027-01-12", zone="x"))),
        Attempt("not_found", "noorderhaven-planner", lambda work: peaks.change_peak(work, VALENTINE, AGAIN, 1)),
        Attempt("changed_meanwhile", "zonnekroon-planner", lambda work: peaks.change_peak(work, VALENTINE, AGAIN, 2)),
        Attempt("never_happens", "zonnekroon-planner", lambda work: peaks.change_peak(work, VALENTINE, busy_on("2019-01-12"), 1)),
        Attempt("reason_required", "zonnekroon-planner", lambda work: peaks.remove_peak(work, VALENTINE, "", 1)),
        Attempt("changed_meanwhile", "zonnekroon-planner", lambda work: peaks.remove_peak(work, VALENTINE, "no", 2)),
    ]


def keeping_house(_stage: Stage) -> list[Attempt]:
    unmet = Requirement("PAY-GW-A", frozenset({"PAY-GW-B"}), 2)
    return [
        Attempt("not_allowed", "krp-cm-1", lambda work: parties.add_person(work, BETTY)),
        Attempt("already_there", "krp-admin", lambda work: parties.add_party(work, Party("KRP", PartyKind.SUPPLIER, "x"))),
        Attempt("already_there", "krp-admin", lambda work: parties.add_person(work, replace(BETTY, id="krp-duty"))),
        Attempt("role_not_of_party", "krp-admin", lambda work: parties.add_person(work, replace(BETTY, roles=frozenset()))),
        Attempt("unknown_timezone", "krp-admin", lambda work: parties.add_person(work, replace(BETTY, zone="x"))),
        Attempt("not_found", "krp-admin", lambda work: parties.add_person(work, replace(BETTY, party="x"))),
        Attempt("bad_redundancy_minimum", "krp-admin", lambda work: chain.add_requirement(work, unmet)),
        Attempt("not_allowed", "krp-cm-1", lambda work: feeds.make_feed(work, FeedKind.SUPPLIER_WINDOWS, "x")),
        Attempt("not_found", "betaal-planner", lambda work: feeds.revoke_feed(work, 1)),
        Attempt("not_found", "krp-admin", lambda work: signing_in.sign_in_without_password(work, "nobody")),
    ]


@pytest.mark.parametrize("attempts", [proposing, deciding, keeping_peaks, keeping_house])
def test_a_refused_use_case_leaves_nothing_behind(
    cast: Cast, database: Database, attempts: Callable[[Stage], list[Attempt]]
) -> None:
    stage = Stage(cast)
    before = everything(database)
    for number, attempt in enumerate(attempts(stage)):
        with pytest.raises(Refusal) as caught, cast(attempt.person).writing() as work:
            attempt.verb(work)
        assert caught.value.code == attempt.code, f"attempt {number} by {attempt.person}"
        assert everything(database) == before, f"attempt {number} by {attempt.person}: {attempt.code}"


def test_what_is_refused_after_it_was_saved_is_undone_as_well(cast: Cast, database: Database) -> None:
    """Proposing drafts first: of a proposal that cannot be handed in not even the draft remains, nor its number."""
    before = everything(database)
    with pytest.raises(Refusal):
        proposed(cast("betaal-planner"), replace(GATEWAY_A, rollback_plan=""))
    assert everything(database) == before
    assert proposed(cast("betaal-planner"), GATEWAY_A).id == "W-27-045"


def test_everything_that_is_compared_does_change_when_a_use_case_is_not_refused(cast: Cast, database: Database) -> None:
    """Else the tests above would show nothing."""
    before = everything(database)
    window = proposed(cast("atelier-planner"), replace(BANK_APP, type=ChangeType.STANDARD))
    with cast("noorderhaven-planner").writing() as work:
        peaks.register_peak(work, busy_on("2027-01-13"))
    with cast("krp-admin").writing() as work:
        parties.add_person(work, BETTY)
        signing_in.sign_in_without_password(work, "betty")
    with cast("betty").writing() as work:
        feeds.make_feed(work, FeedKind.SUPPLIER_WINDOWS, "Mine")
    after = everything(database)
    changed = {name for name, rows in after.items() if rows != before[name]}
    assert window.window.start.date() == date(2027, 1, 12)
    assert changed >= {"turnstile", "maintenance_window", "window_service", "window_customer", "receipt", "trail"}
    assert changed >= {"peak", "occurrence", "person", "person_role", "session", "feed"}
