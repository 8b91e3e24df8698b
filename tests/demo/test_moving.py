"""The demonstration stays alive: its windows move by whole weeks when today is far from the story."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.demo.load import load_demo
from app.demo.world import DemoWorld
from app.domain.access import SYSTEM
from app.domain.situation import dated
from app.domain.spans import Instant
from app.domain.walltime import local
from app.store import windows
from app.store.database import open_database
from app.store.migrations import upgrade
from app.store.windows import Filter

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(year: int, month: int, day: int) -> Instant:
    return int(datetime(year, month, day, 12, tzinfo=AMSTERDAM).timestamp())


@pytest.mark.parametrize(
    ("now", "weeks"),
    [
        (at(2026, 11, 22), 0),
        (at(2026, 12, 15), 0),
        (at(2026, 12, 25), 5),
        (at(2027, 11, 22), 52),
        (at(2026, 5, 20), -27),
    ],
)
def test_the_story_moves_by_whole_weeks_once_today_is_four_weeks_from_it(world: DemoWorld, now: Instant, weeks: int) -> None:
    assert world.weeks_moved(now) == weeks


@pytest.mark.parametrize("now", [at(2027, 3, 21), at(2027, 11, 22), at(2033, 7, 1)])
def test_a_moved_story_keeps_its_weekdays_and_clock_times_and_happens_around_today(
    world: DemoWorld, tmp_path: Path, now: Instant
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'moved.db'}")
    upgrade(database)
    load_demo(database, world, now, lambda _part, _steps: None)
    with database.reading(SYSTEM, now) as work:
        found = {one.id: one for one in windows.visible_windows(work, Filter())}
    database.engine.dispose()
    assert len(found) == 69
    for written in world.section("windows"):
        told = datetime.fromisoformat(str(written["start"]))
        moved = found[str(written["id"])].window.start
        assert (moved.weekday(), moved.time()) == (told.weekday(), told.time())
        assert (moved - told).days % 7 == 0
    running = dated(found["W-26-009"].window).occurrences[0].planned
    assert abs((local(running.start, "UTC") - local(now, "UTC")).days) <= 7
