"""What was measured, as a table to read and as JSON to keep."""

import json
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import MOST_LOST, Took, percentile

LIBRARIES = ("sqlalchemy", "python-dateutil", "psycopg", "flask", "waitress")


@dataclass(frozen=True)
class Line:
    """A figure, at the median and at the 99th percentile of `count` items; `unit` is ms, s, x (a ratio) or a rate.

    `goal` is what PERFORMANCE asks, in words; `is_met` is None where it asks nothing.
    """

    benchmark: str
    what: str
    unit: str
    count: int
    median: float
    p99: float
    goal: str = ""
    is_met: bool | None = None

    def at_least(self, goal: float) -> "Line":
        return replace(self, goal=f">= {goal:g}", is_met=min(self.median, self.p99) >= goal)

    def at_most(self, goal: float) -> "Line":
        return replace(self, goal=f"<= {goal:g}", is_met=max(self.median, self.p99) <= goal)

    def median_at_most(self, goal: float) -> "Line":
        return replace(self, goal=f"median <= {goal:g}", is_met=self.median <= goal)


@dataclass(frozen=True)
class Part:
    """What one benchmark found, the processor that was lost meanwhile, and the most memory held so far, in megabytes."""

    lines: tuple[Line, ...]
    lost: float
    memory: int


def times(benchmark: str, what: str, took: Sequence[Took]) -> list[Line]:
    """Both clocks of one contender."""
    by_clock = {"cpu": [one.cpu for one in took], "wall": [one.wall for one in took]}
    return [spread(benchmark, what, f"ms {clock}", values) for clock, values in by_clock.items()]


def spread(benchmark: str, what: str, unit: str, values: Sequence[float]) -> Line:
    return Line(benchmark, what, unit, len(values), percentile(values, 0.5), percentile(values, 0.99))


def ratio(benchmark: str, what: str, slow: Sequence[float], fast: Sequence[float]) -> Line:
    """Median by median and 99th percentile by 99th percentile."""
    median, p99 = (percentile(slow, share) / percentile(fast, share) for share in (0.5, 0.99))
    return Line(benchmark, what, "x", len(slow), median, p99)


def versions() -> dict[str, str]:
    known = {name: version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "machine": platform.machine(), **known}


def write(path: Path, about: dict[str, object], parts: Sequence[Part]) -> None:
    text = json.dumps({**about, "versions": versions(), "parts": [asdict(one) for one in parts]}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def show(title: str, part: Part) -> None:
    """Wall times are marked where others took too much of the processor."""
    table = Table("what", "unit", "n", "median", "p99", "goal", title=title, title_justify="left")
    is_disturbed = part.lost > MOST_LOST
    for one in part.lines:
        doubt = " (invalid)" if is_disturbed and "wall" in one.unit else ""
        met = {True: " (met)", False: " (MISSED)", None: ""}[one.is_met]
        table.add_row(one.what, one.unit + doubt, str(one.count), f"{one.median:.3g}", f"{one.p99:.3g}", one.goal + met)
    Console(width=132).print(table, f"processor lost: {part.lost:.0%}; most memory so far: {part.memory} MB\n")
