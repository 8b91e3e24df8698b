"""Who can be told something, and how does each of them want to hear it?"""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from app.domain.access import PartyKind, Role
from app.domain.messages import Choice, Recipient, Topic
from app.store.among import among
from app.store.database import Work
from app.store.people import actor_of
from app.store.tables import message_choice, party, person, person_role, webhook


def of_parties(work: Work, parties: Iterable[str]) -> list[Recipient]:
    """Everyone of these parties who can act, by party and name."""
    return _recipients(work, among(person.c.party_id, "wanted"), parties)


def of_integrator(work: Work) -> list[Recipient]:
    return _recipients(work, among(party.c.kind, "wanted"), [PartyKind.INTEGRATOR])


def named(work: Work, people: Iterable[str]) -> list[Recipient]:
    """Those of these people who can act."""
    return _recipients(work, among(person.c.id, "wanted"), people)


def _recipients(work: Work, which: ColumnElement[bool], values: Iterable[str]) -> list[Recipient]:
    wanted = {"wanted": frozenset(values)}
    known = person.join(party, party.c.id == person.c.party_id)
    who = select(person, party.c.kind).select_from(known).where(which, person.c.disabled_at.is_(None))
    rows = work.connection.execute(who.order_by(person.c.party_id, person.c.id), wanted).all()
    roles: dict[str, set[Role]] = defaultdict(set)
    for row in work.connection.execute(select(person_role).select_from(person_role.join(known)).where(which), wanted):
        roles[row.person_id].add(Role(row.role))
    chosen: dict[str, dict[Topic, Choice]] = defaultdict(dict)
    for row in work.connection.execute(select(message_choice).select_from(message_choice.join(known)).where(which), wanted):
        chosen[row.person_id][Topic(row.topic)] = Choice(row.by_mail, row.by_webhook)
    hooks: dict[str, tuple[int, ...]] = defaultdict(tuple)
    in_use = (
        select(webhook.c.id, webhook.c.person_id).select_from(webhook.join(known)).where(which, webhook.c.disabled_at.is_(None))
    )
    for row in work.connection.execute(in_use.order_by(webhook.c.id), wanted):
        hooks[row.person_id] += (row.id,)
    return [Recipient(actor_of(row, roles[row.id]), row.email is not None, chosen[row.id], hooks[row.id]) for row in rows]
