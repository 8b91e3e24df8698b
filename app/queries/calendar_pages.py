"""The working-day calendars a reader may see, and one of them with its days off of a year, its versions and who counts with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.access import PartyKind, Right
from app.domain.days_off import GivenDay, days_off_of
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.own_calendars import CalendarVersion, ChangedDay, with_changes
from app.domain.refusal import NotFound
from app.domain.register import RegisteredPeak
from app.domain.rule_parts import calendars_used
from app.domain.workdays import WorkdayCalendar
from app.queries.names import Names, load_names
from app.store import calendars, peaks, trail
from app.store.database import Work


@dataclass(frozen=True)
class CalendarLine:
    version: CalendarVersion
    calendar: WorkdayCalendar


@dataclass(frozen=True)
class CalendarList:
    lines: Sequence[CalendarLine]
    names: Names


@dataclass(frozen=True)
class PastVersion:
    """A version in the list of them. `facts` says what dating again did, for those who may know."""

    version: CalendarVersion
    facts: Mapping[str, object]


@dataclass(frozen=True)
class CalendarPage:
    """A calendar in one of its versions. `days` are those off in the year, `worked` those that were taken away."""

    version: CalendarVersion
    calendar: WorkdayCalendar
    base: CalendarVersion
    year: int
    days: Sequence[GivenDay]
    worked: Sequence[ChangedDay]
    history: Sequence[PastVersion]
    peaks: Sequence[RegisteredPeak]
    is_latest: bool
    may_change: bool
    names: Names


def calendar_list(work: Work) -> CalendarList:
    found = calendars.visible_calendars(work)
    known = {one.name: one for one in found}
    return CalendarList([CalendarLine(one, _calendar(one, known[one.base])) for one in found], load_names(work))


def calendar_page(work: Work, name: str, year: int, number: int | None = None) -> CalendarPage:
    """A calendar the actor may see, in its last version or an earlier one; an own one on its base as that is now."""
    versions = calendars.versions_of(work, name)
    latest = versions[-1]
    shown = latest if number is None else next((one for one in versions if one.number == number), None)
    if shown is None:
        raise NotFound("calendar")
    base = shown if name == shown.base else calendars.versions_of(work, shown.base)[-1]
    calendar = _calendar(shown, base)
    changes = shown.days if base is shown else (*shown.days, *base.days)
    history = _history(work, versions)
    return CalendarPage(
        version=_disclosed(work, shown),
        calendar=calendar,
        base=base,
        year=year,
        days=days_off_of(calendar, year, changes),
        worked=[one for one in changes if not one.is_off and one.day.year == year and calendar.is_working_day(one.day)],
        history=history,
        peaks=_counting_with(work, name),
        is_latest=shown is latest,
        may_change=shown is latest and _may_change(work, shown),
        names=load_names(work, person_ids={one.version.made_by for one in history if one.version.made_by}),
    )


def _calendar(version: CalendarVersion, base: CalendarVersion) -> WorkdayCalendar:
    """The calendar of a version; a national one that was never corrected is as shipped."""
    shipped = NATIONAL_CALENDARS[version.base]
    national = with_changes(shipped, base) if base.number else shipped
    return national if version.name == base.name else with_changes(national, version)


def _history(work: Work, versions: Sequence[CalendarVersion]) -> list[PastVersion]:
    """Newest first. Who made a national one, and how many peaks moved, is for the integrator: the peaks are others'."""
    told = {entry.facts.get("number", 1): entry.facts for entry in trail.entries(work, "calendar", versions[-1].name)}
    return [
        PastVersion(_disclosed(work, one), told.get(one.number, {}) if _is_ours(work, one) else {}) for one in reversed(versions)
    ]


def _disclosed(work: Work, version: CalendarVersion) -> CalendarVersion:
    return version if _is_ours(work, version) else replace(version, made_by=None)


def _may_change(work: Work, version: CalendarVersion) -> bool:
    return work.actor.may(Right.KEEP_CALENDARS) and _is_ours(work, version)


def _is_ours(work: Work, version: CalendarVersion) -> bool:
    return work.actor.kind is PartyKind.INTEGRATOR or version.customer is not None


def _counting_with(work: Work, name: str) -> list[RegisteredPeak]:
    """The peaks the actor may see whose dates depend on it, also by way of a calendar based on it."""
    based = {one.name for one in calendars.visible_calendars(work) if name in {one.name, one.base}}
    return [one for one in peaks.visible_peaks(work) if calendars_used(one.peak) & based]
