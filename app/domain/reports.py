"""What is reported of maintenance that was done: figures and marks side by side, and never the one made from the other."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.access import Actor, PartyKind
from app.domain.spans import Instant

ENOUGH = 6
"""From this mark on a customer is content."""


class Quadrant(StrEnum):
    """In the order in which they are looked at: what no figure tells comes first."""

    GREEN_BUT_UNHAPPY = "green_but_unhappy"
    RED_AND_UNHAPPY = "red_and_unhappy"
    RED_BUT_CONTENT = "red_but_content"
    GREEN_AND_CONTENT = "green_and_content"
    UNKNOWN = "unknown"
    """No mark was given, or nothing was measured or agreed."""


@dataclass(frozen=True)
class Mark:
    """One run for one customer. Availability and target in thousandths of a percent; None is unknown, not good."""

    window: str
    occurrence: str
    supplier: str
    customer: str
    finished_at: Instant
    mark: int | None
    remark: str
    measured: int | None
    target: int | None
    planned: int
    taken: int

    @property
    def is_met(self) -> bool | None:
        return None if self.measured is None or self.target is None else self.measured >= self.target

    @property
    def quadrant(self) -> Quadrant:
        if self.mark is None or self.is_met is None:
            return Quadrant.UNKNOWN
        if self.mark >= ENOUGH:
            return Quadrant.GREEN_AND_CONTENT if self.is_met else Quadrant.RED_BUT_CONTENT
        return Quadrant.GREEN_BUT_UNHAPPY if self.is_met else Quadrant.RED_AND_UNHAPPY


@dataclass(frozen=True)
class Ran:
    """How long a run was planned to take and took, in seconds."""

    window: str
    occurrence: str
    supplier: str
    started_at: Instant
    planned: int
    taken: int
    result: str


@dataclass(frozen=True)
class Minutes:
    """Seconds that a customer missed a service of its own: as planned, and as it went."""

    customer: str
    service: str
    planned: int
    taken: int


@dataclass(frozen=True)
class Budget:
    """Seconds of planned outage of a service in a month, rollback reserves included, over all suppliers; of how many allowed."""

    service: str
    month: date
    planned: int
    allowed: int | None

    @property
    def is_over(self) -> bool:
        return self.allowed is not None and self.planned > self.allowed


@dataclass(frozen=True)
class Share:
    """How many of a supplier's windows were emergencies."""

    supplier: str
    emergencies: int
    windows: int


@dataclass(frozen=True)
class Report:
    marks: tuple[Mark, ...]
    runs: tuple[Ran, ...]
    minutes: tuple[Minutes, ...]
    budgets: tuple[Budget, ...]
    shares: tuple[Share, ...]

    @property
    def quadrants(self) -> list[tuple[Quadrant, int]]:
        """How many marks are in each, in their order."""
        counted = Counter(one.quadrant for one in self.marks)
        return [(quadrant, counted[quadrant]) for quadrant in Quadrant]


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Green but unhappy first; within a quadrant the lowest mark, then the latest."""
    order = list(Quadrant)
    none = max(11, ENOUGH)
    return tuple(sorted(marks, key=lambda one: (order.index(one.quadrant), one.mark or none, -one.finished_at, one.customer)))


def disclose_report(report: Report, reader: Actor, uses: Collection[str], sharing: Collection[str]) -> Report:
    """The report as this reader may know it.

    A customer reads its own rows and the budget of the services it uses; a supplier its own windows, and of customers only
    those that share their names. What maintenance of all suppliers adds up to is nothing a supplier is told.
    """
    match reader.kind:
        case PartyKind.INTEGRATOR:
            return report
        case PartyKind.CUSTOMER:
            own = tuple(one for one in report.marks if one.customer == reader.party)
            reached = {(one.window, one.occurrence) for one in own if one.taken or one.planned}
            return Report(
                marks=tuple(one if (one.window, one.occurrence) in reached else replace(one, supplier="") for one in own),
                runs=tuple(one for one in report.runs if (one.window, one.occurrence) in reached),
                minutes=tuple(one for one in report.minutes if one.customer == reader.party),
                budgets=tuple(one for one in report.budgets if one.service in uses),
                shares=(),
            )
        case PartyKind.SUPPLIER:
            mine = tuple(one for one in report.marks if one.supplier == reader.party and one.customer in sharing)
            return replace(
                report,
                marks=mine,
                runs=tuple(one for one in report.runs if one.supplier == reader.party),
                minutes=(),
                budgets=(),
                shares=tuple(one for one in report.shares if one.supplier == reader.party),
            )
