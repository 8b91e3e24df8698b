"""`ober database` and `ober people`: bring a database up to date, and enter the first people."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.domain.access import SYSTEM, PartyKind, Role
from app.domain.refusal import Refusal
from app.domain.register import Name, Party
from app.phrases.language import ENGLISH, LANGUAGES
from app.phrases.refusals import say_refusal
from app.store import migrations
from app.store.database import Database, open_database
from app.store.people import Person
from app.usecases import parties
from app.usecases.signing_in import hash_password
from config import WrongSettingError, database_url_from


@click.group()
def database() -> None:
    """The database named by OBER_DATABASE_URL."""


@database.command()
def upgrade() -> None:
    """Bring the database up to date; an empty one is set up. Safe to repeat."""
    migrations.upgrade(_database())
    print("The database is up to date.")


@click.group("people")
def people_group() -> None:
    """Parties and people who can sign in."""


@people_group.command("add-party")
@click.argument("party")
@click.option("--kind", type=click.Choice([str(one) for one in PartyKind]), required=True)
@click.option("--name", required=True)
@click.option("--shares-names", is_flag=True, help="A customer whose name suppliers may read in a conflict.")
def add_party(party: str, kind: str, name: str, *, shares_names: bool) -> None:
    """Add an integrator, a customer or a supplier."""
    with _refusals_said(), current_database().writing(SYSTEM, int(time.time())) as work:
        parties.add_party(work, Party(party, PartyKind(kind), name, shares_names=shares_names))
    print(f"Added {party}.")


@people_group.command()
@click.argument("person")
@click.option("--party", required=True)
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([str(one) for one in Role]))
@click.option("--language", type=click.Choice(sorted(LANGUAGES)), default="en", show_default=True)
@click.option("--zone", default="Europe/Amsterdam", show_default=True)
@click.option("--email", help="Where messages for this person go; can be changed on the page Messages.")
@click.password_option(help="Asked for when it is left out, so that it stays out of the shell's history.")
def add(
    person: str, party: str, name: str, roles: tuple[str, ...], language: str, zone: str, email: str | None, password: str
) -> None:
    """Add a person who can sign in as PERSON."""
    with _refusals_said():
        chosen = frozenset(map(Role, roles))
        new = Person(person, party, Name(name, name), chosen, language, zone, hash_password(password), email or None)
        with current_database().writing(SYSTEM, int(time.time())) as work:
            parties.add_person(work, new)
    print(f"Added {person}.")


def _database() -> Database:
    try:
        return open_database(database_url_from(os.environ))
    except WrongSettingError as wrong:
        raise click.ClickException(str(wrong)) from wrong


def current_database() -> Database:
    known = _database()
    if not migrations.is_current(known):
        raise click.ClickException("The database is not up to date. Run `ober database upgrade` first.")
    return known


@contextmanager
def _refusals_said() -> Iterator[None]:
    """A refusal becomes a line in words and exit status 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(say_refusal(ENGLISH, refusal)) from refusal
