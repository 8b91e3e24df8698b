"""Someone signs in, works for a while, and signs out."""

import secrets
from dataclasses import replace
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.access import Actor
from app.domain.refusal import NotFound, Refusal
from app.store import people, trail
from app.store.database import Work

IDLE = 12 * 3600
LONGEST = 7 * 24 * 3600
SEEN_EVERY = 300
FREE_TRIES = 5
LONGEST_WAIT = 15 * 60
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256

# argon2id with the parameters of OWASP ASVS 5.0 appendix C; at most two at once, so that guessing cannot take all cores
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
HASHING = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """A password of 12 to 256 characters, hashed for keeping."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refusal("bad_password_length", "password", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    with HASHING:
        return HASHER.hash(password)


def sign_in(work: Work, name: str, password: str) -> str:
    """Open a session and give its secret. A wrong name and a wrong password are one answer, in the same time.

    After a few failures in a row each next try has to wait longer, up to a quarter of an hour; a failure is on the
    record of the name, so the caller must commit even when this is refused.
    """
    wait = waiting_time(work, name)
    if wait:
        raise Refusal("wait_before_trying", seconds=wait)
    known = people.password_hash_of(work, name)
    if not _matches(known or _decoy(), password) or known is None:
        people.note_failure(work, name[:80])
        raise Refusal("wrong_name_or_password")
    people.forget_failures(work, name)
    return _session(work, name)


def sign_in_without_password(work: Work, name: str) -> str:
    """For the demonstration, whose people have no passwords; refused for anyone who has one."""
    if people.actor_named(work, name) is None or people.password_hash_of(work, name) is not None:
        raise NotFound("person")
    return _session(work, name)


def person_named(work: Work, name: str) -> Actor | None:
    """Who was sent a link and acts by it in one visit; None when it is no longer anybody."""
    return people.actor_named(work, name)


def waiting_time(work: Work, name: str) -> int:
    """Seconds that signing in as this name has to wait."""
    failures, last = people.failures_of(work, name)
    pause = min(LONGEST_WAIT, 2 ** (failures - FREE_TRIES + 1)) if failures >= FREE_TRIES else 0
    return max(0, last + pause - work.now)


def whose_session(work: Work, secret: str) -> tuple[Actor, bool] | None:
    """Whose session it is, and whether it is time to note that it was seen; None when it has ended."""
    found = people.session_actor(work, secret, opened_after=work.now - LONGEST, seen_after=work.now - IDLE)
    return (found[0], found[1] < work.now - SEEN_EVERY) if found else None


def keep_session(work: Work, secret: str) -> None:
    people.see_session(work, secret)


def sign_out(work: Work, secret: str) -> None:
    """The session is gone at once, for every copy of its cookie."""
    people.close_session(work, secret)
    trail.append(work, "person.signed_out", "person", work.actor.id)


def choose_language(work: Work, code: str) -> None:
    """The actor reads in this language from now on."""
    people.choose_language(work, code)


def _session(work: Work, name: str) -> str:
    actor = people.actor_named(work, name)
    if actor is None:
        raise NotFound("person")
    secret = secrets.token_urlsafe(32)
    people.open_session(work, actor.id, secret)
    trail.append(replace(work, actor=actor), "person.signed_in", "person", actor.id)
    return secret


@cache
def _decoy() -> str:
    """A hash that nothing matches, so that an unknown name takes as long as a wrong password."""
    return HASHER.hash(secrets.token_urlsafe(32))


def _matches(known: str, password: str) -> bool:
    try:
        with HASHING:
            return HASHER.verify(known, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
