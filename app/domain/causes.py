"""Why was a window checked? Because of a step somebody took with it, or because something else changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.spans import Instant


class Kind(StrEnum):
    """What can change that makes approved windows worth another look."""

    PEAK = "peak"
    CALENDAR = "calendar"
    CHAIN = "chain"
    ABSENCE = "absence"
    WINDOW = "window"


@dataclass(frozen=True)
class Cause:
    """`step` is what was done: submit, reschedule, approve, take_over, recheck.

    Of a re-check `kind` and `id` name what changed (`peak` and its id, and so on); both are empty when that is not known.
    Which one it was is for the integrator: to others it may be a customer's secret, or a competitor's window.
    """

    step: str
    kind: str = ""
    id: str = ""


@dataclass(frozen=True)
class Change:
    """What was done that approved windows are checked again for: to which peak, calendar, service, expert or window.

    `party` is the customer or supplier it belongs to, "" when it is nobody's in particular; `action` what the trail calls it.
    """

    kind: Kind
    id: str
    party: str
    action: str


@dataclass(frozen=True)
class Because:
    """What happened to a window because of a change, as one reader may know it: what is withheld is empty, or None."""

    kind: Kind | None
    at: Instant
    id: str = ""
    party: str = ""
    action: str = ""


def because_of(run: "Run") -> Because:
    change = run.change
    return Because(change.kind, run.asked_at, change.id, change.party, change.action)


def write_because(because: Because) -> dict[str, object]:
    """As it stands in the trail."""
    return {"kind": because.kind, "at": because.at, "id": because.id, "party": because.party, "action": because.action}


def read_because(facts: Mapping[str, object]) -> Because | None:
    """What an entry of the trail was caused by; None when it says nothing of that."""
    match facts.get("cause"):
        case {"kind": str(kind), "at": int(at), "id": str(id_), "party": str(party), "action": str(action)}:
            return Because(Kind(kind), at, id_, party, action)
        case _:
            return None


class Outcome(StrEnum):
    """What came of checking a window again. `gone`: it was no longer approved, or over, when its turn came.

    `failed`: it could not be checked, for a reason that nobody foresaw; that is told, and somebody has to look.
    """

    HELD = "held"
    WORSE = "worse"
    BETTER = "better"
    SAME = "same"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True)
class Run:
    """One change with the windows that are checked again because of it, and how far that is."""

    number: int
    change: Change
    asked_at: Instant
    asked_by: str | None
    windows: int
    waiting: int = 0
    finished_at: Instant | None = None
