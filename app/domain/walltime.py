"""Wall clocks to instants. The only module that reads a time zone.

Zones come from the pinned tzdata package, never from the operating system: two hosts would disagree.
"""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.refusal import Refusal
from app.domain.spans import Instant, Span

zoneinfo.reset_tzpath(to=())
ZONE_NAMES = frozenset(zoneinfo.available_timezones())
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 1971, 2199
MOST_DAYS = 100_000
"""Local days that are kept: four years of them in 68 zones, some tens of megabytes."""


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The IANA zone of that exact name; anything else is refused (`unknown_timezone`)."""
    if name not in ZONE_NAMES:
        raise Refusal("unknown_timezone", "tz", zone=name)
    return ZoneInfo(name)


def rule_instant(wall: datetime, zone_name: str) -> Instant:
    """A rule's or a series' wall clock as an instant.

    A time that does not exist takes the offset before the gap, a time that happens twice is the first one
    (RFC 5545 section 3.3.5).
    """
    return _seconds(wall.replace(tzinfo=zone(zone_name), fold=0))


def single_instant(wall: datetime, zone_name: str, fold: int | None, field: str) -> Instant:
    """A single window's wall clock as an instant.

    A time that does not exist is refused (`nonexistent_local_time`); one that happens twice must say which
    (`ambiguous_local_time` when `fold` is None; 0 is the first, 1 the second).
    """
    require_exists(wall, zone_name, field)
    first = wall.replace(tzinfo=zone(zone_name), fold=0)
    second = first.replace(fold=1)
    if first.utcoffset() != second.utcoffset():
        if fold is None:
            raise Refusal("ambiguous_local_time", field, wall=wall, zone=zone_name)
        return _seconds(second if fold else first)
    return _seconds(first)


def require_exists(wall: datetime, zone_name: str, field: str) -> None:
    """Refused (`nonexistent_local_time`) when the clocks of the zone skip that time."""
    first = wall.replace(tzinfo=zone(zone_name), fold=0)
    if local(_seconds(first), zone_name).replace(tzinfo=None) != wall:
        raise Refusal("nonexistent_local_time", field, wall=wall, zone=zone_name)


@lru_cache(maxsize=MOST_DAYS)
def midnight(day: date, zone_name: str) -> Instant:
    """The instant at which a local day begins."""
    return _seconds(datetime.combine(day, time(), zone(zone_name)))


@lru_cache(maxsize=MOST_DAYS)
def whole_day(day: date, zone_name: str) -> Span:
    """A local day up to the beginning of the next; one that the clocks skip lasts no time."""
    return Span(midnight(day, zone_name), midnight(day + timedelta(days=1), zone_name))


def local(instant: Instant, zone_name: str) -> datetime:
    """What a clock in that zone shows at the instant (aware)."""
    return (EPOCH + timedelta(seconds=instant)).astimezone(zone(zone_name))


def wall_of(instant: Instant, zone_name: str) -> tuple[datetime, int | None]:
    """The wall clock at an instant, and which of two it is when the clock shows that time twice (else None)."""
    shown = local(instant, zone_name)
    happens_twice = shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()
    return shown.replace(tzinfo=None, fold=0), shown.fold if happens_twice else None


@lru_cache(maxsize=1024)
def local_day(instant: Instant, zone_name: str) -> date:
    return local(instant, zone_name).date()


def instant_of(moment: datetime) -> Instant:
    """An aware datetime as an instant."""
    return _seconds(moment)


def _seconds(moment: datetime) -> Instant:
    return int((moment - EPOCH).total_seconds())
