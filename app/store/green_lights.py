"""Which services were seen to work again after a run, by whom and when."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from app.domain.end_to_end import GreenLight
from app.store.database import Work
from app.store.tables import green_light

g = green_light.c


def tick(work: Work, window: str, occurrence: str, services: Iterable[str]) -> None:
    """Seen by the actor, now; who saw it first stays."""
    known = lights(work, window, occurrence)
    row = {"window_id": window, "occurrence": occurrence, "ticked_at": work.now, "ticked_by": work.actor.id}
    rows = [{**row, "service_id": service} for service in sorted(services) if service not in known]
    if rows:
        work.connection.execute(insert(green_light), rows)


def put_out(work: Work, window: str, occurrence: str, services: Iterable[str]) -> None:
    mine = (g.window_id == window) & (g.occurrence == occurrence) & g.service_id.in_(sorted(services))
    work.connection.execute(delete(green_light).where(mine))


def lights(work: Work, window: str, occurrence: str) -> dict[str, GreenLight]:
    """By service."""
    rows = work.connection.execute(select(green_light).where(g.window_id == window, g.occurrence == occurrence))
    return {row.service_id: GreenLight(row.service_id, row.ticked_at, row.ticked_by) for row in rows}
