"""Which calendars elsewhere are followed, in what state are they, and what would a held copy take away?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.access import PartyKind
from app.domain.calendar_changes import Changes, changes
from app.domain.register import RegisteredPeak, TrailEntry
from app.domain.subscriptions import Subscription, followed
from app.queries.names import Names, load_names
from app.queries.peak_pages import PeakDates, peak_dates
from app.store import peaks, subscriptions, trail
from app.store.calendars import load_calendars
from app.store.database import Work


@dataclass(frozen=True)
class SubscriptionState:
    """A subscription with its peak as it is known now. The host is empty for whoever is not its customer."""

    subscription: Subscription
    registered: RegisteredPeak

    @property
    def entry_count(self) -> int:
        return len(followed(self.registered.peak).entries)


@dataclass(frozen=True)
class SubscriptionList:
    subscriptions: Sequence[SubscriptionState]
    names: Names


@dataclass(frozen=True)
class SubscriptionPage:
    """`held` is what the copy that waits would change; `skipped` what of the calendar gave no entry, with its reason."""

    state: SubscriptionState
    dates: PeakDates
    held: Changes | None
    skipped: Sequence[tuple[str, str, str]]
    trail: Sequence[TrailEntry]
    names: Names


def subscription_list(work: Work) -> SubscriptionList:
    """Those the actor may see, each with its peak."""
    known = {one.peak.id: one for one in peaks.visible_peaks(work)}
    found = subscriptions.visible_subscriptions(work)
    return SubscriptionList([SubscriptionState(_shown(work, one), known[one.peak]) for one in found], load_names(work))


def subscription_page(work: Work, key: int) -> SubscriptionPage:
    found = subscriptions.load(work, key)
    registered = peaks.load(work, found.peak)
    entries = trail.entries(work, "subscription", str(key))
    return SubscriptionPage(
        SubscriptionState(_shown(work, found), registered),
        peak_dates(work, registered.peak, load_calendars(work, {registered.peak.customer})),
        _held(work, found, registered) if found.held else None,
        subscriptions.skipped_of(work, key),
        entries,
        load_names(work, person_ids={entry.person for entry in entries if entry.person}),
    )


def _held(work: Work, found: Subscription, registered: RegisteredPeak) -> Changes:
    rule = followed(registered.peak)
    _, entries = subscriptions.held_copy(work, found.id)
    return changes(rule.entries, entries, work.now - rule.minutes_after * 60)


def _shown(work: Work, found: Subscription) -> Subscription:
    """No page holds an address, and only its customer reads even the host."""
    is_own = work.actor.kind is PartyKind.CUSTOMER
    return replace(found, sealed="", host=found.host if is_own else "")
