"""`check-one`: one window, loaded and checked, beside the naive way and beside the bare statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import select

from app.domain.access import SYSTEM
from app.domain.conflicts import check
from app.domain.peaks import Peak
from app.domain.result import CheckResult
from app.domain.scene import Scene
from app.domain.situation import Situation
from app.domain.spans import Span
from app.domain.windows import Window
from app.store import windows
from app.store.database import Database, Work
from app.store.peaks import visible_peaks
from app.store.situations import load_situation
from app.store.tables import maintenance_window
from benchmarks import naive
from benchmarks.floor import Statement, rows_of, statements_of
from benchmarks.measuring import Took, clock_of, compared
from benchmarks.report import Line, ratio, times
from benchmarks.worlds import NOW, World

MOST_NAIVE = 25
"""Customers that the naive way is measured with; its time is then taken to grow in step with their number."""

BACKBONES = 5
CLASSES = ((1, 9), (10, 99), (100, 999))


@dataclass(frozen=True)
class Case:
    """A window with what the contenders that do less are given: whom it breaks and when, and the statements."""

    window: Window
    exposed: Span
    reached: int
    uses: naive.Uses
    statements: Sequence[Statement]

    @property
    def share(self) -> float:
        """How much more the naive way would have to do than it does here."""
        return self.reached / max(1, len(self.uses))


def ours(work: Work, window: Window) -> CheckResult:
    return check([window], load_situation(work, [window]))


def check_one(database: Database, world: World, sample: int, rounds: int) -> list[Line]:
    """Windows as they come, and those of the backbone."""
    has_goal = world.size.name in {"M", "L"}
    natural = compare(database, sampled(database, sample), rounds)
    lines = _lines(database, "natural", natural, has_goal=has_goal)
    for least, most in CLASSES:
        some = [took for took, case in zip(natural.ours, natural.cases, strict=True) if least <= case.reached <= most]
        lines += times("check-one", f"natural, {least} to {most} customers", some) if some else []
    backbone = [world.backbone(number) for number in range(BACKBONES)]
    return lines + _lines(database, "backbone", compare(database, backbone, rounds), has_goal=has_goal)


@dataclass(frozen=True)
class Compared:
    cases: Sequence[Case]
    ours: Sequence[Took]
    naive: Sequence[Took]
    floor: Sequence[Took]


def sampled(database: Database, count: int) -> list[Window]:
    """Approved windows at random, always the same."""
    with database.reading(SYSTEM, NOW) as work:
        ids = list(work.connection.execute(select(maintenance_window.c.id).order_by(maintenance_window.c.id)).scalars())
        return [windows.load(work, one).window for one in Random("sample").sample(ids, min(count, len(ids)))]


def compare(database: Database, chosen: Sequence[Window], rounds: int) -> Compared:
    """Time the three ways once they have given the same conflicts."""
    cases = [_case(database, one) for one in chosen]
    peaks = _peaks(database, {customer for case in cases for customer in case.uses})
    for case in cases:
        _require_same(database, case, peaks)
    connection = database.engine.raw_connection()
    cursor = connection.cursor()

    def check_ours(case: Case) -> CheckResult:
        with database.reading(SYSTEM, NOW) as work:
            return ours(work, case.window)

    best = compared(
        {
            "ours": check_ours,
            "naive": lambda case: naive.conflicts(case.uses, peaks, case.exposed),
            "floor": lambda case: rows_of(cursor, case.statements),
        },
        cases,
        rounds,
    )
    connection.close()
    whole = [took.times(case.share) for took, case in zip(best["naive"], cases, strict=True)]
    return Compared(cases, best["ours"], whole, best["floor"])


def _peaks(database: Database, customers: Iterable[str]) -> dict[str, list[Peak]]:
    """As they are now: an earlier `edit-rule` changed some."""
    with database.reading(SYSTEM, NOW) as work:
        return {customer: [one.peak for one in visible_peaks(work, customer)] for customer in customers}


def _case(database: Database, window: Window) -> Case:
    with database.reading(SYSTEM, NOW) as work:
        situation = load_situation(work, [window])
    scene = Scene([window], situation)
    (occurrence,) = scene.proposed[0].occurrences
    uses: dict[str, list[tuple[Span, frozenset[str]]]] = defaultdict(list)
    for moment in scene.moments_of(occurrence):
        for customer, services in broken(situation, moment.outage_of(window.id).broken_by(window.id)).items():
            uses[customer].append((moment.span, services))
    some = {customer: uses[customer] for customer in sorted(uses)[:MOST_NAIVE]}
    statements = statements_of(database, lambda work: load_situation(work, [window]))
    return Case(window, occurrence.exposed, len(uses), some, statements)


def broken(situation: Situation, services: frozenset[str]) -> dict[str, frozenset[str]]:
    """By customer the services it uses of these."""
    return {one.id: one.uses & services for one in situation.customers if one.uses & services}


def _require_same(database: Database, case: Case, peaks: dict[str, list[Peak]]) -> None:
    with database.reading(SYSTEM, NOW) as work:
        result = ours(work, case.window)
    met = [one for one in result.conflicts if one.customer in case.uses]
    said = sorted((one.customer, one.peak, one.anchor, one.overlap.start, one.overlap.end) for one in met)
    assert said == naive.conflicts(case.uses, peaks, case.exposed), f"{case.window.id}: the two ways do not agree"


def _lines(database: Database, what: str, found: Compared, *, has_goal: bool) -> list[Line]:
    clock = clock_of(database)
    mine, slow, bare = ([getattr(took, clock) for took in some] for some in (found.ours, found.naive, found.floor))
    lines = [line for name in ("ours", "naive", "floor") for line in times("check-one", f"{what}: {name}", getattr(found, name))]
    gain = ratio("check-one", f"{what}: naive / ours, by {clock}", slow, mine)
    cost = ratio("check-one", f"{what}: ours / floor, by {clock}", mine, bare)
    slowest = Line("check-one", f"{what}: slowest", f"ms {clock}", len(mine), max(mine), max(mine))
    if not has_goal:
        return [*lines, gain, cost, slowest]
    if what == "natural":
        return [*lines, gain.at_least(60), cost.at_most(10), slowest]
    return [*lines, gain.at_least(80), cost, slowest.at_most(1000 if clock == "cpu" else 1500)]
