"""A world of a given size: parties, a chain in four tiers, peaks and approved windows. The same seed, the same world."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from random import Random

from app.domain.chain import Chain, Requirement
from app.domain.peaks import Peak
from app.domain.walltime import local
from app.domain.windows import ChangeType, Impact, Window
from benchmarks.rules import peaks_of

NOW = 1795374000
"""Sunday 22 November 2026, 19:00 UTC."""


@dataclass(frozen=True)
class Size:
    """How many of each there are."""

    name: str
    customers: int
    suppliers: int
    services: int
    windows: int


SIZES = {
    "XS": Size("XS", 5, 4, 30, 20),
    "S": Size("S", 20, 10, 100, 200),
    "M": Size("M", 500, 100, 5_000, 10_000),
    "L": Size("L", 10_000, 1_000, 100_000, 10_000),
}
TIERS = {"business": 0.5, "application": 0.4, "platform": 0.08, "network": 0.02}
SECOND_MEMBER, REDUNDANT = 0.75, 0.15
POPULARITY = 0.8
"""Zipf's exponent: with it the most popular network node carries about two thirds of all customers."""


class World:
    """What is the same for a whole size; peaks and windows are made as they are asked for."""

    def __init__(self, size: Size, seed: int = 1) -> None:
        self.size, self.seed = size, seed
        chance = Random(f"{seed} chain {size.name}")
        self.customers = [f"C{number:05d}" for number in range(size.customers)]
        self.suppliers = [f"S{number:04d}" for number in range(size.suppliers)]
        self.tiers = {
            tier: [f"{tier[:3].upper()}{number:06d}" for number in range(max(3, round(size.services * share)))]
            for tier, share in TIERS.items()
        }
        self.supplier_of = {
            one: self.suppliers[0 if tier == "network" and number < 3 else chance.randrange(size.suppliers)]
            for tier, services in self.tiers.items()
            for number, one in enumerate(services)
        }
        self.users = {one: self.customers[number % size.customers] for number, one in enumerate(self.tiers["business"])}
        self.chain = Chain(self.supplier_of, tuple(self._requirements(chance)))

    def _requirements(self, chance: Random) -> Iterator[Requirement]:
        """Each service stands on one or two of the tier below, popular ones more often; some pairs are redundant."""
        names = list(self.tiers)
        for tier, below in pairwise(names):
            members = self.tiers[below]
            weights = list(accumulate(1 / (rank + 1) ** POPULARITY for rank in range(len(members))))
            for one in self.tiers[tier]:
                chosen = {members[bisect_left(weights, chance.random() * weights[-1])]}
                if chance.random() < SECOND_MEMBER:
                    chosen.add(members[bisect_left(weights, chance.random() * weights[-1])])
                minimum = 1 if chance.random() < REDUNDANT else len(chosen)
                yield Requirement(one, frozenset(chosen), minimum)

    def uses(self, customer: str) -> list[str]:
        number = int(customer[1:])
        return self.tiers["business"][number :: self.size.customers]

    def peaks(self, customers: Sequence[str] | None = None) -> Iterator[Peak]:
        """Forty of each customer, which do not depend on those of others."""
        for customer in self.customers if customers is None else customers:
            yield from peaks_of(customer, self.uses(customer), Random(f"{self.seed} peaks {customer}"))

    def windows(self) -> Iterator[Window]:
        """One to five services of one supplier in one tier, within a year, most of them at night."""
        chance = Random(f"{self.seed} windows {self.size.name}")
        offered: dict[tuple[str, str], list[str]] = {}
        for tier, services in self.tiers.items():
            for one in services:
                offered.setdefault((self.supplier_of[one], tier), []).append(one)
        choices = sorted(offered)
        for number in range(self.size.windows):
            supplier, tier = chance.choice(choices)
            services = offered[supplier, tier]
            chosen = chance.sample(services, min(len(services), chance.randint(1, 5)))
            yield self._window(f"W{number:05d}", supplier, chosen, chance)

    def backbone(self, number: int) -> Window:
        """One of the windows on the three most popular network nodes."""
        chance = Random(f"{self.seed} backbone {number}")
        return self._window(f"B{number:03d}", self.suppliers[0], self.tiers["network"][:3], chance)

    def _window(self, name: str, supplier: str, services: Sequence[str], chance: Random) -> Window:
        day = local(NOW, "UTC").replace(tzinfo=None, hour=0, minute=0) + timedelta(days=chance.randint(1, 365))
        hour = chance.choice([22, 23, 0, 1, 2]) if chance.random() < 0.8 else chance.randrange(24)
        start = day + timedelta(hours=hour)
        return Window(
            id=name,
            supplier=supplier,
            services=frozenset(services),
            type=ChangeType.NORMAL,
            zone="UTC",
            start=start,
            end=start + timedelta(hours=chance.randint(1, 7)),
            rollback_minutes=chance.choice([0, 30, 60]),
            impact=Impact.OUTAGE,
        )


def moved(window: Window, start: datetime) -> Window:
    return replace(window, start=start, end=start + (window.end - window.start))
