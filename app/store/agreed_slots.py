"""What was agreed for services: maintenance slots, and whether a service is closed outside them."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import insert, select, update

from app.domain.access import PartyKind
from app.domain.agreed_slots import AgreedSlot, Agreement
from app.domain.peaks import DailyHours
from app.domain.refusal import NotFound
from app.store import parties
from app.store.database import Work
from app.store.tables import agreed_slot, agreement


def agreements(work: Work, services: Iterable[str] | None = None) -> dict[str, Agreement]:
    """By service: what was agreed, for these or for all services, as far as the actor may see them.

    The integrator sees every service's, a supplier its own, a customer none. A service without an agreement is open.
    """
    if work.actor.kind is PartyKind.CUSTOMER:
        return {}
    wanted = sorted(parties.visible_services(work, services))
    slots: dict[str, list[AgreedSlot]] = defaultdict(list)
    chosen = select(agreed_slot).where(agreed_slot.c.service_id.in_(wanted)).order_by(agreed_slot.c.id)
    for row in work.connection.execute(chosen):
        hours = DailyHours(row.start_minute, row.end_minute)
        slots[row.service_id].append(AgreedSlot(row.rrule, hours, row.zone, row.valid_from, row.valid_until, row.id))
    known = {row.service_id: row for row in work.connection.execute(select(agreement).where(agreement.c.service_id.in_(wanted)))}
    return {
        one: Agreement(one, known[one].closed_outside, tuple(slots[one]), known[one].version) if one in known else Agreement(one)
        for one in wanted
    }


def load(work: Work, service: str) -> Agreement:
    """What was agreed for one service that the actor may see; any other does not exist."""
    found = agreements(work, [service])
    if service not in found:
        raise NotFound("service")
    return found[service]


def save(work: Work, changed: Agreement) -> None:
    """Write whether it is closed outside its slots, as the next version."""
    values = {"closed_outside": changed.is_closed_outside, "version": changed.version + 1}
    if changed.version:
        work.connection.execute(update(agreement).where(agreement.c.service_id == changed.service).values(values))
    else:
        work.connection.execute(insert(agreement).values(service_id=changed.service, **values))


def add_slot(work: Work, service: str, new: AgreedSlot) -> None:
    work.connection.execute(
        insert(agreed_slot).values(
            service_id=service,
            rrule=new.rrule,
            start_minute=new.hours.start,
            end_minute=new.hours.end,
            zone=new.zone,
            valid_from=new.valid_from,
            valid_until=new.valid_until,
        )
    )


def end_slot(work: Work, slot: AgreedSlot) -> None:
    """A slot keeps what it was; only its last day is written."""
    work.connection.execute(update(agreed_slot).where(agreed_slot.c.id == slot.id).values(valid_until=slot.valid_until))
