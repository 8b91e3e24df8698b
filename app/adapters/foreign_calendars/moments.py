"""Which moment does a value mean? DTSTART, RDATE and the like to wall clocks with their zone (RFC 5545 section 3.3)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar.prop import vDuration

from app.adapters.foreign_calendars.content_lines import Line, listed
from app.adapters.foreign_calendars.reading import Assumed, Unreadable
from app.adapters.foreign_calendars.zones import UTC_ZONE, Zone, Zones
from app.domain.spans import Instant

WRITTEN = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})(?:Z|[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?(Z)?)?$", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST = timedelta(days=400)


@dataclass(frozen=True)
class Moment:
    """A wall clock in a zone; of a whole day the midnight it begins with."""

    wall: datetime
    zone: Zone
    is_day: bool = False

    @property
    def instant(self) -> Instant:
        return self.zone.instant(self.wall)


class Clocks:
    """How the moments of one calendar are read: its zones, and the zone of what names none."""

    def __init__(self, zones: Zones, own: Zone | None, floating: Zone, assumed: list[Assumed]) -> None:
        self.zones, self.own, self.floating, self.assumed = zones, own, own or floating, assumed
        self.told: set[str] = set()

    def moment(self, value: str, tzid: str = "", start: Moment | None = None) -> Moment:
        """A date or date-time; what names no zone is in that of its start. Unreadable (`bad_date`, `far_year`) when it is none."""
        found = WRITTEN.match(value.strip())
        if found is None:
            raise Unreadable("bad_date", value)
        year, month, day = (int(found[number]) for number in (1, 2, 3))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Unreadable("far_year", value)
        second = min(int(found[6] or 0), 59)  # a leap second
        try:
            if found[4] is None:
                return Moment(datetime.combine(date(year, month, day), time()), self.floating, is_day=True)
            wall = datetime(year, month, day, int(found[4]), int(found[5]), second)  # noqa: DTZ001 - a wall clock
        except ValueError as problem:
            raise Unreadable("bad_date", value) from problem
        if start is not None and not tzid and not found[7]:
            return Moment(wall, start.zone)
        return Moment(wall, self._zone(tzid, is_utc=bool(found[7])))

    def of(self, line: Line, start: Moment | None = None) -> Moment:
        return self.moment(line.value, line.parameter("TZID"), start)

    def shown(self, zone: Zone) -> Zone:
        """The clock on which a calendar shows times of that zone: of universal time its own, when it has one."""
        return self.own if self.own and zone == UTC_ZONE else zone

    def day_of(self, moment: Moment) -> date:
        """The local day of a moment that stands for a whole day."""
        return self.floating.wall(moment.instant).date() if moment.zone == UTC_ZONE else moment.wall.date()

    def all_of(self, line: Line, master: Moment) -> list[tuple[Moment, Moment | timedelta | None]]:
        """The moments of a list, each with the end or the length that a PERIOD gives it."""
        tzid = line.parameter("TZID")
        found: list[tuple[Moment, Moment | timedelta | None]] = []
        for one in listed(line.value):
            start, is_period, end = one.partition("/")
            if not is_period:
                found.append((self.moment(start, tzid, master), None))
            elif end.lstrip("+-").upper().startswith("P"):
                found.append((self.moment(start, tzid, master), length(end)))
            else:
                found.append((self.moment(start, tzid, master), self.moment(end, tzid, master)))
        return found

    def _zone(self, tzid: str, *, is_utc: bool) -> Zone:
        if is_utc:
            return UTC_ZONE
        if not tzid:
            self._tell("floating", self.floating.name)
            return self.floating
        zone = self.zones.named(tzid)
        if zone is None:
            self._tell("unknown_zone", tzid)
            return self.floating
        return zone

    def _tell(self, code: str, part: str) -> None:
        if part not in self.told:
            self.told.add(part)
            self.assumed.append(Assumed(code, part[:100]))


def length(value: str) -> timedelta:
    """A DURATION. Unreadable (`bad_duration`, `negative_duration`, `too_long`) when no entry can last so long."""
    try:
        found: timedelta = vDuration.from_ical(value.strip().upper())  # type: ignore[no-untyped-call] # of the library
    except (ValueError, OverflowError) as problem:
        raise Unreadable("bad_duration", value) from problem
    if found < timedelta():
        raise Unreadable("ends_before_start", value)
    if found > LONGEST:
        raise Unreadable("too_long", value)
    return found
