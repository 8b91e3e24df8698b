"""A written world put into a database, through the use cases that take one over."""

from collections.abc import Mapping
from typing import Any

from app.domain.access import SYSTEM, PartyKind, Role
from app.domain.chain import Requirement
from app.domain.lifecycle import State
from app.domain.notation.worlds import read_case
from app.domain.register import Name, Party, RegisteredPeak, RegisteredWindow, Service
from app.domain.spans import Instant
from app.store.database import Database
from app.store.people import Person
from app.usecases import chain, history, parties

MANAGER = "manager"


def load_world(database: Database, case: Mapping[str, Any], now: Instant) -> None:
    """Everything of the world, and a change manager; what is proposed is not in it."""
    world, _ = read_case(case)
    suppliers = {*world.chain.suppliers.values(), *(window.supplier for window in world.committed)}
    with database.writing(SYSTEM, now) as work:
        parties.add_party(work, Party("INTEGRATOR", PartyKind.INTEGRATOR, "The integrator"))
        roles = frozenset({Role.CHANGE_MANAGER})
        parties.add_person(work, Person(MANAGER, "INTEGRATOR", _name("Manager"), roles, "en", "Europe/Amsterdam"))
        for one in sorted(suppliers):
            parties.add_party(work, Party(one, PartyKind.SUPPLIER, one))
        for customer in world.customers:
            parties.add_party(work, Party(customer.id, PartyKind.CUSTOMER, customer.id))
        for service, supplier in world.chain.suppliers.items():
            chain.add_service(work, Service(service, supplier, _name(service)))
        for customer in world.customers:
            for used in sorted(customer.uses):
                chain.add_use(work, customer.id, used)
        for needed in world.chain.requirements:
            chain.add_requirement(work, Requirement(needed.service, needed.members, needed.minimum))
        for peak in world.peaks:
            history.take_over_peak(work, RegisteredPeak(peak, _name(peak.id)))
        for window in world.committed:
            approved = RegisteredWindow(window, _name(window.id), "", "", MANAGER, State.APPROVED, published=True)
            history.take_over_window(work, approved, [], "")


def _name(text: str) -> Name:
    return Name(text, text)
