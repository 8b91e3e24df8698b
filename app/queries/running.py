"""How a window runs, and what can be done about it now: the page that is open at night, and the morning after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain import lifecycle
from app.domain.absences import RegisteredExpert
from app.domain.access import PartyKind, Right
from app.domain.disclosure import disclose_run, disclose_window
from app.domain.lifecycle import Facts, State, Step
from app.domain.overlays import Alarm, alarms, point_of_no_return, told_to_customer
from app.domain.refusal import Refusal
from app.domain.register import RegisteredWindow
from app.domain.reviews import REVIEW_CALENDAR, Review, last_review_day, reviewed_until
from app.domain.running import Run, Runs, Turn, last_run, next_turn, open_run, start_facts
from app.domain.spans import Instant
from app.domain.windows import ChangeType
from app.domain.workdays import WorkdayCalendar
from app.queries.end_to_end import not_green_yet
from app.queries.names import Names, load_names
from app.store import experts, reviews, runs, windows
from app.store.calendars import load_calendars
from app.store.database import Work


@dataclass(frozen=True)
class RunPage:
    """One window with the run that is looked at: the one going on, or the last, or the one that was asked for.

    `turn` is the occurrence that could be started next; `why_not` says what is in the way of the steps that are in sight.
    `last_day` is the last on which a customer can give a mark, None when that is over; `own_mark` the one it gave.
    """

    registered: RegisteredWindow
    run: Run | None
    others: Sequence[Run]
    turn: Turn | None
    why_not: dict[Step, str]
    alarms: tuple[Alarm, ...]
    experts: Sequence[RegisteredExpert]
    reviews: Sequence[Review]
    last_day: date | None
    own_mark: Review | None
    asked: frozenset[str]
    """Of whom a mark is asked and a figure measured; for those who close it."""
    figures: Mapping[str, int]
    not_green: Sequence[str]
    """Of a run that goes on: the services on the way to the customers that nobody saw work again, as far as they are known."""
    may_work: bool
    may_look_back: bool
    names: Names

    @property
    def in_sight(self) -> frozenset[str]:
        """What the reader can fill in now."""
        run, is_worker, is_over = self.run, self.may_work, self.registered.state in lifecycle.TERMINAL
        found = {
            "start": self.turn is not None and self.why_not.get(Step.START) == "",
            "finish": self.why_not.get(Step.FINISH) == "",
            "decide": is_worker and run is not None and run.is_open,
            "usable": is_worker and run is not None and not run.is_open and not is_over,
            "mark": self.last_day is not None,
            "figure": bool(self.asked) and run is not None and not run.is_open,
            "retrospective": self.may_look_back and run is not None and not run.is_open and not is_over,
        }
        return frozenset(name for name, is_there in found.items() if is_there)

    @property
    def point_of_no_return(self) -> Instant | None:
        return point_of_no_return(self.run) if self.run else None

    @property
    def there(self) -> list[RegisteredExpert]:
        """The experts who were on the bridge at the start, as far as the reader may know them."""
        return [one for one in self.experts if self.run and one.id in self.run.experts]

    def said_not_green(self, code: str) -> str:
        return ", ".join(self.names.service(one, code) for one in self.not_green)

    def expert_choices(self, code: str) -> list[tuple[str, str]]:
        return [(one.id, one.name.in_language(code)) for one in self.experts]


def run_page(work: Work, window_id: str, occurrence: str = "") -> RunPage:
    """The running of a window the actor may see, as far as he may know it."""
    known, done = windows.load(work, window_id), runs.of_window(work, window_id)
    run = done.get(occurrence) or open_run(done) or last_run(done)
    asked = reviews.asked(work, [window_id])[window_id] if work.actor.may(Right.DECIDE) else frozenset[str]()
    given = [one for one in reviews.of_windows(work, [window_id]) if run and one.occurrence == run.occurrence]
    not_green = not_green_yet(work, known.window, run) if run and run.is_open else []
    return RunPage(
        registered=disclose_window(known, work.actor),
        run=disclose_run(run, work.actor) if run else None,
        others=[disclose_run(one, work.actor) for one in done.values() if one != run],
        turn=next_turn(known.window, done, work.now) if known.state is State.APPROVED else None,
        why_not=_why_not(work, known, done),
        alarms=alarms_now(work, {run.occurrence: run}) if run else (),
        experts=experts.visible_experts(work, known.window.services) if work.actor.may(Right.PROPOSE) else (),
        reviews=given,
        last_day=_last_day(work, run) if run else None,
        own_mark=next((one for one in given if one.customer == work.actor.party), None),
        asked=asked,
        figures={
            key[2]: one
            for key, one in reviews.figures(work, [window_id]).items()
            if key[2] in asked and run and key[1] == run.occurrence
        },
        not_green=not_green,
        may_work=work.actor.may(Right.PROPOSE),
        may_look_back=work.actor.may(Right.DECIDE) and known.window.type is ChangeType.EMERGENCY,
        names=load_names(work, party_ids={one.customer for one in given} | asked, service_ids=not_green),
    )


def tried_in(work: Work, known: RegisteredWindow, done: Runs, step: Step) -> tuple[State, Facts]:
    """The state in which a step of running would be tried, and what its guards would see."""
    facts = Facts(type=known.window.type, result=min(lifecycle.RESULTS))
    if step is Step.FINISH and open_run(done):
        return State.IN_PROGRESS, facts
    if step is Step.START and known.state is State.APPROVED:
        turn = next_turn(known.window, done, work.now)
        return known.state, start_facts(known.window, turn, work.now, is_expert_there=True)
    if step is Step.CLOSE and known.state is State.IMPLEMENTED:
        closing = reviews.closings(work, [known.id])[known.id]
        return known.state, closing.facts(known.window.type, work.now, _calendar(work))
    return known.state, facts


def _why_not(work: Work, known: RegisteredWindow, done: Runs) -> dict[Step, str]:
    """By step of running that the reader could take: "" when he can, else a code."""
    found = {}
    for step in (Step.START, Step.FINISH, Step.CLOSE):
        state, facts = tried_in(work, known, done, step)
        try:
            lifecycle.step(state, step, work.actor.step_role, facts)
            found[step] = "still_running" if step is Step.START and open_run(done) else ""
        except Refusal as refusal:
            if refusal.code not in lifecycle.NOT_FOR_NOW:
                found[step] = refusal.code
    return found


def _figures(work: Work, run: Run) -> Mapping[str, int]:
    measured = reviews.figures(work, [run.window])
    return {customer: one for (_, occurrence, customer), one in measured.items() if occurrence == run.occurrence}


def alarms_now(work: Work, done: Runs) -> tuple[Alarm, ...]:
    """What is wrong with the run that goes on, as far as the actor is told."""
    run = open_run(done)
    found = alarms(run, work.now) if run else ()
    return told_to_customer(found) if work.actor.kind is PartyKind.CUSTOMER else found


def _calendar(work: Work) -> WorkdayCalendar:
    return load_calendars(work, ())[REVIEW_CALENDAR]


def _last_day(work: Work, run: Run) -> date | None:
    if run.finished_at is None or work.actor.kind is not PartyKind.CUSTOMER or not work.actor.may(Right.REVIEW):
        return None
    calendar = _calendar(work)
    return last_review_day(run.finished_at, calendar) if work.now < reviewed_until(run.finished_at, calendar) else None
