"""A customer registers a peak, changes it, or takes it away."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.access import Right, require
from app.domain.naming import ids_for
from app.domain.occurrences import changed_dates
from app.domain.peaks import Peak
from app.domain.refusal import Refusal
from app.domain.register import Name, RegisteredPeak
from app.domain.soundness import require_sound_peak
from app.store import occurrences, parties, peaks, trail
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases.rechecking import after_peak
from app.usecases.waiving import lapse_of_peak

MOST_PEAKS = 500


@dataclass(frozen=True)
class PeakDraft:
    """What a planner fills in; `peak.customer` and `peak.id` are given by the use case."""

    peak: Peak
    name: Name
    consequence: str


def register_peak(work: Work, draft: PeakDraft) -> RegisteredPeak:
    """Register a peak of the planner's own organisation."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    if len(peaks.visible_peaks(work)) >= MOST_PEAKS:
        raise Refusal("too_many_peaks", most=MOST_PEAKS)
    peak = _sound(work, replace(draft.peak, customer=work.actor.party, id=new_peak_id(work, draft.name.en)))
    registered = RegisteredPeak(peak, draft.name, draft.consequence)
    peaks.add(work, registered)
    trail.append(work, "peak.registered", "peak", peak.id)
    after_peak(work, "peak.registered", None, peak)
    return registered


def change_peak(work: Work, peak_id: str, draft: PeakDraft, seen_version: int) -> RegisteredPeak:
    """Change a peak; the new dates count from now on. A name that was not retyped keeps its two languages.

    What is the same as before is not written again. When only dates changed, waivers for the other dates stay.
    """
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = seen_peak(work, peak_id, seen_version)
    peak = _sound(work, replace(draft.peak, customer=known.peak.customer, id=peak_id))
    name = known.name if draft.name.en in {known.name.nl, known.name.en} else draft.name
    changed = RegisteredPeak(peak, name, draft.consequence, known.version + 1)
    if changed == replace(known, version=changed.version):
        return known
    peaks.save(work, changed)
    lapse_of_peak(work, peak_id, _other_dates(work, known, changed))
    trail.append(work, "peak.changed", "peak", peak_id, version=changed.version)
    after_peak(work, "peak.changed", known.peak, peak)
    return changed


def remove_peak(work: Work, peak_id: str, reason: str, seen_version: int) -> None:
    """Take a peak away, on the record; its id is never used again."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = seen_peak(work, peak_id, seen_version)
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    peaks.save(work, replace(known, version=known.version + 1, removed_at=work.now))
    lapse_of_peak(work, peak_id)
    trail.append(work, "peak.removed", "peak", peak_id, reason.strip())
    after_peak(work, "peak.removed", known.peak, None)


def _other_dates(work: Work, known: RegisteredPeak, changed: RegisteredPeak) -> set[date] | None:
    """The dates that are not what they were; None when more than the rule has changed: then none is."""
    as_before = replace(changed, version=known.version, peak=replace(changed.peak, rule=known.peak.rule, horizon_until=None))
    if as_before != replace(known, peak=replace(known.peak, horizon_until=None)):
        return None
    return changed_dates(known.peak, changed.peak, occurrences.horizon(work.now), load_calendars(work, {changed.peak.customer}))


def _sound(work: Work, peak: Peak) -> Peak:
    require_sound_peak(peak, parties.uses_of(work, peak.customer), work.now, load_calendars(work, {peak.customer}))
    return peak


def seen_peak(work: Work, peak_id: str, seen_version: int) -> RegisteredPeak:
    """The peak, if it is still what somebody looked at."""
    known = peaks.load(work, peak_id)
    if known.version != seen_version:
        raise Refusal("changed_meanwhile")
    return known


def new_peak_id(work: Work, name: str) -> str:
    """`ZONNEKROON:mothers-day`, with a number when that was ever given out."""
    return next(one for one in ids_for(work.actor.party, name, "peak") if not peaks.exists(work, one))
