"""What is a peak? A customer's registered busy period: when, how severe, for which of its services."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.anchors import AnchorRule


class Severity(StrEnum):
    """freeze: no maintenance; restricted: only with the customer's waiver; advisory: be aware."""

    FREEZE = "freeze"
    RESTRICTED = "restricted"
    ADVISORY = "advisory"


@dataclass(frozen=True)
class DailyHours:
    """Minutes after local midnight. An end at or before the start is on the next day; 24:00 is 1440."""

    start: int
    end: int


@dataclass(frozen=True)
class Lead:
    """Days added around the anchor: calendar days, or working days of a named calendar."""

    before: int = 0
    after: int = 0
    calendar: str | None = None


@dataclass(frozen=True)
class Peak:
    """`services` None means every service the customer uses, empty means none.

    Validity bounds are inclusive and look at the (adjusted) anchor. `except_on` names anchors to leave out with their
    whole busy period, `also_on` adds anchors. `horizon_until` is the last day up to which a list of dates is known.
    """

    id: str
    customer: str
    severity: Severity
    zone: str
    rule: AnchorRule
    services: frozenset[str] | None = None
    lead: Lead = Lead()
    daily: DailyHours | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    except_on: frozenset[date] = frozenset()
    also_on: frozenset[date] = frozenset()
    enabled: bool = True
    horizon_until: date | None = None

    def covers(self, service: str) -> bool:
        return self.services is None or service in self.services

    def is_valid_on(self, anchor: date) -> bool:
        return (self.valid_from is None or anchor >= self.valid_from) and (self.valid_until is None or anchor <= self.valid_until)
