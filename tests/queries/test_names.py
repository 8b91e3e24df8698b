"""A page reads the names of what it speaks of and of nothing else, and never one that its reader may not see."""

from app.domain.windows import Window
from app.queries.checks import CheckView, view_check
from app.queries.names import load_names
from app.store import parties, windows
from tests.conftest import Cast, Person

PAIR = "W-27-040"
"""Meets another supplier's window on one chain: two suppliers, and customers who use what both carry."""


def checked(person: Person, window: Window) -> CheckView:
    with person.reading() as work:
        return view_check(work, window)


def spoken_of(view: CheckView) -> set[str]:
    """The services that sentences about a check name."""
    ways = {service for paths in view.shown.paths.values() for path in paths for service in path}
    found = {service for one in (*view.shown.conflicts, *view.shown.collisions) for service in one.services}
    return ways | found | view.window.services | {one.service for one in view.shown.notes if one.service}


def test_a_check_comes_with_the_names_of_what_it_speaks_of(cast: Cast) -> None:
    reader = cast("krp-cm-1")
    with reader.reading() as work:
        window = windows.load(work, PAIR).window
        every = parties.visible_services(work)
    view = checked(reader, window)
    assert view.shown.collisions
    assert view.shown.customers
    assert set(view.names.services) == spoken_of(view) < set(every)
    assert set(view.names.parties) == set(view.shown.customers)
    assert set(view.names.windows) == {one for collision in view.shown.collisions for one in collision.windows}


def test_a_name_that_is_asked_for_is_withheld_from_who_may_not_see_it(cast: Cast) -> None:
    asked = {"party_ids": {"ZONNEKROON", "BRUG", "KRP"}, "service_ids": {"AUC-CLOCK", "MW-ESB"}}
    seen = {}
    for person in ("krp-cm-1", "zonnekroon-planner", "brug-planner"):
        with cast(person).reading() as work:
            names = load_names(work, **asked)
        seen[person] = set(names.parties) | set(names.services)
    everything = asked["party_ids"] | asked["service_ids"]
    assert seen["krp-cm-1"] == everything
    assert seen["zonnekroon-planner"] == everything - {"MW-ESB"}
    assert seen["brug-planner"] == everything - {"ZONNEKROON", "AUC-CLOCK"}


def test_a_page_with_a_choice_gets_all_that_can_be_chosen(cast: Cast) -> None:
    with cast("brug-planner").reading() as work:
        assert load_names(work).services == parties.visible_services(work)
        assert load_names(work, service_ids=()).services == {}
