"""Calendars elsewhere that peaks follow: their state, the last good copy, and the one that waits for an answer.

One that was stopped, or whose peak was removed, does not exist. The integrator sees the state of all of them, a
supplier none.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import RowMapping, Select, func, insert, or_, select, update

from app.domain.foreign_entries import ForeignEntry
from app.domain.refusal import NotFound
from app.domain.spans import Instant
from app.domain.subscriptions import Held, Subscription, Trouble
from app.store.database import Work
from app.store.ownership import customers_own
from app.store.tables import peak, subscription

Columns = TypeVarTuple("Columns")

LARGEST_ID = 2**63 - 1
s = subscription.c
STATE = (
    *(s.id, s.customer_id, s.peak_id, s.sealed_address, s.host, s.created_at, s.next_at),
    *(s.version, s.etag, s.last_modified, s.tried_at, s.good_at, s.failures, s.trouble, s.troubled_at, s.copy_sha256),
    *(s.held_at, s.held_gone, s.held_ahead, s.refused_sha256),
)
"""Everything but the copies, which can be five megabytes each."""


@dataclass(frozen=True)
class Claim:
    """A subscription that somebody has taken to ask its address, until the lease is over."""

    subscription: Subscription
    lease: str


def add(work: Work, new: Subscription) -> Subscription:
    """Keep a new one; its id is given here."""
    row = {"customer_id": new.customer, "peak_id": new.peak, "created_at": work.now, **_columns(new)}
    key: int = work.connection.execute(insert(subscription).values(skipped=[], held_entries=[], **row).returning(s.id)).scalar_one()
    return load(work, key)


def save(work: Work, changed: Subscription) -> None:
    """Write its state; whoever was asking its address no longer holds it."""
    freed = {"lease": None, "leased_until_at": None}
    work.connection.execute(update(subscription).where(s.id == changed.id).values(**_columns(changed), **freed))


def load(work: Work, key: int) -> Subscription:
    row = work.connection.execute(_visible(work).where(s.id == min(key, LARGEST_ID))).mappings().one_or_none()
    if row is None:
        raise NotFound("subscription")
    return _subscription(row)


def of_peak(work: Work, peak_id: str) -> Subscription | None:
    """The one that a peak follows, if it follows one."""
    row = work.connection.execute(_visible(work).where(s.peak_id == peak_id)).mappings().one_or_none()
    return _subscription(row) if row else None


def visible_subscriptions(work: Work) -> list[Subscription]:
    rows = work.connection.execute(_visible(work).order_by(s.customer_id, s.id)).mappings()
    return [_subscription(row) for row in rows]


def ask_next(work: Work, key: int) -> None:
    """It is its turn at once; one that is being asked at this moment is asked again after that."""
    work.connection.execute(update(subscription).where(s.id == key).values(next_at=work.now))


def stop(work: Work, key: int) -> None:
    """End it; what it held is let go, and only that it was there stays."""
    gone: dict[str, object] = {
        "sealed_address": "",
        "etag": "",
        "last_modified": "",
        "held_copy": None,
        "held_entries": [],
        "held_at": None,
    }
    work.connection.execute(update(subscription).where(s.id == key).values(stopped_at=work.now, lease=None, **gone))


# --- The copies -------------------------------------------------------------------------------------------------------


def held_copy(work: Work, key: int) -> tuple[bytes, tuple[ForeignEntry, ...]]:
    """The copy that waits for an answer, as it came and as it was read."""
    row = work.connection.execute(select(s.held_copy, s.held_entries).where(s.id == key)).one()
    return row.held_copy or b"", _entries(row.held_entries)


def keep_copy(work: Work, key: int, data: bytes) -> None:
    """This is the last good copy from now on; what waited is let go."""
    found: dict[str, object] = {"copy": data, "copy_sha256": hashlib.sha256(data).hexdigest()}
    chosen = update(subscription).where(s.id == key)
    work.connection.execute(chosen.values(held_copy=None, held_entries=[], **found))


def note_skipped(work: Work, key: int, skipped: Sequence[tuple[str, str, str]]) -> None:
    """What of the calendar gave no entry when it was read last: the reason, the title, and the part it is about."""
    work.connection.execute(update(subscription).where(s.id == key).values(skipped=[list(one) for one in skipped]))


def skipped_of(work: Work, key: int) -> list[tuple[str, str, str]]:
    written = work.connection.execute(select(s.skipped).where(s.id == key)).scalar_one()
    return [(reason, title, part) for reason, title, part in written]


def put_aside(work: Work, key: int, data: bytes | None, entries: Sequence[ForeignEntry]) -> None:
    """Keep a copy until its customer has answered, or None: nothing waits any more."""
    work.connection.execute(update(subscription).where(s.id == key).values(held_copy=data, held_entries=_written(entries)))


def fingerprint(entries: Sequence[ForeignEntry]) -> str:
    """Equal for equal entries, however the file around them was written."""
    return hashlib.sha256(repr(_written(entries)).encode()).hexdigest()


# --- Who asks next ----------------------------------------------------------------------------------------------------


def claim_due(work: Work, most: int, lease: str, until: Instant) -> list[Claim]:
    """Take those that are due, the longest waiting first, one a host and no more than `most` under way at once.

    Compare and set: one that somebody else took in the meantime is not taken. A lease that is over counts as given back,
    so that whoever died holds nothing.
    """
    under_way = s.leased_until_at.is_not(None) & (s.leased_until_at > work.now)
    busy = list(work.connection.execute(_alive(select(s.host)).where(under_way)).scalars())
    free = or_(s.leased_until_at.is_(None), s.leased_until_at <= work.now)
    due = work.connection.execute(_alive(select(*STATE)).where(s.next_at <= work.now, free).order_by(s.next_at, s.id)).mappings()
    claims: list[Claim] = []
    for row in due.all():
        if len(busy) >= most:
            break
        if row["host"] in busy:
            continue
        taking = update(subscription).where(s.id == row["id"], s.next_at == row["next_at"], free)
        if work.connection.execute(taking.values(lease=lease, leased_until_at=until)).rowcount == 1:
            busy.append(row["host"])
            claims.append(Claim(_subscription(row), lease))
    return claims


def next_due(work: Work) -> Instant | None:
    """When the next one is due."""
    moments = work.connection.execute(_alive(select(func.min(s.next_at)))).scalars()
    moment: Instant | None = moments.one()
    return moment


def still_held(work: Work, claim: Claim) -> Subscription | None:
    """The subscription as it is now, if the lease is still its claimant's; None when it was stopped, changed or taken over."""
    found = _alive(select(*STATE)).where(s.id == claim.subscription.id, s.lease == claim.lease)
    row = work.connection.execute(found).mappings().one_or_none()
    return _subscription(row) if row else None


# --- Rows and values --------------------------------------------------------------------------------------------------


def _alive(chosen: Select[*Columns]) -> Select[*Columns]:
    return chosen.join(peak, peak.c.id == s.peak_id).where(s.stopped_at.is_(None), peak.c.removed_at.is_(None))


def _visible(work: Work) -> Select[tuple[object, ...]]:
    return _alive(select(*STATE)).where(customers_own(work, s.customer_id))


def _subscription(row: RowMapping) -> Subscription:
    return Subscription(
        id=row["id"],
        customer=row["customer_id"],
        peak=row["peak_id"],
        sealed=row["sealed_address"],
        host=row["host"],
        created_at=row["created_at"],
        next_at=row["next_at"],
        version=row["version"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        tried_at=row["tried_at"],
        good_at=row["good_at"],
        failures=row["failures"],
        trouble=Trouble(row["trouble"]) if row["trouble"] else None,
        troubled_at=row["troubled_at"],
        copy_sha256=row["copy_sha256"],
        held=None if row["held_at"] is None else Held(row["held_at"], row["held_gone"], row["held_ahead"]),
        refused=row["refused_sha256"],
    )


def _columns(one: Subscription) -> dict[str, object]:
    """What may change of it, without the copies."""
    held = one.held
    return {
        "sealed_address": one.sealed,
        "host": one.host,
        "next_at": one.next_at,
        "version": one.version,
        "etag": one.etag,
        "last_modified": one.last_modified,
        "tried_at": one.tried_at,
        "good_at": one.good_at,
        "failures": one.failures,
        "trouble": one.trouble,
        "troubled_at": one.troubled_at,
        "held_at": held.at if held else None,
        "held_gone": held.gone if held else 0,
        "held_ahead": held.ahead if held else 0,
        "refused_sha256": one.refused,
    }


def _written(entries: Sequence[ForeignEntry]) -> list[list[object]]:
    return [[one.start, one.end, one.uid, one.recurrence_id, one.summary, one.all_day] for one in sorted(entries, key=_order)]


def _order(one: ForeignEntry) -> tuple[object, ...]:
    return one.start, one.end, one.uid, one.recurrence_id or 0, one.summary


def _entries(written: Sequence[Sequence[object]]) -> tuple[ForeignEntry, ...]:
    return tuple(ForeignEntry(*one) for one in written)  # type: ignore[arg-type] # as _written wrote them
