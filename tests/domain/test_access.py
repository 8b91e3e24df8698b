"""Who may do what: the product of parties, roles and rights, and the role each plays in the life of a window."""

from itertools import product

import pytest

from app.domain.access import ROLES, SYSTEM, Actor, PartyKind, Right, Role, require
from app.domain.refusal import Refusal

EVERYONE = {"see", "subscribe", "connect"}
RIGHTS = {
    ("integrator", "administrator"): {"keep_parties", "keep_calendars", "keep_experts"},
    ("integrator", "change_manager"): {"propose", "decide", "tell"},
    ("integrator", "duty_manager"): {"propose", "decide", "tell"},
    ("customer", "planner"): {"keep_peaks", "review", "keep_calendars", "sign_waivers", "tell"},
    ("supplier", "planner"): {"propose", "keep_experts", "tell"},
}
"""What a role adds to what everyone may; every other role adds nothing."""

EVERY_ROLE = list(product(PartyKind, Role))


def actor(kind: str, *roles: str) -> Actor:
    return Actor("p", "Somebody", "PARTY", PartyKind(kind), frozenset(map(Role, roles)))


@pytest.mark.parametrize(("kind", "role"), EVERY_ROLE)
def test_a_role_carries_exactly_the_rights_of_the_table(kind: str, role: str):
    found = {str(right) for right in Right if actor(kind, role).may(right)}
    assert found == EVERYONE | RIGHTS.get((kind, role), set())


@pytest.mark.parametrize(("kind", "role"), EVERY_ROLE)
@pytest.mark.parametrize("right", Right)
def test_a_right_that_no_role_carries_is_refused(kind: str, role: str, right: Right):
    somebody = actor(kind, role)
    if right in somebody.rights:
        require(somebody, right)
    else:
        with pytest.raises(Refusal) as refusal:
            require(somebody, right)
        assert refusal.value.code == "not_allowed"


def test_two_roles_carry_the_rights_of_both():
    assert actor("integrator", "administrator", "change_manager").rights >= {Right.KEEP_PARTIES, Right.DECIDE}


def test_somebody_without_a_role_may_look():
    assert set(map(str, actor("customer").rights)) == EVERYONE


def test_a_role_that_carries_more_than_looking_is_one_its_party_has():
    assert all(Role(role) in ROLES[PartyKind(kind)] for kind, role in RIGHTS)


@pytest.mark.parametrize(("kind", "role"), EVERY_ROLE)
def test_only_the_duty_manager_has_emergency_authority(kind: str, role: str):
    assert actor(kind, role).has_emergency_authority is ((kind, role) == ("integrator", "duty_manager"))


@pytest.mark.parametrize(
    ("kind", "role", "plays"),
    [
        ("integrator", "administrator", "admin"),
        ("integrator", "change_manager", "change_manager"),
        ("integrator", "duty_manager", "change_manager"),
        ("integrator", "viewer", "viewer"),
        ("customer", "planner", "customer"),
        ("customer", "viewer", "customer"),
        ("supplier", "planner", "supplier"),
        ("supplier", "viewer", "viewer"),
    ],
)
def test_everybody_plays_one_role_in_the_life_of_a_window(kind: str, role: str, plays: str):
    assert actor(kind, role).step_role == plays


def test_an_administrator_has_no_change_authority_and_the_system_neither():
    assert not SYSTEM.may(Right.DECIDE)
    assert not actor("integrator", "administrator").may(Right.DECIDE)
