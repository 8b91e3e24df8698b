"""What the benchmarks compare gives the same answer, on a world of five customers. Nothing is timed here."""

import shutil
from pathlib import Path

import pytest
from rich.progress import Progress
from sqlalchemy import delete, func, select

from app.domain.access import SYSTEM
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.occurrences import occurrences_meeting
from app.domain.spans import Span
from app.store.database import Database, open_database
from app.store.tables import occurrence, peak
from benchmarks import naive
from benchmarks.checking import check_one, compare
from benchmarks.filling import fill
from benchmarks.searching import require_same, wish_for
from benchmarks.worlds import NOW, SIZES, World

WORLD = World(SIZES["XS"])
YEAR = 366 * 24 * 3600


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('benchmarks')}/xs.db")
    fill(database, WORLD, Progress(disable=True))
    return database


def count(database: Database, table: object) -> int:
    with database.reading(SYSTEM, NOW) as work:
        return work.connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_filling_again_adds_nothing(filled: Database) -> None:
    before = count(filled, peak), count(filled, occurrence)
    fill(filled, WORLD, Progress(disable=True))
    assert (count(filled, peak), count(filled, occurrence)) == before
    assert before[0] == 5 * 40
    assert before[1] > 2000


def test_each_peak_falls_on_the_same_days_the_naive_way() -> None:
    span = Span(NOW, NOW + YEAR)
    for one in WORLD.peaks():
        ours = [found.anchor for found in occurrences_meeting(one, span, NATIONAL_CALENDARS)]
        assert ours == [anchor for anchor, _ in naive.busy(one, span)], one


def test_a_run_agrees_on_the_conflicts_before_it_tells_how_often_it_is_faster(filled: Database) -> None:
    lines = check_one(filled, WORLD, sample=3, rounds=1)
    assert {"natural: naive / ours, by cpu", "backbone: ours / floor, by cpu"} <= {one.what for one in lines}


def test_what_does_not_agree_is_not_timed(filled: Database, tmp_path: Path) -> None:
    """A database that lost what is kept of its peaks."""
    copy = tmp_path / "copy.db"
    shutil.copy(str(filled.engine.url.database), copy)
    poorer = open_database(f"sqlite:///{copy}")
    with poorer.writing(SYSTEM, NOW) as work:
        work.connection.execute(delete(occurrence))
    with pytest.raises(AssertionError, match="do not agree"):
        compare(poorer, [WORLD.backbone(number) for number in range(2)], rounds=1)
    poorer.engine.dispose()


def test_a_search_finds_the_starts_and_prices_that_a_check_of_each_finds(filled: Database) -> None:
    wish = wish_for(WORLD.backbone(0))
    assert len(wish.tried) >= 12
    require_same(filled, wish)
