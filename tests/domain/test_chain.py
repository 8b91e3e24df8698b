"""What goes down with what."""

from app.domain.chain import Requirement

from .cast import CHAIN, chain, need


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
