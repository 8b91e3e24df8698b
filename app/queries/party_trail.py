"""What did the people of a party do, and what happened to its windows and peaks?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.disclosure import disclose_party_trail
from app.domain.refusal import NotFound
from app.domain.register import Name, Party, TrailLine
from app.store import parties, people, trail
from app.store.database import Work

SHOWN = 50
NEWEST = 2**63 - 1


@dataclass(frozen=True)
class PartyTrail:
    """A page of a party's trail, newest first; `earlier` is where the next page begins, None on the last one.

    `parties` are those whose trail the reader may choose.
    """

    party: Party
    lines: Sequence[TrailLine]
    people: Mapping[str, Name]
    parties: Sequence[Party]
    earlier: int | None


def party_trail(work: Work, party: str, before: int = NEWEST) -> PartyTrail:
    """The integrator reads that of every party, anybody else only his own party's: another one does not exist."""
    is_integrator = work.actor.kind is PartyKind.INTEGRATOR
    known = parties.visible_parties(work, None if is_integrator else [work.actor.party])
    if party not in known or (not is_integrator and party != work.actor.party):
        raise NotFound("party")
    found = trail.of_party(work, party, min(before, NEWEST), SHOWN + 1)
    shown = disclose_party_trail(found[:SHOWN], work.actor)
    return PartyTrail(
        known[party],
        shown,
        people.names_of(work, {one.entry.person for one in shown if one.entry.person}),
        tuple(known.values()) if is_integrator else (),
        shown[-1].number if len(found) > SHOWN else None,
    )
