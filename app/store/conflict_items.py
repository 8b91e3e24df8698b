"""Conflicts that people deal with. One that is closed stays to be read; one that comes back is the same one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, bindparam, insert, select, update

from app.domain.conflict_items import Closed, CommonCause, FoundConflict, Item
from app.domain.refusal import NotFound
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.store.among import among
from app.store.database import Work
from app.store.ownership import customers_own
from app.store.tables import conflict_cause, conflict_item, conflict_remark

c, i = conflict_cause.c, conflict_item.c
MOST_ITEMS = 2000


@dataclass(frozen=True)
class KnownCause:
    """A cause with its number, and until when it is put aside, by whom and why."""

    number: int
    cause: CommonCause
    snoozed_until: Instant | None
    snoozed_by: str | None
    snooze_reason: str

    def is_snoozed(self, now: Instant) -> bool:
        return self.snoozed_until is not None and now < self.snoozed_until


@dataclass(frozen=True)
class Remark:
    at: Instant
    person: str
    words: str


def of_window(work: Work, window_id: str) -> list[Item]:
    """All that were ever found for a window."""
    return of_windows(work, [window_id]).get(window_id, [])


def of_windows(work: Work, windows: Sequence[str]) -> dict[str, list[Item]]:
    """By window: all that were ever found for it."""
    found: dict[str, list[Item]] = defaultdict(list)
    for row in work.connection.execute(_items().where(i.window_id.in_(windows)).order_by(i.id)):
        found[row.window_id].append(_item(row))
    return found


def open_items(work: Work, new: Sequence[tuple[str, FoundConflict]]) -> None:
    """Those of windows that were not known before."""
    if not new:
        return
    numbers = _cause_numbers(work, [found.cause for _, found in new])
    rows = [
        {
            "window_id": window_id,
            "cause_id": numbers[found.cause.key],
            "matter": found.matter,
            "anchor": found.anchor,
            "others": list(found.others),
            "opened_at": work.now,
            "reason": "",
            **_seen(found),
        }
        for window_id, found in new
    ]
    work.connection.execute(insert(conflict_item), rows)


def see_again(work: Work, again: Sequence[tuple[Item, FoundConflict]]) -> None:
    """As they were found now, and open: what was closed is so no longer."""
    if not again:
        return
    numbers = _cause_numbers(work, [found.cause for _, found in again])
    rows = [{"item": item.id, "cause_id": numbers[found.cause.key], **_seen(found)} for item, found in again]
    opened = {"closed": None, "closed_at": None, "closed_by": None, "reason": ""}
    seen: dict[str, object] = {name: bindparam(name) for name in rows[0] if name != "item"}
    work.connection.execute(update(conflict_item).where(i.id == bindparam("item")).values(**seen, **opened), rows)


def close(work: Work, items: Iterable[Item], closed: Closed, reason: str, person: str | None) -> None:
    """Those that are open; never without a reason."""
    numbers = [item.id for item in items if item.closed is None]
    if not numbers:
        return
    ended = {"closed": closed, "closed_at": work.now, "closed_by": person, "reason": reason}
    work.connection.execute(update(conflict_item).where(i.id.in_(numbers)).values(**ended))


def load_cause(work: Work, number: int) -> KnownCause:
    """One the actor may see; any other does not exist."""
    row = work.connection.execute(select(conflict_cause).where(c.id == number, customers_own(work, c.customer_id))).first()
    if row is None:
        raise NotFound("conflict")
    return _known(row)


def items_of(work: Work, number: int) -> list[Item]:
    """All of a cause, the next ones first."""
    rows = work.connection.execute(_items().where(i.cause_id == number).order_by(i.start_at, i.id).limit(MOST_ITEMS))
    return [_item(row) for row in rows]


def open_by_cause(work: Work) -> list[tuple[KnownCause, list[Item]]]:
    """The causes the actor may see that have open items, with those."""
    rows = work.connection.execute(
        _items().where(i.closed.is_(None), customers_own(work, c.customer_id)).order_by(i.start_at, i.id).limit(MOST_ITEMS)
    )
    by_cause: dict[int, list[Item]] = {}
    for row in rows:
        by_cause.setdefault(row.cause_id, []).append(_item(row))
    known = work.connection.execute(select(conflict_cause).where(c.id.in_(by_cause)))
    return [(_known(row), by_cause[row.id]) for row in known]


def snooze(work: Work, number: int, until: Instant | None, reason: str) -> None:
    """Put a cause aside until then; None takes it up again."""
    values = {"snoozed_until_at": until, "snoozed_by": work.actor.id if until else None, "snooze_reason": reason}
    work.connection.execute(update(conflict_cause).where(c.id == number).values(**values))


def add_remark(work: Work, number: int, words: str) -> None:
    work.connection.execute(insert(conflict_remark).values(cause_id=number, at=work.now, person_id=work.actor.id, words=words))


def remarks(work: Work, number: int) -> list[Remark]:
    """What was said about a cause, oldest first."""
    rows = work.connection.execute(
        select(conflict_remark).where(conflict_remark.c.cause_id == number).order_by(conflict_remark.c.id)
    )
    return [Remark(row.at, row.person_id, row.words) for row in rows]


def discussed(work: Work, numbers: Collection[int]) -> frozenset[int]:
    """Of these causes those about which something was said."""
    chosen = select(conflict_remark.c.cause_id).where(conflict_remark.c.cause_id.in_(list(numbers))).distinct()
    return frozenset(work.connection.execute(chosen).scalars())


def _cause_numbers(work: Work, causes: Sequence[CommonCause]) -> Mapping[str, int]:
    """By key, of causes that may be new."""
    by_key = {cause.key: cause for cause in causes}
    known = _numbers_of(work, by_key)
    new = [_written(cause) for key, cause in by_key.items() if key not in known]
    if not new:
        return known
    work.connection.execute(insert(conflict_cause), new)
    return known | _numbers_of(work, by_key.keys() - known.keys())


def _numbers_of(work: Work, keys: Iterable[str]) -> dict[str, int]:
    rows = work.connection.execute(select(c.key, c.id).where(among(c.key, "keys")), {"keys": keys})
    return {row.key: row.id for row in rows}


def _written(cause: CommonCause) -> dict[str, object]:
    about = {"customer_id": cause.customer or None, "peak_id": cause.peak or None, "services": list(cause.services)}
    return {"key": cause.key, "kind": cause.kind, "snooze_reason": "", **about}


def _items() -> Select[tuple[object, ...]]:
    about = (c.kind, c.customer_id, c.peak_id, c.services)
    return select(conflict_item, *about).join(conflict_cause, c.id == i.cause_id)


def _seen(found: FoundConflict) -> Mapping[str, object]:
    return {"effect": found.effect, "start_at": found.span.start, "end_at": found.span.end}


def _cause(row: Row[tuple[object, ...]]) -> CommonCause:
    services: Sequence[str] = row.services
    return CommonCause(row.kind, row.customer_id or "", row.peak_id or "", tuple(services))


def _known(row: Row[tuple[object, ...]]) -> KnownCause:
    return KnownCause(row.id, _cause(row), row.snoozed_until_at, row.snoozed_by, row.snooze_reason)


def _item(row: Row[tuple[object, ...]]) -> Item:
    found = FoundConflict(_cause(row), row.anchor, tuple(row.others), Verdict(row.effect), Span(row.start_at, row.end_at))
    closed = Closed(row.closed) if row.closed else None
    return Item(row.id, row.window_id, found, row.opened_at, closed, row.closed_at, row.closed_by, row.reason)
