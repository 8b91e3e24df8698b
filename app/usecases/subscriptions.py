"""A customer lets a peak follow a calendar elsewhere, answers what is asked about it, and ends it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from app.domain.access import Right, require
from app.domain.peaks import Peak
from app.domain.refusal import Refusal
from app.domain.register import RegisteredPeak
from app.domain.soundness import require_scope, require_sound_rule
from app.domain.spans import Instant
from app.domain.subscriptions import Subscription, chosen, followed, following
from app.domain.walltime import local_day
from app.store import parties, peaks, subscriptions, trail
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases.peaks import MOST_PEAKS, PeakDraft, new_peak_id
from app.usecases.rechecking import after_peak
from app.usecases.refreshing import put_in_force
from app.usecases.waiving import lapse_of_peak

MOST_SUBSCRIPTIONS = 20
SOONEST_BY_HAND = 60


@dataclass(frozen=True)
class Address:
    """Where the calendar is: sealed, and the host that its customer is shown."""

    sealed: str
    host: str


@dataclass(frozen=True)
class SubscriptionDraft:
    """What a planner fills in. The rule and the last known day of the peak come from the calendar.

    Busy from `before` minutes before each entry to `after` minutes after it.
    """

    peak: PeakDraft
    before: int
    after: int
    only: str = ""
    """Words in the titles of the dates that are meant; without any all of them."""
    address: Address | None = None
    """None: as it was."""


def subscribe(work: Work, draft: SubscriptionDraft) -> Subscription:
    """A new peak that follows a calendar. Until that was read nothing is known of it, and checks say so."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    if draft.address is None:
        raise Refusal("missing_field", "address")
    if len(subscriptions.visible_subscriptions(work)) >= MOST_SUBSCRIPTIONS:
        raise Refusal("too_many_subscriptions", most=MOST_SUBSCRIPTIONS)
    if len(peaks.visible_peaks(work)) >= MOST_PEAKS:
        raise Refusal("too_many_peaks", most=MOST_PEAKS)
    new = replace(draft.peak.peak, customer=work.actor.party, id=new_peak_id(work, draft.peak.name.en))
    unknown = replace(new, horizon_until=local_day(work.now, new.zone) - timedelta(days=1))
    peak = _sound(work, _mapped(unknown, draft))
    peaks.add(work, RegisteredPeak(peak, draft.peak.name, draft.peak.consequence))
    address = draft.address
    blank = Subscription(0, peak.customer, peak.id, address.sealed, address.host, created_at=work.now, next_at=work.now)
    added = subscriptions.add(work, blank)
    trail.append(work, "peak.registered", "peak", peak.id)
    trail.append(work, "subscription.made", "subscription", str(added.id))
    return added


def change_subscription(work: Work, key: int, draft: SubscriptionDraft, seen_version: int) -> Subscription:
    """Change what is made of the calendar, or where it is. The copy in force stays until the next good one."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = subscriptions.load(work, key)
    if known.version != seen_version:
        raise Refusal("changed_meanwhile")
    registered = peaks.load(work, known.peak)
    changed = replace(known, version=known.version + 1)
    if draft.address:
        changed = replace(changed, sealed=draft.address.sealed, host=draft.address.host)
    if draft.address or draft.only != followed(registered.peak).only:
        changed = replace(changed, next_at=work.now, etag="", last_modified="", failures=0, trouble=None, troubled_at=None)
    given = draft.peak.peak
    peak = replace(registered.peak, severity=given.severity, zone=given.zone, services=given.services)
    peak = _mapped(_sound(work, peak), draft)
    name = registered.name if draft.peak.name.en in {registered.name.nl, registered.name.en} else draft.peak.name
    peaks.save(work, RegisteredPeak(peak, name, draft.peak.consequence, registered.version + 1))
    lapse_of_peak(work, known.peak)
    after_peak(work, "peak.changed", registered.peak, peak)
    subscriptions.save(work, changed)
    trail.append(work, "peak.changed", "peak", known.peak, version=registered.version + 1)
    trail.append(work, "subscription.changed", "subscription", str(key), is_elsewhere=draft.address is not None)
    return changed


def ask_now(work: Work, key: int) -> None:
    """The worker asks the address next; not more than once a minute."""
    require(work.actor, Right.KEEP_PEAKS)
    known = subscriptions.load(work, key)
    if known.tried_at is not None and work.now - known.tried_at < SOONEST_BY_HAND:
        raise Refusal("asked_just_now", seconds=SOONEST_BY_HAND)
    subscriptions.ask_next(work, key)


def accept_held(work: Work, key: int, seen_at: Instant) -> None:
    """The smaller calendar is right: it counts from now on."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = _held(work, key, seen_at)
    data, entries = subscriptions.held_copy(work, key)
    confirmed = known.tried_at if known.trouble is None else seen_at
    put_in_force(work, replace(known, held=None, refused=None, good_at=confirmed), data, entries)
    trail.append(work, "subscription.accepted", "subscription", str(key))


def keep_old(work: Work, key: int, seen_at: Instant) -> None:
    """The old dates are right: they stay in force, and this smaller calendar is not asked about again."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = _held(work, key, seen_at)
    _, entries = subscriptions.held_copy(work, key)
    subscriptions.put_aside(work, key, None, ())
    subscriptions.save(work, replace(known, held=None, refused=subscriptions.fingerprint(entries), good_at=work.now))
    trail.append(work, "subscription.refused", "subscription", str(key))


def stop(work: Work, key: int, reason: str) -> None:
    """The address is not asked again and is forgotten; the peak stays with the dates it has, as old as they are."""
    require(work.actor, Right.KEEP_PEAKS)
    take_turn(work)
    known = subscriptions.load(work, key)
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    registered = peaks.load(work, known.peak)
    peaks.save(work, replace(registered, version=registered.version + 1))
    subscriptions.stop(work, key)
    trail.append(work, "peak.let_go", "peak", known.peak, reason.strip(), version=registered.version + 1)
    trail.append(work, "subscription.stopped", "subscription", str(key), reason.strip())


def _mapped(peak: Peak, draft: SubscriptionDraft) -> Peak:
    """The peak with the hours and the choice of the draft; what they leave of its entries counts at once."""
    rule = replace(followed(peak), minutes_before=draft.before, minutes_after=draft.after, only=draft.only)
    return following(replace(peak, rule=rule), chosen(rule.entries, rule))


def _held(work: Work, key: int, seen_at: Instant) -> Subscription:
    """The subscription whose held copy is the one that somebody looked at."""
    known = subscriptions.load(work, key)
    if known.held is None or known.held.at != seen_at:
        raise Refusal("changed_meanwhile")
    return known


def _sound(work: Work, peak: Peak) -> Peak:
    """It may have no dates yet; they come with the calendar."""
    require_scope(peak, parties.uses_of(work, peak.customer))
    require_sound_rule(peak, load_calendars(work, {peak.customer}))
    return peak
