"""People: who they are, how they prove it, and the sessions they have open."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access import Actor, PartyKind, Role
from app.domain.register import Name
from app.domain.spans import Instant
from app.store.database import Work
from app.store.tables import party, person, person_role, session, sign_in_failure


@dataclass(frozen=True)
class Person:
    """A person as an administrator enters it. Without a password hash nobody can sign in as it."""

    id: str
    party: str
    name: Name
    roles: frozenset[Role]
    language: str
    zone: str
    password_hash: str | None = None
    email: str | None = None


def add_person(work: Work, new: Person) -> None:
    work.connection.execute(
        insert(person).values(
            id=new.id,
            party_id=new.party,
            name_nl=new.name.nl,
            name_en=new.name.en,
            password_hash=new.password_hash,
            language=new.language,
            zone=new.zone,
            email=new.email,
        )
    )
    work.connection.execute(insert(person_role), [{"person_id": new.id, "role": role} for role in sorted(new.roles)])


def actor_named(work: Work, name: str) -> Actor | None:
    """The person with that sign-in name, ready to act; None when there is none or it is disabled."""
    return _actor(work, person.c.id == name)


def actors(work: Work) -> list[Actor]:
    """Everyone who can act, by party and name."""
    return _actors(work, person.c.disabled_at.is_(None))


def password_hash_of(work: Work, name: str) -> str | None:
    found = select(person.c.password_hash).where(person.c.id == name, person.c.disabled_at.is_(None))
    return work.connection.execute(found).scalar()


def choose_language(work: Work, code: str) -> None:
    work.connection.execute(update(person).where(person.c.id == work.actor.id).values(language=code))


def names_of(work: Work, people: set[str]) -> dict[str, Name]:
    if not people:
        return {}
    rows = work.connection.execute(select(person.c.id, person.c.name_nl, person.c.name_en).where(person.c.id.in_(people)))
    return {row.id: Name(row.name_nl, row.name_en) for row in rows}


def open_session(work: Work, person_id: str, secret: str) -> None:
    """Only a hash of the secret is kept."""
    work.connection.execute(
        insert(session).values(secret_hash=hashed(secret), person_id=person_id, created_at=work.now, seen_at=work.now)
    )


def session_actor(work: Work, secret: str, *, opened_after: Instant, seen_after: Instant) -> tuple[Actor, Instant] | None:
    """Who has this session open and when it was last seen; None when unknown, too old or unused for too long."""
    found = work.connection.execute(
        select(session.c.person_id, session.c.seen_at).where(
            session.c.secret_hash == hashed(secret), session.c.created_at > opened_after, session.c.seen_at > seen_after
        )
    ).one_or_none()
    actor = _actor(work, person.c.id == found.person_id) if found else None
    return (actor, found.seen_at) if actor and found else None


def see_session(work: Work, secret: str) -> None:
    work.connection.execute(update(session).where(session.c.secret_hash == hashed(secret)).values(seen_at=work.now))


def close_session(work: Work, secret: str) -> None:
    work.connection.execute(delete(session).where(session.c.secret_hash == hashed(secret)))


def failures_of(work: Work, name: str) -> tuple[int, Instant]:
    """How often signing in as that name failed in a row, and when last."""
    row = work.connection.execute(select(sign_in_failure).where(sign_in_failure.c.name == name)).one_or_none()
    return (row.failures, row.last_at) if row else (0, 0)


def note_failure(work: Work, name: str) -> None:
    """One more failure; one statement counts it, so that two at one moment are two."""
    dialect = sqlite if work.connection.dialect.name == "sqlite" else postgresql
    first = dialect.insert(sign_in_failure).values(name=name, failures=1, last_at=work.now)
    one_more = {"failures": sign_in_failure.c.failures + 1, "last_at": work.now}
    work.connection.execute(first.on_conflict_do_update(index_elements=["name"], set_=one_more))


def forget_failures(work: Work, name: str) -> None:
    work.connection.execute(delete(sign_in_failure).where(sign_in_failure.c.name == name))


def hashed(secret: str) -> str:
    """A random secret of 256 bits needs no slow hash: it cannot be guessed."""
    return sha256(secret.encode()).hexdigest()


def _actor(work: Work, which: ColumnElement[bool]) -> Actor | None:
    found = _actors(work, which & person.c.disabled_at.is_(None))
    return found[0] if found else None


def _actors(work: Work, which: ColumnElement[bool]) -> list[Actor]:
    rows = work.connection.execute(
        select(person, party.c.kind).join(party, party.c.id == person.c.party_id).where(which).order_by(party.c.kind, person.c.id)
    ).all()
    roles: dict[str, set[Role]] = defaultdict(set)
    chosen = select(person_role).where(person_role.c.person_id.in_([row.id for row in rows]))
    for row in work.connection.execute(chosen):
        roles[row.person_id].add(Role(row.role))
    return [actor_of(row, roles[row.id]) for row in rows]


def actor_of(row: Row[Any], roles: Iterable[Role]) -> Actor:
    """A row of a person, with the kind of its party, ready to act; it is called as it is in its own language."""
    name = Name(row.name_nl, row.name_en).in_language(row.language)
    return Actor(row.id, name, row.party_id, PartyKind(row.kind), frozenset(roles), row.language, row.zone)
