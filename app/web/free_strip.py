"""When can a window start, drawn: a column a day, from midnight down to midnight, on the window's own clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.slots import Free
from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.domain.walltime import local, local_day, midnight

EDGE, HEAD, WIDTH, HEIGHT = 40, 18, 920, 144
WIDEST_DAY = 40
MOST_STRETCHES = 1_000
"""More pieces than this are not drawn; the list has them in words."""


@dataclass(frozen=True)
class Stretch:
    """A piece of one day in which the start can be chosen."""

    x: float
    y: float
    height: float
    verdict: Verdict


@dataclass(frozen=True)
class DayColumn:
    x: float
    day: date
    is_weekend: bool


@dataclass(frozen=True)
class FreeStrip:
    """The drawing, in its own units. A repeated hour is drawn once."""

    columns: Sequence[DayColumn]
    stretches: Sequence[Stretch]
    verdicts: Sequence[Verdict]
    day_width: float
    width: float


def free_strip(found: Sequence[Free], first: date, last: date, zone: str) -> FreeStrip | None:
    """The starts that are free between two days, both whole; None where there are none, or more than can be told apart."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    wide = round(min(WIDEST_DAY, WIDTH / max(1, len(days))), 1)
    pieces = [(day, start, end, one.verdict) for one in found for day, start, end in _by_day(one, zone)]
    if not 0 < len(pieces) <= MOST_STRETCHES:
        return None
    stretches = [_stretch(EDGE + wide * (day - first).days, start, end, verdict, zone) for day, start, end, verdict in pieces]
    columns = [DayColumn(round(EDGE + wide * number, 1), day, day.weekday() >= 5) for number, day in enumerate(days)]
    shown = {one.verdict for one in stretches}
    return FreeStrip(columns, stretches, [one for one in Verdict if one in shown], wide, EDGE + wide * len(days))


def _by_day(one: Free, zone: str) -> Iterator[tuple[date, Instant, Instant]]:
    day = local_day(one.span.start, zone)
    start = one.span.start
    while start < one.span.end:
        end = min(one.span.end, midnight(day + timedelta(days=1), zone))
        yield day, start, end
        day, start = day + timedelta(days=1), end


def _stretch(x: float, start: Instant, end: Instant, verdict: Verdict, zone: str) -> Stretch:
    from_minute = _minute(start, zone)
    until_minute = max(_minute(end, zone) or 24 * 60, from_minute + 15)
    scale = HEIGHT / (24 * 60)
    return Stretch(round(x, 1), round(HEAD + from_minute * scale, 1), round((until_minute - from_minute) * scale, 1), verdict)


def _minute(instant: Instant, zone: str) -> int:
    shown = local(instant, zone)
    return shown.hour * 60 + shown.minute
