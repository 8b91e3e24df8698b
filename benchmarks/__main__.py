"""`python -m benchmarks fill --size S --database sqlite:///s.db`, and then `run` on the same database."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import func, select

from app.cli.long_running import settle
from app.domain.access import SYSTEM, PartyKind
from app.store.database import Database, open_database
from app.store.migrations import upgrade
from app.store.tables import party
from benchmarks.checking import check_one
from benchmarks.expanding import expand_bulk, expand_unique
from benchmarks.filling import fill
from benchmarks.growing import growth
from benchmarks.measuring import lost, peak_memory
from benchmarks.preview import preview, serve
from benchmarks.rechecking import edit_rule, recheck_all
from benchmarks.report import Line, Part, show, write
from benchmarks.searching import planner, slots
from benchmarks.worlds import NOW, SIZES, Size, World

BENCHMARKS: dict[str, Callable[[Database, World, int, int], list[Line]]] = {
    "check-one": check_one,
    "recheck-all": recheck_all,
    "edit-rule": edit_rule,
    "expand-bulk": expand_bulk,
    "expand-unique": expand_unique,
    "preview": preview,
    "slots": slots,
    "planner": planner,
}


@click.group()
def main() -> None:
    """How fast is it, beside the naive way and beside the floor of the same run?"""


@main.command("fill")
@click.option("--size", type=click.Choice(list(SIZES)), default="S", show_default=True)
@click.option("--database", "url", required=True, help="An empty database, or one that an earlier fill was stopped in.")
def fill_database(size: str, url: str) -> None:
    """Make the world of that size. It may be stopped and started again."""
    with Progress(console=Console(stderr=True)) as shown:
        fill(open_database(url), World(SIZES[size]), shown)


@main.command("run")
@click.option("--database", "url", required=True, help="One that was filled.")
@click.option("--only", multiple=True, type=click.Choice(list(BENCHMARKS)), help="Not all of them.")
@click.option("--sample", default=100, show_default=True, help="How many items are measured.")
@click.option("--rounds", default=5, show_default=True, help="How often; of each item the best counts.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Where to keep the figures.")
def run(url: str, only: tuple[str, ...], sample: int, rounds: int, file: Path | None) -> None:
    """Measure what was filled, and say which goals are met."""
    database = open_database(url)
    upgrade(database)
    world = World(size_of(database))
    about = {"size": world.size.name, "database": database.engine.dialect.name, "sample": sample, "rounds": rounds}
    parts = []
    for name in only or BENCHMARKS:
        measure = partial(BENCHMARKS[name], database, world, sample, rounds)
        parts.append(_measured(f"{name}, {world.size.name} on {database.engine.dialect.name}", measure))
    if file:
        write(file, about, parts)


@main.command("growth")
@click.option("--small", required=True, help="A database that was filled.")
@click.option("--large", required=True, help="One that was filled with a larger size.")
@click.option("--sample", default=100, show_default=True, help="How many windows of each are looked at.")
@click.option("--rounds", default=5, show_default=True, help="How often; of each item the best counts.")
def growth_of(small: str, large: str, sample: int, rounds: int) -> None:
    """Measure whether a check takes longer in the larger world, for as many customers reached."""
    first, second = open_database(small), open_database(large)
    for database in (first, second):
        upgrade(database)
    title = f"growth, {size_of(first).name} to {size_of(second).name}"
    _measured(title, lambda: growth(first, second, sample, rounds))


def _measured(title: str, measure: Callable[[], list[Line]]) -> Part:
    """Shown, with the processor that was lost at its beginning or end, whichever was more. As in a process that stays."""
    settle()
    before = lost()
    lines = measure()
    part = Part(tuple(lines), max(before, lost()), peak_memory())
    show(title, part)
    return part


@main.command("serve", hidden=True)
@click.option("--database", "url", required=True)
@click.option("--port", type=int, required=True)
def serve_database(url: str, port: int) -> None:
    """The child process of `preview`."""
    serve(url, port)


def size_of(database: Database) -> Size:
    """Which world is in it, by the number of its customers."""
    with database.reading(SYSTEM, NOW) as work:
        customers = work.connection.execute(select(func.count()).where(party.c.kind == PartyKind.CUSTOMER)).scalar_one()
    found = [one for one in SIZES.values() if one.customers == customers]
    if not found:
        raise click.ClickException(f"A database with {customers} customers was not filled by this command.")
    return found[0]


if __name__ == "__main__":
    main()
