"""What programs asked for under a name of their own, and the window that came of it: a repeated request makes no second one."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from app.domain.spans import Instant
from app.store.database import Work
from app.store.tables import api_request

r = api_request.c


@dataclass(frozen=True)
class Known:
    """`asked` is a hash of what was asked for."""

    asked: str
    window: str


def known(work: Work, name: str) -> Known | None:
    """What the actor asked for by that name."""
    row = work.connection.execute(select(api_request).where(r.person_id == work.actor.id, r.name == name)).one_or_none()
    return Known(row.asked, row.window_id) if row else None


def remember(work: Work, name: str, asked: str, window_id: str) -> None:
    row = {"person_id": work.actor.id, "name": name, "asked": asked, "window_id": window_id, "made_at": work.now}
    work.connection.execute(insert(api_request).values(row))


def forget_before(work: Work, moment: Instant) -> None:
    work.connection.execute(delete(api_request).where(r.made_at < moment))
