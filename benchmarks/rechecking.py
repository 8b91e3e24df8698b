"""`recheck-all` after a change of the chain, as the worker does it, and `edit-rule` with `recheck-one-peak` after one edit."""

from dataclasses import replace
from random import Random

from sqlalchemy import select

from app.domain.access import SYSTEM, Actor, PartyKind, Role
from app.domain.anchors import Fixed, Recurrence
from app.domain.causes import Change, Kind
from app.domain.lifecycle import COMMITTED
from app.domain.peaks import Lead, Peak
from app.store import peaks, rechecks
from app.store.database import Database
from app.store.tables import maintenance_window
from app.usecases.peaks import PeakDraft, change_peak
from app.usecases.rechecking import A_TURN, go_on
from benchmarks.measuring import Took, clock_of, timed
from benchmarks.report import Line, spread, times
from benchmarks.worlds import NOW, World

SECONDS = {"M": 20, "L": 60}
WINDOWS_A_SAMPLE = 10
FEW = 20
MOST_OF_AN_EDIT = {"cpu": 15, "wall": 30}


def recheck_all(database: Database, world: World, sample: int, _rounds: int) -> list[Line]:
    """The worker's turns of windows that follow one another; from them follows how long all take."""
    with database.writing(SYSTEM, NOW) as work:
        committed = select(maintenance_window.c.id).where(maintenance_window.c.state.in_(COMMITTED))
        known = work.connection.execute(committed.order_by(maintenance_window.c.start_at)).scalars().all()
        count = min(len(known), sample * WINDOWS_A_SAMPLE)
        first = Random("recheck").randrange(len(known) - count + 1)
        chosen = known[first : first + count]
        rechecks.order(work, Change(Kind.CHAIN, world.tiers["network"][0], "", "requirement.changed"), chosen)
    took = _until_done(database)
    clock = clock_of(database)
    seconds = [getattr(one, clock) * len(known) / len(chosen) / 1000 for one in [_sum(took)]]
    rate = len(known) / seconds[0]
    whole = Line("recheck-all", f"{len(known)} windows, from {len(chosen)} of them", f"s {clock}", 1, seconds[0], seconds[0])
    lines = times("recheck-all", f"a turn of {A_TURN} windows", took)
    return [*lines, Line("recheck-all", f"windows a second of {clock}", "1/s", 1, rate, rate), _with_goal(whole, world)]


def _with_goal(line: Line, world: World) -> Line:
    return line.at_most(SECONDS[world.size.name]) if world.size.name in SECONDS else line


def edit_rule(database: Database, world: World, sample: int, _rounds: int) -> list[Line]:
    """A planner adds a day to a peak: what he waits for, and how long until every window it touches was checked again."""
    edits, counts, wholes = [], [], []
    chosen = _peaks(world, min(sample, FEW))
    for customer, peak in [chosen[0], *chosen]:
        planner = Actor("manager", "", customer, PartyKind.CUSTOMER, frozenset({Role.PLANNER}))
        edit, touched = _edit(database, planner, peak)
        edits.append(edit)
        counts.append(touched)
        wholes.append(_sum([edit, *_until_done(database)]))
    del edits[0], counts[0], wholes[0]  # the first made the statements ready
    clock = clock_of(database)
    share = [getattr(took, clock) / (50 + count) for took, count in zip(wholes, counts, strict=True)]
    lines = times("edit-rule", "edit-rule: change a peak, check some again, commit", edits)
    return [
        *(one.at_most(MOST_OF_AN_EDIT[clock]) if clock in one.unit else one for one in lines),
        *times("recheck-one-peak", "recheck-one-peak: until all are done", wholes),
        spread("recheck-one-peak", "windows it touches", "n", counts),
        spread("recheck-one-peak", f"of 50 ms + 1 ms a window, by {clock}", "x", share).at_most(1),
    ]


def _edit(database: Database, planner: Actor, peak: Peak) -> tuple[Took, int]:
    with database.reading(planner, NOW) as work:
        known = peaks.load(work, peak.id)
        before = [run.number for run in rechecks.latest_runs(work, 1)]
    longer = replace(known.peak, lead=Lead(known.peak.lead.before, known.peak.lead.after % 2 + 1))
    draft = PeakDraft(longer, known.name, known.consequence)

    def edit() -> None:
        with database.writing(planner, NOW) as work:
            change_peak(work, peak.id, draft, known.version)

    took, _ = timed(edit)
    with database.reading(SYSTEM, NOW) as work:
        return took, sum(run.windows for run in rechecks.latest_runs(work, 1) if run.number not in before)


def _peaks(world: World, count: int) -> list[tuple[str, Peak]]:
    """One of each of some customers."""
    chance = Random("edit")
    customers = chance.sample(world.customers, min(count, len(world.customers)))
    return [(one, next(peak for peak in world.peaks([one]) if isinstance(peak.rule, Fixed | Recurrence))) for one in customers]


def _until_done(database: Database) -> list[Took]:
    """Each turn of a worker, until nothing waits."""

    def turn() -> int:
        with database.writing(SYSTEM, NOW) as work:
            return go_on(work)

    found: list[Took] = []
    while True:
        took, count = timed(turn)
        if not count:
            return found
        found.append(took)


def _sum(took: list[Took]) -> Took:
    return Took(sum(one.cpu for one in took), sum(one.wall for one in took))
