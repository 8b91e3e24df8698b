"""What may happen to a window, by whom: the product of all states, steps and roles, and the reasons for a no."""

from dataclasses import replace
from itertools import product

import pytest

from app.domain.lifecycle import COMMITTED, MINUTES_EARLY, RESULTS, STEPS, TERMINAL, Facts, State, Step, StepRole, step
from app.domain.refusal import Refusal
from app.domain.verdict import Verdict
from app.domain.windows import ChangeType

ALLOWED = {
    # step: from these states, by these roles, to this state
    "edit": ("draft", "supplier change_manager", "draft"),
    "submit": ("draft", "supplier change_manager", "under_review"),
    "return_for_rework": ("under_review", "change_manager", "draft"),
    "approve": ("under_review", "change_manager system", "approved"),
    "request_waiver": ("under_review on_hold", "change_manager", "waiver_requested"),
    "decide_waivers": ("waiver_requested", "system", "under_review"),
    "reject": ("under_review waiver_requested on_hold", "change_manager", "rejected"),
    "withdraw": ("draft under_review waiver_requested", "supplier", "withdrawn"),
    "recheck": ("approved", "system", "approved"),
    "reapprove": ("on_hold", "change_manager", "approved"),
    "reschedule": ("approved on_hold", "supplier change_manager", "under_review"),
    "start": ("approved", "supplier", "in_progress"),
    "finish": ("in_progress", "supplier", "implemented"),
    "cancel": ("approved on_hold", "change_manager supplier", "cancelled"),
    "close": ("implemented", "change_manager system", "closed"),
    "expire": ("draft under_review waiver_requested on_hold approved", "system", "expired"),
}

FAVOURABLE = Facts(
    type=ChangeType.STANDARD, reason="agreed", result="successful", minutes_to_start=0, minutes_to_end=60, retrospective_done=True
)
"""Facts under which no guard says no."""


def outcome(state: State, action: Step, role: StepRole, facts: Facts) -> str:
    try:
        return str(step(state, action, role, facts))
    except Refusal as refusal:
        return f"no: {refusal.code}"


def expected(state: State, action: Step, role: StepRole) -> str:
    sources, roles, target = ALLOWED[action]
    if state in TERMINAL:
        return "no: terminal_state"
    if state not in sources.split():
        return "no: wrong_state"
    return target if role in roles.split() else "no: role_not_allowed"


def favourable(action: Step, state: State) -> Facts:
    """A waiver needs a verdict that asks for one; nothing expires before its time has come."""
    if action is Step.REQUEST_WAIVER:
        return replace(FAVOURABLE, verdict=Verdict.NEEDS_WAIVER)
    if action is Step.EXPIRE:
        return replace(FAVOURABLE, minutes_to_start=-60, minutes_to_end=0 if state is State.APPROVED else 60)
    return FAVOURABLE


def test_exactly_the_steps_of_the_table_are_allowed():
    every = list(product(State, Step, StepRole))
    assert len(every) == 12 * 16 * 6
    found = {one: outcome(*one, favourable(one[1], one[0])) for one in every}
    assert found == {one: expected(*one) for one in every}


def test_the_table_names_every_step():
    assert set(ALLOWED) == set(Step) == set(STEPS)


def test_a_final_state_is_one_that_nothing_leaves():
    leaving = {state for sources, _, _ in ALLOWED.values() for state in sources.split()}
    assert set(map(str, TERMINAL)) == set(State) - leaving


def test_a_window_counts_for_others_from_its_approval_on_and_not_while_it_is_on_hold():
    assert set(map(str, COMMITTED)) == {"approved", "in_progress", "implemented", "closed"}


def no(action: str, state: str, role: str, **facts: object) -> str:
    """The code of the refusal under otherwise favourable facts; the step itself is possible without the change."""
    given = favourable(Step(action), State(state))
    before = outcome(State(state), Step(action), StepRole(role), given)
    assert not before.startswith("no: "), "the step must be possible to begin with"
    return outcome(State(state), Step(action), StepRole(role), replace(given, **facts))


@pytest.mark.parametrize(
    ("action", "state", "role", "facts", "code"),
    [
        ("submit", "draft", "supplier", {"own_window": False}, "not_own_window"),
        ("submit", "draft", "supplier", {"has_rollback_plan": False}, "rollback_plan_required"),
        ("submit", "draft", "change_manager", {"start_in_past": True}, "start_in_past"),
        ("return_for_rework", "under_review", "change_manager", {"reason": " \n"}, "reason_required"),
        ("reject", "on_hold", "change_manager", {"reason": ""}, "reason_required"),
        ("cancel", "approved", "supplier", {"reason": ""}, "reason_required"),
        ("cancel", "approved", "supplier", {"own_window": False}, "not_own_window"),
        ("request_waiver", "under_review", "change_manager", {"verdict": Verdict.BLOCKED}, "no_waiver_possible"),
        ("request_waiver", "under_review", "change_manager", {"verdict": Verdict.ADVISORY}, "no_waiver_needed"),
        ("request_waiver", "on_hold", "change_manager", {"verdict": Verdict.CLEAR}, "no_waiver_needed"),
        ("decide_waivers", "waiver_requested", "system", {"open_waivers": 1}, "waivers_open"),
        ("reschedule", "on_hold", "supplier", {"start_in_past": True}, "start_in_past"),
        ("start", "approved", "supplier", {"minutes_to_start": MINUTES_EARLY + 1}, "too_early"),
        ("start", "approved", "supplier", {"minutes_to_end": 0}, "too_late"),
        ("start", "approved", "supplier", {"minutes_to_end": -1}, "too_late"),
        ("start", "approved", "supplier", {"expert_on_bridge": False}, "no_expert_on_bridge"),
        ("finish", "in_progress", "supplier", {"result": ""}, "result_required"),
        ("finish", "in_progress", "supplier", {"result": "more or less"}, "result_required"),
        ("close", "implemented", "change_manager", {"open_promises": 1}, "promises_open"),
        ("close", "implemented", "change_manager", {"review_complete": False}, "review_open"),
        ("close", "implemented", "system", {"type": ChangeType.EMERGENCY, "retrospective_done": False}, "retrospective_required"),
    ],
)
def test_a_step_is_refused_for_its_reason(action: str, state: str, role: str, facts: dict, code: str):
    assert no(action, state, role, **facts) == f"no: {code}"


DECIDING = [("approve", "under_review"), ("reapprove", "on_hold")]


@pytest.mark.parametrize(("action", "state"), DECIDING)
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"check_is_fresh": False}, "check_outdated"),
        ({"verdict": Verdict.BLOCKED}, "blocked"),
        ({"verdict": Verdict.BLOCKED, "advisory_acknowledged": True}, "blocked"),
        ({"verdict": Verdict.NEEDS_WAIVER, "advisory_acknowledged": True}, "waiver_required"),
        ({"verdict": Verdict.ADVISORY}, "acknowledgement_required"),
        ({"approver_is_submitter": True}, "segregation_of_duties"),
        ({"approver_is_submitter": True, "emergency_authority": True}, "segregation_of_duties"),
        ({"approver_is_submitter": True, "type": ChangeType.EMERGENCY}, "segregation_of_duties"),
        ({"notice_ok": False}, "notice_too_short"),
    ],
)
def test_an_approval_and_a_second_one_have_the_same_guards(action: str, state: str, facts: dict, code: str):
    assert no(action, state, "change_manager", **facts) == f"no: {code}"


@pytest.mark.parametrize(("action", "state"), DECIDING)
@pytest.mark.parametrize(
    "facts",
    [
        {"verdict": Verdict.ADVISORY, "advisory_acknowledged": True},
        {"approver_is_submitter": True, "emergency_authority": True, "type": ChangeType.EMERGENCY},
        {"notice_ok": False, "short_notice_accepted": True},
        {"notice_ok": False, "type": ChangeType.EMERGENCY},
    ],
)
def test_an_approval_knows_its_exceptions(action: str, state: str, facts: dict):
    assert no(action, state, "change_manager", **facts) == "approved"


@pytest.mark.parametrize("kind", ChangeType)
@pytest.mark.parametrize("verdict", Verdict)
def test_the_system_approves_a_standard_change_that_is_clear_and_nothing_else(kind: ChangeType, verdict: Verdict):
    facts = replace(FAVOURABLE, type=kind, verdict=verdict, advisory_acknowledged=True)
    allowed = (kind, verdict) == (ChangeType.STANDARD, Verdict.CLEAR)
    found = outcome(State.UNDER_REVIEW, Step.APPROVE, StepRole.SYSTEM, facts)
    assert found == ("approved" if allowed else "no: role_not_allowed")


@pytest.mark.parametrize(("before", "after"), list(product(Verdict, Verdict)))
def test_an_approved_window_goes_on_hold_when_it_became_worse_and_at_least_needs_a_waiver(before: Verdict, after: Verdict):
    ranks = ["clear", "advisory", "needs_waiver", "blocked"]
    worse = ranks.index(after) > ranks.index(before) and after in ranks[2:]
    facts = replace(FAVOURABLE, approved_verdict=before, verdict=after)
    assert outcome(State.APPROVED, Step.RECHECK, StepRole.SYSTEM, facts) == ("on_hold" if worse else "approved")


@pytest.mark.parametrize("result", ["successful", "successful_with_issues", "rolled_back", "failed"])
def test_work_is_finished_whatever_came_of_it(result: str):
    assert result in RESULTS
    assert no("finish", "in_progress", "supplier", result=result) == "implemented"


def test_an_emergency_may_be_registered_afterwards():
    assert no("submit", "draft", "supplier", start_in_past=True, type=ChangeType.EMERGENCY) == "under_review"


def test_work_may_start_a_quarter_of_an_hour_early_and_until_its_end():
    assert no("start", "approved", "supplier", minutes_to_start=MINUTES_EARLY) == "in_progress"
    assert no("start", "approved", "supplier", minutes_to_start=-59, minutes_to_end=1) == "in_progress"


@pytest.mark.parametrize("kind", [ChangeType.NORMAL, ChangeType.STANDARD])
def test_only_an_emergency_is_looked_back_on_before_it_is_closed(kind: ChangeType):
    assert no("close", "implemented", "system", type=kind, retrospective_done=False) == "closed"
    assert no("close", "implemented", "system", type=ChangeType.EMERGENCY) == "closed"


def test_another_supplier_s_window_is_refused_before_any_guard():
    assert no("submit", "draft", "supplier", own_window=False, has_rollback_plan=False) == "no: not_own_window"


def test_a_change_manager_acts_on_anybody_s_window():
    assert no("submit", "draft", "change_manager", own_window=False) == "under_review"


def test_the_first_reason_is_always_the_same_one():
    worst = {"check_is_fresh": False, "verdict": Verdict.BLOCKED, "approver_is_submitter": True, "notice_ok": False}
    assert no("approve", "under_review", "change_manager", **worst) == "no: check_outdated"
    assert no("submit", "draft", "supplier", has_rollback_plan=False, start_in_past=True) == "no: rollback_plan_required"
    assert no("close", "implemented", "system", open_promises=1, review_complete=False) == "no: promises_open"


@pytest.mark.parametrize(
    ("state", "facts"),
    [
        ("draft", {"minutes_to_start": 60}),
        ("on_hold", {"minutes_to_start": 1}),
        ("approved", {"minutes_to_start": -60, "minutes_to_end": 30}),
    ],
)
def test_nothing_expires_before_its_start_or_approved_before_its_end(state: str, facts: dict):
    assert no("expire", state, "system", **facts).startswith("no: ")
