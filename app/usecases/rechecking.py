"""Something changed: which approved windows does it touch, and what does the check say of them now?

The change itself writes down which windows have to be checked again, in its own transaction. A few are checked there and
then; many are left to the worker, a few at a time, each time whole. What dies in the middle has lost nothing: what was not
marked as done still waits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain import lifecycle
from app.domain.access import SYSTEM
from app.domain.causes import Cause, Change, Kind, Outcome, because_of, write_because
from app.domain.conflicts import check
from app.domain.cover import cover
from app.domain.lifecycle import COMMITTED, Facts, State, Step, StepRole
from app.domain.near import busy_within, windows_meeting
from app.domain.peaks import Peak
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Runs, Span, hull
from app.domain.verdict import Verdict
from app.store import experts, receipts, rechecks, trail, windows
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.receipts import Found, Receipt
from app.store.rechecks import WATCHED, Waiting
from app.store.situations import load_each
from app.store.turnstile import take_turn
from app.usecases.recording import keep_checks, record
from app.usecases.waiving import lapse_along

AT_ONCE = 20
"""Windows that are checked again in the transaction of the change: with 500 customers some 0.3 seconds, in which nobody
else can write; a second where each of them reaches hundreds. Mostly a peak touches fewer than ten."""

A_TURN = 50
"""Windows the worker checks again in one transaction. Those near in time are loaded together, which pays up to here."""

EASED = frozenset({"absence.shortened", "absence.ended"})
"""Changes of an absence that leave nobody worse covered than before."""


def after_peak(work: Work, action: str, before: Peak | None, after: Peak | None) -> None:
    """A peak came, changed or went: the windows that reach its customer and meet it in time, as it was or as it is."""
    ours = replace(work, actor=SYSTEM)
    versions = [peak for peak in (before, after) if peak is not None]
    known = versions[0]
    reaching, calendars = rechecks.reaching(ours, known.customer), load_calendars(ours, {known.customer})
    near: set[str] = set()
    for peak in versions if reaching else ():
        busy = busy_within(peak, hull(reaching.values()), calendars)
        maybe = windows.loaded(ours, [one for one, span in reaching.items() if busy.meet(span)])
        near |= {one.id for one in windows_meeting(busy, maybe.values()) if peak.concerns(one.window)}
    _order(work, Change(Kind.PEAK, known.id, known.customer, action), near)


def after_calendar(work: Work, action: str, name: str, owner: str, customers: Iterable[str]) -> None:
    """A working-day calendar was put right that peaks of these customers count with."""
    _order(work, Change(Kind.CALENDAR, name, owner, action), rechecks.ids_reaching(work, customers))


def after_chain(work: Work, change: Change, services: Iterable[str]) -> None:
    """What these services need, or who uses them, has changed: the windows on them, or on anything beneath them.

    Of a requirement that came or went the members count too, for what was beneath the service by way of them.
    """
    services = frozenset(services)
    lapse_along(work, services)
    _order(work, change, rechecks.ids_beneath(work, services))


def after_absence(work: Work, change: Change, services: Iterable[str], span: Span) -> None:
    """An expert of these services is away then, or is not after all."""
    touched = windows_meeting(Runs([span]), rechecks.on_services(replace(work, actor=SYSTEM), services, span))
    _order(work, change, (one.id for one in touched))


def after_window(work: Work, action: str, before: RegisteredWindow, after: RegisteredWindow) -> None:
    """A window began to count, moved or ceased to: the others at its time with which it can take something down."""
    counting = [dated(one.window) for one in (before, after) if one.state in COMMITTED]
    exposed = [occurrence.exposed for one in counting for occurrence in one.occurrences]
    if not exposed or (before.window == after.window and len(counting) == len((before, after))):
        return
    services = before.window.services | after.window.services
    others = rechecks.sharing_a_chain(replace(work, actor=SYSTEM), services, hull(exposed))
    touched = {one.id for one in windows_meeting(Runs(exposed), others)} - {after.id}
    _order(work, Change(Kind.WINDOW, after.id, after.window.supplier, action), touched)


def go_on(work: Work, most: int = A_TURN) -> int:
    """The worker's step: check the windows again that have waited longest. Tells how many that were."""
    if not rechecks.is_any_waiting(work):
        return 0
    take_turn(work)
    taken = rechecks.next_waiting(work, most)
    _carry_out(work, taken)
    return len(taken)


def give_up(work: Work) -> int:
    """Say of the window whose turn it is that it could not be checked, so that it does not keep the others waiting."""
    take_turn(work)
    for waiting in rechecks.next_waiting(work, 1):
        rechecks.done(work, {waiting: Outcome.FAILED})
        trail.append(work, "window.failed", "window", waiting.window, cause=write_because(because_of(waiting.run)))
    return 1


def _order(work: Work, change: Change, touched: Iterable[str]) -> None:
    """Part of the change itself, behind the turnstile. The change is somebody's, what it does to others is nobody's."""
    run = rechecks.order(work, change, touched)
    if 0 < run.windows <= AT_ONCE:
        _carry_out(work, rechecks.next_waiting(work, AT_ONCE, run.number))


def _carry_out(work: Work, taken: Sequence[Waiting]) -> None:
    """As if one came after the other. What goes on hold counts no longer, so those after it are looked at anew."""
    ours, left = replace(work, actor=SYSTEM), list(taken)
    while left:
        outcomes = _again(ours, _of_different_windows(left))
        rechecks.done(ours, outcomes)
        left = left[len(outcomes) :]


def _of_different_windows(waiting: Sequence[Waiting]) -> list[Waiting]:
    """The first ones, up to where a window comes again."""
    seen: dict[str, Waiting] = {}
    for one in waiting:
        if one.window in seen:
            break
        seen[one.window] = one
    return list(seen.values())


def _again(work: Work, waiting: Sequence[Waiting]) -> dict[Waiting, Outcome]:
    """What becomes of these windows, up to the first that goes on hold."""
    ids = [one.window for one in waiting]
    known, before = windows.loaded(work, ids), receipts.latest(work, ids)
    watched = [one for one in waiting if _is_watched(work, known[one.window])]
    looked: dict[Waiting, Found] = {}
    for one, situation in zip(watched, load_each(work, [known[one.window].window for one in watched]), strict=True):
        window, change = known[one.window].window, one.run.change
        result = check([window], situation)
        looked[one] = Found(window, Cause(Step.RECHECK, change.kind, change.id), result, situation)
        if _is_held(known[one.window], result.verdict):
            break
    keep_checks(work, [(known[found.window.id], found) for found in looked.values()], before)
    outcomes: dict[Waiting, Outcome] = {}
    for one in waiting:
        outcomes[one] = _outcome(work, known[one.window], one, looked[one], before) if one in looked else Outcome.GONE
        if outcomes[one] is Outcome.HELD:
            break
    return outcomes


def _is_watched(work: Work, known: RegisteredWindow) -> bool:
    span = dated(known.window).span
    return known.state in WATCHED and span is not None and span.end > work.now


def _outcome(work: Work, known: RegisteredWindow, waiting: Waiting, found: Found, before: Mapping[str, Receipt]) -> Outcome:
    """What became worse, and at least *needs waiver*, goes on hold; nothing else moves: its owner chooses."""
    verdict, change = found.result.verdict, waiting.run.change
    if _is_held(known, verdict):
        _hold(work, known, waiting, verdict)
        return Outcome.HELD
    was = before[known.id].verdict if known.id in before else known.approved_verdict
    outcome = _compared(was or Verdict.CLEAR, verdict)
    if change.kind is Kind.ABSENCE and change.action not in EASED and _is_uncovered(work, known):
        _note(work, "window.uncovered", known, waiting, verdict)
        return Outcome.WORSE
    if outcome is not Outcome.SAME:
        _note(work, f"window.{outcome}", known, waiting, verdict)
    return outcome


def _is_held(known: RegisteredWindow, verdict: Verdict) -> bool:
    if known.state is not State.APPROVED:
        return False
    facts = Facts(type=known.window.type, verdict=verdict, approved_verdict=known.approved_verdict or Verdict.CLEAR)
    return lifecycle.step(known.state, Step.RECHECK, StepRole.SYSTEM, facts) is State.ON_HOLD


def _hold(work: Work, known: RegisteredWindow, waiting: Waiting, verdict: Verdict) -> None:
    held = replace(known, state=State.ON_HOLD, sequence=known.next_sequence)
    held = record(work, held, known.version, "window.held", verdict=verdict, cause=write_because(because_of(waiting.run)))
    after_window(work, "window.held", known, held)


def _note(work: Work, action: str, known: RegisteredWindow, waiting: Waiting, verdict: Verdict) -> None:
    trail.append(work, action, "window", known.id, verdict=verdict, cause=write_because(because_of(waiting.run)))


def _compared(was: Verdict, now: Verdict) -> Outcome:
    if was is now:
        return Outcome.SAME
    return Outcome.WORSE if now.rank > was.rank else Outcome.BETTER


def _is_uncovered(work: Work, known: RegisteredWindow) -> bool:
    """Whether somewhere in what is exposed too few experts can be reached."""
    exposures = [one.exposed for one in dated(known.window).occurrences]
    services = known.window.services
    knowing, required = experts.experts_for(work, services), experts.required_for(work, services)
    return bool(cover(services, exposures, knowing, required).gaps)
