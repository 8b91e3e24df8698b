"""Which approved windows does a change of a peak put on hold? Those that it hurts more than they did when they were approved."""

from dataclasses import replace

from app.domain import lifecycle
from app.domain.access import SYSTEM
from app.domain.causes import Cause
from app.domain.conflicts import check
from app.domain.lifecycle import Facts, State, Step, StepRole
from app.domain.near import windows_near
from app.domain.peaks import Peak
from app.domain.register import RegisteredWindow
from app.domain.spans import Span
from app.domain.verdict import Verdict
from app.store import receipts, trail, windows
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.situations import load_situation
from app.store.windows import Filter
from app.usecases.proposals import next_sequence

FURTHEST = 10 * 366 * 24 * 3600
MOST = 10_000


def recheck(work: Work, peak: Peak) -> None:
    """Check again every approved window ahead that reaches the peak's customer and is exposed in a busy second of it.

    Part of the change itself, behind the turnstile and in its transaction, in nobody's name. What became worse, and at
    least *needs waiver*, goes on hold; nothing else moves by itself: its owner chooses what becomes of it.
    """
    ours = replace(work, actor=SYSTEM)
    ahead = Filter(states=frozenset({State.APPROVED}), customer=peak.customer, meets=Span(work.now, work.now + FURTHEST))
    approved = windows.visible_windows(ours, ahead, MOST)
    for one in windows_near(peak, approved, load_calendars(ours, {peak.customer})):
        _again(ours, one, peak)


def _again(work: Work, known: RegisteredWindow, peak: Peak) -> None:
    situation = load_situation(work, [known.window])
    result = check([known.window], situation)
    approved = known.approved_verdict or Verdict.CLEAR
    facts = Facts(type=known.window.type, verdict=result.verdict, approved_verdict=approved)
    state = lifecycle.step(known.state, Step.RECHECK, StepRole.SYSTEM, facts)
    if state is known.state:
        return
    windows.save(work, replace(known, state=state, sequence=next_sequence(known)), known.version)
    windows.reach(work, known.id, result.customers)
    receipts.keep(work, known.window, Cause(Step.RECHECK, "peak", peak.id), result, situation)
    trail.append(work, "window.held", "window", known.id, peak=peak.id, verdict=result.verdict)
