"""Results of checks as they were when somebody acted on them."""

from dataclasses import dataclass

from sqlalchemy import insert, select

from app.domain.notation.results import write_result
from app.domain.result import CheckResult
from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.store.database import Work
from app.store.tables import receipt
from app.store.trail import SYSTEM


@dataclass(frozen=True)
class Receipt:
    made_at: Instant
    cause: str
    verdict: Verdict


def keep(work: Work, window_id: str, cause: str, result: CheckResult) -> None:
    work.connection.execute(
        insert(receipt).values(
            window_id=window_id,
            made_at=work.now,
            made_by=None if work.actor.id == SYSTEM else work.actor.id,
            cause=cause,
            verdict=result.verdict,
            result=write_result(result),
        )
    )


def of_window(work: Work, window_id: str) -> list[Receipt]:
    """What was found at each step, oldest first."""
    rows = work.connection.execute(select(receipt).where(receipt.c.window_id == window_id).order_by(receipt.c.id))
    return [Receipt(row.made_at, row.cause, Verdict(row.verdict)) for row in rows]
