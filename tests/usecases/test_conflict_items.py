"""What people deal with follows what checks find, and closes only with a reason."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.conflict_items import Closed, Item, Stage
from app.domain.peaks import Severity
from app.domain.verdict import Verdict
from app.domain.waivers import BusyDate
from app.domain.windows import Series
from app.queries.conflict_list import CausePage, ConflictList, Line, cause_page, conflict_list
from app.store import conflict_items as kept_items
from app.usecases import conflict_items, decisions, peaks, proposals, waiving
from tests.conftest import Cast, Person

from .story import (
    BANK_APP,
    EVENING_CERTIFICATES,
    EVENING_TV,
    approved,
    busy_on,
    kept,
    moved,
    on_sqlite,
    proposed,
    refused,
)

DAY = 24 * 3600


def listed(person: Person) -> ConflictList:
    with person.reading() as work:
        return conflict_list(work)


def line_of(person: Person, window: str) -> Line:
    found = listed(person)
    [line] = [one for one in (*found.lines, *found.snoozed) if window in {item.window for item in one.items}]
    return line


def page_of(person: Person, number: int) -> CausePage:
    with person.reading() as work:
        return cause_page(work, number)


def items(person: Person, window: str) -> list[Item]:
    with person.reading() as work:
        return kept_items.of_window(work, window)


def test_many_windows_on_one_service_in_one_peak_are_one_line(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    with cast("noorderhaven-planner").writing() as work:
        launch = peaks.register_peak(work, busy_on("2027-03-02", "2027-03-03", "2027-03-04"))
    days = ("02", "03", "04", "02", "03", "04")
    nights = [moved(BANK_APP, f"2027-03-{day}T0{hour}:00", f"2027-03-{day}T0{hour}:20") for hour, day in enumerate(days)]
    some = [proposed(cast("atelier-planner"), one) for one in nights]
    line = line_of(manager, some[0].id)
    assert {item.window for item in line.items} == {one.id for one in some}
    assert (line.known.cause.peak, line.known.cause.services) == (launch.peak.id, ("BANK-APP",))
    assert (line.windows, line.worst, dict(line.stages)) == (6, Verdict.BLOCKED, {Stage.OPEN: 6})
    assert line.items[0].found.anchor == date(2027, 3, 2)


def test_a_conflict_that_is_no_longer_met_is_solved_by_what_was_done(cast: Cast) -> None:
    manager, supplier = cast("krp-cm-1"), cast("stroom-planner")
    window = proposed(supplier, EVENING_TV)
    [item] = items(manager, window.id)
    assert (item.closed, item.found.effect, item.opened_at) == (None, Verdict.ADVISORY, manager.now)
    approved(manager, window.id, "Seen; no match that night.")
    [item] = items(manager, window.id)
    assert (item.closed, item.closed_by, item.reason) == (Closed.SOLVED, "krp-cm-1", "Seen; no match that night.")
    with supplier.writing() as work:
        at_night = moved(EVENING_TV, "2027-01-13T03:30", "2027-01-13T04:30")
        proposals.reschedule_window(work, window.id, at_night, kept(supplier, window.id).version)
    assert {one.closed for one in items(manager, window.id)} == {Closed.SOLVED}


@on_sqlite
def test_the_conflicts_of_a_window_that_is_turned_down_are_obsolete(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    with manager.writing() as work:
        decisions.reject_window(work, window.id, "Not in the evening.", kept(manager, window.id).version)
    assert {(one.closed, one.closed_by, one.reason) for one in items(manager, window.id)} == {
        (Closed.OBSOLETE, None, "window.rejected")
    }


@on_sqlite
def test_a_series_has_one_conflict_for_each_date_of_a_peak(cast: Cast) -> None:
    window = proposed(cast("atelier-planner"), replace(EVENING_CERTIFICATES, series=Series("FREQ=DAILY;COUNT=4")))
    assert [one.found.anchor.day for one in items(cast("krp-cm-1"), window.id) if one.found.anchor] == [12, 13, 14, 15]


@on_sqlite
def test_a_cause_is_talked_about_by_the_integrator_and_the_customer_whose_peak_it_is(cast: Cast) -> None:
    manager, customer = cast("krp-cm-1"), cast("polderpoort-planner")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    number = line_of(manager, window.id).known.number
    with manager.writing() as work:
        conflict_items.remark(work, number, " Could it be an hour later? ")
    with customer.writing() as work:
        conflict_items.remark(work, number, "After eight is fine.")
    found = page_of(customer, number)
    assert [(one.person, one.words) for one in found.remarks] == [
        ("krp-cm-1", "Could it be an hour later?"),
        ("polderpoort-planner", "After eight is fine."),
    ]
    assert {stage for item, stage in found.items if item.window == window.id} == {Stage.DISCUSSED}
    with refused("missing_field", "words"), manager.writing() as work:
        conflict_items.remark(work, number, "  ")
    for person in ("noorderhaven-planner", "atelier-planner"):
        with refused("not_found"), cast(person).writing() as work:
            conflict_items.remark(work, number, "What is this?")
    assert number not in {line.known.number for line in listed(cast("noorderhaven-planner")).lines}
    with refused("not_found"):
        listed(cast("atelier-planner"))


@on_sqlite
def test_what_waits_for_the_customer_and_what_it_granted_is_said(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    about = BusyDate("POLDERPOORT", "POLDERPOORT:animal-evening-wave", date(2027, 1, 12))
    with manager.writing() as work:
        waiving.request_waivers(work, window.id, [about], work.now + DAY, "", kept(manager, window.id).version)
    number = line_of(manager, window.id).known.number
    assert {stage for item, stage in page_of(manager, number).items if item.window == window.id} == {Stage.WAITING}


@on_sqlite
def test_what_is_put_aside_comes_back_by_itself(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("stroom-planner"), EVENING_TV)
    number = line_of(manager, window.id).known.number
    with refused("reason_required", "reason"), manager.writing() as work:
        conflict_items.snooze(work, number, work.now + DAY, "")
    for until, code in ((manager.now, "day_is_over"), (manager.now + 400 * DAY, "snooze_too_long")):
        with refused(code, "until"), manager.writing() as work:
            conflict_items.snooze(work, number, until, "Later.")
    with manager.writing() as work:
        conflict_items.snooze(work, number, work.now + DAY, "The match is moved perhaps.")
    assert number in {line.known.number for line in listed(manager).snoozed}
    tomorrow = Person(manager.database, manager.actor, manager.now + DAY)
    assert number in {line.known.number for line in listed(tomorrow).lines}
    with manager.writing() as work:
        conflict_items.wake(work, number)
    assert number in {line.known.number for line in listed(manager).lines}


@on_sqlite
def test_only_an_advisory_is_closed_by_hand_and_it_comes_back_when_it_becomes_worse(cast: Cast) -> None:
    manager, customer = cast("krp-cm-1"), cast("noorderhaven-planner")
    needs = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    with refused("conflict_stands", "reason"), manager.writing() as work:
        conflict_items.close(work, line_of(manager, needs.id).known.number, "It will be fine.")
    with customer.writing() as work:
        quiet = peaks.register_peak(work, busy_on("2027-01-12", severity=Severity.ADVISORY))
    window = proposed(cast("atelier-planner"), BANK_APP)
    number = line_of(manager, window.id).known.number
    with refused("reason_required", "reason"), manager.writing() as work:
        conflict_items.close(work, number, " ")
    with manager.writing() as work:
        conflict_items.close(work, number, "They know.")
    assert {item.closed for item in items(manager, window.id)} == {Closed.SOLVED}
    approved(manager, window.id, "They know.")
    with customer.writing() as work:
        worse = busy_on("2027-01-12", severity=Severity.RESTRICTED)
        peaks.change_peak(work, quiet.peak.id, worse, quiet.version)
    [item] = [one for one in items(manager, window.id) if one.found.cause.peak == quiet.peak.id]
    assert (item.closed, item.found.effect) == (None, Verdict.NEEDS_WAIVER)


@on_sqlite
@pytest.mark.parametrize("person", ["polderpoort-planner", "atelier-planner", "krp-admin"])
def test_only_who_decides_puts_aside_and_closes(cast: Cast, person: str) -> None:
    for verb in (conflict_items.close, lambda work, number, reason: conflict_items.snooze(work, number, work.now + DAY, reason)):
        with refused("not_allowed"), cast(person).writing() as work:
            verb(work, 1, "Because.")
