"""The append-only record of who did what, when and why, written in the transaction of the change itself."""

from sqlalchemy import insert, select

from app.domain.access import SYSTEM
from app.domain.register import TrailEntry
from app.store.database import Work
from app.store.tables import trail


def append(work: Work, action: str, subject: str, subject_id: str, reason: str = "", **facts: object) -> None:
    """Add an entry in the actor's name; what the system does has no person."""
    is_system = work.actor == SYSTEM
    work.connection.execute(
        insert(trail).values(
            at=work.now,
            person_id=None if is_system else work.actor.id,
            party_id=None if is_system else work.actor.party,
            action=action,
            subject=subject,
            subject_id=subject_id,
            reason=reason,
            facts=facts,
        )
    )


def entries(work: Work, subject: str, subject_id: str) -> list[TrailEntry]:
    """The entries about one subject, oldest first. Whether the actor may see the subject is asked before."""
    rows = work.connection.execute(
        select(trail).where(trail.c.subject == subject, trail.c.subject_id == subject_id).order_by(trail.c.at, trail.c.id)
    )
    return [TrailEntry(row.at, row.person_id, row.party_id, row.action, row.subject_id, row.reason, row.facts) for row in rows]
