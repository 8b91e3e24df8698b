"""The door of a terminal: the `ober` command line."""

from app.cli.main import main

__all__ = ["main"]
