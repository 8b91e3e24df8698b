"""Everything a check looks at, loaded for some windows. A check sees it whole; what its reader may see is decided after.

The chain is loaded as far as it stands on the services concerned: only what is above a maintained service can go down.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.domain.chain import Chain, Requirement
from app.domain.occurrences import Occurrence, occurrences_meeting
from app.domain.own_calendars import versions_used
from app.domain.situation import BusyPeak, Customer, Situation, dated, exposed_span
from app.domain.spans import Span
from app.domain.windows import Window
from app.domain.workdays import Calendars
from app.store import windows
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.peaks import known_at, with_age
from app.store.tables import occurrence, peak, requirement, requirement_member, service, service_use

LONGEST_SEGMENT = 3400 * 24 * 3600
"""How far back the start of a busy segment is looked for; no peak's segment may be longer."""


def load_situation(work: Work, proposed: Sequence[Window], calendars: Calendars | None = None) -> Situation:
    """The situation of these windows: every other committed window is in it, whatever its supplier.

    With `calendars` the peaks are dated by these versions, and by the present ones of the rest: to see what was seen then.
    """
    span = exposed_span([dated(window) for window in proposed]) or Span(0, 0)
    committed = windows.committed_windows(work, span, without=[window.id for window in proposed])
    maintained = {one for window in (*proposed, *committed) for one in window.services}
    chain = _chain_above(work, maintained)
    reachable = chain.above(one for window in proposed for one in window.services)
    customers = _customers(work, reachable)
    counted = {**load_calendars(work, [customer.id for customer in customers]), **(calendars or {})}
    busy = _busy(work, customers, span, counted, is_stored=calendars is None)
    return Situation(
        chain=chain,
        customers=customers,
        busy=busy,
        committed=tuple(committed),
        waivers=windows.granted_waivers(work, [window.id for window in proposed]),
        calendars=versions_used((one.peak for group in busy.values() for one in group), counted),
    )


def _chain_above(work: Work, maintained: Iterable[str]) -> Chain:
    """One recursive query for what stands on these services, one for the requirements in between."""
    above = select(service.c.id).where(service.c.id.in_(sorted(maintained))).cte("above", recursive=True)
    standing_on = (
        select(requirement.c.service_id)
        .join(requirement_member, requirement_member.c.requirement_id == requirement.c.id)
        .join(above, above.c.id == requirement_member.c.service_id)
    )
    above = above.union(standing_on)
    suppliers = {
        row.id: row.supplier_id
        for row in work.connection.execute(select(service.c.id, service.c.supplier_id).where(service.c.id.in_(select(above.c.id))))
    }
    members: dict[tuple[int, str, int], set[str]] = defaultdict(set)
    rows = work.connection.execute(
        select(requirement, requirement_member.c.service_id.label("member"))
        .join(requirement_member, requirement_member.c.requirement_id == requirement.c.id)
        .where(requirement.c.service_id.in_(select(above.c.id)))
    )
    for row in rows:
        members[row.id, row.service_id, row.minimum].add(row.member)
    requirements = [Requirement(one, frozenset(group), least) for (_, one, least), group in sorted(members.items())]
    return Chain(suppliers, tuple(requirements))


def _customers(work: Work, services: Iterable[str]) -> tuple[Customer, ...]:
    uses: dict[str, set[str]] = defaultdict(set)
    for row in work.connection.execute(select(service_use).where(service_use.c.service_id.in_(sorted(services)))):
        uses[row.customer_id].add(row.service_id)
    return tuple(Customer(customer, frozenset(used)) for customer, used in sorted(uses.items()))


def _busy(
    work: Work, customers: Sequence[Customer], span: Span, calendars: Calendars, *, is_stored: bool
) -> dict[str, tuple[BusyPeak, ...]]:
    """Stored occurrences, and for a peak that was not expanded so far the rest, expanded here: never fewer.

    What is stored was dated with the present calendars; with others (not `is_stored`) every peak is dated here.
    """
    names = [customer.id for customer in customers]
    stored = _stored_occurrences(work, names, span)
    found: dict[str, list[BusyPeak]] = defaultdict(list)
    rows = work.connection.execute(with_age().where(peak.c.customer_id.in_(names), peak.c.removed_at.is_(None)))
    for row in rows:
        one = known_at(row.definition, row.good_at, work.now)
        is_here = is_stored and row.expanded_from_at <= span.start and span.end <= row.expanded_until_at
        found[one.customer].append(BusyPeak(one, tuple(stored[one.id] if is_here else occurrences_meeting(one, span, calendars))))
    return {customer: tuple(busy) for customer, busy in found.items()}


def _stored_occurrences(work: Work, customers: Sequence[str], span: Span) -> dict[str, list[Occurrence]]:
    rows = work.connection.execute(
        select(occurrence)
        .where(
            occurrence.c.customer_id.in_(customers),
            occurrence.c.start_at < span.end,
            occurrence.c.start_at > span.start - LONGEST_SEGMENT,
            occurrence.c.end_at > span.start,
        )
        .order_by(occurrence.c.start_at)
    )
    segments: dict[tuple[str, Occurrence], list[Span]] = defaultdict(list)
    for row in rows:
        segments[row.peak_id, Occurrence(row.anchor, row.first_day, row.last_day, ())].append(Span(row.start_at, row.end_at))
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for (peak_id, one), parts in segments.items():
        found[peak_id].append(Occurrence(one.anchor, one.first_day, one.last_day, tuple(parts)))
    return found
