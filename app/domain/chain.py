"""What goes down, and through which services? The service chain with redundancy, evaluated for a set of windows.

A service needs at least `minimum` members of each of its requirements. Down is the least fixpoint, so services
that need each other stay up until something takes one of them down.
"""

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Mapping
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
    def required(self) -> Mapping[str, list[Requirement]]:
        """By service: its requirements."""
        found = defaultdict(list)
        for requirement in self.requirements:
            found[requirement.service].append(requirement)
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

    def above(self, services: Iterable[str], within: Container[str] | None = None) -> frozenset[str]:
        """Every service that stands on one of these, redundantly or not, the services themselves included.

        With `within` nothing beyond those services is followed.
        """
        found = set(services)
        queue = deque(found)
        while queue:
            for _, requirement in self.requiring.get(queue.popleft(), ()):
                if requirement.service not in found and (within is None or requirement.service in within):
                    found.add(requirement.service)
                    queue.append(requirement.service)
        return frozenset(found)

    def below(self, services: Iterable[str]) -> frozenset[str]:
        """Every service that one of these stands on, redundantly or not, the services themselves included."""
        found = set(services)
        queue = deque(found)
        while queue:
            for requirement in self.required.get(queue.popleft(), ()):
                new = requirement.members - found
                found |= new
                queue.extend(new)
        return frozenset(found)


class Outage:
    """The state of the chain while exactly these windows are active: what is down, and whom to blame for it."""

    def __init__(self, chain: Chain, windows: Iterable[Window]) -> None:
        self.chain = chain
        self.windows = {window.id: window for window in windows}
        self.down = chain.down(service for window in self.windows.values() for service in window.services)
        self._broken_by: dict[str, frozenset[str]] = {}
        self._steps: dict[str, dict[str, int]] = {}

    @cached_property
    def needs(self) -> Mapping[str, set[str]]:
        """By service that is down: the members that are down of its unmet requirements."""
        found: dict[str, set[str]] = defaultdict(set)
        for requirement in (one for service in self.down for one in self.chain.required.get(service, ())):
            failed = requirement.members & self.down
            if len(requirement.members) - len(failed) < requirement.minimum:
                found[requirement.service] |= failed
        return found

    @cached_property
    def breaks(self) -> Mapping[str, set[str]]:
        """By service that is down: the services it helps to take down directly."""
        found: dict[str, set[str]] = defaultdict(set)
        for service, members in self.needs.items():
            for member in members:
                found[member].add(service)
        return found

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

    def ways_of(self, window: str) -> Mapping[str, frozenset[str]]:
        """By service that the window helps to take down: through which members it does. Where these are the same, so are paths."""
        broken = self.broken_by(window)
        return {service: broken & self.needs.get(service, frozenset()) for service in broken}

    def paths(self, service: str, window: str) -> list[tuple[str, ...]]:
        """From a service that is down to each service of the window it reaches: shortest, ties by service id."""
        targets = sorted(self.windows[window].services)
        return [self._path(service, reached) for reached in targets if service in self._steps_to(reached)]

    def _path(self, service: str, target: str) -> tuple[str, ...]:
        """Step by step to the first member that is one nearer."""
        steps = self._steps_to(target)
        path = [service]
        for left in range(steps[service], 0, -1):
            path.append(min(member for member in self.needs[path[-1]] if steps.get(member) == left - 1))
        return tuple(path)

    def _steps_to(self, target: str) -> Mapping[str, int]:
        """From how many steps away each service reaches the target along unmet requirements, found from the target up."""
        if target not in self._steps:
            steps = {target: 0}
            queue = deque([target])
            while queue:
                here = queue.popleft()
                for service in self.breaks.get(here, ()):
                    if service not in steps:
                        steps[service] = steps[here] + 1
                        queue.append(service)
            self._steps[target] = steps
        return self._steps[target]
