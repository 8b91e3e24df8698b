"""Which windows wait to be checked again, because of what, and what came of it.

What waits was written in the transaction of the change itself, so that nothing is forgotten whoever dies; what is done is
marked in the transaction that did it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, insert, select, update

from app.domain.access import SYSTEM
from app.domain.causes import Change, Kind, Outcome, Run
from app.domain.lifecycle import State
from app.domain.register import RegisteredWindow
from app.domain.spans import Span
from app.store import windows
from app.store.database import Work
from app.store.reachable import beneath, standing_on
from app.store.tables import (
    maintenance_window,
    recheck,
    recheck_run,
    service,
    window_customer,
    window_service,
)

WATCHED = frozenset({State.APPROVED, State.ON_HOLD})
"""What is approved may have to stop; what is on hold may be possible again."""

w = maintenance_window.c


@dataclass(frozen=True)
class Waiting:
    """A window whose turn has come, with the run it belongs to."""

    run: Run
    window: str


def order(work: Work, change: Change, chosen: Iterable[str]) -> Run:
    """Write down that these windows have to be checked again; without any there is no run to be told of."""
    ids = sorted(set(chosen))
    made = {"kind": change.kind, "subject_id": change.id, "party_id": change.party or None, "action": change.action}
    asked_by = None if work.actor == SYSTEM else work.actor.id
    if not ids:
        return Run(0, change, work.now, asked_by, 0)
    added = insert(recheck_run).values(**made, asked_at=work.now, asked_by=asked_by, windows=len(ids)).returning(recheck_run.c.id)
    number = work.connection.execute(added).scalar_one()
    work.connection.execute(insert(recheck), [{"run_id": number, "window_id": one} for one in ids])
    return Run(number, change, work.now, asked_by, len(ids), len(ids))


def next_waiting(work: Work, most: int, run: int | None = None) -> list[Waiting]:
    """The windows that have waited longest, at most so many, of all runs or of one; of a run the first in time come first.

    Call it behind the turnstile: nobody else takes them then.
    """
    chosen = (
        select(recheck.c.window_id, recheck_run)
        .join(recheck_run, recheck_run.c.id == recheck.c.run_id)
        .join(maintenance_window, w.id == recheck.c.window_id)
        .where(recheck.c.done_at.is_(None))
        .order_by(recheck.c.run_id, w.start_at, w.id)
        .limit(most)
    )
    if run is not None:
        chosen = chosen.where(recheck.c.run_id == run)
    return [Waiting(_run(row), row.window_id) for row in work.connection.execute(chosen)]


def is_any_waiting(work: Work) -> bool:
    return work.connection.execute(select(recheck.c.run_id).where(recheck.c.done_at.is_(None)).limit(1)).first() is not None


def done(work: Work, outcomes: Mapping[Waiting, Outcome]) -> None:
    """Mark what came of each; the last one of a run ends it."""
    mine = update(recheck).where(recheck.c.run_id == bindparam("run"), recheck.c.window_id == bindparam("window"))
    rows = [{"run": one.run.number, "window": one.window, "came": outcome} for one, outcome in outcomes.items()]
    work.connection.execute(mine.values(done_at=work.now, outcome=bindparam("came")), rows)
    left = select(recheck.c.run_id).where(recheck.c.run_id == recheck_run.c.id, recheck.c.done_at.is_(None))
    ended = update(recheck_run).where(recheck_run.c.id.in_({one.run.number for one in outcomes}), ~left.exists())
    work.connection.execute(ended.values(finished_at=work.now))


def latest_runs(work: Work, most: int) -> list[Run]:
    """The last changes that windows were checked again for, newest first."""
    left = select(func.count()).where(recheck.c.run_id == recheck_run.c.id, recheck.c.done_at.is_(None)).scalar_subquery()
    chosen = select(recheck_run, left.label("waiting")).order_by(recheck_run.c.id.desc()).limit(most)
    return [_run(row, row.waiting) for row in work.connection.execute(chosen)]


def outcomes(work: Work, runs: Sequence[int]) -> dict[int, dict[Outcome, list[str]]]:
    """By run and outcome: the windows that were not simply as before."""
    told = select(recheck).where(recheck.c.run_id.in_(runs), recheck.c.outcome.in_(TOLD)).order_by(recheck.c.window_id)
    found: dict[int, dict[Outcome, list[str]]] = {}
    for row in work.connection.execute(told):
        found.setdefault(row.run_id, {}).setdefault(Outcome(row.outcome), []).append(row.window_id)
    return found


TOLD = (Outcome.HELD, Outcome.WORSE, Outcome.BETTER, Outcome.FAILED)


def waiting_for(work: Work, window_id: str) -> list[Run]:
    """The runs in which this window has not had its turn yet, oldest first."""
    chosen = (
        select(recheck_run)
        .join(recheck, recheck.c.run_id == recheck_run.c.id)
        .where(recheck.c.window_id == window_id, recheck.c.done_at.is_(None))
        .order_by(recheck_run.c.id)
    )
    return [_run(row) for row in work.connection.execute(chosen)]


def reaching(work: Work, customer: str) -> dict[str, Span]:
    """Of the watched windows ahead that reach a customer, by id: from the first exposed second to the last."""
    theirs = select(window_customer.c.window_id).where(window_customer.c.customer_id == customer)
    rows = work.connection.execute(select(w.id, w.start_at, w.end_at).where(_ahead(work), w.id.in_(theirs)))
    return {row.id: Span(row.start_at, row.end_at) for row in rows}


def ids_reaching(work: Work, customers: Iterable[str]) -> set[str]:
    """The ids of the watched windows ahead that reach any of these customers."""
    chosen = select(w.id).where(_ahead(work)).join(window_customer, window_customer.c.window_id == w.id)
    return set(work.connection.execute(chosen.where(window_customer.c.customer_id.in_(sorted(set(customers))))).scalars())


def ids_beneath(work: Work, services: Iterable[str]) -> set[str]:
    """The ids of the watched windows ahead on these services, or on anything these stand on."""
    below = beneath(select(service.c.id).where(service.c.id.in_(sorted(set(services)))))
    on_them = select(window_service.c.window_id).where(window_service.c.service_id.in_(below))
    return set(work.connection.execute(select(w.id).where(_ahead(work), w.id.in_(on_them))).scalars())


def sharing_a_chain(work: Work, services: Iterable[str], span: Span) -> list[RegisteredWindow]:
    """The watched windows in that span with which a window on these services can take something down together."""
    above = standing_on(select(service.c.id).where(service.c.id.in_(sorted(set(services)))))
    on_them = select(window_service.c.window_id).where(window_service.c.service_id.in_(beneath(above)))
    meeting = and_(_ahead(work), w.start_at < span.end, w.end_at > span.start)
    return windows.listed(work, select(maintenance_window).where(meeting, w.id.in_(on_them)).order_by(w.start_at, w.id))


def on_services(work: Work, services: Iterable[str], span: Span) -> list[RegisteredWindow]:
    """The watched windows in that span that maintain one of these services themselves."""
    on_them = select(window_service.c.window_id).where(window_service.c.service_id.in_(sorted(set(services))))
    meeting = and_(_ahead(work), w.start_at < span.end, w.end_at > span.start)
    return windows.listed(work, select(maintenance_window).where(meeting, w.id.in_(on_them)).order_by(w.start_at, w.id))


def _ahead(work: Work) -> ColumnElement[bool]:
    return and_(w.state.in_(WATCHED), w.end_at > work.now)


def _run(row: Row[tuple[object, ...]], waiting: int = 0) -> Run:
    change = Change(Kind(row.kind), row.subject_id, row.party_id or "", row.action)
    return Run(row.id, change, row.asked_at, row.asked_by, row.windows, waiting, row.finished_at)
