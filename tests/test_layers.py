"""Who may know whom: the layers of STYLE, as tests. A failure names the import that goes the wrong way."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]
CONTRACTS = Path(__file__).with_name("layers.toml")
PURE = frozenset(sys.stdlib_module_names) | {"dateutil"}
UNTOUCHED = frozenset(
    {
        "asyncio",
        "http",
        "io",
        "os",
        "pathlib",
        "random",
        "secrets",
        "shutil",
        "socket",
        "sqlite3",
        "subprocess",
        "tempfile",
        "threading",
        "time",
    }
    | {"urllib", "logging"}
)
"""What of the standard library reaches outside: the domain turns values into values."""


def files(*folders: str) -> list[Path]:
    found = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    assert found
    return found


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that is imported anywhere in a file, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{'.' * node.level}{node.module or ''}", node.lineno


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", cache_dir=None)


def contracts() -> list[str]:
    return [one["id"] for one in tomllib.loads(CONTRACTS.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]]


@pytest.mark.parametrize("contract", contracts())
def test_a_contract_is_kept(contract: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(CONTRACTS), limit_to_contracts=(contract,), no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_the_domain_knows_nothing_but_itself_dates_and_the_part_of_the_language_that_touches_nothing() -> None:
    wrong = []
    for file in files("app/domain"):
        for name, line in imported(parsed(file)):
            top = name.split(".")[0]
            is_own = name == "app.domain" or name.startswith(("app.domain.", "."))
            if not is_own and (top not in PURE or top in UNTOUCHED):
                wrong.append(f"{file.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_tables_are_known_to_the_store_and_the_migrations_alone() -> None:
    knowing = {
        str(file.relative_to(ROOT).parent)
        for file in files("app", "migrations")
        for name, _ in imported(parsed(file))
        if name == "app.store.tables"
    }
    assert knowing == {"app/store", "migrations"}


def test_every_import_stands_at_the_top() -> None:
    """One inside a function, or for type checkers only, says that two files have the wrong border (house rule 2)."""
    wrong = []
    for file in files("app", "migrations"):
        tree = parsed(file)
        at_the_top = {id(node) for node in tree.body}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in at_the_top:
                wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_no_import_comes_back_to_where_it_began(graph: grimp.ImportGraph) -> None:
    order = TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
    try:
        order.prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_every_file_is_part_of_the_application(graph: grimp.ImportGraph) -> None:
    """What nothing imports is either a door or forgotten."""
    found = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files("app")}
    assert found == graph.modules
    alone = {module for module in graph.modules if not graph.find_modules_that_directly_import(module)}
    packages = {module for module in graph.modules if graph.find_children(module)}
    assert alone - packages == {"app.cli.__main__"}


def test_only_doors_read_the_clock() -> None:
    """House rule 5: now is an argument."""
    wrong = []
    for file in files("app/domain", "app/store", "app/usecases", "app/queries", "app/phrases", "app/adapters", "app/demo"):
        for node in ast.walk(parsed(file)):
            is_clock = isinstance(node, ast.Attribute) and node.attr in {
                "now",
                "utcnow",
                "today",
                "time",
                "monotonic",
                "perf_counter",
            }
            if is_clock and isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date", "time"}:
                wrong.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.value.id}.{node.attr}")
    assert wrong == []


def test_a_contract_can_be_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Else the tests above would show nothing: the layers the wrong way round."""
    monkeypatch.chdir(ROOT)
    text = CONTRACTS.read_text(encoding="utf-8")
    upside_down = text.replace('"store | adapters",\n    "domain"', '"domain",\n    "store | adapters"')
    assert upside_down != text
    (tmp_path / "layers.toml").write_text(upside_down, encoding="utf-8")
    wrong = lint_imports(config_filename=str(tmp_path / "layers.toml"), limit_to_contracts=("layers",), no_cache=True, no_logo=True)
    assert wrong != EXIT_STATUS_SUCCESS
