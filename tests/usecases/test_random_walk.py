"""Many people do what they may do, in an order that chance chooses; after each step what always holds, holds.

`OBER_LONG_TESTS=1` walks eighty times as far. A step that is refused changes nothing and is part of the walk.
"""

from collections.abc import Iterable, Mapping
from random import Random

import pytest

from app.domain.access import SYSTEM
from app.domain.conflict_items import PEAK
from app.domain.conflicts import check
from app.domain.lifecycle import PLANNED, State
from app.domain.register import RegisteredWindow
from app.domain.result import CheckResult
from app.domain.trail_chain import verify
from app.domain.verdict import Verdict
from app.domain.waivers import WaiverRecord, WaiverStatus
from app.store import conflict_items, receipts, trail, waivers, windows
from app.store.database import Work
from app.store.receipts import Receipt
from app.store.situations import load_each
from tests.conftest import Cast
from tests.long_form import LONG

from .by_chance import DONE, Walk, answer, approve, ask, propose
from .story import EVENING_CERTIFICATES, on_sqlite, tell

WALKS = range(20) if LONG else range(2)
STEPS = 200 if LONG else 25


def sound(walk: Walk, fine: Iterable[str]) -> None:
    """What always holds of the windows of the walk, and of others that were fine when it began."""
    with walk.cast.database.reading(SYSTEM, walk.now) as work:
        mine = windows.loaded(work, sorted({*walk.windows, *fine}))
        live = [one for one in mine.values() if one.state in PLANNED]
        results = [
            check([one.window], situation)
            for one, situation in zip(live, load_each(work, [one.window for one in live]), strict=True)
        ]
        kept, items = receipts.latest(work, walk.windows), conflict_items.of_windows(work, walk.windows)
        for one, result in zip(live, results, strict=True):
            assert is_as_approved(one, result), f"{one.id} is {one.state} and {result.verdict}, approved as {one.approved_verdict}"
            assert not [about for about in granted(work, one.id) if not is_met(about, result)], f"{one.id} has consent to nothing"
        for key in walk.windows:
            opened = {one.found.matter for one in items.get(key, ()) if one.closed is None}
            dealt_with = {one.found.matter for one in items.get(key, ()) if one.closed_by is not None}
            found = matters(kept[key], key) if mine[key].state in PLANNED else set()
            assert opened <= found <= opened | dealt_with, f"{key}: open {opened}, found {found}, dealt with {dealt_with}"
            assert mine[key].version >= walk.versions.get(key, 0)
            walk.versions[key] = mine[key].version
            walk.seen.add(str(mine[key].state))
            walk.seen |= {str(one.status) for one in waivers.of_window(work, key)}
        told = verify(trail.chain(work), trail.head(work))
    assert told.wrong is None
    assert told.is_whole


def is_as_approved(one: RegisteredWindow, result: CheckResult) -> bool:
    """What is approved is no worse than when it was, or can at least go on as it is."""
    if one.state is not State.APPROVED:
        return True
    approved = one.approved_verdict or Verdict.CLEAR
    return result.verdict.rank <= max(approved.rank, Verdict.ADVISORY.rank)


def granted(work: Work, window: str) -> list[WaiverRecord]:
    return [one for one in waivers.of_window(work, window) if one.status is WaiverStatus.GRANTED]


def is_met(one: WaiverRecord, result: CheckResult) -> bool:
    about = one.about
    return any((met.customer, met.peak, met.anchor) == (about.customer, about.peak, about.anchor) for met in result.conflicts)


def matters(receipt: Receipt, window: str) -> set[str]:
    """What the receipt found, as conflicts that people deal with are named."""
    result: Mapping[str, list[dict[str, object]]] = receipt.result  # type: ignore[assignment] # as it is written
    met = {f"{PEAK} {one['rule']} {one['anchor']}" for one in result["conflicts"]}
    together = {f"{one['kind']}  {' '.join(sorted(set(one['windows']) - {window}))}" for one in result["collisions"]}
    return met | together


@on_sqlite
@pytest.mark.parametrize("number", WALKS)
def test_whatever_people_do_in_whatever_order_what_always_holds_holds(cast: Cast, number: int) -> None:
    walk = Walk(cast, Random(number))  # noqa: S311 - chance that can be repeated
    with cast.database.reading(SYSTEM, cast.now) as work:
        approved = [str(key) for (key,) in tell(work, "SELECT id FROM maintenance_window WHERE state = 'approved'")]
    for _ in range(2):
        propose(walk, EVENING_CERTIFICATES)
        for verb in (ask, answer, approve):
            verb(walk)
    sound(walk, approved)
    while walk.took.total() < STEPS:
        if walk.step(walk.chance.choice(DONE)):
            walk.goes_by()
            sound(walk, ())
    sound(walk, approved)
    assert {"approved", "granted"} <= walk.seen, f"it came by {walk.seen}"
    assert len(walk.took) > len(set(DONE)) / 2, f"hardly anything took place: {walk.took}"
