"""Peaks, and their occurrences as derived data: expanded over a rolling horizon, whenever the rule changes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import RowMapping, Select, and_, false, insert, or_, select, update

from app.domain.notation.rules import read_peak, write_peak
from app.domain.occurrences import known_until, occurrences_meeting
from app.domain.peaks import Peak
from app.domain.refusal import NotFound
from app.domain.register import Name, RegisteredPeak
from app.domain.rule_parts import calendars_used
from app.domain.spans import Instant, Span
from app.domain.subscriptions import as_confirmed
from app.domain.workdays import Calendars
from app.store import occurrences
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.ownership import customers_own
from app.store.tables import peak, subscription

NOTHING_READ_OFF = {"known_until_at": None, "counts_with": None}
FOLLOWED = and_(subscription.c.peak_id == peak.c.id, subscription.c.stopped_at.is_(None))
MOST_DATED_AT_ONCE = 100
"""Peaks that are dated again while everybody else waits: about a second on a busy machine."""


def add(work: Work, new: RegisteredPeak) -> None:
    work.connection.execute(insert(peak).values(id=new.peak.id, created_at=work.now, **_columns(work, new)))
    _keep_dates(work, new.peak)


def save(work: Work, changed: RegisteredPeak) -> None:
    """Write a new version and replace its occurrences, in one transaction."""
    work.connection.execute(update(peak).where(peak.c.id == changed.peak.id).values(**_columns(work, changed)))
    occurrences.forget(work, [changed.peak.id])
    if changed.removed_at is None:
        _keep_dates(work, changed.peak)


def load(work: Work, peak_id: str) -> RegisteredPeak:
    """One peak the actor may see; another customer's peak does not exist."""
    row = (
        work.connection.execute(with_age().where(peak.c.id == peak_id, customers_own(work, peak.c.customer_id)))
        .mappings()
        .one_or_none()
    )
    if row is None or row["removed_at"] is not None:
        raise NotFound("peak")
    return _registered(row, work.now)


def visible_peaks(work: Work, customer: str | None = None) -> list[RegisteredPeak]:
    """The peaks the actor may see that were not removed: all, a customer's own; a supplier sees none."""
    chosen = (
        with_age()
        .where(peak.c.removed_at.is_(None), customers_own(work, peak.c.customer_id))
        .order_by(peak.c.customer_id, peak.c.id)
    )
    if customer is not None:
        chosen = chosen.where(peak.c.customer_id == customer)
    return [_registered(row, work.now) for row in work.connection.execute(chosen).mappings()]


def names_of(work: Work, peaks: Iterable[str]) -> dict[str, Name]:
    """The names of peaks that a finding speaks of, removed ones included. What of them is shown, disclosure decides."""
    ids = set(peaks)
    if not ids:
        return {}
    rows = work.connection.execute(select(peak.c.id, peak.c.name_nl, peak.c.name_en).where(peak.c.id.in_(ids)))
    return {row.id: Name(row.name_nl, row.name_en) for row in rows}


def exists(work: Work, peak_id: str) -> bool:
    """Whether the id was ever given out, removed peaks included: an id is never used again."""
    return work.connection.execute(select(peak.c.id).where(peak.c.id == peak_id)).scalar() is not None


@lru_cache(maxsize=50_000)
def peak_from(definition: str) -> Peak:
    """The peak that a stored text describes; the same text is read once."""
    return read_peak(json.loads(definition))


def with_age() -> Select[tuple[object, ...]]:
    """Peaks with `good_at`: when the calendar that a peak follows was last confirmed, null for one that follows none."""
    return select(peak, subscription.c.good_at).outerjoin(subscription, FOLLOWED)


def known_at(definition: str, good_at: Instant | None, now: Instant) -> Peak:
    """The peak as it is known at that moment: of a calendar that was not confirmed for long, nothing after its day."""
    return as_confirmed(peak_from(definition), good_at, now)


def _registered(row: RowMapping, now: Instant) -> RegisteredPeak:
    name = Name(row["name_nl"], row["name_en"])
    return RegisteredPeak(
        known_at(row["definition"], row["good_at"], now), name, row["consequence"], row["version"], row["removed_at"]
    )


def _columns(work: Work, one: RegisteredPeak) -> dict[str, object]:
    kept = occurrences.horizon(work.now)
    return {
        "customer_id": one.peak.customer,
        "name_nl": one.name.nl,
        "name_en": one.name.en,
        "consequence": one.consequence,
        "definition": json.dumps(write_peak(one.peak), sort_keys=True),
        "version": one.version,
        "changed_at": work.now,
        "removed_at": one.removed_at,
        "expanded_from_at": kept.start,
        "expanded_until_at": kept.end,
        **(read_off(one.peak) if one.removed_at is None else NOTHING_READ_OFF),
    }


def read_off(one: Peak) -> dict[str, object]:
    """What a peak's row says of it beside its definition, so that a check finds the peaks it must look at itself."""
    return {"known_until_at": known_until(one), "counts_with": "\n".join(sorted(calendars_used(one))) or None}


def _keep_dates(work: Work, one: Peak) -> None:
    calendars = load_calendars(work, {one.customer})
    occurrences.keep(work, [(one, occurrences_meeting(one, occurrences.horizon(work.now), calendars))])


@dataclass(frozen=True)
class DatedAgain:
    """What a change of calendars did: the peaks that count with them, and those of them that got other dates.

    Of more than can be dated at once the rest (`later`) is dated whenever a check needs it.
    """

    moved: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    customers: frozenset[str] = frozenset()
    """Whose peaks have other dates, or may have."""

    @property
    def count(self) -> int:
        return len(self.moved) + len(self.same) + len(self.later)


def date_again(work: Work, before: Calendars, after: Calendars) -> DatedAgain:
    """Date every peak again that counts with a calendar that is not as before, and replace what is kept of those that moved."""
    differing = {name for name in before if after[name] != before[name]}
    named = or_(*(peak.c.definition.contains(json.dumps(name), autoescape=True) for name in sorted(differing)), false())
    rows = work.connection.execute(select(peak).where(peak.c.removed_at.is_(None), named).order_by(peak.c.id)).mappings()
    using = [(one, row) for one, row in ((peak_from(row["definition"]), row) for row in rows) if calendars_used(one) & differing]
    new = occurrences.horizon(work.now)
    moved, same = [], []
    for one, row in using[:MOST_DATED_AT_ONCE]:
        kept = Span(row["expanded_from_at"] or new.start, new.end)
        dates = occurrences_meeting(one, kept, after)
        if dates == occurrences_meeting(one, kept, before):
            same.append(one.id)
            continue
        moved.append(one.id)
        occurrences.forget(work, [one.id])
        occurrences.keep(work, [(one, dates)])
        occurrences.note_kept(work, [one.id], kept)
    later = [one.id for one, _ in using[MOST_DATED_AT_ONCE:]]
    occurrences.forget(work, later)
    occurrences.note_kept(work, later, occurrences.NOTHING_KEPT)
    other = {*moved, *later}
    customers = frozenset(one.customer for one, _ in using if one.id in other)
    return DatedAgain(tuple(moved), tuple(same), tuple(later), customers)


def visible_occurrences(work: Work, span: Span) -> list[tuple[Peak, Span]]:
    """The busy stretches within a span of the peaks the actor may see, in time order."""
    found = []
    shown = visible_peaks(work)
    calendars = load_calendars(work, {registered.peak.customer for registered in shown})
    for registered in shown:
        for period in occurrences_meeting(registered.peak, span, calendars):
            found += [(registered.peak, part) for part in (one.overlap(span) for one in period.segments) if part]
    return sorted(found, key=lambda pair: (pair[1], pair[0].id))
