"""Does a proposed window meet a peak of a customer it reaches, or another window? Here it is computed, and only here.

The scene cuts the time of the proposed windows into moments in which the same windows are active, and says what goes down
in each; it is read here by one generator for each kind of finding.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from app.domain.occurrences import Occurrence, known_until
from app.domain.outage import Further, Outage
from app.domain.peaks import Peak
from app.domain.result import Affected, CheckResult, Collision, CollisionKind, Conflict, Note, NoteKind
from app.domain.scene import Moment, Scene
from app.domain.situation import BusyPeak, Dated, Situation, Waiver
from app.domain.spans import Span, merged, unbroken
from app.domain.verdict import Verdict, effect, worst
from app.domain.windows import ChangeType, Window, WindowOccurrence


def check(proposed: Sequence[Window], situation: Situation) -> CheckResult:
    """Meet the proposed windows with a situation (SCHEMA, "Algorithm in words").

    The same windows and situation give the same answer, in whatever order they were entered.
    """
    scene = Scene(proposed, situation)
    conflicts = tuple(sorted(_conflicts(scene), key=lambda one: (one.window, one.overlap, one.customer, one.peak, one.anchor)))
    collisions = tuple(sorted(_collisions(scene), key=lambda one: (one.span, one.windows, one.kind, one.services)))
    affected = tuple(sorted(set(_affected(scene)), key=lambda one: (one.window, one.customer, one.service, one.path)))
    verdicts = {
        window.window.id: worst(
            [one.effect for one in conflicts if one.window == window.window.id]
            + [one.effect for one in collisions if window.window.id in one.windows]
        )
        for window in scene.proposed
    }
    notes = tuple(sorted(_notes(scene, affected)))
    return CheckResult(worst(verdicts.values()), verdicts, affected, conflicts, collisions, notes)


def _affected(scene: Scene) -> Iterator[Affected]:
    """Every used service that is down with a proposed window contributing, with the way to it.

    Company changes the way to few of them; to all others it is the one that the window has by itself.
    """
    for window in sorted(scene.proposed_ids):
        alone, by_itself = scene.alone(window), set[str]()
        seen = set[Further]()
        for outage in {moment.outage_of(window) for moment in scene.moments if window in moment.active}:
            further = outage.further(window)
            by_itself |= alone.down - further.services
            if further not in seen:
                seen.add(further)
                yield from _ways(scene, window, outage, further.services)
        yield from _ways(scene, window, alone, by_itself)


def _ways(scene: Scene, window: str, outage: Outage, services: Set[str]) -> Iterator[Affected]:
    for service in services & scene.users.keys():
        for path in outage.paths(service, window):
            yield from (Affected(window, customer.id, service, path) for customer in scene.users[service])


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
    """By customer: for how long without a break which used services are down that the window helps to take down."""
    found: dict[str, list[tuple[Span, frozenset[str]]]] = defaultdict(list)
    for span, services in _broken(scene, window, occurrence).items():
        by_customer: dict[str, set[str]] = defaultdict(set)
        for service in services & scene.users.keys():
            for customer in scene.users[service]:
                by_customer[customer.id].add(service)
        for customer_id, used in by_customer.items():
            found[customer_id].append((span, frozenset(used)))
    return found


def _broken(scene: Scene, window: Window, occurrence: WindowOccurrence) -> dict[Span, set[str]]:
    """What the window takes down by itself it does all along; what it does in company lasts as long as that."""
    by_itself = scene.alone(window.id).down
    company = ((moment.span, moment.outage_of(window.id).further(window.id)) for moment in scene.moments_of(occurrence))
    found = unbroken((span, further.services - by_itself) for span, further in company)
    found[occurrence.exposed] = found.get(occurrence.exposed, set()) | by_itself
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
            alone = scene.alone(first).down & scene.alone(second).down
            services = frozenset(service for service in alone if service in scene.users)
            customers = {customer.id for service in services for customer in scene.users[service]}
        for run in merged(spans) if services else ():
            yield _collision(kind, (first, second), services, customers, run, Verdict.ADVISORY)


def _redundancy_losses(scene: Scene) -> Iterator[Collision]:
    """A used service that is down under all active windows together, and under none of them alone."""
    lost: dict[tuple[str, ...], list[tuple[Span, str]]] = defaultdict(list)
    for moment in scene.moments:
        for service in _lost(scene, moment):
            guilty = tuple(sorted(one for one in moment.active if moment.outage_of(one).is_broken_by(service, one)))
            if scene.proposed_ids.intersection(guilty):
                lost[guilty].append((moment.span, service))
    for guilty, parts in lost.items():
        types = {scene.windows[window].type for window in guilty if scene.is_proposed(window)}
        harm = Verdict.ADVISORY if types == {ChangeType.EMERGENCY} else Verdict.NEEDS_WAIVER
        for run in merged(span for span, _ in parts):
            services = frozenset(service for span, service in parts if span.overlaps(run))
            customers = {customer.id for service in services for customer in scene.users[service]}
            yield _collision(CollisionKind.REDUNDANCY_LOSS, guilty, services, customers, run, harm)


def _lost(scene: Scene, moment: Moment) -> set[str]:
    """The used services that are down in company only."""
    together = [outage for outage in moment.outages if len(outage.windows) > 1]
    down = {service for outage in together for service in outage.down & scene.users.keys()}
    return down.difference(*(scene.alone(window).down for window in moment.active)) if down else down


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
    id_ = window.window.id
    spared = scene.situation.chain.above(window.window.services) - scene.alone(id_).down
    stands: set[str] = set()
    for moment in scene.moments:
        if id_ in moment.active:
            stands |= {service for service in spared - stands if not moment.is_down(service)}
    found = {(customer.id, service) for service in stands for customer in scene.users.get(service, ())}
    for customer, service in sorted(found):
        yield Note(NoteKind.REDUCED_REDUNDANCY, id_, customer, service)


def _beyond_horizon(scene: Scene, window: Dated, customers: set[str]) -> Iterator[Note]:
    """An affected customer's list of dates ends before the exposure does: what it would say is unknown, not free."""
    for customer in sorted(customers):
        for busy in _concerned(scene, window.window, customer):
            until = known_until(busy.peak)
            if until is not None and window.span is not None and window.span.end > until:
                yield Note(NoteKind.CALENDAR_HORIZON, window.window.id, customer, peak=busy.peak.id)
