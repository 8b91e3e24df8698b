"""What became of a calendar since the last copy? Entries that came, moved and went, and which changes are asked about first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.foreign_entries import ForeignEntry
from app.domain.spans import Instant, Span, merged

MOST_GONE = 5
LARGEST_SHARE_GONE = 5
"""One in so many; more, or more than MOST_GONE, is not believed without asking."""

KEPT_AFTERWARDS = 366 * 24 * 3600


@dataclass(frozen=True)
class Changes:
    """`gone` are entries ahead that are no longer there or have become shorter; `ahead` is how many there were."""

    added: tuple[ForeignEntry, ...]
    moved: tuple[tuple[ForeignEntry, ForeignEntry], ...]
    gone: tuple[ForeignEntry, ...]
    ahead: int
    ahead_now: int

    @property
    def must_be_asked(self) -> bool:
        """A calendar that shrinks may be a site that changed hands or a season that was not entered yet.

        More than five of the entries ahead, more than a fifth of them, or all of them: the customer is asked.
        """
        is_emptied = self.ahead > 0 and self.ahead_now == 0
        return is_emptied or len(self.gone) > MOST_GONE or len(self.gone) * LARGEST_SHARE_GONE > self.ahead


def changes(old: Sequence[ForeignEntry], new: Sequence[ForeignEntry], now: Instant) -> Changes:
    """What changed of the entries that are not over.

    An entry is recognised by its UID and its place in its series. One whose whole time is busy in the new copy too is
    not gone, whatever it is called there: some calendars give new UIDs at every export.
    """
    known: dict[tuple[str, Instant | None], list[ForeignEntry]] = defaultdict(list)
    for one in new:
        known[one.key].append(one)
    busy = merged(one.span for one in new if one.start < one.end)
    ahead = [one for one in old if one.end > now]
    moved, gone = [], []
    for one in ahead:
        same = known.get(one.key, [])
        if any(other.span == one.span for other in same):
            continue
        there = next((other for other in same if other.end > now and other.span.seconds >= one.span.seconds), None)
        if there:
            moved.append((one, there))
        elif not _is_within(one.span, busy):
            gone.append(one)
    before = {one.key for one in old} | {one.span for one in old}
    ahead_now = [one for one in new if one.end > now]
    added = [one for one in ahead_now if one.key not in before and one.span not in before]
    return Changes(tuple(added), tuple(moved), tuple(gone), len(ahead), len(ahead_now))


def with_past(old: Sequence[ForeignEntry], new: Sequence[ForeignEntry], now: Instant) -> tuple[ForeignEntry, ...]:
    """The new copy, and of the old one what is over and no longer in it: what has been does not change."""
    known = {one.key for one in new}
    past = [one for one in old if now - KEPT_AFTERWARDS < one.end <= now and one.key not in known]
    return tuple(sorted((*past, *new), key=lambda one: (one.start, one.end, one.summary, one.uid)))


def _is_within(span: Span, busy: Sequence[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in busy)
