"""The levels that were agreed for business services. None is overwritten: a later one holds from its own day on."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import insert, select

from app.domain.access import SYSTEM
from app.domain.service_levels import ServiceLevel
from app.store.database import Work
from app.store.tables import service_level


def add(work: Work, service: str, new: ServiceLevel) -> None:
    work.connection.execute(
        insert(service_level).values(
            service_id=service,
            availability=new.availability,
            budget=new.budget,
            since=new.since,
            agreed_at=work.now,
            agreed_by=None if work.actor == SYSTEM else work.actor.id,
        )
    )


def levels_of(work: Work, services: Iterable[str]) -> dict[str, tuple[ServiceLevel, ...]]:
    """By service: what was agreed over time, the latest word first. Which services the actor may see is asked before."""
    chosen = select(service_level).where(service_level.c.service_id.in_(sorted(services)))
    found: dict[str, tuple[ServiceLevel, ...]] = defaultdict(tuple)
    for row in work.connection.execute(chosen.order_by(service_level.c.id.desc())):
        level = ServiceLevel(row.availability, row.budget, row.since)
        found[row.service_id] = (*found[row.service_id], level)
    return dict(found)
