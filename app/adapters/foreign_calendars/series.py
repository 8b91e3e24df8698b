"""When does one event of a calendar file fall? A series with its exceptions, moved and deleted ones, to dated entries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from icalendar.prop import vText

from app.adapters.foreign_calendars.components import Component
from app.adapters.foreign_calendars.moments import LONGEST, Clocks, Moment, length
from app.adapters.foreign_calendars.reading import Assumed, Skipped, Unreadable
from app.adapters.foreign_calendars.repetition import Rule, read_repetition, walls
from app.adapters.foreign_calendars.zones import Zone
from app.domain.foreign_entries import ForeignEntry
from app.domain.spans import Instant

MOST_ENTRIES = 3_500
MOST_DATES = 2_000
MOST_RULES = 5
DAY = 24 * 3600
MARGIN = timedelta(days=2)


@dataclass(frozen=True)
class Asked:
    """Which stretch is asked for: wall clocks in a zone, or where it names none on the clock of each event."""

    first: datetime
    last: datetime
    zone: Zone | None = None

    def within(self, own: Zone) -> tuple[Instant, Instant]:
        zone = self.zone or own
        return zone.instant(self.first), zone.instant(self.last)


@dataclass(frozen=True)
class Length:
    """Whole days that the clock counts, and seconds that pass whatever the clock does (RFC 5545 section 3.8.5.3)."""

    days: int = 0
    seconds: int = 0

    def end(self, wall: datetime, zone: Zone) -> Instant:
        return zone.instant(wall + timedelta(days=self.days)) + self.seconds

    @property
    def longest(self) -> timedelta:
        return timedelta(days=self.days, seconds=self.seconds)


@dataclass(frozen=True)
class Event:
    """One VEVENT, read: where it starts, how long it is, which version it is, and whether it was called off."""

    component: Component
    uid: str
    summary: str
    start: Moment
    length: Length
    sequence: int
    is_cancelled: bool

    def entry(self, wall: datetime, recurrence_id: Instant | None, span: Length | None = None) -> ForeignEntry:
        zone = self.start.zone
        end = (span or self.length).end(wall, zone)
        start = zone.instant(wall)
        return ForeignEntry(start, max(start, end), self.uid, recurrence_id, self.summary, self.start.is_day)


def read_event(component: Component, clocks: Clocks) -> Event:
    """Unreadable when there is no telling when it is."""
    if component.problem:
        raise component.problem
    line = component.first("DTSTART")
    if line is None:
        raise Unreadable("no_start")
    start = clocks.of(line)
    summary = summary_of(component)
    uid = uid_of(component) or sha256(f"{summary}\n{line.value}".encode()).hexdigest()[:32]
    sequence = component.value("SEQUENCE")
    return Event(
        component,
        uid,
        summary,
        start,
        _length(component, start, clocks),
        int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0,
        component.value("STATUS").upper() == "CANCELLED",
    )


def uid_of(component: Component) -> str:
    return component.value("UID")[:200]


def summary_of(component: Component) -> str:
    return " ".join(str(vText.from_ical(component.value("SUMMARY"))).split())[:200]


@dataclass(frozen=True)
class Change:
    """An event that takes the place of one of a series, or of that one and all that follow."""

    event: Event
    which: Moment
    is_for_all: bool


@dataclass
class Versions:
    """The events of one UID: those that stand by themselves and those that change them, the newest of each."""

    masters: dict[Moment, Event] = field(default_factory=dict)
    changes: dict[Moment, Change] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def take(self, component: Component, clocks: Clocks) -> None:
        """Of two versions of one event the higher SEQUENCE stays, of equal ones the later in the file."""
        event = read_event(component, clocks)
        line = component.first("RECURRENCE-ID")
        if line is None:
            known = self.masters.get(event.start)
            newest, older = (known, event) if known and known.sequence > event.sequence else (event, known)
            self.masters[event.start] = newest
        else:
            which = clocks.of(line, event.start)
            change = self.changes.get(which)
            known = change.event if change else None
            newest, older = (known, event) if known and known.sequence > event.sequence else (event, known)
            self.changes[which] = Change(newest, which, line.parameter("RANGE").upper() == "THISANDFUTURE")
        if older:
            self.skipped.append(Skipped("older_version", older.uid, older.summary))


def series_entries(components: Sequence[Component], clocks: Clocks, asked: Asked) -> tuple[list[ForeignEntry], list[Skipped]]:
    """The entries of all events with one UID that touch what is asked, and those that gave none with the reason."""
    versions = Versions()
    for component in components:
        try:
            versions.take(component, clocks)
        except Unreadable as problem:
            versions.skipped.append(_skipped(component, problem))
    entries: list[ForeignEntry] = []
    skipped = versions.skipped
    for master in versions.masters.values():
        try:
            if master.is_cancelled:
                raise Unreadable("cancelled")
            entries += list(_expanded(master, list(versions.changes.values()), clocks, asked))
        except Unreadable as problem:
            skipped.append(_skipped(master.component, problem))
    for change in versions.changes.values():
        event = change.event
        if event.is_cancelled:
            skipped.append(Skipped("cancelled", event.uid, event.summary, f"{change.which.wall:%Y-%m-%d}"))
            continue
        entry = event.entry(event.start.wall, change.which.instant)
        if _touches(entry, *asked.within(clocks.shown(event.start.zone))):
            entries.append(entry)
    return sorted(entries, key=lambda one: (one.start, one.end)), skipped


def _expanded(master: Event, changes: list[Change], clocks: Clocks, asked: Asked) -> Iterator[ForeignEntry]:
    """The entries of a series where nothing was changed, and from a change for all that follow on as it says."""
    zone = master.start.zone
    lowest, highest = asked.within(clocks.shown(zone))
    from_here = sorted((one for one in changes if one.is_for_all), key=lambda one: one.which.instant)
    reach = max([LONGEST if from_here else timedelta(), master.length.longest]) + MARGIN
    first, last = zone.wall(lowest) - reach, zone.wall(highest) + (reach if from_here else MARGIN)
    is_series = any(master.component.lines.get(name) for name in ("RRULE", "RDATE", "EXDATE")) or bool(changes)
    changed = {clocks.day_of(which) if master.start.is_day else which.instant for which in (one.which for one in changes)}
    excluded = _excluded(master, clocks)
    hit: set[object] = set()
    lengths = _starts(master, clocks, first, last)
    for number, wall in enumerate(sorted(lengths)):
        if number > MOST_ENTRIES:
            raise Unreadable("too_many")
        instant = zone.instant(wall)
        names = {wall.date(), instant}
        if names & excluded:
            hit |= names & excluded
            continue
        if names & changed:
            continue
        entry = master.entry(wall, instant if is_series else None, lengths[wall])
        for change in from_here:
            if instant > change.which.instant and not change.event.is_cancelled:
                entry = change.event.entry(wall + (change.event.start.wall - change.which.wall), instant)
        if _touches(entry, lowest, highest):
            yield entry
    missed = [one for one in excluded - hit if isinstance(one, int) and lowest <= one < highest]
    if missed:
        clocks.assumed.append(Assumed("exception_hits_nothing", f"{zone.wall(min(missed)):%Y-%m-%d %H:%M}", master.uid))


def _starts(master: Event, clocks: Clocks, first: datetime, last: datetime) -> dict[datetime, Length | None]:
    """The wall clocks at which a series starts, each with the length that its RDATE gives it."""
    component, zone = master.component, master.start.zone
    found: dict[datetime, Length | None] = {}
    rules = [line for line in component.lines.get("RRULE", []) if line.value]
    if len(rules) > MOST_RULES:
        raise Unreadable("too_many_rules")
    read = [read_repetition(line.value, master.start, clocks) for line in rules]
    for rule in read:
        found |= dict.fromkeys(_some(rule, master.start.wall, first, last))
    if not rules and first <= master.start.wall <= last:
        found[master.start.wall] = None
    for start, end in _dates(master, "RDATE", clocks):
        wall = zone.wall(start.instant) if not start.is_day else datetime.combine(start.wall.date(), master.start.wall.time())
        if isinstance(end, Moment):
            found[wall] = Length(seconds=max(0, end.instant - start.instant))
        else:
            found[wall] = None if end is None else Length(end.days, end.seconds)
    for line in component.lines.get("EXRULE", []):
        for wall in _some(read_repetition(line.value, master.start, clocks), master.start.wall, first, last):
            found.pop(wall, None)
    return found


def _some(rule: Rule, start: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    for number, wall in enumerate(walls(rule, start, first, last)):
        if number > MOST_ENTRIES:
            raise Unreadable("too_many")
        yield wall


def _excluded(master: Event, clocks: Clocks) -> set[object]:
    """What EXDATE names: instants, or whole days."""
    return {
        clocks.day_of(moment) if moment.is_day or master.start.is_day else moment.instant
        for moment, _ in _dates(master, "EXDATE", clocks)
    }


def _dates(master: Event, name: str, clocks: Clocks) -> list[tuple[Moment, Moment | timedelta | None]]:
    found = [pair for line in master.component.lines.get(name, ()) for pair in clocks.all_of(line, master.start)]
    if len(found) > MOST_DATES:
        raise Unreadable("too_many_dates", name)
    return found


def _length(component: Component, start: Moment, clocks: Clocks) -> Length:
    """DTEND wins over DURATION. Without either a day lasts a day and a moment no time at all (RFC 5545 section 3.6.1)."""
    line, duration = component.first("DTEND"), component.first("DURATION")
    if line is not None and duration is not None:
        clocks.assumed.append(Assumed("two_ends", uid=uid_of(component)))
    if line is not None:
        end = clocks.of(line, start)
        if start.is_day and end.is_day:
            days = (end.wall - start.wall).days
            if days == 0:
                clocks.assumed.append(Assumed("day_without_end", uid=uid_of(component)))
            found = Length(days=days or 1)
        else:
            found = Length(seconds=end.instant - start.instant)
    elif duration is not None:
        lasting = length(duration.value)
        found = Length(lasting.days, lasting.seconds)
        if start.is_day and found == Length():
            found = Length(days=1)
    else:
        found = Length(days=1) if start.is_day else Length()
    if found.longest < timedelta():
        raise Unreadable("ends_before_start")
    if found.longest > LONGEST:
        raise Unreadable("too_long")
    return found


def _touches(entry: ForeignEntry, lowest: Instant, highest: Instant) -> bool:
    """Half-open; an entry or a question without length touches where it stands."""
    if entry.start == entry.end or lowest == highest:
        return entry.start < max(highest, lowest + 1) and max(entry.end, entry.start + 1) > lowest
    return entry.start < highest and entry.end > lowest


def _skipped(component: Component, problem: Unreadable) -> Skipped:
    return Skipped(problem.code, uid_of(component), summary_of(component), problem.part)
