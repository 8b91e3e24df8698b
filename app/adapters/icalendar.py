"""Calendars that programs read (RFC 5545, RFC 7986): one event an occurrence, in UTC, with bytes that only data changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from icalendar import STATUS, TRANSP, Calendar, Event

from app.domain.spans import Instant, Span
from app.domain.walltime import local

PRODUCT = "-//Ober//Maintenance planner//EN"
REFRESH = timedelta(hours=4)


@dataclass(frozen=True)
class CalendarEvent:
    """One occurrence. `key` stays the same for ever; `sequence` rises with every change; `changed_at` is the DTSTAMP."""

    key: str
    span: Span
    summary: str
    description: str
    status: str
    sequence: int
    changed_at: Instant
    categories: Sequence[str]
    properties: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class EventCalendar:
    key: str
    name: str
    description: str
    events: Sequence[CalendarEvent]


def write_calendar(calendar: EventCalendar) -> bytes:
    """The calendar as a file: no METHOD (it is no invitation), no alarms, no rules, no zones.

    UIDs and the calendar's own are made from keys, so that the same data gives the same bytes.
    """
    name, about = _plain(calendar.name), _plain(calendar.description)
    written = Calendar.new(prodid=PRODUCT, uid=str(_uid(calendar.key)), name=name, description=about)
    written.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    written.add("x-published-ttl", "PT4H")
    for event in calendar.events:
        written.add_component(_event(event))
    data: bytes = written.to_ical()
    return data


def _event(event: CalendarEvent) -> Event:
    stamp = _moment(event.changed_at)
    written = Event.new(
        uid=str(_uid(event.key)),
        summary=_text(event.summary),
        description=_text(event.description),
        start=_moment(event.span.start),
        end=_moment(event.span.end),
        stamp=stamp,
        last_modified=stamp,
        sequence=event.sequence,
        status=STATUS(event.status),
        transparency=TRANSP.TRANSPARENT,
        categories=list(event.categories),
    )
    for name, value in event.properties:
        written.add(name, value)
    return written


def _uid(key: str) -> UUID:
    """RFC 7986 section 5.3: an UUID, without a host name or anything of a person in it."""
    return uuid5(NAMESPACE_URL, f"ober:{key}")


def _moment(instant: Instant) -> datetime:
    return local(instant, "UTC")


def _text(text: str) -> str:
    """RFC 5545 section 3.1 allows no control characters in a text; a line break is escaped by who writes it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one == "\n" or (one >= " " and one != "\x7f"))


def _plain(text: str) -> str:
    """Calendar names and X- properties are written as they are: nothing in them may look like the end of a line or a value."""
    return "".join(one if one >= " " and one not in ",;\\\x7f" else " " for one in text)
