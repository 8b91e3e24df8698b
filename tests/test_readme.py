"""The README's map is true: every place in it exists and holds what it says, and no part of the house is missing."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
MAP = re.findall(r"^\| (?P<question>[^|]+) \| `(?P<path>[^`]+)`(?: `(?P<name>[^`]+)`)? \|$", README, re.MULTILINE)
NOT_ON_THE_MAP = {"__pycache__", "static", "templates", "nl", "vendor"}


def names_in(path: Path) -> set[str]:
    """What a module defines at its top level."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize(("question", "path", "name"), MAP)
def test_every_place_on_the_map_exists_and_holds_what_it_says(question: str, path: str, name: str) -> None:
    place = ROOT / path
    assert place.is_file(), f"README: {question} points to {path}, which is not there. Correct the map."
    if name:
        assert name in names_in(place), f"README: {question} points to {name} in {path}, which is not there. Correct the map."


def test_every_folder_of_the_house_is_on_the_map() -> None:
    folders = {one for one in (ROOT / "app").iterdir() if one.is_dir() and one.name not in NOT_ON_THE_MAP}
    shown = {(ROOT / path).parents[0] for _, path, _ in MAP} | {(ROOT / path).parents[1] for _, path, _ in MAP}
    missing = sorted(one.name for one in folders - shown)
    assert len(MAP) > 25
    assert not missing, f"README: add a row to the map for {missing}"


def test_both_languages_begin_with_the_same_two_commands() -> None:
    blocks = re.findall(r"```\n(python run\.py demo\npython run\.py test)\n```", README)
    assert len(blocks) == 2


def test_the_picture_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]{20,}\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_the_worked_cases_are_all_there() -> None:
    cases = json.loads((ROOT / "tests/cases/conflicts.json").read_text())["cases"]
    assert len(cases) == 271
