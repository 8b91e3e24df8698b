"""The notice terms that were agreed with customers. None is overwritten: a later one holds from its own day on."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import insert, select

from app.domain.access import SYSTEM, PartyKind
from app.domain.notice import NoticeTerm, NoticeUnit
from app.store.database import Work
from app.store.tables import notice_term


def add_term(work: Work, customer: str, new: NoticeTerm) -> None:
    work.connection.execute(
        insert(notice_term).values(
            customer_id=customer,
            n=new.n,
            unit=new.unit,
            calendar=new.calendar,
            zone=new.zone,
            since=new.since,
            agreed_at=work.now,
            agreed_by=None if work.actor == SYSTEM else work.actor.id,
        )
    )


def terms_of(work: Work, customers: Iterable[str]) -> dict[str, tuple[NoticeTerm, ...]]:
    """By customer: what was agreed with it over time, the latest word first.

    The integrator reads every customer's, a customer its own, a supplier none.
    """
    asked = set(customers)
    if work.actor.kind is not PartyKind.INTEGRATOR:
        asked &= {work.actor.party}
    found: dict[str, tuple[NoticeTerm, ...]] = defaultdict(tuple)
    chosen = select(notice_term).where(notice_term.c.customer_id.in_(sorted(asked))).order_by(notice_term.c.id.desc())
    for row in work.connection.execute(chosen):
        term = NoticeTerm(row.n, NoticeUnit(row.unit), row.zone, row.calendar, row.since)
        found[row.customer_id] = (*found[row.customer_id], term)
    return dict(found)
