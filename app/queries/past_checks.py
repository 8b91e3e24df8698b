"""What did a check find then, does it find the same from what was kept, and what has changed since?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.access import PartyKind
from app.domain.conflicts import check
from app.domain.notation.results import write_result
from app.domain.notation.situations import Checked, read_checked
from app.domain.refusal import NotFound
from app.domain.register import RegisteredWindow
from app.domain.relevance import relevant
from app.domain.situation_changes import ChangedWindow, SituationChanges, situation_changes, window_parts
from app.domain.verdict import Verdict
from app.queries.checks import CheckView, view_situation
from app.queries.names import Names, load_names
from app.store import calendars, receipts, windows
from app.store.database import Work
from app.store.receipts import Receipt
from app.store.situations import load_situation


class Replay(StrEnum):
    """What came of making a past check again."""

    SAME = "same"
    """From what it looked at it finds the same, to the second."""
    OTHER = "other"
    """From what it looked at it finds something else."""
    TAMPERED = "tampered"
    """What it looked at is not what was kept: somebody changed it in the database."""
    NOT_KEPT = "not_kept"
    """What it looked at was not kept at that time."""


@dataclass(frozen=True)
class SeenVersion:
    """A working-day calendar in the version a check saw, and the one it would see now ("": none of its peaks is counted so)."""

    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Since:
    """What is different now at the time of a past check, and of the window itself."""

    changes: SituationChanges
    window: ChangedWindow


@dataclass(frozen=True)
class PastCheck:
    """A kept result beside the same check made again.

    `again` is made from what was kept; where that is missing, with the calendars of then and all else as it is now, and
    `is_same` tells whether that finds what was found. `since` is None where nothing was kept to compare with.
    """

    registered: RegisteredWindow
    receipt: Receipt
    replay: Replay
    again: CheckView
    is_same: bool
    versions: Sequence[SeenVersion]
    since: Since | None
    present: Verdict
    names: Names


def past_checks(work: Work, window_id: str) -> list[Receipt]:
    """The kept results of a window, oldest first; for the integrator alone, for they name everybody."""
    return receipts.of_window(work, window_id) if work.actor.kind is PartyKind.INTEGRATOR else []


def past_check(work: Work, window_id: str, number: int) -> PastCheck:
    """A past check of a window the actor may see, replayed; whoever is not the integrator is told that there is none."""
    registered = windows.load(work, window_id)
    receipt = next((one for one in past_checks(work, window_id) if one.number == number), None)
    if receipt is None:
        raise NotFound("check")
    present = load_situation(work, [registered.window])
    written = receipts.situation_text(work, receipt.situation) if receipt.situation else None
    looked_at = read_checked(written) if written else _as_seen(work, registered, receipt)
    is_same = write_result(check(looked_at.proposed, looked_at.situation)) == receipt.result
    since = _since(work, looked_at, registered) if written else None
    view = view_situation(work, looked_at.proposed[0], looked_at.situation)
    return PastCheck(
        registered=registered,
        receipt=receipt,
        replay=_replay(receipt, is_kept=written is not None, is_same=is_same),
        again=replace(view, cover=None) if written else view,
        is_same=is_same,
        versions=[SeenVersion(name, then, present.calendars.get(name, "")) for name, then in sorted(_calendars(receipt).items())],
        since=since,
        present=check([registered.window], present).verdict,
        names=_names(work, receipt, since),
    )


def _replay(receipt: Receipt, *, is_kept: bool, is_same: bool) -> Replay:
    if not is_kept:
        return Replay.NOT_KEPT if receipt.situation is None else Replay.TAMPERED
    return Replay.SAME if is_same else Replay.OTHER


def _as_seen(work: Work, registered: RegisteredWindow, receipt: Receipt) -> Checked:
    """The present situation, counted with the calendars of then."""
    seen = calendars.calendars_as_seen(work, _calendars(receipt))
    return Checked((registered.window,), load_situation(work, [registered.window], seen))


def _calendars(receipt: Receipt) -> Mapping[str, str]:
    return receipt.calendars or {}


def _since(work: Work, then: Checked, registered: RegisteredWindow) -> Since:
    """The present is looked at where the window was then: that it moved is told as that alone."""
    now = relevant(then.proposed, load_situation(work, then.proposed))
    before, after = then.proposed[0], registered.window
    return Since(situation_changes(then.situation, now), ChangedWindow(before, after, window_parts(before, after)))


def _names(work: Work, receipt: Receipt, since: Since | None) -> Names:
    """Of everybody the page speaks of; it is the integrator's, who may know them all."""
    cause, changes = receipt.cause, since.changes if since else SituationChanges()
    busy = (*changes.peaks.new, *changes.peaks.gone, *(one.after for one in changes.changed_peaks))
    others = (*changes.windows.new, *changes.windows.gone, *(one.after for one in changes.changed_windows))
    waived = {one.peak for one in (*changes.waivers.new, *changes.waivers.gone)}
    return load_names(
        work,
        peak_ids={*waived, *(one.peak.id for one in busy), cause.id},
        window_ids={*(one.id for one in others), cause.id},
        person_ids={receipt.made_by} if receipt.made_by else set(),
    )
