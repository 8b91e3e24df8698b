"""The append-only record of who did what, when and why, written in the transaction of the change itself.

Each entry carries a hash that binds it to all before it. The hash of the last one is the trail's head: whoever adds an entry
locks it first, so that no two entries follow the same one.
"""

import json
from collections.abc import Iterator

from sqlalchemy import Row, and_, insert, select, update

from app.domain.access import SYSTEM
from app.domain.register import TrailEntry, TrailLine
from app.domain.trail_chain import Chained, Entry, chained
from app.store.database import Work
from app.store.tables import maintenance_window, peak, trail, trail_head
from app.store.tables.columns import without_nul

AT_A_TIME = 1000
LOWEST = -(2**63)


def append(work: Work, action: str, subject: str, subject_id: str, reason: str = "", **facts: object) -> None:
    """Add an entry in the actor's name; what the system does has no person."""
    is_system = work.actor == SYSTEM
    person, party = (None, None) if is_system else (work.actor.id, work.actor.party)
    kept = json.loads(json.dumps(facts))
    entry = Entry(work.now, person, party, action, subject, without_nul(subject_id), without_nul(reason), kept)
    head = chained(_locked_head(work), entry)
    work.connection.execute(
        insert(trail).values(
            at=entry.at,
            person_id=entry.person,
            party_id=entry.party,
            action=entry.action,
            subject=entry.subject,
            subject_id=entry.subject_id,
            reason=entry.reason,
            facts=entry.facts,
            hash=head,
        )
    )
    work.connection.execute(update(trail_head).where(trail_head.c.id == 1).values(hash=head))


def entries(work: Work, subject: str, subject_id: str) -> list[TrailEntry]:
    """The entries about one subject, oldest first. Whether the actor may see the subject is asked before."""
    rows = work.connection.execute(
        select(trail).where(trail.c.subject == subject, trail.c.subject_id == subject_id).order_by(trail.c.at, trail.c.id)
    )
    return [_entry(row) for row in rows]


def of_party(work: Work, party: str, before: int, most: int) -> list[TrailLine]:
    """What the party's people did, and what happened to its windows and peaks: before that number, newest first."""
    earlier = select(trail).where(trail.c.id < before).order_by(trail.c.id.desc()).limit(most)
    windows = and_(trail.c.subject == "window", trail.c.subject_id == maintenance_window.c.id)
    peaks = and_(trail.c.subject == "peak", trail.c.subject_id == peak.c.id)
    queries = (
        earlier.where(trail.c.party_id == party),
        earlier.join(maintenance_window, windows).where(maintenance_window.c.supplier_id == party),
        earlier.join(peak, peaks).where(peak.c.customer_id == party),
    )
    found = {row.id: TrailLine(row.id, row.subject, _entry(row)) for query in queries for row in work.connection.execute(query)}
    return [found[number] for number in sorted(found, reverse=True)[:most]]


def head(work: Work) -> str:
    """The hash of the last entry; empty before the first. Read before the entries, it is one of theirs."""
    return str(work.connection.execute(select(trail_head.c.hash).where(trail_head.c.id == 1)).scalar_one())


def chain(work: Work) -> Iterator[Chained]:
    """Every entry in the order of the chain, a few at a time however many there are."""
    last = LOWEST
    while True:
        rows = work.connection.execute(select(trail).where(trail.c.id > last).order_by(trail.c.id).limit(AT_A_TIME)).all()
        for row in rows:
            entry = Entry(row.at, row.person_id, row.party_id, row.action, row.subject, row.subject_id, row.reason, row.facts)
            yield Chained(row.id, entry, row.hash)
        if len(rows) < AT_A_TIME:
            return
        last = rows[-1].id


def _locked_head(work: Work) -> str:
    """On SQLite whoever writes is alone already."""
    return str(work.connection.execute(select(trail_head.c.hash).where(trail_head.c.id == 1).with_for_update()).scalar_one())


def _entry(row: Row[tuple[object, ...]]) -> TrailEntry:
    return TrailEntry(row.at, row.person_id, row.party_id, row.action, row.subject_id, row.reason, row.facts)
