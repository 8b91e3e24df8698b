"""Which zone does a calendar file mean by a name? Its own names, Outlook's, other programs', and zones it describes itself.

Nothing is looked up by path and nothing is kept between files: a name that one file describes means nothing in the next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from io import StringIO

from dateutil.tz import tzical
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from app.adapters.foreign_calendars.content_lines import name_of
from app.domain.spans import Instant
from app.domain.walltime import EPOCH, ZONE_NAMES, instant_of, local, rule_instant

MOST_ZONE_LINES, MOST_ZONE_DATES = 2000, 1000
PROBED = range(0, 2 * 366, 7)
SOME_DAY = datetime(2027, 1, 1, 12, tzinfo=UTC)
OFFSET = re.compile(r"^(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?$", re.IGNORECASE)
ENGLISH_CITIES = re.compile(r"^\((?:UTC|GMT)[^)]*\)\s*(.+)$", re.IGNORECASE)
UTC_NAMES = {"utc", "z", "gmt", "etc/utc", "greenwich mean time", "coordinated universal time"}


@dataclass(frozen=True)
class Zone:
    """An IANA zone by name, or one that only the file describes (`own`)."""

    name: str
    own: tzinfo | None = None

    def instant(self, wall: datetime) -> Instant:
        """A time that does not exist takes the offset before the gap; one that happens twice is the first (RFC 5545, 3.3.5)."""
        return rule_instant(wall, self.name) if self.own is None else instant_of(wall.replace(tzinfo=self.own))

    def wall(self, instant: Instant) -> datetime:
        """What a clock there shows, without zone."""
        if self.own is None:
            return local(instant, self.name).replace(tzinfo=None)
        return (EPOCH + timedelta(seconds=instant)).astimezone(self.own).replace(tzinfo=None)


UTC_ZONE = Zone("UTC")


class Zones:
    """The zones that one file may name: everybody's, and its own VTIMEZONEs."""

    def __init__(self, described: list[list[str]]) -> None:
        self.described = {_tzid(lines): lines for lines in described}
        self.known: dict[str, Zone | None] = {}

    def named(self, tzid: str) -> Zone | None:
        """The zone a TZID stands for; None when nobody can tell."""
        tzid = tzid.strip().strip('"')
        if tzid not in self.known:
            self.known[tzid] = self._found(tzid)
        return self.known[tzid]

    def _found(self, tzid: str) -> Zone | None:
        name = _everybodys(tzid)
        if name is not None:
            return Zone(name)
        lines = self.described.get(tzid)
        if lines is None:
            return None
        location = next((_everybodys(text.partition(":")[2].strip()) for text in lines if name_of(text) == "X-LIC-LOCATION"), None)
        if location is not None:
            return Zone(location)
        own = _read(lines)
        if own is None:
            return None
        same = _same_zone(own)
        return Zone(same) if same else Zone(tzid, own)


def _everybodys(tzid: str) -> str | None:
    """An IANA zone by its name in any case, Outlook's name for it, or a name with a program's prefix before it."""
    if len(tzid) > 200:
        return None
    names = _by_small_letters()
    if tzid.lower() in UTC_NAMES:
        return "UTC"
    if (found := names.get(tzid.lower())) is not None:
        return found
    parts = tzid.strip("/").split("/")
    for length in (3, 2):  # such as /freeassociation.sourceforge.net/America/Argentina/Ushuaia
        if len(parts) > length and (found := names.get("/".join(parts[-length:]).lower())) is not None:
            return found
    if (offset := OFFSET.match(tzid)) and not int(offset[3] or 0) and int(offset[2]) <= 12:
        sign = "-" if offset[1] == "+" else "+"  # Etc/GMT-2 is two hours ahead
        return f"Etc/GMT{sign}{int(offset[2])}" if int(offset[2]) else "UTC"
    cities = ENGLISH_CITIES.match(tzid)
    for city in cities[1].split(",") if cities else ():
        if (found := _by_city().get(city.strip().lower().replace(" ", "_"))) is not None:
            return found
    return None


@lru_cache(maxsize=1)
def _by_small_letters() -> Mapping[str, str]:
    ours = {name.lower(): name for name in ZONE_NAMES}
    return {windows.lower(): olson for windows, olson in WINDOWS_TO_OLSON.items() if olson in ZONE_NAMES} | ours


@lru_cache(maxsize=1)
def _by_city() -> Mapping[str, str]:
    """Zones by the city of their name, for the texts that Outlook writes: (UTC+01:00) Amsterdam, Berlin, Bern."""
    return {name.rpartition("/")[2].lower(): name for name in sorted(ZONE_NAMES) if "/" in name and not name.startswith("Etc/")}


def _tzid(lines: list[str]) -> str:
    return next((text.partition(":")[2].strip() for text in lines if name_of(text) == "TZID"), "")


def _read(lines: list[str]) -> tzinfo | None:
    """A described zone as the library reads it. Only yearly rules are: others would be walked for hours."""
    is_long = len(lines) > MOST_ZONE_LINES or sum(text.count(",") for text in lines) > MOST_ZONE_DATES
    if is_long or any(name_of(text) == "RRULE" and "FREQ=YEARLY" not in text.upper() for text in lines):
        return None
    kept = [
        text
        for text in lines
        if name_of(text) in {"BEGIN", "END", "TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"}
    ]
    try:
        return tzical(StringIO("\n".join(kept))).get()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def _same_zone(own: tzinfo) -> str | None:
    """An IANA zone whose clocks agree with the described one in every week of two years: it knows the other years too."""
    days = [SOME_DAY + timedelta(days=day) for day in PROBED]
    try:
        offsets = tuple(day.astimezone(own).utcoffset() for day in days)
    except (ValueError, OverflowError):
        return None
    return next((name for name, one in _offsets().items() if one == offsets), None)


@lru_cache(maxsize=1)
def _offsets() -> Mapping[str, tuple[timedelta | None, ...]]:
    """What the clocks of the zones that Outlook knows show in each of those weeks."""
    days = [instant_of(SOME_DAY + timedelta(days=day)) for day in PROBED]
    names = dict.fromkeys(("UTC", "Europe/Amsterdam", "Europe/London", "America/New_York", *WINDOWS_TO_OLSON.values()))
    return {name: tuple(local(day, name).utcoffset() for day in days) for name in names if name in ZONE_NAMES}
