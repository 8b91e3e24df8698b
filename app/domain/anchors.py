"""The ways to say on which dates something falls: one frozen value for each kind of anchor rule.

What the kinds mean stands with the functions that turn them into dates: `yearly.py` and `anchor_dates.py`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from functools import cached_property

from app.domain.foreign_entries import ForeignEntry
from app.domain.spans import Span, merged
from app.domain.walltime import local_day


class Weekday(IntEnum):
    """Monday is 0, as in `date.weekday()`."""

    MO = 0
    TU = 1
    WE = 2
    TH = 3
    FR = 4
    SA = 5
    SU = 6


class Feb29(StrEnum):
    """Where a rule for 29 February goes in a common year."""

    SKIP = "skip"
    FEB28 = "feb28"
    MAR01 = "mar01"


class Direction(StrEnum):
    ON_OR_AFTER = "on_or_after"
    AFTER = "after"
    ON_OR_BEFORE = "on_or_before"
    BEFORE = "before"


class Church(StrEnum):
    WESTERN = "western"
    ORTHODOX = "orthodox"


class Roll(StrEnum):
    """How a date that is no working day moves to one."""

    NONE = "none"
    PRECEDING = "preceding"
    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified_following"
    MODIFIED_PRECEDING = "modified_preceding"


@dataclass(frozen=True)
class IfWeekday:
    """An adjustment that applies when the date falls on that weekday."""

    weekday: Weekday
    add_days: int


@dataclass(frozen=True)
class IfSameAs:
    """An adjustment that applies when the date is also an anchor of another rule."""

    rule: "AnchorRule"
    add_days: int


Adjustment = IfWeekday | IfSameAs


@dataclass(frozen=True, kw_only=True)
class Movable:
    """What several kinds share: days added to the date, then at most one adjustment, the first that matches."""

    offset_days: int = 0
    adjust: tuple[Adjustment, ...] = ()


@dataclass(frozen=True)
class Fixed(Movable):
    month: int
    day: int
    feb29: Feb29 = Feb29.SKIP


@dataclass(frozen=True)
class NthWeekday(Movable):
    """The n-th (from the end when negative) weekday of a month; a month without it has no anchor."""

    month: int
    weekday: Weekday
    n: int


@dataclass(frozen=True)
class WeekdayFrom(Movable):
    """The weekday nearest to a date, in one direction."""

    month: int
    day: int
    weekday: Weekday
    direction: Direction


@dataclass(frozen=True)
class Easter(Movable):
    church: Church = Church.WESTERN


@dataclass(frozen=True)
class Holiday(Movable):
    """The observed date of a named day off of a working-day calendar."""

    calendar: str
    key: str


@dataclass(frozen=True)
class WorkingDay:
    """The n-th (from the end when negative) working day of each month, or of the named months."""

    calendar: str
    n: int
    months: tuple[int, ...] | None = None


@dataclass(frozen=True)
class DayRolled:
    """A day of the month (None: the last; beyond its length: the last) moved to a working day."""

    calendar: str
    day: int | None
    roll: Roll
    months: tuple[int, ...] | None = None


@dataclass(frozen=True)
class WorkdayOffset:
    """The n-th working day after (n > 0) or before (n < 0) another rule's anchor."""

    base: "AnchorRule"
    calendar: str
    n: int


@dataclass(frozen=True)
class Recurrence:
    """An RFC 5545 recurrence over whole days; see `recurrence.py` for the part that is read."""

    dtstart: date
    rrule: str


@dataclass(frozen=True)
class Dates:
    """Dates and inclusive ranges of dates, one by one, ascending."""

    dates: tuple["Anchor", ...]


@dataclass(frozen=True)
class Entries:
    """Dated entries of a calendar that is kept elsewhere, ascending, each with hours of its own.

    An entry belongs to the local day in `zone` on which it starts. Elapsed minutes are added around each: a match is
    busy from two hours before kick-off to three hours after the whistle. `only` tells by which words in their titles
    they were chosen from their calendar.
    """

    zone: str
    entries: tuple[ForeignEntry, ...]
    minutes_before: int = 0
    minutes_after: int = 0
    only: str = ""

    @cached_property
    def by_day(self) -> Mapping[date, Sequence[ForeignEntry]]:
        found: dict[date, list[ForeignEntry]] = defaultdict(list)
        for one in self.entries:
            found[local_day(one.start, self.zone)].append(one)
        return found

    @cached_property
    def anchors(self) -> tuple["Anchor", ...]:
        """Each day that has entries, up to the last day on which one of them still lasts."""
        return tuple(
            Anchor(day, local_day(max(day_of.end - 1 if day_of.end > day_of.start else day_of.start for day_of in some), self.zone))
            for day, some in sorted(self.by_day.items())
        )

    def busy_on(self, day: date) -> list[Span]:
        """What the entries of that day keep busy; an entry without length and without minutes around it is nothing."""
        before, after = self.minutes_before * 60, self.minutes_after * 60
        spans = [Span(one.start - before, one.end + after) for one in self.by_day.get(day, ())]
        return merged(span for span in spans if span.start < span.end)


@dataclass(frozen=True)
class FromTo:
    """For each anchor of one rule, up to the first anchor of the other on or after it (`span` in files)."""

    start: "AnchorRule"
    until: "AnchorRule"


YearlyRule = Fixed | NthWeekday | WeekdayFrom | Easter
AnchorRule = YearlyRule | Holiday | WorkingDay | DayRolled | WorkdayOffset | Recurrence | Dates | Entries | FromTo


@dataclass(frozen=True, order=True)
class Anchor:
    """The date a rule names, or the inclusive range of dates; the first date stands for the whole."""

    first: date
    last: date = field(default=date.min)

    def __post_init__(self) -> None:
        if self.last == date.min:
            object.__setattr__(self, "last", self.first)
