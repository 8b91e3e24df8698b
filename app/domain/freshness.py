"""Are a customer's peaks still right? When that is asked: a calendar that nobody looks after is not an empty one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from app.domain.occurrences import Occurrence, occurrences
from app.domain.peaks import Peak
from app.domain.register import RegisteredPeak
from app.domain.spans import Instant
from app.domain.walltime import local_day
from app.domain.workdays import Calendars

YEAR = timedelta(days=366)
A_YEAR = 366 * 24 * 3600
AHEAD = timedelta(days=90)
"""So long before a list of dates ends, or nothing more is known to come, it is asked."""


class DoubtKind(StrEnum):
    """not_confirmed: for a year; nothing_ahead: no date beyond 90 days; ends_soon: a list of dates; gone: had dates last year."""

    NOT_CONFIRMED = "not_confirmed"
    NOTHING_AHEAD = "nothing_ahead"
    ENDS_SOON = "ends_soon"
    GONE = "gone"


@dataclass(frozen=True, order=True)
class Doubt:
    """Why it is asked; `peak` names the one it is about, empty for all of them."""

    kind: DoubtKind
    peak: str = ""


def doubts(
    peaks: Sequence[Peak], known_since: Instant, confirmed_at: Instant | None, now: Instant, calendars: Calendars
) -> list[Doubt]:
    """Why a customer is asked now; nothing when there is no doubt.

    `known_since` is when the first peak was entered. What was already so when it was last confirmed has been answered.
    """
    found = _doubts_at(peaks, now, calendars)
    if confirmed_at is not None:
        found -= _doubts_at(peaks, confirmed_at, calendars)
    if peaks and now - (known_since if confirmed_at is None else confirmed_at) >= A_YEAR:
        found.add(Doubt(DoubtKind.NOT_CONFIRMED))
    return sorted(found)


def last_and_next(peak: Peak, now: Instant, calendars: Calendars) -> tuple[list[Occurrence], list[Occurrence]]:
    """What a peak had in the past year and has in the next, by the anchor's day in its zone; today is the first of the next."""
    today = local_day(now, peak.zone)
    found = occurrences(peak, today - YEAR, today + YEAR, calendars)
    return [one for one in found if one.anchor < today], [one for one in found if one.anchor >= today]


def fingerprint_of_peaks(known: Iterable[RegisteredPeak]) -> str:
    """The same for the same versions of the same peaks: tells whether what somebody looked at is still so."""
    return sha256(repr(sorted((one.peak.id, one.version) for one in known)).encode()).hexdigest()[:32]


def _doubts_at(peaks: Sequence[Peak], now: Instant, calendars: Calendars) -> set[Doubt]:
    found = set()
    furthest = timedelta()
    for peak in (one for one in peaks if one.enabled):
        before, after = last_and_next(peak, now, calendars)
        today = local_day(now, peak.zone)
        furthest = max(furthest, after[-1].anchor - today if after else timedelta())
        if before and not after:
            found.add(Doubt(DoubtKind.GONE, peak.id))
        elif peak.horizon_until is not None and peak.horizon_until - today < AHEAD:
            found.add(Doubt(DoubtKind.ENDS_SOON, peak.id))
    if furthest < AHEAD:
        found.add(Doubt(DoubtKind.NOTHING_AHEAD))
    return found
