"""How does a calendar differ from the national one it is based on? Days added or taken away, each with its reason, by version.

Nothing is ever overwritten: a change is a new version, so that what was counted with an old one can be counted again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from app.domain.anchor_dates import FIRST_DAY, LAST_DAY
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.domain.workdays import ONE_DAY, Calendars, WorkdayCalendar, calendar_named

MOST_CHANGED_DAYS = 400
LONGEST_CLOSED = 56
"""Days on end without a working day: a date that is rolled to one stays within the two months after or before its own."""


@dataclass(frozen=True)
class ChangedDay:
    """One day that is not as the base says, why, and where that is written.

    `name` is what the day is called by whoever entered it; with a `key` it is that day off of the base, on another date.
    """

    day: date
    is_off: bool
    name: str = ""
    key: str = ""
    reason: str = ""
    source: str = ""


@dataclass(frozen=True)
class CalendarVersion:
    """A customer's own calendar, or a national one corrected (`customer` None, and `name` that of the base).

    `number` counts the versions from 1. `title` and `source` are its owner's words.
    """

    name: str
    base: str
    customer: str | None = None
    title: str = ""
    source: str = ""
    number: int = 1
    days: tuple[ChangedDay, ...] = ()
    reason: str = ""
    made_at: Instant = 0
    made_by: str | None = None


def uncorrected(name: str) -> CalendarVersion:
    """Version 0 of a national calendar: as it comes with the product."""
    return CalendarVersion(name, name, number=0)


def assembled(versions: Iterable[CalendarVersion]) -> Calendars:
    """The national calendars as corrected, and the own ones made from them. At most one version of each is given."""
    own = {one.name: one for one in versions}
    national = {name: with_changes(known, own[name]) if name in own else known for name, known in NATIONAL_CALENDARS.items()}
    return national | {one.name: with_changes(national[one.base], one) for one in own.values() if one.name not in national}


@lru_cache(maxsize=4096)
def with_changes(base: WorkdayCalendar, version: CalendarVersion) -> WorkdayCalendar:
    """The base with the days of a version added or taken away.

    A corrected national calendar is called `2026-1+2` after both its versions; an own one is its number alone, for its base
    is named beside it wherever versions are.
    """
    is_own = version.name != base.name
    added = tuple((one.day, one.key or one.name) for one in version.days if one.is_off)
    taken = frozenset(one.day for one in version.days if not one.is_off)
    return replace(
        base,
        name=version.name,
        version=str(version.number) if is_own else f"{base.version}+{version.number}",
        source=version.source or base.source,
        once=tuple(one for one in base.once if one[0] not in taken) + added,
        not_off=base.not_off | taken,
        base=base.name if is_own else "",
    )


def changed(base: WorkdayCalendar, known: Iterable[ChangedDay], new: Iterable[ChangedDay]) -> tuple[ChangedDay, ...]:
    """The changed days with new ones among them, by date. The later word on a day stands.

    A day that is again as the base has it is no change any more. Refused when nothing would be different.
    """
    before = {one.day: one for one in known}
    after = dict(before)
    for one in new:
        after.pop(one.day, None)
        if one.is_off == base.is_working_day(one.day):
            after[one.day] = one
    if after == before:
        raise Refusal("nothing_changes", "dates")
    return tuple(after[day] for day in sorted(after))


def require_sound_calendar(calendar: WorkdayCalendar, days: Iterable[ChangedDay]) -> None:
    """Not too many days, within the years that are planned, and never closed for longer than a rolled date may move."""
    changes = tuple(days)
    if len(changes) > MOST_CHANGED_DAYS:
        raise Refusal("too_many", "dates", most=MOST_CHANGED_DAYS, got=len(changes))
    for one in changes:
        if not FIRST_DAY <= one.day <= LAST_DAY:
            raise Refusal("bad_date", "dates", got=one.day.isoformat())
    for one in changes:
        if one.is_off and (closed := _closed_around(calendar, one.day)) > LONGEST_CLOSED:
            raise Refusal("closed_too_long", "dates", calendar=calendar.name, day=one.day, days=closed, most=LONGEST_CLOSED)


def _closed_around(calendar: WorkdayCalendar, day: date) -> int:
    """Days on end without a working day, around one of them."""
    return (next(calendar.working_days_from(day, 1)) - next(calendar.working_days_from(day, -1)) - ONE_DAY).days


def versions_named(names: Iterable[str], calendars: Calendars) -> Mapping[str, str]:
    """By name: the version of each of these calendars and of those they are based on."""
    used = set(names)
    used |= {calendar_named(calendars, name).base for name in used} - {""}
    return {name: calendars[name].version for name in sorted(used)}
