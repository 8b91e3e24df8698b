"""How long was a service gone? A union over the path and over windows; where the other half stood, nothing."""

from datetime import date, datetime

import pytest

from app.domain.chain import Chain, Requirement
from app.domain.downtime import Taking, downtime, gone
from app.domain.end_to_end import along, suppliers_above
from app.domain.refusal import Refusal
from app.domain.service_levels import ServiceLevel, level_on, require_sound_level
from app.domain.spans import Span
from app.domain.windows import ChangeType, Window

CHAIN = Chain({}, (Requirement("SHOP", frozenset({"GW-A", "GW-B"})), Requirement("SHOP", frozenset({"BUS"}))))
"""The shop needs one of two gateways, and the bus."""

USERS = {"SHOP": ["C"], "BUS": ["D"]}


def taking(key: str, service: str, start: int, end: int) -> Taking:
    day = datetime(2027, 1, 1)  # noqa: DTZ001 - a wall clock, which nothing here looks at
    return Taking(Window(key, "S", frozenset({service}), ChangeType.NORMAL, "UTC", day, day), Span(start, end))


A, B, BUS = taking("1", "GW-A", 0, 100), taking("2", "GW-B", 60, 200), taking("3", "BUS", 90, 150)


def test_one_half_of_a_pair_takes_nothing_from_anybody() -> None:
    assert downtime([A], CHAIN, USERS).by_use == {}


def test_both_halves_take_what_they_have_in_common_and_each_had_a_part_in_it() -> None:
    found = downtime([A, B], CHAIN, USERS)
    assert found.by_use == {("C", "SHOP"): 40}
    assert found.by_window == {("1", "C"): 40, ("2", "C"): 40}


def test_windows_that_overlap_are_not_added_up() -> None:
    """The pair from 60 to 100, the bus from 90 to 150: ninety seconds, not a hundred."""
    found = downtime([A, B, BUS], CHAIN, USERS)
    assert found.by_use == {("C", "SHOP"): 90, ("D", "BUS"): 60}
    assert found.by_window["3", "C"] == 60
    assert found.broken["3", "D"] == {"BUS"}


def test_two_takings_of_one_window_are_one_window_at_work() -> None:
    twice = [taking("3", "BUS", 0, 10), taking("3", "BUS", 5, 20), taking("3", "BUS", 30, 40)]
    assert downtime(twice, CHAIN, USERS).by_use["D", "BUS"] == 30
    assert gone(twice, CHAIN, ["SHOP"]) == {"SHOP": [Span(0, 20), Span(30, 40)]}


def test_what_lasts_no_time_takes_nothing() -> None:
    assert downtime([taking("3", "BUS", 5, 5)], CHAIN, USERS).by_use == {}


def test_green_lights_go_from_what_was_maintained_to_what_is_used() -> None:
    paths = [("APP", "BUS", "DB"), ("SHOP", "DB")]
    assert along(paths, ["DB"]) == ["DB", "BUS", "SHOP", "APP"]
    assert along([], ["LAB"]) == ["LAB"]
    assert suppliers_above(["DB", "BUS", "APP"], {"DB": "own", "BUS": "two", "APP": "one"}, "own") == ["one", "two"]


def test_the_latest_word_that_holds_on_a_day_is_a_service_s_level() -> None:
    first, later, corrected = (
        ServiceLevel(99_000, None),
        ServiceLevel(99_500, 60, date(2027, 1, 1)),
        ServiceLevel(99_900, 30, date(2027, 1, 1)),
    )
    said = (corrected, later, first)
    assert level_on(said, date(2026, 12, 31)) is first
    assert level_on(said, date(2027, 1, 1)) is corrected
    assert level_on((), date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("level", "code"),
    [
        (ServiceLevel(None, None), "missing_field"),
        (ServiceLevel(100_001, None), "bad_percentage"),
        (ServiceLevel(None, 44_641), "bad_number"),
        (ServiceLevel(None, -1), "bad_number"),
    ],
)
def test_a_level_says_something_and_not_more_than_there_is(level: ServiceLevel, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        require_sound_level(level)
    assert refusal.value.code == code
