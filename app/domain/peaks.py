"""What is a peak? A customer's registered busy period: when, how severe, for which of its services."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.anchors import AnchorRule
from app.domain.windows import ChangeType, Impact, Window

MOST_EXCEPTIONS = 200
"""Moves, and suspensions, of one peak: they are made one by one, by hand."""


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


@dataclass(frozen=True, order=True)
class Move:
    """What would fall on the anchor `day` falls on `to` instead, with as many days, and leads of its own."""

    day: date
    to: date


@dataclass(frozen=True, order=True)
class Suspension:
    """From the first to the last local day, both whole, nothing is busy; after that it ends by itself."""

    first: date
    last: date


@dataclass(frozen=True)
class Peak:
    """`services` None means every service the customer uses, empty means none.

    Validity bounds are inclusive and look at the (adjusted) anchor. `except_on` names anchors to leave out with their
    whole busy period, `also_on` adds anchors; both come before `moved` and `suspended`. `horizon_until` is the last day
    up to which a list of dates is known. `change_types` and `impacts` limit a peak to windows of these kinds; None is
    every kind.
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
    moved: frozenset[Move] = frozenset()
    suspended: frozenset[Suspension] = frozenset()
    change_types: frozenset[ChangeType] | None = None
    impacts: frozenset[Impact] | None = None

    def covers(self, service: str) -> bool:
        return self.services is None or service in self.services

    def is_valid_on(self, anchor: date) -> bool:
        return (self.valid_from is None or anchor >= self.valid_from) and (self.valid_until is None or anchor <= self.valid_until)

    def concerns(self, window: Window) -> bool:
        """Whether a window is of the kinds this peak is limited to. An impact that nobody declared counts as every one."""
        is_of_type = self.change_types is None or window.type in self.change_types
        return is_of_type and (self.impacts is None or window.impact is None or window.impact in self.impacts)

    def is_suspended_on(self, day: date) -> bool:
        return any(one.first <= day <= one.last for one in self.suspended)
