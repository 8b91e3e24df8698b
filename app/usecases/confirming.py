"""A planner says that all of the customer's peaks are still right."""

from app.domain.access import Right, require
from app.domain.freshness import fingerprint_of_peaks
from app.domain.refusal import Refusal
from app.store import confirmations, peaks, trail
from app.store.database import Work
from app.store.turnstile import take_turn


def confirm_peaks(work: Work, seen: str) -> None:
    """What was looked at is right; `seen` tells whether it is still so."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    if fingerprint_of_peaks(peaks.visible_peaks(work, work.actor.party)) != seen:
        raise Refusal("changed_meanwhile")
    confirmations.add(work)
    trail.append(work, "peaks.confirmed", "party", work.actor.party)
