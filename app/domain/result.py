"""What a check answers: whom a window reaches, what it meets, and the verdict. Plain values, in a fixed order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.peaks import Severity
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict


class CollisionKind(StrEnum):
    SAME_SERVICE = "same_service"
    SAME_CHAIN = "same_chain"
    REDUNDANCY_LOSS = "redundancy_loss"


class NoteKind(StrEnum):
    NO_CUSTOMER_AFFECTED = "no_customer_affected"
    REDUCED_REDUNDANCY = "reduced_redundancy"
    CALENDAR_HORIZON = "calendar_horizon"


@dataclass(frozen=True, order=True)
class Affected:
    """A customer's service that a window takes down, and the way: from the used service to a maintained one."""

    window: str
    customer: str
    service: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """One window occurrence meets one peak occurrence of a customer it reaches, for one unbroken overlap.

    `waived` says that a granted waiver exists; `effect` whether it helps. `busy_until` is when the busy stretch that is
    met ends: from then on this peak is no longer in the way. `zone` is the peak's: the customer's own clock.
    """

    window: str
    occurrence_start: Instant
    customer: str
    peak: str
    anchor: date
    severity: Severity
    effect: Verdict
    waived: bool
    overlap: Span
    phase: str
    services: tuple[str, ...]
    peak_first_day: date
    peak_last_day: date
    busy_until: Instant
    zone: str


@dataclass(frozen=True)
class Collision:
    """Windows that hurt together, at least one of them proposed."""

    kind: CollisionKind
    windows: tuple[str, ...]
    services: tuple[str, ...]
    customers: tuple[str, ...]
    span: Span
    effect: Verdict


@dataclass(frozen=True, order=True)
class Note:
    """Something to know that does not change the verdict."""

    kind: NoteKind
    window: str
    customer: str = ""
    service: str = ""
    peak: str = ""


@dataclass(frozen=True)
class CheckResult:
    verdict: Verdict
    window_verdicts: Mapping[str, Verdict]
    affected: tuple[Affected, ...]
    conflicts: tuple[Conflict, ...]
    collisions: tuple[Collision, ...]
    notes: tuple[Note, ...]

    @property
    def customers(self) -> frozenset[str]:
        """Everyone a checked window reaches."""
        return frozenset(one.customer for one in self.affected)
