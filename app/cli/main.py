"""The commands of `ober`, one file each."""

import click

from app.cli.check import check
from app.cli.dates import dates


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Ober plans supplier maintenance around the moments that matter to customers."""


for command in (check, dates):
    main.add_command(command)
