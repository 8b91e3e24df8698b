"""Who has said to have seen a window, and as which version; a party reads only of its own people, the integrator of all."""

from dataclasses import dataclass

from sqlalchemy import select, true
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access import PartyKind
from app.domain.spans import Instant
from app.store.database import Work
from app.store.tables import person, window_seen


@dataclass(frozen=True)
class Sighting:
    """Somebody of a party saw that version, and said so."""

    party: str
    person: str
    version: int
    at: Instant


def keep(work: Work, window_id: str, version: int) -> None:
    """The actor has seen it as that version; what he saw before no longer matters."""
    dialect = sqlite if work.connection.dialect.name == "sqlite" else postgresql
    now = {"version": version, "at": work.now}
    first = dialect.insert(window_seen).values(window_id=window_id, person_id=work.actor.id, **now)
    work.connection.execute(first.on_conflict_do_update(index_elements=["window_id", "person_id"], set_=now))


def of_window(work: Work, window_id: str) -> list[Sighting]:
    """Newest version first. Whether the actor may see the window is asked before."""
    mine = true() if work.actor.kind is PartyKind.INTEGRATOR else person.c.party_id == work.actor.party
    rows = work.connection.execute(
        select(window_seen, person.c.party_id)
        .join_from(window_seen, person)
        .where(window_seen.c.window_id == window_id, mine)
        .order_by(window_seen.c.version.desc(), window_seen.c.at, window_seen.c.person_id)
    )
    return [Sighting(row.party_id, row.person_id, row.version, row.at) for row in rows]
