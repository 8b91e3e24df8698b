"""What is somebody told, by which ways, and what did not arrive?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.access import Right, require
from app.domain.messages import OFFERED, Choice, KeptMessage, Topic, Undelivered, Webhook
from app.domain.register import Name
from app.store import choices, deliveries, messages, people, recipients, webhooks
from app.store.database import Work

SHOWN = 30
MOST_UNDELIVERED = 200


@dataclass(frozen=True)
class MessagesPage:
    """Where the actor's mail goes ("" when that is not known), what he chose of each topic, and what he was told."""

    address: str
    choices: Mapping[Topic, Choice]
    webhooks: Sequence[Webhook]
    messages: Sequence[KeptMessage]


@dataclass(frozen=True)
class UndeliveredPage:
    undelivered: Sequence[Undelivered]
    people: Mapping[str, Name]
    is_cut: bool


def messages_page(work: Work) -> MessagesPage:
    (me,) = recipients.named(work, [work.actor.id])
    return MessagesPage(
        choices.address(work) or "",
        {topic: me.choice(topic) for topic in OFFERED[work.actor.kind]},
        webhooks.own_webhooks(work),
        messages.own_messages(work, SHOWN),
    )


def undelivered_page(work: Work) -> UndeliveredPage:
    """For an administrator: whom Ober could not reach, and why; not what it wanted to say."""
    require(work.actor, Right.KEEP_PARTIES)
    found = deliveries.undelivered(work, MOST_UNDELIVERED + 1)
    shown = found[:MOST_UNDELIVERED]
    return UndeliveredPage(shown, people.names_of(work, {one.person for one in shown}), len(found) > len(shown))
