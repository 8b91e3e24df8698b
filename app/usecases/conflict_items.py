"""What people deal with follows what checks find; and what they do about it: talk, put aside, close with a reason."""

from collections.abc import Iterable

from app.domain.access import PartyKind, Right, require
from app.domain.conflict_items import Closed, FoundConflict, Item, comes_back, found_in, may_be_closed
from app.domain.lifecycle import PLANNED
from app.domain.refusal import Refusal
from app.domain.register import RegisteredWindow
from app.domain.result import CheckResult
from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.store import conflict_items
from app.store.database import Work
from app.store.turnstile import take_turn

LONGEST_SNOOZE = 366 * 24 * 3600
MOST_REMARKS = 500


def follow(work: Work, checks: Iterable[tuple[RegisteredWindow, CheckResult]], because: str) -> None:
    """After checks that are kept: new conflicts are open, those that are no longer met are solved, by what `because` names.

    One that somebody closed stays closed as long as it does not become worse.
    """
    live = [(known, result) for known, result in checks if known.state in PLANNED]
    items = conflict_items.of_windows(work, [known.id for known, _ in live])
    new: list[tuple[str, FoundConflict]] = []
    again: list[tuple[Item, FoundConflict]] = []
    gone: list[Item] = []
    for known, result in live:
        before = {item.found.matter: item for item in items.get(known.id, ())}
        now = {found.matter: found for found in found_in(result, known.window)}
        new += [(known.id, found) for matter, found in now.items() if matter not in before]
        again += [(before[matter], found) for matter, found in now.items() if matter in before and _is_other(before[matter], found)]
        gone += [item for matter, item in before.items() if matter not in now]
    conflict_items.open_items(work, new)
    conflict_items.see_again(work, again)
    conflict_items.close(work, gone, Closed.SOLVED, because, None)


def _is_other(item: Item, found: FoundConflict) -> bool:
    return item.found != found if item.closed is None else comes_back(item, found)


def leave(work: Work, known: RegisteredWindow, because: str) -> None:
    """Its window is no longer planned: what was open is nobody's concern any more."""
    if known.state not in PLANNED:
        conflict_items.close(work, conflict_items.of_window(work, known.id), Closed.OBSOLETE, because, None)


def accept(work: Work, window_id: str, acknowledgement: str) -> None:
    """Who approves a window with an advisory has said why it is fine: that is what closes it."""
    advisory = [one for one in conflict_items.of_window(work, window_id) if one.found.effect is Verdict.ADVISORY]
    conflict_items.close(work, advisory, Closed.SOLVED, acknowledgement, work.actor.id)


def remark(work: Work, number: int, words: str) -> None:
    """Say something about a cause: the integrator, or the customer whose peak it is."""
    known = conflict_items.load_cause(work, number)
    require(work.actor, Right.SIGN_WAIVERS if work.actor.kind is PartyKind.CUSTOMER else Right.DECIDE)
    if not words.strip():
        raise Refusal("missing_field", "words")
    if len(conflict_items.remarks(work, known.number)) >= MOST_REMARKS:
        raise Refusal("too_many", "words", most=MOST_REMARKS, got=MOST_REMARKS + 1)
    conflict_items.add_remark(work, known.number, words.strip())


def snooze(work: Work, number: int, until: Instant, reason: str) -> None:
    """Put a cause aside until a moment, a year ahead at the most, and say why. It comes back by itself."""
    known = _decided_on(work, number, reason)
    if until <= work.now:
        raise Refusal("day_is_over", "until")
    if until > work.now + LONGEST_SNOOZE:
        raise Refusal("snooze_too_long", "until")
    conflict_items.snooze(work, known, until, reason.strip())


def wake(work: Work, number: int) -> None:
    """Take up again what was put aside."""
    require(work.actor, Right.DECIDE)
    take_turn(work)
    conflict_items.snooze(work, conflict_items.load_cause(work, number).number, None, "")


def close(work: Work, number: int, reason: str) -> None:
    """Close what is open of a cause, with a reason. What needs a waiver or is blocked cannot be closed by saying so."""
    known = _decided_on(work, number, reason)
    items = conflict_items.items_of(work, known)
    if not may_be_closed(items):
        raise Refusal("conflict_stands", "reason")
    conflict_items.close(work, items, Closed.SOLVED, reason.strip(), work.actor.id)


def _decided_on(work: Work, number: int, reason: str) -> int:
    require(work.actor, Right.DECIDE)
    take_turn(work)
    known = conflict_items.load_cause(work, number)
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    return known.number
