"""`growth`: does a check take longer because the database is larger? Windows of two databases that reach as many customers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.domain.access import SYSTEM
from app.domain.windows import Window
from app.store.database import Database
from benchmarks.checking import ours, sampled
from benchmarks.measuring import clock_of, compared
from benchmarks.report import Line, ratio, times
from benchmarks.worlds import NOW

MOST = 15
"""Customers reached: of more there are too few such windows in the smallest world."""


def growth(small: Database, large: Database, sample: int, rounds: int) -> list[Line]:
    """The check of each pair, one after the other."""
    first, second = _by_reach(small, sample), _by_reach(large, sample)
    pairs = [pair for count in sorted(first.keys() & second.keys()) for pair in zip(first[count], second[count], strict=False)]
    assert pairs, "no two windows reach as many customers: take a larger sample"
    contenders = {"small": lambda pair: _check(small, pair[0]), "large": lambda pair: _check(large, pair[1])}
    best = compared(contenders, pairs, rounds)
    clock = clock_of(large)
    by_size = [[getattr(one, clock) for one in best[name]] for name in ("large", "small")]
    gain = ratio("growth", f"large / small, by {clock}", *by_size)
    return [line for name in best for line in times("growth", f"check in the {name} one", best[name])] + [gain.median_at_most(1.5)]


def _by_reach(database: Database, sample: int) -> Mapping[int, Sequence[Window]]:
    """Windows at random, by how many customers a check of them reaches."""
    found: dict[int, list[Window]] = defaultdict(list)
    for window in sampled(database, sample):
        reached = _check(database, window)
        if 0 < reached <= MOST:
            found[reached].append(window)
    return found


def _check(database: Database, window: Window) -> int:
    with database.reading(SYSTEM, NOW) as work:
        return len(ours(work, window).customers)
