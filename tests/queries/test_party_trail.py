"""The trail of a party: what its people did and what happened to its windows and peaks, and nothing of anybody else."""

from app.queries.party_trail import SHOWN, PartyTrail, party_trail
from app.store import trail
from app.usecases import decisions, proposals
from tests.conftest import Cast, Person
from tests.usecases.story import BANK_APP, approved, kept, proposed, refused

SUPPLIER, MANAGER, CUSTOMER = "atelier-planner", "krp-cm-1", "zonnekroon-planner"


def read(person: Person, party: str, before: int = 2**63 - 1) -> PartyTrail:
    with person.reading() as work:
        return party_trail(work, party, before)


def newest(found: PartyTrail, most: int) -> list[tuple[str | None, str, str]]:
    return [(one.entry.person, one.entry.action, one.entry.reason) for one in found.lines[:most]]


def test_a_supplier_reads_what_happened_to_its_windows_with_the_reasons_that_are_for_it(cast: Cast) -> None:
    manager, supplier = cast(MANAGER), cast(SUPPLIER)
    window = proposed(supplier, BANK_APP)
    approved(manager, window.id, "Zonnekroon is closed then.")
    with manager.writing() as work:
        decisions.cancel_window(work, window.id, "The vendor is ill.", kept(manager, window.id).version)
    cancelled, drafted = (MANAGER, "window.cancelled", "The vendor is ill."), (SUPPLIER, "window.drafted", "")
    told = newest(read(supplier, "ATELIER"), 4)
    assert told == [cancelled, (MANAGER, "window.approved", ""), (SUPPLIER, "window.submitted", ""), drafted]
    assert newest(read(manager, "ATELIER"), 2)[1] == (MANAGER, "window.approved", "Zonnekroon is closed then.")


def test_a_customer_reads_what_its_people_did_and_what_happened_to_its_peaks(cast: Cast) -> None:
    found = read(cast(CUSTOMER), "ZONNEKROON")
    assert {one.subject for one in found.lines} == {"peak"}
    assert all(one.entry.subject_id.startswith("ZONNEKROON:") for one in found.lines)
    with cast(CUSTOMER).writing() as work:
        trail.append(work, "token.made", "token", "1")
    assert newest(read(cast(CUSTOMER), "ZONNEKROON"), 1) == [(CUSTOMER, "token.made", "")]


def test_only_the_integrator_reads_that_of_another_party(cast: Cast) -> None:
    assert read(cast(MANAGER), "BRUG").lines
    assert read(cast("brug-planner"), "BRUG").parties == ()
    for person in ("brug-planner", CUSTOMER):
        for party in ("KRP", "ATELIER", "NOORDERHAVEN", "NOBODY"):
            with refused("not_found"):
                read(cast(person), party)
    with refused("not_found"):
        read(cast(MANAGER), "NOBODY")


def test_it_is_read_a_page_at_a_time_without_gap_or_repetition(cast: Cast) -> None:
    supplier = cast(SUPPLIER)
    with supplier.writing() as work:
        for _ in range(SHOWN):
            proposals.draft_window(work, BANK_APP)
    seen, page = [], read(supplier, "ATELIER")
    assert len(page.lines) == SHOWN
    while page.earlier is not None:
        seen += [one.number for one in page.lines]
        page = read(supplier, "ATELIER", page.earlier)
    seen += [one.number for one in page.lines]
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) > SHOWN
