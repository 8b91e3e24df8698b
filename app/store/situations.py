"""Everything a check looks at, loaded for some windows. A check sees it whole; what its reader may see is decided after.

The chain is loaded as far as it can matter: what stands on the proposed windows' services, and what that stands on. Of
peaks those are loaded that have something to say of that time: a busy second, or that their dates are not known so far.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, select, union_all

from app.domain.chain import Chain, Requirement
from app.domain.chain_changes import ChainChange, changed_chain, changed_customers
from app.domain.near import near_in_time
from app.domain.occurrences import occurrences_meeting
from app.domain.own_calendars import versions_named
from app.domain.relevance import relevant
from app.domain.situation import BusyPeak, Customer, Situation, busy_peaks, dated, exposed_span
from app.domain.spans import Span
from app.domain.subscriptions import STALE_AFTER
from app.domain.windows import Window
from app.domain.workdays import Calendars
from app.store import waivers, windows
from app.store.among import among
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.occurrences import kept_occurrences
from app.store.peaks import FOLLOWED, known_at
from app.store.reachable import beneath, standing_on
from app.store.tables import peak, requirement, requirement_member, service, service_use, subscription

TOGETHER = 7 * 24 * 3600
"""Windows within this long are loaded together: more would load what few of them meet."""

PEAK = (
    select(peak.c.id, peak.c.definition, peak.c.expanded_from_at, peak.c.expanded_until_at, subscription.c.good_at)
    .outerjoin(subscription, FOLLOWED)
    .where(peak.c.removed_at.is_(None))
)


@dataclass(frozen=True)
class Loaded:
    """A situation, all calendars its peaks could be dated with, and by customer the names of those that they count with."""

    situation: Situation
    calendars: Calendars
    counting: Mapping[str, frozenset[str]]

    def versions_for(self, customers: Iterable[Customer]) -> Mapping[str, str]:
        """The versions of the calendars that these customers' peaks count with, met or not."""
        return versions_named({name for one in customers for name in self.counting.get(one.id, ())}, self.calendars)


def load_situation(
    work: Work, proposed: Sequence[Window], calendars: Calendars | None = None, change: ChainChange | None = None
) -> Situation:
    """The situation of these windows: every other committed window is in it that can matter, whatever its supplier.

    With `calendars` the peaks are dated by these versions, and by the present ones of the rest: to see what was seen then.
    With `change` the chain and its users are as if it had been made: to see what it would do.
    """
    found = _load(work, proposed, calendars, change).situation
    own = {window.id for window in proposed}
    return replace(found, committed=tuple(one for one in found.committed if one.id not in own))


def load_each(work: Work, windows: Sequence[Window]) -> Iterator[Situation]:
    """Of each of these windows in turn what can matter of its own situation, loaded for several that are near in time."""
    for near in near_in_time([dated(window) for window in windows], TOGETHER):
        together = _load(work, [one.window for one in near])
        for one in near:
            found = relevant([one.window], together.situation)
            yield replace(found, calendars=together.versions_for(found.customers))


def _load(work: Work, proposed: Sequence[Window], calendars: Calendars | None = None, change: ChainChange | None = None) -> Loaded:
    span = exposed_span([dated(window) for window in proposed]) or Span(0, 0)
    maintained = {one for window in proposed for one in window.services}
    chain = _chain_around(work, maintained | change.services if change else maintained)
    if change:
        chain = changed_chain(chain, change)
    reachable = chain.above(maintained)
    customers = _customers(work, reachable)
    if change and change.service in reachable:
        customers = changed_customers(customers, change)
    names = [customer.id for customer in customers]
    counted = {**load_calendars(work, names), **(calendars or {})}
    counting = _counting(work, names)
    situation = Situation(
        chain=chain,
        customers=customers,
        busy=_busy(work, names, span, counted) if calendars is None else _busy_by(work, names, span, counted),
        committed=tuple(windows.committed_windows(work, span, chain.services | maintained)),
        waivers=waivers.granted(work, [window.id for window in proposed]),
    )
    loaded = Loaded(situation, counted, counting)
    return replace(loaded, situation=replace(situation, calendars=loaded.versions_for(customers)))


def _chain() -> Select[Any]:
    """The requirements of whatever stands on the maintained services, and of all that this stands on in turn."""
    around = beneath(standing_on(select(service.c.id).where(among(service.c.id, "maintained"))), "around")
    return (
        select(requirement.c.id, requirement.c.service_id, requirement.c.minimum, requirement_member.c.service_id.label("member"))
        .join(requirement_member, requirement_member.c.requirement_id == requirement.c.id)
        .where(requirement.c.service_id.in_(around))
    )


def _peaks() -> CompoundSelect[Any]:
    """Peaks that are met, of which not enough is kept, whose dates are not known so far, or whose calendar is stale."""
    theirs = among(peak.c.customer_id, "customers")
    return union_all(
        PEAK.where(among(peak.c.id, "met")),
        PEAK.where(theirs, peak.c.expanded_until_at < bindparam("end")),
        PEAK.where(theirs, peak.c.expanded_from_at > bindparam("start")),
        PEAK.where(theirs, peak.c.known_until_at < bindparam("end")),
        PEAK.where(among(subscription.c.customer_id, "customers"), subscription.c.good_at < bindparam("stale")),
    )


CHAIN = _chain()
USES = select(service_use.c.customer_id, service_use.c.service_id).where(among(service_use.c.service_id, "services"))
COUNTED = (
    select(peak.c.customer_id, peak.c.counts_with).where(among(peak.c.customer_id, "customers"), peak.c.counts_with > "").distinct()
)
PEAKS = _peaks()


def _chain_around(work: Work, maintained: Iterable[str]) -> Chain:
    members: dict[tuple[int, str, int], list[str]] = defaultdict(list)
    for row in work.connection.execute(CHAIN, {"maintained": maintained}).all():
        members[row.id, row.service_id, row.minimum].append(row.member)
    requirements = [Requirement(one, frozenset(group), least) for (_, one, least), group in sorted(members.items())]
    return Chain({}, tuple(requirements))


def _customers(work: Work, services: Iterable[str]) -> tuple[Customer, ...]:
    uses: dict[str, set[str]] = defaultdict(set)
    for customer, used in work.connection.execute(USES, {"services": services}).all():
        uses[customer].add(used)
    return tuple(Customer(customer, frozenset(used)) for customer, used in sorted(uses.items()))


def _counting(work: Work, customers: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """By customer the names of the working-day calendars that its peaks count with, met or not."""
    found: dict[str, set[str]] = defaultdict(set)
    for customer, names in work.connection.execute(COUNTED, {"customers": customers}).all():
        found[customer].update(names.split("\n"))
    return {customer: frozenset(names) for customer, names in found.items()}


def _busy(work: Work, customers: Sequence[str], span: Span, calendars: Calendars) -> Mapping[str, tuple[BusyPeak, ...]]:
    """Kept occurrences, and for a peak that was not dated so far all of them, dated here: never fewer."""
    kept = kept_occurrences(work, customers, span)
    asked = {"customers": customers, "met": kept, "start": span.start, "end": span.end, "stale": work.now - STALE_AFTER}
    found: dict[str, dict[str, BusyPeak]] = defaultdict(dict)
    for row in work.connection.execute(PEAKS, asked).all():
        one = known_at(row.definition, row.good_at, work.now)
        is_kept = row.expanded_from_at <= span.start and span.end <= row.expanded_until_at
        dates = kept.get(one.id, ()) if is_kept else occurrences_meeting(one, span, calendars)
        found[one.customer][one.id] = BusyPeak(one, tuple(dates))
    return {customer: tuple(busy.values()) for customer, busy in found.items()}


def _busy_by(work: Work, customers: Sequence[str], span: Span, calendars: Calendars) -> Mapping[str, tuple[BusyPeak, ...]]:
    """Every peak, dated here: what is kept was dated by the present calendars."""
    rows = work.connection.execute(PEAK.where(among(peak.c.customer_id, "customers")), {"customers": customers}).all()
    return busy_peaks((known_at(row.definition, row.good_at, work.now) for row in rows), span, calendars)
