"""How windows ran. Whose window it is was asked before: a run is loaded for windows that the actor may see."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, insert, select, update

from app.domain.running import Run, Runs
from app.domain.spans import Span
from app.store.database import Work
from app.store.tables import window_run

r = window_run.c


def add(work: Work, new: Run) -> None:
    work.connection.execute(insert(window_run).values(window_id=new.window, occurrence=new.occurrence, **_columns(new)))


def save(work: Work, changed: Run) -> None:
    chosen = update(window_run).where(r.window_id == changed.window, r.occurrence == changed.occurrence)
    work.connection.execute(chosen.values(**_columns(changed)))


def of_window(work: Work, window_id: str) -> Runs:
    return of_windows(work, [window_id]).get(window_id, {})


def of_windows(work: Work, window_ids: Iterable[str]) -> dict[str, Runs]:
    """By window: its runs."""
    found: dict[str, dict[str, Run]] = defaultdict(dict)
    for run in _listed(work, r.window_id.in_(sorted(window_ids))):
        found[run.window][run.occurrence] = run
    return dict(found)


def going_on(work: Work) -> list[Run]:
    """Every run that was not finished, whoever's it is."""
    return _listed(work, r.finished_at.is_(None))


def meeting(work: Work, span: Span) -> list[Run]:
    """Every run that took part of the span, whoever's it is."""
    return _listed(work, r.started_at < span.end, func.coalesce(r.usable_at, r.finished_at, span.end) > span.start)


def _listed(work: Work, *chosen: ColumnElement[bool]) -> list[Run]:
    query = select(window_run).where(*chosen).order_by(r.started_at, r.window_id, r.occurrence)
    return [
        Run(
            window=row.window_id,
            occurrence=row.occurrence,
            planned=Span(row.planned_start_at, row.planned_end_at),
            exposed_until=row.exposed_until_at,
            going_back=row.going_back,
            started_at=row.started_at,
            experts=tuple(row.experts),
            finished_at=row.finished_at,
            result=row.result,
            remark=row.remark,
            usable_at=row.usable_at,
            decision=row.decision,
            decided_at=row.decided_at,
            retrospective=row.retrospective,
            alarms=frozenset(row.alarms),
            looked_at=row.looked_at,
        )
        for row in work.connection.execute(query)
    ]


def _columns(one: Run) -> dict[str, object]:
    return {
        "planned_start_at": one.planned.start,
        "planned_end_at": one.planned.end,
        "exposed_until_at": one.exposed_until,
        "going_back": one.going_back,
        "started_at": one.started_at,
        "experts": list(one.experts),
        "finished_at": one.finished_at,
        "result": one.result,
        "remark": one.remark,
        "usable_at": one.usable_at,
        "decision": one.decision,
        "decided_at": one.decided_at,
        "retrospective": one.retrospective,
        "alarms": sorted(one.alarms),
        "looked_at": one.looked_at,
    }
