"""What may this reader be told of a check? The integrator all, a customer its own, a supplier that and when, not who.

Customers' peaks are commercially sensitive and suppliers compete (DESIGN section 4). Everything a page, a message or a
feed says of a check is made from what comes out here; two results that differ only in what a reader may not know give
that reader the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from app.domain.access import Actor, PartyKind
from app.domain.causes import Because, Kind
from app.domain.register import RegisteredWindow, TrailEntry, TrailLine
from app.domain.result import CheckResult, Collision, CollisionKind, Conflict, Note
from app.domain.running import Run
from app.domain.verdict import Verdict, worst

F = TypeVar("F", Conflict, Collision, Note)
NOBODY = ""
"""Stands where a name is withheld."""

NO_DAY = date.min
"""Stands where a day is withheld."""


@dataclass(frozen=True)
class Shown:
    """A result as one reader may know it. `customers_reached` is None where even the number is not theirs to know."""

    verdict: Verdict
    conflicts: tuple[Conflict, ...]
    collisions: tuple[Collision, ...]
    notes: tuple[Note, ...]
    paths: dict[tuple[str, str], tuple[tuple[str, ...], ...]]
    customers: tuple[str, ...]
    customers_reached: int | None

    @property
    def findings(self) -> tuple[Conflict | Collision | Note, ...]:
        return (*self.conflicts, *self.collisions, *self.notes)


def disclose(result: CheckResult, reader: Actor, own_windows: Collection[str], sharing: Collection[str]) -> Shown:
    """The result for this reader.

    `own_windows` are the windows a supplier may see, `sharing` the customers that let suppliers read their names.
    `paths` are by window and customer, from a used service to a maintained one.
    """
    match reader.kind:
        case PartyKind.INTEGRATOR:
            return _shown(result, result.conflicts, result.collisions, result.notes, result.customers, len(result.customers))
        case PartyKind.CUSTOMER:
            return _for_customer(result, reader.party)
        case PartyKind.SUPPLIER:
            return _for_supplier(result, own_windows, sharing)


def _for_customer(result: CheckResult, customer: str) -> Shown:
    """Own conflicts, the effect of collisions on it, and a verdict from these alone."""
    conflicts = tuple(one for one in result.conflicts if one.customer == customer)
    collisions = tuple(
        replace(one, windows=(), services=(), customers=(customer,)) for one in result.collisions if customer in one.customers
    )
    notes = tuple(one for one in result.notes if one.customer == customer)
    shown = _shown(result, conflicts, collisions, notes, {customer} & result.customers, None)
    return replace(shown, verdict=worst([one.effect for one in conflicts] + [one.effect for one in collisions]))


def _for_supplier(result: CheckResult, own_windows: Collection[str], sharing: Collection[str]) -> Shown:
    """That it is not possible, until when and how severe; names, days and paths only of customers that share them."""
    conflicts = {_nameless(one, sharing) for one in result.conflicts}
    collisions = {_partnerless(one, own_windows, sharing) for one in result.collisions}
    notes = {replace(one, customer=NOBODY, service=NOBODY, peak=NOBODY) for one in result.notes}
    known = result.customers & set(sharing)
    return _shown(result, _in_order(conflicts), _in_order(collisions), _in_order(notes), known, len(result.customers))


def told_to_supplier(one: Conflict | Collision, own_windows: Collection[str], sharing: Collection[str]) -> Conflict | Collision:
    """What a supplier may know of one conflict or collision: the same as within a whole result."""
    return _nameless(one, sharing) if isinstance(one, Conflict) else _partnerless(one, own_windows, sharing)


def _in_order(findings: Collection[F]) -> tuple[F, ...]:
    """An order made from what is told alone: another one could tell of what is not."""
    return tuple(sorted(findings, key=repr))


def _nameless(one: Conflict, sharing: Collection[str]) -> Conflict:
    """Two customers' peaks that end at one time and count the same become one."""
    if one.customer in sharing:
        return one
    undated = replace(one, anchor=NO_DAY, peak_first_day=NO_DAY, peak_last_day=NO_DAY)
    return replace(undated, customer=NOBODY, peak=NOBODY, services=(), waived=False, zone=NOBODY)


def _partnerless(one: Collision, own_windows: Collection[str], sharing: Collection[str]) -> Collision:
    own = tuple(window for window in one.windows if window in own_windows)
    customers = tuple(customer for customer in one.customers if customer in sharing)
    services = one.services if one.kind is CollisionKind.SAME_SERVICE and own == one.windows else ()
    return replace(one, windows=own, services=services, customers=customers)


def _shown(
    result: CheckResult,
    conflicts: tuple[Conflict, ...],
    collisions: tuple[Collision, ...],
    notes: tuple[Note, ...],
    customers: Collection[str],
    reached: int | None,
) -> Shown:
    paths: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = {}
    for one in result.affected:
        if one.customer in customers:
            paths[one.window, one.customer] = (*paths.get((one.window, one.customer), ()), one.path)
    return Shown(result.verdict, conflicts, collisions, notes, paths, tuple(sorted(customers)), reached)


def disclose_because(because: Because, reader: Actor, own_windows: Collection[str], sharing: Collection[str]) -> Because:
    """Why something happened to a window, for this reader.

    What everybody reads, such as a national calendar, is told to all. A customer learns of its own peaks and calendars, and
    of others that something changed; a supplier what kind of thing it was, and which if it is its own or is shared with it.
    """
    is_open = because.kind is Kind.CALENDAR and not because.party
    is_own = because.party == reader.party or (because.kind is Kind.WINDOW and because.id in own_windows)
    is_shared = because.kind in {Kind.PEAK, Kind.CALENDAR} and because.party in sharing
    nameless = Because(because.kind, because.at)
    match reader.kind:
        case PartyKind.INTEGRATOR:
            return because
        case PartyKind.CUSTOMER:
            return because if is_open or is_own else replace(nameless, kind=None)
        case PartyKind.SUPPLIER:
            return because if is_open or is_own or is_shared else nameless


def disclose_window(window: RegisteredWindow, reader: Actor) -> RegisteredWindow:
    """A window as this reader may know it.

    What the integrator saw and acknowledged speaks of customers. A customer reads business words, not how the work is
    rolled back, nor why and by whose peaks a window was judged.
    """
    match reader.kind:
        case PartyKind.INTEGRATOR:
            return window
        case PartyKind.SUPPLIER:
            return replace(window, acknowledgement="")
        case PartyKind.CUSTOMER:
            return replace(window, acknowledgement="", decision_reason="", rollback_plan="", approved_verdict=None)


def disclose_trail(entries: Sequence[TrailEntry], reader: Actor) -> tuple[TrailEntry, ...]:
    """A supplier reads what was done, and the reasons that were given by or to it; a customer reads no trail of a window."""
    match reader.kind:
        case PartyKind.INTEGRATOR:
            return tuple(entries)
        case PartyKind.SUPPLIER:
            return tuple(_for_supplier_s_eyes(one, reader.party) for one in entries)
        case PartyKind.CUSTOMER:
            return ()


def disclose_party_trail(lines: Sequence[TrailLine], reader: Actor) -> tuple[TrailLine, ...]:
    """What a party's people did, and what happened to its windows and peaks, for one of that party or of the integrator."""
    if reader.kind is not PartyKind.SUPPLIER:
        return tuple(lines)
    return tuple(replace(one, entry=_for_supplier_s_eyes(one.entry, reader.party)) for one in lines)


def _for_supplier_s_eyes(entry: TrailEntry, supplier: str) -> TrailEntry:
    """That a customer answered, not who did nor what he said."""
    if entry.party == supplier or entry.action in TO_THE_SUPPLIER:
        return entry
    nameless = replace(entry, reason="", facts={})
    return replace(nameless, person=None, party=None) if entry.action in BY_A_CUSTOMER else nameless


BY_A_CUSTOMER = frozenset({"waiver.granted", "waiver.refused"})
TO_THE_SUPPLIER = frozenset({"window.rejected", "window.returned", "window.cancelled"})


def disclose_run(run: Run, reader: Actor) -> Run:
    """How it went, for this reader: a retrospective speaks of customers; a customer reads times and result, no names."""
    match reader.kind:
        case PartyKind.INTEGRATOR:
            return run
        case PartyKind.SUPPLIER:
            return replace(run, retrospective="")
        case PartyKind.CUSTOMER:
            return replace(run, retrospective="", remark="", experts=(), going_back=0, alarms=frozenset())
