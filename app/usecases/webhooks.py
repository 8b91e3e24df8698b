"""Somebody has a program told what he is told: a webhook is added, tried, or turned off."""

from dataclasses import dataclass

from app.domain.access import Right, require
from app.domain.messages import MessageKind
from app.domain.refusal import Refusal
from app.store import messages, trail, webhooks
from app.store.database import Work

MOST_WEBHOOKS = 5
LONGEST_LABEL = 80


@dataclass(frozen=True)
class SealedWebhook:
    """An address and the secret it is signed with, both sealed; of the address only the host is shown."""

    address: str
    host: str
    secret: str


def add_webhook(work: Work, label: str, sealed: SealedWebhook) -> int:
    """A new webhook of the actor. Refused: `bad_length` of the label, `too_many_webhooks`."""
    require(work.actor, Right.CONNECT)
    if not label or len(label) > LONGEST_LABEL:
        raise Refusal("bad_length", "label", most=LONGEST_LABEL)
    if sum(one.gone_at is None for one in webhooks.own_webhooks(work)) >= MOST_WEBHOOKS:
        raise Refusal("too_many_webhooks", most=MOST_WEBHOOKS)
    number = webhooks.add(work, label, sealed.address, sealed.host, sealed.secret)
    trail.append(work, "webhook.added", "webhook", str(number), label=label, host=sealed.host)
    return number


def send_test(work: Work, number: int) -> None:
    """Send it a message that says nothing but that it arrives."""
    require(work.actor, Right.CONNECT)
    webhooks.require_own(work, number)
    messages.put(work, MessageKind.TEST, [(work.actor.id, {}, (number,))])


def turn_off(work: Work, number: int) -> None:
    """From now on it is told nothing more, and what is still on its way does not arrive."""
    require(work.actor, Right.CONNECT)
    webhooks.disable(work, number)
    trail.append(work, "webhook.turned_off", "webhook", str(number))
