"""What is agreed with a customer: how long before a window it wants to know of it."""

from app.domain.access import PartyKind, Right, require
from app.domain.notice import NoticeTerm, require_sound_term
from app.domain.refusal import NotFound
from app.store import notice, parties, trail
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.turnstile import take_turn


def agree_notice(work: Work, customer: str, term: NoticeTerm) -> None:
    """From its day on this is the customer's notice term; what was agreed before it stays on the record."""
    require(work.actor, Right.KEEP_PARTIES)
    take_turn(work)
    party = parties.visible_parties(work).get(customer)
    if party is None or party.kind is not PartyKind.CUSTOMER:
        raise NotFound("customer")
    require_sound_term(term, load_calendars(work, {customer}))
    notice.add_term(work, customer, term)
    since = term.since.isoformat() if term.since else ""
    trail.append(work, "notice.agreed", "party", customer, n=term.n, unit=term.unit, calendar=term.calendar or "", since=since)
