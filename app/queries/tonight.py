"""What is going on now, and what begins soon? For whoever keeps watch at night."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.disclosure import disclose_run, disclose_window
from app.domain.lifecycle import State
from app.domain.overlays import Alarm, alarms, point_of_no_return, told_to_customer
from app.domain.register import RegisteredWindow
from app.domain.running import Run, next_turn
from app.domain.spans import Instant, Span
from app.queries.names import Names, load_names
from app.store import runs, windows
from app.store.database import Work
from app.store.windows import Filter

SOON = 24 * 3600
MOST = 200


@dataclass(frozen=True)
class GoingOn:
    registered: RegisteredWindow
    run: Run
    alarms: tuple[Alarm, ...]
    point_of_no_return: Instant


@dataclass(frozen=True)
class Soon:
    registered: RegisteredWindow
    planned: Span
    is_late: bool
    """It should have begun by now."""


@dataclass(frozen=True)
class Tonight:
    """Runs that go on, the gravest alarm first; then what begins within a day, by its start."""

    going_on: Sequence[GoingOn]
    soon: Sequence[Soon]
    names: Names


def tonight(work: Work) -> Tonight:
    """Of the windows the actor may see."""
    visible = {one.id: one for one in _windows(work)}
    going_on = [_going_on(work, visible[run.window], run) for run in runs.going_on(work) if run.window in visible]
    going_on.sort(key=lambda one: (min((alarm.since for alarm in one.alarms), default=2**40), one.run.planned.end))
    soon = [
        Soon(disclose_window(one, work.actor), turn.occurrence.planned, turn.occurrence.planned.start < work.now)
        for one, done in _waiting(work, visible)
        for turn in [next_turn(one.window, done, work.now)]
        if turn.occurrence.planned.end > work.now and turn.occurrence.planned.start < work.now + SOON
    ]
    suppliers = {one.registered.window.supplier for one in going_on} | {one.registered.window.supplier for one in soon}
    return Tonight(going_on, sorted(soon, key=lambda one: one.planned), load_names(work, party_ids=suppliers, service_ids=()))


def _windows(work: Work) -> Sequence[RegisteredWindow]:
    """What is exposed from now until soon, and whatever still runs though it should be over."""
    ahead = Filter(states=frozenset({State.APPROVED}), meets=Span(work.now, work.now + SOON))
    running = Filter(states=frozenset({State.IN_PROGRESS}))
    return [*windows.visible_windows(work, running, MOST), *windows.visible_windows(work, ahead, MOST)]


def _waiting(work: Work, visible: dict[str, RegisteredWindow]) -> list[tuple[RegisteredWindow, set[str]]]:
    approved = [one for one in visible.values() if one.state is State.APPROVED]
    done = runs.of_windows(work, [one.id for one in approved])
    return [(one, set(done.get(one.id, {}))) for one in approved]


def _going_on(work: Work, known: RegisteredWindow, run: Run) -> GoingOn:
    found = alarms(run, work.now)
    if work.actor.kind is PartyKind.CUSTOMER:
        found = told_to_customer(found)
    return GoingOn(disclose_window(known, work.actor), disclose_run(run, work.actor), found, point_of_no_return(run))
