"""Windows with their history, as far as the actor may see them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, delete, insert, or_, select, true, union_all, update

from app.domain.access import PartyKind
from app.domain.lifecycle import COMMITTED, WAITING, State
from app.domain.notation.windows import write_wall
from app.domain.refusal import NotFound, Refusal
from app.domain.register import Dropped, Name, RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.domain.windows import MOST_ROLLBACK_MINUTES, ChangeType, Impact, Series, Window
from app.store.among import among
from app.store.database import Work
from app.store.tables import maintenance_window, window_customer, window_service

w = maintenance_window.c
PAGE = 200
LONG = 24 * 3600
"""Windows that last longer, series mostly, are looked for among themselves; all others have begun no longer ago."""

EXPOSED = union_all(
    select(maintenance_window).where(
        w.start_at > bindparam("start") - LONG, w.start_at < bindparam("end"), w.end_at > bindparam("start")
    ),
    select(maintenance_window).where(w.long_until_at > bindparam("start"), w.start_at < bindparam("end")),
)
SERVICES_OF = select(window_service).where(among(window_service.c.window_id, "windows"))


@dataclass(frozen=True)
class Filter:
    """Which windows a list shows. Empty fields do not narrow it; `meets` keeps windows exposed within that span.

    `on_any_of` keeps windows on at least one of these services.
    """

    states: frozenset[State] = frozenset()
    supplier: str = ""
    service: str = ""
    customer: str = ""
    text: str = ""
    meets: Span | None = None
    on_any_of: frozenset[str] = frozenset()


def add(work: Work, new: RegisteredWindow) -> None:
    work.connection.execute(insert(maintenance_window).values(**_columns(new)))
    _link_services(work, new.window)


def save(work: Work, changed: RegisteredWindow, seen_version: int) -> None:
    """Write a window that was read as `seen_version`; if it has changed since, nothing is written (`changed_meanwhile`)."""
    values = _columns(replace(changed, version=seen_version + 1, changed_at=work.now))
    chosen = update(maintenance_window).where(w.id == changed.id, w.version == seen_version).values(**values)
    if work.connection.execute(chosen).rowcount != 1:
        raise Refusal("changed_meanwhile")
    work.connection.execute(delete(window_service).where(window_service.c.window_id == changed.id))
    _link_services(work, changed.window)


def load(work: Work, window_id: str) -> RegisteredWindow:
    """One window the actor may see; any other does not exist."""
    found = listed(work, select(maintenance_window).where(w.id == window_id))
    if not found:
        raise NotFound("window")
    return found[0]


def state_of(work: Work, window_id: str) -> State | None:
    """The state in which a window is kept now; None when it is not there."""
    found = work.connection.execute(select(w.state).where(w.id == window_id)).scalar()
    return State(found) if found else None


def loaded(work: Work, ids: Iterable[str]) -> dict[str, RegisteredWindow]:
    """By id: those of these windows that the actor may see."""
    return {one.id: one for one in listed(work, select(maintenance_window).where(w.id.in_(set(ids))))}


def visible_windows(work: Work, chosen: Filter, limit: int = PAGE) -> list[RegisteredWindow]:
    """The windows of a filter that the actor may see, by start, at most `limit`.

    Only the integrator may ask whom else a window reaches: of a supplier or another customer that question finds nothing.
    """
    if chosen.customer not in {"", work.actor.party} and work.actor.kind is not PartyKind.INTEGRATOR:
        return []
    query = select(maintenance_window).where(_chosen(chosen)).order_by(w.start_at, w.id).limit(limit)
    return listed(work, query)


def begun(work: Work) -> list[RegisteredWindow]:
    """The windows that wait for a decision or for their start, have begun by the clock and are soon over, reserve included."""
    soon = work.now + MOST_ROLLBACK_MINUTES * 60
    return listed(work, select(maintenance_window).where(w.state.in_(WAITING), w.start_at <= work.now, w.end_at <= soon))


def published_and_changed_since(work: Work, since: Instant) -> list[RegisteredWindow]:
    """The windows the actor may see that were in a feed and changed lately, wherever they are now."""
    return listed(work, select(maintenance_window).where(w.published, w.changed_at > since).order_by(w.start_at, w.id))


def listed(work: Work, query: Select[tuple[object, ...]]) -> list[RegisteredWindow]:
    """Rows of a query on windows as values, without those the actor may not see."""
    rows = work.connection.execute(query.where(_visible(work))).mappings().all()
    services = services_of(work, [row["id"] for row in rows])
    return [_registered(row, services[row["id"]]) for row in rows]


def committed_windows(work: Work, span: Span, services: Collection[str]) -> list[Window]:
    """Every committed window on one of these services that could be exposed in the span, whoever it belongs to."""
    exposed = work.connection.execute(EXPOSED, {"start": span.start, "end": span.end}).mappings()
    rows = {row["id"]: row for row in exposed if row["state"] in COMMITTED}
    linked = services_of(work, sorted(rows)) if rows else {}
    return [_window(rows[one], theirs) for one, theirs in linked.items() if not theirs.isdisjoint(services)]


def next_id(work: Work, year: int) -> str:
    """`W-27-045`: the next free number of a year. Taken behind the turnstile, so nobody else takes it."""
    prefix = f"W-{year % 100:02d}-"
    known = work.connection.execute(select(w.id).where(w.id.startswith(prefix, autoescape=True))).scalars()
    numbers = [int(one.removeprefix(prefix)) for one in known if one.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"


def reach(work: Work, window_id: str, customers: Iterable[str]) -> None:
    """Keep beside a window whom it reaches."""
    reach_each(work, {window_id: frozenset(customers)})


def reach_each(work: Work, customers: Mapping[str, frozenset[str]]) -> None:
    """Keep beside each of these windows whom it reaches; what is as it was is not written again."""
    before = reached_by(work, list(customers))
    changed = {one: reached for one, reached in customers.items() if reached != before.get(one, frozenset())}
    if not changed:
        return
    work.connection.execute(delete(window_customer).where(window_customer.c.window_id.in_(changed)))
    rows = [{"window_id": one, "customer_id": customer} for one, reached in changed.items() for customer in sorted(reached)]
    if rows:
        work.connection.execute(insert(window_customer), rows)


def reached_by(work: Work, windows: Sequence[str]) -> dict[str, frozenset[str]]:
    """By window: the customers it reaches."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in work.connection.execute(select(window_customer).where(window_customer.c.window_id.in_(windows))):
        found[row.window_id].add(row.customer_id)
    return {window: frozenset(customers) for window, customers in found.items()}


def services_of(work: Work, windows: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in work.connection.execute(SERVICES_OF, {"windows": windows}):
        found[row.window_id].add(row.service_id)
    return {window: frozenset(found[window]) for window in windows}


def _visible(work: Work) -> ColumnElement[bool]:
    """The integrator sees all, a supplier its own, a customer those that reach it once they are submitted."""
    actor = work.actor
    match actor.kind:
        case PartyKind.INTEGRATOR:
            return true()
        case PartyKind.SUPPLIER:
            return w.supplier_id == actor.party
        case PartyKind.CUSTOMER:
            mine = select(window_customer.c.window_id).where(window_customer.c.customer_id == actor.party)
            return and_(w.id.in_(mine), w.state != State.DRAFT)


def _chosen(chosen: Filter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if chosen.states:
        conditions.append(w.state.in_(chosen.states))
    if chosen.supplier:
        conditions.append(w.supplier_id == chosen.supplier)
    if chosen.service:
        conditions.append(w.id.in_(select(window_service.c.window_id).where(window_service.c.service_id == chosen.service)))
    if chosen.on_any_of:
        some = window_service.c.service_id.in_(sorted(chosen.on_any_of))
        conditions.append(w.id.in_(select(window_service.c.window_id).where(some)))
    if chosen.customer:
        conditions.append(w.id.in_(select(window_customer.c.window_id).where(window_customer.c.customer_id == chosen.customer)))
    if chosen.text:
        fields = (w.id, w.title_nl, w.title_en)
        conditions.append(or_(*(field.icontains(chosen.text, autoescape=True) for field in fields)))
    if chosen.meets:
        conditions += [w.start_at < chosen.meets.end, w.end_at > chosen.meets.start]
    return and_(*conditions)


def _columns(one: RegisteredWindow) -> dict[str, object]:
    window, series = one.window, one.window.series
    span = dated(window).span
    if span is None:
        raise Refusal("empty_series", "rrule")
    return {
        "id": window.id,
        "supplier_id": window.supplier,
        "title_nl": one.title.nl,
        "title_en": one.title.en,
        "business_text": one.business_text,
        "rollback_plan": one.rollback_plan,
        "type": window.type,
        "impact": one.impact,
        "zone": window.zone,
        "start_wall": write_wall(window.start),
        "end_wall": write_wall(window.end),
        "start_fold": window.start_fold,
        "end_fold": window.end_fold,
        "rollback_minutes": window.rollback_minutes,
        "rrule": series.rrule if series else None,
        "exdates": _days(series.except_on) if series else [],
        "rdates": _days(series.also_on) if series else [],
        "dropped": [[gone.key, gone.planned.start, gone.planned.end, gone.at] for gone in one.dropped],
        "state": one.state,
        "start_at": span.start,
        "end_at": span.end,
        "long_until_at": span.end if span.seconds > LONG else None,
        "sequence": one.sequence,
        "published": one.published,
        "version": one.version,
        "approved_verdict": one.approved_verdict,
        "acknowledgement": one.acknowledgement,
        "announced_at": one.announced_at,
        "created_by": one.created_by,
        "submitted_by": one.submitted_by,
        "decided_by": one.decided_by,
        "decision_reason": one.decision_reason,
        "created_at": one.created_at,
        "changed_at": one.changed_at,
    }


def _days(days: Iterable[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)


def _window(row: RowMapping, services: frozenset[str]) -> Window:
    exdates = frozenset(date.fromisoformat(day) for day in row["exdates"])
    rdates = frozenset(date.fromisoformat(day) for day in row["rdates"])
    return Window(
        id=row["id"],
        supplier=row["supplier_id"],
        services=services,
        type=ChangeType(row["type"]),
        zone=row["zone"],
        start=datetime.fromisoformat(row["start_wall"]),
        end=datetime.fromisoformat(row["end_wall"]),
        rollback_minutes=row["rollback_minutes"],
        start_fold=row["start_fold"],
        end_fold=row["end_fold"],
        series=Series(row["rrule"], exdates, rdates) if row["rrule"] or rdates else None,
        impact=Impact(row["impact"]),
    )


def _registered(row: RowMapping, services: frozenset[str]) -> RegisteredWindow:
    return RegisteredWindow(
        window=_window(row, services),
        title=Name(row["title_nl"], row["title_en"]),
        business_text=row["business_text"],
        rollback_plan=row["rollback_plan"],
        created_by=row["created_by"],
        state=State(row["state"]),
        sequence=row["sequence"],
        version=row["version"],
        published=row["published"],
        approved_verdict=Verdict(row["approved_verdict"]) if row["approved_verdict"] else None,
        acknowledgement=row["acknowledgement"],
        submitted_by=row["submitted_by"],
        decided_by=row["decided_by"],
        decision_reason=row["decision_reason"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        announced_at=row["announced_at"],
        dropped=tuple(Dropped(key, Span(start, end), at) for key, start, end, at in row["dropped"]),
    )


def _link_services(work: Work, window: Window) -> None:
    rows = [{"window_id": window.id, "service_id": service} for service in sorted(window.services)]
    work.connection.execute(insert(window_service), rows)


def titles_of(work: Work, window_ids: Iterable[str]) -> dict[str, Name]:
    """The titles of those of these windows that the actor may see."""
    ids = set(window_ids)
    if not ids:
        return {}
    chosen = select(w.id, w.title_nl, w.title_en).where(w.id.in_(ids), _visible(work))
    return {row.id: Name(row.title_nl, row.title_en) for row in work.connection.execute(chosen)}
