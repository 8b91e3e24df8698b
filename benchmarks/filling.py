"""A world is written straight into an empty database, and its peaks are dated. It may be stopped, and goes on from there."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from rich.progress import Progress
from sqlalchemy import Table, func, insert, select

from app.domain.access import SYSTEM, PartyKind, Role
from app.domain.lifecycle import State
from app.domain.notation.rules import write_peak
from app.domain.register import Name, Party, RegisteredWindow
from app.domain.verdict import Verdict
from app.domain.windows import Window
from app.store import people, tables, windows
from app.store.database import Database, Work
from app.store.migrations import upgrade
from app.store.parties import add_party
from app.usecases.rolling import behind, roll_over
from app.usecases.signing_in import hash_password
from benchmarks.worlds import NOW, World

PASSWORD = "benchmarks, nothing to hide"  # noqa: S105 - of a made-up person in a made-up world
BATCH = 20_000
PEAKS_AT_ONCE = 500
Row = dict[str, Any]


def fill(database: Database, world: World, shown: Progress) -> None:
    """Parties, chain, peaks with their occurrences and approved windows. What an earlier run finished is not done again."""
    upgrade(database)
    with database.writing(SYSTEM, NOW) as work:
        is_new = work.connection.execute(select(func.count()).select_from(tables.party)).scalar_one() == 0
        if is_new:
            _fill_parties(work, world)
            _fill_chain(work, world)
    _fill_peaks(database, world, shown)
    _date_peaks(database, shown)
    with database.writing(SYSTEM, NOW) as work:
        if work.connection.execute(select(func.count()).select_from(tables.maintenance_window)).scalar_one() == 0:
            _fill_windows(work, world)


def _fill_parties(work: Work, world: World) -> None:
    add_party(work, Party("KRP", PartyKind.INTEGRATOR, "KRP"))
    manager = people.Person(
        "manager", "KRP", Name("m", "m"), frozenset({Role.CHANGE_MANAGER}), "en", "Europe/Amsterdam", hash_password(PASSWORD)
    )
    people.add_person(work, manager)
    kinds = ((PartyKind.CUSTOMER, world.customers), (PartyKind.SUPPLIER, world.suppliers))
    _insert(
        work,
        tables.party,
        ({"id": one, "kind": kind, "name": one, "sector": "", "shares_names": False} for kind, names in kinds for one in names),
    )


def _fill_chain(work: Work, world: World) -> None:
    _insert(
        work,
        tables.service,
        ({"id": one, "supplier_id": supplier, "name_nl": one, "name_en": one} for one, supplier in world.supplier_of.items()),
    )
    _insert(work, tables.service_use, ({"customer_id": customer, "service_id": one} for one, customer in world.users.items()))
    numbered = list(enumerate(world.chain.requirements, 1))
    _insert(
        work,
        tables.requirement,
        ({"id": number, "service_id": one.service, "minimum": one.minimum} for number, one in numbered),
    )
    _insert(
        work,
        tables.requirement_member,
        ({"requirement_id": number, "service_id": member} for number, one in numbered for member in sorted(one.members)),
    )


def _fill_peaks(database: Database, world: World, shown: Progress) -> None:
    with database.reading(SYSTEM, NOW) as work:
        done = set(work.connection.execute(select(tables.peak.c.customer_id).distinct()).scalars())
    task = shown.add_task("Customers' peaks", total=len(world.customers), completed=len(done))
    for some in _batched((one for one in world.customers if one not in done), BATCH // 40):
        with database.writing(SYSTEM, NOW) as work:
            _insert(work, tables.peak, (_peak_row(one) for one in world.peaks(some)))
        shown.advance(task, len(some))


def _date_peaks(database: Database, shown: Progress) -> None:
    """As `ober occurrences` does, at the moment of this world."""
    with database.reading(SYSTEM, NOW) as work:
        task = shown.add_task("Peaks dated", total=behind(work))
    dated = 1
    while dated:
        with database.writing(SYSTEM, NOW) as work:
            dated = roll_over(work, PEAKS_AT_ONCE)
        shown.advance(task, dated)


def _peak_row(one: Any) -> Row:
    """Not dated yet: everything that is derived from the definition follows when it is."""
    return {
        "id": one.id,
        "customer_id": one.customer,
        "name_nl": one.id,
        "name_en": one.id,
        "consequence": "",
        "definition": json.dumps(write_peak(one), sort_keys=True),
        "version": 1,
        "created_at": NOW,
        "changed_at": NOW,
        "removed_at": None,
        "expanded_from_at": 0,
        "expanded_until_at": 0,
        "known_until_at": None,
        "counts_with": None,
    }


def _fill_windows(work: Work, world: World) -> None:
    known = list(world.windows())
    for one in known:
        windows.add(work, _registered(one))
    _insert(
        work,
        tables.window_customer,
        ({"window_id": one.id, "customer_id": customer} for one in known for customer in reached(world, one)),
    )


def reached(world: World, window: Window) -> list[str]:
    """The customers with a service that goes down."""
    down = world.chain.down(window.services)
    return sorted({world.users[one] for one in down if one in world.users})


def _registered(one: Window) -> RegisteredWindow:
    """Approved as if all it meets was consented to, so that checking it again puts nothing on hold."""
    return RegisteredWindow(
        window=one,
        title=Name(one.id, one.id),
        business_text="",
        rollback_plan="back",
        created_by="manager",
        state=State.APPROVED,
        published=True,
        approved_verdict=Verdict.BLOCKED,
        created_at=NOW,
        changed_at=NOW,
    )


def _insert(work: Work, table: Table, rows: Iterable[Row]) -> None:
    for some in _batched(rows, BATCH):
        work.connection.execute(insert(table), some)


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    each = iter(rows)
    while some := list(islice(each, size)):
        yield some
