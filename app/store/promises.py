"""Promises and updates, as far as the actor may see them.

The integrator reads all. Anybody else reads what was promised or told to it and by it: a supplier never what was promised
to a customer, nor one customer what was told to another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, or_, select, true, update

from app.domain.access import SYSTEM, PartyKind, Right
from app.domain.lifecycle import State
from app.domain.promises import News, Occasion, Promise, Sides, Update
from app.domain.refusal import NotFound
from app.domain.register import RegisteredWindow
from app.domain.spans import Instant
from app.store import parties, windows
from app.store.database import Work
from app.store.tables import promise, window_update, window_update_to

p = promise.c
UNANSWERED = and_(p.answered_at.is_(None), p.withdrawn_at.is_(None))
PAGE = 300


@dataclass(frozen=True)
class Told:
    """The promises of one window that an update is about: by one party, to these."""

    window: str
    by: str
    to: Collection[str]


def add(work: Work, new: Iterable[Promise]) -> None:
    rows = [
        {
            "window_id": one.window,
            "by_party": one.by,
            "to_party": one.to,
            "occasion": one.occasion,
            "wanted": one.wanted,
            "made_at": one.made_at,
            "made_by": one.made_by,
            "due_at": one.due_at,
            "grace_seconds": one.grace,
            "remind_at": one.remind_at,
            "answered_at": one.answered_at,
            "withdrawn_reason": "",
        }
        for one in new
    ]
    if rows:
        work.connection.execute(insert(promise), rows)


def add_update(work: Work, new: Update) -> None:
    """Keep what was told, with what it answers."""
    values = {
        "window_id": new.window,
        "by_party": new.by,
        "told_by": new.told_by,
        "at": new.at,
        "kind": new.kind,
        "state": new.state,
        "text_nl": new.nl,
        "text_en": new.en,
        "next_at": new.next_at,
    }
    key = work.connection.execute(insert(window_update).values(values).returning(window_update.c.id)).scalar_one()
    work.connection.execute(insert(window_update_to), [{"update_id": key, "party_id": one} for one in new.to])
    answer(work, Told(new.window, new.by, new.to), new.at)


def answer(work: Work, told: Told, at: Instant) -> None:
    """Mark the promises that this answers: those that were made before that second and still wait."""
    work.connection.execute(update(promise).where(_about(told), p.made_at < at).values(answered_at=at))


def withdraw(work: Work, which: Collection[int], reason: str) -> None:
    """Take back those of them that still wait."""
    by = None if work.actor == SYSTEM else work.actor.id
    chosen = update(promise).where(p.id.in_(which), UNANSWERED)
    work.connection.execute(chosen.values(withdrawn_at=work.now, withdrawn_by=by, withdrawn_reason=reason))


def load(work: Work, key: int) -> Promise:
    """One the actor may see; any other does not exist."""
    found = _listed(work, select(promise).where(p.id == key))
    if not found:
        raise NotFound("promise")
    return found[0]


def of_window(work: Work, window_id: str) -> list[Promise]:
    """By due time."""
    return _listed(work, select(promise).where(p.window_id == window_id).order_by(p.due_at, p.id))


def unanswered(work: Work, limit: int = PAGE) -> list[Promise]:
    """Those that still wait, by due time, at most `limit`."""
    return _listed(work, select(promise).where(UNANSWERED).order_by(p.due_at, p.id).limit(limit))


def unanswered_of(work: Work, told: Told) -> list[Promise]:
    return _listed(work, select(promise).where(_about(told)).order_by(p.due_at, p.id))


def alike(work: Work, one: Promise) -> list[Promise]:
    """Those that still wait and were made in one breath: by the same party, of the same window, for the same moment."""
    breath = and_(p.window_id == one.window, p.by_party == one.by, p.occasion == one.occasion, p.made_at == one.made_at)
    return _listed(work, select(promise).where(breath, p.due_at == one.due_at, UNANSWERED).order_by(p.id))


def open_counts(work: Work, window_ids: Collection[str]) -> dict[str, int]:
    """By window: how many promises about it somebody still waits for, in time or not, whoever reads."""
    chosen = select(p.window_id, func.count()).where(p.window_id.in_(window_ids), UNANSWERED).group_by(p.window_id)
    return dict.fromkeys(window_ids, 0) | {row[0]: row[1] for row in work.connection.execute(chosen)}


def due_between(work: Work, first: Instant, last: Instant, limit: int) -> list[Promise]:
    """Those that were due from `first` up to `last`, that second not included: the newest, at most `limit`."""
    chosen = select(promise).where(p.due_at >= first, p.due_at < last).order_by(p.due_at.desc(), p.id.desc())
    return _listed(work, chosen.limit(limit))


def to_remind(work: Work, most: int) -> list[Promise]:
    """Those that wait, whose two thirds are over and of which nobody was reminded. Call it behind the turnstile."""
    chosen = select(promise).where(UNANSWERED, p.remind_at <= work.now, p.reminded_at.is_(None))
    return _listed(work, chosen.order_by(p.remind_at, p.id).limit(most))


def to_note(work: Work, most: int) -> list[Promise]:
    """Those that wait and are over, grace included, of which the trail was not told. Call it behind the turnstile."""
    chosen = select(promise).where(UNANSWERED, p.due_at < work.now, p.due_at + p.grace_seconds < work.now, p.missed_at.is_(None))
    return _listed(work, chosen.order_by(p.due_at, p.id).limit(most))


def is_any_due(work: Work) -> bool:
    """Whether there is something to remind of or to note."""
    to_do = or_(
        and_(p.remind_at <= work.now, p.reminded_at.is_(None)),
        and_(p.due_at + p.grace_seconds < work.now, p.missed_at.is_(None)),
    )
    return work.connection.execute(select(p.id).where(UNANSWERED, to_do).limit(1)).first() is not None


def mark_reminded(work: Work, which: Collection[int]) -> None:
    work.connection.execute(update(promise).where(p.id.in_(which)).values(reminded_at=work.now))


def mark_missed(work: Work, which: Collection[int]) -> None:
    work.connection.execute(update(promise).where(p.id.in_(which)).values(missed_at=work.now))


def updates_of(work: Work, window_id: str) -> list[Update]:
    """What was told of a window, the newest first."""
    return _updates(work, select(window_update).where(window_update.c.window_id == window_id))


def latest_updates(work: Work, limit: int) -> list[Update]:
    """The newest of all windows."""
    return _updates(work, select(window_update).limit(limit))


def sides_of(work: Work, registered: RegisteredWindow) -> Sides | None:
    """Those who promise each other something of a window; None before there is an integrator."""
    integrator = parties.integrator(work)
    if integrator is None:
        return None
    reached = windows.reached_by(work, [registered.id]).get(registered.id, frozenset())
    return Sides(integrator, registered.window.supplier, reached)


def addressees(work: Work, registered: RegisteredWindow) -> frozenset[str]:
    """Whom the actor may tell of a window. Who is no longer reached, but was promised something, still hears of it.

    The integrator speaks with all sides, everybody else with the integrator alone.
    """
    sides = sides_of(work, registered)
    if sides is None or not work.actor.may(Right.TELL):
        return frozenset()
    if work.actor.kind is not PartyKind.INTEGRATOR:
        return frozenset({sides.integrator})
    promised = {one.to for one in of_window(work, registered.id) if one.by == sides.integrator}
    return frozenset({sides.supplier, *sides.customers, *promised})


def _about(told: Told) -> ColumnElement[bool]:
    return and_(p.window_id == told.window, p.by_party == told.by, p.to_party.in_(sorted(told.to)), UNANSWERED)


def _listed(work: Work, query: Select[tuple[object, ...]]) -> list[Promise]:
    return [_promise(row) for row in work.connection.execute(query.where(_visible(work)))]


def _visible(work: Work) -> ColumnElement[bool]:
    if work.actor.kind is PartyKind.INTEGRATOR:
        return true()
    return or_(p.to_party == work.actor.party, p.by_party == work.actor.party)


def _updates(work: Work, query: Select[tuple[object, ...]]) -> list[Update]:
    """Whom else something was told is for who told it and for the integrator."""
    u, actor = window_update.c, work.actor
    if actor.kind is not PartyKind.INTEGRATOR:
        mine = select(window_update_to.c.update_id).where(window_update_to.c.party_id == actor.party)
        query = query.where(or_(u.by_party == actor.party, u.id.in_(mine)))
    rows = work.connection.execute(query.order_by(u.at.desc(), u.id.desc())).all()
    to = _told_to(work, [row.id for row in rows])
    return [
        Update(
            window=row.window_id,
            by=row.by_party,
            to=tuple(to[row.id]) if actor.kind is PartyKind.INTEGRATOR or row.by_party == actor.party else (actor.party,),
            kind=News(row.kind),
            at=row.at,
            nl=row.text_nl,
            en=row.text_en,
            state=State(row.state) if row.state else None,
            next_at=row.next_at,
            told_by=row.told_by if row.by_party == actor.party or actor.kind is PartyKind.INTEGRATOR else None,
            id=row.id,
        )
        for row in rows
    ]


def _told_to(work: Work, updates: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    chosen = select(window_update_to).where(window_update_to.c.update_id.in_(updates)).order_by(window_update_to.c.party_id)
    for row in work.connection.execute(chosen):
        found[row.update_id].append(row.party_id)
    return found


def _promise(row: Row[tuple[object, ...]]) -> Promise:
    return Promise(
        window=row.window_id,
        by=row.by_party,
        to=row.to_party,
        occasion=Occasion(row.occasion),
        wanted=News(row.wanted),
        made_at=row.made_at,
        due_at=row.due_at,
        grace=row.grace_seconds,
        made_by=row.made_by,
        id=row.id,
        answered_at=row.answered_at,
        reminded_at=row.reminded_at,
        withdrawn_at=row.withdrawn_at,
        reason=row.withdrawn_reason,
    )
