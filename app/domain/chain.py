"""What goes down, and through which services? The service chain with redundancy, evaluated for a set of windows.

A service needs at least `minimum` members of each of its requirements. Down is the least fixpoint, so services
that need each other stay up until something takes one of them down.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.windows import Window


@dataclass(frozen=True)
class Requirement:
    """`service` needs at least `minimum` of `members` up (redundancy when that is fewer than all)."""

    service: str
    members: frozenset[str]
    minimum: int = 1


@dataclass(frozen=True)
class Chain:
    """The services with their suppliers, and what they require. Several requirements of a service must all be met.

    `suppliers` is empty when the chain was loaded for a check, which asks nothing of them.
    """

    suppliers: Mapping[str, str]
    requirements: tuple[Requirement, ...] = ()

    @cached_property
    def requiring(self) -> Mapping[str, list[tuple[int, Requirement]]]:
        """By member: the requirements it counts in, with their number."""
        found = defaultdict(list)
        for number, requirement in enumerate(self.requirements):
            for member in requirement.members:
                found[member].append((number, requirement))
        return found

    @cached_property
    def services(self) -> frozenset[str]:
        """Every service that requires something or is required."""
        return frozenset(one for each in self.requirements for one in (each.service, *each.members))

    def down(self, maintained: Iterable[str]) -> frozenset[str]:
        """Every service that is down while these are: the maintained ones and all whose requirements fail."""
        down = set(maintained)
        lost: dict[int, int] = defaultdict(int)
        queue = deque(down)
        while queue:
            for number, requirement in self.requiring.get(queue.popleft(), ()):
                lost[number] += 1
                unmet = len(requirement.members) - lost[number] < requirement.minimum
                if unmet and requirement.service not in down:
                    down.add(requirement.service)
                    queue.append(requirement.service)
        return frozenset(down)

    def above(self, services: Iterable[str]) -> frozenset[str]:
        """Every service that stands on one of these, redundantly or not, the services themselves included."""
        found = set(services)
        queue = deque(found)
        while queue:
            for _, requirement in self.requiring.get(queue.popleft(), ()):
                if requirement.service not in found:
                    found.add(requirement.service)
                    queue.append(requirement.service)
        return frozenset(found)


class Outage:
    """The state of the chain while exactly these windows are active: what is down, and whom to blame for it."""

    def __init__(self, chain: Chain, windows: Iterable[Window]) -> None:
        self.windows = {window.id: window for window in windows}
        self.down = chain.down(service for window in self.windows.values() for service in window.services)
        self.needs: dict[str, set[str]] = defaultdict(set)
        self.breaks: dict[str, set[str]] = defaultdict(set)
        for requirement in chain.requirements:
            if requirement.service in self.down:
                failed = requirement.members & self.down
                if len(requirement.members) - len(failed) < requirement.minimum:
                    self.needs[requirement.service] |= failed
                    for member in failed:
                        self.breaks[member].add(requirement.service)
        self._broken_by: dict[str, frozenset[str]] = {}

    def broken_by(self, window: str) -> frozenset[str]:
        """The services to whose being down the window contributes: reached along unmet requirements only."""
        if window not in self._broken_by:
            found = set(self.windows[window].services)
            queue = deque(found)
            while queue:
                for service in self.breaks.get(queue.popleft(), ()):
                    if service not in found:
                        found.add(service)
                        queue.append(service)
            self._broken_by[window] = frozenset(found)
        return self._broken_by[window]

    def paths(self, service: str, window: str) -> list[tuple[str, ...]]:
        """From a service that is down to each service of the window it reaches: shortest, ties by service id."""
        targets = self.windows[window].services
        found: dict[str, tuple[str, ...]] = {service: (service,)}
        queue = deque([service])
        while queue:
            here = queue.popleft()
            for member in sorted(self.needs.get(here, ())):
                if member not in found:
                    found[member] = (*found[here], member)
                    queue.append(member)
        return [path for reached, path in sorted(found.items()) if reached in targets]
