"""Stretches of time added up over a grid of starts: what touches is not met, and nothing is rounded."""

from app.domain.grid import STEP, areas, changes, levels, on_grid, starts_meeting
from app.domain.spans import Span

GRID = on_grid(10 * STEP - 1, 20 * STEP)
HOUR = 4 * STEP


def test_the_grid_begins_at_the_first_quarter_and_ends_before_the_last() -> None:
    assert (GRID[0], GRID[-1], len(GRID)) == (10 * STEP, 19 * STEP, 10)


def met(run: Span) -> list[int]:
    found = levels(changes((one, 1) for one in starts_meeting([run], HOUR)), GRID)
    return [number + 10 for number, count in enumerate(found) if count]


def test_a_start_whose_stretch_only_touches_a_run_does_not_meet_it() -> None:
    assert met(Span(15 * STEP, 16 * STEP)) == [12, 13, 14, 15]
    assert met(Span(15 * STEP - 1, 16 * STEP + 1)) == [11, 12, 13, 14, 15, 16]


def test_areas_count_every_second_of_what_overlaps() -> None:
    run = Span(15 * STEP - 100, 15 * STEP + 7)
    found = areas(changes([(run, 3), (Span(0, 11 * STEP), 1)]), GRID, HOUR + 50)
    plainly = [3 * max(0, min(run.end, start + HOUR + 50) - max(run.start, start)) + max(0, 11 * STEP - start) for start in GRID]
    assert found == plainly
