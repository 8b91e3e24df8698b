"""Which planned windows would a peak hit that is being written? The one check, with the peak put into its situation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.conflicts import check
from app.domain.disclosure import disclose, disclose_window
from app.domain.lifecycle import PLANNED
from app.domain.near import windows_near
from app.domain.notice import NoticeTerm, term_for
from app.domain.peaks import Peak
from app.domain.register import RegisteredWindow
from app.domain.result import Conflict
from app.domain.situation import dated, with_peak
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.domain.workdays import Calendars
from app.queries.names import Names, names_in
from app.store import notice, windows
from app.store.database import Work
from app.store.situations import load_situation
from app.store.windows import PAGE, Filter

FURTHEST = 3 * 366 * 24 * 3600
MOST_CHECKED = 20


@dataclass(frozen=True)
class Hit:
    """A planned window that would meet the peak: first when, how often, and what its verdict is now and would become.

    All of it as its reader may know it: from the reader's own peaks and services.
    """

    registered: RegisteredWindow
    first: Conflict
    times: int
    now: Verdict
    becomes: Verdict


@dataclass(frozen=True)
class ToBeTold:
    """A supplier, the first start of its windows that are hit, and the notice that was agreed for a window of that moment.

    `too_late_from` is the first instant at which announcing it anew is later than that; None when nothing was agreed.
    """

    supplier: str
    start: Instant
    term: NoticeTerm | None
    too_late_from: Instant | None


@dataclass(frozen=True)
class PeakEffect:
    """`to_be_told`: the suppliers of what is hit, first start first. `is_cut`: more windows come near than were looked at."""

    hits: tuple[Hit, ...]
    to_be_told: tuple[ToBeTold, ...]
    is_cut: bool
    names: Names


def peak_effect(work: Work, peak: Peak, calendars: Calendars) -> PeakEffect:
    """The planned windows of the next three years that reach the peak's customer and would be hit, the first ones."""
    span = Span(work.now, work.now + FURTHEST)
    planned = windows.visible_windows(work, Filter(states=PLANNED, customer=peak.customer, meets=span))
    near = windows_near(peak, planned, calendars)
    hits = [_hit(work, one, peak, calendars) for one in near[:MOST_CHECKED]]
    found = tuple(hit for hit in hits if hit is not None)
    told = _to_be_told(found, notice.terms_of(work, {peak.customer}).get(peak.customer, ()), calendars)
    suppliers = {hit.registered.window.supplier for hit in found}
    names = names_in(work, [hit.first for hit in found], suppliers)
    return PeakEffect(found, told, len(near) > MOST_CHECKED or len(planned) == PAGE, names)


def _hit(work: Work, registered: RegisteredWindow, peak: Peak, calendars: Calendars) -> Hit | None:
    span = dated(registered.window).span
    if span is None:
        return None
    situation = load_situation(work, [registered.window])
    becoming = with_peak(situation, peak, span, calendars)
    now, becomes = (disclose(check([registered.window], one), work.actor, (), ()) for one in (situation, becoming))
    met = [one for one in becomes.conflicts if one.peak == peak.id and one.overlap.end > work.now]
    if not met:
        return None
    times = len({one.occurrence_start for one in met})
    return Hit(disclose_window(registered, work.actor), met[0], times, now.verdict, becomes.verdict)


def _to_be_told(hits: Iterable[Hit], terms: Sequence[NoticeTerm], calendars: Calendars) -> tuple[ToBeTold, ...]:
    starts: dict[str, Instant] = {}
    for hit in hits:
        supplier = hit.registered.window.supplier
        starts[supplier] = min(hit.first.occurrence_start, starts.get(supplier, hit.first.occurrence_start))
    found = []
    for supplier, start in sorted(starts.items(), key=lambda pair: (pair[1], pair[0])):
        term = term_for(terms, start)
        found.append(ToBeTold(supplier, start, term, term.too_late_from(start, calendars) if term else None))
    return tuple(found)
