"""Experts: who knows which service, and when they cannot be reached."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import insert, select

from app.domain.cover import Expert
from app.domain.register import Name
from app.domain.spans import Span
from app.store.database import Work
from app.store.tables import absence, expert, expert_service


def add_expert(work: Work, new: Expert, supplier: str, name: Name, reasons: Iterable[str]) -> None:
    """An expert with his absences and their reasons, in the same order."""
    work.connection.execute(insert(expert).values(id=new.id, supplier_id=supplier, name_nl=name.nl, name_en=name.en))
    for known in sorted(new.services):
        work.connection.execute(insert(expert_service).values(expert_id=new.id, service_id=known))
    for span, reason in zip(new.absences, reasons, strict=True):
        row = {"expert_id": new.id, "start_at": span.start, "end_at": span.end, "reason": reason}
        work.connection.execute(insert(absence).values(row))


def experts_for(work: Work, services: Iterable[str]) -> list[Expert]:
    """The experts who know any of these services."""
    wanted = sorted(services)
    chosen = select(expert_service).where(
        expert_service.c.expert_id.in_(select(expert_service.c.expert_id).where(expert_service.c.service_id.in_(wanted)))
    )
    known: dict[str, set[str]] = defaultdict(set)
    for row in work.connection.execute(chosen):
        known[row.expert_id].add(row.service_id)
    away: dict[str, list[Span]] = defaultdict(list)
    for row in work.connection.execute(select(absence).where(absence.c.expert_id.in_(sorted(known)))):
        away[row.expert_id].append(Span(row.start_at, row.end_at))
    return [Expert(one, frozenset(known[one]), tuple(sorted(away[one]))) for one in sorted(known)]
