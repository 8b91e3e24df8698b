"""A window took a step: what is told by that, what is promised because of it, and what nobody waits for any more.

What ends a window is itself news. It is told to the customers that wait, and to its supplier when the integrator decided so:
that keeps what was promised to them, in time or late. Whatever else was promised is withdrawn.
"""

from collections.abc import Collection
from dataclasses import replace

from app.domain.access import SYSTEM, PartyKind
from app.domain.lifecycle import TERMINAL, State
from app.domain.messages import Facts
from app.domain.promises import ANSWERS, AT_ONCE, ENDED, NOT_ASKED, PROMISED, TERMS, News, Occasion, Promise, Sides, Update, due_at
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Instant
from app.store import parties, promises
from app.store.database import Work
from app.store.promises import Told

OF_ONE_OCCURRENCE = {"window.started": State.IN_PROGRESS, "window.finished": State.IMPLEMENTED}
"""Of a series each occurrence is started and finished, while the state of the window stays."""


def after_step(work: Work, was: State, after: RegisteredWindow, action: str) -> None:
    """Part of the step itself, in its transaction, behind the turnstile. `action` is how the trail calls it."""
    ours = replace(work, actor=SYSTEM)
    sides = promises.sides_of(ours, after)
    arrived = OF_ONE_OCCURRENCE.get(action, after.state)
    if sides is None or was is arrived:
        return
    _tell(ours, after, arrived, sides, is_integrators=work.actor.kind is PartyKind.INTEGRATOR)
    if was is State.WAIVER_REQUESTED:
        nobody_is_asked(ours, after.id, None)
    if arrived in PROMISED:
        _promise(ours, after, sides, PROMISED[arrived])
    if arrived in TERMINAL:
        promises.withdraw(ours, [one.id for one in promises.of_window(ours, after.id) if one.is_unanswered], ENDED)


def after_overrun(work: Work, registered: RegisteredWindow) -> None:
    """The work goes on after its planned end: the next word comes soon, to both sides."""
    sides = promises.sides_of(work, registered)
    if sides is not None:
        _promise(work, registered, sides, Occasion.OVERRUN)


def _promise(work: Work, registered: RegisteredWindow, sides: Sides, occasion: Occasion) -> None:
    """What the system promises in the name of each side on that occasion."""
    due, wanted = due_at(occasion, registered.window.type, work.now, _next_start(work, registered)), TERMS[occasion].wanted
    made = [Promise(registered.id, by, to, occasion, wanted, work.now, due) for by, to in sides.of(occasion)]
    promises.add(work, made)


def decision_is_awaited(work: Work, registered: RegisteredWindow, customers: Collection[str], decide_by: Instant) -> None:
    """Who is asked for a waiver has promised its decision by that date."""
    sides = promises.sides_of(work, registered)
    if sides is not None:
        pairs = replace(sides, customers=customers).of(Occasion.WAIVER)
        promises.add(work, [Promise(registered.id, by, to, Occasion.WAIVER, News.CONTENT, work.now, decide_by) for by, to in pairs])


def keeps_promise(work: Work, window_id: str, customer: str) -> None:
    """A customer's answer is what it promised."""
    integrator = parties.integrator(work)
    if integrator is not None:
        _answered(work, Told(window_id, customer, {integrator}))


def nobody_is_asked(work: Work, window_id: str, customer: str | None) -> None:
    """No decision is waited for any more: of this customer, or of none."""
    waiting = [one for one in promises.of_window(work, window_id) if one.is_unanswered and one.occasion is Occasion.WAIVER]
    promises.withdraw(work, [one.id for one in waiting if customer in {None, one.by}], NOT_ASKED)


def facts_of(work: Work, registered: RegisteredWindow, by: str) -> Facts:
    """What every message about a promise or an update says: of which window it is, in its title, and who speaks."""
    title = registered.title.by_language
    path = f"/windows/{registered.id}"
    return {"window": registered.id, "title": title, "by": parties.party_name(work, by), "path": path}


def _tell(work: Work, after: RegisteredWindow, arrived: State, sides: Sides, *, is_integrators: bool) -> None:
    if is_integrators and arrived in ANSWERS:
        kind = News.PROCESS if arrived is State.WAIVER_REQUESTED else News.CONTENT
        _told(work, Told(after.id, sides.integrator, {sides.supplier}), arrived, kind)
    if arrived is State.IMPLEMENTED:
        _told(work, Told(after.id, sides.supplier, {sides.integrator}), arrived, News.CONTENT)
    if arrived in TERMINAL - {State.CLOSED, State.EXPIRED}:
        waiting = {one.to for one in promises.of_window(work, after.id) if one.is_unanswered and one.by == sides.integrator}
        concerned = (waiting - {sides.supplier}) | set(sides.customers if arrived is State.CANCELLED else ())
        _told(work, Told(after.id, sides.integrator, concerned), arrived, News.CONTENT)


def _told(work: Work, told: Told, arrived: State, kind: News) -> None:
    if not told.to:
        return
    promises.add_update(work, Update(told.window, told.by, tuple(sorted(told.to)), kind, work.now, state=arrived))
    _answered(work, told)


def _answered(work: Work, told: Told) -> None:
    """A promise of this very second was not waited for: it is withdrawn, neither kept nor missed."""
    promises.answer(work, told, work.now)
    promises.withdraw(work, [one.id for one in promises.unanswered_of(work, told)], AT_ONCE)


def _next_start(work: Work, registered: RegisteredWindow) -> Instant | None:
    return min((one.planned.start for one in dated(registered.window).occurrences if one.planned.start > work.now), default=None)
