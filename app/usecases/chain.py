"""An administrator enters services, what they require and who uses them, and changes that later, on the record."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.access import PartyKind, Right, require
from app.domain.causes import Change, Kind
from app.domain.chain import Requirement
from app.domain.chain_changes import (
    MOST_EXPERTS,
    MOST_REQUIREMENTS,
    SERVICE_ID,
    ChainChange,
    peaks_about,
    require_sound_requirement,
)
from app.domain.refusal import NotFound, Refusal
from app.domain.register import Name, Service
from app.store import chain, parties, peaks, trail
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases import rechecking
from app.usecases.parties import require_fits


@dataclass(frozen=True)
class ServiceDraft:
    """What can be changed of a service."""

    name: Name
    required: int = 1
    supported_until: date | None = None
    successor: str = ""

    def on(self, known: Service) -> Service:
        return replace(
            known, name=self.name, required=self.required, supported_until=self.supported_until, successor=self.successor
        )


def add_service(work: Work, new: Service) -> None:
    """A service of a supplier that is known, with an id that was never given out."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    if not SERVICE_ID.fullmatch(new.id):
        raise Refusal("bad_service_id", "id")
    _require_sound(new)
    _require_party(work, new.supplier, PartyKind.SUPPLIER)
    if chain.exists(work, new.id):
        raise Refusal("already_there", "id", id=new.id)
    chain.add_service(work, new)
    trail.append(work, "service.added", "service", new.id)


def change_service(work: Work, service_id: str, draft: ServiceDraft, seen_version: int) -> None:
    """Another name in either language, another number of experts who must be reachable, or another end of its support."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    known = _seen(work, service_id, seen_version)
    changed = draft.on(known)
    _require_sound(changed)
    if changed == known:
        return
    chain.save_service(work, changed, known.version)
    until = known.supported_until.isoformat() if known.supported_until else None
    support = {"supported_until": until, "successor": known.successor}
    before = {**known.name.by_language, "required": known.required, **support}
    trail.append(work, "service.changed", "service", service_id, "", **before)


def add_requirement(work: Work, requirement: Requirement, seen_version: int | None = None) -> None:
    """The service needs, besides what it needs already, at least so many of these. Without `seen_version` nobody looked first."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    known = _seen(work, requirement.service, seen_version)
    _require_sound_requirement(work, requirement)
    if len(chain.requirements_of(work, known.id)) >= MOST_REQUIREMENTS:
        raise Refusal("too_many_requirements", most=MOST_REQUIREMENTS)
    chain.add_requirement(work, requirement)
    _keep(work, known, "requirement.added", after=requirement)


def change_requirement(work: Work, number: int, requirement: Requirement, seen_version: int) -> None:
    """Other members, or another number of them that must be there."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    known = _seen(work, requirement.service, seen_version)
    before = _requirement(work, known.id, number)
    _require_sound_requirement(work, requirement)
    if requirement == before:
        return
    chain.save_requirement(work, number, requirement)
    _keep(work, known, "requirement.changed", before=before, after=requirement)


def remove_requirement(work: Work, service_id: str, number: int, reason: str, seen_version: int) -> None:
    """The service no longer needs these; what it was stays on the record."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    known = _seen(work, service_id, seen_version)
    before = _requirement(work, service_id, number)
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    chain.remove_requirement(work, number)
    _keep(work, known, "requirement.removed", reason.strip(), before=before)


def add_use(work: Work, customer: str, service_id: str, seen_version: int | None = None) -> None:
    """A customer uses a service from now on. Without `seen_version` nobody looked first."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    known = _seen(work, service_id, seen_version)
    _require_party(work, customer, PartyKind.CUSTOMER)
    if customer in chain.customers_of(work, service_id):
        raise Refusal("already_used", "customer", customer=customer)
    chain.add_use(work, customer, service_id)
    _keep(work, known, "use.added", customer=customer)


def end_use(work: Work, customer: str, service_id: str, reason: str, seen_version: int) -> None:
    """A customer uses a service no longer. Refused while one of its peaks is about that service by name."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    known = _seen(work, service_id, seen_version)
    if customer not in chain.customers_of(work, service_id):
        raise NotFound("use")
    about = peaks_about(peaks.visible_peaks(work, customer), service_id)
    if about:
        raise Refusal("use_in_peak", "reason", count=len(about))
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    chain.end_use(work, customer, service_id)
    _keep(work, known, "use.ended", reason.strip(), customer=customer)


def _keep(
    work: Work,
    known: Service,
    action: str,
    reason: str = "",
    *,
    before: Requirement | None = None,
    after: Requirement | None = None,
    customer: str = "",
) -> None:
    """A new version of the service, what happened on the record, and the windows it can touch checked again."""
    chain.save_service(work, known, known.version)
    facts: dict[str, object] = {"customer": customer} if customer else {}
    for name, one in (("before", before), ("after", after)):
        if one:
            facts[name] = {"members": sorted(one.members), "minimum": one.minimum}
    trail.append(work, action, "service", known.id, reason, **facts)
    touched = ChainChange(known.id, before, after).services
    rechecking.after_chain(work, Change(Kind.CHAIN, known.id, known.supplier, action), touched)


def _seen(work: Work, service_id: str, seen_version: int | None) -> Service:
    """The service, if it and what it requires are still what somebody looked at."""
    known = chain.load_service(work, service_id)
    if seen_version not in {None, known.version}:
        raise Refusal("changed_meanwhile")
    return known


def _requirement(work: Work, service_id: str, number: int) -> Requirement:
    found = chain.requirements_of(work, service_id).get(number)
    if found is None:
        raise NotFound("requirement")
    return found


def _require_sound(service: Service) -> None:
    require_fits(name_nl=service.name.nl, name_en=service.name.en)
    if not 1 <= service.required <= MOST_EXPERTS:
        raise Refusal("bad_number", "required", least=1, most=MOST_EXPERTS, got=service.required)


def _require_sound_requirement(work: Work, requirement: Requirement) -> None:
    require_sound_requirement(requirement)
    unknown = sorted(requirement.members - chain.services_named(work, requirement.members).keys())
    if unknown:
        raise Refusal("unknown_service", "members", service=unknown[0])


def _require_party(work: Work, party: str, kind: PartyKind) -> None:
    known = parties.visible_parties(work).get(party)
    if known is None or known.kind is not kind:
        raise Refusal("unknown_customer" if kind is PartyKind.CUSTOMER else "unknown_supplier", str(kind), **{str(kind): party})
