"""What was agreed for a business service: how much of the time it is there, and how long it may be gone for maintenance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.refusal import Refusal

WHOLE = 100_000
"""All of the time, in thousandths of a percent."""

MOST_BUDGET = 31 * 24 * 60
"""Minutes of the longest month."""


@dataclass(frozen=True)
class ServiceLevel:
    """`availability` in thousandths of a percent, `budget` in minutes of planned outage a month; None: not agreed.

    It holds from `since` on; none is from ever. A later word takes the place of all of it.
    """

    availability: int | None
    budget: int | None
    since: date | None = None


def level_on(levels: Iterable[ServiceLevel], day: date) -> ServiceLevel | None:
    """Of a service's levels, the latest word first, the one that holds on that day."""
    holding = [one for one in levels if one.since is None or one.since <= day]
    return max(holding, key=lambda one: one.since or date.min, default=None)


def require_sound_level(level: ServiceLevel) -> None:
    if level.availability is None and level.budget is None:
        raise Refusal("missing_field", "availability")
    if level.availability is not None:
        require_percentage(level.availability, "availability")
    if level.budget is not None and not 0 <= level.budget <= MOST_BUDGET:
        raise Refusal("bad_number", "budget", least=0, most=MOST_BUDGET, got=level.budget)


def require_percentage(thousandths: int, field: str) -> None:
    if not 0 <= thousandths <= WHOLE:
        raise Refusal("bad_percentage", field, got=thousandths / 1000)
