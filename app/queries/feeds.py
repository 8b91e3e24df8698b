"""What is in a feed, and which feeds does somebody have?"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access import Actor
from app.domain.disclosure import disclose_window
from app.domain.lifecycle import State
from app.domain.refusal import NotFound
from app.domain.register import RegisteredWindow
from app.domain.spans import Instant, Span
from app.queries.names import Names, load_names
from app.store import feeds, people, windows
from app.store.database import Work
from app.store.feeds import Feed
from app.store.windows import Filter

DAY = 24 * 3600
BACK, AHEAD = 30 * DAY, 400 * DAY
CANCELLED_KEPT = 30 * DAY
MOST_WINDOWS = 5000
GONE = frozenset({State.REJECTED, State.WITHDRAWN, State.CANCELLED, State.EXPIRED})


@dataclass(frozen=True)
class WindowFeed:
    """The windows of a feed for its owner, in time order."""

    feed: Feed
    owner: Actor
    windows: Sequence[RegisteredWindow]
    span: Span
    names: Names


def feed_owner(work: Work, secret: str) -> tuple[Feed, Actor]:
    """Whose feed it is; a feed of somebody who may no longer act is unknown, at once."""
    found = feeds.by_secret(work, secret)
    owner = people.actor_named(work, found.person)
    if owner is None:
        raise NotFound("feed")
    return found, owner


def window_feed(work: Work, found: Feed) -> WindowFeed:
    """What was ever published, from a month back to thirteen months ahead; what will not happen stays for a month.

    A window that moved out of that span is among them, for the occurrences that it left behind.
    """
    span = Span(work.now - BACK, work.now + AHEAD)
    listed = windows.visible_windows(work, Filter(meets=span), MOST_WINDOWS)
    moved = windows.published_and_changed_since(work, work.now - CANCELLED_KEPT)
    each = {one.id: one for one in (*listed, *moved)}.values()
    shown = [disclose_window(one, work.actor) for one in each if one.published and _belongs(one, work.now)]
    services = {service for one in shown for service in one.window.services}
    return WindowFeed(found, work.actor, shown, span, load_names(work, party_ids={work.actor.party}, service_ids=services))


def own_feeds(work: Work) -> list[Feed]:
    return feeds.own_feeds(work)


def _belongs(one: RegisteredWindow, now: Instant) -> bool:
    return one.state not in GONE or one.changed_at > now - CANCELLED_KEPT
