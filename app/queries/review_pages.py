"""Of what is a customer asked how it was? What ran lately and reached it, or left it with less redundancy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.access import PartyKind
from app.domain.refusal import NotFound
from app.domain.reviews import MOST_REVIEW_DAYS, REVIEW_CALENDAR, Review, last_review_day, reviewed_until
from app.domain.running import Run
from app.domain.spans import Span
from app.queries.names import Names, load_names
from app.store import reviews, runs, windows
from app.store.calendars import load_calendars
from app.store.database import Work

DAY = 24 * 3600


@dataclass(frozen=True)
class Question:
    """A run that can still be marked, with the mark it has; `is_reached`: it took a service of the customer down."""

    run: Run
    until: date
    own: Review | None
    is_reached: bool


@dataclass(frozen=True)
class Questions:
    asked: Sequence[Question]
    names: Names


def questions(work: Work) -> Questions:
    """The runs of which the actor's own party can still give a mark, the latest first. Others are not asked."""
    if work.actor.kind is not PartyKind.CUSTOMER:
        raise NotFound("page")
    calendar, ours = load_calendars(work, ())[REVIEW_CALENDAR], work.actor.party
    lately = runs.meeting(work, Span(work.now - MOST_REVIEW_DAYS * DAY, work.now))
    over = [run for run in lately if run.finished_at is not None and work.now < reviewed_until(run.finished_at, calendar)]
    ids = sorted({run.window for run in over})
    whom, reached = reviews.asked(work, ids), windows.reached_by(work, ids)
    given = {(one.window, one.occurrence): one for one in reviews.of_windows(work, ids)}
    found = [
        Question(
            run=run,
            until=last_review_day(run.finished_at or 0, calendar),
            own=given.get((run.window, run.occurrence)),
            is_reached=ours in reached.get(run.window, ()),
        )
        for run in reversed(over)
        if ours in whom[run.window]
    ]
    return Questions(found, load_names(work, party_ids=(), service_ids=(), window_ids=ids))
