"""How a database comes to be, and what it promises whatever the code above it does."""

import sqlite3
from contextlib import closing
from threading import Barrier, Thread

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, UniqueConstraint, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.domain.access import SYSTEM
from app.store.database import Database, Work, journal_mode, open_database
from app.store.migrations import SCRIPTS, _config, is_current, upgrade
from app.store.tables import metadata
from app.store.turnstile import take_turn

ONLY_ADDED_TO = "the trail is only added to"


def tables_of(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def tell(work: Work, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in work.connection.execute(text(statement))]


def address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def is_sqlite(database: Database) -> bool:
    return database.engine.dialect.name == "sqlite"


# --- how it comes to be


def test_an_empty_database_is_set_up_from_nothing(empty_database: Database) -> None:
    assert tables_of(empty_database) == set()
    assert not is_current(empty_database)
    upgrade(empty_database)
    assert is_current(empty_database)
    assert tables_of(empty_database) == {*metadata.tables, "alembic_version"}
    with empty_database.reading(SYSTEM, 0) as work:
        assert tell(work, "SELECT id, version FROM turnstile") == [(1, 0)]


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    def everything() -> dict[str, list[tuple[object, ...]]]:
        with database.reading(SYSTEM, 0) as work:
            return {name: sorted(tell(work, f'SELECT * FROM "{name}"'), key=repr) for name in sorted(tables_of(database))}  # noqa: S608 - our own table names

    before = everything()
    assert len(before["maintenance_window"]) == 69
    upgrade(database)
    assert everything() == before
    assert is_current(database)


def test_of_several_starters_one_does_the_work_and_all_find_it_done(empty_database: Database) -> None:
    together, found = Barrier(3), []

    def start() -> None:
        own = open_database(address(empty_database))
        together.wait(30)
        upgrade(own)
        found.append(is_current(own))
        own.engine.dispose()

    starters = [Thread(target=start) for _ in range(3)]
    for one in starters:
        one.start()
    for one in starters:
        one.join()
    assert found == [True, True, True]


def test_an_upgrade_that_fails_halfway_leaves_nothing(empty_database: Database) -> None:
    with empty_database.writing(SYSTEM, 0) as work:
        work.connection.execute(text("CREATE TABLE trail (in_the_way INTEGER)"))
    with pytest.raises(DBAPIError, match="trail"):
        upgrade(empty_database)
    assert tables_of(empty_database) == {"trail"}


def test_migrations_are_numbered_in_one_line() -> None:
    found = [one.revision for one in ScriptDirectory(str(SCRIPTS)).walk_revisions()]
    assert found[::-1] == [f"{number:04d}" for number in range(1, len(found) + 1)]


def test_the_models_are_what_the_migrations_make(empty_database: Database) -> None:
    upgrade(empty_database)
    with empty_database.engine.begin() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_models_have_the_constraints_that_the_migrations_make(empty_database: Database) -> None:
    """What alembic does not compare: checks, uniqueness, and keys that are never used again (SQLite)."""
    upgrade(empty_database)
    found = inspect(empty_database.engine)
    for table in metadata.sorted_tables:
        kinds = {CheckConstraint: found.get_check_constraints, UniqueConstraint: found.get_unique_constraints}
        for kind, constraints in kinds.items():
            modelled = {one.name for one in table.constraints if isinstance(one, kind)}
            assert {one["name"] for one in constraints(table.name)} == modelled, table.name
    if is_sqlite(empty_database):
        with empty_database.reading(SYSTEM, 0) as work:
            made = dict(tell(work, "SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        kept = {name for name, sql in made.items() if "AUTOINCREMENT" in str(sql)}
        assert kept == {one.name for one in metadata.sorted_tables if one.dialect_options["sqlite"]["autoincrement"]}
        assert "trail" in kept


# --- the trail


CHANGED = (
    "UPDATE trail SET reason = 'another'",
    "UPDATE trail SET reason = reason",
    "DELETE FROM trail",
    "DELETE FROM trail WHERE id = (SELECT max(id) FROM trail)",
    """INSERT INTO trail (id, at, action, subject, subject_id, reason, facts) SELECT id, 0, 'x', 'x', 'x', 'x', facts FROM trail
    WHERE id = 1 ON CONFLICT (id) DO UPDATE SET reason = 'another'""",
)
CHANGED_ON_SQLITE = (
    """REPLACE INTO trail (id, at, action, subject, subject_id, reason, facts) VALUES (1, 0, 'x', 'x', 'x', 'x', '{}')""",
    "UPDATE OR REPLACE trail SET id = 1 WHERE id = 2",
)
CHANGED_ON_POSTGRESQL = ("TRUNCATE trail", "TRUNCATE trail CASCADE", "TRUNCATE person CASCADE")


GUARDS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trail'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'trail'::regclass AND tgenabled = 'O' AND NOT tgisinternal",
}


def test_the_trails_guards_are_there_after_every_migration(empty_database: Database) -> None:
    """A migration that makes a table anew on SQLite drops its triggers without a word."""
    revisions = [one.revision for one in ScriptDirectory(str(SCRIPTS)).walk_revisions()][::-1]
    expected = {"trail_is_not_changed", "trail_is_not_deleted"} if is_sqlite(empty_database) else {"trail_is_not_changed"}
    for revision in revisions[revisions.index("0005") :]:
        with empty_database.for_writing.begin() as connection:
            command.upgrade(_config(connection), revision)
        with empty_database.reading(SYSTEM, 0) as work:
            assert {name for (name,) in tell(work, GUARDS[empty_database.engine.dialect.name])} == expected, revision


def test_the_trail_is_only_added_to(database: Database) -> None:
    with database.reading(SYSTEM, 0) as work:
        before = tell(work, "SELECT id, person_id, action, subject_id, reason FROM trail ORDER BY id")
    assert len(before) > 100
    for statement in (*CHANGED, *(CHANGED_ON_SQLITE if is_sqlite(database) else CHANGED_ON_POSTGRESQL)):
        with pytest.raises(DBAPIError, match=ONLY_ADDED_TO), database.writing(SYSTEM, 0) as work:
            work.connection.execute(text(statement))
    with database.writing(SYSTEM, 0) as work:
        added = "INSERT INTO trail (at, action, subject, subject_id, reason, facts) VALUES (0, 'x', 'x', 'x', 'x', '{}')"
        work.connection.execute(text(added))
        after = tell(work, "SELECT id, person_id, action, subject_id, reason FROM trail ORDER BY id")
    assert after[:-1] == before


# --- what every connection promises


def test_foreign_keys_hold(database: Database) -> None:
    for statement in (
        "INSERT INTO service_use (customer_id, service_id) VALUES ('NOBODY', 'MW-ESB')",
        "INSERT INTO window_service (window_id, service_id) VALUES ('W-26-001', 'NOTHING')",
        "DELETE FROM party WHERE id = 'ZONNEKROON'",
    ):
        with pytest.raises(IntegrityError), database.writing(SYSTEM, 0) as work:
            work.connection.execute(text(statement))


def test_a_connection_is_as_careful_as_it_should_be(database: Database) -> None:
    """Read back in both kinds of transaction: a setting that was made too late is silently none."""
    careful = {
        "PRAGMA synchronous": 2,
        "PRAGMA foreign_keys": 1,
        "PRAGMA recursive_triggers": 1,
        "PRAGMA trusted_schema": 0,
        "PRAGMA busy_timeout": 10_000,
        "PRAGMA journal_mode": journal_mode(sqlite3.sqlite_version_info).lower(),
    }
    if not is_sqlite(database):
        careful = {
            "SHOW lock_timeout": "5s",
            "SHOW statement_timeout": "30s",
            "SHOW idle_in_transaction_session_timeout": "30s",
            "SHOW TimeZone": "UTC",
            "SHOW transaction_isolation": "read committed",
        }
    for opened in (database.reading, database.writing):
        with opened(SYSTEM, 0) as work:
            assert {question: tell(work, question)[0][0] for question in careful} == careful


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 40, 1), "PERSIST"),
        ((3, 44, 5), "PERSIST"),
        ((3, 44, 6), "WAL"),
        ((3, 44, 7), "WAL"),
        ((3, 45, 9), "PERSIST"),
        ((3, 50, 6), "PERSIST"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "PERSIST"),
        ((3, 51, 2), "PERSIST"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_wal_is_used_only_where_its_reset_race_is_mended(version: tuple[int, ...], expected: str) -> None:
    assert journal_mode(version) == expected


def test_a_writer_on_sqlite_keeps_a_second_writer_out_until_it_is_done(demo_database: Database) -> None:
    """From its first moment, before it has written anything: check and write are one step."""
    with closing(sqlite3.connect(str(demo_database.engine.url.database), timeout=0, isolation_level=None)) as second:
        with demo_database.writing(SYSTEM, 0):
            assert second.execute("SELECT count(*) FROM party").fetchone() == (15,)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                second.execute("BEGIN IMMEDIATE")
        second.execute("BEGIN IMMEDIATE")
        second.execute("ROLLBACK")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_whoever_has_taken_the_turn_on_postgresql_keeps_others_waiting_for_theirs(database: Database) -> None:
    def take_it_at_once() -> None:
        with database.writing(SYSTEM, 0) as second:
            second.connection.execute(text("SET LOCAL lock_timeout = 1"))
            take_turn(second)

    with database.writing(SYSTEM, 0) as first:
        take_turn(first)
        with pytest.raises(DBAPIError, match="lock timeout"):
            take_it_at_once()
    with database.writing(SYSTEM, 0) as third:
        take_turn(third)
        assert tell(third, "SELECT version FROM turnstile")[0][0] > 2


def test_what_is_refused_in_the_middle_leaves_nothing(database: Database) -> None:
    class BrokenOffError(Exception):
        pass

    def names() -> list[tuple[object, ...]]:
        with database.reading(SYSTEM, 0) as work:
            return tell(work, "SELECT id, name FROM party ORDER BY id")

    def break_off() -> None:
        with database.writing(SYSTEM, 0) as work:
            work.connection.execute(text("UPDATE party SET name = 'another'"))
            raise BrokenOffError

    before = names()
    with pytest.raises(BrokenOffError):
        break_off()
    assert names() == before


def test_an_error_of_the_database_tells_no_value(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught, database.writing(SYSTEM, 0) as work:
        work.connection.execute(text("SELECT * FROM nothing_here WHERE secret = :secret"), {"secret": "canary-of-a-secret"})
    assert "nothing_here" in str(caught.value)
    assert "canary-of-a-secret" not in str(caught.value)
