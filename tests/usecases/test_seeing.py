"""Who has seen the latest version: said by those it concerns, read by the integrator."""

from app.queries.window_pages import window_page
from app.queries.window_seen import WindowSeen, window_seen
from app.usecases import decisions, seeing
from tests.conftest import Cast, Person

from .story import BANK_APP, approved, drafted, kept, proposed, refused

SUPPLIER, CUSTOMER, MANAGER = "atelier-planner", "noorderhaven-planner", "krp-cm-1"


def seen_by(person: Person, window_id: str) -> WindowSeen:
    with person.reading() as work:
        return window_seen(work, window_page(work, window_id).registered)


def versions(found: WindowSeen) -> dict[str, int | None]:
    """By party the version it has seen."""
    return {one.party: one.sighting.version if one.sighting else None for one in found.told}


def says_seen(person: Person, window_id: str) -> None:
    version = kept(person, window_id).version
    with person.writing() as work:
        seeing.acknowledge(work, window_id, version)


def test_the_integrator_reads_who_has_seen_the_latest_version_who_an_earlier_one_and_who_none(cast: Cast) -> None:
    manager, supplier, customer = cast(MANAGER), cast(SUPPLIER), cast(CUSTOMER)
    window = proposed(supplier, BANK_APP)
    approved(manager, window.id)
    latest = kept(manager, window.id).version
    assert versions(seen_by(manager, window.id)) == {"ATELIER": None, "NOORDERHAVEN": None}
    for one in (supplier, customer, customer):
        says_seen(one, window.id)
    assert versions(seen_by(manager, window.id)) == {"ATELIER": latest, "NOORDERHAVEN": latest}
    with manager.writing() as work:
        decisions.cancel_window(work, window.id, "The vendor is ill.", latest)
    says_seen(supplier, window.id)
    found = seen_by(manager, window.id)
    assert list(versions(found).items()) == [("NOORDERHAVEN", latest), ("ATELIER", latest + 1)], "who is behind comes first"
    assert (found.up_to_date, found.concerned, found.can_say) == (1, 2, False)


def test_each_party_reads_only_of_itself(cast: Cast) -> None:
    manager, supplier, customer = cast(MANAGER), cast(SUPPLIER), cast(CUSTOMER)
    window = proposed(supplier, BANK_APP)
    approved(manager, window.id)
    says_seen(customer, window.id)
    of_supplier, of_customer = seen_by(supplier, window.id), seen_by(customer, window.id)
    assert (versions(of_supplier), of_supplier.can_say, of_supplier.people) == ({"ATELIER": None}, True, {})
    assert (list(versions(of_customer)), of_customer.can_say) == (["NOORDERHAVEN"], False)


def test_only_the_latest_version_can_be_seen_by_those_it_concerns(cast: Cast) -> None:
    supplier = cast(SUPPLIER)
    window = proposed(supplier, BANK_APP)
    for person, version, code in (
        (supplier, window.version - 1, "changed_meanwhile"),
        (cast(MANAGER), window.version, "not_allowed"),
        (cast("zonnekroon-planner"), window.version, "not_found"),
        (cast("brug-planner"), window.version, "not_found"),
    ):
        with refused(code), person.writing() as work:
            seeing.acknowledge(work, window.id, version)
    draft = drafted(supplier, BANK_APP)
    with refused("not_allowed"), supplier.writing() as work:
        seeing.acknowledge(work, draft.id, draft.version)
    assert seen_by(supplier, draft.id).concerned == 0
