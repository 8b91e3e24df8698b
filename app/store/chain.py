"""The chain: what services require, who uses them, and how it is changed. A change is made on what somebody has seen."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from app.domain.chain import Chain, Requirement
from app.domain.refusal import NotFound, Refusal
from app.domain.register import Service
from app.store.database import Work
from app.store.parties import listed_services
from app.store.reachable import beneath, standing_on
from app.store.tables import party, requirement, requirement_member, service, service_use

# --- services


def load_service(work: Work, service_id: str) -> Service:
    """One service whose name the actor may read; any other does not exist."""
    found = listed_services(work, select(service).where(service.c.id == service_id))
    if not found:
        raise NotFound("service")
    return found[0]


def find_services(work: Work, text: str, limit: int, supplier: str = "") -> list[Service]:
    """The services the actor may see with this text in their id, a name or their supplier's name; by supplier, at most `limit`.

    With `supplier` those of one supplier.
    """
    fields = (service.c.id, service.c.name_nl, service.c.name_en, party.c.name)
    matching = or_(*(field.icontains(text, autoescape=True) for field in fields))
    query = select(service).join(party, party.c.id == service.c.supplier_id).where(matching)
    if supplier:
        query = query.where(service.c.supplier_id == supplier)
    return listed_services(work, query.order_by(party.c.name, service.c.id).limit(limit))


def services_named(work: Work, services: Iterable[str]) -> dict[str, Service]:
    """Those of these services whose names the actor may read."""
    found = listed_services(work, select(service).where(service.c.id.in_(sorted(services))))
    return {one.id: one for one in found}


def exists(work: Work, service_id: str) -> bool:
    return work.connection.execute(select(service.c.id).where(service.c.id == service_id)).scalar() is not None


def add_service(work: Work, new: Service) -> None:
    work.connection.execute(insert(service).values(id=new.id, supplier_id=new.supplier, **_columns(new)))


def save_service(work: Work, changed: Service, seen_version: int) -> None:
    """Write a service that was read as `seen_version`; if it has changed since, nothing is written (`changed_meanwhile`)."""
    chosen = update(service).where(service.c.id == changed.id, service.c.version == seen_version)
    if work.connection.execute(chosen.values(**_columns(changed) | {"version": seen_version + 1})).rowcount != 1:
        raise Refusal("changed_meanwhile")


def _columns(one: Service) -> dict[str, object]:
    support = {"supported_until": one.supported_until, "successor": one.successor or None}
    return {"name_nl": one.name.nl, "name_en": one.name.en, "required": one.required, "version": one.version, **support}


# --- what they require


def requirements_of(work: Work, service_id: str) -> dict[int, Requirement]:
    """The requirements of one service, by their number."""
    return _requirements(work, requirement.c.service_id == service_id)


def requirements_among(work: Work, services: Iterable[str]) -> tuple[Requirement, ...]:
    """Every requirement of these services."""
    return tuple(_requirements(work, requirement.c.service_id.in_(sorted(services))).values())


def add_requirement(work: Work, new: Requirement) -> None:
    added = insert(requirement).values(service_id=new.service, minimum=new.minimum).returning(requirement.c.id)
    _add_members(work, work.connection.execute(added).scalar_one(), new)


def save_requirement(work: Work, number: int, changed: Requirement) -> None:
    work.connection.execute(update(requirement).where(requirement.c.id == number).values(minimum=changed.minimum))
    work.connection.execute(delete(requirement_member).where(requirement_member.c.requirement_id == number))
    _add_members(work, number, changed)


def remove_requirement(work: Work, number: int) -> None:
    work.connection.execute(delete(requirement_member).where(requirement_member.c.requirement_id == number))
    work.connection.execute(delete(requirement).where(requirement.c.id == number))


def _add_members(work: Work, number: int, one: Requirement) -> None:
    rows = [{"requirement_id": number, "service_id": member} for member in sorted(one.members)]
    work.connection.execute(insert(requirement_member), rows)


def _requirements(work: Work, chosen: ColumnElement[bool]) -> dict[int, Requirement]:
    rows = work.connection.execute(
        select(requirement, requirement_member.c.service_id.label("member"))
        .join(requirement_member, requirement_member.c.requirement_id == requirement.c.id)
        .where(chosen)
    )
    members: dict[tuple[int, str, int], set[str]] = defaultdict(set)
    for row in rows:
        members[row.id, row.service_id, row.minimum].add(row.member)
    return {number: Requirement(one, frozenset(group), least) for (number, one, least), group in sorted(members.items())}


# --- who uses them


def customers_of(work: Work, service_id: str) -> list[str]:
    """The customers who use a service. Whom of them the actor may know by name is decided after."""
    chosen = select(service_use.c.customer_id).where(service_use.c.service_id == service_id)
    return list(work.connection.execute(chosen.order_by(service_use.c.customer_id)).scalars())


def add_use(work: Work, customer: str, used: str) -> None:
    work.connection.execute(insert(service_use).values(customer_id=customer, service_id=used))


def end_use(work: Work, customer: str, used: str) -> None:
    mine = (service_use.c.customer_id == customer) & (service_use.c.service_id == used)
    work.connection.execute(delete(service_use).where(mine))


# --- the way up and down

UP = select(requirement.c.service_id).join(requirement_member, requirement_member.c.requirement_id == requirement.c.id)
"""From members to what requires them."""

DOWN = select(requirement_member.c.service_id).join(requirement, requirement.c.id == requirement_member.c.requirement_id)
"""From services to what they require."""


def chain_below(work: Work, services: Iterable[str]) -> Chain:
    """The chain as far as these stand on it."""
    ids = beneath(select(service.c.id).where(service.c.id.in_(sorted(services))))
    suppliers = work.connection.execute(select(service.c.id, service.c.supplier_id).where(service.c.id.in_(ids)))
    requirements = _requirements(work, requirement.c.service_id.in_(ids))
    return Chain({row.id: row.supplier_id for row in suppliers}, tuple(requirements.values()))


def chain_around(work: Work, services: Iterable[str]) -> Chain:
    """All that stands on these, and what that stands on in turn: what decides who misses them."""
    around = beneath(standing_on(select(service.c.id).where(service.c.id.in_(sorted(services)))), "around")
    return Chain({}, tuple(_requirements(work, requirement.c.service_id.in_(around)).values()))


def users_of(work: Work, services: Iterable[str]) -> dict[str, list[str]]:
    """By service: the customers who use it, whoever may know them."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in work.connection.execute(select(service_use).where(service_use.c.service_id.in_(sorted(services)))):
        found[row.service_id].append(row.customer_id)
    return dict(found)


def requiring(work: Work, services: Iterable[str], limit: int) -> list[str]:
    """The services that require one of these, at most `limit`."""
    found = UP.where(requirement_member.c.service_id.in_(sorted(services))).distinct()
    return list(work.connection.execute(found.order_by(requirement.c.service_id).limit(limit)).scalars())


def required_by(work: Work, services: Iterable[str], limit: int) -> list[str]:
    """The services that one of these requires, at most `limit`."""
    found = DOWN.where(requirement.c.service_id.in_(sorted(services))).distinct()
    return list(work.connection.execute(found.order_by(requirement_member.c.service_id).limit(limit)).scalars())
