"""When may a service be maintained at all? The maintenance slots that were agreed for it, and what holds outside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.domain import recurrence
from app.domain.peaks import DailyHours
from app.domain.recurrence_parts import parsed
from app.domain.refusal import Refusal
from app.domain.spans import Span, merged, without
from app.domain.walltime import local_day, rule_instant, zone
from app.domain.workdays import ONE_DAY

MOST_SLOTS = 50
"""Of one service."""


@dataclass(frozen=True)
class AgreedSlot:
    """Hours on the days of a recurrence, on the clock of a zone; an end at or before the start is on the next day.

    The recurrence counts from `valid_from`; both bounds are inclusive and look at the day on which the slot starts. A
    clock time that does not exist takes the offset before the gap, one that happens twice is the first (RFC 5545).
    """

    rrule: str
    hours: DailyHours
    zone: str
    valid_from: date
    valid_until: date | None = None
    id: int = 0

    def spans(self, around: Span) -> list[Span]:
        """The slots that meet a span, ascending."""
        first = max(self.valid_from, local_day(around.start, self.zone) - 2 * ONE_DAY)
        last = local_day(around.end, self.zone)
        if self.valid_until is not None:
            last = min(last, self.valid_until)
        days = recurrence.days(self.valid_from, self.rrule, first, last) if first <= last else []
        found = (Span(*(rule_instant(wall, self.zone) for wall in self._clocks(day))) for day in days)
        return [span for span in found if span.start < span.end and span.overlaps(around)]

    def _clocks(self, day: date) -> tuple[datetime, datetime]:
        midnight = datetime.combine(day, time())
        next_day = ONE_DAY if self.hours.end <= self.hours.start else timedelta()
        return midnight + timedelta(minutes=self.hours.start), midnight + next_day + timedelta(minutes=self.hours.end)


@dataclass(frozen=True)
class Agreement:
    """What was agreed for one service: its slots, and whether it is closed outside them or open by default."""

    service: str
    is_closed_outside: bool = False
    slots: tuple[AgreedSlot, ...] = ()
    version: int = 0


def require_sound_slot(slot: AgreedSlot) -> None:
    """A slot can be dated: refused are an unknown zone, a recurrence that cannot be read, and an end before the start."""
    zone(slot.zone)
    parsed(slot.rrule)
    if slot.valid_until is not None and slot.valid_until < slot.valid_from:
        raise Refusal("end_before_start", "valid_until")


def write_slot(slot: AgreedSlot) -> dict[str, object]:
    """As it stands in the trail."""
    last = slot.valid_until.isoformat() if slot.valid_until else None
    hours = [slot.hours.start, slot.hours.end]
    return {"rrule": slot.rrule, "hours": hours, "tz": slot.zone, "from": slot.valid_from.isoformat(), "until": last}


def read_slot(written: object) -> AgreedSlot:
    match written:
        case {"rrule": str(rrule), "hours": [int(start), int(end)], "tz": str(tz), "from": str(first), "until": until}:
            last = date.fromisoformat(until) if isinstance(until, str) else None
            return AgreedSlot(rrule, DailyHours(start, end), tz, date.fromisoformat(first), last)
        case _:
            raise Refusal("bad_value", "slot")


def closed(agreed: Iterable[Agreement], span: Span) -> list[Span]:
    """The stretches of a span in which one of the services is closed, merged and ascending. Closed without a slot is always."""
    gaps = [gap for one in agreed if one.is_closed_outside for gap in without(span, merged(_slots(one, span)))]
    return merged(gaps)


def within(agreed: Iterable[Agreement], span: Span) -> bool:
    """Whether an exposure, its rollback reserve included, stays within what was agreed for every one of the services."""
    return not closed(agreed, span)


def _slots(agreement: Agreement, span: Span) -> list[Span]:
    return [found for slot in agreement.slots for found in slot.spans(span)]
