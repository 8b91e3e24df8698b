"""Which dated entries does a calendar file hold? The whole way, for a process that may be stopped at any time."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType

from app.adapters.foreign_calendars.components import Calendar, Component, calendars
from app.adapters.foreign_calendars.content_lines import text_lines
from app.adapters.foreign_calendars.moments import Clocks
from app.adapters.foreign_calendars.reading import Assumed, Reading, Skipped
from app.adapters.foreign_calendars.series import Asked, series_entries, summary_of, uid_of
from app.adapters.foreign_calendars.zones import UTC_ZONE, Zone, Zones
from app.domain.foreign_entries import ForeignEntry
from app.domain.refusal import Refusal

SECONDS_A_SERIES, SECONDS_IN_ALL, LEAST_SECONDS = 1.0, 4.0, 0.05
"""Of processor time. When all of it is used up, each series still gets a little: those that are in order need no more."""

MOST_IN_ALL = 50_000


class OutOfTimeError(Exception):
    """Not Unreadable: what gives up a series must not be taken for a fault of one of its events."""


def read_calendar(data: bytes, first: datetime, last: datetime, zone: str | None = None) -> Reading:
    """The entries that touch `[first, last)`, ascending, and what of the file gave none, each with its reason.

    `first` and `last` are wall clocks in `zone`, which also reads times that name no zone and whole days. Without one
    each event is held against its own clock, and what has no zone is read as X-WR-TIMEZONE or else as UTC.
    A file that is no calendar at all is refused; one bad event never loses the others.
    """
    assumed: list[Assumed] = []
    found = calendars(text_lines(data, assumed), assumed)
    asked = Asked(first, last, Zone(zone) if zone else None)
    until = time.process_time() + SECONDS_IN_ALL
    entries: list[ForeignEntry] = []
    skipped: list[Skipped] = []
    events = outside = 0
    for calendar in found:
        scale = calendar.properties.value("CALSCALE").upper()
        if scale not in {"", "GREGORIAN"}:
            raise Refusal("other_calendar_scale", "file", scale=scale[:40])
        clocks = _clocks(calendar, asked, assumed)
        skipped += calendar.skipped
        events += len(calendar.events)
        for series in _by_uid(calendar.events):
            some, without = _within_time(series, clocks, asked, until)
            entries += some
            skipped += without
            outside += not some and not without
            if len(entries) > MOST_IN_ALL:
                raise Refusal("calendar_too_many_entries", "file", most=MOST_IN_ALL)
    name = next((one for calendar in found for key in ("X-WR-CALNAME", "NAME") if (one := calendar.properties.value(key))), "")
    entries.sort(key=lambda one: (one.start, one.end, one.summary, one.uid))
    return Reading(tuple(entries), tuple(skipped), tuple(dict.fromkeys(assumed)), name[:200], events, outside)


def _clocks(calendar: Calendar, asked: Asked, assumed: list[Assumed]) -> Clocks:
    zones = Zones(calendar.zones)
    stated = calendar.properties.value("X-WR-TIMEZONE") or calendar.properties.value("TIMEZONE-ID")
    own = zones.named(stated) if stated else None
    if stated and own is None:
        assumed.append(Assumed("unknown_zone", stated[:100]))
    return Clocks(zones, own, asked.zone or UTC_ZONE, assumed)


def _by_uid(events: list[Component]) -> list[list[Component]]:
    """Events that belong together; one without a UID stands alone."""
    found: dict[str, list[Component]] = {}
    for number, component in enumerate(events):
        found.setdefault(uid_of(component) or f"\n{number}", []).append(component)
    return list(found.values())


def _within_time(series: list[Component], clocks: Clocks, asked: Asked, until: float) -> tuple[list[ForeignEntry], list[Skipped]]:
    try:
        with _time_limit(until):
            return series_entries(series, clocks, asked)
    except OutOfTimeError:
        reason = "too_long_walk"
    except (OverflowError, ValueError, RecursionError):
        reason = "bad_date"
    return [], [Skipped(reason, uid_of(one), summary_of(one)) for one in series]


@contextmanager
def _time_limit(until: float) -> Iterator[None]:
    """Where the system can tell: a series that takes longer is given up, so that it does not lose the file."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _give_up)
    left = until - time.process_time()
    signal.setitimer(signal.ITIMER_PROF, max(LEAST_SECONDS, min(SECONDS_A_SERIES, left)))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTimeError
