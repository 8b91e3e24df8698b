"""Are this customer's peaks still right? What is asked, when that was last answered, and both years side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.freshness import Doubt, doubts, fingerprint_of_peaks, last_and_next
from app.domain.occurrences import Occurrence
from app.domain.register import Confirmation, RegisteredPeak
from app.queries.names import Names, load_names
from app.store import confirmations, peaks
from app.store.calendars import load_calendars
from app.store.database import Work


@dataclass(frozen=True)
class Freshness:
    doubts: tuple[Doubt, ...]
    confirmed: Confirmation | None
    names: Names


@dataclass(frozen=True)
class Years:
    """A peak with its dates of the past year and of the next; of many the first few."""

    registered: RegisteredPeak
    last: Sequence[Occurrence]
    next: Sequence[Occurrence]


@dataclass(frozen=True)
class Review:
    freshness: Freshness
    years: Sequence[Years]
    seen: str


def freshness(work: Work, customer: str) -> Freshness:
    """Why a customer is asked now, and when it last answered."""
    return _freshness(work, customer, peaks.visible_peaks(work, customer))


def review(work: Work) -> Review:
    """All peaks of the actor's own organisation, to be confirmed together."""
    customer = work.actor.party
    known = peaks.visible_peaks(work, customer)
    calendars = load_calendars(work, {customer})
    years = [Years(one, *last_and_next(one.peak, work.now, calendars)) for one in known]
    return Review(_freshness(work, customer, known), years, fingerprint_of_peaks(known))


def _freshness(work: Work, customer: str, known: Sequence[RegisteredPeak]) -> Freshness:
    confirmed = confirmations.latest(work, customer)
    since = confirmations.known_since(work, customer)
    at = confirmed.at if confirmed else None
    found = doubts([one.peak for one in known], since, at, work.now, load_calendars(work, {customer}))
    told = {one.peak for one in found if one.peak}
    names = load_names(work, peak_ids=told, person_ids={confirmed.person} if confirmed else ())
    return Freshness(tuple(found), confirmed, names)
