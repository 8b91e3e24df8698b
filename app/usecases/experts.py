"""A supplier's planner (or an administrator) enters experts, what they know and when they cannot be reached."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.absences import (
    FURTHEST,
    LONGEST_REASON,
    MOST_ABSENCES,
    MOST_EXPERTS,
    MOST_KNOWN,
    Absence,
    RegisteredExpert,
    require_sound_absence,
)
from app.domain.access import PartyKind, Right, require
from app.domain.causes import Change, Kind
from app.domain.naming import ids_for
from app.domain.refusal import NotFound, Refusal
from app.domain.register import Name
from app.domain.spans import Instant, Span
from app.store import chain, experts, parties, trail
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases import rechecking
from app.usecases.parties import require_fits


def add_expert(work: Work, supplier: str, name: str, services: Iterable[str]) -> RegisteredExpert:
    """A new expert; a supplier's planner enters those of his own organisation whatever `supplier` says."""
    require(work.actor, Right.KEEP_EXPERTS)
    take_turn(work)
    owner = work.actor.party if work.actor.kind is PartyKind.SUPPLIER else supplier
    known = parties.visible_parties(work).get(owner)
    if known is None or known.kind is not PartyKind.SUPPLIER:
        raise Refusal("unknown_supplier", "supplier", supplier=owner)
    there = experts.ids_of(work, owner)
    if len(there) >= MOST_EXPERTS:
        raise Refusal("too_many_experts", most=MOST_EXPERTS)
    key = next(one for one in ids_for(owner, "expert", "expert") if one not in there)
    new = RegisteredExpert(key, owner, Name(name, name), frozenset(services))
    _require_sound(work, new)
    experts.add(work, new)
    trail.append(work, "expert.added", "expert", new.id, services=sorted(new.services))
    return new


def change_expert(work: Work, expert_id: str, name: str, services: Iterable[str], seen_version: int) -> None:
    """Another name, or other services that he knows. A name that was not retyped keeps its two languages."""
    require(work.actor, Right.KEEP_EXPERTS)
    take_turn(work)
    known = _seen(work, expert_id, seen_version)
    called = known.name if name in {known.name.nl, known.name.en} else Name(name, name)
    changed = replace(known, name=called, services=frozenset(services))
    _require_sound(work, changed)
    if changed == known:
        return
    experts.save(work, changed, known.version)
    trail.append(work, "expert.changed", "expert", expert_id, before=sorted(known.services), services=sorted(changed.services))
    _check_again(work, known, "expert.changed", known.services ^ changed.services, Span(work.now, work.now + FURTHEST))


def add_absence(work: Work, expert_id: str, span: Span, reason: str, seen_version: int) -> None:
    """The expert cannot be reached then. Why stays with his supplier, and is not in the trail."""
    require(work.actor, Right.KEEP_EXPERTS)
    take_turn(work)
    known = _seen(work, expert_id, seen_version)
    require_sound_absence(span, work.now)
    if len(reason) > LONGEST_REASON:
        raise Refusal("bad_length", "reason", most=LONGEST_REASON)
    if len(known.coming(work.now)) >= MOST_ABSENCES:
        raise Refusal("too_many_absences", most=MOST_ABSENCES)
    experts.add_absence(work, expert_id, Absence(span, reason.strip()))
    _keep(work, known, "absence.added", span)


def shorten_absence(work: Work, expert_id: str, number: int, end: Instant, seen_version: int) -> None:
    """He is back earlier: from `end` on he can be reached."""
    require(work.actor, Right.KEEP_EXPERTS)
    take_turn(work)
    known = _seen(work, expert_id, seen_version)
    absence = _absence(known, number, work.now)
    if end <= max(absence.span.start, work.now - 1):
        raise Refusal("back_before_away", "end")
    if end >= absence.span.end:
        raise Refusal("back_no_earlier", "end")
    experts.shorten_absence(work, number, end)
    _keep(work, known, "absence.shortened", absence.span, Span(end, absence.span.end), now_until=end)


def end_absence(work: Work, expert_id: str, number: int, seen_version: int) -> None:
    """He is back now; an absence that has not begun is called off."""
    require(work.actor, Right.KEEP_EXPERTS)
    take_turn(work)
    known = _seen(work, expert_id, seen_version)
    absence = _absence(known, number, work.now)
    if absence.span.start < work.now:
        experts.shorten_absence(work, number, work.now)
    else:
        experts.remove_absence(work, number)
    _keep(work, known, "absence.ended", absence.span, Span(max(work.now, absence.span.start), absence.span.end))


def _keep(work: Work, known: RegisteredExpert, action: str, away: Span, differing: Span | None = None, **facts: object) -> None:
    """A new version of the expert, what happened on the record, and the windows of the time that differs checked again."""
    experts.save(work, known, known.version)
    trail.append(work, action, "expert", known.id, "", start=away.start, end=away.end, **facts)
    _check_again(work, known, action, known.services, differing or away)


def _check_again(work: Work, known: RegisteredExpert, action: str, services: Iterable[str], span: Span) -> None:
    rechecking.after_absence(work, Change(Kind.ABSENCE, known.id, known.supplier, action), services, span)


def _seen(work: Work, expert_id: str, seen_version: int) -> RegisteredExpert:
    """The expert, if he is still as somebody saw him."""
    known = experts.load(work, expert_id)
    if known.version != seen_version:
        raise Refusal("changed_meanwhile")
    return known


def _absence(known: RegisteredExpert, number: int, now: Instant) -> Absence:
    """One of his absences that is not over."""
    found = next((one for one in known.coming(now) if one.number == number), None)
    if found is None:
        raise NotFound("absence")
    return found


def _require_sound(work: Work, one: RegisteredExpert) -> None:
    """With a name, and services of his own supplier."""
    require_fits(name=one.name.nl)
    if len(one.services) > MOST_KNOWN:
        raise Refusal("too_many", "services", most=MOST_KNOWN, got=len(one.services))
    there = chain.services_named(work, one.services)
    foreign = sorted(known for known in one.services if known not in there or there[known].supplier != one.supplier)
    if foreign:
        raise Refusal("unknown_service", "services", service=foreign[0])
