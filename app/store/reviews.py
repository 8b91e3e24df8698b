"""What customers said of windows that reached them. The integrator reads all, a customer its own, a supplier what is shared."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, delete, insert, select, true

from app.domain.access import PartyKind
from app.domain.reviews import Closing, Review
from app.domain.running import Runs
from app.store import promises, receipts, runs, windows
from app.store.database import Work
from app.store.tables import party, review, sla_figure

v, f = review.c, sla_figure.c


def keep(work: Work, new: Review) -> None:
    """The customer's latest word on that occurrence takes the place of what it said before."""
    mine = (v.window_id == new.window) & (v.occurrence == new.occurrence) & (v.customer_id == new.customer)
    work.connection.execute(delete(review).where(mine))
    work.connection.execute(
        insert(review).values(
            window_id=new.window,
            occurrence=new.occurrence,
            customer_id=new.customer,
            mark=new.mark,
            remark=new.remark,
            given_at=work.now,
        )
    )


def of_windows(work: Work, window_ids: Iterable[str]) -> list[Review]:
    """The reviews of these windows that the actor may read, by window, occurrence and customer."""
    query = select(review).where(v.window_id.in_(sorted(window_ids)), _visible(work))
    rows = work.connection.execute(query.order_by(v.window_id, v.occurrence, v.customer_id))
    return [Review(row.window_id, row.occurrence, row.customer_id, row.mark, row.remark, row.given_at) for row in rows]


def keep_figure(work: Work, window: str, occurrence: str, customer: str, measured: int) -> None:
    """What was measured of availability, in thousandths of a percent; the latest figure takes the place of the one before."""
    mine = (f.window_id == window) & (f.occurrence == occurrence) & (f.customer_id == customer)
    work.connection.execute(delete(sla_figure).where(mine))
    row = {"window_id": window, "occurrence": occurrence, "customer_id": customer, "measured": measured}
    work.connection.execute(insert(sla_figure).values(row))


def figures(work: Work, window_ids: Iterable[str]) -> dict[tuple[str, str, str], int]:
    """What was measured, by window, occurrence and customer, whoever may read it."""
    rows = work.connection.execute(select(sla_figure).where(f.window_id.in_(sorted(window_ids))))
    return {(row.window_id, row.occurrence, row.customer_id): row.measured for row in rows}


def closings(work: Work, window_ids: Iterable[str]) -> dict[str, Closing]:
    """By window: what closing it looks at, whoever may read it."""
    ids = sorted(window_ids)
    ran, whom = runs.of_windows(work, ids), asked(work, ids)
    marked: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in work.connection.execute(select(v.window_id, v.occurrence, v.customer_id).where(v.window_id.in_(ids))):
        marked[row.window_id].add((row.occurrence, row.customer_id))
    nothing: Runs = {}
    promised = promises.open_counts(work, ids)
    return {one: Closing(ran.get(one, nothing), whom[one], frozenset(marked[one]), promised[one]) for one in ids}


def asked(work: Work, window_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """By window: the customers whose mark is asked for: those it reached, and those it left with less redundancy.

    What nearly hurt is felt too: fewer machines carry the same load.
    """
    reached, nearly = windows.reached_by(work, window_ids), receipts.less_redundant(work, window_ids)
    nobody: frozenset[str] = frozenset()
    return {one: reached.get(one, nobody) | nearly.get(one, nobody) for one in window_ids}


def _visible(work: Work) -> ColumnElement[bool]:
    match work.actor.kind:
        case PartyKind.INTEGRATOR:
            return true()
        case PartyKind.CUSTOMER:
            return v.customer_id == work.actor.party
        case PartyKind.SUPPLIER:
            return v.customer_id.in_(select(party.c.id).where(party.c.shares_names))
