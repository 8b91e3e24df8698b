"""The services somebody may see, and the page of one: what it requires, what stands on it, who uses it and who knows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.absences import RegisteredExpert
from app.domain.access import PartyKind
from app.domain.agreed_slots import Agreement
from app.domain.chain import Requirement
from app.domain.neighbourhood import Neighbourhood, neighbourhood
from app.domain.refusal import NotFound
from app.domain.register import Party, Service, TrailEntry
from app.queries.names import Names, load_names
from app.store import agreed_slots, chain, experts, parties, trail
from app.store.database import Work

PAGE = 200
MOST_LISTED = 100
MOST_FOUND = 20


@dataclass(frozen=True)
class Known:
    """Those that the reader may know by name, and how many there are besides. `is_cut`: and still more."""

    ids: tuple[str, ...]
    others: int = 0
    is_cut: bool = False


@dataclass(frozen=True)
class RequirementShown:
    number: int
    minimum: int
    members: Known

    @property
    def count(self) -> int:
        return len(self.members.ids) + self.members.others


@dataclass(frozen=True)
class ServiceList:
    services: Sequence[Service]
    names: Names
    is_cut: bool


@dataclass(frozen=True)
class ServicePage:
    """A customer is told that it uses the service and whose it is; a supplier what is its own, the rest as numbers."""

    service: Service
    requirements: tuple[RequirementShown, ...]
    above: Known
    customers: Known
    experts: tuple[RegisteredExpert, ...]
    picture: Neighbourhood | None
    trail: tuple[TrailEntry, ...]
    names: Names
    agreed: Agreement | None = None


def service_list(work: Work, text: str) -> ServiceList:
    """The services the actor may see with this text in id, name or supplier, by supplier."""
    found = chain.find_services(work, text, PAGE + 1)
    return ServiceList(found[:PAGE], load_names(work), len(found) > PAGE)


def service_page(work: Work, service_id: str) -> ServicePage:
    """The page of a service the actor may see, as far as he may know it."""
    service = chain.load_service(work, service_id)
    names = load_names(work)
    if work.actor.kind is PartyKind.CUSTOMER:
        return ServicePage(service, (), Known(()), Known(()), (), None, (), names)
    shown = tuple(
        RequirementShown(number, one.minimum, _known(one.members, names.services))
        for number, one in chain.requirements_of(work, service_id).items()
    )
    standing = chain.requiring(work, [service_id], MOST_LISTED + 1)
    above = _known(standing[:MOST_LISTED], names.services, is_cut=len(standing) > MOST_LISTED)
    customers = _known(chain.customers_of(work, service_id), names.parties)
    agreed = agreed_slots.load(work, service_id)
    knowing = tuple(experts.visible_experts(work, [service_id]))
    if work.actor.kind is PartyKind.SUPPLIER:
        return ServicePage(service, shown, above, customers, knowing, None, (), names, agreed)
    entries = trail.entries(work, "service", service_id)
    named = load_names(work, person_ids={entry.person for entry in entries if entry.person})
    picture = _picture(work, service_id, standing)
    return ServicePage(service, shown, above, customers, knowing, picture, tuple(entries), named, agreed)


def requirement_to_change(work: Work, service_id: str, number: int) -> Requirement:
    found = chain.requirements_of(work, service_id).get(number)
    if found is None:
        raise NotFound("requirement")
    return found


def services_to_choose(work: Work, text: str, chosen: Iterable[str], supplier: str = "") -> list[Service]:
    """Those that are chosen, and the first that a search finds besides, among all or those of one supplier."""
    there = chain.services_named(work, chosen)
    found = chain.find_services(work, text, MOST_FOUND + len(there), supplier)
    return [*there.values(), *[one for one in found if one.id not in there][:MOST_FOUND]]


def customer_of(work: Work, service_id: str, customer: str) -> tuple[Service, Party, bool]:
    """A service, a customer, and whether the one is used by the other."""
    service = chain.load_service(work, service_id)
    party = parties.visible_parties(work).get(customer)
    if party is None or party.kind is not PartyKind.CUSTOMER:
        raise NotFound("customer")
    return service, party, customer in chain.customers_of(work, service_id)


def _known(ids: Iterable[str], named: Iterable[str], *, is_cut: bool = False) -> Known:
    """In the order of the names alone: another one could tell of what is not named."""
    every = set(ids)
    known = sorted(every & set(named))
    return Known(tuple(known[:MOST_LISTED]), len(every) - len(known), is_cut or len(known) > MOST_LISTED)


def _picture(work: Work, service_id: str, standing: Sequence[str]) -> Neighbourhood:
    """Two steps up and two down: so many questions whatever the chain."""
    down = chain.required_by(work, [service_id], MOST_LISTED)
    up = standing[:MOST_LISTED]
    further_down, further_up = chain.required_by(work, down, MOST_LISTED), chain.requiring(work, up, MOST_LISTED)
    near = {service_id, *down, *up, *further_down, *further_up}
    requirements = chain.requirements_among(work, near)
    return neighbourhood(service_id, (up, further_up), (down, further_down), requirements)


def slots_page(work: Work, service_id: str) -> tuple[Agreement, Names]:
    """What was agreed on a service's maintenance, for the integrator and its supplier; for anybody else there is nothing."""
    return agreed_slots.load(work, service_id), load_names(work)
