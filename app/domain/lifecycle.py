"""What may happen to a window, by whom, and when? One table of steps; an exception is a step of its own.

Roles here are those of the step, not of a person: a duty manager acts as change manager with emergency authority.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.refusal import Refusal
from app.domain.verdict import Verdict
from app.domain.windows import ChangeType


class State(StrEnum):
    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    WAIVER_REQUESTED = "waiver_requested"
    APPROVED = "approved"
    ON_HOLD = "on_hold"
    IN_PROGRESS = "in_progress"
    IMPLEMENTED = "implemented"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


TERMINAL = frozenset({State.CLOSED, State.REJECTED, State.WITHDRAWN, State.CANCELLED, State.EXPIRED})
PLANNED = frozenset({State.UNDER_REVIEW, State.WAIVER_REQUESTED, State.APPROVED, State.ON_HOLD, State.IN_PROGRESS})
"""The states of windows that were handed in and are not over: what they meet is somebody's concern."""

WAITING = frozenset({State.DRAFT, State.UNDER_REVIEW, State.WAIVER_REQUESTED, State.ON_HOLD, State.APPROVED})
"""The states of windows that somebody still has to decide on or to begin: their time can run out."""

COMMITTED = frozenset({State.APPROVED, State.IN_PROGRESS, State.IMPLEMENTED, State.CLOSED})
"""The states whose windows take their services down in everybody's check."""


class Step(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    RETURN_FOR_REWORK = "return_for_rework"
    APPROVE = "approve"
    REQUEST_WAIVER = "request_waiver"
    DECIDE_WAIVERS = "decide_waivers"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    RECHECK = "recheck"
    REAPPROVE = "reapprove"
    RESCHEDULE = "reschedule"
    START = "start"
    FINISH = "finish"
    CANCEL = "cancel"
    CLOSE = "close"
    EXPIRE = "expire"


class StepRole(StrEnum):
    SUPPLIER = "supplier"
    CHANGE_MANAGER = "change_manager"
    CUSTOMER = "customer"
    ADMIN = "admin"
    VIEWER = "viewer"
    SYSTEM = "system"


RESULTS = frozenset({"successful", "successful_with_issues", "rolled_back", "failed"})
MINUTES_EARLY = 15
"""A supplier may start this long before the planned start."""


@dataclass(frozen=True)
class Facts:
    """What the guards look at. Times are whole minutes from now; None where the step does not need them."""

    type: ChangeType = ChangeType.NORMAL
    verdict: Verdict = Verdict.CLEAR
    approved_verdict: Verdict = Verdict.CLEAR
    own_window: bool = True
    start_in_past: bool = False
    has_rollback_plan: bool = True
    check_is_fresh: bool = True
    advisory_acknowledged: bool = False
    approver_is_submitter: bool = False
    emergency_authority: bool = False
    notice_ok: bool = True
    short_notice_accepted: bool = False
    reason: str = ""
    open_waivers: int = 0
    minutes_to_start: int | None = None
    minutes_to_end: int | None = None
    expert_on_bridge: bool = True
    result: str = ""
    open_promises: int = 0
    retrospective_done: bool = False
    review_complete: bool = True


@dataclass(frozen=True)
class Rule:
    """From which states, by which roles, to which state, and what must hold besides (a code says what does not)."""

    sources: frozenset[State]
    roles: frozenset[StepRole]
    target: State | Callable[[Facts], State]
    guards: tuple[Callable[[Facts, StepRole, State], str | None], ...] = ()


def step(state: State, action: Step, role: StepRole, facts: Facts) -> State:
    """The state after the step; refused with a stable code, and always for the same first reason.

    Order: a final state, the wrong state, the role, someone else's window, then the guards of the step.
    """
    rule = STEPS[action]
    if state in TERMINAL:
        raise Refusal("terminal_state", state=state)
    if state not in rule.sources:
        raise Refusal("wrong_state", state=state, step=action)
    if role not in rule.roles:
        raise Refusal("role_not_allowed", step=action, role=role)
    if role is StepRole.SUPPLIER and not facts.own_window:
        raise Refusal("not_own_window")
    for guard in rule.guards:
        if code := guard(facts, role, state):
            raise Refusal(code, verdict=facts.verdict, step=action)
    return rule.target if isinstance(rule.target, State) else rule.target(facts)


NOT_FOR_NOW = frozenset({"wrong_state", "terminal_state", "role_not_allowed", "not_own_window"})
"""Why a step is out of sight for somebody: it is not his, or not of this part of the life. Other codes say what is in the way."""


def _not_in_past(facts: Facts, *_: object) -> str | None:
    return "start_in_past" if facts.start_in_past and facts.type is not ChangeType.EMERGENCY else None


def _rollback_plan(facts: Facts, *_: object) -> str | None:
    return None if facts.has_rollback_plan else "rollback_plan_required"


def _reason(facts: Facts, *_: object) -> str | None:
    return None if facts.reason.strip() else "reason_required"


def _fresh(facts: Facts, *_: object) -> str | None:
    return None if facts.check_is_fresh else "check_outdated"


def _verdict_allows(facts: Facts, *_: object) -> str | None:
    if facts.verdict is Verdict.BLOCKED:
        return "blocked"
    if facts.verdict is Verdict.NEEDS_WAIVER:
        return "waiver_required"
    return "acknowledgement_required" if facts.verdict is Verdict.ADVISORY and not facts.advisory_acknowledged else None


def _four_eyes(facts: Facts, *_: object) -> str | None:
    """Nobody decides on his own window, except an emergency authority on an emergency."""
    exempt = facts.type is ChangeType.EMERGENCY and facts.emergency_authority
    return "segregation_of_duties" if facts.approver_is_submitter and not exempt else None


def _notice(facts: Facts, *_: object) -> str | None:
    met = facts.notice_ok or facts.short_notice_accepted or facts.type is ChangeType.EMERGENCY
    return None if met else "notice_too_short"


def _system_only_standard(facts: Facts, role: StepRole, _state: State) -> str | None:
    if role is not StepRole.SYSTEM:
        return None
    return None if facts.type is ChangeType.STANDARD and facts.verdict is Verdict.CLEAR else "role_not_allowed"


def _waiver_helps(facts: Facts, *_: object) -> str | None:
    if facts.verdict is Verdict.BLOCKED:
        return "no_waiver_possible"
    return None if facts.verdict is Verdict.NEEDS_WAIVER else "no_waiver_needed"


def _waivers_decided(facts: Facts, *_: object) -> str | None:
    return "waivers_open" if facts.open_waivers else None


def _in_time(facts: Facts, *_: object) -> str | None:
    if facts.minutes_to_start is not None and facts.minutes_to_start > MINUTES_EARLY:
        return "too_early"
    return "too_late" if facts.minutes_to_end is not None and facts.minutes_to_end <= 0 else None


def _expert(facts: Facts, *_: object) -> str | None:
    return None if facts.expert_on_bridge else "no_expert_on_bridge"


def _result(facts: Facts, *_: object) -> str | None:
    return None if facts.result in RESULTS else "result_required"


def _wound_up(facts: Facts, *_: object) -> str | None:
    if facts.open_promises:
        return "promises_open"
    if facts.type is ChangeType.EMERGENCY and not facts.retrospective_done:
        return "retrospective_required"
    return None if facts.review_complete else "review_open"


def _time_is_up(facts: Facts, _role: StepRole, state: State) -> str | None:
    """What was not decided on ends at its start, what was approved and never begun at its end."""
    left = facts.minutes_to_end if state is State.APPROVED else facts.minutes_to_start
    return "too_early" if left is not None and left > 0 else None


def _after_recheck(facts: Facts) -> State:
    """On hold when it became worse and at least *needs waiver*; otherwise the approval stands."""
    worse = facts.verdict.rank > facts.approved_verdict.rank
    return State.ON_HOLD if worse and facts.verdict.rank >= Verdict.NEEDS_WAIVER.rank else State.APPROVED


S, R = State, StepRole
BOTH = frozenset({R.SUPPLIER, R.CHANGE_MANAGER})
MANAGER = frozenset({R.CHANGE_MANAGER})
SUPPLIER = frozenset({R.SUPPLIER})
SYSTEM = frozenset({R.SYSTEM})
DECIDING = (_system_only_standard, _fresh, _verdict_allows, _four_eyes, _notice)

STEPS: Mapping[Step, Rule] = {
    Step.EDIT: Rule(frozenset({S.DRAFT}), BOTH, S.DRAFT),
    Step.SUBMIT: Rule(frozenset({S.DRAFT}), BOTH, S.UNDER_REVIEW, (_rollback_plan, _not_in_past)),
    Step.RETURN_FOR_REWORK: Rule(frozenset({S.UNDER_REVIEW}), MANAGER, S.DRAFT, (_reason,)),
    Step.APPROVE: Rule(frozenset({S.UNDER_REVIEW}), MANAGER | SYSTEM, S.APPROVED, DECIDING),
    Step.REQUEST_WAIVER: Rule(frozenset({S.UNDER_REVIEW, S.ON_HOLD}), MANAGER, S.WAIVER_REQUESTED, (_waiver_helps,)),
    Step.DECIDE_WAIVERS: Rule(frozenset({S.WAIVER_REQUESTED}), SYSTEM, S.UNDER_REVIEW, (_waivers_decided,)),
    Step.REJECT: Rule(frozenset({S.UNDER_REVIEW, S.WAIVER_REQUESTED, S.ON_HOLD}), MANAGER, S.REJECTED, (_reason,)),
    Step.WITHDRAW: Rule(frozenset({S.DRAFT, S.UNDER_REVIEW, S.WAIVER_REQUESTED}), SUPPLIER, S.WITHDRAWN),
    Step.RECHECK: Rule(frozenset({S.APPROVED}), SYSTEM, _after_recheck),
    Step.REAPPROVE: Rule(frozenset({S.ON_HOLD}), MANAGER, S.APPROVED, DECIDING),
    Step.RESCHEDULE: Rule(frozenset({S.APPROVED, S.ON_HOLD}), BOTH, S.UNDER_REVIEW, (_not_in_past,)),
    Step.START: Rule(frozenset({S.APPROVED}), SUPPLIER, S.IN_PROGRESS, (_in_time, _expert)),
    Step.FINISH: Rule(frozenset({S.IN_PROGRESS}), SUPPLIER, S.IMPLEMENTED, (_result,)),
    Step.CANCEL: Rule(frozenset({S.APPROVED, S.ON_HOLD}), BOTH, S.CANCELLED, (_reason,)),
    Step.CLOSE: Rule(frozenset({S.IMPLEMENTED}), MANAGER | SYSTEM, S.CLOSED, (_wound_up,)),
    Step.EXPIRE: Rule(WAITING, SYSTEM, S.EXPIRED, (_time_is_up,)),
}
