"""Results of checks as they were when somebody acted on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from app.domain.access import SYSTEM
from app.domain.notation.results import write_result
from app.domain.result import CheckResult
from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.store.database import Work
from app.store.tables import receipt


@dataclass(frozen=True)
class Receipt:
    """A result in its written form. `calendars` names the versions it saw, None for one from before they were named."""

    number: int
    made_at: Instant
    cause: str
    verdict: Verdict
    result: Mapping[str, object]
    calendars: Mapping[str, str] | None


def keep(work: Work, window_id: str, cause: str, result: CheckResult, calendars: Mapping[str, str]) -> None:
    """Keep a result with the versions of the calendars it was made with."""
    work.connection.execute(
        insert(receipt).values(
            window_id=window_id,
            made_at=work.now,
            made_by=None if work.actor == SYSTEM else work.actor.id,
            cause=cause,
            verdict=result.verdict,
            result=write_result(result),
            calendars=dict(calendars),
        )
    )


def latest_verdicts(work: Work, windows: Sequence[str]) -> dict[str, Verdict]:
    """By window: what its last kept check said. The windows are ones the actor may see."""
    latest = select(func.max(receipt.c.id)).where(receipt.c.window_id.in_(windows)).group_by(receipt.c.window_id)
    rows = work.connection.execute(select(receipt.c.window_id, receipt.c.verdict).where(receipt.c.id.in_(latest)))
    return {row.window_id: Verdict(row.verdict) for row in rows}


def of_window(work: Work, window_id: str) -> list[Receipt]:
    """What was found at each step, oldest first."""
    rows = work.connection.execute(select(receipt).where(receipt.c.window_id == window_id).order_by(receipt.c.id))
    return [Receipt(row.id, row.made_at, row.cause, Verdict(row.verdict), row.result, row.calendars) for row in rows]
