"""A window runs: it is started with an expert on the bridge, finished, marked by its customers and closed."""

from dataclasses import replace
from datetime import datetime

import pytest

from app.domain.access import SYSTEM
from app.domain.lifecycle import State
from app.domain.promises import News
from app.domain.refusal import NotFound
from app.domain.reviews import Review
from app.domain.running import Run
from app.domain.spans import Instant
from app.domain.walltime import instant_of
from app.domain.windows import ChangeType, Series
from app.queries.running import run_page
from app.queries.window_pages import window_page
from app.store import reviews, runs
from app.usecases import peaks, promising, proposals, reviewing, running
from app.usecases.promising import Word
from app.usecases.running import Ending
from tests.conftest import Cast, Person

from .story import BANK_APP, approved, busy_on, kept, moved, on_sqlite, proposed, refused, trail_of

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
EXPERT = "app-team-shop"
"""Knows the bank's app."""


def at(text: str) -> Instant:
    """Amsterdam in winter."""
    return instant_of(datetime.fromisoformat(f"{text}+01:00"))


START, END = at("2027-01-12T22:00"), at("2027-01-12T23:00")
"""Of BANK_APP, a Tuesday; its rollback reserve is half an hour."""


def approved_window(cast: Cast, what: object = BANK_APP) -> str:
    window = proposed(cast("atelier-planner"), what)
    approved(cast("krp-cm-1"), window.id)
    return window.id


def started(person: Person, window_id: str, *there: str, going_back: int | None = None) -> Run:
    version = kept(person, window_id).version
    with person.writing() as work:
        return running.start_window(work, window_id, there or (EXPERT,), going_back, version)


def finished(person: Person, window_id: str, result: str = "successful", **more: object) -> None:
    version = kept(person, window_id).version
    ending = Ending(**{"result": result, "remark": "", "finished_at": person.now, **more})
    with person.writing() as work:
        running.finish_window(work, window_id, ending, version)


def ran(cast: Cast, what: object = BANK_APP, start: Instant = START, end: Instant = END) -> str:
    """From proposal to the moment it was finished."""
    key = approved_window(cast, what)
    started(cast("atelier-planner", start), key)
    finished(cast("atelier-planner", end), key)
    return key


def run_of(person: Person, window_id: str, occurrence: str = "1") -> Run:
    with person.reading() as work:
        return runs.of_window(work, window_id)[occurrence]


def closed(person: Person, window_id: str) -> None:
    version = kept(person, window_id).version
    with person.writing() as work:
        reviewing.close_window(work, window_id, version)


def told(person: Person, window_id: str, *customers: str) -> None:
    """The integrator keeps what was promised to them."""
    with person.writing() as work:
        promising.give_update(work, window_id, Word(customers or ("NOORDERHAVEN",), News.NO_NEWS))


def marked(person: Person, window_id: str, mark: int, remark: str = "", occurrence: str = "1") -> None:
    with person.writing() as work:
        reviewing.give_mark(work, window_id, occurrence, mark, remark)


# --- from start to closed, on both kinds of database


def test_a_run_is_kept_from_its_start_to_the_closing_of_its_window(cast: Cast) -> None:
    key = approved_window(cast)
    started(cast("atelier-planner", START + 2 * MINUTE), key, going_back=20)
    assert kept(cast("krp-cm-1"), key).state is State.IN_PROGRESS
    finished(cast("atelier-planner", END), key, "successful_with_issues", remark=" One node was slow. ", finished_at=END - MINUTE)
    version = kept(cast("krp-cm-1"), key).version
    with cast("krp-duty", END + HOUR).writing() as work:
        running.say_usable(work, key, "1", END + 5 * MINUTE, version)
    found = run_of(cast("krp-cm-1"), key)
    assert (found.started_at, found.finished_at, found.usable_at) == (START + 2 * MINUTE, END - MINUTE, END + 5 * MINUTE)
    assert (found.result, found.remark, found.going_back) == ("successful_with_issues", "One node was slow.", 20)
    assert (found.experts, found.exposed_until) == ((EXPERT,), END + 30 * MINUTE)
    marked(cast("noorderhaven-planner", END + DAY), key, 7, " Well done. ")
    told(cast("krp-cm-1", END + DAY), key)
    closed(cast("krp-cm-1", END + 2 * DAY), key)
    assert kept(cast("krp-cm-1"), key).state is State.CLOSED
    with cast("krp-cm-1").reading() as work:
        assert reviews.of_windows(work, [key]) == [Review(key, "1", "NOORDERHAVEN", 7, "Well done.", END + DAY)]
    actions = [(one.action, one.person) for one in trail_of(cast("krp-cm-1"), "window", key)]
    assert actions[-4:] == [
        ("window.started", "atelier-planner"),
        ("window.finished", "atelier-planner"),
        ("window.usable", "krp-duty"),
        ("window.closed", "krp-cm-1"),
    ]


def test_the_worker_closes_what_is_complete_and_nothing_else(cast: Cast) -> None:
    complete, waiting = ran(cast), ran(cast, moved(BANK_APP, "2027-01-13T22:00", "2027-01-13T23:00"), START + DAY, END + DAY)
    marked(cast("noorderhaven-planner", END + 2 * DAY), complete, 8)
    for key in (complete, waiting):
        told(cast("krp-cm-1", END + 2 * DAY), key)
    with cast.database.writing(SYSTEM, END + 2 * DAY) as work:
        assert reviewing.close_complete(work) == 2  # and W-26-008 of the story, whose time for marks is over
        assert reviewing.close_complete(work) == 0
    assert kept(cast("krp-cm-1"), complete).state is State.CLOSED
    assert kept(cast("krp-cm-1"), waiting).state is State.IMPLEMENTED
    assert trail_of(cast("krp-cm-1"), "window", complete)[-1].person is None


# --- when, and with whom


@on_sqlite
def test_a_quarter_of_an_hour_before_it_may_begin_and_a_second_earlier_it_may_not(cast: Cast) -> None:
    key = approved_window(cast)
    with refused("too_early"):
        started(cast("atelier-planner", START - 15 * MINUTE - 1), key)
    started(cast("atelier-planner", START - 15 * MINUTE), key)


@on_sqlite
def test_at_its_planned_end_it_is_too_late_to_begin_and_a_second_before_it_is_not(cast: Cast) -> None:
    key = approved_window(cast)
    with refused("too_late"):
        started(cast("atelier-planner", END), key)
    started(cast("atelier-planner", END - 1), key)


@on_sqlite
def test_nobody_begins_without_an_expert_of_its_services(cast: Cast) -> None:
    key = approved_window(cast)
    version = kept(cast("krp-cm-1"), key).version
    supplier = cast("atelier-planner", START)
    for there, code in (((), "no_expert_on_bridge"), (("cert-specialist-1",), "bad_choice"), (("nobody",), "bad_choice")):
        with refused(code), supplier.writing() as work:
            running.start_window(work, key, there, None, version)
    assert kept(supplier, key).version == version


@on_sqlite
def test_only_the_supplier_begins_and_ends_the_work(cast: Cast) -> None:
    key = approved_window(cast)
    with refused("role_not_allowed"):
        started(cast("krp-cm-1", START), key)
    with pytest.raises(NotFound):
        started(cast("brug-planner", START), key)
    started(cast("atelier-planner", START), key)
    with refused("role_not_allowed"):
        finished(cast("krp-cm-1", END), key)
    for person in ("noorderhaven-planner", "krp-admin"):
        with refused("not_allowed"):
            finished(cast(person, END), key)


@on_sqlite
def test_a_window_on_hold_does_not_begin(cast: Cast) -> None:
    key = approved_window(cast)
    with cast("noorderhaven-planner").writing() as work:
        peaks.register_peak(work, busy_on("2027-01-12"))
    assert kept(cast("krp-cm-1"), key).state is State.ON_HOLD
    with refused("wrong_state"):
        started(cast("atelier-planner", START), key)


@on_sqlite
def test_an_end_says_how_and_not_when_nothing_can_have_happened(cast: Cast) -> None:
    key = approved_window(cast)
    started(cast("atelier-planner", START), key)
    supplier = cast("atelier-planner", END)
    for more, code in (
        ({"result": ""}, "result_required"),
        ({"result": "splendid"}, "result_required"),
        ({"finished_at": START - 1}, "before_the_start"),
        ({"finished_at": END + 1}, "not_yet"),
        ({"usable_at": END + 1}, "not_yet"),
    ):
        with refused(code):
            finished(supplier, key, **{"result": "failed", **more})
    finished(supplier, key, "failed", finished_at=END, usable_at=START)


@on_sqlite
def test_going_on_or_back_is_decided_while_it_runs_and_the_latest_word_counts(cast: Cast) -> None:
    key = approved_window(cast)
    started(cast("atelier-planner", START), key)
    for person, decision in (("atelier-planner", "go"), ("krp-duty", "back")):
        version = kept(cast("krp-cm-1"), key).version
        with cast(person, END).writing() as work:
            running.decide_on(work, key, "1", decision, "It does not start.", version)
    assert (run_of(cast("krp-cm-1"), key).decision, run_of(cast("krp-cm-1"), key).decided_at) == ("back", END)
    version = kept(cast("krp-cm-1"), key).version
    with refused("bad_choice"), cast("krp-duty", END).writing() as work:
        running.decide_on(work, key, "1", "perhaps", "", version)
    finished(cast("atelier-planner", END), key, "rolled_back")
    with refused("already_finished"), cast("krp-duty", END).writing() as work:
        running.decide_on(work, key, "1", "go", "", version + 1)


@on_sqlite
def test_what_changed_since_it_was_looked_at_is_not_written_over(cast: Cast) -> None:
    key = approved_window(cast)
    version = kept(cast("krp-cm-1"), key).version
    with refused("changed_meanwhile"), cast("atelier-planner", START).writing() as work:
        running.start_window(work, key, (EXPERT,), None, version - 1)
    with cast("krp-cm-1").reading() as work:
        assert runs.of_window(work, key) == {}


# --- a series


@on_sqlite
def test_of_a_series_each_time_has_a_run_and_the_window_ends_with_the_last(cast: Cast) -> None:
    key = approved_window(cast, replace(BANK_APP, series=Series("FREQ=DAILY;COUNT=3")))
    supplier = "atelier-planner"
    states = []
    for day in range(3):
        started(cast(supplier, START + day * DAY), key)
        states.append(kept(cast(supplier), key).state)
        finished(cast(supplier, END + day * DAY), key)
        states.append(kept(cast(supplier), key).state)
    assert states == [State.APPROVED] * 4 + [State.IN_PROGRESS, State.IMPLEMENTED]
    with cast(supplier).reading() as work:
        assert list(runs.of_window(work, key)) == ["2027-01-12", "2027-01-13", "2027-01-14"]


@on_sqlite
def test_of_a_series_the_next_time_waits_until_the_one_before_is_finished(cast: Cast) -> None:
    key = approved_window(cast, replace(BANK_APP, series=Series("FREQ=DAILY;COUNT=2")))
    started(cast("atelier-planner", START), key)
    with refused("still_running"):
        started(cast("atelier-planner", START + DAY), key)
    finished(cast("atelier-planner", START + DAY), key)
    assert started(cast("atelier-planner", START + DAY), key).occurrence == "2027-01-13"


@on_sqlite
def test_a_time_that_was_missed_is_passed_over(cast: Cast) -> None:
    key = approved_window(cast, replace(BANK_APP, series=Series("FREQ=DAILY;COUNT=3")))
    assert started(cast("atelier-planner", START + DAY), key).occurrence == "2027-01-13"


# --- the morning after


@on_sqlite
def test_a_window_is_closed_when_its_customers_have_spoken_or_have_had_their_time(cast: Cast) -> None:
    """Finished on Tuesday 12 January; the tenth working day after it is Tuesday 26 January."""
    key = ran(cast)
    told(cast("krp-cm-1", END + HOUR), key)
    over = at("2027-01-27T00:00")
    for now in (END + DAY, over - 1):
        with refused("review_open"):
            closed(cast("krp-cm-1", now), key)
    closed(cast("krp-cm-1", over), key)


@on_sqlite
def test_a_mark_is_given_until_its_last_day_and_the_latest_word_counts(cast: Cast) -> None:
    key = ran(cast)
    over = at("2027-01-27T00:00")
    marked(cast("noorderhaven-planner", END + DAY), key, 3)
    marked(cast("noorderhaven-planner", over - 1), key, 4, "On second thoughts.")
    with refused("review_over"):
        marked(cast("noorderhaven-planner", over), key, 5)
    with cast("noorderhaven-planner").reading() as work:
        assert [(one.mark, one.remark) for one in reviews.of_windows(work, [key])] == [(4, "On second thoughts.")]


@on_sqlite
@pytest.mark.parametrize("mark", [0, 11, -1])
def test_a_mark_is_from_one_to_ten(cast: Cast, mark: int) -> None:
    key = ran(cast)
    with refused("bad_number", "mark"):
        marked(cast("noorderhaven-planner", END + DAY), key, mark)


@on_sqlite
def test_nobody_marks_what_did_not_reach_him_or_is_not_over(cast: Cast) -> None:
    key = ran(cast)
    with pytest.raises(NotFound):
        marked(cast("zonnekroon-planner", END + DAY), key, 1)
    with refused("not_allowed"):
        marked(cast("krp-cm-1", END + DAY), key, 10)
    later = approved_window(cast, moved(BANK_APP, "2027-01-13T22:00", "2027-01-13T23:00"))
    started(cast("atelier-planner", START + DAY), later)
    with pytest.raises(NotFound):
        marked(cast("noorderhaven-planner", START + DAY), later, 1)


@on_sqlite
def test_whoever_was_left_with_less_redundancy_is_asked_for_a_mark_too(cast: Cast) -> None:
    """W-26-008 took gateway B down; the other one carried the bank, and two more."""
    with cast("noorderhaven-planner").reading() as work, pytest.raises(NotFound):
        window_page(work, "W-26-008")
    marked(cast("noorderhaven-planner"), "W-26-008", 4, "Payments were slow.")
    with pytest.raises(NotFound):
        marked(cast("polderpoort-planner"), "W-26-008", 4)
    with refused("review_open"):
        closed(cast("krp-cm-1"), "W-26-008")
    for customer in ("zonnekroon", "winkelwolk"):
        marked(cast(f"{customer}-planner"), "W-26-008", 8)
    closed(cast("krp-cm-1"), "W-26-008")


@on_sqlite
def test_an_emergency_is_looked_back_on_before_it_is_closed(cast: Cast) -> None:
    key = ran(cast, replace(BANK_APP, type=ChangeType.EMERGENCY))
    marked(cast("noorderhaven-planner", END + DAY), key, 8)
    told(cast("krp-cm-1", END + HOUR), key)
    with refused("retrospective_required"):
        closed(cast("krp-cm-1", END + DAY), key)
    version = kept(cast("krp-cm-1"), key).version
    with refused("missing_field"), cast("krp-cm-1", END + DAY).writing() as work:
        reviewing.write_retrospective(work, key, "1", " \n", version)
    with cast("krp-cm-1", END + DAY).writing() as work:
        reviewing.write_retrospective(work, key, "1", "Keep a spare.", version)
    closed(cast("krp-cm-1", END + DAY), key)


@on_sqlite
def test_a_window_is_not_closed_while_something_is_promised(cast: Cast) -> None:
    key = ran(cast)
    marked(cast("noorderhaven-planner", END + DAY), key, 8)
    with refused("promises_open"):
        closed(cast("krp-cm-1", END + DAY), key)
    told(cast("krp-cm-1", END + DAY), key)
    closed(cast("krp-cm-1", END + DAY), key)


# --- who reads what


@on_sqlite
def test_a_supplier_reads_no_mark_and_not_who_gave_it(cast: Cast) -> None:
    key = ran(cast)
    marked(cast("noorderhaven-planner", END + DAY), key, 2, "Never again.")
    with cast("krp-cm-1", END + DAY).reading() as work:
        assert [one.mark for one in run_page(work, key).reviews] == [2]
    with cast("atelier-planner", END + DAY).reading() as work:
        assert run_page(work, key).reviews == []
        told = window_page(work, key)
    assert "noorderhaven" not in repr(told.trail).lower()
    assert "Never again." not in repr(told)


@on_sqlite
def test_a_customer_reads_times_and_result_and_no_names(cast: Cast) -> None:
    key = approved_window(cast)
    started(cast("atelier-planner", START), key)
    finished(cast("atelier-planner", END), key, "failed", remark="Node shop-17 broke.")
    with cast("atelier-planner").reading() as work:
        own = run_page(work, key)
    assert (own.run.remark, own.run.experts) == ("Node shop-17 broke.", (EXPERT,))
    with cast("noorderhaven-planner").reading() as work:
        found = run_page(work, key)
    assert (found.run.result, found.run.finished_at) == ("failed", END)
    assert (found.run.remark, found.run.experts, list(found.experts)) == ("", (), [])


@on_sqlite
def test_moving_a_window_that_has_begun_is_refused(cast: Cast) -> None:
    key = approved_window(cast)
    started(cast("atelier-planner", START), key)
    version = kept(cast("krp-cm-1"), key).version
    with refused("wrong_state"), cast("atelier-planner", START).writing() as work:
        proposals.reschedule_window(work, key, moved(BANK_APP, "2027-02-12T22:00", "2027-02-12T23:00"), version)
