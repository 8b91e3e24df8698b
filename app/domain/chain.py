"""What goes down with what? The service chain with redundancy, evaluated for a set of services.

A service needs at least `minimum` members of each of its requirements. Down is the least fixpoint, so services
that need each other stay up until something takes one of them down.
"""

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Requirement:
    """`service` needs at least `minimum` of `members` up (redundancy when that is fewer than all)."""

    service: str
    members: frozenset[str]
    minimum: int = 1


@dataclass(frozen=True)
class Failing:
    """The services that are down, how many of its members each requirement has lost by that, and which are not met then."""

    down: frozenset[str]
    lost: Mapping[int, int]
    unmet: frozenset[int]


UNHARMED = Failing(frozenset(), {}, frozenset())


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

    @cached_property
    def spares(self) -> Mapping[str, frozenset[int]]:
        """By member: the requirements it counts in that have a spare (redundancy), by their number."""
        found = {
            member: frozenset(number for number, one in counted if one.minimum < len(one.members))
            for member, counted in self.requiring.items()
        }
        return {member: numbers for member, numbers in found.items() if numbers}

    def spares_above(self, services: Iterable[str]) -> frozenset[int]:
        """The requirements with a spare of which a member is one of these services or stands on one."""
        return frozenset().union(*(self.spares[one] for one in self.above(services) & self.spares.keys()))

    def down(self, maintained: Iterable[str]) -> frozenset[str]:
        """Every service that is down while these are: the maintained ones and all whose requirements fail."""
        return self.failing(maintained).down

    def failing(self, maintained: Iterable[str], already: Failing = UNHARMED) -> Failing:
        """What fails when these services are maintained, on top of what fails already."""
        down, lost, unmet = set(already.down), dict(already.lost), set(already.unmet)
        queue = deque(set(maintained) - down)
        down.update(queue)
        while queue:
            for number, requirement in self.requiring.get(queue.popleft(), ()):
                lost[number] = lost.get(number, 0) + 1
                if len(requirement.members) - lost[number] < requirement.minimum:
                    unmet.add(number)
                    if requirement.service not in down:
                        down.add(requirement.service)
                        queue.append(requirement.service)
        return Failing(frozenset(down), lost, frozenset(unmet))

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
