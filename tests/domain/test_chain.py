"""What goes down with what, and through which services."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.chain import Chain, Outage, Requirement
from app.domain.windows import Window

from . import naive
from .cast import CHAIN, need, window
from .examples import examples
from .worlds import dependency, some

NIGHT = ("2027-01-10T01:00", "2027-01-10T03:00")


def chain(*requirements: Requirement) -> Chain:
    services = {service for one in requirements for service in {one.service} | one.members}
    return Chain(dict.fromkeys(services, "KABEL"), requirements)


def maintains(services: str, name: str = "W1") -> Window:
    return window(services, *NIGHT, id=name)


def letters(services: str, name: str = "W1") -> Window:
    """A window on services of one letter each."""
    return replace(maintains("MW-ESB", name), services=frozenset(services))


# --- what is down


def test_what_is_maintained_is_down_and_so_is_what_needs_it():
    assert CHAIN.down(["MW-ESB"]) == {"MW-ESB", "AUC-CLOCK", "AUC-REMOTE", "CERT-ENGINE", "CERT-PORTAL"}


def test_nothing_is_down_by_itself():
    assert CHAIN.down([]) == frozenset()


def test_one_of_a_redundant_pair_takes_nothing_else_down():
    assert CHAIN.down(["CDN-EAST"]) == {"CDN-EAST"}
    assert CHAIN.down(["CDN-EAST", "CDN-WEST"]) == {"CDN-EAST", "CDN-WEST", "TV-LIVE"}


def test_both_cores_take_everything_down_that_stands_on_them():
    assert CHAIN.down(["NET-CORE-A"]) == {"NET-CORE-A", "CDN-EAST"}
    both = CHAIN.down(["NET-CORE-A", "NET-CORE-B"])
    assert both >= {"DC1-COMPUTE", "DB-AUC-2", "AUC-CLOCK", "AUC-REMOTE", "TV-LIVE"}
    assert not both & {"MW-ESB", "ID-SSO", "CERT-PORTAL", "LAB-TEST"}


def test_a_service_needs_at_least_so_many_members_up():
    two_of_three = chain(need("A", "B", "C", "D", least=2))
    assert "A" not in two_of_three.down("B")
    assert "A" in two_of_three.down("BC")


def test_a_requirement_asks_for_one_member_unless_it_says_more():
    assert "A" not in chain(Requirement("A", frozenset("BC"))).down("B")
    assert "A" in chain(Requirement("A", frozenset("BC"))).down("BC")


def test_every_requirement_of_a_service_must_be_met():
    both = chain(need("A", "B", "C"), need("A", "D"))
    assert "A" in both.down("D")
    assert "A" not in both.down("B")


def test_services_that_need_each_other_stay_up_until_something_takes_one_of_them_down():
    ring = chain(need("A", "B"), need("B", "A"), need("B", "C"))
    assert ring.down([]) == frozenset()
    assert ring.down("C") == {"A", "B", "C"}
    assert ring.down("A") == {"A", "B"}


def test_a_service_that_needs_itself_stays_up_until_it_is_maintained():
    itself = chain(need("A", "A", "B", least=2))
    assert itself.down([]) == frozenset()
    assert itself.down("B") == {"A", "B"}


def test_a_requirement_that_is_listed_twice_counts_as_once():
    pair = need("TV-LIVE", "CDN-EAST", "CDN-WEST")
    assert chain(pair, pair).down(["CDN-EAST"]) == {"CDN-EAST"}


def test_above_a_service_stands_everything_that_leans_on_it_redundantly_or_not():
    assert CHAIN.above(["CDN-EAST"]) == {"CDN-EAST", "TV-LIVE"}
    assert CHAIN.above(["NET-CORE-A"]) >= {"DC1-COMPUTE", "DB-AUC-1", "AUC-CLOCK", "TV-LIVE"}
    assert chain(need("A", "B"), need("B", "A")).above("A") == {"A", "B"}


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


@st.composite
def outages(draw: st.DrawFn) -> tuple[list[dict], dict[str, set[str]]]:
    services = "ABCDEFG"
    maintained = {name: set(draw(some(tuple(services), most=2))) for name in ("W1", "W2")}
    return [dependency(draw, services) for _ in range(draw(st.integers(0, 10)))], maintained


@examples(60)
@given(outages())
def test_a_chain_goes_down_as_a_plain_reading_says(drawn: tuple[list[dict], dict[str, set[str]]]):
    dependencies, maintained = drawn
    plainly = naive.State(dependencies, maintained)
    requirements = tuple(Requirement(one["service"], frozenset(one["members"]), one["min"]) for one in dependencies)
    outage = Outage(
        Chain(dict.fromkeys("ABCDEFG", "KABEL"), requirements), [letters(each, name) for name, each in maintained.items()]
    )
    assert outage.down == plainly.down
    for service in "ABCDEFG":
        for name in maintained:
            assert (service in outage.broken_by(name)) == plainly.contributes(name, service)
            assert sorted(outage.paths(service, name)) == sorted(plainly.paths(service, name))
