"""How do kept occurrences keep up with the calendar? The horizon rolls over, some peaks at a time."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, bindparam, func, select, update

from app.domain.occurrences import Occurrence, occurrences_meeting
from app.domain.peaks import Peak
from app.domain.spans import Span
from app.domain.workdays import Calendars
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.occurrences import YEAR, forget, forget_ended, horizon, keep, note_kept
from app.store.peaks import peak_from, read_off
from app.store.tables import peak

p = peak.c
HALF_A_YEAR = YEAR // 2
READ_OFF = (
    update(peak)
    .where(p.id == bindparam("key"))
    .values(known_until_at=bindparam("known_until_at"), counts_with=bindparam("counts_with"))
)


def behind(work: Work) -> int:
    """How many peaks are kept for less than the horizon of half a year ago."""
    return work.connection.execute(select(func.count()).where(p.expanded_until_at < _due(work))).scalar_one()


def is_due(work: Work) -> bool:
    """Whether there is any of these."""
    return work.connection.execute(select(p.id).where(p.expanded_until_at < _due(work)).limit(1)).first() is not None


def roll_over(work: Work, most: int) -> int:
    """Bring the peaks that are kept least far ahead up to the horizon of now, at most so many; how many there were.

    Of each only the new stretch is dated, and what ended before the horizon goes: so every peak is touched twice a year.
    One of which nothing in the horizon is kept, or not from its beginning, is dated anew.
    """
    new = horizon(work.now)
    rows = (
        work.connection.execute(
            select(p.id, p.definition, p.removed_at, p.expanded_from_at, p.expanded_until_at)
            .where(p.expanded_until_at < _due(work))
            .order_by(p.expanded_until_at)
            .limit(most)
        )
        .mappings()
        .all()
    )
    peaks = {row["id"]: peak_from(row["definition"]) for row in rows if row["removed_at"] is None}
    calendars = load_calendars(work, {one.customer for one in peaks.values()})
    forget(work, [row["id"] for row in rows if _is_anew(row, new)])
    forget_ended(work, [row["id"] for row in rows if not _is_anew(row, new)], new.start)
    keep(work, ((peaks[row["id"]], _added(peaks[row["id"]], row, new, calendars)) for row in rows if row["id"] in peaks))
    note_kept(work, [row["id"] for row in rows], new)
    if peaks:
        work.connection.execute(READ_OFF, [{"key": key, **read_off(one)} for key, one in peaks.items()])
    return len(rows)


def _due(work: Work) -> int:
    return horizon(work.now).end - HALF_A_YEAR


def _is_anew(row: RowMapping, new: Span) -> bool:
    return bool(row["expanded_from_at"] > new.start or row["expanded_until_at"] <= new.start)


def _added(one: Peak, row: RowMapping, new: Span, calendars: Calendars) -> Sequence[Occurrence]:
    """What is not kept yet: an occurrence with a busy second in the old stretch is kept whole already."""
    if _is_anew(row, new):
        return occurrences_meeting(one, new, calendars)
    old = Span(row["expanded_from_at"], row["expanded_until_at"])
    further = occurrences_meeting(one, Span(old.end, new.end), calendars)
    return [period for period in further if not any(segment.overlaps(old) for segment in period.segments)]
