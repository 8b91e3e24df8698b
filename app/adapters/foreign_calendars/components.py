"""Which events and zones does a calendar file hold? Lines to components; what nobody needs is not even taken apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.adapters.foreign_calendars.content_lines import Line, name_of, parsed
from app.adapters.foreign_calendars.reading import Assumed, Skipped, Unreadable
from app.domain.refusal import Refusal

MOST_EVENTS = 20_000
MOST_NESTED = 64
DATING = {"DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
READ = DATING | {"UID", "SUMMARY", "STATUS", "SEQUENCE"}
OF_CALENDAR = {"X-WR-TIMEZONE", "TIMEZONE-ID", "X-WR-CALNAME", "NAME", "CALSCALE"}
NOT_EVENTS = {"VTODO": "to_do", "VJOURNAL": "journal", "VFREEBUSY": "free_busy", "VAVAILABILITY": "availability"}


@dataclass
class Component:
    """One component: its properties by name in order, and the problem that makes it unreadable."""

    kind: str
    lines: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    problem: Unreadable | None = None

    def first(self, name: str) -> Line | None:
        found = self.lines.get(name)
        return found[0] if found else None

    def value(self, name: str) -> str:
        found = self.first(name)
        return found.value if found else ""


@dataclass
class Calendar:
    """One VCALENDAR: its own properties, its events, and its zones as the text they were written in."""

    properties: Component
    events: list[Component] = field(default_factory=list)
    zones: list[list[str]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def calendars(lines: Iterable[str], assumed: list[Assumed]) -> list[Calendar]:
    """The calendars of a file, with forgotten and crossed BEGIN and END read as what they must have meant.

    Refused when there is nothing that begins like a calendar, such as a page of a web site.
    """
    walk = _Walk()
    for text in lines:
        walk.take(text)
    walk.finish(assumed)
    if not walk.found:
        raise Refusal("not_a_calendar", "file")
    return walk.found


class _Walk:
    """The place in the file: the calendar, the components that are open, and what is being collected."""

    def __init__(self) -> None:
        self.found: list[Calendar] = []
        self.open: list[str] = []
        self.event: Component | None = None
        self.other: Component | None = None
        self.zone: list[str] | None = None
        self.events = 0
        self.is_bare = False

    def take(self, text: str) -> None:
        name = name_of(text)
        if name in {"BEGIN", "END"}:
            kind = text.partition(":")[2].strip().upper()
            if name == "BEGIN":
                self._begin(kind)
            else:
                self._end(kind)
            if self.zone is not None:
                self.zone.append(f"{name}:{kind}")
        elif self.zone is not None:
            self.zone.append(text)
        elif self.event is not None and self.open[-1] == "VEVENT" and name in READ:
            _add(self.event, text)
        elif self.other is not None and self.open[-1] == self.other.kind and name in {"UID", "SUMMARY"}:
            _add(self.other, text)
        elif self.open == ["VCALENDAR"] and name in OF_CALENDAR:
            _add(self.found[-1].properties, text)

    def finish(self, assumed: list[Assumed]) -> None:
        """A file that ends too early: the event it ends in is not whole."""
        if self.event is not None:
            self.event.problem = Unreadable("cut_off")
            self._close_event()
        if self.open and not self.is_bare:
            assumed.append(Assumed("cut_off"))
        if self.is_bare:
            assumed.append(Assumed("no_calendar_around"))

    def _begin(self, kind: str) -> None:
        if kind == "VCALENDAR":
            self._close_event()
            self.open = [kind]
            self.zone = None
            self.found.append(Calendar(Component(kind)))
            return
        if len(self.open) >= MOST_NESTED:
            return
        if kind == "VEVENT" and self.zone is not None:
            self._end("VTIMEZONE")  # its END was forgotten
        if kind == "VEVENT" and self.event is not None:
            self._close_event()  # its END was forgotten
            self.open = self.open[: self.open.index("VEVENT")]
        if not self.found and kind in {"VEVENT", "VTIMEZONE"}:
            self.found.append(Calendar(Component("VCALENDAR")))
            self.is_bare = True
        if self.found and self.event is None and self.zone is None:
            if kind == "VEVENT":
                self.events += 1
                if self.events > MOST_EVENTS:
                    raise Refusal("calendar_too_many_events", "file", most=MOST_EVENTS)
                self.event = Component(kind)
            elif kind == "VTIMEZONE":
                self.zone = []
            elif kind in NOT_EVENTS and self.other is None:
                self.other = Component(kind)
        self.open.append(kind)

    def _end(self, kind: str) -> None:
        if kind not in self.open:
            return
        while self.open:
            closed = self.open.pop()
            if closed == "VEVENT":
                self._close_event()
            elif closed == "VTIMEZONE" and self.zone is not None:
                self.zone.append("END:VTIMEZONE")
                self.found[-1].zones.append(self.zone)
                self.zone = None
            elif self.other is not None and closed == self.other.kind:
                self._close_other(self.other)
            if closed == kind:
                break

    def _close_event(self) -> None:
        if self.event is not None:
            self.found[-1].events.append(self.event)
            self.event = None

    def _close_other(self, other: Component) -> None:
        skipped = Skipped(NOT_EVENTS[other.kind], other.value("UID")[:200], other.value("SUMMARY")[:200])
        self.found[-1].skipped.append(skipped)
        self.other = None


def _add(component: Component, text: str) -> None:
    try:
        line = parsed(text)
    except Unreadable as problem:
        if name_of(text) in DATING:
            component.problem = component.problem or problem
    else:
        component.lines[line.name].append(line)
