"""`python -m app.cli` is `ober`."""

from app.cli.main import main

main(prog_name="ober")
