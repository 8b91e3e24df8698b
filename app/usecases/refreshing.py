"""The worker asks an address for whoever subscribed to it, and what it answered becomes the peak's dates, or not.

Asking stands between two transactions: one that claims, one that takes the answer in. What is not answered in time is
given back by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.access import SYSTEM
from app.domain.anchors import Entries
from app.domain.calendar_changes import changes, with_past
from app.domain.foreign_entries import ForeignEntry
from app.domain.notation.rules import MOST_ENTRIES, read_rule, write_rule
from app.domain.occurrences import occurrences_meeting
from app.domain.peaks import Peak
from app.domain.refusal import Refusal
from app.domain.register import RegisteredPeak
from app.domain.subscriptions import Held, Subscription, Trouble, chosen, followed, following
from app.store import occurrences, peaks, subscriptions, trail
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.subscriptions import Claim
from app.store.turnstile import take_turn
from app.usecases.rechecking import after_peak
from app.usecases.waiving import lapse_of_peak

MOST_AT_ONCE = 4
LEASE = 120
"""More than a fetch and a reading can take together."""

MOST_TOLD = 20


@dataclass(frozen=True)
class Errand:
    """A claimed subscription, and the zone in which its whole days and floating times are read."""

    claim: Claim
    zone: str


@dataclass(frozen=True)
class NewCopy:
    """A calendar that was read: its entries, what of it gave none (reason, title, part), and its marks."""

    data: bytes
    entries: tuple[ForeignEntry, ...]
    skipped: tuple[tuple[str, str, str], ...] = ()
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class SameCopy:
    """The address says that its calendar is still the one in force."""


Outcome = NewCopy | SameCopy | Trouble


def claim_due(work: Work, lease: str) -> list[Errand]:
    """The subscriptions whose turn it is: at most four under way at once, one a host, whoever asks."""
    _require_system(work)
    due = subscriptions.next_due(work)
    if due is None or due > work.now:
        return []
    take_turn(work)
    claims = subscriptions.claim_due(work, MOST_AT_ONCE, lease, work.now + LEASE)
    return [Errand(claim, peaks.load(work, claim.subscription.peak).peak.zone) for claim in claims]


def take_in(work: Work, claim: Claim, outcome: Outcome, luck: float) -> None:
    """Keep what an address answered. An answer that comes after its lease, or after a change, is let go."""
    _require_system(work)
    take_turn(work)
    known = subscriptions.still_held(work, claim)
    if known is None:
        return
    match outcome:
        case NewCopy():
            _take_in_copy(work, known, outcome, luck)
        case SameCopy():
            _confirm(work, known.good(work.now, luck))
        case Trouble():
            _take_in_trouble(work, known, outcome, luck)


def put_in_force(work: Work, known: Subscription, data: bytes, entries: Sequence[ForeignEntry]) -> None:
    """From now on this copy makes the peak's dates; a match that moved takes its peak along.

    Every change of dates that a calendar brings passes here: this is where approved windows are to be checked again.
    """
    rule = followed(peaks.load(work, known.peak).peak)
    kept = with_past(rule.entries, entries, work.now - rule.minutes_after * 60)[-MOST_ENTRIES:]
    subscriptions.keep_copy(work, known.id, data)
    _confirm(work, known, kept)


def _confirm(work: Work, known: Subscription, entries: Sequence[ForeignEntry] | None = None) -> None:
    """The peak as these entries make it, or those it has: what its age had made unknown is known again."""
    subscriptions.save(work, known)
    registered = peaks.load(work, known.peak)
    peak = following(registered.peak, followed(registered.peak).entries if entries is None else entries)
    if peak == registered.peak:
        return
    peaks.save(work, RegisteredPeak(peak, registered.name, registered.consequence, registered.version + 1))
    lapse_of_peak(work, known.peak, _touched(work, registered.peak, peak))
    trail.append(work, "peak.followed", "peak", known.peak, version=registered.version + 1)
    after_peak(work, "peak.followed", registered.peak, peak)


def _take_in_copy(work: Work, known: Subscription, copy: NewCopy, luck: float) -> None:
    subscriptions.note_skipped(work, known.id, copy.skipped[:MOST_TOLD])
    marked = replace(known.good(work.now, luck), etag=copy.etag, last_modified=copy.last_modified)
    rule = followed(peaks.load(work, known.peak).peak)
    copy = replace(copy, entries=chosen(copy.entries, rule))
    found = changes(rule.entries, copy.entries, work.now - rule.minutes_after * 60)
    if not copy.entries and not found.ahead:
        _take_in_trouble(work, known, Trouble.EMPTY, luck)
    elif len(copy.entries) > MOST_ENTRIES:
        _take_in_trouble(work, known, Trouble.TOO_LARGE, luck)
    elif not _can_be_read_back(replace(rule, entries=copy.entries)):
        _take_in_trouble(work, known, Trouble.NOT_A_CALENDAR, luck)
    elif known.good_at is not None and found.must_be_asked:
        _hold(work, known.asked(work.now, luck), copy, Held(work.now, len(found.gone), found.ahead))
    else:
        put_in_force(work, replace(marked, held=None, refused=None), copy.data, copy.entries)
        if found.added or found.moved or found.gone:
            moves = [[before.start, after.start] for before, after in found.moved[:MOST_TOLD]]
            told = {"added": len(found.added), "moved": len(found.moved), "gone": len(found.gone)}
            trail.append(work, "subscription.followed", "subscription", str(known.id), "", **told, moves=moves)


def _hold(work: Work, asked: Subscription, copy: NewCopy, held: Held) -> None:
    """The old dates stay in force until the customer has answered; what he did not want once is not asked again.

    Its marks are not kept: a calendar that is not in force must not be confirmed by an answer that it is the same.
    """
    fingerprint = subscriptions.fingerprint(copy.entries)
    unmarked = replace(asked, etag="", last_modified="")
    if fingerprint == asked.refused:
        subscriptions.save(work, unmarked)
        return
    if asked.held and fingerprint == subscriptions.fingerprint(subscriptions.held_copy(work, asked.id)[1]):
        subscriptions.save(work, unmarked)
        return
    subscriptions.put_aside(work, asked.id, copy.data, copy.entries)
    subscriptions.save(work, replace(unmarked, held=held))
    trail.append(work, "subscription.held", "subscription", str(asked.id), gone=held.gone, ahead=held.ahead)


def _take_in_trouble(work: Work, known: Subscription, trouble: Trouble, luck: float) -> None:
    """Written in the trail when it begins or becomes another one, not at every try."""
    subscriptions.save(work, known.failed(trouble, work.now, luck))
    if known.trouble is not trouble:
        trail.append(work, "subscription.troubled", "subscription", str(known.id), trouble=trouble)


def _can_be_read_back(rule: Entries) -> bool:
    """A peak that could be written and not read would take its customer's pages along."""
    try:
        return bool(read_rule(write_rule(rule)))
    except Refusal:
        return False


def _touched(work: Work, before: Peak, after: Peak) -> frozenset[date]:
    """The anchors of the occurrences that are other than they were."""
    span, calendars = occurrences.horizon(work.now), load_calendars(work, {after.customer})
    was, becomes = (set(occurrences_meeting(one, span, calendars)) for one in (before, after))
    return frozenset(one.anchor for one in was ^ becomes)


def _require_system(work: Work) -> None:
    """Nobody does this by hand: a person asks for it, the worker does it."""
    if work.actor != SYSTEM:
        raise Refusal("not_allowed", right="refresh")
