"""Messages on their way: who takes one to deliver it, and what came of it. A worker that dies holds nothing for long."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select, update

from app.domain.delivering import Hitch
from app.domain.messages import Facts, MessageKind, Undelivered
from app.domain.refusal import NotFound
from app.domain.register import Name
from app.domain.spans import Instant
from app.store.database import Work
from app.store.tables import delivery, message, person, webhook

d = delivery.c


@dataclass(frozen=True)
class Hook:
    """Where a webhook is, and the secret it is signed with; both sealed."""

    id: int
    sealed_address: str
    sealed_secret: str
    is_in_use: bool


@dataclass(frozen=True)
class Parcel:
    """A message on one of its ways, as it was taken: to a webhook, or (`hook` None) to the reader's mail address."""

    number: int
    lease: str
    key: str
    kind: MessageKind
    facts: Facts
    made_at: Instant
    since: Instant
    tries: int
    person: str
    name: str
    language: str
    zone: str
    is_reading: bool
    address: str | None
    hook: Hook | None


def is_any_due(work: Work) -> bool:
    return work.connection.execute(select(d.id).where(d.next_at <= work.now).limit(1)).first() is not None


def claim(work: Work, most: int, lease: str, until: Instant) -> list[Parcel]:
    """Take those that are due, in turn from each reader and webhook, so that none keeps the others waiting.

    Compare and set: one that another worker took in the meantime is not taken. `until` is when it is due again by itself.
    """
    way = func.coalesce(webhook.c.id, 0)
    place = func.row_number().over(partition_by=(message.c.person_id, way), order_by=(d.next_at, d.id))
    due = select(d.id, d.next_at).join_from(delivery, message).outerjoin(webhook, webhook.c.id == d.webhook_id)
    found = work.connection.execute(due.where(d.next_at <= work.now).order_by(place, d.next_at, d.id).limit(most)).all()
    taken = [row.id for row in found if _take(work, row.id, row.next_at, lease, until)]
    return _parcels(work, taken)


def sent(work: Work, number: int) -> None:
    """It arrived. So it has, even when it was given back in the meantime and somebody else has it in hand."""
    arrived = {"sent_at": work.now, "next_at": None, "lease": None, "given_up_at": None, "trouble": None}
    work.connection.execute(update(delivery).where(d.id == number, d.sent_at.is_(None)).values(**arrived))


def failed(work: Work, parcel: Parcel, trouble: str, again: Instant | None) -> None:
    """It did not; it is tried again then, or (None) given up. What another worker has in hand by now is left to it."""
    given_up = work.now if again is None else None
    mine = update(delivery).where(d.id == parcel.number, d.lease == parcel.lease)
    work.connection.execute(mine.values(next_at=again, lease=None, trouble=trouble, given_up_at=given_up))


def postpone(work: Work, hook: int | None, until: Instant) -> None:
    """What goes the same way and is in nobody's hand waits too."""
    same = d.webhook_id.is_(None) if hook is None else d.webhook_id == hook
    waiting = update(delivery).where(same, d.next_at < until, d.lease.is_(None))
    work.connection.execute(waiting.values(next_at=until))


def try_again(work: Work, number: int) -> None:
    """What was given up is due again, for as long as a new one."""
    anew = {"next_at": work.now, "since_at": work.now, "tries": 0, "given_up_at": None, "trouble": None}
    given_up = update(delivery).where(d.id == number, d.given_up_at.is_not(None)).values(**anew)
    if work.connection.execute(given_up).rowcount != 1:
        raise NotFound("message")


def undelivered(work: Work, most: int) -> list[Undelivered]:
    """What was given up or failed and is still tried, newest first. Whether the actor may know is asked before."""
    given_up, still_tried = d.given_up_at.is_not(None), (d.next_at.is_not(None)) & (d.trouble.is_not(None))
    each = select(delivery, message.c.person_id, message.c.kind, message.c.made_at, webhook.c.host).join_from(delivery, message)
    chosen = each.outerjoin(webhook, webhook.c.id == d.webhook_id).where(or_(given_up, still_tried))
    return [
        Undelivered(
            row.id, row.person_id, row.host, MessageKind(row.kind), row.made_at, row.tries, row.given_up_at, Hitch(row.trouble)
        )
        for row in work.connection.execute(chosen.order_by(d.id.desc()).limit(most))
    ]


def _take(work: Work, number: int, seen: Instant, lease: str, until: Instant) -> bool:
    taking = update(delivery).where(d.id == number, d.next_at == seen)
    return work.connection.execute(taking.values(lease=lease, next_at=until, tries=d.tries + 1)).rowcount == 1


def _parcels(work: Work, numbers: Sequence[int]) -> list[Parcel]:
    whole = (
        select(delivery, message.c.key, message.c.kind, message.c.facts, message.c.made_at, message.c.person_id)
        .add_columns(person.c.name_nl, person.c.name_en, person.c.language, person.c.zone, person.c.email)
        .add_columns(person.c.disabled_at.is_(None).label("is_reading"))
        .add_columns(webhook.c.sealed_address, webhook.c.sealed_secret, webhook.c.disabled_at.is_(None).label("is_in_use"))
        .join_from(delivery, message)
        .join(person, person.c.id == message.c.person_id)
        .outerjoin(webhook, webhook.c.id == d.webhook_id)
        .where(d.id.in_(numbers))
        .order_by(d.id)
    )
    return [
        Parcel(
            number=row.id,
            lease=row.lease,
            key=row.key,
            kind=MessageKind(row.kind),
            facts=row.facts,
            made_at=row.made_at,
            since=row.since_at,
            tries=row.tries,
            person=row.person_id,
            name=Name(row.name_nl, row.name_en).in_language(row.language),
            language=row.language,
            zone=row.zone,
            is_reading=row.is_reading,
            address=row.email,
            hook=Hook(row.webhook_id, row.sealed_address, row.sealed_secret, row.is_in_use) if row.webhook_id else None,
        )
        for row in work.connection.execute(whole)
    ]
