"""An administrator enters parties and people."""

from app.domain.access import ROLES, Right, require
from app.domain.mail_addresses import require_mail_address
from app.domain.refusal import NotFound, Refusal
from app.domain.register import Party
from app.domain.walltime import zone
from app.store import parties, people, trail
from app.store.database import Work
from app.store.people import Person
from app.store.turnstile import take_turn

LONGEST = {"id": 80, "name": 200, "name_nl": 200, "name_en": 200}


def add_party(work: Work, party: Party) -> None:
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    require_fits(id=party.id, name=party.name)
    if party.id in parties.visible_parties(work):
        raise Refusal("already_there", "id", id=party.id)
    parties.add_party(work, party)
    trail.append(work, "party.added", "party", party.id)


def add_person(work: Work, person: Person) -> None:
    """A person with roles that exist for its kind of party, in a zone that exists."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    require_fits(id=person.id, name=person.name.nl)
    party = parties.visible_parties(work).get(person.party)
    if party is None:
        raise NotFound("party")
    if not person.roles or person.roles - ROLES[party.kind]:
        raise Refusal("role_not_of_party", "roles", kind=party.kind, known=", ".join(sorted(ROLES[party.kind])))
    zone(person.zone)
    require_mail_address(person.email or "")
    if people.names_of(work, {person.id}):
        raise Refusal("already_there", "id", id=person.id)
    people.add_person(work, person)
    trail.append(work, "person.added", "person", person.id, roles=sorted(person.roles))


def require_fits(**texts: str) -> None:
    """SQLite would keep any length, PostgreSQL would not: both answer the same."""
    for field, text in texts.items():
        if not text.strip() or len(text) > LONGEST[field]:
            raise Refusal("bad_length", field, most=LONGEST[field])
