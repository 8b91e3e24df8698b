"""A conflict as something people deal with: what it is about, what caused it, and how far they are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.result import CheckResult
from app.domain.spans import Instant, Span, hull
from app.domain.verdict import Verdict, worst
from app.domain.waivers import WaiverStatus
from app.domain.windows import Window

PEAK = "peak"


@dataclass(frozen=True, order=True)
class CommonCause:
    """What many conflicts have in common: one peak or one kind of collision, met on the same maintained services."""

    kind: str
    customer: str
    peak: str
    services: tuple[str, ...]

    @property
    def key(self) -> str:
        return "|".join((self.kind, self.peak, " ".join(self.services)))


@dataclass(frozen=True)
class FoundConflict:
    """One conflict of one window: with a date of a peak, or with `others`. `matter` names it within its window."""

    cause: CommonCause
    anchor: date | None
    others: tuple[str, ...]
    effect: Verdict
    span: Span

    @property
    def matter(self) -> str:
        what = self.anchor.isoformat() if self.anchor else " ".join(self.others)
        return f"{self.cause.kind} {self.cause.peak} {what}"


class Closed(StrEnum):
    """`solved`: somebody dealt with it, or it is no longer met. `obsolete`: its window is no longer planned."""

    SOLVED = "solved"
    OBSOLETE = "obsolete"


@dataclass(frozen=True)
class Item:
    """A conflict that was found, since when, and, once it is closed, how, by whom (None: the system) and why."""

    id: int
    window: str
    found: FoundConflict
    opened_at: Instant
    closed: Closed | None = None
    closed_at: Instant | None = None
    closed_by: str | None = None
    reason: str = ""


class Stage(StrEnum):
    """How far an item is."""

    OPEN = "open"
    DISCUSSED = "discussed"
    WAITING = "waiting"
    WAIVED = "waived"
    SOLVED = "solved"
    OBSOLETE = "obsolete"


def found_in(result: CheckResult, window: Window) -> tuple[FoundConflict, ...]:
    """The conflicts a window's check found: one for each date of a peak, and one for each set of windows it collides with."""
    services = tuple(sorted(window.services))
    by_matter: dict[str, list[FoundConflict]] = {}
    for met in result.conflicts:
        cause = CommonCause(PEAK, met.customer, met.peak, services)
        one = FoundConflict(cause, met.anchor, (), met.effect, met.overlap)
        by_matter.setdefault(one.matter, []).append(one)
    for collision in result.collisions:
        others = tuple(sorted(set(collision.windows) - {window.id}))
        one = FoundConflict(CommonCause(collision.kind, "", "", services), None, others, collision.effect, collision.span)
        by_matter.setdefault(one.matter, []).append(one)
    return tuple(_together(same) for same in by_matter.values())


def _together(same: list[FoundConflict]) -> FoundConflict:
    first = same[0]
    return FoundConflict(
        first.cause, first.anchor, first.others, worst(one.effect for one in same), hull([one.span for one in same])
    )


def comes_back(item: Item, found: FoundConflict) -> bool:
    """Whether what was closed is open again: it is worse than what somebody dealt with, or was closed as gone."""
    return item.closed_by is None or found.effect.rank > item.found.effect.rank


def stage_of(item: Item, waiver: WaiverStatus | None, *, is_discussed: bool) -> Stage:
    """How far it is: closed, waived, waiting for the customer, talked about, or open."""
    if item.closed is not None:
        return Stage(item.closed.value)
    if waiver is WaiverStatus.GRANTED:
        return Stage.WAIVED
    if waiver is WaiverStatus.REQUESTED:
        return Stage.WAITING
    return Stage.DISCUSSED if is_discussed else Stage.OPEN


def may_be_closed(items: Iterable[Item]) -> bool:
    """By hand only what is advisory: the rest stands until window, peak or chain changes, or a waiver is granted."""
    return all(item.found.effect.rank <= Verdict.ADVISORY.rank for item in items if item.closed is None)


def worst_of(items: Collection[Item]) -> Verdict:
    return worst(item.found.effect for item in items)
