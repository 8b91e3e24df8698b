"""Which windows come near something in time? Those that are exposed in one of its seconds; what they take down, the check says."""

from collections.abc import Iterable, Sequence

from app.domain.occurrences import occurrences_meeting
from app.domain.peaks import Peak
from app.domain.register import RegisteredWindow
from app.domain.situation import Dated, dated, exposed_span
from app.domain.spans import Runs, Span, hull
from app.domain.workdays import Calendars

NOWHERE = Span(0, 0)


def windows_near(peak: Peak, planned: Sequence[RegisteredWindow], calendars: Calendars) -> list[RegisteredWindow]:
    """Of these windows the ones of a kind that the peak is about and that meet one of its busy seconds, in their order."""
    concerned = [one for one in planned if peak.concerns(one.window)]
    span = exposed_span(dated(one.window) for one in concerned)
    return windows_meeting(busy_within(peak, span, calendars), concerned) if span else []


def busy_within(peak: Peak, span: Span, calendars: Calendars) -> Runs:
    """The busy stretches of a peak that meet the span."""
    return Runs(part for period in occurrences_meeting(peak, span, calendars) for part in period.segments)


def windows_meeting(busy: Runs, planned: Iterable[RegisteredWindow]) -> list[RegisteredWindow]:
    """Of these windows the ones that are exposed in one of these seconds, in their order."""
    return [one for one in planned if any(busy.meet(part.exposed) for part in dated(one.window).occurrences)]


def near_in_time(windows: Iterable[Dated], seconds: int) -> list[list[Dated]]:
    """The same windows in the same order, cut into runs of which each, from its first exposed second to its last, is no longer.

    One that is longer by itself is alone.
    """
    runs: list[tuple[Span, list[Dated]]] = []
    for one in windows:
        span = one.span or NOWHERE
        wider = hull([runs[-1][0], span]) if runs else span
        if runs and wider.seconds <= seconds:
            runs[-1] = (wider, [*runs[-1][1], one])
        else:
            runs.append((span, [one]))
    return [run for _, run in runs]
