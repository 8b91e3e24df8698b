"""Which conflicts do people have to deal with? One line a cause, however many windows it meets; and one cause with all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.access import SYSTEM, PartyKind
from app.domain.conflict_items import Item, Stage, may_be_closed, stage_of, worst_of
from app.domain.refusal import NotFound
from app.domain.verdict import Verdict
from app.domain.waivers import COUNTING, WaiverStatus
from app.queries.names import Names, load_names
from app.store import conflict_items, waivers
from app.store.conflict_items import KnownCause, Remark
from app.store.database import Work

Waived = Mapping[tuple[str, str, date | None], WaiverStatus]


@dataclass(frozen=True)
class Line:
    """A cause with its open items: how bad it is at worst, and how many are at which stage."""

    known: KnownCause
    items: Sequence[Item]
    stages: Mapping[Stage, int]

    @property
    def worst(self) -> Verdict:
        return worst_of(self.items)

    @property
    def windows(self) -> int:
        return len({item.window for item in self.items})


@dataclass(frozen=True)
class ConflictList:
    """What waits for somebody, the worst and the nearest first; and what is put aside."""

    lines: Sequence[Line]
    snoozed: Sequence[Line]
    names: Names


@dataclass(frozen=True)
class CausePage:
    known: KnownCause
    items: Sequence[tuple[Item, Stage]]
    remarks: Sequence[Remark]
    names: Names

    @property
    def open(self) -> list[Item]:
        return [item for item, _ in self.items if item.closed is None]

    @property
    def may_be_closed(self) -> bool:
        return may_be_closed(self.open)


def conflict_list(work: Work) -> ConflictList:
    """The integrator reads all, a customer what its own peaks cause; for a supplier there is no such page."""
    _require_reader(work)
    by_cause = conflict_items.open_by_cause(work)
    discussed = conflict_items.discussed(work, [known.number for known, _ in by_cause])
    waived = _waived(work, {item.window for _, items in by_cause for item in items})
    lines = [Line(known, items, _stages(items, waived, is_discussed=known.number in discussed)) for known, items in by_cause]
    lines.sort(key=lambda line: (-line.worst.rank, line.items[0].found.span.start, line.known.number))
    shown = [line for line in lines if not line.known.is_snoozed(work.now)]
    aside = [line for line in lines if line.known.is_snoozed(work.now)]
    return ConflictList(shown, aside, _names(work, [known for known, _ in by_cause], ()))


def cause_page(work: Work, number: int) -> CausePage:
    """One cause with every conflict it ever made, open or closed, and what was said."""
    _require_reader(work)
    known = conflict_items.load_cause(work, number)
    items, said = conflict_items.items_of(work, number), conflict_items.remarks(work, number)
    waived = _waived(work, {item.window for item in items})
    stages = [(item, stage_of(item, _waiver(item, waived), is_discussed=bool(said))) for item in items]
    people = {remark.person for remark in said} | {item.closed_by for item in items if item.closed_by}
    if known.snoozed_by:
        people.add(known.snoozed_by)
    return CausePage(known, stages, said, _names(work, [known], items, people))


def _require_reader(work: Work) -> None:
    if work.actor.kind is PartyKind.SUPPLIER:
        raise NotFound("page")


def _stages(items: Iterable[Item], waived: Waived, *, is_discussed: bool) -> dict[Stage, int]:
    found: dict[Stage, int] = {}
    for item in items:
        stage = stage_of(item, _waiver(item, waived), is_discussed=is_discussed)
        found[stage] = found.get(stage, 0) + 1
    return found


def _waiver(item: Item, waived: Waived) -> WaiverStatus | None:
    return waived.get((item.window, item.found.cause.peak, item.found.anchor))


def _waived(work: Work, windows: Iterable[str]) -> Waived:
    """Of each date of a peak a window meets: the request that is open, or the consent that counts."""
    ours = replace(work, actor=SYSTEM)
    return {
        (one.window, one.about.peak, one.about.anchor): one.status
        for one in waivers.of_windows(ours, windows)
        if one.status in COUNTING
    }


def _names(work: Work, causes: Iterable[KnownCause], items: Iterable[Item], people: Iterable[str] = ()) -> Names:
    every = [known.cause for known in causes]
    items = list(items)
    return load_names(
        work,
        party_ids={one.customer for one in every if one.customer},
        service_ids={service for one in every for service in one.services},
        peak_ids={one.peak for one in every if one.peak},
        window_ids={item.window for item in items} | {other for item in items for other in item.found.others},
        person_ids=people,
    )
