"""`slots`: the five best starts in 90 days, beside a check of each start by itself; `planner`: a year of 50 customers' peaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import moved
from app.domain.access import SYSTEM
from app.domain.situation import Situation
from app.domain.slot_prices import Terms
from app.domain.slots import Search, Starts, find_slots, slot_at
from app.domain.spans import Span
from app.domain.windows import Window
from app.store import peaks
from app.store.database import Database, Work
from app.store.occurrences import YEAR
from app.store.situations import load_situation
from benchmarks import naive
from benchmarks.checking import CLASSES, sampled
from benchmarks.measuring import Took, clock_of, compared, timed
from benchmarks.report import Line, ratio, times
from benchmarks.worlds import NOW, World

DAYS, OF_EACH, SCANNED = 90, 5, 12
CUSTOMERS = 50


@dataclass(frozen=True)
class Wish:
    """A search with how many starts it has for each that the scan tries, and which those are."""

    search: Search
    tried: Sequence[int]
    starts: int

    @property
    def share(self) -> float:
        return self.starts / len(self.tried)


def slots(database: Database, world: World, sample: int, rounds: int) -> list[Line]:
    """Windows by how many customers they reach, and one of the backbone."""
    by_class: dict[str, list[Window]] = {}
    for window in sampled(database, sample * 3):
        if name := _class_of(world, window):
            by_class.setdefault(name, []).append(window)
    by_class["backbone"] = [world.backbone(0)]
    lines = []
    for name, some in sorted(by_class.items()):
        lines += _lines(database, name, [wish_for(one) for one in some[:OF_EACH]], rounds, world)
    return lines


def _class_of(world: World, window: Window) -> str:
    down = world.chain.down(window.services)
    count = len({world.users[one] for one in down if one in world.users})
    return next((f"{least} to {most} customers" for least, most in CLASSES if least <= count <= most), "")


def wish_for(window: Window) -> Wish:
    search = Search(window, NOW, NOW + DAYS * 24 * 3600, Terms(NOW, NOW, ()))
    starts = range(NOW, search.last, 15 * 60)
    return Wish(search, starts[:: len(starts) // SCANNED], len(starts))


def _loaded(work: Work, wish: Wish) -> Situation:
    return load_situation(work, [moved.throughout(wish.search.window, wish.search.span)])


def _lines(database: Database, name: str, wishes: Sequence[Wish], rounds: int, world: World) -> list[Line]:
    def find(wish: Wish) -> None:
        with database.reading(SYSTEM, NOW) as work:
            find_slots(wish.search, _loaded(work, wish))

    def scan(wish: Wish) -> None:
        for start in wish.tried:
            with database.reading(SYSTEM, NOW) as work:
                slot_at(wish.search, load_situation(work, [moved.starting(wish.search.window, start)]), start)

    for wish in wishes:
        require_same(database, wish)
    best = compared({"ours": find, "scan": scan}, wishes, min(rounds, 2))
    whole = [took.times(wish.share) for took, wish in zip(best["scan"], wishes, strict=True)]
    clock = clock_of(database)
    mine = [getattr(one, clock) for one in best["ours"]]
    gain = ratio("slots", f"{name}: scan / ours, by {clock}", [getattr(one, clock) for one in whole], mine).at_least(80)
    found = times("slots", f"{name}: ours", best["ours"])
    most = {"10 to 99 customers": 10, "backbone": 1500}.get(name) if world.size.name in {"M", "L"} else None
    if most:
        found = [one.at_most(most) if clock in one.unit else one for one in found]
    return [*found, *times("slots", f"{name}: scan", whole), gain]


def require_same(database: Database, wish: Wish) -> None:
    """At what the scan tries: whether a start is possible, and what it costs."""
    with database.reading(SYSTEM, NOW) as work:
        starts = Starts(wish.search, _loaded(work, wish))
        possible = set(starts.possible)
        for start in wish.tried:
            slot = slot_at(wish.search, load_situation(work, [moved.starting(wish.search.window, start)]), start)
            assert (slot is not None) == (start in possible), "the two ways do not agree on what is possible"
            assert slot is None or slot.cost == starts.costs[start], "the two ways do not agree on the price"


def planner(database: Database, world: World, _sample: int, rounds: int) -> list[Line]:
    """What the timeline reads of everybody's peaks, in proportion for 50 customers."""
    span = Span(NOW, NOW + YEAR)
    some = list(world.peaks(world.customers[:CUSTOMERS]))

    def read() -> list[object]:
        with database.reading(SYSTEM, NOW) as work:
            return list(peaks.visible_occurrences(work, span))

    mine = [timed(read)[0].times(CUSTOMERS / world.size.customers) for _ in range(min(rounds, 2))]
    slow, _ = timed(lambda: [list(naive.busy(one, span)) for one in some])
    naively = slow.times(CUSTOMERS / min(CUSTOMERS, world.size.customers))
    clock = clock_of(database)
    best: list[Took] = [mine[0].best(mine[-1])]
    found = times("planner", f"a year of {CUSTOMERS} customers", best)
    gain = ratio("planner", f"naive / ours, by {clock}", [getattr(naively, clock)], [getattr(best[0], clock)])
    return [*(one.at_most(60) if clock in one.unit else one for one in found), gain.at_least(25)]
