"""Everything a check looks at, loaded once. The keystone: page, preview, approval and file command all make one."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from app.domain.chain import Chain
from app.domain.occurrences import Occurrence, occurrences_meeting
from app.domain.peaks import Peak
from app.domain.spans import Span, hull
from app.domain.windows import Window, WindowOccurrence, window_occurrences
from app.domain.workdays import Calendars


@dataclass(frozen=True)
class Customer:
    """A customer and the services it uses."""

    id: str
    uses: frozenset[str]


@dataclass(frozen=True)
class Waiver:
    """A customer's granted consent for exactly one window and one peak occurrence."""

    window: str
    customer: str
    peak: str
    anchor: date


@dataclass(frozen=True)
class BusyPeak:
    """A peak with those of its occurrences that could meet what is checked."""

    peak: Peak
    occurrences: tuple[Occurrence, ...]

    @cached_property
    def _segments(self) -> tuple[list[tuple[Span, Occurrence]], int]:
        """Every busy segment by start, and the length of the longest."""
        found = [(segment, one) for one in self.occurrences for segment in one.segments]
        found.sort(key=lambda pair: pair[0])
        return found, max((segment.seconds for segment, _ in found), default=0)

    def meeting(self, span: Span) -> list[Occurrence]:
        """The occurrences with a busy second in the span, found without looking at all of them."""
        segments, longest = self._segments
        first = bisect_left(segments, span.start - longest, key=lambda pair: pair[0].start)
        last = bisect_left(segments, span.end, key=lambda pair: pair[0].start)
        return list(dict.fromkeys(one for segment, one in segments[first:last] if segment.end > span.start))


@dataclass(frozen=True)
class Dated:
    """A window with its occurrences."""

    window: Window
    occurrences: tuple[WindowOccurrence, ...]

    @property
    def span(self) -> Span | None:
        """From the first exposed second to the last; None when nothing is left of a series."""
        return hull(occurrence.exposed for occurrence in self.occurrences) if self.occurrences else None


def dated(window: Window) -> Dated:
    return Dated(window, window_occurrences(window))


@dataclass(frozen=True)
class Situation:
    """The chain, the customers it carries, their busy peaks by customer, the committed windows and the granted waivers.

    `calendars` names the versions of the working-day calendars that the peaks were dated with.
    """

    chain: Chain
    customers: tuple[Customer, ...]
    busy: Mapping[str, tuple[BusyPeak, ...]]
    committed: tuple[Window, ...] = ()
    waivers: frozenset[Waiver] = frozenset()
    calendars: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """The committed windows with their occurrences."""
        return tuple(dated(window) for window in self.committed)


def with_peak(situation: Situation, peak: Peak, span: Span, calendars: Calendars) -> Situation:
    """The situation if this were one of the peaks, or that peak became so. Consent to what it was before does not count."""
    others = [one for one in situation.busy.get(peak.customer, ()) if one.peak.id != peak.id]
    becomes = BusyPeak(peak, tuple(occurrences_meeting(peak, span, calendars)))
    waivers = frozenset(one for one in situation.waivers if one.peak != peak.id)
    return replace(situation, busy={**situation.busy, peak.customer: (*others, becomes)}, waivers=waivers)


def exposed_span(windows: Iterable[Dated]) -> Span | None:
    """The span that a situation for these windows has to cover."""
    spans = [window.span for window in windows]
    known = [span for span in spans if span is not None]
    return hull(known) if known else None


def busy_peaks(peaks: Iterable[Peak], span: Span | None, calendars: Calendars) -> dict[str, tuple[BusyPeak, ...]]:
    """Expand peaks over a span, by customer."""
    found: dict[str, list[BusyPeak]] = {}
    for peak in peaks:
        dates = occurrences_meeting(peak, span, calendars) if span else []
        found.setdefault(peak.customer, []).append(BusyPeak(peak, tuple(dates)))
    return {customer: tuple(busy) for customer, busy in found.items()}
