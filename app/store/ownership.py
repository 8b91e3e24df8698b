"""Whose is it? What belongs to customers the integrator sees whole, a customer as far as it is its own, a supplier not at all."""

from sqlalchemy import ColumnElement, false, true

from app.domain.access import PartyKind
from app.store.database import Work


def customers_own(work: Work, customer_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the actor may see a row, by the column that says whose it is (DESIGN section 4)."""
    match work.actor.kind:
        case PartyKind.INTEGRATOR:
            return true()
        case PartyKind.CUSTOMER:
            return customer_id == work.actor.party
        case PartyKind.SUPPLIER:
            return false()
