"""One window with its check, its trail and the steps that are possible; and the list of windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import lifecycle
from app.domain.access import PartyKind
from app.domain.causes import Because, because_of, read_because
from app.domain.disclosure import NOBODY, disclose_trail, disclose_window
from app.domain.lifecycle import Facts, State, Step
from app.domain.notice import NoticeLimit
from app.domain.overlays import Alarm
from app.domain.refusal import Refusal
from app.domain.register import RegisteredWindow, TrailEntry
from app.domain.running import Runs
from app.domain.situation import dated
from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.domain.waivers import WaiverRecord
from app.domain.windows import WindowOccurrence
from app.queries.checks import CheckView, view_check
from app.queries.names import Names, load_names
from app.queries.past_checks import past_checks
from app.queries.promise_pages import WindowPromises, window_promises
from app.queries.rechecks import Telling, names_of_becauses
from app.queries.running import alarms_now, tried_in
from app.store import notice, receipts, rechecks, runs, trail, waivers, windows
from app.store.database import Work
from app.store.receipts import Receipt
from app.store.windows import Filter

BUTTONS = (
    Step.SUBMIT,
    Step.EDIT,
    Step.APPROVE,
    Step.REAPPROVE,
    Step.REQUEST_WAIVER,
    Step.RETURN_FOR_REWORK,
    Step.REJECT,
    Step.WITHDRAW,
    Step.RESCHEDULE,
    Step.START,
    Step.FINISH,
    Step.CLOSE,
    Step.CANCEL,
)
NOT_FOR_NOW = lifecycle.NOT_FOR_NOW | {"no_waiver_needed"}
TO_BE_ANNOUNCED = frozenset({State.DRAFT, State.UNDER_REVIEW, State.WAIVER_REQUESTED, State.ON_HOLD})
RUNNING = frozenset({Step.START, Step.FINISH, Step.CLOSE})


@dataclass(frozen=True)
class PossibleStep:
    """A step the reader could take, or, with a reason code, could take if that were otherwise."""

    step: Step
    why_not: str = ""


@dataclass(frozen=True)
class WindowPage:
    registered: RegisteredWindow
    check: CheckView
    steps: tuple[PossibleStep, ...]
    trail: tuple[TrailEntry, ...]
    names: Names
    past_checks: tuple[Receipt, ...]
    becauses: tuple[Because | None, ...]
    """Of each entry of the trail the change that caused it, where one did."""
    held_because: Because | None
    """What put it on hold, of a window that is."""
    again_because: tuple[Because, ...]
    """The changes for which it still has to be checked again."""
    word: WindowPromises
    alarms: tuple[Alarm, ...]
    """What is wrong with it while it runs."""
    waivers: tuple[WaiverRecord, ...]
    limits: tuple[NoticeLimit, ...]
    """Until when it can be announced, while that is still to be done: to each customer; a supplier reads the strictest only."""
    announced: Instant

    @property
    def is_late(self) -> bool:
        """Somebody would hear of it later than was agreed."""
        return any(one.is_late(self.announced) for one in self.limits)


@dataclass(frozen=True)
class WindowList:
    windows: Sequence[RegisteredWindow]
    verdicts: Mapping[str, Verdict]
    names: Names
    is_cut: bool

    def first_occurrence(self, registered: RegisteredWindow) -> WindowOccurrence:
        """When it is, or of a series the first time."""
        return dated(registered.window).occurrences[0]


def window_page(work: Work, window_id: str) -> WindowPage:
    """The page of a window the actor may see, as far as he may know it."""
    registered = windows.load(work, window_id)
    view, done = view_check(work, registered.window), runs.of_window(work, window_id)
    every = trail.entries(work, "window", window_id)
    entries = disclose_trail(every, work.actor)
    telling = Telling(work)
    becauses = [telling.of(read_because(entry.facts)) for entry in every]
    held = [one for one, entry in zip(becauses, every, strict=True) if entry.action == "window.held"]
    again = telling.of_all(because_of(run) for run in rechecks.waiting_for(work, window_id))
    told = [one for one in (*becauses, *again) if one]
    limits = _limits(work, registered)
    consents = tuple(waivers.of_window(work, window_id))
    word = window_promises(work, registered)
    return WindowPage(
        registered=disclose_window(registered, work.actor),
        check=view,
        steps=tuple(_steps(work, registered, view, done)),
        trail=entries,
        alarms=alarms_now(work, done),
        names=names_of_becauses(
            work,
            told,
            party_ids={
                registered.window.supplier,
                *word.parties,
                *(one.customer for one in limits),
                *(one.customer for one in consents),
            },
            service_ids=registered.window.services,
            peak_ids={one.about.peak for one in consents},
            person_ids={one for one in (*(entry.person for entry in entries), *(one.decided_by for one in consents)) if one},
        ),
        past_checks=tuple(past_checks(work, window_id)),
        becauses=tuple(becauses),
        held_because=held[-1] if held and registered.state is State.ON_HOLD else None,
        again_because=again,
        waivers=consents,
        limits=limits,
        announced=notice.announced(work, registered),
        word=word,
    )


def _limits(work: Work, registered: RegisteredWindow) -> tuple[NoticeLimit, ...]:
    if registered.state not in TO_BE_ANNOUNCED or work.actor.kind is PartyKind.CUSTOMER:
        return ()
    found = notice.limits_of(work, registered, windows.reached_by(work, [registered.id]).get(registered.id, ()))
    if work.actor.kind is PartyKind.SUPPLIER:
        return tuple(replace(one, customer=NOBODY) for one in found[:1])
    return tuple(found)


def window_list(work: Work, chosen: Filter) -> WindowList:
    """The windows of a filter that the actor may see; a customer is told no verdicts of others."""
    found = windows.visible_windows(work, chosen, windows.PAGE + 1)
    shown = found[: windows.PAGE]
    known = receipts.latest_verdicts(work, [one.id for one in shown]) if work.actor.kind is not PartyKind.CUSTOMER else {}
    told = [disclose_window(one, work.actor) for one in shown]
    return WindowList(told, known, load_names(work), len(found) > len(shown))


def choices(work: Work) -> Names:
    """The services somebody may propose a window for, with their suppliers."""
    return load_names(work)


def _steps(work: Work, registered: RegisteredWindow, view: CheckView, done: Runs) -> Sequence[PossibleStep]:
    """A button where a step is possible, a reason in words where it would be but for something."""
    facts = Facts(
        type=registered.window.type,
        verdict=view.shown.verdict,
        approver_is_submitter=work.actor.id in {registered.submitted_by, registered.created_by},
        emergency_authority=work.actor.has_emergency_authority,
        advisory_acknowledged=True,
        has_rollback_plan=bool(registered.rollback_plan.strip()),
        start_in_past=bool(view.occurrences) and view.occurrences[0].planned.start < work.now,
        reason="given on the form",
    )
    found = []
    for step in BUTTONS:
        state, asked = registered.state, replace(facts, start_in_past=False) if step is Step.RESCHEDULE else facts
        if step in RUNNING:
            state, asked = tried_in(work, registered, done, step)
        try:
            lifecycle.step(state, step, work.actor.step_role, asked)
            found.append(PossibleStep(step))
        except Refusal as refusal:
            if refusal.code not in NOT_FOR_NOW:
                found.append(PossibleStep(step, refusal.code))
    return found
