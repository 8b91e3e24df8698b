"""How is an entry of the trail bound to all before it? By a hash over what it says and the hash of the one before."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from app.domain.spans import Instant

BEGINNING = ""
"""Stands where the first entry has no other before it."""


@dataclass(frozen=True)
class Entry:
    """What an entry says, as it is kept."""

    at: Instant
    person: str | None
    party: str | None
    action: str
    subject: str
    subject_id: str
    reason: str
    facts: object


@dataclass(frozen=True)
class Chained:
    """An entry with its number and the hash it was given."""

    number: int
    entry: Entry
    hash: str


@dataclass(frozen=True)
class Verified:
    """Whether the trail is whole. `entries` fit, up to `wrong`, the number of the first that does not; None: all of them do.

    `is_whole`: nothing is missing at the end. `is_anchored`: a hash that was kept elsewhere is the hash of one of the entries.
    """

    entries: int
    head: str
    wrong: int | None
    is_whole: bool
    is_anchored: bool

    @property
    def is_sound(self) -> bool:
        return self.wrong is None and self.is_whole and self.is_anchored


def chained(before: str, entry: Entry) -> str:
    """SHA-256, in hexadecimal, over the hash before, a line's end and the entry as JSON: sorted, without blanks, in ASCII."""
    said = [entry.at, entry.person, entry.party, entry.action, entry.subject, entry.subject_id, entry.reason, entry.facts]
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(f"{before}\n{written}".encode()).hexdigest()


def verify(entries: Iterable[Chained], head: str, anchor: str = BEGINNING) -> Verified:
    """Follow the chain from its beginning. `head` is what the database keeps as its end, `anchor` what was kept elsewhere."""
    before, count, seen = BEGINNING, 0, {BEGINNING}
    for one in entries:
        if chained(before, one.entry) != one.hash:
            return Verified(count, before, one.number, head in seen, anchor in seen)
        before, count = one.hash, count + 1
        if before in (head, anchor):
            seen.add(before)
    return Verified(count, before, None, head in seen, anchor in seen)
