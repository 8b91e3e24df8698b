"""A customer's consent to one window in one of its busy periods: what can be asked for, and what becomes of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.refusal import Refusal
from app.domain.result import CheckResult, Conflict
from app.domain.spans import Instant
from app.domain.verdict import Verdict

Ways = tuple[tuple[str, ...], ...]
"""The paths of services along which a window reaches a customer, in a fixed order."""


class WaiverStatus(StrEnum):
    """`lapsed`: the window, the peak or the chain is no longer what it was about."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


COUNTING = frozenset({WaiverStatus.REQUESTED, WaiverStatus.GRANTED})
"""Of one window, peak and date there is at most one of these."""


@dataclass(frozen=True, order=True)
class BusyDate:
    """One occurrence of one peak, by its anchor: what a waiver is asked for."""

    customer: str
    peak: str
    anchor: date


@dataclass(frozen=True)
class WaiverRecord:
    """A waiver in whatever stage, with who asked, until when, and what was answered.

    `question` is what the change manager wrote; `note` the customer's conditions or reason; `alternative` when the customer
    would rather have it; `ways` how the window reached it when it signed. A refusal by nobody is silence.
    """

    window: str
    about: BusyDate
    status: WaiverStatus
    note: str = ""
    id: int = 0
    question: str = ""
    asked_by: str | None = None
    asked_at: Instant = 0
    decide_by: Instant | None = None
    decided_by: str | None = None
    decided_at: Instant | None = None
    alternative: Instant | None = None
    ways: Ways = ()

    @property
    def customer(self) -> str:
        return self.about.customer

    def awaits_answer(self, now: Instant) -> bool:
        """Whether it can still be answered: it was not, and its date is not over."""
        return self.status is WaiverStatus.REQUESTED and (self.decide_by is None or now < self.decide_by)

    @property
    def is_silence(self) -> bool:
        """Refused because nobody answered in time."""
        return self.status is WaiverStatus.REFUSED and self.decided_by is None and self.decided_at is not None


def askable(result: CheckResult) -> dict[BusyDate, tuple[Conflict, ...]]:
    """The busy dates whose customers could let the window happen, with where it meets them."""
    found: dict[BusyDate, tuple[Conflict, ...]] = {}
    for one in result.conflicts:
        if one.effect is Verdict.NEEDS_WAIVER:
            about = BusyDate(one.customer, one.peak, one.anchor)
            found[about] = (*found.get(about, ()), one)
    return found


def ways_to(result: CheckResult, customer: str) -> Ways:
    """How the checked windows reach a customer."""
    return tuple(sorted({one.path for one in result.affected if one.customer == customer}))


def seal(conflicts: Sequence[Conflict], ways: Ways) -> str:
    """A fingerprint of what a customer signs: where the window meets its busy date, how badly, and along which ways."""
    return hashlib.sha256(repr((sorted(map(repr, conflicts)), ways)).encode()).hexdigest()


def require_sound_date(decide_by: Instant, now: Instant, start: Instant | None) -> None:
    """Refused when the decision would be asked for in the past, or only once the work has begun (None: it may have)."""
    if decide_by <= now:
        raise Refusal("decision_date_over", "decide_by")
    if start is not None and decide_by > start:
        raise Refusal("decision_date_too_late", "decide_by")
