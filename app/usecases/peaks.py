"""A customer registers a peak, changes it, or takes it away."""

import re
import unicodedata
from dataclasses import dataclass, replace

from app.domain.access import Right, require
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.occurrences import occurrences_meeting
from app.domain.peaks import Peak
from app.domain.refusal import Refusal
from app.domain.register import Name, RegisteredPeak
from app.domain.soundness import require_scope, require_sound_rule
from app.domain.spans import Span
from app.store import parties, peaks, trail
from app.store.database import Work
from app.store.turnstile import take_turn

LONGEST_BUSY_DAYS = 400
MOST_PEAKS = 500
LOOKED_AHEAD = 10 * 366 * 24 * 3600
"""A rule that has no date within ten years is taken for a mistake."""


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
    peak = require_sound_peak(work, replace(draft.peak, customer=work.actor.party, id=_new_id(work, draft.name.en)))
    registered = RegisteredPeak(peak, draft.name, draft.consequence)
    peaks.add(work, registered)
    trail.append(work, "peak.registered", "peak", peak.id)
    return registered


def change_peak(work: Work, peak_id: str, draft: PeakDraft, seen_version: int) -> RegisteredPeak:
    """Change a peak; the old dates are gone and the new ones count from now on."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = _seen(work, peak_id, seen_version)
    peak = require_sound_peak(work, replace(draft.peak, customer=known.peak.customer, id=peak_id))
    changed = RegisteredPeak(peak, draft.name, draft.consequence, known.version + 1)
    peaks.save(work, changed)
    trail.append(work, "peak.changed", "peak", peak_id, version=changed.version)
    return changed


def remove_peak(work: Work, peak_id: str, reason: str, seen_version: int) -> None:
    """Take a peak away, on the record; its id is never used again."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = _seen(work, peak_id, seen_version)
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    peaks.save(work, replace(known, version=known.version + 1, removed_at=work.now))
    trail.append(work, "peak.removed", "peak", peak_id, reason.strip())


def require_sound_peak(work: Work, peak: Peak) -> Peak:
    """A peak about services its customer uses, with a rule that can be dated, happens, and does not last for ever."""
    require_scope(peak, parties.uses_of(work, peak.customer))
    require_sound_rule(peak, NATIONAL_CALENDARS)
    ahead = Span(work.now - peaks.HORIZON_BACK, work.now + LOOKED_AHEAD)
    found = occurrences_meeting(peak, ahead, NATIONAL_CALENDARS) if peak.enabled else []
    if peak.enabled and not found:
        raise Refusal("never_happens", "rule")
    longest = max(((one.last_day - one.first_day).days + 1 for one in found), default=0)
    if longest > LONGEST_BUSY_DAYS:
        raise Refusal("busy_too_long", "rule", most=LONGEST_BUSY_DAYS, days=longest)
    return peak


def _seen(work: Work, peak_id: str, seen_version: int) -> RegisteredPeak:
    known = peaks.load(work, peak_id)
    if known.version != seen_version:
        raise Refusal("changed_meanwhile")
    return known


def _new_id(work: Work, name: str) -> str:
    """`ZONNEKROON:mothers-day`, with a number when that was ever given out."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "peak"
    base = f"{work.actor.party}:{slug}"
    numbered = (f"{base}-{number}" for number in range(2, 10_000))
    return next(one for one in (base, *numbered) if not peaks.exists(work, one))
