"""A service among its neighbours, drawn as SVG on the server: what stands on it above, what it stands on below."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.neighbourhood import Neighbourhood
from app.phrases.language import Language
from app.queries.names import Names

BOX, TALL, GAP, STEP, EDGE = 168, 46, 14, 104, 8
MOST_IN_A_ROW = 6
LETTERS = 24
"""What fits in a box, of a name and of an id."""


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    name: str
    id: str
    is_own: bool


@dataclass(frozen=True)
class Stroke:
    """A line from what requires to what it requires, as a path."""

    path: str
    is_spare: bool


@dataclass(frozen=True)
class More:
    """So many of a row are not drawn."""

    x: float
    y: float
    count: int


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    boxes: Sequence[Box]
    strokes: Sequence[Stroke]
    more: Sequence[More]
    box: tuple[int, int] = (BOX, TALL)


def picture_of(language: Language, found: Neighbourhood, names: Names) -> Picture:
    """Places the rows below each other, each in the middle. All sizes are in the drawing's own units."""
    every = [*reversed(found.above), (found.service,), *found.below]
    rows = [(row[:MOST_IN_A_ROW], max(0, len(row) - MOST_IN_A_ROW)) for row in every if row]
    widths = [len(row) * (BOX + GAP) - GAP + (40 if cut else 0) for row, cut in rows]
    width = max(widths) + 2 * EDGE
    boxes: dict[str, Box] = {}
    more = []
    for number, ((row, cut), wide) in enumerate(zip(rows, widths, strict=True)):
        x, y = (width - wide) / 2, EDGE + number * STEP
        for one in row:
            name = _cut(names.service(one, language.code) or one)
            boxes[one] = Box(x, y, name, _cut(one), one == found.service)
            x += BOX + GAP
        if cut:
            more.append(More(x, y + TALL / 2 + 5, cut))
    drawn = [line for line in found.lines if line.upper in boxes and line.lower in boxes]
    strokes = [Stroke(_path(boxes[line.upper], boxes[line.lower]), line.is_spare) for line in drawn]
    lowest = max(box.y for box in boxes.values())
    below = STEP // 2 if any(boxes[line.upper].y == lowest for line in drawn) else EDGE
    return Picture(width, lowest + TALL + below, list(boxes.values()), strokes, more)


def _path(upper: Box, lower: Box) -> str:
    """From the bottom of the one that requires to the top of the other; within a row, or upwards in a ring, around it."""
    x1, x2 = upper.x + BOX / 2, lower.x + BOX / 2
    if upper.y < lower.y:
        y1, y2 = upper.y + TALL, lower.y
        bend = (y2 - y1) / 2
        return f"M{x1:g} {y1:g}C{x1:g} {y1 + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2:g}"
    y1, y2 = upper.y + TALL, lower.y + TALL
    bend = STEP / 2
    return f"M{x1:g} {y1:g}C{x1:g} {y1 + bend:g} {x2:g} {y2 + bend:g} {x2:g} {y2:g}"


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
