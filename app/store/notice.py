"""The notice terms that were agreed with customers. None is overwritten: a later one holds from its own day on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import insert, select

from app.domain.access import SYSTEM, PartyKind
from app.domain.notice import NoticeLimit, NoticeTerm, NoticeUnit, notice_limits
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Instant
from app.store.calendars import load_calendars
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


def limits_of(work: Work, known: RegisteredWindow, customers: Collection[str]) -> list[NoticeLimit]:
    """Until when these customers can be told of a window: announced before, or else now. The strictest first.

    A decision looks at everybody's; what of it is shown, the page of the window decides.
    """
    terms = terms_of(replace(work, actor=SYSTEM), customers)
    if not terms:
        return []
    starts = [one.planned.start for one in dated(known.window).occurrences]
    return notice_limits(terms, starts, announced(work, known), load_calendars(work, set(terms)))


def announced(work: Work, known: RegisteredWindow) -> Instant:
    """When its customers could first read of these times; of what was not announced yet: now."""
    return work.now if known.announced_at is None else known.announced_at


def told_late(work: Work, known: RegisteredWindow, customers: Collection[str]) -> list[str]:
    """The customers for whom it is too late by what was agreed with them."""
    limits = limits_of(work, known, customers)
    return sorted(one.customer for one in limits if one.is_late(announced(work, known)))
