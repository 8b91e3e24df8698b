"""A run goes wrong: it is noted once, those it concerns are told, and what it would meet by now is checked again and again."""

from dataclasses import replace

from app.domain import moved
from app.domain.access import SYSTEM
from app.domain.causes import Cause
from app.domain.conflicts import check
from app.domain.lifecycle import Step
from app.domain.overlays import Overlay, alarms
from app.domain.register import RegisteredWindow
from app.domain.relevance import relevant
from app.domain.running import MINUTE, Run
from app.domain.verdict import Verdict
from app.domain.windows import Window
from app.store import receipts, runs, trail, windows
from app.store.database import Work
from app.store.receipts import Found
from app.store.situations import load_situation
from app.store.turnstile import take_turn
from app.usecases.promised_by_steps import after_overrun
from app.usecases.recording import keep_checks
from app.usecases.telling import tell_of_window

LOOKS_AGAIN = 5 * MINUTE
"""How often what exceeds its exposure is checked, and how far ahead each look reaches."""


def watch_runs(work: Work) -> int:
    """The worker's step: note what is newly wrong with the runs that go on. Tells how many things it noted."""
    if not any(_is_due(one, work.now) for one in runs.going_on(work)):
        return 0
    take_turn(work)
    ours = replace(work, actor=SYSTEM)
    return sum(_watch(ours, one) for one in runs.going_on(ours) if _is_due(one, work.now))


def _is_due(run: Run, now: int) -> bool:
    found = {str(one.overlay) for one in alarms(run, now)}
    return bool(found - run.alarms) or (Overlay.EXPOSURE_EXCEEDED in found and _is_look_due(run, now))


def _is_look_due(run: Run, now: int) -> bool:
    return run.looked_at is None or now - run.looked_at >= LOOKS_AGAIN


def _watch(work: Work, run: Run) -> int:
    known = windows.load(work, run.window)
    found = alarms(run, work.now)
    new = [one for one in found if str(one.overlay) not in run.alarms]
    watched = replace(run, alarms=run.alarms | {str(one.overlay) for one in new})
    for one in new:
        action = f"window.{one.overlay}"
        trail.append(work, action, "window", known.id, occurrence=run.occurrence, since=one.since)
        tell_of_window(work, known, action)
        if one.overlay is Overlay.OVERRUN:
            after_overrun(work, known)
    if any(one.overlay is Overlay.EXPOSURE_EXCEEDED for one in found) and _is_look_due(run, work.now):
        _look_again(work, known, run)
        watched = replace(watched, looked_at=work.now)
    runs.save(work, watched)
    return len(new)


def _look_again(work: Work, known: RegisteredWindow, run: Run) -> None:
    """The same check as ever, of the window as long as it lasts by now and until the next look."""
    window, before = _as_it_goes(known.window, run, work.now), receipts.latest(work, [known.id])
    situation = load_situation(work, [window])
    result = check([window], situation)
    keep_checks(work, [(known, Found(window, Cause(Step.RECHECK), result, relevant([window], situation)))], before)
    was = before[known.id].verdict if known.id in before else Verdict.CLEAR
    if result.verdict.rank > was.rank:
        trail.append(work, "window.worse", "window", known.id, verdict=result.verdict)


def _as_it_goes(window: Window, run: Run, now: int) -> Window:
    late = now + LOOKS_AGAIN - run.planned.end
    return replace(moved.at(window, run.planned), rollback_minutes=-(-late // MINUTE))
