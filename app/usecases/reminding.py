"""The worker looks after promises: it reminds at two thirds of the time, and says it once when one was missed."""

from app.domain.lifecycle import State
from app.domain.promises import Occasion, runs_over
from app.domain.register import RegisteredWindow
from app.store import promises, trail, windows
from app.store.database import Work
from app.store.turnstile import take_turn
from app.store.windows import Filter
from app.usecases.promised_by_steps import promise

A_TURN = 50
"""Promises that one transaction is about, so that nobody waits long for it."""


def look_after(work: Work) -> int:
    """Remind, note and promise what is due now, each exactly once however many workers look. Tells how many that were."""
    if not promises.is_any_due(work) and not _overrunning(work):
        return 0
    take_turn(work)
    return _remind(work) + _note_missed(work) + _promise_overruns(work)


def _remind(work: Work) -> int:
    """Who made it is shown that it is nearly due."""
    due = promises.to_remind(work, A_TURN)
    promises.mark_reminded(work, [one.id for one in due])
    return len(due)


def _note_missed(work: Work) -> int:
    missed = promises.to_note(work, A_TURN)
    promises.mark_missed(work, [one.id for one in missed])
    for one in missed:
        trail.append(work, "promise.missed", "promise", one.window, by=one.by, to=one.to, occasion=one.occasion)
    return len(missed)


def _promise_overruns(work: Work) -> int:
    """Work that goes on after its planned end: the next update comes soon, to both sides."""
    overrunning = _overrunning(work)
    for one in overrunning:
        sides = promises.sides_of(work, one)
        if sides is not None:
            promise(work, one, sides, Occasion.OVERRUN)
    return len(overrunning)


def _overrunning(work: Work) -> list[RegisteredWindow]:
    going_on = windows.visible_windows(work, Filter(states=frozenset({State.IN_PROGRESS})))
    late = [one for one in going_on if runs_over(one, work.now)]
    return [one for one in late if not promises.has_promised(work, one.id, Occasion.OVERRUN)]
