"""A window runs: it is started, decided on at its point of no return, finished, and its services can be used again.

Of a series every occurrence has a run of its own; the window itself is in progress, and implemented, only with its last one.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.domain import lifecycle
from app.domain.access import Right, require
from app.domain.lifecycle import Facts, State, Step
from app.domain.refusal import NotFound, Refusal
from app.domain.register import RegisteredWindow
from app.domain.running import Run, is_last_occurrence, next_turn, open_run, require_past, start_facts
from app.domain.spans import Instant
from app.store import experts, runs, windows
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases.rechecking import after_window
from app.usecases.recording import record

DECISIONS = frozenset({"go", "back"})


@dataclass(frozen=True)
class Ending:
    """How an occurrence ended, and when; `usable_at` may be said later."""

    result: str
    remark: str
    finished_at: Instant
    usable_at: Instant | None = None


def start_window(work: Work, window_id: str, there: Collection[str], going_back: int | None, seen_version: int) -> Run:
    """The supplier begins the occurrence whose turn it is, with these experts of its services on the bridge.

    Not earlier than 15 minutes before the planned start (`too_early`), not after the planned end (`too_late`).
    `going_back` is how many minutes going back takes, as estimated; None is the whole rollback reserve.
    """
    require(work.actor, Right.PROPOSE)
    take_turn(work)
    known, done = windows.load(work, window_id), runs.of_window(work, window_id)
    turn = next_turn(known.window, done, work.now)
    facts = start_facts(known.window, turn, work.now, is_expert_there=bool(_on_the_bridge(work, known, there)))
    state = lifecycle.step(known.state, Step.START, work.actor.step_role, facts)
    if open_run(done):
        raise Refusal("still_running")
    run = Run(
        window=window_id,
        occurrence=turn.key,
        planned=turn.occurrence.planned,
        exposed_until=turn.occurrence.exposed.end,
        going_back=known.window.rollback_minutes if going_back is None else going_back,
        started_at=work.now,
        experts=tuple(sorted(there)),
    )
    runs.add(work, run)
    _moved_on(work, known, state if turn.is_last else known.state, seen_version, "window.started", run)
    return run


def finish_window(work: Work, window_id: str, ending: Ending, seen_version: int) -> None:
    """The supplier says how the occurrence that is going on has ended: with which result, and when."""
    require(work.actor, Right.PROPOSE)
    take_turn(work)
    known = windows.load(work, window_id)
    run = open_run(runs.of_window(work, window_id))
    facts = Facts(type=known.window.type, result=ending.result)
    state = lifecycle.step(State.IN_PROGRESS if run else known.state, Step.FINISH, work.actor.step_role, facts)
    if run is None:
        raise NotFound("run")
    finished = replace(
        run,
        result=ending.result,
        remark=ending.remark.strip(),
        finished_at=require_past(ending.finished_at, run, work.now, "finished_at"),
        usable_at=None if ending.usable_at is None else require_past(ending.usable_at, run, work.now, "usable_at"),
    )
    runs.save(work, finished)
    is_over = known.state is State.IN_PROGRESS and is_last_occurrence(known.window, run.occurrence)
    facts_kept = {"result": ending.result, "finished_at": finished.finished_at}
    _moved_on(work, known, state if is_over else known.state, seen_version, "window.finished", run, ending.remark, **facts_kept)


def say_usable(work: Work, window_id: str, occurrence: str, usable_at: Instant, seen_version: int) -> None:
    """The supplier or the integrator says since when the services can be used again; the latest word counts."""
    known, run = _running(work, window_id, occurrence)
    if known.state in lifecycle.TERMINAL:
        raise Refusal("terminal_state")
    runs.save(work, replace(run, usable_at=require_past(usable_at, run, work.now, "usable_at")))
    _moved_on(work, known, known.state, seen_version, "window.usable", run, usable_at=usable_at)


def decide_on(work: Work, window_id: str, occurrence: str, decision: str, remark: str, seen_version: int) -> None:
    """The supplier or the integrator decides to go on or to go back, while the work is going on; the latest word counts."""
    known, run = _running(work, window_id, occurrence)
    if not run.is_open:
        raise Refusal("already_finished")
    if decision not in DECISIONS:
        raise Refusal("bad_choice", "decision")
    runs.save(work, replace(run, decision=decision, decided_at=work.now))
    _moved_on(work, known, known.state, seen_version, "window.decided", run, remark, decision=decision)


def _running(work: Work, window_id: str, occurrence: str) -> tuple[RegisteredWindow, Run]:
    require(work.actor, Right.PROPOSE)
    take_turn(work)
    known, found = windows.load(work, window_id), runs.of_window(work, window_id)
    if occurrence not in found:
        raise NotFound("run")
    return known, found[occurrence]


def _on_the_bridge(work: Work, known: RegisteredWindow, there: Collection[str]) -> frozenset[str]:
    """Those who are named; refused is a name that none of the experts of these services has."""
    may_be = {one.id for one in experts.visible_experts(work, known.window.services)}
    if not may_be.issuperset(there):
        raise Refusal("bad_choice", "experts")
    return frozenset(there)


def _moved_on(
    work: Work, known: RegisteredWindow, state: State, seen_version: int, action: str, run: Run, reason: str = "", **facts: object
) -> None:
    """What calendars show of a window is its state: only with that its sequence rises."""
    sequence = known.sequence if state is known.state else known.next_sequence
    after = replace(known, state=state, sequence=sequence)
    after = record(work, after, seen_version, action, reason, occurrence=run.occurrence, **facts)
    after_window(work, action, known, after)
