"""Webhooks: addresses of programs that are told what their owner is told."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select, update

from app.domain.delivering import Hitch
from app.domain.messages import MessageKind, Webhook, WebhookTry
from app.domain.refusal import NotFound
from app.store.database import Work
from app.store.tables import delivery, message, webhook

LARGEST_ID = 2**63 - 1
TOLD = 5


def add(work: Work, label: str, sealed_address: str, host: str, sealed_secret: str) -> int:
    row = {"person_id": work.actor.id, "label": label, "host": host, "made_at": work.now}
    sealed = {"sealed_address": sealed_address, "sealed_secret": sealed_secret}
    return int(work.connection.execute(insert(webhook).values(**row, **sealed).returning(webhook.c.id)).scalar_one())


def own_webhooks(work: Work) -> list[Webhook]:
    """The actor's webhooks that are in use, oldest first, each with its latest deliveries."""
    mine = webhook.c.person_id == work.actor.id, webhook.c.disabled_at.is_(None)
    rows = work.connection.execute(select(webhook).where(*mine).order_by(webhook.c.id)).all()
    tries = _latest(work, [row.id for row in rows])
    return [Webhook(row.id, row.label, row.host, row.made_at, tuple(tries.get(row.id, ()))) for row in rows]


def require_own(work: Work, number: int) -> None:
    """One of the actor's that is in use; any other does not exist."""
    mine = select(webhook.c.id).where(webhook.c.id == number, webhook.c.person_id == work.actor.id, webhook.c.disabled_at.is_(None))
    if number > LARGEST_ID or work.connection.execute(mine).first() is None:
        raise NotFound("webhook")


def disable(work: Work, number: int) -> None:
    require_own(work, number)
    work.connection.execute(update(webhook).where(webhook.c.id == number).values(disabled_at=work.now))


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
