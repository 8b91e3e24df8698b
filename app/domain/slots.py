"""Which are the best times for a window? Every quarter of an hour between two dates, priced at once and exactly.

One check of a window that lasts throughout finds all that any start could meet (`moved.throughout`); what one start
meets of it is added up over a grid. Each slot is then checked by itself before it is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice

from app.domain import moved
from app.domain.agreed_slots import Agreement, closed, within
from app.domain.conflicts import check
from app.domain.grid import STEP, areas, changes, levels, on_grid, starts_meeting
from app.domain.refusal import Refusal
from app.domain.result import CheckResult
from app.domain.scene import Moment, Scene
from app.domain.situation import Situation
from app.domain.slot_prices import (
    CUSTOMER_COST,
    PER_DELAY_DAY,
    PER_NOTICE_DAY,
    Part,
    Terms,
    charges,
    delay,
    missing_notice,
    price,
    rate,
)
from app.domain.spans import Instant, Span, merged
from app.domain.verdict import Verdict, worst
from app.domain.walltime import local_day
from app.domain.windows import Window, WindowOccurrence

MOST_DAYS, MOST_SLOTS, LONGEST_DAYS = 92, 20, 7
DAY = 24 * 3600


@dataclass(frozen=True)
class Search:
    """What is asked for: a window (its length, reserve and kind count), starts in `[first, last)`, and no worse a verdict.

    With `is_daily` at most one slot, the best, of each day on the window's own clock.
    """

    window: Window
    first: Instant
    last: Instant
    terms: Terms
    most: int = 5
    worst: Verdict = Verdict.ADVISORY
    is_daily: bool = False
    agreed: tuple[Agreement, ...] = ()

    @cached_property
    def occurrence(self) -> WindowOccurrence:
        return moved.first_of(self.window)

    @property
    def length(self) -> int:
        """Of the exposure, in seconds."""
        return self.occurrence.exposed.seconds

    @property
    def span(self) -> Span:
        """All that any start could be exposed in: what a situation for this search has to cover."""
        return Span(self.first, max(self.last, self.first + 1) + self.length)


@dataclass(frozen=True)
class Slot:
    """A time for the window, with the check of it and the parts of its price."""

    window: Window
    occurrence: WindowOccurrence
    result: CheckResult
    parts: tuple[Part, ...]

    @property
    def cost(self) -> int:
        return sum(part.cost for part in self.parts)


def require_sound_search(search: Search) -> None:
    """Refused are starts in the past or out of order, and more days, slots or length than is looked at in one go."""
    if search.first < search.terms.now:
        raise Refusal("start_in_past", "slots_from")
    if search.last <= search.first:
        raise Refusal("end_not_after_start", "slots_to")
    if search.last - search.first > (MOST_DAYS + 1) * DAY:
        raise Refusal("too_many_days", "slots_to", most=MOST_DAYS)
    if not 1 <= search.most <= MOST_SLOTS:
        raise Refusal("bad_number", "slots_most", least=1, most=MOST_SLOTS, got=search.most)
    if search.length > LONGEST_DAYS * DAY:
        raise Refusal("too_long_for_slots", "end", most=LONGEST_DAYS)


def find_slots(search: Search, situation: Situation) -> tuple[Slot, ...]:
    """The best starts, cheapest first, at one price the earliest. Each has been checked by itself.

    The situation must cover `search.span`.
    """
    return Starts(search, situation).best()


def slot_at(search: Search, situation: Situation, start: Instant) -> Slot | None:
    """The window at one start, checked; None when that is worse than asked for or outside the agreed slots."""
    window = moved.starting(search.window, start)
    occurrence = moved.first_of(window)
    result = check([window], situation)
    if result.verdict.rank > search.worst.rank or not within(search.agreed, occurrence.exposed):
        return None
    return Slot(window, occurrence, result, price(window, occurrence.exposed, result, search.terms))


@dataclass(frozen=True)
class Free:
    """The window can start at every quarter within the span, with this verdict."""

    span: Span
    verdict: Verdict


class Starts:
    """Every start of a search: which are possible, and at what cost."""

    def __init__(self, search: Search, situation: Situation) -> None:
        self.search, self.situation = search, situation
        self.window = moved.throughout(search.window, search.span)
        self.result = check([self.window], situation)
        self.grid = on_grid(search.first, search.last)

    @cached_property
    def barred(self) -> list[Span]:
        """When the window cannot be exposed, merged and ascending: worse than asked for, or outside the agreed slots."""
        return merged([*self.worse(), *closed(self.search.agreed, self.search.span)])

    def worse(self) -> Iterator[Span]:
        """When something is met that is worse than asked for."""
        most = self.search.worst.rank
        yield from (one.overlap for one in self.result.conflicts if one.effect.rank > most)
        yield from (one.span for one in self.result.collisions if one.effect.rank > most)

    @cached_property
    def possible(self) -> list[Instant]:
        """The starts that meet nothing barred, ascending."""
        met = levels(changes((run, 1) for run in self._meeting(self.barred)), self.grid)
        return [start for start, count in zip(self.grid, met, strict=True) if not count]

    @cached_property
    def costs(self) -> dict[Instant, int]:
        """The cost of every start, possible or not."""
        terms, length = self.search.terms, self.search.length
        priced = charges(self.search.window, self.search.span, self.result, terms)
        timed = areas(changes((span, rate(component, harm)) for component, harm, span in priced), self.grid, length)
        always, sometimes = self._customers()
        extra = levels(changes((starts, 1) for runs in sometimes for starts in self._meeting(runs)), self.grid)
        return {
            start: cost
            + (always + more) * CUSTOMER_COST
            + missing_notice(start, terms) * PER_NOTICE_DAY
            + delay(start, terms) * PER_DELAY_DAY
            for start, cost, more in zip(self.grid, timed, extra, strict=True)
        }

    def best(self) -> tuple[Slot, ...]:
        found = (slot_at(self.search, self.situation, start) for start in self.by_price())
        return tuple(islice((slot for slot in found if slot), self.search.most))

    @cached_property
    def free(self) -> list[Free]:
        """When it can start, in stretches of one verdict, ascending."""
        possible = set(self.possible)
        verdicts = zip(self.grid, self._verdicts(), strict=True)
        stretches = groupby(verdicts, key=lambda pair: (pair[0] in possible, pair[1]))
        found = (((*starts,), verdict) for (is_possible, verdict), starts in stretches if is_possible)
        return [Free(Span(starts[0][0], starts[-1][0] + STEP), verdict) for starts, verdict in found]

    def _verdicts(self) -> Iterator[Verdict]:
        """Of every start the verdict that a check of it would give."""
        met = [*((one.effect, one.overlap) for one in self.result.conflicts)]
        met += [(one.effect, one.span) for one in self.result.collisions]
        ranks = [
            levels(changes((starts, 1) for starts in self._meeting(span for effect, span in met if effect is verdict)), self.grid)
            for verdict in Verdict
        ]
        for counts in zip(*ranks, strict=True):
            yield worst(verdict for verdict, count in zip(Verdict, counts, strict=True) if count)

    def _meeting(self, runs: Iterable[Span]) -> list[Span]:
        return starts_meeting(runs, self.search.length)

    def by_price(self) -> Iterable[Instant]:
        """The possible starts, cheapest first, at one price the earliest; one a day where that is asked for."""
        ordered = sorted((self.costs[start], start) for start in self.possible)
        starts = [start for _, start in ordered]
        return _one_a_day(starts, self.search.window.zone) if self.search.is_daily else starts

    def _customers(self) -> tuple[int, Iterable[list[Span]]]:
        """How many customers every exposure reaches, and for each other one the stretches in which it is reached."""
        scene = Scene([self.window], self.situation)
        reached = [(moment.span, _reached(scene, moment, self.window.id)) for moment in scene.moments]
        always = frozenset.intersection(*(customers for _, customers in reached))
        runs: dict[str, list[Span]] = {}
        for span, customers in reached:
            for customer in customers - always:
                runs.setdefault(customer, []).append(span)
        return len(always), runs.values()


def _reached(scene: Scene, moment: Moment, window: str) -> frozenset[str]:
    """The customers with a service that the window helps to take down."""
    services = moment.outage_of(window).broken_by(window)
    return frozenset(customer.id for service in services for customer in scene.users.get(service, ()))


def _one_a_day(starts: Sequence[Instant], zone: str) -> Iterator[Instant]:
    seen = set()
    for start in starts:
        day = local_day(start, zone)
        if day not in seen:
            seen.add(day)
            yield start
