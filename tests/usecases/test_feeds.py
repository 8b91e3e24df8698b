"""Someone makes a secret feed address, or revokes it."""

import hashlib
import re

import pytest

from app.domain.access import SYSTEM, Role
from app.domain.register import Name
from app.queries.feeds import feed_owner
from app.store import feeds as stored
from app.store.database import Database
from app.store.people import Person as NewPerson
from app.usecases import feeds, parties
from app.usecases.feeds import FeedKind
from tests.conftest import Cast, Person

from .story import everything, on_sqlite, refused, tell, trail_of


def made(person: Person, label: str = "My calendar") -> str:
    with person.writing() as work:
        return feeds.make_feed(work, FeedKind.SUPPLIER_WINDOWS, label)


def own(person: Person) -> list[stored.Feed]:
    with person.reading() as work:
        return stored.own_feeds(work)


def owner(database: Database, secret: str) -> str:
    with database.reading(SYSTEM, 0) as work:
        return feed_owner(work, secret)[1].id


def test_a_feed_is_its_makers_and_is_found_by_its_secret(cast: Cast, database: Database) -> None:
    supplier = cast("betaal-planner")
    secret = made(supplier)
    assert owner(database, secret) == "betaal-planner"
    assert [(one.kind, one.label, one.person, one.created_at, one.fetched_at) for one in own(supplier)] == [
        ("supplier_windows", "My calendar", "betaal-planner", supplier.now, None)
    ]
    last = trail_of(supplier, "feed", str(own(supplier)[0].id))[-1]
    assert (last.action, last.person) == ("feed.made", "betaal-planner")


def test_a_secret_is_kept_as_a_hash_only(cast: Cast, database: Database) -> None:
    secrets = {made(cast("betaal-planner")) for _ in range(5)}
    assert len(secrets) == 5
    kept = repr(everything(database))
    for secret in secrets:
        assert len(secret) >= 43, "256 bits"
        assert secret not in kept
        assert hashlib.sha256(secret.encode()).hexdigest() in kept


def test_a_revoked_feed_is_as_good_as_unknown(cast: Cast, database: Database) -> None:
    supplier = cast("betaal-planner")
    secret, other = made(supplier), made(supplier)
    key = own(supplier)[0].id
    with supplier.writing() as work:
        feeds.revoke_feed(work, key)
    for unknown in (secret, "never-made", ""):
        with refused("not_found"):
            owner(database, unknown)
    assert owner(database, other) == "betaal-planner"
    assert [one.id for one in own(supplier)] == [key + 1]
    assert trail_of(supplier, "feed", str(key))[-1].action == "feed.revoked"
    with refused("not_found"), supplier.writing() as work:
        feeds.revoke_feed(work, key)


def test_another_persons_feed_does_not_exist(cast: Cast, database: Database) -> None:
    """Not a colleague's either: a feed is of a person, not of a party."""
    colleague = NewPerson("betty", "BETAAL", Name("Betty", "Betty"), frozenset({Role.VIEWER}), "nl", "Europe/Amsterdam")
    with cast("krp-admin").writing() as work:
        parties.add_person(work, colleague)
    secret = made(cast("betaal-planner"))
    key = own(cast("betaal-planner"))[0].id
    for person in ("betty", "brug-planner", "krp-cm-1", "krp-admin"):
        assert own(cast(person)) == []
        with refused("not_found"), cast(person).writing() as work:
            feeds.revoke_feed(work, key)
    assert owner(database, secret) == "betaal-planner"


def test_a_feed_of_somebody_who_may_no_longer_act_is_unknown(cast: Cast, database: Database) -> None:
    secret = made(cast("betaal-planner"))
    with database.writing(SYSTEM, 0) as work:
        tell(work, "UPDATE person SET disabled_at = 1 WHERE id = 'betaal-planner'")
    with refused("not_found"):
        owner(database, secret)


@on_sqlite
@pytest.mark.parametrize("person", ["krp-cm-1", "zonnekroon-planner"])
def test_a_feed_of_a_suppliers_windows_is_for_suppliers(cast: Cast, person: str) -> None:
    with refused("not_allowed", "kind"):
        made(cast(person))


@on_sqlite
def test_twenty_feeds_is_the_most(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    for _ in range(20):
        made(supplier)
    with refused("too_many_feeds"):
        made(supplier)
    with supplier.writing() as work:
        feeds.revoke_feed(work, own(supplier)[0].id)
    made(supplier)
    made(cast("brug-planner"))


@on_sqlite
def test_that_a_feed_was_read_is_written_down_once_in_a_quarter_of_an_hour(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    made(supplier)
    assert feeds.is_worth_noting(own(supplier)[0], supplier.now)
    with supplier.writing() as work:
        feeds.note_fetch(work, own(supplier)[0])
    found = own(supplier)[0]
    assert found.fetched_at == supplier.now
    assert [feeds.is_worth_noting(found, supplier.now + later) for later in (0, 900, 901)] == [False, False, True]


def test_a_label_may_be_anything_that_a_form_can_send(cast: Cast) -> None:
    """PostgreSQL keeps no NUL in a text; a browser sends none, a program can."""
    supplier = cast("betaal-planner")
    made(supplier, "a\x00b \N{TULIP}")
    assert [re.sub("[\x00\N{REPLACEMENT CHARACTER}]", "", one.label) for one in own(supplier)] == ["ab \N{TULIP}"]
