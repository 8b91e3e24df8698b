"""What would a customer's calendar file become? Its entries as a peak, and what was skipped, before anything is saved."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.adapters.foreign_calendars.bounded import read_in_child
from app.adapters.foreign_calendars.reading import Reading
from app.domain.anchors import Entries
from app.domain.notation.rules import MOST_ENTRIES
from app.domain.peaks import Peak
from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.domain.walltime import local, local_day
from app.queries.peak_pages import PeakDates, preview_peak
from app.store.database import Work

DAYS_BACK, DAYS_AHEAD = 30, 3 * 365


@dataclass(frozen=True)
class Upload:
    """A file as it was read: the entries whose title holds the words, and how many others there are."""

    reading: Reading
    rule: Entries
    others: int


@dataclass(frozen=True)
class CalendarPreview:
    """The peak that the entries become, its dates, and which entries came and went since the copy that is in force."""

    peak: Peak
    dates: PeakDates
    added: int
    gone: int


def read_upload(data: bytes, zone: str, now: Instant, only: str = "", known: Peak | None = None) -> Upload:
    """The entries from a month ago to three years ahead. Refused when it is no calendar, or has nothing to take over.

    Of the peak that it renews, what is over stays as it was: a newer copy does not rewrite the past.
    """
    today = local_day(now, zone)
    first, last = (datetime.combine(today + timedelta(days=days), time()) for days in (-DAYS_BACK, DAYS_AHEAD))
    reading = read_in_child(data, first, last, zone)
    chosen = tuple(one for one in reading.entries if only.casefold() in one.summary.casefold())
    others = len(reading.entries) - len(chosen)
    if known is not None and isinstance(known.rule, Entries):
        over = {one for one in known.rule.entries if one.end <= now}
        chosen = tuple(sorted(over | {one for one in chosen if one.end > now}))
    if not chosen:
        raise Refusal("no_entries", "file", events=reading.events, skipped=len(reading.skipped))
    if len(chosen) > MOST_ENTRIES:
        raise Refusal("too_many_entries", "file", most=MOST_ENTRIES, got=len(chosen))
    return Upload(reading, Entries(zone, chosen, only=only), others)


def preview_calendar(work: Work, peak: Peak, known: Peak | None) -> CalendarPreview:
    """Refused with the field when the peak makes no sense. `known` is the peak that the file is to renew."""
    dates = preview_peak(work, peak)
    before, after = (_ahead(one, work.now) for one in (known, peak))
    return CalendarPreview(peak, dates, len(after - before), len(before - after))


def last_entry(rule: Entries) -> datetime:
    """The end of what a calendar tells: the wall clock at which its last entry ends."""
    return local(max(one.end for one in rule.entries), rule.zone).replace(tzinfo=None)


def _ahead(peak: Peak | None, now: Instant) -> set[tuple[Instant, Instant, str]]:
    if peak is None or not isinstance(peak.rule, Entries):
        return set()
    return {(one.start, one.end, one.summary) for one in peak.rule.entries if one.end > now}
