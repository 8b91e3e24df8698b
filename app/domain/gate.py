"""May somebody work on these services now? And if not, when? To the second, from a check of the work lasting throughout."""

from bisect import bisect_left
from enum import StrEnum

from app.domain import moved
from app.domain.conflicts import check
from app.domain.occurrences import known_until
from app.domain.result import CheckResult, Note, NoteKind
from app.domain.situation import Situation
from app.domain.spans import Instant, Span, merged
from app.domain.verdict import Verdict
from app.domain.windows import Window


class Gate(StrEnum):
    """`unknown`: dates that are not known so far ahead could be in the way; that is not free."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def gate(verdict: Verdict, notes: tuple[Note, ...]) -> Gate:
    """Open where a window would be clear or advisory."""
    if verdict.rank > Verdict.ADVISORY.rank:
        return Gate.CLOSED
    is_unknown = any(note.kind is NoteKind.CALENDAR_HORIZON for note in notes)
    return Gate.UNKNOWN if is_unknown else Gate.OPEN


def open_until(window: Window, latest: Instant, situation: Situation) -> Instant:
    """Up to when work that may be done can last, at most to `latest`. The situation covers that, and the reserve after it."""
    exposed = moved.first_of(window).exposed
    ends = {latest, *(run.start for run in _closed(window, Span(exposed.start, latest), situation)), *_horizons(situation)}
    candidates = sorted(end for end in ends if exposed.end <= end <= latest)
    closed = bisect_left(candidates, 1, key=lambda end: int(not _is_open(_lasting(window, exposed.start, end), situation)))
    until = candidates[closed - 1] if closed else exposed.end
    return until - window.rollback_minutes * 60


def next_open(window: Window, latest: Instant, situation: Situation) -> Instant | None:
    """The first start, at most `latest`, from which the work may be done; None without one.

    The situation covers the work if it began at `latest`. Once dates are unknown they stay so: nothing after it is told.
    """
    exposed = moved.first_of(window).exposed
    start = exposed.start
    for run in _closed(window, Span(start, latest + exposed.seconds), situation):
        if start < run.end and run.start < start + exposed.seconds:
            start = run.end
    return start if start <= latest and _is_open(moved.starting(window, start), situation) else None


def _closed(window: Window, span: Span, situation: Situation) -> list[Span]:
    """When something is met that is worse than advisory, merged and ascending."""
    found: CheckResult = check([moved.throughout(window, span)], situation)
    runs = [one.overlap for one in found.conflicts if one.effect.rank > Verdict.ADVISORY.rank]
    return merged([*runs, *(one.span for one in found.collisions if one.effect.rank > Verdict.ADVISORY.rank)])


def _lasting(window: Window, start: Instant, end: Instant) -> Window:
    return moved.throughout(window, Span(start, end))


def _is_open(window: Window, situation: Situation) -> bool:
    found = check([window], situation)
    return gate(found.verdict, found.notes) is Gate.OPEN


def _horizons(situation: Situation) -> set[Instant]:
    """The moments from which some peak's dates are not known."""
    known = (known_until(one.peak) for group in situation.busy.values() for one in group)
    return {moment for moment in known if moment is not None}
