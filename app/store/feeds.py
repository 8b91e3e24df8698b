"""Secret addresses of feeds: only a hash of the secret is kept, and a revoked one is as good as unknown."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from app.domain.refusal import NotFound
from app.domain.spans import Instant
from app.store.database import Work
from app.store.people import hashed
from app.store.tables import feed

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Feed:
    id: int
    kind: str
    label: str
    person: str
    created_at: Instant
    fetched_at: Instant | None


def add(work: Work, secret: str, kind: str, label: str) -> int:
    row = {"secret_hash": hashed(secret), "kind": kind, "person_id": work.actor.id, "label": label, "created_at": work.now}
    key: int = work.connection.execute(insert(feed).values(row).returning(feed.c.id)).scalar_one()
    return key


def by_secret(work: Work, secret: str) -> Feed:
    """The feed at that secret address; unknown and revoked are the same to whoever asks."""
    found = select(feed).where(feed.c.secret_hash == hashed(secret), feed.c.revoked_at.is_(None))
    row = work.connection.execute(found).one_or_none()
    if row is None:
        raise NotFound("feed")
    return Feed(row.id, row.kind, row.label, row.person_id, row.created_at, row.fetched_at)


def own_feeds(work: Work) -> list[Feed]:
    """The actor's own feeds that still work."""
    chosen = select(feed).where(feed.c.person_id == work.actor.id, feed.c.revoked_at.is_(None)).order_by(feed.c.id)
    rows = work.connection.execute(chosen)
    return [Feed(row.id, row.kind, row.label, row.person_id, row.created_at, row.fetched_at) for row in rows]


def revoke(work: Work, feed_id: int) -> None:
    """End one of the actor's own feeds; from now on its address is unknown."""
    if feed_id > LARGEST_ID:
        raise NotFound("feed")
    chosen = update(feed).where(feed.c.id == feed_id, feed.c.person_id == work.actor.id, feed.c.revoked_at.is_(None))
    if work.connection.execute(chosen.values(revoked_at=work.now)).rowcount != 1:
        raise NotFound("feed")


def note_fetch(work: Work, feed_id: int) -> None:
    work.connection.execute(update(feed).where(feed.c.id == feed_id).values(fetched_at=work.now))
