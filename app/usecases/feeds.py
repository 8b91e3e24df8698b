"""Someone makes a secret feed address, or revokes it."""

import secrets
from enum import StrEnum

from app.domain.access import PartyKind, Right, require
from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.store import feeds, trail
from app.store.database import Work
from app.store.feeds import Feed

MOST_FEEDS = 20
NOTED_EVERY = 900


class FeedKind(StrEnum):
    """What a feed holds. The reader is its owner, and sees in it what that person may see."""

    SUPPLIER_WINDOWS = "supplier_windows"


KINDS = {PartyKind.SUPPLIER: (FeedKind.SUPPLIER_WINDOWS,), PartyKind.CUSTOMER: (), PartyKind.INTEGRATOR: ()}


def make_feed(work: Work, kind: FeedKind, label: str) -> str:
    """A new feed for the actor; its secret is given once, here, and kept only as a hash."""
    require(work.actor, Right.SUBSCRIBE)
    if kind not in KINDS[work.actor.kind]:
        raise Refusal("not_allowed", "kind", right=kind)
    if len(feeds.own_feeds(work)) >= MOST_FEEDS:
        raise Refusal("too_many_feeds", most=MOST_FEEDS)
    secret = secrets.token_urlsafe(32)
    number = feeds.add(work, secret, kind, label)
    trail.append(work, "feed.made", "feed", str(number), label=label)
    return secret


def revoke_feed(work: Work, feed_id: int) -> None:
    """From now on nobody can read it."""
    require(work.actor, Right.SUBSCRIBE)
    feeds.revoke(work, feed_id)
    trail.append(work, "feed.revoked", "feed", str(feed_id))


def is_worth_noting(feed: Feed, now: Instant) -> bool:
    """A calendar app asks often; that it did is written down once in a while."""
    return feed.fetched_at is None or feed.fetched_at < now - NOTED_EVERY


def note_fetch(work: Work, feed: Feed) -> None:
    """Remember that a feed was read."""
    feeds.note_fetch(work, feed.id)
