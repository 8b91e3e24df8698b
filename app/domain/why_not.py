"""Why not at this time? Each thing in the way of a window, with the smallest changes that would lift it."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from app.domain import moved
from app.domain.agreed_slots import closed
from app.domain.changes import Change, ChangeKind, Limits, asked_for, consented, cut_short, shifted, tried, without_one
from app.domain.conflicts import check
from app.domain.result import CheckResult, Collision, Conflict
from app.domain.situation import Situation
from app.domain.spans import Instant, Span, merged
from app.domain.verdict import Verdict
from app.domain.windows import Window

REACH = 7 * 24 * 3600
"""How much earlier or later is looked for, in seconds."""

MOST_BLOCKERS = 20

Finding = Conflict | Collision
Told = Callable[[Finding], Finding]


@dataclass(frozen=True)
class OutsideAgreed:
    """The window is exposed, in this stretch first, when one of its services is closed."""

    span: Span


@dataclass(frozen=True)
class Blocker:
    """Something in the way, as its reader may know it, and what would lift it: the smallest change of each kind, checked."""

    finding: Finding | OutsideAgreed
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class WhyNot:
    """The verdict of a window, what is in the way, and what would lift all of it at once. `is_cut`: there is more."""

    window: Window
    verdict: Verdict
    blockers: tuple[Blocker, ...]
    together: tuple[Change, ...]
    is_cut: bool

    @property
    def is_possible(self) -> bool:
        return not self.blockers


def around(window: Window, now: Instant) -> Span:
    """What a situation for the question has to cover; what has been is not looked at, unless the window has."""
    exposed = moved.first_of(window).exposed
    return Span(min(exposed.start, max(now, exposed.start - REACH)), exposed.end + REACH)


def why_not(window: Window, situation: Situation, limits: Limits, told: Told) -> WhyNot:
    """What is in the way of a single window that is worse than the limits allow.

    `told` is what the reader may know of a finding; findings of which he is told the same are one blocker to him.
    """
    asked = _Asked(window, situation, limits)
    groups: dict[Finding, list[Finding]] = {}
    for one in asked.worse(asked.result):
        groups.setdefault(told(one), []).append(one)
    ordered = sorted(groups, key=lambda one: (-one.effect.rank, repr(one)))
    blockers = [Blocker(one, tuple(asked.lifting(groups[one]))) for one in ordered[:MOST_BLOCKERS]]
    outside = asked.outside(moved.first_of(window).exposed, window)
    if outside:
        blockers.insert(0, Blocker(OutsideAgreed(outside[0]), tuple(asked.lifting([], is_outside=True))))
    everything = [*asked.worse(asked.around), *(one for group in groups.values() for one in group)]
    lifted = asked.lifting(everything, is_outside=True) if len(groups) + bool(outside) > 1 else ()
    together = tuple(change for change in lifted if change.clears)
    return WhyNot(window, asked.result.verdict, tuple(blockers), together, len(ordered) > MOST_BLOCKERS)


class _Asked:
    """A window, with what it meets and what it would meet around its time."""

    def __init__(self, window: Window, situation: Situation, limits: Limits) -> None:
        self.window, self.situation, self.limits = window, situation, limits
        self.result = check([window], situation)
        self.known = around(window, limits.now)
        self.around = check([moved.throughout(window, self.known)], situation)

    def worse(self, result: CheckResult) -> Iterator[Finding]:
        most = self.limits.worst.rank
        yield from (one for one in result.conflicts if one.effect.rank > most)
        yield from (one for one in result.collisions if one.effect.rank > most)

    def outside(self, span: Span, window: Window) -> list[Span]:
        return closed(self.limits.agreed_for(window), span)

    def lifting(self, findings: Sequence[Finding], *, is_outside: bool = False) -> Iterator[Change]:
        """The smallest change of each kind after which a check finds none of these any more."""
        keys = {_key(one) for one in findings}
        met = set(self.result.conflicts)
        waivers = asked_for(one for one in findings if isinstance(one, Conflict) and one in met)
        seen: set[ChangeKind] = set()
        for change in self._candidates(keys, is_outside=is_outside):
            confirmed, result = tried(change, self.situation, self.limits)
            if change.kind not in seen and self._lifts(confirmed, result, keys, is_outside=is_outside):
                seen.add(change.kind)
                yield confirmed
        for change in consented(self.window, waivers):
            confirmed, result = tried(change, self.situation, self.limits, waivers)
            if self._lifts(confirmed, result, keys, is_outside=is_outside):
                yield confirmed

    def _candidates(self, keys: set[Hashable], *, is_outside: bool) -> Iterator[Change]:
        runs = [_span(one) for one in self.worse(self.around) if _key(one) in keys]
        runs = merged([*runs, *(self.outside(self.known, self.window) if is_outside else ())])
        exposed = moved.first_of(self.window).exposed
        met = [run for run in runs if run.overlaps(exposed)]
        if met:
            yield from cut_short(self.window, met[0].start - exposed.start)
            yield from shifted(self.window, runs, self.known)
        yield from without_one(self.window)

    def _lifts(self, change: Change, result: CheckResult, keys: set[Hashable], *, is_outside: bool) -> bool:
        still = any(_key(one) in keys for one in self.worse(result))
        return not still and not (is_outside and self.outside(moved.first_of(change.window).exposed, change.window))


def _key(finding: Finding) -> Hashable:
    """The same peak on another of its dates, and the same windows for another while, are the same in the way."""
    if isinstance(finding, Conflict):
        return finding.customer, finding.peak
    return finding.kind, finding.windows


def _span(finding: Finding) -> Span:
    return finding.overlap if isinstance(finding, Conflict) else finding.span
