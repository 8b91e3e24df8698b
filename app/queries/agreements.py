"""What is agreed with customers, as far as the reader may know it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notice import NoticeTerm
from app.domain.refusal import NotFound
from app.queries.names import Names, load_names
from app.store import notice
from app.store.database import Work


@dataclass(frozen=True)
class Agreements:
    """By customer its notice terms, the one that holds longest ahead first; `calendars` is what working days may count by."""

    customers: Sequence[str]
    terms: dict[str, tuple[NoticeTerm, ...]]
    calendars: Sequence[str]
    names: Names


def agreements(work: Work) -> Agreements:
    """The integrator reads every customer's, a customer its own; a supplier is party to none."""
    if work.actor.kind is PartyKind.SUPPLIER:
        raise NotFound("page")
    names = load_names(work)
    customers = [one.id for one in names.parties.values() if one.kind is PartyKind.CUSTOMER]
    return Agreements(customers, notice.terms_of(work, customers), sorted(NATIONAL_CALENDARS), names)
