"""Experts as they are registered: whose they are, what they know, and when they cannot be reached. What makes no sense of it."""

from dataclasses import dataclass, replace

from app.domain.cover import Expert
from app.domain.refusal import Refusal
from app.domain.register import Name
from app.domain.spans import Instant, Span

DAY = 24 * 3600
LONGEST_ABSENCE = 2 * 366 * DAY
MOST_ABSENCES = 200
MOST_EXPERTS = 500
MOST_KNOWN = 200
LONGEST_REASON = 200
FURTHEST = 10 * 366 * DAY
"""How far ahead windows are looked at when an expert knows other services."""


@dataclass(frozen=True)
class Absence:
    """Half-open, in UTC. The reason is the supplier's own business; `number` is given when it is kept."""

    span: Span
    reason: str = ""
    number: int = 0


@dataclass(frozen=True)
class RegisteredExpert:
    """Each change of it is a new version. Who knows no service counts for nothing, and stays on the record."""

    id: str
    supplier: str
    name: Name
    services: frozenset[str]
    absences: tuple[Absence, ...] = ()
    version: int = 1

    @property
    def expert(self) -> Expert:
        return Expert(self.id, self.services, tuple(sorted(one.span for one in self.absences)))

    def coming(self, now: Instant) -> tuple[Absence, ...]:
        """The absences that are not over, by start."""
        return tuple(sorted((one for one in self.absences if one.span.end > now), key=lambda one: one.span))

    def without_reasons(self) -> "RegisteredExpert":
        """As others than his supplier may know him."""
        return replace(self, absences=tuple(replace(one, reason="") for one in self.absences))

    def with_absence(self, span: Span) -> Expert:
        """If he were also away then."""
        return replace(self.expert, absences=tuple(sorted((*self.expert.absences, span))))


def require_sound_absence(span: Span, now: Instant) -> None:
    """It ends after it starts, is not over, and lasts two years at the most."""
    if span.end <= span.start:
        raise Refusal("end_not_after_start", "end")
    if span.end <= now:
        raise Refusal("absence_over", "end")
    if span.seconds > LONGEST_ABSENCE:
        raise Refusal("absence_too_long", "end")
