"""What is agreed for a business service: its availability, and its budget of planned outage."""

from app.domain.access import Right, require
from app.domain.refusal import NotFound
from app.domain.service_levels import ServiceLevel, require_sound_level
from app.store import parties, service_levels, trail
from app.store.database import Work
from app.store.turnstile import take_turn


def agree_level(work: Work, service: str, level: ServiceLevel) -> None:
    """From its day on this is the service's level; what was agreed before it stays on the record."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    require_sound_level(level)
    if service not in parties.visible_services(work, [service]):
        raise NotFound("service")
    service_levels.add(work, service, level)
    since = level.since.isoformat() if level.since else ""
    trail.append(work, "level.agreed", "service_level", service, availability=level.availability, budget=level.budget, since=since)
