"""Parties and services with their names, as far as the actor may read them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Result, Select, insert, or_, select

from app.domain.access import Actor, PartyKind
from app.domain.refusal import NotFound
from app.domain.register import Name, Party, Service
from app.store.among import among
from app.store.database import Work
from app.store.tables import party, service, service_use


def add_party(work: Work, new: Party) -> None:
    work.connection.execute(
        insert(party).values(id=new.id, kind=new.kind, name=new.name, sector=new.sector, shares_names=new.shares_names)
    )


def visible_parties(work: Work, ids: Iterable[str] | None = None) -> dict[str, Party]:
    """The parties whose names the actor may read; with `ids` those of them.

    The integrator reads all. A customer and a supplier read their own and the integrator's; a customer also those of
    the suppliers, a supplier those of customers that share their names.
    """
    rows = _rows_of(work, _named_to(work.actor, select(party)).order_by(party.c.name), party.c.id, ids)
    return {row.id: Party(row.id, PartyKind(row.kind), row.name, row.sector, row.shares_names) for row in rows}


def sharing_names(work: Work) -> frozenset[str]:
    """The customers whose names a supplier may read."""
    return frozenset(work.connection.execute(select(party.c.id).where(party.c.shares_names)).scalars())


def visible_services(work: Work, ids: Iterable[str] | None = None) -> dict[str, Service]:
    """The services whose names the actor may read: all, the ones it uses, or the ones it delivers; with `ids` those of them."""
    return {one.id: one for one in listed_services(work, select(service).order_by(service.c.id), ids)}


def listed_services(work: Work, query: Select[Any], ids: Iterable[str] | None = None) -> list[Service]:
    """Rows of a query on services as values, without those the actor may not see."""
    rows = _rows_of(work, _seen_by(work.actor, query), service.c.id, ids)
    return [
        Service(
            row.id,
            row.supplier_id,
            Name(row.name_nl, row.name_en),
            row.required,
            row.version,
            row.supported_until,
            row.successor or "",
        )
        for row in rows
    ]


def service_names(work: Work, services: Iterable[str]) -> dict[str, Name]:
    """The names of these services, whoever's they are: for what is told to those who may know them."""
    chosen = select(service.c.id, service.c.name_nl, service.c.name_en).where(among(service.c.id, "services"))
    rows = work.connection.execute(chosen, {"services": frozenset(services)})
    return {row.id: Name(row.name_nl, row.name_en) for row in rows}


def party_name(work: Work, party_id: str) -> str:
    """What a party is called, for those who may know it."""
    return str(work.connection.execute(select(party.c.name).where(party.c.id == party_id)).scalar_one())


def suppliers_of(work: Work, services: Iterable[str]) -> dict[str, str]:
    """By service: its supplier, for those that exist and are visible to the actor."""
    return {one.id: one.supplier for one in visible_services(work, services).values()}


def integrator(work: Work) -> str | None:
    """The one integrator of this database; None before it was entered."""
    return work.connection.execute(select(party.c.id).where(party.c.kind == PartyKind.INTEGRATOR).limit(1)).scalar()


def uses_of(work: Work, customer: str) -> frozenset[str]:
    """The services a customer uses; another customer's are not found."""
    if work.actor.kind is PartyKind.SUPPLIER or (work.actor.kind is PartyKind.CUSTOMER and work.actor.party != customer):
        raise NotFound("customer")
    rows = work.connection.execute(select(service_use.c.service_id).where(service_use.c.customer_id == customer))
    return frozenset(rows.scalars())


def _named_to(actor: Actor, parties: Select[Any]) -> Select[Any]:
    own = or_(party.c.id == actor.party, party.c.kind == PartyKind.INTEGRATOR)
    match actor.kind:
        case PartyKind.INTEGRATOR:
            return parties
        case PartyKind.CUSTOMER:
            return parties.where(or_(own, party.c.kind == PartyKind.SUPPLIER))
        case PartyKind.SUPPLIER:
            return parties.where(or_(own, party.c.shares_names))


def _seen_by(actor: Actor, services: Select[Any]) -> Select[Any]:
    match actor.kind:
        case PartyKind.INTEGRATOR:
            return services
        case PartyKind.CUSTOMER:
            used = select(service_use.c.service_id).where(service_use.c.customer_id == actor.party)
            return services.where(service.c.id.in_(used))
        case PartyKind.SUPPLIER:
            return services.where(service.c.supplier_id == actor.party)


def _rows_of(work: Work, query: Select[Any], key: ColumnElement[str], ids: Iterable[str] | None) -> Result[Any]:
    if ids is None:
        return work.connection.execute(query)
    return work.connection.execute(query.where(among(key, "ids")), {"ids": set(ids)})
