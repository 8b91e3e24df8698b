"""An administrator enters parties, people and services."""

import pytest

from app.domain.access import SYSTEM, PartyKind, Role
from app.domain.chain import Requirement
from app.domain.register import Name, Party, Service
from app.store import parties as stored
from app.store import people
from app.store.database import Database
from app.store.people import Person
from app.usecases import chain, parties
from tests.conftest import Cast

from .story import on_sqlite, refused, tell, trail_of


def person(
    name: str = "betty", party: str = "BETAAL", roles: tuple[Role, ...] = (Role.PLANNER,), zone: str = "Europe/Amsterdam"
) -> Person:
    return Person(name, party, Name("Betty (nl)", "Betty (en)"), frozenset(roles), "nl", zone)


def test_a_party_and_its_first_person_are_entered(cast: Cast) -> None:
    with cast("krp-admin").writing() as work:
        parties.add_party(work, Party("KOEL", PartyKind.SUPPLIER, "Koelwerk", "cooling"))
        parties.add_person(work, person("koel", "KOEL"))
    actor = cast("koel").actor
    assert (actor.party, actor.kind, actor.roles, actor.name) == ("KOEL", PartyKind.SUPPLIER, {Role.PLANNER}, "Betty (nl)")
    entry = trail_of(cast("krp-admin"), "person", "koel")[-1]
    assert (entry.action, entry.person, entry.facts) == ("person.added", "krp-admin", {"roles": ["planner"]})


@on_sqlite
@pytest.mark.parametrize("name", ["krp-cm-1", "krp-duty", "betaal-planner", "zonnekroon-planner"])
def test_only_an_administrator_enters_anything(cast: Cast, name: str) -> None:
    for verb in (
        lambda work: parties.add_party(work, Party("KOEL", PartyKind.SUPPLIER, "Koelwerk")),
        lambda work: parties.add_person(work, person()),
        lambda work: chain.add_service(work, Service("COLD", "BETAAL", Name("Koel", "Cold"))),
        lambda work: chain.add_use(work, "ZONNEKROON", "PAY-GW-A"),
        lambda work: chain.add_requirement(work, Requirement("PAY-GW-A", frozenset({"PAY-GW-B"}), 1)),
    ):
        with refused("not_allowed"), cast(name).writing() as work:
            verb(work)


@on_sqlite
@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("not_found", person(party="NOBODY")),
        ("role_not_of_party", person(roles=(Role.CHANGE_MANAGER,))),
        ("role_not_of_party", person(roles=(Role.PLANNER, Role.ADMINISTRATOR))),
        ("role_not_of_party", person(party="KRP", roles=(Role.PLANNER,))),
        ("role_not_of_party", person(roles=())),
        ("unknown_timezone", person(zone="Amsterdam")),
        ("already_there", person(name="krp-cm-1")),
    ],
)
def test_a_person_that_makes_no_sense_is_refused(cast: Cast, code: str, what: Person) -> None:
    with refused(code), cast("krp-admin").writing() as work:
        parties.add_person(work, what)


def test_a_name_that_was_ever_given_out_is_there_already(cast: Cast, database: Database) -> None:
    """A person who left keeps his name: the trail speaks of him."""
    with database.writing(SYSTEM, 0) as work:
        tell(work, "UPDATE person SET disabled_at = 1 WHERE id = 'krp-cm-2'")
        assert people.actor_named(work, "krp-cm-2") is None
    with refused("already_there", "id"), cast("krp-admin").writing() as work:
        parties.add_person(work, person("krp-cm-2"))


def test_a_party_is_entered_once(cast: Cast) -> None:
    with refused("already_there", "id"), cast("krp-admin").writing() as work:
        parties.add_party(work, Party("ZONNEKROON", PartyKind.SUPPLIER, "Another"))


def test_a_service_is_entered_and_carries_another(cast: Cast) -> None:
    with cast("krp-admin").writing() as work:
        chain.add_service(work, Service("COLD", "BETAAL", Name("Koeling", "Cooling")))
        chain.add_requirement(work, Requirement("PAY-GW-A", frozenset({"COLD", "LAB-TEST"}), 2))
        chain.add_use(work, "ZONNEKROON", "COLD")
        assert stored.visible_services(work)["COLD"] == Service("COLD", "BETAAL", Name("Koeling", "Cooling"), version=2)
        assert "COLD" in stored.uses_of(work, "ZONNEKROON")


@on_sqlite
@pytest.mark.parametrize("minimum", [0, 3, -1])
def test_a_requirement_that_cannot_be_met_is_refused(cast: Cast, minimum: int) -> None:
    with refused("bad_redundancy_minimum", "min"), cast("krp-admin").writing() as work:
        chain.add_requirement(work, Requirement("PAY-GW-A", frozenset({"LAB-TEST", "PAY-GW-B"}), minimum))
