"""The application as the pages' tests build it."""

from tests.web.conftest import app, build, built, database_file, signed_in

__all__ = ["app", "build", "built", "database_file", "signed_in"]
