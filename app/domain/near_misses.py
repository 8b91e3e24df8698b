"""No slot at all: what is the smallest change that would make one possible?"""

from collections.abc import Iterator
from dataclasses import replace

from app.domain import moved
from app.domain.changes import Change, ChangeKind, Limits, asked_for, consented, cut_short, tried, without_one
from app.domain.situation import Situation
from app.domain.slots import DAY, MOST_SLOTS, Search, Starts, find_slots, slot_at
from app.domain.spans import Instant
from app.domain.verdict import Verdict

FURTHER_DAYS = 31
"""How far after the last date a later slot is looked for."""


def near_misses(search: Search, situation: Situation, further: Situation) -> tuple[Change, ...]:
    """The changes that would make a slot possible, the smallest of each kind, in the order of `ChangeKind`.

    Each was checked. `situation` covers the search's span, `further` that of `after(search)`.
    """
    limits = Limits(search.worst, search.agreed, search.terms.now)
    found = [*_cut(search, situation, limits), *_consented(search, situation, limits)]
    found += [*_without(search, situation), *_beyond(search, further)]
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def after(search: Search) -> Search:
    """The same search in the month after its last date."""
    return replace(search, first=search.last, last=search.last + FURTHER_DAYS * DAY)


def _cut(search: Search, situation: Situation, limits: Limits) -> Iterator[Change]:
    """At the start with most room before something is in the way: a shorter reserve, or a shorter window."""
    start, room = _most_room(Starts(search, situation))
    for change in cut_short(moved.starting(search.window, start), room):
        confirmed, _ = tried(change, situation, limits)
        if confirmed.clears:
            yield confirmed
            return


def _most_room(starts: Starts) -> tuple[Instant, int]:
    """The start, the first of equals, after which nothing is in the way for the longest time, and that time."""
    bars = iter([*starts.barred, None])
    bar = next(bars)
    best = (starts.grid.start, 0)
    for start in starts.grid:
        while bar is not None and bar.end <= start:
            bar = next(bars)
        room = (bar.start if bar else starts.search.span.end) - start
        if room > best[1]:
            best = start, room
    return best


def _consented(search: Search, situation: Situation, limits: Limits) -> Iterator[Change]:
    """The best slot that needs nothing but consent; what takes down a redundant pair is lifted by no customer."""
    if search.worst is Verdict.NEEDS_WAIVER:
        return
    wider = replace(search, worst=Verdict.NEEDS_WAIVER, most=MOST_SLOTS, is_daily=True)
    for slot in find_slots(wider, situation):
        waivers = asked_for(slot.result.conflicts)
        for change in consented(slot.window, waivers):
            confirmed, _ = tried(change, situation, limits, waivers)
            if confirmed.clears:
                yield confirmed
                return


def _without(search: Search, situation: Situation) -> Iterator[Change]:
    """The service without which the best slot is cheapest."""
    found = []
    for change in without_one(search.window):
        agreed = tuple(one for one in search.agreed if one.service != change.service)
        for slot in find_slots(replace(search, window=change.window, agreed=agreed, most=1), situation):
            found.append((slot.cost, replace(change, window=slot.window, verdict=slot.result.verdict, clears=True)))
    yield from (change for _, change in sorted(found, key=lambda pair: (pair[0], pair[1].service))[:1])


def _beyond(search: Search, further: Situation) -> Iterator[Change]:
    """The first slot after the last date."""
    later = after(search)
    for start in Starts(later, further).possible[:1]:
        slot = slot_at(later, further, start)
        if slot:
            days = -(-(start - search.last + 1) // DAY)
            yield Change(ChangeKind.BEYOND, slot.window, slot.result.verdict, clears=True, days=days)
