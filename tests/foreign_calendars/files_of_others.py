"""The calendar files of other projects' tests, and small ones written here."""

import json
from datetime import datetime
from pathlib import Path

from app.adapters.foreign_calendars.read import read_calendar
from app.adapters.foreign_calendars.reading import Reading

HERE = Path(__file__).parent
FILES = sorted((HERE / "files").rglob("*.ics"))
CASES = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))["cases"]
RULES = json.loads((HERE / "rules.json").read_text(encoding="utf-8"))
FIRST, LAST = "2027-01-01", "2028-01-01"


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar file around the given lines of events, and lines of its own before them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head.split("\n")]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.strip().split("\n"), "END:VEVENT"]
    return "\r\n".join(line.strip() for line in [*lines, "END:VCALENDAR"] if line.strip()).encode()


def read(data: bytes, zone: str | None = "Europe/Amsterdam", first: str = FIRST, last: str = LAST) -> Reading:
    return read_calendar(data, datetime.fromisoformat(first), datetime.fromisoformat(last), zone)


def read_events(*events: str, head: str = "", zone: str | None = "Europe/Amsterdam") -> Reading:
    return read(calendar(*events, head=head), zone)
