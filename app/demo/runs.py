"""How the story's windows ran and what its customers said: where the file names no times of its own, just as planned."""

from collections.abc import Iterable
from typing import cast

from app.demo.world import ZONE, Written, moved
from app.domain.lifecycle import State
from app.domain.notation.fields import wall
from app.domain.reviews import Review
from app.domain.running import Run
from app.domain.situation import dated
from app.domain.spans import Instant
from app.domain.walltime import rule_instant
from app.domain.windows import occurrence_key
from app.store import windows
from app.store.database import Work
from app.usecases import history

RAN = frozenset({State.IN_PROGRESS, State.IMPLEMENTED, State.CLOSED})


def load_run(work: Work, written: Written, weeks: int) -> None:
    """The run of a window that has begun, with the marks it was given."""
    known = windows.load(work, str(written["id"]))
    if known.state not in RAN:
        return
    occurrence = dated(known.window).occurrences[0]
    ended = None if known.state is State.IN_PROGRESS else _finished(written, weeks, occurrence.planned.end)
    key = occurrence_key(known.window, occurrence)
    run = Run(
        window=known.id,
        occurrence=key,
        planned=occurrence.planned,
        exposed_until=occurrence.exposed.end,
        going_back=known.window.rollback_minutes,
        started_at=occurrence.planned.start,
        finished_at=ended,
        result=str(written.get("result", "")),
        usable_at=ended,
        retrospective=str(written.get("retrospective", "")),
    )
    history.take_over_run(work, run)
    for one in cast(Iterable[Written], written.get("review", ())):
        mark = cast(int, one["satisfaction"])
        measured = round(cast(float, one["availability_pct"]) * 1000)
        history.take_over_review(work, Review(known.id, key, str(one["customer"]), mark, str(one["remark"])), measured)


def _finished(written: Written, weeks: int, planned: Instant) -> Instant:
    ran = cast(Written, written.get("ran", {}))
    return rule_instant(wall(moved(str(ran["finished"]), weeks), "finished"), ZONE) if ran else planned
