"""Who made which exception to a peak, when and why. What it means for the dates stands in the peak itself."""

from sqlalchemy import Row, insert, select, update

from app.domain.peak_exceptions import PeakException, TakenOut
from app.domain.peaks import Move, Suspension
from app.domain.refusal import NotFound
from app.domain.register import ExceptionRecord
from app.store import peaks
from app.store.database import Work
from app.store.tables import peak_exception

MOST_SHOWN = 200


def add(work: Work, peak_id: str, what: PeakException, reason: str) -> None:
    days: dict[str, object]
    match what:
        case TakenOut(day):
            days = {"first_day": day}
        case Move(day, to):
            days = {"first_day": day, "moved_to": to}
        case Suspension(first, last):
            days = {"first_day": first, "suspended_until": last}
    kept = {"peak_id": peak_id, "reason": reason, "person_id": work.actor.id, "at": work.now, **days}
    work.connection.execute(insert(peak_exception).values(kept))


def in_force(work: Work, peak_id: str) -> list[ExceptionRecord]:
    """The exceptions to a peak the actor may see that were not put back, newest first; what is over is among them."""
    peaks.load(work, peak_id)
    chosen = select(peak_exception).where(peak_exception.c.peak_id == peak_id, peak_exception.c.put_back_at.is_(None))
    newest = chosen.order_by(peak_exception.c.id.desc()).limit(MOST_SHOWN)
    return [_record(row) for row in work.connection.execute(newest)]


def load(work: Work, peak_id: str, exception: int) -> ExceptionRecord:
    """One exception that was not put back, to a peak the actor may see."""
    peaks.load(work, peak_id)
    chosen = select(peak_exception).where(
        peak_exception.c.id == exception, peak_exception.c.peak_id == peak_id, peak_exception.c.put_back_at.is_(None)
    )
    row = work.connection.execute(chosen).one_or_none()
    if row is None:
        raise NotFound("exception")
    return _record(row)


def put_back(work: Work, exception: int) -> None:
    work.connection.execute(update(peak_exception).where(peak_exception.c.id == exception).values(put_back_at=work.now))


def _record(row: Row[tuple[object, ...]]) -> ExceptionRecord:
    what: PeakException = TakenOut(row.first_day)
    if row.moved_to is not None:
        what = Move(row.first_day, row.moved_to)
    elif row.suspended_until is not None:
        what = Suspension(row.first_day, row.suspended_until)
    return ExceptionRecord(row.id, row.peak_id, what, row.reason, row.person_id, row.at, row.put_back_at)
