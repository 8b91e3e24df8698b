"""The commands of `ober`, one file each."""

import sys
from io import TextIOWrapper

import click

from app.cli.calendar import calendar
from app.cli.check import check
from app.cli.dates import dates
from app.cli.occurrences import occurrences
from app.cli.serve import demo, run
from app.cli.setting_up import database, people_group
from app.cli.trail import trail_group
from app.cli.worker import worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Ober plans supplier maintenance around the moments that matter to customers."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know fewer letters than a customer's name has


for command in (check, dates, calendar, demo, run, database, people_group, occurrences, trail_group, worker):
    main.add_command(command)
