"""Would the tests notice? One word of the domain is changed in a copy, and the tests of that file must turn red."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from .examples import LONG

ROOT = Path(__file__).parent.parent.parent
DOMAIN = Path("app") / "domain"
PASSED, FAILED = 0, 1


class Mutant(NamedTuple):
    file: str
    old: str
    new: str


MUTANTS = [
    Mutant("conflicts", "if peak.covers(service)", "if service"),
    Mutant("conflicts", " if busy.peak.concerns(window)", ""),
    Mutant("conflicts", "peak.id, period.anchor) in scene", "peak.id, period.first_day) in scene"),
    Mutant("conflicts", "types == {ChangeType.EMERGENCY}", "ChangeType.EMERGENCY in types"),
    Mutant("conflicts", "if not moment.is_down(service)", "if service"),
    Mutant("conflicts", "alone.down - further.services", "alone.down"),
    Mutant("conflicts", ".difference(*(scene", ".union(*(scene"),
    Mutant("conflicts", "window.span.end > until", "window.span.end >= until"),
    Mutant("occurrences", "daily.end <= daily.start", "daily.end < daily.start"),
    Mutant("occurrences", "whole_day(last, zone).end", "whole_day(last, zone).start"),
    Mutant("occurrences", "if hours.start < hours.end:", "if hours.start <= hours.end:"),
    Mutant("occurrences", "-lead.before", "lead.before"),
    Mutant("occurrences", "_whole_days(one.first, one.last", "_whole_days(one.first, one.first"),
    Mutant("occurrences", "day not in peak.except_on", "day in peak.except_on"),
    Mutant("occurrences", "longest(peak.rule) + ", ""),
    Mutant("occurrences", "found.setdefault(day, day)", "found[day] = day"),
    Mutant(
        "walltime",
        "return _seconds(wall.replace(tzinfo=zone(zone_name), fold=0))",
        "return _seconds(wall.replace(tzinfo=zone(zone_name)))",
    ),
    Mutant("walltime", "second if fold else first", "first if fold else second"),
    Mutant("walltime", "if fold is None:", "if not fold:"),
    Mutant("walltime", "!= wall:", "== wall:"),
    Mutant("walltime", "reset_tzpath(to=())", "reset_tzpath()"),
    Mutant("workdays", "day.weekday() < Weekday.SA", "day.weekday() <= Weekday.SA"),
    Mutant("workdays", "(year - 1, year, year + 1)", "(year - 1, year)"),
    Mutant("workdays", "self.since <= year <= self.until", "self.since < year <= self.until"),
    Mutant("workdays", "abs(n) - 1, None", "abs(n), None"),
    Mutant("workdays", "after if after.month == day.month", "after if after.month != day.month"),
    Mutant("workdays", " and day not in calendar.not_off", ""),
    Mutant("chain", "- lost[number] < requirement.minimum", "- lost[number] <= requirement.minimum"),
    Mutant("outage", "if one in self.failing.unmet and one not in unmet", "if one not in unmet"),
    Mutant("outage", " & self.failing.unmet - self.alone", " - self.alone"),
    Mutant("outage", "if number in self.failing.unmet:", "if self.failing.unmet:"),
    Mutant("outage", "min(here, nearer", "max(here, nearer"),
    Mutant("outage", "elif steps[service] == step:", "else:"),
    Mutant("outage", "deque([target])", "deque([])"),
    Mutant("scene", "if part[1].isdisjoint(spares)", "if not part[1].isdisjoint(spares)"),
    Mutant("scene", "spares.union(*(others for _, others in joined))", "spares"),
    Mutant("scene", "for one in situation.dated if one.window.id not in own", "for one in situation.dated"),
    Mutant("scene", " if active & self.proposed_ids", ""),
    Mutant("lifecycle", "and facts.type is not ChangeType.EMERGENCY", ""),
    Mutant("lifecycle", "facts.minutes_to_start > MINUTES_EARLY", "facts.minutes_to_start >= MINUTES_EARLY"),
    Mutant("lifecycle", "ChangeType.EMERGENCY and facts.emergency_authority", "ChangeType.EMERGENCY or facts.emergency_authority"),
    Mutant("lifecycle", "if worse and facts", "if worse or facts"),
    Mutant("lifecycle", "role is StepRole.SUPPLIER and not facts.own_window", "not facts.own_window"),
    Mutant(
        "lifecycle", "frozenset({State.APPROVED, State.IN_PROGRESS", "frozenset({State.APPROVED, State.ON_HOLD, State.IN_PROGRESS"
    ),
]


def copied(to: Path) -> Path:
    """A copy of the domain and its tests, without the rest of the house."""
    (to / "app").mkdir(parents=True)
    shutil.copy2(ROOT / "app" / "__init__.py", to / "app")
    shutil.copytree(ROOT / DOMAIN, to / DOMAIN)
    shutil.copytree(ROOT / "tests" / "domain", to / "tests" / "domain")
    (to / "tests" / "cases").symlink_to(ROOT / "tests" / "cases")
    return to


def changed(mutant: Mutant, to: Path) -> Path:
    path = copied(to) / DOMAIN / f"{mutant.file}.py"
    path.write_text(path.read_text(encoding="utf-8").replace(mutant.old, mutant.new), encoding="utf-8")
    for compiled in path.parent.glob(f"__pycache__/{mutant.file}.*"):
        compiled.unlink()
    return to


TRIED = MUTANTS if LONG else MUTANTS[::6]
"""All of them in the long form; each takes a run of its own."""


def sentences_of(where: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """The sentences about these files (not the made-up examples), run in the copy up to the first that fails.

    No plugin is loaded that is not needed: most of the time goes into starting.
    """
    paths = [Path("tests", "domain", f"test_{name}.py") for name in files]
    made_up = any("hypothesis" in (where / path).read_text(encoding="utf-8") for path in paths)
    marking = ["-p", "_hypothesis_pytestplugin", "-m", "not hypothesis"] if made_up else []
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--rootdir", ".", *marking, *map(str, paths)]
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_", "COVERAGE_"))}
    environment = alone | {"PYTHONPATH": str(where), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file}: {mutant.old}")
def test_the_word_that_is_changed_stands_there_exactly_once(mutant: Mutant):
    source = (ROOT / DOMAIN / f"{mutant.file}.py").read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, "the table of mutations is out of date"


def test_without_a_change_the_tests_are_green(tmp_path: Path):
    run = sentences_of(copied(tmp_path / "copy"), *sorted({mutant.file for mutant in MUTANTS}))
    assert run.returncode == PASSED, run.stdout


@pytest.mark.parametrize("mutant", TRIED, ids=lambda mutant: f"{mutant.file}: {mutant.old}")
def test_a_changed_word_turns_the_tests_of_its_file_red(mutant: Mutant, tmp_path: Path):
    run = sentences_of(changed(mutant, tmp_path / "copy"), mutant.file)
    assert run.returncode == FAILED, f"{mutant.new!r} instead of {mutant.old!r} went unnoticed\n{run.stdout}{run.stderr}"
