"""When a service may be maintained is agreed by its supplier or the integrator, kept with its past, and counted at once."""

from datetime import date

import pytest

from app.domain.access import PartyKind
from app.domain.agreed_slots import AgreedSlot
from app.domain.peaks import DailyHours
from app.domain.spans import Instant
from app.domain.walltime import local
from app.queries.slots import Wanted, better_times
from app.store import agreed_slots
from app.usecases.agreed_slots import agree_slot, end_slot, set_policy
from tests.conftest import Cast, Person

from .story import GATEWAY_A, ZONE, kept, on_sqlite, proposed, refused, trail_of

SUNDAYS = AgreedSlot("FREQ=WEEKLY;BYDAY=SU", DailyHours(0, 6 * 60), ZONE, date(2026, 11, 1))
JANUARY = Wanted(date(2027, 1, 4), date(2027, 1, 31), 20)


def agreed(person: Person, service: str, *, is_closed_outside: bool = True) -> None:
    """Sundays from midnight to six."""
    with person.writing() as work:
        agree_slot(work, service, SUNDAYS, agreed_slots.load(work, service).version)
        set_policy(work, service, is_closed_outside=is_closed_outside, seen_version=agreed_slots.load(work, service).version)


def starts(person: Person, window_id: str) -> list[Instant]:
    with person.reading() as work:
        return [slot.occurrence.planned.start for slot in better_times(work, kept(person, window_id).window, JANUARY).slots]


def test_what_was_agreed_is_kept_and_its_trail_names_who_did_it(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    agreed(supplier, "PAY-GW-A")
    with cast("krp-cm-1").reading() as work:
        found = agreed_slots.load(work, "PAY-GW-A")
    assert (found.is_closed_outside, found.version) == (True, 2)
    assert [(one.rrule, one.hours, one.zone, one.valid_from, one.valid_until) for one in found.slots] == [
        (SUNDAYS.rrule, SUNDAYS.hours, ZONE, SUNDAYS.valid_from, None)
    ]
    assert [(one.action, one.person) for one in trail_of(supplier, "service", "PAY-GW-A")][-2:] == [
        ("slots.agreed", "betaal-planner"),
        ("slots.closed", "betaal-planner"),
    ]


def test_better_times_keep_to_what_was_agreed(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    window = proposed(supplier, GATEWAY_A)
    before = starts(supplier, window.id)
    agreed(supplier, "PAY-GW-A", is_closed_outside=False)
    assert starts(supplier, window.id) == before
    with supplier.writing() as work:
        set_policy(work, "PAY-GW-A", is_closed_outside=True, seen_version=2)
    after = [local(one, ZONE) for one in starts(supplier, window.id)]
    assert len(before) > len(after) == 4
    assert {(one.weekday(), 0 <= one.hour < 6) for one in after} == {(6, True)}


def test_a_slot_that_has_ended_stays_readable_and_counts_up_to_its_last_day(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    window = proposed(supplier, GATEWAY_A)
    agreed(supplier, "PAY-GW-A")
    with supplier.writing() as work:
        known = agreed_slots.load(work, "PAY-GW-A")
        end_slot(work, "PAY-GW-A", known.slots[0].id, date(2027, 1, 17), known.version)
    assert {local(one, ZONE).date() for one in starts(supplier, window.id)} == {date(2027, 1, 10), date(2027, 1, 17)}
    with supplier.reading() as work:
        assert [one.valid_until for one in agreed_slots.load(work, "PAY-GW-A").slots] == [date(2027, 1, 17)]


@on_sqlite
@pytest.mark.parametrize("person", ["wolk-planner", "zonnekroon-planner"])
def test_whose_service_it_is_not_neither_sees_nor_changes_it(cast: Cast, person: str) -> None:
    other = cast(person)
    code = "not_found" if other.actor.kind is PartyKind.SUPPLIER else "not_allowed"
    with refused(code), other.writing() as work:
        set_policy(work, "PAY-GW-A", is_closed_outside=True, seen_version=0)
    with refused("not_found"), other.reading() as work:
        agreed_slots.load(work, "PAY-GW-A")


@on_sqlite
def test_what_somebody_else_changed_meanwhile_is_not_written_over(cast: Cast) -> None:
    agreed(cast("betaal-planner"), "PAY-GW-A")
    with refused("changed_meanwhile"), cast("krp-cm-1").writing() as work:
        agree_slot(work, "PAY-GW-A", SUNDAYS, 0)


@on_sqlite
def test_a_slot_ends_no_earlier_than_it_began_and_only_one_that_is_there(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    agreed(supplier, "PAY-GW-A")
    with supplier.reading() as work:
        slot = agreed_slots.load(work, "PAY-GW-A").slots[0].id
    for code, number, last in (("end_before_start", slot, date(2026, 10, 1)), ("not_found", slot + 1, date(2027, 1, 1))):
        with refused(code), supplier.writing() as work:
            end_slot(work, "PAY-GW-A", number, last, 2)
