"""A check as one reader may know it, in the written form of SCHEMA's results: what is withheld is not there.

To the integrator nothing is withheld, and it is the result itself.
"""

from app.domain.disclosure import NO_DAY, NOBODY, Shown
from app.domain.notation.instants import write_instant
from app.domain.notation.results import write_collision, write_conflict, write_note
from app.domain.notation.rules import Written
from app.domain.result import Collision, Conflict


def write_shown(shown: Shown, window: str) -> Written:
    """The check of one window."""
    affected = [
        {"window": key[0], "customer": key[1], "service": path[0], "path": list(path)}
        for key, paths in shown.paths.items()
        for path in paths
    ]
    return {
        "verdict": str(shown.verdict),
        "window_verdicts": {window: str(shown.verdict)},
        "affected": affected,
        "conflicts": [_conflict(one) for one in shown.conflicts],
        "collisions": [_collision(one) for one in shown.collisions],
        "notes": [write_note(one) for one in shown.notes],
    }


def write_reason(one: Conflict | Collision) -> Written:
    """Something that is in the way, and until when."""
    if isinstance(one, Conflict):
        return {"kind": "peak", **_conflict(one), "until": write_instant(one.busy_until)}
    return {**_collision(one), "until": write_instant(one.span.end)}


def _conflict(one: Conflict) -> Written:
    written = write_conflict(one)
    if one.customer == NOBODY:
        for name in ("customer", "rule", "waived", "services"):
            del written[name]
    if one.anchor == NO_DAY:
        del written["anchor"]
    return written


def _collision(one: Collision) -> Written:
    return {name: value for name, value in write_collision(one).items() if value != []}
