"""When is a calendar elsewhere asked again, and until when is its last good copy believed?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.anchors import Entries
from app.domain.foreign_entries import ForeignEntry
from app.domain.peaks import Peak
from app.domain.spans import Instant
from app.domain.walltime import local_day

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
EVERY = HOUR
SOONEST_AGAIN, LATEST_AGAIN = 15 * MINUTE, DAY
RESTS_AFTER = 8
"""So many failures in a row, and it is asked once a day only; the page says so."""

STALE_AFTER = 14 * DAY


class Trouble(StrEnum):
    """Why an address gave no calendar."""

    NOT_ALLOWED = "not_allowed"
    """It leads into a private network, to another kind of address, or round and round."""
    UNREACHABLE = "unreachable"
    """The name is unknown, nobody answers, the certificate is wrong, or the connection broke."""
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    NOT_FOUND = "not_found"
    GONE = "gone"
    """It says itself that it is gone and will not come back (HTTP 410, RFC 9110 section 15.5.11)."""
    CLOSED = "closed"
    """It asks who is there: for a password, or for another address with a secret in it."""
    FAILING = "failing"
    """It answered, but with an error of its own or in a way that is no answer."""
    NOT_A_CALENDAR = "not_a_calendar"
    """A web page, half a file, or a calendar that cannot be read within its limits."""
    EMPTY = "empty"
    """A calendar without a single dated entry."""
    ADDRESS_LOST = "address_lost"
    """It was sealed with another secret than the present one."""


@dataclass(frozen=True)
class Held:
    """A new copy that would take away too much, and waits for the customer: `gone` of the `ahead` entries to come."""

    at: Instant
    gone: int
    ahead: int


@dataclass(frozen=True)
class Subscription:
    """A peak that follows a calendar elsewhere. The entries in force are those of the peak's rule.

    `sealed` is its address, `host` what of it its customer is shown. `good_at` is when the address last confirmed the
    copy in force, None before the first; `troubled_at` since when it did not; `next_at` when it is asked again.
    `refused` is the fingerprint of entries that were not wanted.
    """

    id: int
    customer: str
    peak: str
    sealed: str
    host: str
    created_at: Instant
    next_at: Instant
    version: int = 1
    etag: str = ""
    last_modified: str = ""
    tried_at: Instant | None = None
    good_at: Instant | None = None
    failures: int = 0
    trouble: Trouble | None = None
    troubled_at: Instant | None = None
    copy_sha256: str | None = None
    held: Held | None = None
    refused: str | None = None

    @property
    def is_resting(self) -> bool:
        return self.failures >= RESTS_AFTER

    def good(self, now: Instant, luck: float) -> "Subscription":
        """The address confirmed the copy in force."""
        return replace(self, tried_at=now, good_at=now, failures=0, trouble=None, troubled_at=None, next_at=next_try(now, 0, luck))

    def failed(self, trouble: Trouble, now: Instant, luck: float) -> "Subscription":
        """It did not; the copy in force stays, and so does the moment since when."""
        failures = self.failures + 1
        since = now if self.troubled_at is None else self.troubled_at
        again = next_try(now, failures, luck)
        return replace(self, tried_at=now, failures=failures, trouble=trouble, troubled_at=since, next_at=again)

    def asked(self, now: Instant, luck: float) -> "Subscription":
        """It gave a calendar that is not in force: nothing is confirmed, and nothing is wrong with the address."""
        return replace(self, tried_at=now, failures=0, trouble=None, troubled_at=None, next_at=next_try(now, 0, luck))


def next_try(now: Instant, failures: int, luck: float) -> Instant:
    """An hour after a good answer; after failures 15 minutes, doubled each time, a day at the most.

    `luck`, from 0 to 1, adds up to a fifth of that, so that a thousand subscriptions do not ask at one moment.
    """
    pause = EVERY if failures == 0 else min(SOONEST_AGAIN << min(failures - 1, RESTS_AFTER), LATEST_AGAIN)
    return now + pause + int(pause * luck / 5)


def is_stale(good_at: Instant | None, now: Instant) -> bool:
    return good_at is not None and now - good_at > STALE_AFTER


def as_confirmed(peak: Peak, good_at: Instant | None, now: Instant) -> Peak:
    """The peak as its calendar's age lets it be known: a stale copy says nothing of what comes after its day.

    Its dates still count. Asked at every look instead of written down at some moment, so that a worker that stands
    still makes nothing look free.
    """
    if not is_stale(good_at, now):
        return peak
    day = local_day(good_at or now, peak.zone)
    return replace(peak, horizon_until=min(day, peak.horizon_until or day))


def followed(peak: Peak) -> Entries:
    """The rule of a peak that follows a calendar; before the first copy was read it has no entries."""
    return peak.rule if isinstance(peak.rule, Entries) else Entries(peak.zone, ())


def chosen(entries: Iterable[ForeignEntry], rule: Entries) -> tuple[ForeignEntry, ...]:
    """Those whose title has the words by which the peak's dates are chosen; all of them without such words."""
    return tuple(one for one in entries if rule.only.casefold() in one.summary.casefold())


def following(peak: Peak, entries: Sequence[ForeignEntry]) -> Peak:
    """The peak on these entries, known to the local day on which the last of them ends.

    Without any it is known as far as it was.
    """
    rule = replace(followed(peak), zone=peak.zone, entries=tuple(entries))
    until = max((anchor.last for anchor in rule.anchors), default=peak.horizon_until)
    return replace(peak, rule=rule, horizon_until=until)
