"""How is it with a calendar elsewhere? Its state in sentences, and what happened to it."""

from typing import cast

from app.adapters.foreign_calendars.reading import Skipped
from app.domain.foreign_entries import ForeignEntry
from app.domain.register import TrailEntry
from app.domain.spans import Instant, Span
from app.domain.subscriptions import STALE_AFTER, Trouble, is_stale
from app.phrases.calendar_files import say_skipped
from app.phrases.language import Language
from app.phrases.times import say_day, say_moment, say_span
from app.queries.subscriptions import SubscriptionState

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600

TROUBLES = {
    Trouble.NOT_ALLOWED: "The address leads into a private network, to another kind of address, or in circles.",
    Trouble.UNREACHABLE: "The address cannot be reached: nobody answers, or not with a valid certificate.",
    Trouble.TIMED_OUT: "The address takes too long to answer.",
    Trouble.TOO_LARGE: "The calendar is too large: 5 MB and 3,000 dates are the most.",
    Trouble.NOT_FOUND: "The address answers that there is nothing (“not found”).",
    Trouble.GONE: "The address answers that it is gone for good. Give another, or stop following it.",
    Trouble.CLOSED: "The address asks for a password. Give the secret address of the calendar instead.",
    Trouble.FAILING: "The address answers with an error of its own.",
    Trouble.NOT_A_CALENDAR: "The address gives something that is not a calendar, or not a whole one.",
    Trouble.EMPTY: "The address gives a calendar without a single date for this peak.",
    Trouble.ADDRESS_LOST: "Ober cannot read the address any more, because its secret was changed. Give it again.",
}

HAPPENED = {
    "subscription.made": "began to follow it",
    "subscription.changed": "changed",
    "subscription.held": "the calendar shrank, so it was not followed but asked about",
    "subscription.accepted": "accepted the smaller calendar",
    "subscription.refused": "kept the old dates",
    "subscription.stopped": "stopped following it",
}


def say_state(language: Language, one: SubscriptionState, now: Instant, zone: str) -> list[str]:
    """What is known, what is wrong and since when, what that means for checks, and when it is asked again."""
    found = one.subscription
    said = [_copy(language, one, now)]
    if found.trouble is not None and found.troubled_at is not None:
        since = say_moment(language, found.troubled_at, zone)
        said.append(f"{language.t(TROUBLES[found.trouble])} {language.t('That is so since {moment}.', moment=since)}")
    elif is_unconfirmed(one):
        said.append(language.t("The address still gives the smaller calendar that you did not want."))
    said += _meaning(language, one, now, zone)
    if found.is_resting:
        said.append(language.t("It failed {count} times in a row, so it is asked once a day only.", count=found.failures))
    if found.next_at > now:
        said.append(
            language.t("It is asked again around {moment}.", moment=say_moment(language, found.next_at // MINUTE * MINUTE, zone))
        )
    else:
        said.append(language.t("It is its turn to be asked now."))
    return said


def is_unconfirmed(one: SubscriptionState) -> bool:
    """The address answers well, but not with what is in force."""
    found = one.subscription
    is_asked = found.tried_at is not None and found.good_at is not None and found.tried_at > found.good_at
    return is_asked and found.held is None and found.trouble is None


def is_in_order(one: SubscriptionState) -> bool:
    found = one.subscription
    return found.good_at is not None and found.trouble is None and found.held is None and not is_unconfirmed(one)


def _copy(language: Language, one: SubscriptionState, now: Instant) -> str:
    found, until = one.subscription, one.registered.peak.horizon_until
    if found.good_at is None:
        return language.t("The calendar has not been read yet.")
    ago = say_ago(language, now - found.good_at)
    count = language.n("{count} date", "{count} dates", one.entry_count)
    if one.entry_count == 0 or until is None or is_stale(found.good_at, now):
        return language.t("Last good copy {ago}: {dates}.", ago=ago, dates=count)
    return language.t("Last good copy {ago}: {dates} up to {day}.", ago=ago, dates=count, day=say_day(language, until))


def _meaning(language: Language, one: SubscriptionState, now: Instant, zone: str) -> list[str]:
    """What the age of the copy means for whoever plans maintenance."""
    found = one.subscription
    if found.good_at is None:
        return [language.t("Until it has been read, checks say that they do not know when it is busy.")]
    limit = say_moment(language, found.good_at + STALE_AFTER, zone)
    if is_stale(found.good_at, now):
        return [language.t("Its dates still count; since {moment} checks say that they do not know of more.", moment=limit)]
    if is_in_order(one):
        return []
    return [language.t("The last good copy still counts; after {moment} checks will say that they do not know.", moment=limit)]


def say_ago(language: Language, seconds: int) -> str:
    """`3 hours ago`, in the largest unit that fits."""
    if seconds < MINUTE:
        return language.t("just now")
    if seconds < HOUR:
        return language.n("{count} minute ago", "{count} minutes ago", seconds // MINUTE)
    if seconds < DAY:
        return language.n("{count} hour ago", "{count} hours ago", seconds // HOUR)
    return language.n("{count} day ago", "{count} days ago", seconds // DAY)


def say_entry(language: Language, entry: ForeignEntry, zone: str) -> str:
    """When it is, and what the calendar calls it."""
    when = say_span(language, Span(entry.start, entry.end), zone)
    return f"{when}: {entry.summary}" if entry.summary else when


def say_left_out(language: Language, skipped: tuple[str, str, str]) -> str:
    reason, title, part = skipped
    why = say_skipped(language, Skipped(reason, summary=title, part=part))
    return f"{title}: {why}" if title else why


def say_happening(language: Language, entry: TrailEntry, zone: str) -> str:
    """One entry of the trail."""
    facts = entry.facts
    if entry.action == "subscription.troubled":
        return language.t(TROUBLES[Trouble(str(facts["trouble"]))])
    if entry.action != "subscription.followed":
        return language.t(HAPPENED[entry.action])
    added, moved, gone = (int(str(facts[name])) for name in ("added", "moved", "gone"))
    parts = [
        language.n("{count} date came", "{count} dates came", added) if added else "",
        language.n("{count} date moved", "{count} dates moved", moved) if moved else "",
        language.n("{count} date went", "{count} dates went", gone) if gone else "",
    ]
    moves = [
        language.t("from {before} to {after}", before=say_moment(language, before, zone), after=say_moment(language, after, zone))
        for before, after in cast(list[list[int]], facts["moves"])
    ]
    return ", ".join(part for part in parts if part) + (f" ({'; '.join(moves)})" if moves else "")
