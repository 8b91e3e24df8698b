"""An administrator enters parties, people, services, what they require, and who knows them."""

from collections.abc import Iterable

from app.domain.access import ROLES, Right, require
from app.domain.chain import Requirement
from app.domain.cover import Expert
from app.domain.refusal import NotFound, Refusal
from app.domain.register import Name, Party, Service
from app.domain.walltime import zone
from app.store import experts, parties, people, trail
from app.store.database import Work
from app.store.people import Person
from app.store.turnstile import take_turn

LONGEST = {"id": 80, "name": 200}


def add_party(work: Work, party: Party) -> None:
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    _require_fits(id=party.id, name=party.name)
    if party.id in parties.visible_parties(work):
        raise Refusal("already_there", "id", id=party.id)
    parties.add_party(work, party)
    trail.append(work, "party.added", "party", party.id)


def add_person(work: Work, person: Person) -> None:
    """A person with roles that exist for its kind of party, in a zone that exists."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    _require_fits(id=person.id, name=person.name.nl)
    party = parties.visible_parties(work).get(person.party)
    if party is None:
        raise NotFound("party")
    if not person.roles or person.roles - ROLES[party.kind]:
        raise Refusal("role_not_of_party", "roles", kind=party.kind, known=", ".join(sorted(ROLES[party.kind])))
    zone(person.zone)
    if people.names_of(work, {person.id}):
        raise Refusal("already_there", "id", id=person.id)
    people.add_person(work, person)
    trail.append(work, "person.added", "person", person.id, roles=sorted(person.roles))


def add_service(work: Work, service: Service) -> None:
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    parties.add_service(work, service)
    trail.append(work, "service.added", "service", service.id)


def add_use(work: Work, customer: str, service: str) -> None:
    """A customer uses a service."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    parties.add_use(work, customer, service)
    trail.append(work, "use.added", "party", customer, service=service)


def add_requirement(work: Work, requirement: Requirement) -> None:
    """A service needs at least so many of its members."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    if not 1 <= requirement.minimum <= len(requirement.members):
        facts = {"service": requirement.service, "minimum": requirement.minimum, "members": len(requirement.members)}
        raise Refusal("bad_redundancy_minimum", "min", **facts)
    parties.add_requirement(work, requirement)
    members = sorted(requirement.members)
    trail.append(work, "requirement.added", "service", requirement.service, members=members, minimum=requirement.minimum)


def add_expert(work: Work, expert: Expert, supplier: str, name: Name, reasons: Iterable[str]) -> None:
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    experts.add_expert(work, expert, supplier, name, reasons)
    trail.append(work, "expert.added", "expert", expert.id)


def _require_fits(**texts: str) -> None:
    """SQLite would keep any length, PostgreSQL would not: both answer the same."""
    for field, text in texts.items():
        if not text.strip() or len(text) > LONGEST[field]:
            raise Refusal("bad_length", field, most=LONGEST[field])
