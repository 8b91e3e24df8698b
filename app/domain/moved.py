"""The same window at another time: moved, shortened, or lasting throughout a stretch of time."""

from dataclasses import replace

from app.domain.situation import dated
from app.domain.spans import Instant, Span
from app.domain.walltime import wall_of
from app.domain.windows import Window, WindowOccurrence


def at(window: Window, planned: Span) -> Window:
    """The window, once, with this planned time on its own zone's clock."""
    start, start_fold = wall_of(planned.start, window.zone)
    end, end_fold = wall_of(planned.end, window.zone)
    return replace(window, start=start, end=end, start_fold=start_fold, end_fold=end_fold, series=None)


def starting(window: Window, start: Instant) -> Window:
    """The window, once, starting then and lasting as long as it does."""
    return at(window, Span(start, start + first_of(window).planned.seconds))


def throughout(window: Window, span: Span) -> Window:
    """A window of that kind which is exposed for the whole of a span: a check of it finds whatever any part would meet.

    At every instant it takes down what the window would take down then, because what is down depends on nothing but
    the windows that are active.
    """
    return at(replace(window, zone="UTC", rollback_minutes=0), span)


def first_of(window: Window) -> WindowOccurrence:
    """When it is, or of a series the first time."""
    return dated(window).occurrences[0]
