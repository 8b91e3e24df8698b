"""Which windows come near a peak? Those that are exposed in one of its busy seconds; what they take down, the check says."""

from collections.abc import Sequence

from app.domain.occurrences import occurrences_meeting
from app.domain.peaks import Peak
from app.domain.register import RegisteredWindow
from app.domain.situation import dated, exposed_span
from app.domain.spans import Runs
from app.domain.workdays import Calendars


def windows_near(peak: Peak, planned: Sequence[RegisteredWindow], calendars: Calendars) -> list[RegisteredWindow]:
    """Of these windows the ones of a kind that the peak is about and that meet it in time, in their order."""
    every = {one.id: dated(one.window) for one in planned if peak.concerns(one.window)}
    span = exposed_span(every.values())
    if span is None:
        return []
    busy = Runs(part for period in occurrences_meeting(peak, span, calendars) for part in period.segments)
    return [one for one in planned if one.id in every and any(busy.meet(part.exposed) for part in every[one.id].occurrences)]
