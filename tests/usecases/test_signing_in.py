"""Someone signs in, works for a while, and signs out."""

import hashlib
from dataclasses import replace

import pytest

from app.domain.access import SYSTEM, Role
from app.domain.refusal import Refusal
from app.domain.register import Name
from app.domain.spans import Instant
from app.store import people
from app.store.database import Database
from app.store.people import Person
from app.usecases import parties, signing_in
from tests.conftest import Cast

from .story import everything, on_sqlite, refused, tell, trail_of

PASSWORD = "a night at the flower auction"
HOUR, DAY = 3600, 24 * 3600


@pytest.fixture(scope="module")
def password_hash() -> str:
    """Hashing is slow on purpose, so once."""
    return signing_in.hash_password(PASSWORD)


@pytest.fixture
def door(database: Database, cast: Cast, password_hash: str) -> "Door":
    """Betty, who plans for the payment supplier and has a password."""
    betty = Person("betty", "BETAAL", Name("Betty", "Betty"), frozenset({Role.PLANNER}), "nl", "Europe/Amsterdam", password_hash)
    with cast("krp-admin").writing() as work:
        parties.add_person(work, betty)
    return Door(database, cast.now)


class Door:
    """What the sign-in page does: a refusal is committed before it is told."""

    def __init__(self, database: Database, now: Instant) -> None:
        self.database, self.now = database, now

    def knock(self, name: str, password: str, *, after: int = 0) -> str:
        refusal: Refusal | None = None
        with self.database.writing(SYSTEM, self.now + after) as work:
            try:
                return signing_in.sign_in(work, name, password)
            except Refusal as found:
                refusal = found
        raise refusal

    def fail(self, name: str, times: int, *, after: int = 0) -> None:
        """So many failures in a row at one moment, without the wait for each hash."""
        with self.database.writing(SYSTEM, self.now + after) as work:
            for _ in range(times):
                people.note_failure(work, name)

    def wait(self, name: str, *, after: int = 0) -> int:
        with self.database.reading(SYSTEM, self.now + after) as work:
            return signing_in.waiting_time(work, name)

    def who(self, secret: str, *, after: int = 0) -> str | None:
        """Whose session it is by then."""
        with self.database.reading(SYSTEM, self.now + after) as work:
            found = signing_in.whose_session(work, secret)
        return found[0].id if found else None

    def use(self, secret: str, *, after: int) -> None:
        with self.database.writing(SYSTEM, self.now + after) as work:
            signing_in.keep_session(work, secret)

    def disable(self, name: str) -> None:
        with self.database.writing(SYSTEM, self.now) as work:
            tell(work, "UPDATE person SET disabled_at = :now WHERE id = :name", now=self.now, name=name)


# --- in


def test_the_right_password_opens_a_session(door: Door, cast: Cast) -> None:
    secret = door.knock("betty", PASSWORD)
    assert door.who(secret) == "betty"
    assert door.who(secret + "x") is None
    assert [(one.action, one.person) for one in trail_of(cast("betty"), "person", "betty")][-1] == ("person.signed_in", "betty")


def test_every_session_has_a_secret_of_its_own_of_which_only_a_hash_is_kept(door: Door, database: Database) -> None:
    first, second = door.knock("betty", PASSWORD), door.knock("betty", PASSWORD)
    assert first != second
    assert min(len(first), len(second)) >= 43, "256 bits"
    kept = repr(everything(database))
    for secret in (first, second):
        assert secret not in kept
        assert hashlib.sha256(secret.encode()).hexdigest() in kept
    assert PASSWORD not in kept


@on_sqlite
def test_a_wrong_name_and_a_wrong_password_are_the_same_refusal(door: Door) -> None:
    """So are a person without a password, one who may no longer sign in, and a password longer than any."""
    door.disable("betaal-planner")
    tries = [
        ("nobody", PASSWORD),
        ("betty", "wrong"),
        ("krp-cm-1", PASSWORD),
        ("betaal-planner", PASSWORD),
        ("", ""),
        ("betty", "x" * 5000),
    ]
    said = []
    for name, password in tries:
        with refused("wrong_name_or_password") as problems:
            door.knock(name, password)
        said.append([(one.code, one.field, dict(one.facts)) for one in problems])
    assert said == [said[0]] * len(tries)


def test_a_disabled_person_does_not_get_in_and_is_out_at_once(door: Door) -> None:
    secret = door.knock("betty", PASSWORD)
    door.disable("betty")
    assert door.who(secret) is None
    with refused("wrong_name_or_password"):
        door.knock("betty", PASSWORD)


@pytest.mark.parametrize("password", ["", "x" * 11, "x" * 257])
def test_a_password_has_a_sensible_length(password: str) -> None:
    with refused("bad_password_length", "password"):
        signing_in.hash_password(password)


def test_a_name_longer_than_any_is_a_wrong_name(door: Door) -> None:
    for name in ("x" * 5000, "\N{FLEXED BICEPS}" * 80):
        with refused("wrong_name_or_password"):
            door.knock(name, PASSWORD)


# --- guessing


@on_sqlite
def test_after_five_failures_each_next_try_waits_longer_up_to_a_quarter_of_an_hour(door: Door) -> None:
    waits = []
    for _ in range(16):
        waits.append(door.wait("betty"))
        door.fail("betty", 1)
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_whoever_fails_is_counted_and_has_to_wait(door: Door) -> None:
    door.fail("betty", 4)
    with refused("wrong_name_or_password"):
        door.knock("betty", "wrong")
    with refused("wait_before_trying") as problems:
        door.knock("betty", "wrong")
    assert problems[0].facts == {"seconds": 2}
    assert door.wait("betty", after=1) == 1
    assert door.wait("betty", after=2) == 0


@on_sqlite
def test_a_name_that_does_not_exist_has_to_wait_as_long(door: Door) -> None:
    """Else the wait would tell which names exist."""
    for name in ("nobody", "betty"):
        with refused("wrong_name_or_password"):
            door.knock(name, "wrong")
        door.fail(name, 9)
    assert door.wait("nobody") == door.wait("betty") == 64


def test_the_right_person_gets_in_after_the_wait_and_not_before(door: Door) -> None:
    door.fail("betty", 30)
    with refused("wait_before_trying"):
        door.knock("betty", PASSWORD, after=899)
    assert door.who(door.knock("betty", PASSWORD, after=900), after=900) == "betty"
    door.fail("betty", 5, after=900)
    assert door.wait("betty", after=900) == 2, "the thirty before are forgotten"


@on_sqlite
def test_one_persons_failures_keep_nobody_else_waiting(door: Door) -> None:
    door.fail("nobody", 30)
    assert door.who(door.knock("betty", PASSWORD)) == "betty"


# --- a while later


def test_a_session_ends_after_twelve_idle_hours(door: Door) -> None:
    secret = door.knock("betty", PASSWORD)
    assert door.who(secret, after=12 * HOUR - 1) == "betty"
    assert door.who(secret, after=12 * HOUR) is None


@on_sqlite
def test_a_session_that_is_used_lasts_a_week_and_no_longer(door: Door) -> None:
    secret = door.knock("betty", PASSWORD)
    for half_day in range(1, 14):
        door.use(secret, after=half_day * 12 * HOUR - 60)
    door.use(secret, after=7 * DAY - 60)
    assert door.who(secret, after=7 * DAY - 1) == "betty"
    assert door.who(secret, after=7 * DAY) is None


@on_sqlite
def test_that_a_session_is_used_is_written_down_every_five_minutes(door: Door, database: Database) -> None:
    secret = door.knock("betty", PASSWORD)

    def is_due(after: int) -> bool:
        with database.reading(SYSTEM, door.now + after) as work:
            found = signing_in.whose_session(work, secret)
        assert found
        return found[1]

    assert [is_due(after) for after in (0, 300, 301)] == [False, False, True]
    door.use(secret, after=301)
    assert [is_due(after) for after in (301, 601, 602)] == [False, False, True]


def test_signing_out_ends_that_session_at_once_and_no_other(door: Door, cast: Cast) -> None:
    here, there = door.knock("betty", PASSWORD), door.knock("betty", PASSWORD)
    with cast("betty").writing() as work:
        signing_in.sign_out(work, here)
    assert (door.who(here), door.who(there)) == (None, "betty")
    assert trail_of(cast("betty"), "person", "betty")[-1].action == "person.signed_out"


def test_a_person_reads_in_the_language_he_chose(cast: Cast) -> None:
    assert cast("krp-cm-1").actor.language == "nl"
    with cast("krp-cm-1").writing() as work:
        signing_in.choose_language(work, "en")
    assert cast("krp-cm-1").actor == replace(cast("krp-cm-1").actor, language="en", name="Change manager A")
    assert cast("krp-cm-2").actor.language == "nl"


# --- the demonstration


def test_a_person_of_the_demonstration_signs_in_without_a_password(door: Door, cast: Cast) -> None:
    with cast("krp-admin").writing() as work:
        secret = signing_in.sign_in_without_password(work, "krp-cm-1")
    assert door.who(secret) == "krp-cm-1"


@on_sqlite
@pytest.mark.parametrize("name", ["betty", "nobody", ""])
def test_whoever_has_a_password_needs_it_in_the_demonstration_too(door: Door, cast: Cast, name: str) -> None:
    with refused("not_found"), cast("krp-admin").writing() as work:
        signing_in.sign_in_without_password(work, name)
