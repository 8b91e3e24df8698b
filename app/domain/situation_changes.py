"""What is different between two looks at a window? What is new, gone and changed, as values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.chain import Requirement
from app.domain.situation import BusyPeak, Situation, Waiver
from app.domain.windows import Window

T = TypeVar("T")
Key = tuple[str, ...]


class PeakPart(StrEnum):
    """What of a peak is not as it was."""

    SEVERITY = "severity"
    TIMES = "times"
    SERVICES = "services"
    KINDS = "kinds"
    HORIZON = "horizon"
    RULE = "rule"
    """Only how it is written: at the time that is looked at it is busy as before."""


class WindowPart(StrEnum):
    """What of a window is not as it was."""

    TIMES = "times"
    ROLLBACK = "rollback"
    SERVICES = "services"
    TYPE = "type"
    IMPACT = "impact"


@dataclass(frozen=True)
class Difference(Generic[T]):
    """What only the later look sees, and what only the earlier one saw."""

    new: tuple[T, ...] = ()
    gone: tuple[T, ...] = ()


@dataclass(frozen=True)
class ChangedPeak:
    before: BusyPeak
    after: BusyPeak
    parts: tuple[PeakPart, ...]


@dataclass(frozen=True)
class ChangedWindow:
    before: Window
    after: Window
    parts: tuple[WindowPart, ...]


@dataclass(frozen=True)
class Use:
    """A customer uses a service that the window can reach."""

    customer: str
    service: str


@dataclass(frozen=True)
class ChangedCalendar:
    """A working-day calendar that peaks are counted with, in another version; "" is not counted with."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class SituationChanges:
    """Everything that is different.

    A requirement or a use that is new is looked at now and was not: it may have been there, out of reach.
    """

    peaks: Difference[BusyPeak] = Difference()
    changed_peaks: tuple[ChangedPeak, ...] = ()
    windows: Difference[Window] = Difference()
    changed_windows: tuple[ChangedWindow, ...] = ()
    requirements: Difference[Requirement] = Difference()
    uses: Difference[Use] = Difference()
    waivers: Difference[Waiver] = Difference()
    calendars: tuple[ChangedCalendar, ...] = ()


def situation_changes(before: Situation, after: Situation) -> SituationChanges:
    """From one look to another at the same time, each reduced to what can matter for the same windows."""
    old_peaks, new_peaks = _peaks(before), _peaks(after)
    old_windows, new_windows = ({one.id: one for one in look.committed} for look in (before, after))
    return SituationChanges(
        peaks=_only(old_peaks, new_peaks),
        changed_peaks=tuple(ChangedPeak(*pair, _peak_parts(*pair)) for pair in _changed(old_peaks, new_peaks)),
        windows=_only(old_windows, new_windows),
        changed_windows=tuple(ChangedWindow(*pair, window_parts(*pair)) for pair in _changed(old_windows, new_windows)),
        requirements=_sets(before.chain.requirements, after.chain.requirements, _by_service),
        uses=_sets(_uses(before), _uses(after), lambda one: (one.customer, one.service)),
        waivers=_sets(before.waivers, after.waivers, lambda one: (one.customer, one.peak, one.anchor.isoformat())),
        calendars=tuple(_calendars(before.calendars, after.calendars)),
    )


def window_parts(before: Window, after: Window) -> tuple[WindowPart, ...]:
    """What of a window is not as it was; none when it is the same."""
    times = [(one.zone, one.start, one.end, one.start_fold, one.end_fold, one.series) for one in (before, after)]
    differs = {
        WindowPart.TIMES: times[0] != times[1],
        WindowPart.ROLLBACK: before.rollback_minutes != after.rollback_minutes,
        WindowPart.SERVICES: before.services != after.services,
        WindowPart.TYPE: before.type != after.type,
        WindowPart.IMPACT: before.impact != after.impact,
    }
    return tuple(part for part, is_other in differs.items() if is_other)


def _peak_parts(before: BusyPeak, after: BusyPeak) -> tuple[PeakPart, ...]:
    old, new = before.peak, after.peak
    differs = {
        PeakPart.SEVERITY: old.severity is not new.severity,
        PeakPart.TIMES: set(before.occurrences) != set(after.occurrences),
        PeakPart.SERVICES: old.services != new.services,
        PeakPart.KINDS: (old.change_types, old.impacts) != (new.change_types, new.impacts),
        PeakPart.HORIZON: old.horizon_until != new.horizon_until,
    }
    found = tuple(part for part, is_other in differs.items() if is_other)
    return found or (PeakPart.RULE,)


def _peaks(situation: Situation) -> dict[str, BusyPeak]:
    return {one.peak.id: one for _, group in sorted(situation.busy.items()) for one in sorted(group, key=lambda one: one.peak.id)}


def _uses(situation: Situation) -> set[Use]:
    return {Use(customer.id, service) for customer in situation.customers for service in customer.uses}


def _by_service(one: Requirement) -> Key:
    return one.service, ",".join(sorted(one.members)), str(one.minimum)


def _only(before: Mapping[str, T], after: Mapping[str, T]) -> Difference[T]:
    new = (one for key, one in after.items() if key not in before)
    return Difference(tuple(new), tuple(one for key, one in before.items() if key not in after))


def _changed(before: Mapping[str, T], after: Mapping[str, T]) -> list[tuple[T, T]]:
    return [(one, after[key]) for key, one in before.items() if key in after and one != after[key]]


def _sets(before: Iterable[T], after: Iterable[T], key: Callable[[T], Key]) -> Difference[T]:
    old, new = set(before), set(after)
    return Difference(tuple(sorted(new - old, key=key)), tuple(sorted(old - new, key=key)))


def _calendars(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[ChangedCalendar]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            yield ChangedCalendar(name, old, new)
