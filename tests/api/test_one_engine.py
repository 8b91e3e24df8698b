"""Whichever door a plan comes in by, the same is found: file command, API, live preview and the page of the window."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.phrases.findings import say_verdict
from app.phrases.language import language
from app.store.database import Database, open_database
from app.store.migrations import upgrade
from tests.api.program import Program, program_of
from tests.api.worlds import MANAGER, load_world
from tests.cli.terminal import ober
from tests.domain.worked import without_order, worked
from tests.web.conftest import Building
from tests.web.reading import Element
from tests.web.visitor import Visitor

CASES = {one["id"]: one for one in worked("conflicts")}
CHOSEN = (
    "boundary-04",  # one shared second
    "boundary-18",  # touching
    "boundary-20",
    "chain-17",  # along a chain of several services
    "collision-08",
    "dst-04",
    "horizon-04",  # dates that are not known so far ahead
    "random-06",  # a redundant pair that is cut by two windows
    "random-17",
    "random-85",
    "recurring-10",  # a series
    "recurring-11",
)
REFUSED = {"dst-22": "nonexistent_local_time"}
WORDS = {"title": "A plan", "rollback_plan": "Back again.", "as": "draft"}


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and nothing in them, to copy."""
    file = tmp_path_factory.mktemp("migrated") / "empty.db"
    database = open_database(f"sqlite:///{file}")
    upgrade(database)
    database.engine.dispose()
    return file


@pytest.fixture
def house(migrated: Path, tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / "world.db"
    shutil.copy(migrated, file)
    database = open_database(f"sqlite:///{file}")
    yield database
    database.engine.dispose()


def by_file(case: Mapping[str, Any], folder: Path) -> Any:
    file = folder / "case.json"
    file.write_text(json.dumps({name: case[name] for name in ("id", "world", "proposed")}))
    return json.loads(ober("check", file, "--json").stdout)


def plan_of(case: Mapping[str, Any]) -> dict[str, Any]:
    """What is proposed, without what the planner gives it: its number and, by its services, its supplier."""
    return {name: value for name, value in case["proposed"][0].items() if name not in {"id", "supplier", "title"}}


def typed(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The same plan as somebody fills it in on the form."""
    times = {
        f"{end}_{part}": text for end in ("start", "end") for part, text in zip(("day", "time"), plan[end].split("T"), strict=True)
    }
    same = ("services", "type", "rrule", "impact", "start_fold", "end_fold", "rollback_minutes")
    known = {name: plan[name] if name == "services" else str(plan[name]) for name in same if plan.get(name) is not None}
    return {
        "type": "normal",
        "impact": "outage",
        **known,
        **times,
        "zone": plan["tz"],
        "exdates": ", ".join(plan.get("exdates", ())),
    }


def in_order(result: Mapping[str, Any], own: str) -> Any:
    """A result in which the window is called the same at every door."""
    told = {name: value for name, value in result.items() if name != "id"}
    return without_order(json.loads(json.dumps(told).replace(json.dumps(own), '"W"')))


def on_page(piece: Element) -> tuple[str, list[str], list[str]]:
    """Verdict, and the effects of conflicts and of collisions, as a reader sees them."""
    verdict = piece.one(id="verdict-title").text.partition(" ")[2]
    found = {}
    for kind in ("conflicts", "collisions"):
        sections = [one for one in piece.all("section") if one.attributes.get("aria-labelledby") == f"{kind}-title"]
        found[kind] = sorted(one.attributes["class"] for section in sections for one in section.one("ul").all("li"))
    return verdict, found["conflicts"], found["collisions"]


def seen(result: Mapping[str, Any]) -> tuple[str, list[str], list[str]]:
    verdict = say_verdict(language("en"), Verdict(result["verdict"]))
    return verdict, *(sorted(one["effect"] for one in result[kind]) for kind in ("conflicts", "collisions"))


@pytest.mark.parametrize("name", CHOSEN)
def test_every_door_finds_the_same(name: str, house: Database, build: Building, story_now: Instant, tmp_path: Path) -> None:
    case = CASES[name]
    load_world(house, case, story_now)
    app, plan, own = build(house), plan_of(case), case["proposed"][0]["id"]
    by_command = in_order(by_file(case, tmp_path), own)
    program, visitor = program_of(app, MANAGER), Visitor(app).sign_in(MANAGER)

    status, checked = program.send("/checks", plan)
    assert (status, in_order(checked["result"], "-")) == (200, by_command)
    assert on_page(visitor.post("/windows/check", typed(plan)).page) == seen(by_command)

    status, kept = program.send("/windows", plan | WORDS)
    assert (status, in_order(kept["check"]["result"], kept["id"])) == (201, by_command)
    assert on_page(visitor.get(f"/windows/{kept['id']}").main) == seen(by_command)
    assert in_order(case["expected"], own)["verdict"] == by_command["verdict"]


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_every_door_refuses_the_same(
    name: str, code: str, house: Database, build: Building, story_now: Instant, tmp_path: Path
) -> None:
    case = CASES[name]
    load_world(house, case, story_now)
    app, plan = build(house), plan_of(case)
    program: Program = program_of(app, MANAGER)
    assert by_file(case, tmp_path)["error"] == code
    assert [program.send("/checks", plan)[1]["code"], program.send("/windows", plan | WORDS)[1]["code"]] == [code] * 2
    said = program.send("/checks", plan)[1]["detail"]
    assert said in Visitor(app).sign_in(MANAGER).post("/windows/check", typed(plan)).words
