"""Whom to blame for what is down, and by which way it got there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.chain import Chain, Requirement
from app.domain.outage import Outage
from app.domain.windows import Window

from . import naive
from .cast import CHAIN, chain, need, window
from .examples import examples
from .worlds import dependency, some

NIGHT = ("2027-01-10T01:00", "2027-01-10T03:00")


def maintains(services: str, name: str = "W1") -> Window:
    return window(services, *NIGHT, id=name)


def letters(services: str, name: str = "W1") -> Window:
    """A window on services of one letter each."""
    return replace(maintains("MW-ESB", name), services=frozenset(services))


# --- whom to blame


def test_a_window_is_blamed_for_what_it_maintains_and_what_goes_down_with_it():
    outage = Outage(CHAIN, [maintains("MW-ESB")])
    assert outage.broken_by("W1") == CHAIN.down(["MW-ESB"])


def test_two_windows_that_cut_a_redundant_pair_are_both_blamed():
    outage = Outage(CHAIN, [maintains("CDN-EAST", "east"), maintains("CDN-WEST", "west")])
    assert outage.broken_by("east") == {"CDN-EAST", "TV-LIVE"}
    assert outage.broken_by("west") == {"CDN-WEST", "TV-LIVE"}


def test_a_window_is_not_blamed_over_a_requirement_that_is_still_met():
    """The databases stay redundant; it is the message bus that stops the auction clock."""
    outage = Outage(CHAIN, [maintains("DB-AUC-1", "database"), maintains("MW-ESB", "bus")])
    assert "AUC-CLOCK" in outage.down
    assert outage.broken_by("database") == {"DB-AUC-1"}
    assert "AUC-CLOCK" in outage.broken_by("bus")


def test_a_window_on_a_service_below_one_that_is_maintained_itself_is_blamed_as_well():
    outage = Outage(CHAIN, [maintains("CERT-ENGINE", "engine"), maintains("MW-ESB", "bus")])
    assert "CERT-PORTAL" in outage.broken_by("engine") & outage.broken_by("bus")


# --- the way


def test_the_way_leads_from_the_used_to_the_maintained_service():
    outage = Outage(CHAIN, [maintains("MW-ESB")])
    assert outage.paths("AUC-REMOTE", "W1") == [("AUC-REMOTE", "AUC-CLOCK", "MW-ESB")]


def test_a_service_that_is_maintained_itself_is_its_own_way():
    assert Outage(CHAIN, [maintains("MW-ESB")]).paths("MW-ESB", "W1") == [("MW-ESB",)]


def test_the_way_is_the_shortest_one():
    outage = Outage(chain(need("A", "B"), need("B", "D"), need("A", "C"), need("C", "D"), need("A", "D")), [letters("D")])
    assert outage.paths("A", "W1") == [("A", "D")]


def test_of_several_shortest_ways_it_is_the_first_by_service():
    diamond = chain(need("A", "C"), need("A", "B"), need("B", "Z"), need("C", "Z"))
    assert Outage(diamond, [letters("Z")]).paths("A", "W1") == [("A", "B", "Z")]
    late_split = chain(need("A", "B"), need("A", "C"), need("B", "Y"), need("C", "X"), need("X", "Z"), need("Y", "Z"))
    assert Outage(late_split, [letters("Z")]).paths("A", "W1") == [("A", "B", "Y", "Z")]


def test_there_is_one_way_to_each_maintained_service():
    outage = Outage(chain(need("A", "B"), need("B", "C")), [letters("BC")])
    assert outage.paths("A", "W1") == [("A", "B"), ("A", "B", "C")]
    near_the_end = Outage(chain(need("A", "Z"), need("Z", "B")), [letters("BZ")])
    assert near_the_end.paths("A", "W1") == [("A", "Z", "B"), ("A", "Z")]


def test_there_is_no_way_over_a_requirement_that_is_still_met_or_for_another_window():
    outage = Outage(CHAIN, [maintains("DB-AUC-1", "database"), maintains("MW-ESB", "bus")])
    assert outage.paths("AUC-CLOCK", "database") == []
    assert outage.paths("AUC-CLOCK", "bus") == [("AUC-CLOCK", "MW-ESB")]


def test_a_way_through_a_ring_ends():
    ring = chain(need("A", "B"), need("B", "C"), need("C", "A"), need("C", "D"))
    assert Outage(ring, [letters("D")]).paths("A", "W1") == [("A", "B", "C", "D")]
    assert Outage(ring, [letters("B")]).paths("C", "W1") == [("C", "A", "B")]


def test_company_can_take_down_what_neither_does_alone_and_open_a_shorter_way():
    """LIVE needs one of EAST and WEST; over SLOW it stands on EAST anyway."""
    detour = chain(need("LIVE", "EAST", "WEST"), need("LIVE", "SLOW"), need("SLOW", "MID"), need("MID", "EAST"))
    east, west = (replace(maintains("MW-ESB", name), services=frozenset({name})) for name in ("EAST", "WEST"))
    assert Outage(detour, [east]).paths("LIVE", "EAST") == [("LIVE", "SLOW", "MID", "EAST")]
    both = Outage(detour, [east, west])
    assert both.paths("LIVE", "EAST") == [("LIVE", "EAST")]
    assert both.further("EAST").services == {"LIVE"}
    assert both.broken_by("WEST") == {"WEST", "LIVE"}


def test_what_company_takes_down_stops_at_a_spare_that_is_left():
    tower = chain(need("LIVE", "EAST", "WEST"), need("APP", "LIVE", "TAPE"))
    east, west = (replace(maintains("MW-ESB", name), services=frozenset({name})) for name in ("EAST", "WEST"))
    assert Outage(tower, [east, west]).further("EAST").services == {"LIVE"}


@st.composite
def outages(draw: st.DrawFn) -> tuple[list[dict], dict[str, set[str]]]:
    services = "ABCDEFG"
    maintained = {name: set(draw(some(tuple(services), most=2))) for name in ("W1", "W2", "W3")}
    return [dependency(draw, services) for _ in range(draw(st.integers(0, 10)))], maintained


@examples(80)
@given(outages())
def test_a_chain_goes_down_as_a_plain_reading_says(drawn: tuple[list[dict], dict[str, set[str]]]):
    dependencies, maintained = drawn
    plainly = naive.State(dependencies, maintained)
    outage = Outage(written(dependencies), [letters(each, name) for name, each in maintained.items()])
    assert outage.down == plainly.down
    for service in "ABCDEFG":
        for name in maintained:
            blamed = plainly.contributes(name, service)
            assert (service in outage.broken_by(name)) == outage.is_broken_by(service, name) == blamed
            assert sorted(outage.paths(service, name)) == sorted(plainly.paths(service, name))


def written(dependencies: list[dict]) -> Chain:
    requirements = tuple(Requirement(one["service"], frozenset(one["members"]), one["min"]) for one in dependencies)
    return Chain(dict.fromkeys("ABCDEFG", "KABEL"), requirements)
