"""A customer's peaks, one peak with its next dates, and what a peak that is being written would mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.domain.occurrences import Occurrence, known_until, occurrences
from app.domain.peaks import Peak
from app.domain.register import RegisteredPeak, TrailEntry
from app.domain.soundness import require_sound_peak
from app.domain.spans import Instant
from app.domain.walltime import local_day
from app.domain.workdays import Calendars
from app.queries.names import Names, load_names
from app.store import parties, peaks, trail
from app.store.calendars import load_calendars
from app.store.database import Work

DATES_SHOWN = 8
YEARS_AHEAD = (1, 3, 10)


@dataclass(frozen=True)
class PeakDates:
    """A peak with its next occurrences; `known_until` is where a list of dates ends, `calendars` what it was dated with."""

    peak: Peak
    next: tuple[Occurrence, ...]
    known_until: Instant | None
    calendars: Calendars


@dataclass(frozen=True)
class PeakList:
    peaks: Sequence[tuple[RegisteredPeak, PeakDates]]
    names: Names


@dataclass(frozen=True)
class PeakPage:
    registered: RegisteredPeak
    dates: PeakDates
    trail: tuple[TrailEntry, ...]
    names: Names


def peak_list(work: Work, customer: str | None = None) -> PeakList:
    """The peaks the actor may see, each with its next date."""
    found = peaks.visible_peaks(work, customer)
    calendars = load_calendars(work, {one.peak.customer for one in found})
    return PeakList([(one, peak_dates(work, one.peak, calendars, 1)) for one in found], load_names(work))


def peak_page(work: Work, peak_id: str) -> PeakPage:
    registered = peaks.load(work, peak_id)
    entries = trail.entries(work, "peak", peak_id)
    names = load_names(work, person_ids={entry.person for entry in entries if entry.person})
    calendars = load_calendars(work, {registered.peak.customer})
    return PeakPage(registered, peak_dates(work, registered.peak, calendars), tuple(entries), names)


def preview_peak(work: Work, peak: Peak) -> PeakDates:
    """What a peak that is being written would mean; refused with the field when it makes no sense."""
    calendars = load_calendars(work, {peak.customer})
    require_sound_peak(peak, parties.uses_of(work, peak.customer), work.now, calendars)
    return peak_dates(work, peak, calendars)


def own_services(work: Work) -> Names:
    """The services a planner can limit a peak to."""
    return Names(parties.visible_parties(work), parties.visible_services(work))


def peak_dates(work: Work, peak: Peak, calendars: Calendars, most: int = DATES_SHOWN) -> PeakDates:
    """Occurrences that are not over yet, nearest first; looked for further ahead only while there are too few."""
    today = local_day(work.now, peak.zone)
    coming: list[Occurrence] = []
    for years in YEARS_AHEAD:
        found = occurrences(peak, today - timedelta(days=400), today + timedelta(days=366 * years), calendars)
        coming = [one for one in found if one.last_day >= today]
        if len(coming) >= most:
            break
    return PeakDates(peak, tuple(coming[:most]), known_until(peak), calendars)
