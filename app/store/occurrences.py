"""Which busy stretches of peaks are kept? Derived data over a rolling horizon, found by customer and start.

A stretch is kept in pieces that each reach to its end: from its start, from `LONGEST_PIECE` after that, and so on. So the
piece that meets a span starts no longer than that before it, however long the whole is, and looking it up reads no more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, delete, insert, select, update

from app.domain.occurrences import Occurrence
from app.domain.peaks import Peak
from app.domain.spans import Instant, Span, merged
from app.store.among import among
from app.store.database import Work
from app.store.tables import occurrence, peak

YEAR = 366 * 24 * 3600
HORIZON_BACK, HORIZON_AHEAD = YEAR, 3 * YEAR
LONGEST_PIECE = 31 * 24 * 3600
NOTHING_KEPT = Span(0, 0)

MEETING = select(
    occurrence.c.peak_id,
    occurrence.c.anchor,
    occurrence.c.first_day,
    occurrence.c.last_day,
    occurrence.c.begun_at,
    occurrence.c.end_at,
).where(
    among(occurrence.c.customer_id, "customers"),
    occurrence.c.start_at > bindparam("start") - LONGEST_PIECE,
    occurrence.c.start_at < bindparam("end"),
    occurrence.c.end_at > bindparam("start"),
)


def horizon(now: Instant) -> Span:
    """The stretch around now for which occurrences are kept."""
    return Span(now - HORIZON_BACK, now + HORIZON_AHEAD)


def kept_occurrences(work: Work, customers: Iterable[str], span: Span) -> Mapping[str, Sequence[Occurrence]]:
    """By peak of these customers: the kept occurrences with a busy second in the span, and of them the stretches that have one."""
    found: dict[str, dict[date, tuple[date, date, set[Span]]]] = defaultdict(dict)
    for row in work.connection.execute(MEETING, {"customers": customers, "start": span.start, "end": span.end}).all():
        peak_id, anchor, first_day, last_day, begun_at, end_at = row
        found[peak_id].setdefault(anchor, (first_day, last_day, set()))[2].add(Span(begun_at, end_at))
    return {
        peak_id: [Occurrence(anchor, first, last, tuple(sorted(stretches))) for anchor, (first, last, stretches) in dates.items()]
        for peak_id, dates in found.items()
    }


def keep(work: Work, dated: Iterable[tuple[Peak, Iterable[Occurrence]]]) -> None:
    """Keep occurrences of these peaks beside those that are kept already."""
    rows = [
        {
            "peak_id": one.id,
            "customer_id": one.customer,
            "anchor": period.anchor,
            "first_day": period.first_day,
            "last_day": period.last_day,
            "begun_at": stretch.start,
            "start_at": start,
            "end_at": stretch.end,
        }
        for one, periods in dated
        for period in periods
        for stretch in merged(period.segments)
        for start in range(stretch.start, stretch.end, LONGEST_PIECE)
    ]
    if rows:
        work.connection.execute(insert(occurrence), rows)


def forget(work: Work, peaks: Iterable[str]) -> None:
    """Take away everything that is kept of these peaks."""
    work.connection.execute(delete(occurrence).where(among(occurrence.c.peak_id, "peaks")), {"peaks": peaks})


def forget_ended(work: Work, peaks: Iterable[str], before: Instant) -> None:
    """Take away what is kept of these peaks and ended before that moment."""
    past = delete(occurrence).where(among(occurrence.c.peak_id, "peaks"), occurrence.c.end_at <= before)
    work.connection.execute(past, {"peaks": peaks})


def note_kept(work: Work, peaks: Iterable[str], kept: Span) -> None:
    """Say for which stretch the occurrences of these peaks are kept from now on."""
    chosen = update(peak).where(among(peak.c.id, "peaks")).values(expanded_from_at=kept.start, expanded_until_at=kept.end)
    work.connection.execute(chosen, {"peaks": peaks})
