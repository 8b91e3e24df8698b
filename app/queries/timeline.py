"""What is planned between two days? Busy stretches by customer and windows by service, as far as the reader may see."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.disclosure import disclose_window
from app.domain.peaks import Severity
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Span
from app.domain.windows import WindowOccurrence
from app.queries.names import Names, load_names
from app.store import peaks, windows
from app.store.database import Work
from app.store.windows import Filter

UNNAMED = ""


@dataclass(frozen=True)
class BusyBand:
    """A busy stretch of one peak within the shown time."""

    peak: str
    customer: str
    severity: Severity
    span: Span


@dataclass(frozen=True)
class Bar:
    """One occurrence of a window within the shown time."""

    registered: RegisteredWindow
    occurrence: WindowOccurrence


@dataclass(frozen=True)
class Timeline:
    span: Span
    bands: Mapping[str, Sequence[BusyBand]]
    bars: Mapping[str, Sequence[Bar]]
    names: Names


def timeline(work: Work, span: Span) -> Timeline:
    """Bands by customer and bars by service, both in time order; services without a name for the reader share one."""
    bands: dict[str, list[BusyBand]] = defaultdict(list)
    for peak, part in peaks.visible_occurrences(work, span):
        bands[peak.customer].append(BusyBand(peak.id, peak.customer, peak.severity, part))
    found = [disclose_window(one, work.actor) for one in windows.visible_windows(work, Filter(meets=span))]
    names = load_names(
        work,
        party_ids=bands,
        service_ids={service for registered in found for service in registered.window.services},
        peak_ids={band.peak for row in bands.values() for band in row},
    )
    bars: dict[str, list[Bar]] = defaultdict(list)
    for registered in found:
        lanes = {service if service in names.services else UNNAMED for service in registered.window.services}
        for occurrence in dated(registered.window).occurrences:
            if occurrence.exposed.overlaps(span):
                for lane in sorted(lanes):
                    bars[lane].append(Bar(registered, occurrence))
    return Timeline(span, bands, bars, names)
