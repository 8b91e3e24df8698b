"""A customer's peaks, one peak with its next dates, and what a peak that is being written would mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from app.domain.occurrences import Occurrence, known_until, occurrences
from app.domain.own_calendars import CalendarVersion
from app.domain.peak_exceptions import days_of, holds
from app.domain.peaks import Move, Peak
from app.domain.refusal import NotFound
from app.domain.register import ExceptionRecord, RegisteredPeak, TrailEntry
from app.domain.soundness import require_sound_peak
from app.domain.spans import Instant
from app.domain.walltime import local_day
from app.domain.workdays import Calendars
from app.queries.names import Names, load_names
from app.store import parties, peak_exceptions, peaks, subscriptions, trail
from app.store.calendars import load_calendars, visible_calendars
from app.store.database import Work

YEARS_AHEAD = 3
FURTHEST_YEARS = 10
MOST_OF_A_YEAR = 4
"""A year with more occurrences shows one less than that, and says how many more there are."""


@dataclass(frozen=True)
class PeakDates:
    """A peak with its next occurrences; `known_until` is where a list of dates ends, `calendars` what it was dated with.

    `more` says how many of the same year come after an occurrence without being shown, by its anchor. `empty_years` have
    no date, `unknown_years` lie beyond the end of the list.
    """

    peak: Peak
    next: tuple[Occurrence, ...]
    known_until: Instant | None
    calendars: Calendars
    more: Mapping[date, int] = field(default_factory=dict)
    empty_years: tuple[int, ...] = ()
    unknown_years: tuple[int, ...] = ()


@dataclass(frozen=True)
class PeakList:
    peaks: Sequence[tuple[RegisteredPeak, PeakDates]]
    names: Names


@dataclass(frozen=True)
class PeakPage:
    """`exceptions` are those that hold and are not over; the trail has all. `follows` is the calendar elsewhere, if any."""

    registered: RegisteredPeak
    dates: PeakDates
    exceptions: tuple[ExceptionRecord, ...]
    trail: tuple[TrailEntry, ...]
    names: Names
    follows: int | None = None

    def moved_to(self, day: date) -> ExceptionRecord | None:
        """The record of the move that brought an occurrence to this day."""
        return next((one for one in self.exceptions if isinstance(one.what, Move) and one.what.to == day), None)


@dataclass(frozen=True)
class PeakDatePage:
    """One occurrence of a peak, to be taken out or moved."""

    page: PeakPage
    occurrence: Occurrence


def peak_list(work: Work, customer: str | None = None) -> PeakList:
    """The peaks the actor may see, each with its next date."""
    found = peaks.visible_peaks(work, customer)
    calendars = load_calendars(work, {one.peak.customer for one in found})
    return PeakList([(one, peak_dates(work, one.peak, calendars, years=1)) for one in found], load_names(work))


def peak_page(work: Work, peak_id: str) -> PeakPage:
    registered = peaks.load(work, peak_id)
    entries = trail.entries(work, "peak", peak_id)
    today = local_day(work.now, registered.peak.zone)
    records = peak_exceptions.in_force(work, peak_id)
    exceptions = tuple(one for one in records if holds(registered.peak, one.what) and days_of(one.what)[1] >= today)
    people = {entry.person for entry in entries if entry.person} | {one.person for one in exceptions}
    names = load_names(work, person_ids=people)
    calendars = load_calendars(work, {registered.peak.customer})
    follows = subscriptions.of_peak(work, peak_id)
    dates = peak_dates(work, registered.peak, calendars)
    return PeakPage(registered, dates, exceptions, tuple(entries), names, follows.id if follows else None)


def peak_date(work: Work, peak_id: str, day: date) -> PeakDatePage:
    """The occurrence of that anchor."""
    page = peak_page(work, peak_id)
    found = occurrences(page.registered.peak, day, day, page.dates.calendars)
    if not found:
        raise NotFound("date")
    return PeakDatePage(page, found[0])


def preview_peak(work: Work, peak: Peak) -> PeakDates:
    """What a peak that is being written would mean; refused with the field when it makes no sense."""
    calendars = load_calendars(work, {peak.customer})
    require_sound_peak(peak, parties.uses_of(work, peak.customer), work.now, calendars)
    return peak_dates(work, peak, calendars)


def own_services(work: Work) -> Names:
    """The services a planner can limit a peak to."""
    return Names(parties.visible_parties(work), parties.visible_services(work))


def calendars_to_count_with(work: Work) -> list[CalendarVersion]:
    """The working-day calendars a planner can use in a peak."""
    return visible_calendars(work)


def peak_dates(work: Work, peak: Peak, calendars: Calendars, years: int = YEARS_AHEAD) -> PeakDates:
    """Occurrences of this year that are not over and of the next years, by their anchor; the first later one if there are none."""
    today = local_day(work.now, peak.zone)
    found = _occurrences(peak, today, years, calendars)
    coming = [one for one in found if one.last_day >= today]
    if not coming:
        coming = [one for one in _occurrences(peak, today, FURTHEST_YEARS, calendars) if one.last_day >= today][:1]
    shown: list[Occurrence] = []
    more: dict[date, int] = {}
    for _, group in groupby(coming, key=lambda one: one.anchor.year):
        of_year = list(group)
        fitting = of_year if len(of_year) <= MOST_OF_A_YEAR else of_year[: MOST_OF_A_YEAR - 1]
        shown += fitting
        more[fitting[-1].anchor] = len(of_year) - len(fitting)
    without = sorted(set(range(today.year, today.year + years + 1)) - {one.anchor.year for one in found})
    unknown = [year for year in without if peak.horizon_until and year > peak.horizon_until.year]
    empty = [year for year in without if year not in unknown]
    return PeakDates(peak, tuple(shown), known_until(peak), calendars, more, tuple(empty), tuple(unknown))


def _occurrences(peak: Peak, today: date, years: int, calendars: Calendars) -> list[Occurrence]:
    """From a year back, for what began then may still go on, to the end of a year so far ahead."""
    return occurrences(peak, date(today.year - 1, 1, 1), date(today.year + years, 12, 31), calendars)
