"""A planner takes one date out of a peak, moves it, or suspends the peak for a while; and puts that back."""

from dataclasses import replace

from app.domain.access import Right, require
from app.domain.notation.exceptions import write_exception
from app.domain.peak_exceptions import PeakException, TakenOut, excepted, put_back, touched
from app.domain.peaks import Move, Peak
from app.domain.refusal import Refusal
from app.domain.register import RegisteredPeak
from app.domain.walltime import local_day
from app.store import peak_exceptions, peaks, trail
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases.peaks import seen_peak
from app.usecases.rechecking import after_peak
from app.usecases.waiving import lapse_of_peak


def make_exception(work: Work, peak_id: str, what: PeakException, reason: str, seen_version: int) -> None:
    """An exception counts from now on, with who made it and why; waivers of the dates it touches lapse."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = seen_peak(work, peak_id, seen_version)
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    after = excepted(known.peak, what, local_day(work.now, known.peak.zone), load_calendars(work, {known.peak.customer}))
    peak_exceptions.add(work, peak_id, what, reason.strip())
    _save(work, known, after, what)
    trail.append(work, _action(what), "peak", peak_id, reason.strip(), **write_exception(what))
    after_peak(work, _action(what), known.peak, after)


def put_exception_back(work: Work, peak_id: str, exception: int, seen_version: int) -> None:
    """The date is back where its rule has it, or the suspension ends today."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = seen_peak(work, peak_id, seen_version)
    record = peak_exceptions.load(work, peak_id, exception)
    after = put_back(known.peak, record.what, local_day(work.now, known.peak.zone))
    peak_exceptions.put_back(work, exception)
    _save(work, known, after, record.what)
    trail.append(work, "peak.put_back", "peak", peak_id, "", **write_exception(record.what))
    after_peak(work, "peak.put_back", known.peak, after)


def _save(work: Work, known: RegisteredPeak, after: Peak, what: PeakException) -> None:
    peaks.save(work, replace(known, peak=after, version=known.version + 1))
    lapse_of_peak(work, known.peak.id, touched(known.peak, after, what, load_calendars(work, {after.customer})))


def _action(what: PeakException) -> str:
    if isinstance(what, TakenOut):
        return "peak.date_taken_out"
    return "peak.date_moved" if isinstance(what, Move) else "peak.suspended"
