"""Whom to blame for what is down, and by which way does it get there? The chain while some windows are active."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.chain import UNHARMED, Chain, Failing
from app.domain.windows import Window


@dataclass(frozen=True)
class Further:
    """What becomes of a window by its company: the requirements that are no longer met, and the services above them.

    These go down because of it, or did already and now do so in another way as well.
    """

    unmet: frozenset[int] = frozenset()
    services: frozenset[str] = frozenset()


class Outage:
    """The state of the chain while exactly these windows are active: what is down, and whom to blame for it."""

    def __init__(self, chain: Chain, windows: Iterable[Window], alone: "Mapping[str, Outage] | None" = None) -> None:
        """`alone` knows by id the outages of the same windows by themselves."""
        self.chain = chain
        self.windows = {window.id: window for window in windows}
        self._alone = alone
        self._further: dict[str, Further] = {}
        self._ways: dict[str, Mapping[str, str]] = {}

    @property
    def down(self) -> frozenset[str]:
        return self.failing.down

    @cached_property
    def failing(self) -> Failing:
        """Gone on with from the window that takes down most, as what it does by itself stays so in company."""
        services = {service for window in self.windows.values() for service in window.services}
        known = (one.failing for one in self.alone.values() if one is not self)
        return self.chain.failing(services, max(known, key=lambda one: len(one.down), default=UNHARMED))

    @cached_property
    def alone(self) -> "Mapping[str, Outage]":
        if len(self.windows) == 1:
            return dict.fromkeys(self.windows, self)
        return self._alone or {key: Outage(self.chain, [window]) for key, window in self.windows.items()}

    def broken_by(self, window: str) -> frozenset[str]:
        """The services to whose being down the window contributes: reached along unmet requirements only."""
        return self.alone[window].down | self.further(window).services

    def is_broken_by(self, service: str, window: str) -> bool:
        return service in self.alone[window].down or service in self.further(window).services

    def further(self, window: str) -> Further:
        """What the window has a part in that it has not by itself."""
        if len(self.windows) == 1:
            return Further()
        if window not in self._further:
            spared = self.alone[window].failing.lost.keys() & self.failing.unmet - self.alone[window].failing.unmet
            self._further[window] = self._above(spared)
        return self._further[window]

    def _above(self, requirements: Iterable[int]) -> Further:
        """Everything that these unmet requirements take down."""
        unmet, services, queue = set(requirements), set[str](), deque(requirements)
        while queue:
            service = self.chain.requirements[queue.popleft()].service
            if service not in services:
                services.add(service)
                new = [one for one, _ in self.chain.requiring.get(service, ()) if one in self.failing.unmet and one not in unmet]
                unmet.update(new)
                queue.extend(new)
        return Further(frozenset(unmet), frozenset(services))

    def paths(self, service: str, window: str) -> list[tuple[str, ...]]:
        """From a service that is down to each service of the window it reaches: shortest, ties by service id."""
        ways = ((target, self._nearer(target)) for target in sorted(self.windows[window].services))
        return [_path(service, target, nearer) for target, nearer in ways if service in nearer]

    def _nearer(self, target: str) -> Mapping[str, str]:
        """By service that reaches the target along unmet requirements: the first member that is one step nearer."""
        if target not in self._ways:
            steps, nearer, queue = {target: 0}, {target: target}, deque([target])
            while queue:
                here = queue.popleft()
                for number, requirement in self.chain.requiring.get(here, ()):
                    if number in self.failing.unmet:
                        service, step = requirement.service, steps[here] + 1
                        if service not in steps:
                            steps[service], nearer[service] = step, here
                            queue.append(service)
                        elif steps[service] == step:
                            nearer[service] = min(here, nearer[service])
            self._ways[target] = nearer
        return self._ways[target]


def _path(service: str, target: str, nearer: Mapping[str, str]) -> tuple[str, ...]:
    path = [service]
    while path[-1] != target:
        path.append(nearer[path[-1]])
    return tuple(path)
