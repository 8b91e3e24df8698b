"""The planner timeline: peaks and windows of some weeks, drawn to the minute as SVG on the server."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.refusal import Refusal
from app.domain.spans import Instant, Span
from app.domain.walltime import local_day, midnight
from app.phrases.language import Language
from app.phrases.times import say_moment, say_month, say_span
from app.queries.timeline import Bar, BusyBand, Timeline, timeline
from app.web.answers import page
from app.web.routing import Door
from app.web.timeline_hours import asked_parts, asking
from app.web.typed import read_day
from app.web.visit import visit

door = Door()

WEEKS = (1, 2, 5, 13)
LABEL, WIDTH, HEAD, ROW, BAR = 200, 1238, 46, 23, 16
NARROWEST = 5
LETTER, GAP = 6.2, 4
"""Pixels of a letter in a label, on average: enough to keep labels from running into each other."""


@dataclass(frozen=True)
class Mark:
    """A drawn stretch: its place, its look, what it says and where it leads."""

    x: float
    y: float
    width: float
    look: str
    label: str
    label_x: float
    label_anchor: str
    says: str
    window: str = ""
    peak: str = ""

    @property
    def left(self) -> float:
        return self.x if self.label_anchor == "start" else self.label_x - len(self.label) * LETTER - GAP

    @property
    def right(self) -> float:
        end = self.x + self.width
        if not self.label:
            return end
        return max(end, self.label_x + len(self.label) * LETTER) + GAP if self.label_anchor == "start" else end + GAP


@dataclass(frozen=True)
class HourLink:
    """A part of the drawing where one can ask why not there."""

    x: float
    width: float
    says: str
    asks: Mapping[str, str]


@dataclass(frozen=True)
class Lane:
    """A row; one can ask about a service of which the name is known to the reader."""

    y: float
    height: float
    name: str
    marks: Sequence[Mark]
    look: str
    service: str = ""


@dataclass(frozen=True)
class DayTick:
    x: float
    width: float
    day: date
    is_weekend: bool
    starts_week: bool


@dataclass(frozen=True)
class Drawing:
    lanes: Sequence[Lane]
    ticks: Sequence[DayTick]
    hours: Sequence[HourLink]
    height: float
    now_x: float | None


@door.route("/timeline", Right.SEE)
def show_timeline() -> ResponseReturnValue:
    now, zone = visit().now, visit().zone
    weeks = next((one for one in WEEKS if str(one) == request.args.get("weeks")), 5)
    problem: Refusal | None = None
    try:
        asked = request.args.get("from", "").strip()
        first = read_day(asked, "from") if asked else local_day(now, zone)
    except Refusal as refusal:
        problem, first = refusal, local_day(now, zone)
    first -= timedelta(days=first.weekday())
    last = first + timedelta(weeks=weeks)
    with visit().reading() as work:
        found = timeline(work, Span(midnight(first, zone), midnight(last, zone)))
    drawing = Draw(visit().language, zone, found).drawing(first, last, now)
    return page(
        "timeline.html",
        200 if problem is None else 422,
        found=found,
        drawing=drawing,
        first=first,
        last=last - timedelta(days=1),
        weeks=weeks,
        choices=WEEKS,
        step=timedelta(weeks=weeks),
        problem=problem,
        label=LABEL,
        width=WIDTH,
        head=HEAD,
        bar=BAR,
        month=say_month(visit().language, first),
    )


class Draw:
    """Places everything between two days. All sizes are in the drawing's own units; the page scales it."""

    def __init__(self, language: Language, zone: str, found: Timeline) -> None:
        self.language, self.zone, self.found = language, zone, found

    def drawing(self, first: date, last: date, now: Instant) -> Drawing:
        lanes: list[Lane] = []
        y: float = HEAD
        for name, marks, look, service in (*self._peak_lanes(), *self._window_lanes()):
            lane = self._lane(y, name, marks, look, service)
            lanes.append(lane)
            y += lane.height
        is_now = self.found.span.start <= now < self.found.span.end
        hours = self._hours(first, (last - first).days // 7, now, sum(1 for lane in lanes if lane.service))
        return Drawing(lanes, self._ticks(first, last), hours, y, self._x(now) if is_now else None)

    def _peak_lanes(self) -> Iterator[tuple[str, Sequence[Mark], str, str]]:
        """A customer's name on a row of its own, then a row a peak, so that what comes back every day stays one row."""
        names = self.found.names
        for customer in sorted(self.found.bands, key=names.party):
            yield names.party(customer), (), "customer", ""
            by_peak: dict[str, list[BusyBand]] = {}
            for band in self.found.bands[customer]:
                by_peak.setdefault(band.peak, []).append(band)
            for peak, bands in by_peak.items():
                yield names.peak(peak, self.language.code), [self._band(one) for one in bands], "peak", ""

    def _window_lanes(self) -> Iterator[tuple[str, Sequence[Mark], str, str]]:
        for service in sorted(self.found.bars, key=lambda one: self.found.names.service(one, self.language.code)):
            marks = [self._bar(one) for one in self.found.bars[service]]
            yield self.found.names.service(service, self.language.code), marks, "service", service

    def _x(self, instant: Instant) -> float:
        within = min(max(instant, self.found.span.start), self.found.span.end) - self.found.span.start
        return round(LABEL + (WIDTH - LABEL) * within / self.found.span.seconds, 1)

    def _hours(self, first: date, weeks: int, now: Instant, rows: int) -> list[HourLink]:
        """What has been is not asked about."""
        return [
            HourLink(
                self._x(part.span.start),
                round(self._x(part.span.end) - self._x(part.span.start), 1),
                say_moment(self.language, part.start, self.zone),
                asking(part.start, self.zone),
            )
            for part in (asked_parts(first, weeks, self.zone, rows) if rows else ())
            if part.start >= now
        ]

    def _ticks(self, first: date, last: date) -> list[DayTick]:
        days = [first + timedelta(days=number) for number in range((last - first).days)]
        edges = [self._x(midnight(day, self.zone)) for day in [*days, last]]
        return [
            DayTick(x, round(end - x, 1), day, day.weekday() >= 5, day.weekday() == 0)
            for day, x, end in zip(days, edges, edges[1:], strict=False)
        ]

    def _lane(self, y: float, name: str, marks: Sequence[Mark], look: str, service: str) -> Lane:
        """Marks that would cover each other or each other's labels go on rows below one another."""
        rows: list[float] = []
        placed = []
        for mark in marks:
            row = next((number for number, taken in enumerate(rows) if taken <= mark.left), len(rows))
            rows[row : row + 1] = [mark.right]
            placed.append(replace(mark, y=y + 4 + row * ROW))
        return Lane(y, max(1, len(rows)) * ROW, name, placed, look, service)

    def _band(self, one: BusyBand) -> Mark:
        name = self.found.names.peak(one.peak, self.language.code)
        says = f"{self.found.names.party(one.customer)}: {name}, {say_span(self.language, one.span, self.zone)}"
        return self._mark(one.span, f"peak {one.severity}", "", says, peak=one.peak)

    def _bar(self, one: Bar) -> Mark:
        registered = one.registered
        title = registered.title.in_language(self.language.code)
        says = f"{registered.id} {title}, {say_span(self.language, one.occurrence.planned, self.zone)}"
        return self._mark(one.occurrence.exposed, f"window {registered.state}", title, says, window=registered.id)

    def _mark(self, span: Span, look: str, label: str, says: str, window: str = "", peak: str = "") -> Mark:
        """A label that does not fit inside stands to the right, or at the edge to the left."""
        x = self._x(span.start)
        width = max(NARROWEST, round(self._x(span.end) - x, 1))
        length = len(label) * LETTER
        if length + 8 <= width:
            return Mark(x, 0, width, look, label, x + 4, "start", says, window, peak)
        if x + width + 4 + length <= WIDTH:
            return Mark(x, 0, width, f"{look} outside", label, x + width + 4, "start", says, window, peak)
        return Mark(x, 0, width, f"{look} outside", label, x - 4, "end", says, window, peak)
