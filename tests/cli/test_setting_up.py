"""`ober database`, `ober people`, `ober run` and `ober demo`: setting up on both kinds of database, and what stops a start."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.access import SYSTEM
from app.store import parties, people, recipients
from app.store.database import Database
from app.store.migrations import is_current, upgrade
from app.usecases import signing_in

from .terminal import ober

PASSWORD = "a night at the flower auction"


def address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def ready(empty_database: Database) -> Database:
    upgrade(empty_database)
    return empty_database


def said(*words: object, database: Database, typed: str | None = None) -> tuple[int, str, str]:
    result = ober(*words, typed=typed, OBER_DATABASE_URL=address(database))
    return result.exit_code, result.stdout, result.stderr


ADD_KRP = ("people", "add-party", "KRP", "--kind", "integrator", "--name", "Ketenregie Partners")
ADD_ANNA = ("people", "add", "anna", "--party", "KRP", "--name", "Anna", "--role", "change_manager")


def test_an_empty_database_is_brought_up_to_date_and_again_without_harm(empty_database: Database) -> None:
    for _ in range(2):
        assert said("database", "upgrade", database=empty_database) == (0, "The database is up to date.\n", "")
        assert is_current(empty_database)


def test_the_first_party_and_person_are_entered_and_she_can_sign_in(ready: Database) -> None:
    assert said(*ADD_KRP, database=ready) == (0, "Added KRP.\n", "")
    status, told, _ = said(*ADD_ANNA, "--role", "viewer", "--language", "nl", database=ready, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert status == 0
    assert told.endswith("Added anna.\n")
    assert PASSWORD not in told
    with ready.writing(SYSTEM, 0) as work:
        assert signing_in.whose_session(work, signing_in.sign_in(work, "anna", PASSWORD))
        actor = people.actor_named(work, "anna")
    assert actor
    assert (actor.party, set(actor.roles), actor.language, actor.zone) == (
        "KRP",
        {"change_manager", "viewer"},
        "nl",
        "Europe/Amsterdam",
    )


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_a_customer_may_share_its_name(ready: Database) -> None:
    for name, options in (("OPEN", ["--shares-names"]), ("SHUT", [])):
        assert said("people", "add-party", name, "--kind", "customer", "--name", name, *options, database=ready)[0] == 0
    with ready.reading(SYSTEM, 0) as work:
        assert {key: one.shares_names for key, one in parties.visible_parties(work).items()} == {"OPEN": True, "SHUT": False}


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*ADD_ANNA, "--party", "NOBODY", "--password", PASSWORD), "does not exist"),
        ((*ADD_ANNA, "--role", "planner", "--password", PASSWORD), "has no such role"),
        ((*ADD_ANNA, "--zone", "Amsterdam", "--password", PASSWORD), "There is no time zone “Amsterdam”"),
        ((*ADD_ANNA, "--password", "short"), "12 to 256 characters"),
        (ADD_KRP, "“KRP” exists already"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(ready: Database, words: tuple[str, ...], told: str) -> None:
    said(*ADD_KRP, database=ready)
    status, out, error = said(*words, database=ready)
    assert (status, out) == (1, "")
    assert error.startswith("Error: ")
    assert told in error
    assert PASSWORD not in error


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_a_person_is_entered_once(ready: Database) -> None:
    said(*ADD_KRP, database=ready)
    assert said(*ADD_ANNA, "--password", PASSWORD, database=ready)[0] == 0
    status, _, error = said(*ADD_ANNA, "--password", PASSWORD, database=ready)
    assert (status, "“anna” exists already" in error) == (1, True)


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("option", ["--kind=king", "--role=king"])
def test_a_kind_or_role_that_does_not_exist_is_refused_with_the_ones_that_do(ready: Database, option: str) -> None:
    words = ADD_KRP if "kind" in option else ADD_ANNA
    status, _, error = said(*words, option, database=ready)
    assert status == 2
    assert ("integrator" if "kind" in option else "change_manager") in error


@pytest.mark.parametrize("words", [("database", "upgrade"), ADD_KRP, (*ADD_ANNA, "--password", PASSWORD), ("run",)])
@pytest.mark.parametrize(
    ("url", "told"),
    [
        (None, "OBER_DATABASE_URL is not set."),
        ("", "OBER_DATABASE_URL is not set."),
        ("nonsense", "OBER_DATABASE_URL cannot be used."),
        ("mysql://root:secret@db/ober", "OBER_DATABASE_URL cannot be used."),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named(words: tuple[str, ...], url: str | None, told: str) -> None:
    result = ober(*words, OBER_DATABASE_URL=url, OBER_SECRET_KEY="x" * 40, OBER_PUBLIC_URL="https://ober.example.org")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {told}")
    assert "secret" not in result.stderr


def test_people_are_not_entered_in_a_database_that_is_not_up_to_date(empty_database: Database) -> None:
    status, out, error = said(*ADD_KRP, database=empty_database)
    assert (status, out) == (1, "")
    assert "ober database upgrade" in error


def test_a_name_that_does_not_fit_is_refused_in_words(ready: Database) -> None:
    """SQLite would keep it and PostgreSQL would not; both must answer the same."""
    status, out, error = said("people", "add-party", "K" * 81, "--kind", "integrator", "--name", "N" * 201, database=ready)
    assert (status, out) == (1, "")
    assert error.startswith("Error: ")


# --- starting


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_demonstration_on_a_taken_port_says_so_before_anything_else(taken: int, tmp_path: Path) -> None:
    result = ober("demo", "--port", taken, "--data", tmp_path / "data", "--no-browser")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: Port {taken} on 127.0.0.1 is taken by another program. Choose another with --port.\n"
    assert not (tmp_path / "data").exists()


def test_a_server_on_a_taken_port_says_so(taken: int, demo_database: Database) -> None:
    settings = {"OBER_SECRET_KEY": "x" * 40, "OBER_PUBLIC_URL": "https://ober.example.org"}
    result = ober("run", "--port", taken, OBER_DATABASE_URL=address(demo_database), **settings)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"Port {taken} on 127.0.0.1 is taken" in result.stderr


def test_a_demonstration_at_a_time_that_is_none_is_refused(tmp_path: Path, taken: int) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    result = ober("demo", "--port", port, "--data", tmp_path / "data", "--as-of", "yesterday", "--no-browser")
    assert result.exit_code == 2
    assert "--as-of" in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", ["OBER_SECRET_KEY", "OBER_PUBLIC_URL"])
def test_a_server_names_the_setting_it_misses(demo_database: Database, name: str) -> None:
    settings = {"OBER_SECRET_KEY": "x" * 40, "OBER_PUBLIC_URL": "https://ober.example.org", name: None}
    result = ober("run", OBER_DATABASE_URL=address(demo_database), **settings)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {name} is not set.")


def test_a_server_does_not_start_on_a_database_that_is_not_up_to_date(empty_database: Database) -> None:
    settings = {"OBER_SECRET_KEY": "x" * 40, "OBER_PUBLIC_URL": "https://ober.example.org"}
    result = ober("run", OBER_DATABASE_URL=address(empty_database), **settings)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "ober database upgrade" in result.stderr


def test_a_persons_mail_address_is_kept_and_one_that_is_none_is_refused(ready: Database) -> None:
    said(*ADD_KRP, database=ready)
    wrong = said(*ADD_ANNA, "--email", "anna", database=ready, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert (wrong[0], "not an e-mail address" in wrong[2]) == (1, True)
    assert said(*ADD_ANNA, "--email", "anna@example.org", database=ready, typed=f"{PASSWORD}\n{PASSWORD}\n")[0] == 0
    with ready.reading(SYSTEM, 0) as work:
        (anna,) = recipients.named(work, ["anna"])
    assert anna.has_address
