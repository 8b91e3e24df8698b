"""`python -m benchmarks fill --size S --database sqlite:///s.db`, and then `run` on the same database."""

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import func, select

from app.domain.access import SYSTEM, PartyKind
from app.store.database import Database, open_database
from app.store.tables import party
from benchmarks.checking import check_one
from benchmarks.filling import fill
from benchmarks.measuring import lost, peak_memory
from benchmarks.report import Line, Part, show, write
from benchmarks.worlds import NOW, SIZES, Size, World

BENCHMARKS: dict[str, Callable[[Database, World, int, int], list[Line]]] = {
    "check-one": check_one,
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
    world = World(size_of(database))
    about = {"size": world.size.name, "database": database.engine.dialect.name, "sample": sample, "rounds": rounds}
    parts = []
    for name in only or BENCHMARKS:
        before = lost()
        lines = BENCHMARKS[name](database, world, sample, rounds)
        part = Part(tuple(lines), max(before, lost()), peak_memory())
        show(f"{name}, {world.size.name} on {database.engine.dialect.name}", part)
        parts.append(part)
    if file:
        write(file, about, parts)


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
