"""Which windows are active at the same time, and what do they take down together? The proposed ones among the committed.

The time of the proposed windows is cut into moments in which the same windows are active. The chain is evaluated once for
each group of them that can do more together than apart, which most do not, however many are active.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from app.domain.outage import Outage
from app.domain.situation import Customer, Dated, Situation, dated
from app.domain.spans import Runs, Span, stretches
from app.domain.windows import Window, WindowOccurrence


@dataclass(frozen=True)
class Moment:
    """A stretch of time in which exactly these windows are active, at least one of them proposed.

    They are told apart by company: those that can take down more together than apart have one outage.
    """

    span: Span
    active: frozenset[str]
    outages: tuple[Outage, ...]

    def outage_of(self, window: str) -> Outage:
        """The one that an active window has a part in."""
        return next(one for one in self.outages if window in one.windows)

    def is_down(self, service: str) -> bool:
        return any(service in one.down for one in self.outages)


class Scene:
    """The proposed windows among the committed ones, and what is down while some of them are active."""

    def __init__(self, proposed: Sequence[Window], situation: Situation) -> None:
        self.situation = situation
        self.proposed: list[Dated] = [dated(window) for window in proposed]
        own = {window.id for window in proposed}
        others = [one for one in situation.dated if one.window.id not in own]
        exposed = Runs(occurrence.exposed for window in self.proposed for occurrence in window.occurrences)
        self.committed = [near for near in (_near(other, exposed) for other in others) if near.occurrences]
        self.windows = {one.window.id: one.window for one in [*self.proposed, *self.committed]}
        self._outages: dict[frozenset[str], Outage] = {}
        self._parted: dict[frozenset[str], tuple[Outage, ...]] = {}
        self._spares: dict[str, frozenset[int]] = {}

    @cached_property
    def proposed_ids(self) -> frozenset[str]:
        return frozenset(one.window.id for one in self.proposed)

    def is_proposed(self, window: str) -> bool:
        return window in self.proposed_ids

    @cached_property
    def users(self) -> Mapping[str, list[Customer]]:
        """By service: the customers who use it."""
        found = defaultdict(list)
        for customer in self.situation.customers:
            for service in customer.uses:
                found[service].append(customer)
        return found

    @cached_property
    def moments(self) -> list[Moment]:
        """Between two of them something changes."""
        windows = [*self.proposed, *self.committed]
        exposed = ((one.window.id, occurrence.exposed) for one in windows for occurrence in one.occurrences)
        return [Moment(span, active, self._outages_of(active)) for span, active in stretches(exposed) if active & self.proposed_ids]

    def moments_of(self, occurrence: WindowOccurrence) -> Iterator[Moment]:
        """The moments within one occurrence's exposure: they begin with it and follow one another."""
        first = bisect_left(self.moments, occurrence.exposed.start, key=lambda moment: moment.span.start)
        later = islice(self.moments, first, None)
        return takewhile(lambda moment: moment.span.start < occurrence.exposed.end, later)

    def alone(self, window: str) -> Outage:
        """The chain while nothing but this window is active."""
        return self._outage(frozenset({window}))

    def _outages_of(self, active: frozenset[str]) -> tuple[Outage, ...]:
        if active not in self._parted:
            self._parted[active] = tuple(map(self._outage, self._companies_of(active)))
        return self._parted[active]

    def _companies_of(self, active: frozenset[str]) -> list[frozenset[str]]:
        """The same windows, parted so that those of two parts take down together what they take down apart, by the same ways.

        What stands on two windows goes down with either, unless there is a spare: only a requirement with one can be met
        under each and unmet under both. So windows belong together when such a requirement stands on both, or by way of a third.
        """
        parts: list[tuple[frozenset[str], frozenset[int]]] = []
        for window in sorted(active):
            spares = self._spares_above(window)
            apart = [part for part in parts if part[1].isdisjoint(spares)]
            joined = [part for part in parts if part not in apart]
            company = frozenset({window}).union(*(windows for windows, _ in joined))
            parts = [*apart, (company, spares.union(*(others for _, others in joined)))]
        return [windows for windows, _ in parts]

    def _spares_above(self, window: str) -> frozenset[int]:
        """The requirements with a spare that stand on a window."""
        if window not in self._spares:
            self._spares[window] = self.situation.chain.spares_above(self.windows[window].services)
        return self._spares[window]

    def _outage(self, active: frozenset[str]) -> Outage:
        if active not in self._outages:
            windows = [self.windows[one] for one in sorted(active)]
            alone = {window.id: self.alone(window.id) for window in windows} if len(windows) > 1 else None
            self._outages[active] = Outage(self.situation.chain, windows, alone)
        return self._outages[active]


def _near(window: Dated, exposed: Runs) -> Dated:
    """A committed window with only those occurrences that overlap a proposed exposure."""
    return Dated(window.window, tuple(one for one in window.occurrences if exposed.meet(one.exposed)))
