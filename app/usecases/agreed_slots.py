"""A supplier, for its own services, or the integrator keeps what was agreed on when a service may be maintained."""

from dataclasses import replace
from datetime import date

from app.domain.access import Right, require
from app.domain.agreed_slots import MOST_SLOTS, AgreedSlot, Agreement, require_sound_slot, write_slot
from app.domain.refusal import NotFound, Refusal
from app.store import agreed_slots, trail
from app.store.database import Work
from app.store.turnstile import take_turn


def set_policy(work: Work, service: str, *, is_closed_outside: bool, seen_version: int) -> None:
    """Close a service outside its agreed slots, or open it by default."""
    known = _seen(work, service, seen_version)
    agreed_slots.save(work, replace(known, is_closed_outside=is_closed_outside))
    trail.append(work, "slots.closed" if is_closed_outside else "slots.opened", "service", service)


def agree_slot(work: Work, service: str, slot: AgreedSlot, seen_version: int) -> None:
    """Agree on one more maintenance slot of a service."""
    known = _seen(work, service, seen_version)
    if len(known.slots) >= MOST_SLOTS:
        raise Refusal("too_many", "rrule", most=MOST_SLOTS, got=len(known.slots) + 1)
    require_sound_slot(slot)
    agreed_slots.save(work, known)
    agreed_slots.add_slot(work, service, slot)
    trail.append(work, "slots.agreed", "service", service, slot=write_slot(slot))


def end_slot(work: Work, service: str, slot_id: int, last: date, seen_version: int) -> None:
    """A slot holds up to and including a day; what it was before stays readable."""
    known = _seen(work, service, seen_version)
    slot = next((one for one in known.slots if one.id == slot_id), None)
    if slot is None:
        raise NotFound("slot")
    ended = replace(slot, valid_until=last)
    require_sound_slot(ended)
    agreed_slots.save(work, known)
    agreed_slots.end_slot(work, ended)
    trail.append(work, "slots.ended", "service", service, slot=write_slot(ended))


def _seen(work: Work, service: str, seen_version: int) -> Agreement:
    require(work.actor, Right.PROPOSE)
    take_turn(work)
    known = agreed_slots.load(work, service)
    if known.version != seen_version:
        raise Refusal("changed_meanwhile")
    return known
