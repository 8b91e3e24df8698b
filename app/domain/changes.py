"""What would have to be otherwise? Small changes of a window, each of which is checked before it is told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain import moved
from app.domain.agreed_slots import Agreement, within
from app.domain.conflicts import check
from app.domain.result import CheckResult, Conflict
from app.domain.situation import Situation, Waiver
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.domain.windows import Window

MINUTE = 60
SHORTEST = 15 * MINUTE


class ChangeKind(StrEnum):
    """From small to large: what is tried first stands first."""

    LESS_ROLLBACK = "less_rollback"
    EARLIER = "earlier"
    LATER = "later"
    SHORTER = "shorter"
    WAIVER = "waiver"
    WITHOUT_SERVICE = "without_service"
    BEYOND = "beyond"


@dataclass(frozen=True)
class Change:
    """A window as it would become, and its verdict then.

    `minutes` is how much earlier, later or shorter, of LESS_ROLLBACK how many are left; `days` of BEYOND how many after the
    last one; `customers` whose consent it takes. `clears`: then nothing is in the way that is worse than asked for.
    """

    kind: ChangeKind
    window: Window
    verdict: Verdict = Verdict.BLOCKED
    clears: bool = False
    minutes: int = 0
    days: int = 0
    service: str = ""
    customers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Limits:
    """What a changed window has to keep to: no worse a verdict, the agreed slots, and nothing before `now`."""

    worst: Verdict
    agreed: tuple[Agreement, ...]
    now: Instant

    def allows(self, window: Window, result: CheckResult) -> bool:
        return result.verdict.rank <= self.worst.rank and within(self.agreed_for(window), moved.first_of(window).exposed)

    def agreed_for(self, window: Window) -> tuple[Agreement, ...]:
        return tuple(one for one in self.agreed if one.service in window.services)


def tried(change: Change, situation: Situation, limits: Limits, waivers: Iterable[Waiver] = ()) -> tuple[Change, CheckResult]:
    """The change with the verdict that a check gives it, were these waivers granted."""
    result = check([change.window], replace(situation, waivers=situation.waivers.union(waivers)))
    return replace(change, verdict=result.verdict, clears=limits.allows(change.window, result)), result


def asked_for(conflicts: Iterable[Conflict]) -> frozenset[Waiver]:
    """The waivers that would help: none for what no waiver can lift."""
    needing = (one for one in conflicts if one.effect is Verdict.NEEDS_WAIVER)
    return frozenset(Waiver(one.window, one.customer, one.peak, one.anchor) for one in needing)


def cut_short(window: Window, room: int) -> Iterator[Change]:
    """The window made to fit into `room` seconds from its start: by its reserve alone, else by its length."""
    occurrence = moved.first_of(window)
    length = occurrence.planned.seconds
    if length <= room < occurrence.exposed.seconds:
        left = (room - length) // MINUTE
        yield Change(ChangeKind.LESS_ROLLBACK, replace(window, rollback_minutes=left), minutes=left)
    shorter = (room - window.rollback_minutes * MINUTE) // MINUTE * MINUTE
    if SHORTEST <= shorter < length:
        planned = Span(occurrence.planned.start, occurrence.planned.start + shorter)
        yield Change(ChangeKind.SHORTER, moved.at(window, planned), minutes=-(-(length - shorter) // MINUTE))


def shifted(window: Window, runs: Sequence[Span], known: Span) -> Iterator[Change]:
    """The window moved out of the way of these runs (merged, ascending), as little as it takes in either direction.

    It stays within what is `known`: a time of which nothing was loaded is not free.
    """
    exposed = moved.first_of(window).exposed
    earlier, later = exposed.start, exposed.start
    for run in reversed(runs):
        if run.overlaps(Span(earlier, earlier + exposed.seconds)):
            earlier -= _whole_minutes(earlier + exposed.seconds - run.start)
    for run in runs:
        if run.overlaps(Span(later, later + exposed.seconds)):
            later += _whole_minutes(run.end - later)
    if known.start <= earlier < exposed.start:
        yield Change(ChangeKind.EARLIER, moved.starting(window, earlier), minutes=(exposed.start - earlier) // MINUTE)
    if later > exposed.start and later + exposed.seconds <= known.end:
        yield Change(ChangeKind.LATER, moved.starting(window, later), minutes=(later - exposed.start) // MINUTE)


def without_one(window: Window) -> Iterator[Change]:
    """The window without each of its services, when it has several."""
    for service in sorted(window.services) if len(window.services) > 1 else ():
        yield Change(ChangeKind.WITHOUT_SERVICE, replace(window, services=window.services - {service}), service=service)


def consented(window: Window, waivers: Iterable[Waiver]) -> Iterator[Change]:
    customers = frozenset(one.customer for one in waivers)
    if customers:
        yield Change(ChangeKind.WAIVER, window, customers=customers)


def _whole_minutes(seconds: int) -> int:
    return -(-seconds // MINUTE) * MINUTE
