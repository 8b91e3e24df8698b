"""What of a situation can matter to the check of some windows? All the rest may be left out without another answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.anchors import AnchorRule, Dates, Entries
from app.domain.chain import Chain
from app.domain.occurrences import Occurrence, known_until
from app.domain.peaks import Peak
from app.domain.situation import BusyPeak, Customer, Dated, Situation, dated
from app.domain.spans import Instant, Runs, merged
from app.domain.windows import Window


def relevant(proposed: Sequence[Window], situation: Situation) -> Situation:
    """The same situation with only what these windows can meet; `check` answers the same on it.

    Kept are the other windows that share a second and a part of the chain, that part, the customers on it with those
    uses, their peaks with a busy second in an exposure or whose dates are not known to the end of it, and the waivers for
    these. Of a busy period the unbroken stretches that are met are kept, of a list of dates those in question.
    """
    windows = [dated(window) for window in proposed]
    exposed = Runs(one.exposed for window in windows for one in window.occurrences)
    ends = max((window.span.end for window in windows if window.span), default=0)
    reach = situation.chain.above(service for window in proposed for service in window.services)
    below = situation.chain.below(reach)
    own = {window.id for window in proposed}
    committed = [
        one.window
        for one in situation.dated
        if one.window.id not in own and not one.window.services.isdisjoint(below) and _meets(one, exposed)
    ]
    maintained = {service for window in (*proposed, *committed) for service in window.services}
    customers = [Customer(one.id, one.uses & reach) for one in situation.customers if not one.uses.isdisjoint(reach)]
    busy = {one.id: _busy(situation.busy.get(one.id, ()), exposed, ends) for one in customers}
    met = {(one.peak.id, period.anchor) for group in busy.values() for one in group for period in one.occurrences}
    return replace(
        situation,
        chain=_part(situation.chain, situation.chain.above(maintained & below, within=below)),
        customers=tuple(customers),
        busy={customer: group for customer, group in busy.items() if group},
        committed=tuple(committed),
        waivers=frozenset(one for one in situation.waivers if one.window in own and (one.peak, one.anchor) in met),
    )


def _part(chain: Chain, services: frozenset[str]) -> Chain:
    suppliers = {service: supplier for service, supplier in chain.suppliers.items() if service in services}
    return Chain(suppliers, tuple(one for service in sorted(services) for one in chain.required.get(service, ())))


def _meets(window: Dated, exposed: Runs) -> bool:
    return any(exposed.meet(one.exposed) for one in window.occurrences)


def _busy(peaks: Iterable[BusyPeak], exposed: Runs, ends: Instant) -> tuple[BusyPeak, ...]:
    found = []
    for one in peaks:
        periods = tuple(met for met in (_met(period, exposed) for period in one.occurrences) if met.segments)
        until = known_until(one.peak)
        is_unknown = until is not None and until < ends
        if periods or is_unknown:
            found.append(BusyPeak(_narrowed(one.peak, periods, is_unknown=is_unknown), periods))
    return tuple(found)


def _met(period: Occurrence, exposed: Runs) -> Occurrence:
    return period._replace(segments=tuple(run for run in merged(period.segments) if exposed.meet(run)))


def _narrowed(peak: Peak, periods: Sequence[Occurrence], *, is_unknown: bool) -> Peak:
    rule, horizon = _in_question(peak, periods), peak.horizon_until if is_unknown else None
    is_same = rule is peak.rule and horizon == peak.horizon_until
    return peak if is_same else replace(peak, rule=rule, horizon_until=horizon)


def _in_question(peak: Peak, periods: Sequence[Occurrence]) -> AnchorRule:
    """Of a list, which may be long, only the dates that these busy periods come from: the others are at other times."""
    anchors = {period.anchor for period in periods}
    anchors |= {move.day for move in peak.moved if move.to in anchors}
    match peak.rule:
        case Dates(dates):
            return Dates(tuple(sorted(one for one in dates if one.first in anchors)))
        case Entries() as rule:
            return replace(rule, entries=tuple(entry for day in sorted(anchors) for entry in rule.by_day.get(day, ())))
        case rule:
            return rule
