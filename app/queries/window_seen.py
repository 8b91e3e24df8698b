"""Who has seen the latest version of a window, who only an earlier one, and who none?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.lifecycle import State
from app.domain.register import Name, Party, RegisteredWindow
from app.store import parties, people, seen, windows
from app.store.database import Work
from app.store.seen import Sighting

MOST = 50


@dataclass(frozen=True)
class PartySeen:
    """The newest version that somebody of a party said to have seen; None when nobody did."""

    party: str
    sighting: Sighting | None


@dataclass(frozen=True)
class WindowSeen:
    """Of each party that it concerns; those that have not seen the latest version come first, and at most fifty are told.

    The integrator reads of all, another party of itself. `can_say` tells whether the reader can say that he has seen it.
    """

    version: int
    told: Sequence[PartySeen]
    concerned: int
    up_to_date: int
    parties: Mapping[str, Party]
    people: Mapping[str, Name]
    can_say: bool


def window_seen(work: Work, known: RegisteredWindow) -> WindowSeen:
    """Of a window that the actor may see."""
    sightings = seen.of_window(work, known.id)
    newest: dict[str, Sighting] = {}
    for one in sightings:
        newest.setdefault(one.party, one)
    concerned = _concerned(work, known)
    behind = [one for one in concerned if one not in newest or newest[one].version < known.version]
    told = [PartySeen(one, newest.get(one)) for one in (*behind, *(one for one in concerned if one not in behind))][:MOST]
    has_seen = any(one.person == work.actor.id and one.version == known.version for one in sightings)
    return WindowSeen(
        known.version,
        told,
        len(concerned),
        len(concerned) - len(behind),
        parties.visible_parties(work, [one.party for one in told]),
        people.names_of(work, {one.sighting.person for one in told if one.sighting}),
        can_say=bool(concerned) and work.actor.kind is not PartyKind.INTEGRATOR and not has_seen,
    )


def _concerned(work: Work, known: RegisteredWindow) -> list[str]:
    if known.state is State.DRAFT:
        return []
    if work.actor.kind is not PartyKind.INTEGRATOR:
        return [work.actor.party]
    return [known.window.supplier, *sorted(windows.reached_by(work, [known.id]).get(known.id, ()))]
