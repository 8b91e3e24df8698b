"""Where is it kept, and how is a transaction opened? One engine for SQLite or PostgreSQL, one `Work` a transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.access import Actor
from app.domain.spans import Instant

WAL_IS_SAFE_FROM = (3, 51, 3)
WAL_BACKPORTS = {(3, 44): 6, (3, 50): 7}
BUSY_MILLISECONDS = 10_000
POSTGRESQL_LIMITS = "-c lock_timeout=5000 -c statement_timeout=30000 -c idle_in_transaction_session_timeout=30000"
POSTGRESQL_PLANS = "-c jit=off -c enable_hashjoin=off -c enable_mergejoin=off"
"""Joins go by index, as on SQLite, which knows no other way. Of a walk through the chain PostgreSQL guesses a thousand times
too many rows, and reads the whole chain several times over: 10 ms instead of 2 with 5,000 services, more with more."""


@dataclass(frozen=True)
class Work:
    """One transaction, who acts in it and the moment it happens. Use cases and queries take it as their first argument."""

    connection: Connection
    actor: Actor
    now: Instant


class Database:
    """Opens transactions. Writers on SQLite take the write lock at once, so that check and write are one step."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.for_writing = engine.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def writing(self, actor: Actor, now: Instant) -> Iterator[Work]:
        """A transaction that is committed at the end, or rolled back whole when anything is raised."""
        with self.for_writing.begin() as connection:
            yield Work(connection, actor, now)

    @contextmanager
    def reading(self, actor: Actor, now: Instant) -> Iterator[Work]:
        """A transaction for looking only."""
        with self.engine.begin() as connection:
            yield Work(connection, actor, now)


def open_database(url: str | URL) -> Database:
    """Connect to `sqlite:///path` or `postgresql://…`. An error names its statement and no values: they may be secrets."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, hide_parameters=True, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return Database(engine)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    options = {
        "options": f"{POSTGRESQL_LIMITS} {POSTGRESQL_PLANS} -c timezone=UTC",
        "connect_timeout": 5,
        "prepare_threshold": None,  # a prepared plan guesses how many values are asked for
    }
    patient = create_engine(
        address, hide_parameters=True, pool_pre_ping=True, isolation_level="READ COMMITTED", connect_args=options
    )
    return Database(patient)


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Durable and strict: every commit is synced, foreign keys hold, REPLACE runs delete triggers.

    The driver opens no transactions of its own (isolation_level None); `_begin_sqlite` does.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        f"journal_mode={journal_mode(sqlite3.sqlite_version_info)}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN DEFERRED"))


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL where its reset race is mended (https://sqlite.org/wal.html, 3.51.3 and two backports); else PERSIST.

    DELETE, the default, can lose an acknowledged commit at power loss: the unlink that ends it is not synced.
    """
    mended = version >= WAL_IS_SAFE_FROM or version[2] >= WAL_BACKPORTS.get((version[0], version[1]), 1000)
    return "WAL" if mended else "PERSIST"
