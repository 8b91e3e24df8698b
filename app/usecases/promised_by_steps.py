"""A window took a step: what is told by that, what is promised because of it, and what nobody waits for any more.

What ends a window is itself news. It is told to the customers that wait, and to its supplier when the integrator decided so:
that keeps what was promised to them, in time or late. Whatever else was promised is withdrawn.
"""

from dataclasses import replace

from app.domain.access import SYSTEM, PartyKind
from app.domain.lifecycle import TERMINAL, State
from app.domain.promises import ANSWERS, AT_ONCE, ENDED, PROMISED, TERMS, News, Occasion, Promise, Sides, Update, due_at
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Instant
from app.store import promises
from app.store.database import Work
from app.store.promises import Told


def after_step(work: Work, was: State, after: RegisteredWindow) -> None:
    """Part of the step itself, in its transaction, behind the turnstile."""
    ours = replace(work, actor=SYSTEM)
    sides = promises.sides_of(ours, after)
    if sides is None or was is after.state:
        return
    _tell(ours, after, sides, is_integrators=work.actor.kind is PartyKind.INTEGRATOR)
    if after.state in PROMISED:
        promise(ours, after, sides, PROMISED[after.state])
    if after.state in TERMINAL:
        promises.withdraw(ours, [one.id for one in promises.of_window(ours, after.id) if one.is_unanswered], ENDED)


def promise(work: Work, registered: RegisteredWindow, sides: Sides, occasion: Occasion) -> None:
    """What the system promises in the name of each side on that occasion."""
    due, wanted = due_at(occasion, registered.window.type, work.now, _next_start(work, registered)), TERMS[occasion].wanted
    made = [Promise(registered.id, by, to, occasion, wanted, work.now, due) for by, to in sides.of(occasion)]
    promises.add(work, made)


def _tell(work: Work, after: RegisteredWindow, sides: Sides, *, is_integrators: bool) -> None:
    if is_integrators and after.state in ANSWERS:
        kind = News.PROCESS if after.state is State.WAIVER_REQUESTED else News.CONTENT
        _told(work, after, Told(after.id, sides.integrator, {sides.supplier}), kind)
    if after.state is State.IMPLEMENTED:
        _told(work, after, Told(after.id, sides.supplier, {sides.integrator}), News.CONTENT)
    if after.state in TERMINAL - {State.CLOSED, State.EXPIRED}:
        waiting = {one.to for one in promises.of_window(work, after.id) if one.is_unanswered and one.by == sides.integrator}
        concerned = (waiting - {sides.supplier}) | set(sides.customers if after.state is State.CANCELLED else ())
        _told(work, after, Told(after.id, sides.integrator, concerned), News.CONTENT)


def _told(work: Work, after: RegisteredWindow, told: Told, kind: News) -> None:
    """A promise of this very second was not waited for: it is withdrawn, neither kept nor missed."""
    if not told.to:
        return
    promises.add_update(work, Update(after.id, told.by, tuple(sorted(told.to)), kind, work.now, state=after.state))
    promises.withdraw(work, [one.id for one in promises.unanswered_of(work, told)], AT_ONCE)


def _next_start(work: Work, registered: RegisteredWindow) -> Instant | None:
    return min((one.planned.start for one in dated(registered.window).occurrences if one.planned.start > work.now), default=None)
