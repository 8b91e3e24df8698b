"""Better times for a window, and why not at this one: each as its reader may know it, with the names it needs."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain import moved
from app.domain.access import Actor, PartyKind
from app.domain.changes import Change, Limits
from app.domain.disclosure import NOBODY, Shown, disclose, told_to_supplier
from app.domain.near_misses import after, near_misses
from app.domain.proposals import UNNUMBERED, Proposal, proposed_window
from app.domain.refusal import Refusal
from app.domain.result import Collision, Conflict
from app.domain.situation import Situation
from app.domain.slot_prices import Part, Terms
from app.domain.slots import Free, Search, Starts, require_sound_search
from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.domain.walltime import midnight
from app.domain.why_not import Finding, WhyNot, around, why_not
from app.domain.windows import Window, WindowOccurrence
from app.domain.workdays import ONE_DAY
from app.queries.checks import own_windows
from app.queries.names import Names, names_in
from app.store import agreed_slots, experts, parties, windows
from app.store.database import Work
from app.store.situations import load_situation


@dataclass(frozen=True)
class Wanted:
    """Between which days, both whole, on the window's own clock, how many, and how bad they may be."""

    first: date
    last: date
    most: int
    with_waiver: bool = False
    is_daily: bool = True

    @property
    def worst(self) -> Verdict:
        return Verdict.NEEDS_WAIVER if self.with_waiver else Verdict.ADVISORY


@dataclass(frozen=True)
class OfferedSlot:
    window: Window
    occurrence: WindowOccurrence
    shown: Shown
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class BetterTimes:
    """The slots; when there is none, the changes that would make one possible; and from when to when one can start at all."""

    window: Window
    wanted: Wanted
    slots: tuple[OfferedSlot, ...]
    changes: tuple[Change, ...]
    free: Sequence[Free]
    names: Names


@dataclass(frozen=True)
class Blocked:
    """Why a window cannot be at its time, with the names that takes."""

    answer: WhyNot
    names: Names

    @property
    def start(self) -> Instant:
        return moved.first_of(self.answer.window).planned.start


def asked_window(work: Work, proposal: Proposal) -> Window:
    """What is filled in so far as a single window; a series has no single best time."""
    if proposal.series is not None:
        raise Refusal("no_slots_for_series", "rrule")
    return proposed_window(proposal, parties.suppliers_of(work, proposal.services), work.actor.party, UNNUMBERED)


def better_times(work: Work, window: Window, wanted: Wanted) -> BetterTimes:
    """The best times for a window between two days. Its waivers do not count: they lapse when it moves."""
    if window.series is not None:
        raise Refusal("no_slots_for_series", "rrule")
    search = _search(work, window, wanted)
    require_sound_search(search)
    situation = _situation(work, search)
    starts = Starts(search, situation)
    found = starts.best()
    changes = () if found else near_misses(search, situation, _situation(work, after(search)))
    own, named = own_windows(work, window, [slot.result for slot in found]), parties.sharing_names(work)
    slots = tuple(OfferedSlot(one.window, one.occurrence, disclose(one.result, work.actor, own, named), one.parts) for one in found)
    nameless = tuple(_nameless(change, work.actor, named) for change in changes)
    names = names_in(work, [note for slot in slots for note in slot.shown.notes], _consenting(nameless), window.services)
    return BetterTimes(window, wanted, slots, nameless, starts.free, names)


def blocked(work: Work, window: Window, worst: Verdict = Verdict.ADVISORY) -> Blocked:
    """What is in the way of a single window, and what would lift it."""
    known = around(window, work.now)
    situation = load_situation(work, [moved.throughout(window, known)])
    own = {window.id, *windows.titles_of(work, [one.id for one in situation.committed])}
    named = parties.sharing_names(work)

    def told(one: Finding) -> Finding:
        return one if work.actor.kind is PartyKind.INTEGRATOR else told_to_supplier(one, own, named)

    agreed = tuple(agreed_slots.agreements(work, window.services).values())
    answer = why_not(window, situation, Limits(worst, agreed, work.now), told)
    blockers = tuple(
        replace(one, changes=tuple(_nameless(change, work.actor, named) for change in one.changes)) for one in answer.blockers
    )
    together = tuple(_nameless(change, work.actor, named) for change in answer.together)
    found = [one.finding for one in blockers if isinstance(one.finding, Conflict | Collision)]
    changes = [change for one in blockers for change in one.changes]
    names = names_in(work, found, _consenting([*changes, *together]), window.services)
    return Blocked(replace(answer, blockers=blockers, together=together), names)


def blocked_window(work: Work, window_id: str) -> Blocked | None:
    """What is in the way of a window the actor may see, at its time; None for a series, which has many."""
    window = windows.load(work, window_id).window
    return None if window.series is not None else blocked(work, window)


def _search(work: Work, window: Window, wanted: Wanted) -> Search:
    first, last = midnight(wanted.first, window.zone), midnight(wanted.last + ONE_DAY, window.zone)
    known, required = tuple(experts.experts_for(work, window.services)), experts.required_for(work, window.services)
    wish = max(work.now, moved.first_of(window).planned.start)
    terms = Terms(wish, work.now, known, required, is_summed=work.actor.kind is PartyKind.INTEGRATOR)
    agreed = tuple(agreed_slots.agreements(work, window.services).values())
    return Search(window, max(first, work.now), last, terms, wanted.most, wanted.worst, wanted.is_daily, agreed)


def _situation(work: Work, search: Search) -> Situation:
    """Everything that any start could meet; consent to the window as it is says nothing of another time."""
    loaded = load_situation(work, [moved.throughout(search.window, search.span)])
    return replace(loaded, waivers=frozenset())


def _nameless(change: Change, reader: Actor, named: Collection[str]) -> Change:
    """Whose consent it takes only the integrator reads, and a supplier of customers that share their names."""
    if reader.kind is PartyKind.INTEGRATOR:
        return change
    return replace(change, customers=frozenset(one if one in named else NOBODY for one in change.customers))


def _consenting(changes: Iterable[Change]) -> set[str]:
    """The customers whose consent these changes take."""
    return {customer for change in changes for customer in change.customers}
