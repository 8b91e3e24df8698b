"""What is a window, and when is it exposed? Planned maintenance to dated occurrences."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain import recurrence
from app.domain.recurrence_parts import parsed
from app.domain.refusal import Refusal
from app.domain.spans import Span
from app.domain.walltime import LAST_YEAR, local_day, require_exists, rule_instant, single_instant

MOST_OCCURRENCES = 2000
MOST_ROLLBACK_MINUTES = 14 * 24 * 60


class ChangeType(StrEnum):
    NORMAL = "normal"
    STANDARD = "standard"
    EMERGENCY = "emergency"


class Impact(StrEnum):
    """What the supplier declares. Kept and shown; a check counts every one as down: the complaint is the risk."""

    OUTAGE = "outage"
    DEGRADED = "degraded"
    REDUCED_REDUNDANCY = "reduced_redundancy"
    NO_IMPACT = "no_impact"


@dataclass(frozen=True)
class Series:
    """How a window repeats. The wall clock of start and end is kept; exceptions and extra days go by local date."""

    rrule: str | None = None
    except_on: frozenset[date] = frozenset()
    also_on: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Window:
    """`start` and `end` are wall clocks in `zone`; a fold says which of a repeated hour is meant (0 first, 1 second).

    An `impact` that nobody declared is unknown, and unknown is not free.
    """

    id: str
    supplier: str
    services: frozenset[str]
    type: ChangeType
    zone: str
    start: datetime
    end: datetime
    rollback_minutes: int = 0
    start_fold: int | None = None
    end_fold: int | None = None
    series: Series | None = None
    impact: Impact | None = None


@dataclass(frozen=True)
class WindowOccurrence:
    """One dated occurrence: the planned time, and the exposure up to the end of the rollback reserve.

    The reserve is elapsed minutes after the planned end, whatever the clock does.
    """

    window: str
    planned: Span
    exposed: Span

    def phase(self, span: Span) -> str:
        """Which part of the exposure a span within it touches: planned, rollback or planned+rollback."""
        if span.end <= self.planned.end:
            return "planned"
        return "rollback" if span.start >= self.planned.end else "planned+rollback"


def occurrence_key(window: Window, occurrence: WindowOccurrence) -> str:
    """What names one occurrence for ever: a single window is always the first, of a series it is its local day."""
    return "1" if window.series is None else local_day(occurrence.planned.start, window.zone).isoformat()


def window_occurrences(window: Window) -> tuple[WindowOccurrence, ...]:
    """The dated occurrences of a window, ascending; a window that cannot be dated is refused."""
    planned = [_single(window)] if window.series is None else _repeated(window, window.series)
    reserve = window.rollback_minutes * 60
    return tuple(
        WindowOccurrence(window.id, span, Span(span.start, span.end + reserve))
        for span in sorted(set(planned))
        if span.start < span.end + reserve
    )


def _single(window: Window) -> Span:
    """A single window says exactly when it is: a missing hour is refused, a repeated one needs its fold."""
    require_exists(window.start, window.zone, "start")
    require_exists(window.end, window.zone, "end")
    start = single_instant(window.start, window.zone, window.start_fold, "start")
    end = single_instant(window.end, window.zone, window.end_fold, "end")
    if end <= start:
        raise Refusal("end_not_after_start", "end")
    return Span(start, end)


def _repeated(window: Window, series: Series) -> list[Span]:
    """The clock's gap and overlap rules apply to a series instead of a refusal (RFC 5545 section 3.3.5)."""
    if window.end <= window.start:
        raise Refusal("end_not_after_start", "end")
    started = window.start.date()
    days = {started} if series.rrule is None else set(_series_days(started, series.rrule))
    days = (days | series.also_on) - series.except_on
    spans = []
    for day in days:
        shift = timedelta(days=(day - started).days)
        start = rule_instant(window.start + shift, window.zone)
        end = rule_instant(window.end + shift, window.zone)
        spans.append(Span(start, max(start, end)))
    return spans


def _series_days(started: date, rrule: str) -> list[date]:
    """A series must end: without COUNT or UNTIL nobody can say that all of it is clear."""
    if not parsed(rrule).is_bounded:
        raise Refusal("unbounded_series", "rrule")
    days = recurrence.days(started, rrule, started, date(LAST_YEAR, 12, 31))
    if len(days) > MOST_OCCURRENCES:
        raise Refusal("series_too_long", "rrule", most=MOST_OCCURRENCES)
    return days
