"""A working-day calendar of a customer's own is added, and days of a calendar are put right; all that count with it follow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.access import SYSTEM, PartyKind, Right, require
from app.domain.naming import ids_for
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.own_calendars import CalendarVersion, ChangedDay, changed, require_sound_calendar, with_changes
from app.domain.refusal import NotFound, Refusal
from app.domain.workdays import calendar_named
from app.store import calendars, parties, peaks, trail
from app.store.calendars import every_calendar
from app.store.database import Work
from app.store.peaks import DatedAgain
from app.store.turnstile import take_turn
from app.usecases.rechecking import after_calendar
from app.usecases.waiving import lapse_of_peak

MOST_CALENDARS = 20


@dataclass(frozen=True)
class CalendarDraft:
    """What is filled in for a customer's own calendar: the national one it is based on, and the days that differ."""

    customer: str
    base: str
    title: str
    source: str
    days: Sequence[ChangedDay] = ()


def add_calendar(work: Work, draft: CalendarDraft) -> CalendarVersion:
    """Add a calendar for one customer. An administrator does so for any, a customer's planner for his own organisation."""
    require(work.actor, Right.KEEP_CALENDARS)
    take_turn(work)
    customer = _customer(work, draft.customer)
    if sum(one.customer == customer for one in calendars.visible_calendars(work)) >= MOST_CALENDARS:
        raise Refusal("too_many_calendars", most=MOST_CALENDARS)
    if draft.base not in NATIONAL_CALENDARS:
        raise Refusal("bad_choice", "base")
    base = calendar_named(every_calendar(work), draft.base)
    name = next(one for one in ids_for(customer, draft.title, "calendar") if not calendars.exists(work, one))
    days = changed(base, (), draft.days) if draft.days else ()
    new = CalendarVersion(name, draft.base, customer, draft.title, draft.source, 1, days, made_at=work.now, made_by=_person(work))
    require_sound_calendar(with_changes(base, new), days)
    calendars.add_version(work, new)
    trail.append(work, "calendar.added", "calendar", name, days=len(days))
    return new


def change_days(work: Work, name: str, days: Sequence[ChangedDay], reason: str, seen_number: int) -> DatedAgain:
    """Make days of a calendar days off or working days, as a new version; the old one stays.

    Every peak that counts with it, or with a calendar based on it, is dated again at once, and its waivers lapse where
    its dates moved.
    """
    require(work.actor, Right.KEEP_CALENDARS)
    take_turn(work)
    known = calendars.versions_of(work, name)[-1]
    if known.customer is None and work.actor.kind is not PartyKind.INTEGRATOR:
        raise Refusal("not_allowed", right=Right.KEEP_CALENDARS)
    if known.number != seen_number:
        raise Refusal("changed_meanwhile")
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    before = every_calendar(work)
    base = before[known.base] if known.customer else NATIONAL_CALENDARS[name]
    new = replace(
        known,
        number=known.number + 1,
        days=changed(base, known.days, days),
        reason=reason.strip(),
        made_at=work.now,
        made_by=_person(work),
    )
    calendars.add_version(work, new)
    _require_sound(work, name)
    again = peaks.date_again(work, before, every_calendar(work))
    _tell(work, new, again)
    return again


def _require_sound(work: Work, name: str) -> None:
    """The new version, and every own calendar that is based on it: a day more could close one of them for too long."""
    after = every_calendar(work)
    for one in calendars.visible_calendars(work):
        if name in {one.name, one.base}:
            require_sound_calendar(after[one.name], one.days)


def _tell(work: Work, new: CalendarVersion, again: DatedAgain) -> None:
    """What happened stands with the calendar, and with each peak that got other dates."""
    facts = {"number": new.number, "peaks": again.count, "moved": len(again.moved), "later": len(again.later)}
    trail.append(work, "calendar.changed", "calendar", new.name, new.reason, **facts)
    for peak in (*again.moved, *again.later):
        lapse_of_peak(work, peak)
    for peak in again.moved:
        trail.append(work, "peak.dated_again", "peak", peak, new.reason, calendar=new.name, number=new.number)
    after_calendar(work, "calendar.changed", new.name, new.customer or "", again.customers)


def _customer(work: Work, chosen: str) -> str:
    customer = work.actor.party if work.actor.kind is PartyKind.CUSTOMER else chosen
    party = parties.visible_parties(work).get(customer)
    if party is None or party.kind is not PartyKind.CUSTOMER:
        raise NotFound("customer")
    return customer


def _person(work: Work) -> str | None:
    return None if work.actor == SYSTEM else work.actor.id
