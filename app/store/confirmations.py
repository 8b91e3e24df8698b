"""When did somebody last say that a customer's peaks are right, and since when are there any?"""

from sqlalchemy import func, insert, select

from app.domain.access import PartyKind
from app.domain.refusal import NotFound
from app.domain.register import Confirmation
from app.domain.spans import Instant
from app.store.database import Work
from app.store.tables import peak, peaks_confirmed


def add(work: Work) -> None:
    """In the name of the actor's own party."""
    kept = {"party_id": work.actor.party, "person_id": work.actor.id, "at": work.now}
    work.connection.execute(insert(peaks_confirmed).values(kept))


def latest(work: Work, customer: str) -> Confirmation | None:
    """The last one of a customer; another customer's does not exist."""
    _require_visible(work, customer)
    chosen = select(peaks_confirmed).where(peaks_confirmed.c.party_id == customer).order_by(peaks_confirmed.c.id.desc()).limit(1)
    row = work.connection.execute(chosen).one_or_none()
    return Confirmation(row.person_id, row.at) if row else None


def known_since(work: Work, customer: str) -> Instant:
    """When the first of the customer's present peaks was entered; now when there is none."""
    _require_visible(work, customer)
    first = select(func.min(peak.c.created_at)).where(peak.c.customer_id == customer, peak.c.removed_at.is_(None))
    return work.connection.execute(first).scalar() or work.now


def _require_visible(work: Work, customer: str) -> None:
    if work.actor.kind is not PartyKind.INTEGRATOR and work.actor.party != customer:
        raise NotFound("customer")
