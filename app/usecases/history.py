"""Experts, peaks and windows are taken over from another administration: what was decided there is not decided again."""

from app.domain.absences import RegisteredExpert
from app.domain.access import Right, require
from app.domain.causes import Cause
from app.domain.conflicts import check
from app.domain.promises import Promise, Update
from app.domain.register import RegisteredPeak, RegisteredWindow
from app.domain.reviews import Review
from app.domain.running import Run
from app.domain.soundness import require_scope, require_sound_rule, require_sound_window
from app.domain.waivers import WaiverRecord, ways_to
from app.store import experts, parties, peaks, promises, reviews, runs, trail, waivers, windows
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.situations import load_situation
from app.store.turnstile import take_turn
from app.usecases.recording import keep_check


def take_over_expert(work: Work, expert: RegisteredExpert) -> None:
    """Register an expert under the id he already has, with absences that may be over."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    experts.add(work, expert)
    trail.append(work, "expert.taken_over", "expert", expert.id)


def take_over_peak(work: Work, peak: RegisteredPeak) -> None:
    """Register a customer's peak under the id it already has; one that is over is taken over too."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    require_scope(peak.peak, parties.uses_of(work, peak.peak.customer))
    require_sound_rule(peak.peak, load_calendars(work, {peak.peak.customer}))
    peaks.add(work, peak)
    trail.append(work, "peak.taken_over", "peak", peak.peak.id)


def take_over_window(work: Work, window: RegisteredWindow, consents: list[WaiverRecord], story: str) -> None:
    """Register a window in the state it already has, with its waivers; the trail says that it was taken over."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    require_sound_window(window.window, parties.suppliers_of(work, window.window.services))
    windows.add(work, window)
    for one in consents:
        waivers.add(work, one)
    trail.append(work, "window.taken_over", "window", window.id, story, state=window.state)


def take_over_promise(work: Work, promise: Promise, answer: Update | None) -> None:
    """Register what was promised about a window that was taken over, with its answer if there was one."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    promises.add(work, [promise])
    if answer is not None:
        promises.add_update(work, answer)


def take_over_run(work: Work, run: Run) -> None:
    """Register how a window ran that was taken over."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    windows.load(work, run.window)
    runs.add(work, run)
    trail.append(work, "run.taken_over", "run", run.window, occurrence=run.occurrence, result=run.result)


def take_over_review(work: Work, review: Review, measured: int) -> None:
    """Register what a customer said of a window that was taken over, and what was measured for it."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    windows.load(work, review.window)
    reviews.keep(work, review)
    reviews.keep_figure(work, review.window, review.occurrence, review.customer, measured)
    trail.append(work, "review.taken_over", "review", review.window, occurrence=review.occurrence, mark=review.mark)


def check_taken_over(work: Work, window_id: str) -> None:
    """Work out whom a window that was taken over reaches, once all of them are there."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    known = windows.load(work, window_id)
    situation = load_situation(work, [known.window])
    result = check([known.window], situation)
    keep_check(work, known, Cause("take_over"), result, situation)
    for one in waivers.of_window(work, window_id):
        waivers.sign(work, one.id, ways_to(result, one.customer))
