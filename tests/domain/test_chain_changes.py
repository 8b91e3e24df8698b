"""A change of the chain before it is made, and a service among its neighbours."""

import pytest

from app.domain.chain import Chain, Requirement
from app.domain.chain_changes import MOST_MEMBERS, ChainChange, changed_chain, changed_customers, require_sound_requirement, ring
from app.domain.neighbourhood import Line, neighbourhood
from app.domain.refusal import Refusal
from app.domain.situation import Customer

from .cast import need


def test_what_a_service_stands_on_is_found_redundant_or_not_and_in_a_ring():
    chain = Chain({}, (need("A", "B", "C", least=1), need("C", "D"), need("D", "A"), need("X", "A")))
    assert chain.below(["A"]) == {"A", "B", "C", "D"}
    assert chain.below(["B"]) == {"B"}


def test_of_two_requirements_that_are_the_same_one_goes():
    twice = Chain({}, (need("A", "B"), need("A", "B")))
    assert changed_chain(twice, ChainChange("A", before=need("A", "B"))).requirements == (need("A", "B"),)


def test_a_requirement_changes_and_the_others_stay():
    chain = Chain({}, (need("A", "B"), need("A", "C")))
    changed = changed_chain(chain, ChainChange("A", need("A", "B"), need("A", "B", "D", least=1)))
    assert set(changed.requirements) == {need("A", "C"), need("A", "B", "D", least=1)}


def test_a_customer_begins_to_use_a_service_and_one_that_uses_nothing_is_none():
    known = [Customer("ZON", frozenset({"A"}))]
    assert changed_customers(known, ChainChange("B", begins="TV")) == (
        Customer("TV", frozenset("B")),
        Customer("ZON", frozenset("A")),
    )
    assert changed_customers(known, ChainChange("A", ends="ZON")) == ()


@pytest.mark.parametrize(
    ("code", "requirement"),
    [
        ("empty_services", Requirement("A", frozenset(), 1)),
        ("requires_itself", Requirement("A", frozenset("AB"), 1)),
        ("bad_redundancy_minimum", Requirement("A", frozenset("BC"), 3)),
        ("bad_redundancy_minimum", Requirement("A", frozenset("BC"), 0)),
        ("too_many", Requirement("A", frozenset(map(str, range(MOST_MEMBERS + 1))), 1)),
    ],
)
def test_a_requirement_that_makes_no_sense_is_refused(code: str, requirement: Requirement):
    with pytest.raises(Refusal) as refusal:
        require_sound_requirement(requirement)
    assert refusal.value.code == code


def test_members_that_stand_on_the_service_already_are_told():
    chain = Chain({}, (need("B", "C"), need("C", "A")))
    assert ring(chain, need("A", "B", "D")) == ("B",)


def test_each_neighbour_stands_once_where_it_is_nearest_and_spare_lines_are_told_apart():
    requirements = [need("UP", "HERE", "OTHER", least=1), need("HERE", "DOWN"), need("DOWN", "UP")]
    found = neighbourhood("HERE", (["UP"], ["DOWN"]), (["DOWN"], ["UP"]), requirements)
    assert (found.above, found.below) == (((), ()), (("DOWN",), ("UP",)))
    assert Line("UP", "HERE", is_spare=True) in found.lines
    assert Line("HERE", "DOWN", is_spare=False) in found.lines
