"""Which windows come near something in time? Those that are exposed in one of its seconds; what they take down, the check says."""

from collections.abc import Iterable, Sequence

from app.domain.occurrences import occurrences_meeting
from app.domain.peaks import Peak
from app.domain.register import RegisteredWindow
from app.domain.situation import dated, exposed_span
from app.domain.spans import Runs, Span
from app.domain.workdays import Calendars


def windows_near(peak: Peak, planned: Sequence[RegisteredWindow], calendars: Calendars) -> list[RegisteredWindow]:
    """Of these windows the ones of a kind that the peak is about and that meet one of its busy seconds, in their order."""
    concerned = [one for one in planned if peak.concerns(one.window)]
    span = exposed_span(dated(one.window) for one in concerned)
    if span is None:
        return []
    return windows_meeting((part for period in occurrences_meeting(peak, span, calendars) for part in period.segments), concerned)


def windows_meeting(spans: Iterable[Span], planned: Iterable[RegisteredWindow]) -> list[RegisteredWindow]:
    """Of these windows the ones that are exposed in one of these seconds, in their order."""
    runs = Runs(spans)
    return [one for one in planned if any(runs.meet(part.exposed) for part in dated(one.window).occurrences)]
