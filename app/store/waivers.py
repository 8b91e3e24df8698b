"""Waivers: what was asked of customers, what they answered, and what still counts. None is ever taken away."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Row, insert, select, update

from app.domain.refusal import NotFound, Refusal
from app.domain.situation import Waiver
from app.domain.waivers import COUNTING, BusyDate, WaiverRecord, WaiverStatus, Ways
from app.store.among import among
from app.store.database import Work
from app.store.ownership import customers_own
from app.store.reachable import beneath
from app.store.tables import maintenance_window, service, waiver, window_service

v = waiver.c
GRANTED = select(waiver).where(among(v.window_id, "windows"), v.status == WaiverStatus.GRANTED)
MOST_DECIDED = 200


def add(work: Work, new: WaiverRecord) -> WaiverRecord:
    """Keep a waiver; it is given its number."""
    added = insert(waiver).values(**_columns(new)).returning(v.id)
    return replace(new, id=work.connection.execute(added).scalar_one())


def load(work: Work, number: int) -> WaiverRecord:
    """One waiver the actor may see; any other does not exist."""
    row = work.connection.execute(select(waiver).where(v.id == number, customers_own(work, v.customer_id))).first()
    if row is None:
        raise NotFound("waiver")
    return _record(row)


def answer(work: Work, decided: WaiverRecord) -> None:
    """Write what became of a request; somebody who was quicker is not overruled (`changed_meanwhile`)."""
    chosen = update(waiver).where(v.id == decided.id, v.status == WaiverStatus.REQUESTED).values(**_columns(decided))
    if work.connection.execute(chosen).rowcount != 1:
        raise Refusal("changed_meanwhile")


def sign(work: Work, number: int, ways: Ways) -> None:
    """Write beside a waiver that was taken over along which ways it counts."""
    work.connection.execute(update(waiver).where(v.id == number).values(ways=[list(way) for way in ways]))


def of_window(work: Work, window_id: str) -> list[WaiverRecord]:
    """All that were ever asked for a window, as far as the actor may see them, oldest first."""
    return of_windows(work, [window_id])


def of_windows(work: Work, windows: Iterable[str]) -> list[WaiverRecord]:
    """The same of several windows."""
    chosen = select(waiver).where(v.window_id.in_(sorted(set(windows))), customers_own(work, v.customer_id)).order_by(v.id)
    return [_record(row) for row in work.connection.execute(chosen)]


def open_ones(work: Work) -> list[WaiverRecord]:
    """The requests that wait for an answer, the most urgent first."""
    chosen = select(waiver).where(v.status == WaiverStatus.REQUESTED, customers_own(work, v.customer_id))
    return [_record(row) for row in work.connection.execute(chosen.order_by(v.decide_by_at, v.id))]


def decided_ones(work: Work) -> list[WaiverRecord]:
    """The last ones that no longer wait, newest first."""
    chosen = select(waiver).where(v.status != WaiverStatus.REQUESTED, customers_own(work, v.customer_id))
    return [_record(row) for row in work.connection.execute(chosen.order_by(v.id.desc()).limit(MOST_DECIDED))]


def granted(work: Work, windows: Iterable[str]) -> frozenset[Waiver]:
    """What counts in a check of these windows."""
    rows = work.connection.execute(GRANTED, {"windows": windows})
    return frozenset(Waiver(row.window_id, row.customer_id, row.peak_id, row.anchor) for row in rows)


def unanswered(work: Work, most: int) -> list[WaiverRecord]:
    """The requests whose decision date has passed, the oldest first."""
    chosen = select(waiver).where(v.status == WaiverStatus.REQUESTED, v.decide_by_at <= work.now)
    return [_record(row) for row in work.connection.execute(chosen.order_by(v.decide_by_at, v.id).limit(most))]


def counting_beneath(work: Work, services: Collection[str]) -> list[WaiverRecord]:
    """Those that count, of windows that are not over, on these services or on anything beneath them."""
    below = beneath(select(service.c.id).where(service.c.id.in_(services)))
    on_them = select(window_service.c.window_id).where(window_service.c.service_id.in_(below))
    still_to_come = select(maintenance_window.c.id).where(maintenance_window.c.end_at > work.now)
    chosen = select(waiver).where(v.status.in_(COUNTING), v.window_id.in_(on_them), v.window_id.in_(still_to_come))
    return [_record(row) for row in work.connection.execute(chosen.order_by(v.window_id, v.id))]


def counting_of_peak(work: Work, peak_id: str, anchors: Iterable[date] | None = None) -> list[WaiverRecord]:
    """Those that count for some dates of a peak; None is all of them."""
    chosen = select(waiver).where(v.peak_id == peak_id, v.status.in_(COUNTING)).order_by(v.id)
    if anchors is not None:
        chosen = chosen.where(v.anchor.in_(list(anchors)))
    return [_record(row) for row in work.connection.execute(chosen)]


def end(work: Work, numbers: Iterable[int], status: WaiverStatus) -> None:
    """These no longer count: they lapsed, or what was asked is no longer asked."""
    chosen = update(waiver).where(v.id.in_(list(numbers)), v.status.in_(COUNTING))
    work.connection.execute(chosen.values(status=status, decided_at=work.now))


def open_count(work: Work, window_id: str) -> int:
    """How many requests of a window wait for an answer."""
    chosen = select(v.id).where(v.window_id == window_id, v.status == WaiverStatus.REQUESTED)
    return len(work.connection.execute(chosen).all())


def _columns(one: WaiverRecord) -> dict[str, object]:
    return {
        "window_id": one.window,
        "customer_id": one.about.customer,
        "peak_id": one.about.peak,
        "anchor": one.about.anchor,
        "status": one.status,
        "question": one.question,
        "note": one.note,
        "asked_by": one.asked_by,
        "asked_at": one.asked_at,
        "decide_by_at": one.decide_by,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "alternative_at": one.alternative,
        "ways": [list(way) for way in one.ways],
    }


def _record(row: Row[tuple[object, ...]]) -> WaiverRecord:
    return WaiverRecord(
        window=row.window_id,
        about=BusyDate(row.customer_id, row.peak_id, row.anchor),
        status=WaiverStatus(row.status),
        note=row.note,
        id=row.id,
        question=row.question,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        decide_by=row.decide_by_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        alternative=row.alternative_at,
        ways=tuple(tuple(way) for way in row.ways),
    )
