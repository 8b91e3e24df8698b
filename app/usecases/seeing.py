"""Somebody says that he has seen a window as it is now."""

from app.domain.access import PartyKind, Right, require
from app.domain.lifecycle import State
from app.domain.refusal import Refusal
from app.store import seen, trail, windows
from app.store.database import Work


def acknowledge(work: Work, window_id: str, version: int) -> None:
    """The actor, of a supplier or a customer, has seen it as that version, which must be the latest (`changed_meanwhile`)."""
    require(work.actor, Right.SEE)
    known = windows.load(work, window_id)
    if work.actor.kind is PartyKind.INTEGRATOR or known.state is State.DRAFT:
        raise Refusal("not_allowed", right="acknowledge")
    if known.version != version:
        raise Refusal("changed_meanwhile")
    seen.keep(work, window_id, version)
    trail.append(work, "window.seen", "seen", window_id, version=version)
