"""Experts: who knows which service, and when they cannot be reached."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, delete, false, insert, select, true, update

from app.domain.absences import Absence, RegisteredExpert
from app.domain.access import PartyKind
from app.domain.cover import Expert
from app.domain.refusal import NotFound, Refusal
from app.domain.register import Name
from app.domain.spans import Span
from app.store.database import Work
from app.store.tables import absence, expert, expert_service, service


def add(work: Work, new: RegisteredExpert) -> None:
    columns = {"supplier_id": new.supplier, "name_nl": new.name.nl, "name_en": new.name.en, "version": new.version}
    work.connection.execute(insert(expert).values(id=new.id, **columns))
    _link_services(work, new)
    for one in new.absences:
        add_absence(work, new.id, one)


def save(work: Work, changed: RegisteredExpert, seen_version: int) -> None:
    """Write name and services of an expert that was read as `seen_version`; if it has changed since, nothing is written."""
    chosen = update(expert).where(expert.c.id == changed.id, expert.c.version == seen_version)
    columns = {"name_nl": changed.name.nl, "name_en": changed.name.en, "version": seen_version + 1}
    if work.connection.execute(chosen.values(**columns)).rowcount != 1:
        raise Refusal("changed_meanwhile")
    work.connection.execute(delete(expert_service).where(expert_service.c.expert_id == changed.id))
    _link_services(work, changed)


def add_absence(work: Work, expert_id: str, new: Absence) -> None:
    row = {"expert_id": expert_id, "start_at": new.span.start, "end_at": new.span.end, "reason": new.reason}
    work.connection.execute(insert(absence).values(row))


def shorten_absence(work: Work, number: int, end: int) -> None:
    work.connection.execute(update(absence).where(absence.c.id == number).values(end_at=end))


def remove_absence(work: Work, number: int) -> None:
    work.connection.execute(delete(absence).where(absence.c.id == number))


def load(work: Work, expert_id: str) -> RegisteredExpert:
    """One expert the actor may see; another supplier's does not exist."""
    found = _listed(work, select(expert).where(expert.c.id == expert_id))
    if not found:
        raise NotFound("expert")
    return found[0]


def visible_experts(work: Work, services: Iterable[str] | None = None, limit: int | None = None) -> list[RegisteredExpert]:
    """The experts the actor may see, by supplier and id: all, a supplier's own; with `services` those who know one of them."""
    query = select(expert).order_by(expert.c.supplier_id, expert.c.id).limit(limit)
    return _listed(work, query if services is None else query.where(expert.c.id.in_(_knowing(services))))


def ids_of(work: Work, supplier: str) -> frozenset[str]:
    """Every id that a supplier's experts ever had."""
    return frozenset(work.connection.execute(select(expert.c.id).where(expert.c.supplier_id == supplier)).scalars())


def experts_for(work: Work, services: Iterable[str]) -> list[Expert]:
    """The experts who know any of these services, whoever's they are: for cover, which shows no names."""
    return [one.expert for one in _registered(work, select(expert).where(expert.c.id.in_(_knowing(services))))]


def required_for(work: Work, services: Iterable[str]) -> dict[str, int]:
    """By service: how many experts must be reachable, where that is not one."""
    chosen = select(service.c.id, service.c.required).where(service.c.id.in_(sorted(services)), service.c.required != 1)
    return {row.id: row.required for row in work.connection.execute(chosen)}


def _knowing(services: Iterable[str]) -> Select[tuple[str]]:
    return select(expert_service.c.expert_id).where(expert_service.c.service_id.in_(sorted(services)))


def _listed(work: Work, query: Select[tuple[object, ...]]) -> list[RegisteredExpert]:
    """Without those the actor may not see: a customer sees no expert, a supplier its own. Why they are away only he reads."""
    seen: ColumnElement[bool] = {
        PartyKind.INTEGRATOR: true(),
        PartyKind.CUSTOMER: false(),
        PartyKind.SUPPLIER: expert.c.supplier_id == work.actor.party,
    }[work.actor.kind]
    found = _registered(work, query.where(seen))
    return found if work.actor.kind is PartyKind.SUPPLIER else [one.without_reasons() for one in found]


def _registered(work: Work, query: Select[tuple[object, ...]]) -> list[RegisteredExpert]:
    rows = work.connection.execute(query).all()
    ids = [row.id for row in rows]
    if not ids:
        return []
    known: dict[str, set[str]] = defaultdict(set)
    for row in work.connection.execute(select(expert_service).where(expert_service.c.expert_id.in_(ids))):
        known[row.expert_id].add(row.service_id)
    away: dict[str, list[Absence]] = defaultdict(list)
    for row in work.connection.execute(select(absence).where(absence.c.expert_id.in_(ids)).order_by(absence.c.start_at)):
        away[row.expert_id].append(Absence(Span(row.start_at, row.end_at), row.reason, row.id))
    return [
        RegisteredExpert(
            row.id, row.supplier_id, Name(row.name_nl, row.name_en), frozenset(known[row.id]), tuple(away[row.id]), row.version
        )
        for row in rows
    ]


def _link_services(work: Work, one: RegisteredExpert) -> None:
    rows = [{"expert_id": one.id, "service_id": known} for known in sorted(one.services)]
    if rows:
        work.connection.execute(insert(expert_service), rows)
