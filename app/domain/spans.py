"""Half-open stretches of time in UTC, in whole seconds since 1970."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise
from typing import NamedTuple

Instant = int


class Span(NamedTuple):
    """`[start, end)`: two spans that touch share nothing; one shared second is an overlap.

    A tuple, as occurrences are: there are millions of them, and a tuple is made and compared in half the time.
    """

    start: int
    end: int

    @property
    def seconds(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def overlap(self, other: "Span") -> "Span | None":
        """The shared part, or None when there is none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same seconds as maximal runs, ascending: what touches or overlaps becomes one."""
    runs: list[Span] = []
    for span in sorted(spans):
        if runs and span.start <= runs[-1].end:
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
        else:
            runs.append(span)
    return runs


def without(span: Span, gaps: Iterable[Span]) -> list[Span]:
    """What is left of a span outside the gaps, ascending."""
    left = [span]
    for gap in gaps:
        parts = [(Span(one.start, min(one.end, gap.start)), Span(max(one.start, gap.end), one.end)) for one in left]
        left = [part for pair in parts for part in pair if part.start < part.end]
    return sorted(set(left))


def stretches(of: Iterable[tuple[str, Span]]) -> Iterator[tuple[Span, frozenset[str]]]:
    """A sweep over starts and ends: the stretches in which the same are there, ascending, without those in which nobody is.

    Each comes with spans of its own, which may overlap; one that is there twice at once is there.
    """
    changes: dict[Instant, list[tuple[str, int]]] = defaultdict(list)
    for one, span in of:
        changes[span.start].append((one, 1))
        changes[span.end].append((one, -1))
    there: dict[str, int] = defaultdict(int)
    for start, end in pairwise(sorted(changes)):
        for one, step in changes[start]:
            there[one] += step
        active = frozenset(one for one, count in there.items() if count)
        if active:
            yield Span(start, end), active


def unbroken(those: Iterable[tuple[Span, Set[str]]]) -> dict[Span, set[str]]:
    """The other way round: the spans for which they are there without a break, each with who is there for just that long.

    The stretches ascend and do not overlap; two that touch are not a break.
    """
    since: dict[str, Instant] = {}
    found: dict[Span, set[str]] = defaultdict(set)
    until = 0
    for span, there in those:
        gone = since.keys() - there if span.start == until else set(since)
        for one in gone:
            found[Span(since.pop(one), until)].add(one)
        since.update(dict.fromkeys(there - since.keys(), span.start))
        until = span.end
    for one, start in since.items():
        found[Span(start, until)].add(one)
    return found


class Runs:
    """Many spans as maximal runs, to be asked often whether another span meets any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.runs = merged(spans)
        self._starts = [run.start for run in self.runs]

    def meet(self, span: Span) -> bool:
        at = bisect_left(self._starts, span.end) - 1
        return at >= 0 and self.runs[at].end > span.start


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span around all of them (at least one)."""
    known = list(spans)
    return Span(min(span.start for span in known), max(span.end for span in known))
