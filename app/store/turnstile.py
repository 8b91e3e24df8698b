"""One at a time: every decision, and every change a decision depends on, passes here first.

Under READ COMMITTED what is read after this row is locked is what was committed before: of two clashing approvals at
one moment the second sees the first. On SQLite BEGIN IMMEDIATE serialises already and the update is harmless.
"""

from sqlalchemy import update

from app.store.database import Work
from app.store.tables import turnstile


def take_turn(work: Work) -> None:
    """The first statement of a writing transaction that decides something."""
    work.connection.execute(update(turnstile).where(turnstile.c.id == 1).values(version=turnstile.c.version + 1))
