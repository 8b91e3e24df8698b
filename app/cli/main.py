"""The commands of `ober`, one file each."""

import click

from app.cli.check import check
from app.cli.dates import dates
from app.cli.serve import demo, run
from app.cli.setting_up import database, people_group


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Ober plans supplier maintenance around the moments that matter to customers."""


for command in (check, dates, demo, run, database, people_group):
    main.add_command(command)
