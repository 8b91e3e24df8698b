"""`ober trail`: is the record of who did what still as it was written?"""

import time

import click

from app.cli.setting_up import current_database
from app.domain.access import SYSTEM
from app.domain.trail_chain import BEGINNING, verify
from app.store import trail


@click.group("trail")
def trail_group() -> None:
    """The record of who did what; each entry is bound to all before it."""


@trail_group.command()
def head() -> None:
    """Print the hash of the last entry, to be kept elsewhere: with it a rewritten trail is found out."""
    with current_database().reading(SYSTEM, int(time.time())) as work:
        print(trail.head(work))


@trail_group.command("verify")
@click.option("--head", "anchor", default=BEGINNING, metavar="HASH", help="A hash that `ober trail head` printed earlier.")
def verify_trail(anchor: str) -> None:
    """Follow the trail from its beginning. Exit status 1 when an entry does not fit, or some are missing."""
    with current_database().reading(SYSTEM, int(time.time())) as work:
        kept = trail.head(work)  # first, for more may be added while the entries are read
        found = verify(trail.chain(work), kept, anchor.strip().lower())
    if found.wrong is not None:
        raise click.ClickException(f"Entry {found.wrong} does not fit what comes before it; {found.entries} before it do.")
    if not found.is_whole:
        raise click.ClickException(f"{found.entries} entries fit, but the last one is not there: some were taken away.")
    if not found.is_anchored:
        raise click.ClickException(f"{found.entries} entries fit, but none has that hash: the trail was written anew.")
    print(f"{found.entries} entries fit; the head is {found.head}")
