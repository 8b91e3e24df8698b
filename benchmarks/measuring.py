"""How long does each of several ways take, on a machine that others use too? Interleaved; of each item the best round counts."""

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.store.database import Database

SPIN_SECONDS = 0.2
MOST_LOST = 0.1
"""Of the processor: above that what a clock on the wall says is worth nothing."""


@dataclass(frozen=True)
class Took:
    """Milliseconds: of this process's processor time, and on the wall."""

    cpu: float
    wall: float

    def times(self, factor: float) -> "Took":
        return Took(self.cpu * factor, self.wall * factor)

    def best(self, other: "Took") -> "Took":
        return Took(min(self.cpu, other.cpu), min(self.wall, other.wall))


def timed(act: Callable[[], Any]) -> tuple[Took, Any]:
    cpu, wall = time.process_time(), time.perf_counter()
    answer = act()
    return Took((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000), answer


def compared(contenders: Mapping[str, Callable[[Any], object]], items: Sequence[Any], rounds: int) -> dict[str, list[Took]]:
    """By contender the best of its rounds for each item; in a round all have their turn with an item before the next comes."""
    best: dict[str, list[Took]] = {name: [Took(float("inf"), float("inf"))] * len(items) for name in contenders}
    for _ in range(rounds):
        for number, item in enumerate(items):
            for name, act in contenders.items():
                took, _answer = timed(partial(act, item))
                best[name][number] = best[name][number].best(took)
    return best


def clock_of(database: Database) -> str:
    """What to compare by: the work of a PostgreSQL server is not in this process's processor time."""
    return "cpu" if database.engine.dialect.name == "sqlite" else "wall"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def lost() -> float:
    """The share of a processor that others took while this loop wanted all of it."""
    cpu, wall = time.process_time(), time.perf_counter()
    while time.perf_counter() - wall < SPIN_SECONDS:
        pass
    return max(0.0, 1 - (time.process_time() - cpu) / (time.perf_counter() - wall))


def peak_memory() -> int:
    """The most this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
