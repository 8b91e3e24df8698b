"""`ober occurrences`: date every peak up to the horizon, all at once."""

import time

import click
from rich.console import Console
from rich.progress import Progress

from app.cli.setting_up import current_database
from app.domain.access import SYSTEM
from app.store.database import Database
from app.usecases.rolling import behind, roll_over

AT_ONCE = 500
"""Peaks a transaction: what was done when it is stopped stays done, and others who write wait a second at most."""


@click.command()
def occurrences() -> None:
    """Date the peaks up to three years ahead, as the worker does bit by bit: after an upgrade, or before the first use.

    Until then every check dates them itself. It may be stopped and started again.
    """
    done = date_all(current_database())
    print(f"Dated {done} peaks; all are kept up to the horizon.")


def date_all(database: Database) -> int:
    """Date what is due, with progress on the terminal; how many peaks that were."""
    now = int(time.time())
    with database.reading(SYSTEM, now) as work:
        total = behind(work)
    done = 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Peaks", total=total)
        while done < total:
            with database.writing(SYSTEM, now) as work:
                dated = roll_over(work, AT_ONCE)
            if not dated:
                break
            done += dated
            progress.update(task, completed=done)
    return done
