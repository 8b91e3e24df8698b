"""At which hours can one ask why not? The parts of a row of the timeline, and the hours around one that was asked for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from app.domain.spans import Instant, Span
from app.domain.walltime import local, midnight, rule_instant, wall_of
from app.web.typed import show_day

HOURS = {1: 2, 2: 4}
"""How many hours a part has when that many weeks are shown; in longer views it is a day."""

NIGHT = time(2)
"""Where a part of a whole day asks: maintenance is work of the night."""

MOST_PARTS = 600
"""In a whole drawing: when parts of hours would be more they are days, and when days would be more there are none."""

HOUR = 3600


@dataclass(frozen=True)
class AskedPart:
    """A part of a row; what is asked is a window that begins at `start`."""

    span: Span
    start: Instant


def asked_parts(first: date, weeks: int, zone: str, rows: int) -> list[AskedPart]:
    """The parts of each of so many rows, from the first day on; an hour that does not exist has none."""
    days = [first + timedelta(days=number) for number in range(weeks * 7)]
    hours = HOURS.get(weeks, 24)
    if hours < 24 and rows * len(days) * (24 // hours) <= MOST_PARTS:
        clocks = [datetime.combine(day, time(hour)) for day in days for hour in range(0, 24, hours)]
        edges = [rule_instant(clock, zone) for clock in [*clocks, datetime.combine(days[-1] + timedelta(days=1), time())]]
        return [AskedPart(Span(start, end), start) for start, end in pairwise(edges) if start < end]
    if rows * len(days) > MOST_PARTS:
        return []
    return [
        AskedPart(
            Span(midnight(day, zone), midnight(day + timedelta(days=1), zone)), rule_instant(datetime.combine(day, NIGHT), zone)
        )
        for day in days
    ]


def asking(start: Instant, zone: str) -> dict[str, str]:
    """The fields that ask for a window that begins at an instant, on the clocks of a zone."""
    shown = local(start, zone)
    return {"day": show_day(shown.date()), "time": f"{shown:%H:%M}"}


def hour_on(start: Instant, zone: str, hours: int) -> dict[str, str]:
    """So many hours later, or earlier when negative. An hour that the clocks show twice is asked for once."""
    moved = start + hours * HOUR
    return asking(moved if wall_of(moved, zone)[0] != wall_of(start, zone)[0] else moved + hours * HOUR, zone)


def day_on(start: Instant, zone: str, days: int) -> dict[str, str]:
    """The same clock so many days later, or earlier when negative."""
    return asking(rule_instant(wall_of(start, zone)[0] + timedelta(days=days), zone), zone)
