"""Webhooks: addresses of programs that are told what their owner is told."""

from collections.abc import Sequence

from sqlalchemy import func, insert, or_, select, update

from app.domain.delivering import Hitch
from app.domain.messages import MessageKind, Webhook, WebhookTry
from app.domain.refusal import NotFound
from app.domain.spans import Instant
from app.store import trail
from app.store.database import Work
from app.store.tables import delivery, message, webhook
from app.store.tables import trail as records

LARGEST_ID = 2**63 - 1
TOLD = 5
GONE = "webhook.gone"
GONE_IS_SHOWN = 30 * 24 * 3600
"""So long after that its owner reads that it was turned off, and what did not arrive."""


def add(work: Work, label: str, sealed_address: str, host: str, sealed_secret: str) -> int:
    row = {"person_id": work.actor.id, "label": label, "host": host, "made_at": work.now}
    sealed = {"sealed_address": sealed_address, "sealed_secret": sealed_secret}
    return int(work.connection.execute(insert(webhook).values(**row, **sealed).returning(webhook.c.id)).scalar_one())


def own_webhooks(work: Work) -> list[Webhook]:
    """The actor's webhooks that are in use or were lately found gone, oldest first, each with its latest deliveries."""
    lately = or_(webhook.c.disabled_at.is_(None), webhook.c.disabled_at > work.now - GONE_IS_SHOWN)
    mine = select(webhook).where(webhook.c.person_id == work.actor.id, lately)
    rows = work.connection.execute(mine.order_by(webhook.c.id)).all()
    gone = _gone(work, [row.id for row in rows if row.disabled_at is not None])
    shown = [row for row in rows if row.disabled_at is None or row.id in gone]
    tries = _latest(work, [row.id for row in shown])
    return [Webhook(row.id, row.label, row.host, row.made_at, tuple(tries.get(row.id, ())), gone.get(row.id)) for row in shown]


def require_own(work: Work, number: int) -> None:
    """One of the actor's that is in use; any other does not exist."""
    mine = select(webhook.c.id).where(webhook.c.id == number, webhook.c.person_id == work.actor.id, webhook.c.disabled_at.is_(None))
    if number > LARGEST_ID or work.connection.execute(mine).first() is None:
        raise NotFound("webhook")


def disable(work: Work, number: int) -> None:
    require_own(work, number)
    work.connection.execute(update(webhook).where(webhook.c.id == number).values(disabled_at=work.now))


def disable_gone(work: Work, number: int) -> None:
    """Its own address said that it is gone for good: it is turned off by nobody, and shown to its owner for a while."""
    in_use = update(webhook).where(webhook.c.id == number, webhook.c.disabled_at.is_(None)).values(disabled_at=work.now)
    if work.connection.execute(in_use).rowcount == 1:
        trail.append(work, GONE, "webhook", str(number))


def _gone(work: Work, numbers: Sequence[int]) -> dict[int, Instant]:
    """Of these webhooks, those that were found gone, and when."""
    if not numbers:
        return {}
    entries, ids = records.c, [str(one) for one in numbers]
    found = select(entries.subject_id, entries.at).where(entries.subject == "webhook", entries.subject_id.in_(ids))
    return {int(row.subject_id): row.at for row in work.connection.execute(found.where(entries.action == GONE))}


def _latest(work: Work, numbers: Sequence[int]) -> dict[int, list[WebhookTry]]:
    """By webhook: the last few of its deliveries, newest first."""
    place = func.row_number().over(partition_by=delivery.c.webhook_id, order_by=delivery.c.id.desc()).label("place")
    each = select(delivery, message.c.kind, message.c.made_at, place).join_from(delivery, message)
    numbered = each.where(delivery.c.webhook_id.in_(numbers)).subquery()
    found: dict[int, list[WebhookTry]] = {}
    for row in work.connection.execute(select(numbered).where(numbered.c.place <= TOLD).order_by(numbered.c.id.desc())):
        one = WebhookTry(
            MessageKind(row.kind), row.made_at, row.tries, row.sent_at, row.given_up_at, Hitch(row.trouble) if row.trouble else None
        )
        found.setdefault(row.webhook_id, []).append(one)
    return found
