"""A submitted window is decided on: approved, rejected, sent back, withdrawn or cancelled."""

from dataclasses import dataclass, replace

from app.domain import lifecycle
from app.domain.access import Right, require
from app.domain.causes import Cause
from app.domain.conflicts import check
from app.domain.lifecycle import Facts, State, Step
from app.domain.notation.results import fingerprint
from app.domain.register import RegisteredWindow
from app.domain.result import CheckResult
from app.store import notice, windows
from app.store.database import Work
from app.store.situations import load_situation
from app.store.turnstile import take_turn
from app.usecases.conflict_items import accept
from app.usecases.rechecking import after_window
from app.usecases.recording import keep_check, record
from app.usecases.waiving import ask_no_longer


@dataclass(frozen=True)
class Seen:
    """What the person who decides was looking at: the window's version and the fingerprint of its check."""

    version: int
    fingerprint: str


def approve_window(work: Work, window_id: str, acknowledgement: str, seen: Seen, short_notice: str = "") -> CheckResult:
    """Approve a window, if the situation at this very moment allows it.

    It is checked again here, behind the turnstile: what was approved, registered or changed since the page was shown
    counts. An advisory needs an acknowledgement in words; so does telling customers later than was agreed with them
    (`short_notice`: who accepted that, and why), which stays on the record.
    """
    require(work.actor, Right.DECIDE)
    take_turn(work)
    known = windows.load(work, window_id)
    situation = load_situation(work, [known.window])
    result = check([known.window], situation)
    late = notice.told_late(work, known, result.customers)
    accepted = short_notice.strip() if late else ""
    facts = Facts(
        type=known.window.type,
        verdict=result.verdict,
        check_is_fresh=known.version == seen.version and fingerprint(result, situation.calendars) == seen.fingerprint,
        advisory_acknowledged=bool(acknowledgement.strip()),
        approver_is_submitter=work.actor.id in {known.submitted_by, known.created_by},
        emergency_authority=work.actor.has_emergency_authority,
        notice_ok=not late,
        short_notice_accepted=bool(accepted),
    )
    step = Step.REAPPROVE if known.state is State.ON_HOLD else Step.APPROVE
    state = lifecycle.step(known.state, step, work.actor.step_role, facts)
    approved = replace(
        known,
        state=state,
        approved_verdict=result.verdict,
        acknowledgement=acknowledgement.strip(),
        decided_by=work.actor.id,
        decision_reason="",
        sequence=known.next_sequence,
        announced_at=work.now if known.announced_at is None else known.announced_at,
    )
    keep_check(work, known, Cause(Step.APPROVE), result, situation)
    accept(work, window_id, acknowledgement.strip())
    told_late = {"told_late": late, "short_notice": accepted} if late else {}
    approved = record(work, approved, known.version, "window.approved", acknowledgement, verdict=result.verdict, **told_late)
    after_window(work, "window.approved", known, approved)
    return result


def reject_window(work: Work, window_id: str, reason: str, seen_version: int) -> None:
    """Turn a window down, with a reason its supplier can do something with."""
    _end(work, window_id, Step.REJECT, Right.DECIDE, reason, seen_version, "window.rejected")


def return_window(work: Work, window_id: str, reason: str, seen_version: int) -> None:
    """Send a window back to its supplier as a draft, saying what to change."""
    _end(work, window_id, Step.RETURN_FOR_REWORK, Right.DECIDE, reason, seen_version, "window.returned")


def withdraw_window(work: Work, window_id: str, reason: str, seen_version: int) -> None:
    """A supplier takes back a window that was not approved yet."""
    _end(work, window_id, Step.WITHDRAW, Right.PROPOSE, reason, seen_version, "window.withdrawn")


def cancel_window(work: Work, window_id: str, reason: str, seen_version: int) -> None:
    """Call off an approved window, or one on hold."""
    _end(work, window_id, Step.CANCEL, Right.PROPOSE, reason, seen_version, "window.cancelled")


def _end(work: Work, window_id: str, step: Step, right: Right, reason: str, seen_version: int, action: str) -> RegisteredWindow:
    require(work.actor, right)
    take_turn(work)
    known = windows.load(work, window_id)
    state = lifecycle.step(known.state, step, work.actor.step_role, Facts(type=known.window.type, reason=reason))
    decided = replace(known, state=state, decided_by=work.actor.id, decision_reason=reason.strip(), sequence=known.next_sequence)
    ask_no_longer(work, window_id)
    decided = record(work, decided, seen_version, action, reason)
    after_window(work, action, known, decided)
    return decided
