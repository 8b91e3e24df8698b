"""Exceptions to a peak in their written form, as the trail keeps them."""

from collections.abc import Mapping
from typing import assert_never

from app.domain.notation.fields import Fields
from app.domain.peak_exceptions import PeakException, TakenOut
from app.domain.peaks import Move, Suspension


def write_exception(what: PeakException) -> dict[str, object]:
    """`{day}`, `{day, to}` or `{from, until}`: the fields tell the kind."""
    match what:
        case TakenOut(day):
            return {"day": day.isoformat()}
        case Move(day, to):
            return {"day": day.isoformat(), "to": to.isoformat()}
        case Suspension(first, last):
            return {"from": first.isoformat(), "until": last.isoformat()}
        case _:
            assert_never(what)


def read_exception(written: Mapping[str, object]) -> PeakException:
    fields = Fields(written)
    if fields.has("from"):
        return Suspension(fields.day("from"), fields.day("until"))
    return Move(fields.day("day"), fields.day("to")) if fields.has("to") else TakenOut(fields.day("day"))
