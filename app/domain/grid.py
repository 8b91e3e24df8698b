"""What is so at every quarter of an hour? Many stretches of time added up over a grid of starts at once.

Stretches are given as changes: by instant, how much is added from then on. Instants need not lie on the grid.
"""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from operator import add, sub

from app.domain.spans import Instant, Span, merged

STEP = 15 * 60
"""Of the grid, in seconds. Every zone's clock is a whole number of quarters ahead of UTC, so these are quarters everywhere."""

Changes = Mapping[Instant, int]


def on_grid(first: Instant, last: Instant) -> range:
    """The grid's instants in `[first, last)`."""
    return range(-(-first // STEP) * STEP, last, STEP)


def areas(rates: Changes, starts: range, length: int) -> list[int]:
    """For each start: the rate times the seconds, over `length` seconds from it."""
    heads = _accumulated(rates, starts.start, len(starts))
    tails = _accumulated(rates, starts.start + length, len(starts))
    end = starts.start + length
    first = sum(rate * (end - max(at, starts.start)) for at, rate in rates.items() if at < end)
    return [first + more for more in map(sub, tails, heads)]


def levels(rises: Changes, starts: range) -> list[int]:
    """For each start: all that was added up to and including it."""
    found = [0] * (len(starts) + 1)
    for at, rise in rises.items():
        found[min(max(-((starts.start - at) // STEP), 0), len(starts))] += rise
    return list(accumulate(found))[: len(starts)]


def changes(stretches: Iterable[tuple[Span, int]]) -> dict[Instant, int]:
    """Stretches with what counts throughout each."""
    found: dict[Instant, int] = {}
    for span, amount in stretches:
        found[span.start] = found.get(span.start, 0) + amount
        found[span.end] = found.get(span.end, 0) - amount
    return found


def starts_meeting(runs: Iterable[Span], length: int) -> list[Span]:
    """From which starts a stretch of `length` seconds meets any of these runs."""
    return merged(Span(run.start - length + 1, run.end) for run in runs)


def _accumulated(rates: Changes, first: Instant, count: int) -> list[int]:
    """At each point of the grid the area since its first point."""
    partly, fully = [0] * count, [0] * (count + 1)
    for at, rate in rates.items():
        cell = max(0, (at - first) // STEP)
        if cell < count:
            partly[cell] += rate * (first + (cell + 1) * STEP - max(at, first))
            fully[cell + 1] += rate * STEP
    cells = map(add, partly, accumulate(fully))
    return list(accumulate(cells, initial=0))[:count]
