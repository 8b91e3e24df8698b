"""How does a database come to be, and how is it brought up to date? Only by the numbered migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.store.database import Database

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"
ONE_AT_A_TIME = 7_203_471  # any number that nothing else locks on


def upgrade(database: Database) -> None:
    """Bring the database to the newest version, in one transaction; of several starters one does the work."""
    with database.for_writing.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_AT_A_TIME})
        command.upgrade(_config(connection), "head")


def is_current(database: Database) -> bool:
    """Whether every migration has been run on it."""
    with database.engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory(str(SCRIPTS)).get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
