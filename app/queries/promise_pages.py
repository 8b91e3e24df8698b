"""Who waits for which word, what was told, and how promises were kept: as far as the reader may know it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.disclosure import disclose_window
from app.domain.promises import DAY, TERMS, Kept, Occasion, Promise, Standing, Status, Term, Update, kept_by, offer, usual_within
from app.domain.refusal import NotFound
from app.domain.register import RegisteredWindow
from app.domain.running import open_run
from app.domain.spans import Instant
from app.queries.names import Names, load_names
from app.store import promises, runs, windows
from app.store.database import Work

LATEST = 20
MOST_SHOWN, MOST_COUNTED = 100, 10_000
OVER = frozenset({Status.KEPT, Status.LATE, Status.MISSED, Status.WITHDRAWN})
PERIODS = (30, 90, 365)
"""Days back over which the kept rate can be asked for."""


@dataclass(frozen=True)
class Group:
    """Promises of one party about one window with one due time: to be answered together."""

    promises: tuple[Promise, ...]
    standing: Standing

    @property
    def first(self) -> Promise:
        return self.promises[0]

    @property
    def to(self) -> tuple[str, ...]:
        return tuple(one.to for one in self.promises)

    @property
    def is_late(self) -> bool:
        return self.standing.status in {Status.MISSED, Status.LATE}

    @property
    def again(self) -> int:
        """Within how many seconds it is proposed to tell again: as long as it was this time."""
        return offer(self.first.due_at - self.first.made_at)

    @property
    def reminded_at(self) -> Instant | None:
        return self.first.reminded_at


@dataclass(frozen=True)
class PromiseList:
    """`waiting`, the longest overdue first; `over` those that were due in the period, late ones first, the newest of each.

    `is_cut`: more were due in the period than were counted.
    """

    waiting: Sequence[Group]
    over: Sequence[Group]
    updates: Sequence[Update]
    kept: Mapping[str, Kept]
    days: int
    terms: Mapping[Occasion, Term]
    names: Names
    is_cut: bool


@dataclass(frozen=True)
class WindowPromises:
    """Promises and updates of one window. `to`: whom the reader may tell; `within`: when more is usually promised, in seconds."""

    groups: Sequence[Group]
    updates: Sequence[Update]
    to: Sequence[str]
    within: int

    @property
    def parties(self) -> frozenset[str]:
        """All that are spoken of."""
        promised = {party for group in self.groups for party in (group.first.by, *group.to)}
        told = {party for one in self.updates for party in (one.by, *one.to)}
        return frozenset(promised | told | set(self.to))


def waiting(work: Work) -> list[Group]:
    """Those that wait for a word, the longest overdue first."""
    return grouped(promises.unanswered(work), work.now)


def promise_list(work: Work, days: int) -> PromiseList:
    """The promises the actor may see, and how each party kept those that were due in the last so many days."""
    due = promises.due_between(work, work.now - days * DAY, work.now + 1, MOST_COUNTED)
    open_ones, updates = waiting(work), promises.latest_updates(work, LATEST)
    over = [one for one in grouped([one for one in due if not one.is_unanswered], work.now) if one.standing.status in OVER]
    over = sorted(over, key=lambda one: (not one.is_late, -one.first.due_at))[:MOST_SHOWN]
    window_ids = {one.first.window for one in (*open_ones, *over)} | {one.window for one in updates}
    own = {} if work.actor.kind is PartyKind.CUSTOMER else TERMS
    names = load_names(work, window_ids=window_ids)
    return PromiseList(open_ones, over, updates, kept_by(due, work.now), days, own, names, len(due) == MOST_COUNTED)


def window_promises(work: Work, registered: RegisteredWindow) -> WindowPromises:
    """What was promised and told of a window that the actor may see."""
    return WindowPromises(
        grouped(promises.of_window(work, registered.id), work.now),
        promises.updates_of(work, registered.id),
        sorted(promises.addressees(work, registered)),
        usual_within(open_run(runs.of_window(work, registered.id)), work.now),
    )


@dataclass(frozen=True)
class TellingPage:
    """A window of which somebody wants to tell."""

    registered: RegisteredWindow
    word: WindowPromises
    names: Names


@dataclass(frozen=True)
class TakingBack:
    """A promise of the reader's own party, with those that were made in one breath with it."""

    group: Group
    names: Names


def telling_page(work: Work, window_id: str) -> TellingPage:
    """Of a window that the actor may see."""
    registered = disclose_window(windows.load(work, window_id), work.actor)
    return TellingPage(registered, window_promises(work, registered), load_names(work))


def promise_to_take_back(work: Work, promise_id: int) -> TakingBack:
    """One that still waits, made by the actor's own party; any other does not exist."""
    known = promises.load(work, promise_id)
    if known.by != work.actor.party or not known.is_unanswered:
        raise NotFound("promise")
    alike = promises.alike(work, known)
    return TakingBack(Group(tuple(alike), known.standing(work.now)), load_names(work, window_ids={known.window}))


def grouped(every: Sequence[Promise], now: Instant) -> list[Group]:
    """One line for what one word answers: the same party, window, due time and state."""

    found: dict[tuple[object, ...], list[Promise]] = {}
    for one in every:
        known = one.standing(now)
        alike = (one.due_at, one.window, one.by, one.occasion, one.made_at, known.status, known.at, one.reminded_at, one.reason)
        found.setdefault(alike, []).append(one)
    return [Group(tuple(members), members[0].standing(now)) for members in found.values()]
