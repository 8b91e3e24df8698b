"""Parties and services with their names, as far as the actor may read them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, insert, or_, select, true

from app.domain.access import PartyKind
from app.domain.refusal import NotFound
from app.domain.register import Name, Party, Service
from app.store.database import Work
from app.store.tables import party, service, service_use


def add_party(work: Work, new: Party) -> None:
    work.connection.execute(
        insert(party).values(id=new.id, kind=new.kind, name=new.name, sector=new.sector, shares_names=new.shares_names)
    )


def visible_parties(work: Work) -> dict[str, Party]:
    """The parties whose names the actor may read.

    The integrator reads all. A customer and a supplier read their own and the integrator's; a customer also those of
    the suppliers, a supplier those of customers that share their names.
    """
    actor = work.actor
    own = or_(party.c.id == actor.party, party.c.kind == PartyKind.INTEGRATOR)
    seen: ColumnElement[bool] = {
        PartyKind.INTEGRATOR: true(),
        PartyKind.CUSTOMER: or_(own, party.c.kind == PartyKind.SUPPLIER),
        PartyKind.SUPPLIER: or_(own, party.c.shares_names),
    }[actor.kind]
    rows = work.connection.execute(select(party).where(seen).order_by(party.c.name))
    return {row.id: Party(row.id, PartyKind(row.kind), row.name, row.sector, row.shares_names) for row in rows}


def visible_services(work: Work) -> dict[str, Service]:
    """The services whose names the actor may read: all, the ones it uses, or the ones it delivers."""
    return {one.id: one for one in listed_services(work, select(service).order_by(service.c.id))}


def listed_services(work: Work, query: Select[tuple[object, ...]]) -> list[Service]:
    """Rows of a query on services as values, without those the actor may not see."""
    actor = work.actor
    seen: ColumnElement[bool] = {
        PartyKind.INTEGRATOR: true(),
        PartyKind.CUSTOMER: service.c.id.in_(select(service_use.c.service_id).where(service_use.c.customer_id == actor.party)),
        PartyKind.SUPPLIER: service.c.supplier_id == actor.party,
    }[actor.kind]
    rows = work.connection.execute(query.where(seen))
    return [Service(row.id, row.supplier_id, Name(row.name_nl, row.name_en), row.required, row.version) for row in rows]


def suppliers_of(work: Work, services: Iterable[str]) -> dict[str, str]:
    """By service: its supplier, for those that exist and are visible to the actor."""
    visible = visible_services(work)
    return {one: visible[one].supplier for one in services if one in visible}


def uses_of(work: Work, customer: str) -> frozenset[str]:
    """The services a customer uses; another customer's are not found."""
    if work.actor.kind is PartyKind.SUPPLIER or (work.actor.kind is PartyKind.CUSTOMER and work.actor.party != customer):
        raise NotFound("customer")
    rows = work.connection.execute(select(service_use.c.service_id).where(service_use.c.customer_id == customer))
    return frozenset(rows.scalars())
