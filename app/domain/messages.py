"""What is somebody told of, and by which way?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.access import Actor, PartyKind, Role
from app.domain.delivering import Hitch
from app.domain.spans import Instant

Facts = Mapping[str, object]
"""What a message says, as values: texts, numbers, `{"nl": …, "en": …}`; a moment's name ends in `_at`.

They are what the reader may know; words, language and zone come when it is sent. `path` is the page it is about, without the
host; `window` is a window's id, `waiver` the number of one.
"""


class Topic(StrEnum):
    """What people choose by: each kind of message belongs to one."""

    PROPOSALS = "proposals"
    DECISIONS = "decisions"
    HOLDS = "holds"
    RUNNING = "running"
    MAINTENANCE = "maintenance"
    WAIVERS = "waivers"
    PROMISES = "promises"


class MessageKind(StrEnum):
    """The kinds of message. Those that begin with `maintenance` speak to customers, in business words.

    Those that begin with `update` speak to whoever was told something, those with `promise` to who promised it.
    """

    WINDOW_SUBMITTED = "window.submitted"
    WINDOW_RESCHEDULED = "window.rescheduled"
    WINDOW_WITHDRAWN = "window.withdrawn"
    WINDOW_APPROVED = "window.approved"
    WINDOW_REJECTED = "window.rejected"
    WINDOW_RETURNED = "window.returned"
    WINDOW_CANCELLED = "window.cancelled"
    WINDOW_EXPIRED = "window.expired"
    WINDOW_HELD = "window.held"
    WINDOW_STARTED = "window.started"
    WINDOW_USABLE = "window.usable"
    WINDOW_FINISHED = "window.finished"
    WINDOW_OVERRUN = "window.overrun"
    WINDOW_EXCEEDED = "window.exceeded"
    MAINTENANCE_ANNOUNCED = "maintenance.announced"
    MAINTENANCE_MOVING = "maintenance.moving"
    MAINTENANCE_UNSURE = "maintenance.unsure"
    MAINTENANCE_LONGER = "maintenance.longer"
    MAINTENANCE_OFF = "maintenance.off"
    MAINTENANCE_SPARES = "maintenance.spares"
    MAINTENANCE_STARTED = "maintenance.started"
    MAINTENANCE_USABLE = "maintenance.usable"
    MAINTENANCE_FINISHED = "maintenance.finished"
    WAIVER_ASKED = "waiver.asked"
    WAIVER_GRANTED = "waiver.granted"
    WAIVER_REFUSED = "waiver.refused"
    WAIVER_UNANSWERED = "waiver.unanswered"
    WAIVER_WITHDRAWN = "waiver.withdrawn"
    WAIVER_LAPSED = "waiver.lapsed"
    UPDATE_TOLD = "update.told"
    UPDATE_NO_NEWS = "update.no_news"
    UPDATE_PROMISED = "update.promised"
    PROMISE_NEARLY_DUE = "promise.nearly_due"
    PROMISE_MISSED = "promise.missed"
    TEST = "test"


TOPICS: Mapping[MessageKind, Topic] = {
    MessageKind.WINDOW_SUBMITTED: Topic.PROPOSALS,
    MessageKind.WINDOW_RESCHEDULED: Topic.PROPOSALS,
    MessageKind.WINDOW_WITHDRAWN: Topic.PROPOSALS,
    MessageKind.WINDOW_APPROVED: Topic.DECISIONS,
    MessageKind.WINDOW_REJECTED: Topic.DECISIONS,
    MessageKind.WINDOW_RETURNED: Topic.DECISIONS,
    MessageKind.WINDOW_CANCELLED: Topic.DECISIONS,
    MessageKind.WINDOW_EXPIRED: Topic.DECISIONS,
    MessageKind.WINDOW_HELD: Topic.HOLDS,
    MessageKind.WINDOW_STARTED: Topic.RUNNING,
    MessageKind.WINDOW_USABLE: Topic.RUNNING,
    MessageKind.WINDOW_FINISHED: Topic.RUNNING,
    MessageKind.WINDOW_OVERRUN: Topic.RUNNING,
    MessageKind.WINDOW_EXCEEDED: Topic.RUNNING,
    MessageKind.MAINTENANCE_LONGER: Topic.MAINTENANCE,
    MessageKind.MAINTENANCE_ANNOUNCED: Topic.MAINTENANCE,
    MessageKind.MAINTENANCE_MOVING: Topic.MAINTENANCE,
    MessageKind.MAINTENANCE_UNSURE: Topic.MAINTENANCE,
    MessageKind.MAINTENANCE_OFF: Topic.MAINTENANCE,
    MessageKind.MAINTENANCE_SPARES: Topic.MAINTENANCE,
    MessageKind.MAINTENANCE_STARTED: Topic.MAINTENANCE,
    MessageKind.MAINTENANCE_USABLE: Topic.MAINTENANCE,
    MessageKind.MAINTENANCE_FINISHED: Topic.MAINTENANCE,
    MessageKind.WAIVER_ASKED: Topic.WAIVERS,
    MessageKind.WAIVER_GRANTED: Topic.WAIVERS,
    MessageKind.WAIVER_REFUSED: Topic.WAIVERS,
    MessageKind.WAIVER_UNANSWERED: Topic.WAIVERS,
    MessageKind.WAIVER_WITHDRAWN: Topic.WAIVERS,
    MessageKind.WAIVER_LAPSED: Topic.WAIVERS,
    MessageKind.UPDATE_TOLD: Topic.PROMISES,
    MessageKind.UPDATE_NO_NEWS: Topic.PROMISES,
    MessageKind.UPDATE_PROMISED: Topic.PROMISES,
    MessageKind.PROMISE_NEARLY_DUE: Topic.PROMISES,
    MessageKind.PROMISE_MISSED: Topic.PROMISES,
}
"""A test message is about nothing: it goes where it is sent."""

T = Topic
OFFERED: Mapping[PartyKind, tuple[Topic, ...]] = {
    PartyKind.INTEGRATOR: (T.PROPOSALS, T.DECISIONS, T.HOLDS, T.RUNNING, T.WAIVERS, T.PROMISES),
    PartyKind.SUPPLIER: (T.PROPOSALS, T.DECISIONS, T.HOLDS, T.RUNNING, T.WAIVERS, T.PROMISES),
    PartyKind.CUSTOMER: (T.MAINTENANCE, T.WAIVERS, T.PROMISES),
}
USUALLY: Mapping[tuple[PartyKind, Role], frozenset[Topic]] = {
    (PartyKind.INTEGRATOR, Role.CHANGE_MANAGER): frozenset({T.PROPOSALS, T.HOLDS, T.WAIVERS, T.PROMISES}),
    (PartyKind.INTEGRATOR, Role.DUTY_MANAGER): frozenset({T.HOLDS, T.RUNNING, T.PROMISES}),
    (PartyKind.SUPPLIER, Role.PLANNER): frozenset({T.PROPOSALS, T.DECISIONS, T.HOLDS, T.WAIVERS, T.PROMISES}),
    (PartyKind.CUSTOMER, Role.PLANNER): frozenset({T.MAINTENANCE, T.WAIVERS, T.PROMISES}),
}
"""What a role is told by mail as long as its holder has chosen nothing else; a viewer is told nothing."""


@dataclass(frozen=True)
class Choice:
    """How somebody wants to hear of a topic."""

    by_mail: bool
    by_webhook: bool


@dataclass(frozen=True)
class Recipient:
    """Somebody who can be told: what he chose, whether a mail address is known, and the webhooks that are in use."""

    actor: Actor
    has_address: bool = False
    chosen: Mapping[Topic, Choice] = field(default_factory=dict)
    webhooks: tuple[int, ...] = ()

    def choice(self, topic: Topic) -> Choice:
        """As chosen; otherwise what is usual for the roles by mail, and everything that is offered by webhook."""
        usual = frozenset[Topic]().union(*(USUALLY.get((self.actor.kind, role), frozenset()) for role in self.actor.roles))
        offered = topic in OFFERED[self.actor.kind]
        return self.chosen.get(topic) or Choice(by_mail=topic in usual, by_webhook=offered)

    def ways(self, topic: Topic) -> tuple[int | None, ...] | None:
        """By which ways he is told: the webhooks, and None for mail; None when he is not to be told at all.

        Who wants mail and has no address is told all the same, on the page of his messages.
        """
        choice = self.choice(topic)
        hooks = self.webhooks if choice.by_webhook else ()
        if not hooks and not choice.by_mail:
            return None
        return (*((None,) if choice.by_mail and self.has_address else ()), *hooks)


def by_party(recipients: Iterable[Recipient]) -> dict[str, list[Recipient]]:
    """Those of one party may know the same."""
    found: dict[str, list[Recipient]] = {}
    for one in recipients:
        found.setdefault(one.actor.party, []).append(one)
    return found


@dataclass(frozen=True)
class KeptMessage:
    """What somebody was told, and when."""

    kind: MessageKind
    facts: Facts
    made_at: Instant


@dataclass(frozen=True)
class Undelivered:
    """A message that did not arrive: `given_up_at` None while it is still tried. `host` is a webhook's, None of a mail."""

    number: int
    person: str
    host: str | None
    kind: MessageKind
    made_at: Instant
    tries: int
    given_up_at: Instant | None
    hitch: Hitch


@dataclass(frozen=True)
class WebhookTry:
    """A message on its way to a webhook, or there: with neither `sent_at` nor `given_up_at` it is still tried."""

    kind: MessageKind
    made_at: Instant
    tries: int
    sent_at: Instant | None
    given_up_at: Instant | None
    hitch: Hitch | None


@dataclass(frozen=True)
class Webhook:
    """A program that is told what its owner is told, until its address said that it was gone. Of that only the host is shown."""

    id: int
    label: str
    host: str
    made_at: Instant
    latest: tuple[WebhookTry, ...]
    gone_at: Instant | None
