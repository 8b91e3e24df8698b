"""`ober trail`: what was changed behind the application's back is found, and where."""

import re
from threading import Barrier, Thread

import pytest
from alembic import command
from sqlalchemy import text

from app.domain.access import SYSTEM
from app.domain.trail_chain import verify
from app.store import migrations, trail
from app.store.database import Database
from app.store.migrations import upgrade
from tests.conftest import Cast

from .terminal import ober

ASIDE = {
    "sqlite": ("DROP TRIGGER trail_is_not_changed", "DROP TRIGGER trail_is_not_deleted"),
    "postgresql": ("ALTER TABLE trail DISABLE TRIGGER USER",),
}


def said(database: Database, *words: str) -> tuple[int, str]:
    address = database.engine.url.render_as_string(hide_password=False)
    done = ober("trail", *words, OBER_DATABASE_URL=address)
    return done.exit_code, (done.stdout + done.stderr).strip()


def behind_its_back(database: Database, *statements: str) -> None:
    """What somebody can do who has the database itself."""
    with database.writing(SYSTEM, 0) as work:
        for statement in (*ASIDE[database.engine.dialect.name], *statements):
            work.connection.execute(text(statement))


def numbers(database: Database) -> list[int]:
    with database.reading(SYSTEM, 0) as work:
        return list(work.connection.execute(text("SELECT id FROM trail ORDER BY id")).scalars())


def test_a_trail_that_nobody_touched_fits_and_its_head_is_told(database: Database) -> None:
    status, head = said(database, "head")
    assert (status, re.fullmatch(r"[0-9a-f]{64}", head) is not None) == (0, True)
    count = len(numbers(database))
    assert said(database, "verify") == (0, f"{count} entries fit; the head is {head}")


PUT = "INSERT INTO trail (at, action, subject, subject_id, reason, facts) VALUES"
AFTER = "DELETE FROM trail WHERE id > {}"
CHANGES = {
    "another reason": ("UPDATE trail SET reason = 'another' WHERE id = {fifty}", "{fifty}"),
    "another moment": ("UPDATE trail SET at = at + 1 WHERE id = {fifty}", "{fifty}"),
    "another person": ("UPDATE trail SET person_id = 'krp-cm-2', party_id = 'KRP' WHERE id = {fifty}", "{fifty}"),
    "other facts": ("UPDATE trail SET facts = '{{\"x\": 1}}' WHERE id = {fifty}", "{fifty}"),
    "one taken out": ("DELETE FROM trail WHERE id = {fifty}", "{after}"),
    "two that changed places": ("UPDATE trail SET id = -id WHERE id = {fifty}", "-{fifty}"),
    "one put in": (
        "INSERT INTO trail (at, action, subject, subject_id, reason, facts) VALUES (0, 'x', 'x', 'x', '', '{{}}')",
        "{new}",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_first_entry_that_does_not_fit_is_named(database: Database, what: str) -> None:
    statement, wrong = CHANGES[what]
    known = numbers(database)
    places = {"fifty": known[50], "after": known[51], "new": known[-1] + 1}
    behind_its_back(database, statement.format(**places))
    status, told = said(database, "verify")
    assert (status, told.startswith(f"Error: Entry {wrong.format(**places)} does not fit")) == (1, True), told


def test_entries_that_are_missing_at_the_end_are_missed(database: Database) -> None:
    behind_its_back(database, AFTER.format(numbers(database)[-4]))
    status, told = said(database, "verify")
    assert (status, "some were taken away" in told) == (1, True)


def test_a_trail_that_was_written_anew_is_found_out_by_a_head_that_was_kept_elsewhere(database: Database, cast: Cast) -> None:
    _, head = said(database, "head")
    with cast("krp-cm-1").writing() as work:
        trail.append(work, "window.submitted", "window", "W-27-010")
    assert said(database, "verify", "--head", head)[0] == 0, "more has come since, and the old head is part of it"
    with database.reading(SYSTEM, 0) as work:
        end = list(trail.chain(work))[-3].hash
    behind_its_back(database, AFTER.format(numbers(database)[-3]), f"UPDATE trail_head SET hash = '{end}'")  # noqa: S608 - a hash
    assert said(database, "verify")[0] == 0, "without the head it cannot be seen"
    status, told = said(database, "verify", "--head", head)
    assert (status, "written anew" in told) == (1, True)


def test_what_is_written_at_one_moment_follows_one_another(database: Database) -> None:
    together = Barrier(4)

    def write(number: int) -> None:
        together.wait(30)
        for _ in range(5):
            with database.writing(SYSTEM, number) as work:
                trail.append(work, "window.submitted", "window", f"W-{number}", "at\0once", facts=[number, {"ü": None}])

    writers = [Thread(target=write, args=(number,)) for number in range(4)]
    before = len(numbers(database))
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    with database.reading(SYSTEM, 0) as work:
        found = verify(trail.chain(work), trail.head(work))
    assert (found.is_sound, found.entries) == (True, before + 20)


def test_what_is_refused_leaves_the_head_where_it_was(database: Database) -> None:
    _, head = said(database, "head")

    def break_off() -> None:
        with database.writing(SYSTEM, 0) as work:
            trail.append(work, "window.submitted", "window", "W-1")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert said(database, "head") == (0, head)


# --- What the database promises whatever is done to it ------------------------------------------------------------------


def upgraded_to(database: Database, revision: str) -> None:
    with database.for_writing.begin() as connection:
        command.upgrade(migrations._config(connection), revision)


def test_entries_from_before_there_was_a_chain_are_chained(empty_database: Database) -> None:
    upgraded_to(empty_database, "0022")
    with empty_database.writing(SYSTEM, 0) as work:
        add = "INSERT INTO trail (at, action, subject, subject_id, reason, facts) VALUES (:at, 'x', 'x', 'ü', 'why', :facts)"
        work.connection.execute(text(add), [{"at": at, "facts": '{"b": [1, null], "a": "é"}'} for at in range(2500)])
    upgrade(empty_database)
    status, told = said(empty_database, "verify")
    assert (status, told.startswith("2500 entries fit")) == (0, True), told
    with empty_database.writing(SYSTEM, 0) as work:
        trail.append(work, "x", "x", "x")
    assert said(empty_database, "verify")[1].startswith("2501 entries fit")
