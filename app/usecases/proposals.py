"""A window is drafted, changed, and submitted."""

from dataclasses import replace

from app.domain import lifecycle
from app.domain.access import SYSTEM, Right, require
from app.domain.lifecycle import Facts, Step, StepRole
from app.domain.proposals import Proposal, proposed_window
from app.domain.refusal import Refusal
from app.domain.register import Dropped, Name, RegisteredWindow
from app.domain.result import CheckResult
from app.domain.situation import dated
from app.domain.verdict import Verdict
from app.domain.walltime import local
from app.domain.windows import ChangeType, Window, WindowOccurrence, occurrence_key
from app.store import notice, parties, trail, windows
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases.rechecking import after_window
from app.usecases.recording import checked, record
from app.usecases.waiving import lapse_of_window


def draft_window(work: Work, proposal: Proposal) -> RegisteredWindow:
    """Keep a proposal as a draft; nobody but its supplier and the integrator sees it."""
    require(work.actor, Right.PROPOSE)
    take_turn(work)
    window = _window(work, proposal, windows.next_id(work, proposal.start.year))
    drafted = _registered(work, window, proposal)
    windows.add(work, drafted)
    trail.append(work, "window.drafted", "window", drafted.id)
    return drafted


def edit_window(work: Work, window_id: str, proposal: Proposal, seen_version: int) -> RegisteredWindow:
    """Change a draft."""
    return _change(work, window_id, proposal, seen_version, Step.EDIT, "window.edited")


def reschedule_window(work: Work, window_id: str, proposal: Proposal, seen_version: int) -> RegisteredWindow:
    """Change an approved window or one on hold: its approval and waivers lapse and it is reviewed anew."""
    changed = _change(work, window_id, proposal, seen_version, Step.RESCHEDULE, "window.rescheduled")
    result = checked(work, changed, Step.RESCHEDULE)
    return _approved_by_system(work, changed, result)


def submit_window(work: Work, window_id: str, seen_version: int) -> RegisteredWindow:
    """Hand a draft in for review. A standard change that is clear is approved at once, by the system."""
    require(work.actor, Right.PROPOSE)
    take_turn(work)
    draft = windows.load(work, window_id)
    facts = replace(_facts(work, draft), has_rollback_plan=bool(draft.rollback_plan.strip()))
    state = lifecycle.step(draft.state, Step.SUBMIT, work.actor.step_role, facts)
    submitted = replace(draft, state=state, published=True, sequence=draft.next_sequence, submitted_by=work.actor.id)
    submitted = record(work, submitted, seen_version, "window.submitted")
    result = checked(work, submitted, Step.SUBMIT)
    return _approved_by_system(work, submitted, result)


def propose_window(work: Work, proposal: Proposal) -> RegisteredWindow:
    """Draft and submit in one go."""
    draft = draft_window(work, proposal)
    return submit_window(work, draft.id, draft.version)


def _window(work: Work, proposal: Proposal, window_id: str) -> Window:
    suppliers = parties.suppliers_of(work, proposal.services)
    return proposed_window(proposal, suppliers, work.actor.party, window_id)


def _change(work: Work, window_id: str, proposal: Proposal, seen_version: int, step: Step, action: str) -> RegisteredWindow:
    require(work.actor, Right.PROPOSE)
    take_turn(work)
    known = windows.load(work, window_id)
    window = _window(work, proposal, window_id)
    if window.supplier != known.window.supplier:
        foreign = min(window.services)
        raise Refusal("supplier_mismatch", "services", service=foreign, supplier=known.window.supplier)
    facts = _facts(work, replace(known, window=window))
    state = lifecycle.step(known.state, step, work.actor.step_role, facts)
    changed = replace(
        _worded(known, proposal),
        window=window,
        state=state,
        dropped=_dropped(work, known, window) if known.published else (),
        sequence=known.next_sequence,
        approved_verdict=None,
        announced_at=None,
        acknowledgement="",
        decided_by=None,
        decision_reason="",
        submitted_by=work.actor.id if step is Step.RESCHEDULE else known.submitted_by,
        created_by=work.actor.id,  # the plan is now whose hand wrote it last: he does not approve it either
    )
    lapse_of_window(work, window_id)
    old, new = _moment(known.window), _moment(window)
    changed = record(work, changed, seen_version, action, **({"from": old, "to": new} if old != new else {}))
    after_window(work, action, known, changed)
    return changed


def _dropped(work: Work, known: RegisteredWindow, window: Window) -> tuple[Dropped, ...]:
    """What calendars have seen and must be told is gone: dropped earlier or now, and not back."""
    before, after = _keyed(known.window), _keyed(window)
    gone = [Dropped(key, occurrence.planned, work.now) for key, occurrence in before.items() if key not in after]
    return (*(one for one in known.dropped if one.key not in after), *gone)


def _keyed(window: Window) -> dict[str, WindowOccurrence]:
    return {occurrence_key(window, occurrence): occurrence for occurrence in dated(window).occurrences}


def _approved_by_system(work: Work, submitted: RegisteredWindow, result: CheckResult) -> RegisteredWindow:
    """A standard change that is clear and can still be announced in time needs nobody's decision."""
    if submitted.window.type is not ChangeType.STANDARD or result.verdict is not Verdict.CLEAR:
        return submitted
    if notice.told_late(work, submitted, result.customers):
        return submitted
    facts = Facts(type=submitted.window.type, verdict=result.verdict)
    state = lifecycle.step(submitted.state, Step.APPROVE, StepRole.SYSTEM, facts)
    approved = replace(
        submitted, state=state, approved_verdict=result.verdict, sequence=submitted.next_sequence, announced_at=work.now
    )
    approved = record(replace(work, actor=SYSTEM), approved, submitted.version, "window.approved")
    after_window(work, "window.approved", submitted, approved)
    return approved


def _facts(work: Work, registered: RegisteredWindow) -> Facts:
    span = dated(registered.window).span
    return Facts(type=registered.window.type, start_in_past=span is not None and span.start < work.now)


def _registered(work: Work, window: Window, proposal: Proposal) -> RegisteredWindow:
    return RegisteredWindow(
        window=window,
        title=Name(proposal.title, proposal.title),
        business_text=proposal.business_text,
        rollback_plan=proposal.rollback_plan,
        created_by=work.actor.id,
        created_at=work.now,
        changed_at=work.now,
    )


def _worded(known: RegisteredWindow, proposal: Proposal) -> RegisteredWindow:
    """A title that was not retyped keeps its two languages."""
    title = known.title if proposal.title in {known.title.nl, known.title.en} else Name(proposal.title, proposal.title)
    return replace(
        known,
        title=title,
        business_text=proposal.business_text,
        rollback_plan=proposal.rollback_plan,
    )


def _moment(window: Window) -> str:
    span = dated(window).span
    return f"{local(span.start, 'UTC'):%Y-%m-%dT%H:%MZ}/{local(span.end, 'UTC'):%Y-%m-%dT%H:%MZ}" if span else ""
