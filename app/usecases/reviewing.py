"""The morning after: customers say how it was, an emergency is looked back on, and a window is closed."""

from dataclasses import replace

from app.domain import lifecycle
from app.domain.access import SYSTEM, Right, require
from app.domain.lifecycle import State, Step, StepRole
from app.domain.refusal import NotFound, Refusal
from app.domain.register import RegisteredWindow
from app.domain.reviews import LEAST_MARK, MOST_MARK, REVIEW_CALENDAR, Closing, Review, reviewed_until
from app.domain.running import Run
from app.domain.service_levels import require_percentage
from app.domain.workdays import WorkdayCalendar
from app.store import reviews, runs, trail, windows
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.turnstile import take_turn
from app.store.windows import Filter
from app.usecases.rechecking import after_window
from app.usecases.recording import record

WAITING = Filter(states=frozenset({State.IMPLEMENTED}))
MOST_WAITING = 5000
"""Windows that are looked at in one go; those that began longest ago come first."""


def give_mark(work: Work, window_id: str, occurrence: str, mark: int, remark: str) -> None:
    """A customer's planner says how an occurrence was, until its last review day; the latest word counts.

    Asked are those it reached, and those it left with less redundancy: these see no more of it than when it was.

    It stands in a trail of its own: a supplier reads that of its window, and is not told who said so.
    """
    require(work.actor, Right.REVIEW)
    take_turn(work)
    if work.actor.party not in reviews.asked(work, [window_id])[window_id]:
        raise NotFound("window")
    run = _finished(work, window_id, occurrence)
    if not LEAST_MARK <= mark <= MOST_MARK:
        raise Refusal("bad_number", "mark", least=LEAST_MARK, most=MOST_MARK, got=mark)
    if work.now >= reviewed_until(run.finished_at or 0, review_calendar(work)):
        raise Refusal("review_over", "mark")
    reviews.keep(work, Review(window_id, occurrence, work.actor.party, mark, remark.strip()))
    trail.append(work, "review.given", "review", window_id, remark.strip(), occurrence=occurrence, mark=mark)


def write_figure(work: Work, window_id: str, occurrence: str, customer: str, measured: int) -> None:
    """A change manager writes down what was measured of availability for a customer, in thousandths of a percent."""
    require(work.actor, Right.DECIDE)
    take_turn(work)
    windows.load(work, window_id)
    _finished(work, window_id, occurrence)
    if customer not in reviews.asked(work, [window_id])[window_id]:
        raise Refusal("bad_choice", "customer")
    require_percentage(measured, "measured")
    reviews.keep_figure(work, window_id, occurrence, customer, measured)
    trail.append(work, "figure.measured", "review", window_id, occurrence=occurrence, customer=customer, measured=measured)


def write_retrospective(work: Work, window_id: str, occurrence: str, text: str, seen_version: int) -> None:
    """A change manager writes down what an emergency has taught; without it, it is not closed."""
    require(work.actor, Right.DECIDE)
    take_turn(work)
    known = windows.load(work, window_id)
    run = _finished(work, window_id, occurrence)
    if known.state in lifecycle.TERMINAL:
        raise Refusal("terminal_state")
    if not text.strip():
        raise Refusal("missing_field", "retrospective")
    runs.save(work, replace(run, retrospective=text.strip()))
    record(work, known, seen_version, "window.retrospective", occurrence=occurrence)


def close_window(work: Work, window_id: str, seen_version: int) -> None:
    """A change manager closes a window: nothing is promised any more, and everybody has had his say."""
    require(work.actor, Right.DECIDE)
    take_turn(work)
    known, closing = windows.load(work, window_id), reviews.closings(work, [window_id])[window_id]
    _close(work, replace(known, version=seen_version), closing, review_calendar(work))


def close_complete(work: Work) -> int:
    """The worker closes every window for which everything holds. Tells how many that were."""
    if not windows.visible_windows(work, WAITING, 1):
        return 0
    take_turn(work)
    waiting, calendar = windows.visible_windows(work, WAITING, MOST_WAITING), review_calendar(work)
    closings = reviews.closings(work, [one.id for one in waiting])
    return sum(_is_closed_now(work, one, closings[one.id], calendar) for one in waiting)


def review_calendar(work: Work) -> WorkdayCalendar:
    return load_calendars(work, ())[REVIEW_CALENDAR]


def _is_closed_now(work: Work, known: RegisteredWindow, closing: Closing, calendar: WorkdayCalendar) -> bool:
    try:
        _close(work, known, closing, calendar)
    except Refusal:
        return False
    return True


def _close(work: Work, known: RegisteredWindow, closing: Closing, calendar: WorkdayCalendar) -> None:
    role = StepRole.SYSTEM if work.actor == SYSTEM else work.actor.step_role
    state = lifecycle.step(known.state, Step.CLOSE, role, closing.facts(known.window.type, work.now, calendar))
    closed = replace(known, state=state, sequence=known.next_sequence)
    after_window(work, "window.closed", known, record(work, closed, known.version, "window.closed"))


def _finished(work: Work, window_id: str, occurrence: str) -> Run:
    run = runs.of_window(work, window_id).get(occurrence)
    if run is None or run.is_open:
        raise NotFound("run")
    return run
