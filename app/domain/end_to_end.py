"""Along which services does a window reach its customers, and who has to be on the bridge for them?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.spans import Instant

Paths = Iterable[Sequence[str]]
"""Each from a service that is used to one that is maintained."""


@dataclass(frozen=True)
class GreenLight:
    """Somebody saw that a service works again."""

    service: str
    ticked_at: Instant
    ticked_by: str


def along(paths: Paths, maintained: Iterable[str]) -> list[str]:
    """Every service on the paths once, what is maintained first and what is used last: the order of seeing that all works."""
    steps = dict.fromkeys(sorted(maintained), 0)
    for path in paths:
        for distance, service in enumerate(reversed(path)):
            steps[service] = max(distance, steps.get(service, 0))
    return sorted(steps, key=lambda one: (steps[one], one))


def suppliers_above(services: Iterable[str], suppliers: Mapping[str, str], own: str) -> list[str]:
    """The other suppliers on the way: whoever delivers one of these services."""
    return sorted({suppliers[one] for one in services if one in suppliers} - {own})
