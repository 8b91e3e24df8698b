"""What did a check find then, and does it find the same when it is made again with the calendars of that time?"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.conflicts import check
from app.domain.notation.results import write_result
from app.domain.refusal import NotFound
from app.domain.register import RegisteredWindow
from app.queries.checks import CheckView, view_situation
from app.store import calendars, receipts, windows
from app.store.database import Work
from app.store.receipts import Receipt
from app.store.situations import load_situation


@dataclass(frozen=True)
class SeenVersion:
    """A working-day calendar in the version a check saw, and the one it would see now ("": none of its peaks is counted so)."""

    name: str
    then: str
    now: str


@dataclass(frozen=True)
class PastCheck:
    """A kept result beside the same check made again: with the calendars of then, all else as it is now."""

    registered: RegisteredWindow
    receipt: Receipt
    again: CheckView
    is_same: bool
    versions: Sequence[SeenVersion]


def past_checks(work: Work, window_id: str) -> list[Receipt]:
    """The kept results of a window, oldest first; for the integrator alone, for they name everybody."""
    return receipts.of_window(work, window_id) if work.actor.kind is PartyKind.INTEGRATOR else []


def past_check(work: Work, window_id: str, number: int) -> PastCheck:
    registered = windows.load(work, window_id)
    receipt = next((one for one in past_checks(work, window_id) if one.number == number), None)
    if receipt is None:
        raise NotFound("check")
    seen = receipt.calendars or {}
    present = load_situation(work, [registered.window]).calendars
    situation = load_situation(work, [registered.window], calendars.calendars_as_seen(work, seen))
    result = check([registered.window], situation)
    versions = [SeenVersion(name, then, present.get(name, "")) for name, then in sorted(seen.items())]
    again = view_situation(work, registered.window, situation)
    return PastCheck(registered, receipt, again, write_result(result) == receipt.result, versions)
