"""Does a proposed window meet a peak of a customer it reaches, or another window? Here it is computed, and only here.

The time of the proposed windows is cut into moments in which the same windows are active. For each moment the chain
is evaluated once; what it says there is then read by one generator for each kind of finding.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice, takewhile

from app.domain.chain import Outage
from app.domain.occurrences import Occurrence, known_until
from app.domain.peaks import Peak
from app.domain.result import Affected, CheckResult, Collision, CollisionKind, Conflict, Note, NoteKind
from app.domain.situation import BusyPeak, Customer, Dated, Situation, Waiver, dated
from app.domain.spans import Runs, Span, hull, merged, stretches
from app.domain.verdict import Verdict, effect, worst
from app.domain.windows import ChangeType, Window, WindowOccurrence


def check(proposed: Sequence[Window], situation: Situation) -> CheckResult:
    """Meet the proposed windows with a situation (SCHEMA, "Algorithm in words").

    The same windows and situation give the same answer, in whatever order they were entered.
    """
    scene = Scene(proposed, situation)
    conflicts = tuple(sorted(_conflicts(scene), key=lambda one: (one.window, one.overlap, one.customer, one.peak, one.anchor)))
    collisions = tuple(sorted(_collisions(scene), key=lambda one: (one.span, one.windows, one.kind, one.services)))
    affected = tuple(sorted(_affected(scene), key=lambda one: (one.window, one.customer, one.service, one.path)))
    verdicts = {
        window.window.id: worst(
            [one.effect for one in conflicts if one.window == window.window.id]
            + [one.effect for one in collisions if window.window.id in one.windows]
        )
        for window in scene.proposed
    }
    notes = tuple(sorted(_notes(scene, affected)))
    return CheckResult(worst(verdicts.values()), verdicts, affected, conflicts, collisions, notes)


@dataclass(frozen=True)
class Moment:
    """A stretch of time in which exactly these windows are active, at least one of them proposed."""

    span: Span
    active: frozenset[str]
    outage: Outage


class Scene:
    """The proposed windows among the committed ones, with the chain evaluated for every moment."""

    def __init__(self, proposed: Sequence[Window], situation: Situation) -> None:
        self.situation = situation
        self.proposed: list[Dated] = [dated(window) for window in proposed]
        own = {window.id for window in proposed}
        others = [one for one in situation.dated if one.window.id not in own]
        exposed = Runs(occurrence.exposed for window in self.proposed for occurrence in window.occurrences)
        self.committed = [near for near in (_near(other, exposed) for other in others) if near.occurrences]
        self.windows = {one.window.id: one.window for one in [*self.proposed, *self.committed]}
        self._outages: dict[frozenset[str], Outage] = {}

    def outage(self, active: frozenset[str]) -> Outage:
        """The chain while exactly these windows are active, evaluated once."""
        if active not in self._outages:
            self._outages[active] = Outage(self.situation.chain, [self.windows[one] for one in sorted(active)])
        return self._outages[active]

    def is_proposed(self, window: str) -> bool:
        return window in self.proposed_ids

    @cached_property
    def proposed_ids(self) -> frozenset[str]:
        return frozenset(one.window.id for one in self.proposed)

    @cached_property
    def users(self) -> Mapping[str, list[Customer]]:
        """By service: the customers who use it."""
        found = defaultdict(list)
        for customer in self.situation.customers:
            for service in customer.uses:
                found[service].append(customer)
        return found

    @cached_property
    def moments(self) -> list[Moment]:
        """Between two of them something changes."""
        windows = [*self.proposed, *self.committed]
        exposed = ((one.window.id, occurrence.exposed) for one in windows for occurrence in one.occurrences)
        found = ((span, active) for span, active in stretches(exposed) if active & self.proposed_ids)
        return [Moment(span, active, self.outage(active)) for span, active in found]

    def moments_of(self, occurrence: WindowOccurrence) -> Iterator[Moment]:
        """The moments within one occurrence's exposure: they begin with it and follow one another."""
        first = bisect_left(self.moments, occurrence.exposed.start, key=lambda moment: moment.span.start)
        later = islice(self.moments, first, None)
        return takewhile(lambda moment: moment.span.start < occurrence.exposed.end, later)


def _near(window: Dated, exposed: Runs) -> Dated:
    """A committed window with only those occurrences that overlap a proposed exposure."""
    return Dated(window.window, tuple(one for one in window.occurrences if exposed.meet(one.exposed)))


def _affected(scene: Scene) -> set[Affected]:
    """Every used service that is down with a proposed window contributing, with the way to it."""
    found: set[Affected] = set()
    seen: dict[str, list[Mapping[str, frozenset[str]]]] = defaultdict(list)
    for window, outage in {(window, moment.outage) for moment in scene.moments for window in moment.active & scene.proposed_ids}:
        ways = outage.ways_of(window)
        if ways in seen[window]:
            continue
        seen[window].append(ways)
        for service in ways:
            if users := scene.users.get(service):
                for path in outage.paths(service, window):
                    found.update(Affected(window, customer.id, service, path) for customer in users)
    return found


def _conflicts(scene: Scene) -> Iterator[Conflict]:
    """Seconds in an exposure and in a busy segment at which a service in the peak's scope is down because of the window."""
    for one in scene.proposed:
        for occurrence in one.occurrences:
            for customer, uses in _broken_uses(scene, one.window, occurrence).items():
                for busy in _concerned(scene, one.window, customer):
                    for period in busy.meeting(occurrence.exposed):
                        for overlap, services in _meetings(busy.peak, period, uses):
                            yield _conflict(scene, one.window, occurrence, busy.peak, period, overlap, services)


def _concerned(scene: Scene, window: Window, customer: str) -> Iterator[BusyPeak]:
    """The customer's peaks that are about windows of this kind."""
    return (busy for busy in scene.situation.busy.get(customer, ()) if busy.peak.concerns(window))


def _broken_uses(scene: Scene, window: Window, occurrence: WindowOccurrence) -> Mapping[str, list[tuple[Span, frozenset[str]]]]:
    """By customer: when which used services are down that the window helps to take down."""
    found: dict[str, list[tuple[Span, frozenset[str]]]] = defaultdict(list)
    for broken, alike in groupby(scene.moments_of(occurrence), lambda moment: moment.outage.broken_by(window.id)):
        span = hull(moment.span for moment in alike)
        by_customer: dict[str, set[str]] = defaultdict(set)
        for service in broken:
            for customer in scene.users.get(service, ()):
                by_customer[customer.id].add(service)
        for customer_id, services in by_customer.items():
            found[customer_id].append((span, frozenset(services)))
    return found


def _meetings(
    peak: Peak, period: Occurrence, uses: Iterable[tuple[Span, frozenset[str]]]
) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The unbroken overlaps of one busy period with the broken uses in the peak's scope."""
    parts: list[tuple[Span, frozenset[str]]] = []
    for span, services in uses:
        scoped = frozenset(service for service in services if peak.covers(service))
        if scoped:
            shared = (segment.overlap(span) for segment in period.segments)
            parts.extend((part, scoped) for part in shared if part)
    for run in merged(part for part, _ in parts):
        involved = {service for part, services in parts if part.overlaps(run) for service in services}
        yield run, tuple(sorted(involved))


def _conflict(
    scene: Scene,
    window: Window,
    occurrence: WindowOccurrence,
    peak: Peak,
    period: Occurrence,
    overlap: Span,
    services: tuple[str, ...],
) -> Conflict:
    waived = Waiver(window.id, peak.customer, peak.id, period.anchor) in scene.situation.waivers
    return Conflict(
        window=window.id,
        occurrence_start=occurrence.planned.start,
        customer=peak.customer,
        peak=peak.id,
        anchor=period.anchor,
        severity=peak.severity,
        effect=effect(peak.severity, window.type, waived=waived),
        waived=waived,
        overlap=overlap,
        phase=occurrence.phase(overlap),
        services=services,
        peak_first_day=period.first_day,
        peak_last_day=period.last_day,
        busy_until=max(run.end for run in merged(period.segments) if run.overlaps(overlap)),
        zone=peak.zone,
    )


def _collisions(scene: Scene) -> Iterator[Collision]:
    yield from _pairs(scene)
    yield from _redundancy_losses(scene)


def _pairs(scene: Scene) -> Iterator[Collision]:
    """Two windows at one time on one service, or each of which alone takes down the same used service."""
    shared: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for moment in scene.moments:
        for first in moment.active & scene.proposed_ids:
            for second in moment.active - {first}:
                shared[min(first, second), max(first, second)].append(moment.span)
    for (first, second), spans in shared.items():
        kind = CollisionKind.SAME_SERVICE
        services = scene.windows[first].services & scene.windows[second].services
        customers: set[str] = set()
        if not services:
            kind = CollisionKind.SAME_CHAIN
            alone = scene.outage(frozenset({first})).down & scene.outage(frozenset({second})).down
            services = frozenset(service for service in alone if service in scene.users)
            customers = {customer.id for service in services for customer in scene.users[service]}
        for run in merged(spans) if services else ():
            yield _collision(kind, (first, second), services, customers, run, Verdict.ADVISORY)


def _redundancy_losses(scene: Scene) -> Iterator[Collision]:
    """A used service that is down under all active windows together, and under none of them alone."""
    lost: dict[tuple[str, ...], list[tuple[Span, str]]] = defaultdict(list)
    for moment in scene.moments:
        alone = [scene.outage(frozenset({window})).down for window in moment.active]
        for service in moment.outage.down:
            if service in scene.users and not any(service in down for down in alone):
                guilty = tuple(sorted(one for one in moment.active if service in moment.outage.broken_by(one)))
                if scene.proposed_ids.intersection(guilty):
                    lost[guilty].append((moment.span, service))
    for guilty, parts in lost.items():
        types = {scene.windows[window].type for window in guilty if scene.is_proposed(window)}
        harm = Verdict.ADVISORY if types == {ChangeType.EMERGENCY} else Verdict.NEEDS_WAIVER
        for run in merged(span for span, _ in parts):
            services = frozenset(service for span, service in parts if span.overlaps(run))
            customers = {customer.id for service in services for customer in scene.users[service]}
            yield _collision(CollisionKind.REDUNDANCY_LOSS, guilty, services, customers, run, harm)


def _collision(
    kind: CollisionKind,
    windows: tuple[str, ...],
    services: frozenset[str],
    customers: set[str],
    span: Span,
    harm: Verdict,
) -> Collision:
    return Collision(kind, windows, tuple(sorted(services)), tuple(sorted(customers)), span, harm)


def _notes(scene: Scene, affected: Iterable[Affected]) -> Iterator[Note]:
    reached: dict[str, set[str]] = defaultdict(set)
    for one in affected:
        reached[one.window].add(one.customer)
    for window in scene.proposed:
        if not reached[window.window.id]:
            yield Note(NoteKind.NO_CUSTOMER_AFFECTED, window.window.id)
        yield from _reduced_redundancy(scene, window)
        yield from _beyond_horizon(scene, window, reached[window.window.id])


def _reduced_redundancy(scene: Scene, window: Dated) -> Iterator[Note]:
    """A used service that stands on a maintained one and yet stays up has lost a spare for as long as that lasts."""
    above = scene.situation.chain.above(window.window.services)
    stands = {
        (customer.id, service)
        for moment in scene.moments
        if window.window.id in moment.active
        for service in above - moment.outage.down
        for customer in scene.users.get(service, ())
    }
    for customer, service in sorted(stands):
        yield Note(NoteKind.REDUCED_REDUNDANCY, window.window.id, customer, service)


def _beyond_horizon(scene: Scene, window: Dated, customers: set[str]) -> Iterator[Note]:
    """An affected customer's list of dates ends before the exposure does: what it would say is unknown, not free."""
    for customer in sorted(customers):
        for busy in _concerned(scene, window.window, customer):
            until = known_until(busy.peak)
            if until is not None and window.span is not None and window.span.end > until:
                yield Note(NoteKind.CALENDAR_HORIZON, window.window.id, customer, peak=busy.peak.id)
