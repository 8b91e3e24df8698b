"""What is to be known of a plan besides peaks and other windows: agreed slots, the end of support, experts asked for twice.

None of it changes a verdict (SCHEMA knows nothing of it); each is a finding of its own kind.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise, product

from app.domain.agreed_slots import Agreement, closed
from app.domain.cover import Expert
from app.domain.register import Service
from app.domain.situation import dated
from app.domain.spans import Instant, Span, hull
from app.domain.walltime import local_day
from app.domain.windows import Window

SUPPORT_WARNS = timedelta(days=365)
"""So long before a service's support ends its windows say so."""

MOST_CONTESTED = 10
"""With more people who could be on either bridge there are hands enough."""


class FindingKind(StrEnum):
    OUTSIDE_SLOTS = "outside_slots"
    LEAVES_SLOT = "leaves_slot"
    SUPPORT_ENDS = "support_ends"
    SUPPORT_ENDED = "support_ended"
    EXPERTS_SHARED = "experts_shared"


@dataclass(frozen=True)
class PlanFinding:
    """`span` is the stretch in question of the first time it happens; `times` how many of the window's times it concerns.

    Of the end of support `until` is the last day and `successor` what comes after it; of experts `other` is the window that
    needs them too.
    """

    kind: FindingKind
    span: Span
    service: str = ""
    times: int = 1
    until: date | None = None
    successor: str = ""
    other: str = ""


def slot_findings(window: Window, agreed: Iterable[Agreement]) -> list[PlanFinding]:
    """For each service that is closed outside its agreed slots: the exposures that begin outside one, or leave it."""
    found: dict[tuple[str, FindingKind], PlanFinding] = {}
    for agreement in agreed:
        for occurrence in dated(window).occurrences:
            gaps = closed([agreement], occurrence.exposed)
            if gaps:
                begins_outside = gaps[0].start == occurrence.exposed.start
                kind = FindingKind.OUTSIDE_SLOTS if begins_outside else FindingKind.LEAVES_SLOT
                known = found.get((agreement.service, kind))
                times = known.times + 1 if known else 1
                span = known.span if known else gaps[0]
                found[agreement.service, kind] = PlanFinding(kind, span, agreement.service, times)
    return list(found.values())


def support_findings(window: Window, services: Iterable[Service]) -> list[PlanFinding]:
    """The services whose support has ended when the window starts, or ends within a year after."""
    found = []
    for service in services:
        for occurrence in dated(window).occurrences[:1]:
            day = local_day(occurrence.planned.start, window.zone)
            until = service.supported_until
            if until is not None and day > until - SUPPORT_WARNS:
                kind = FindingKind.SUPPORT_ENDED if day > until else FindingKind.SUPPORT_ENDS
                found.append(PlanFinding(kind, occurrence.planned, service.id, until=until, successor=service.successor))
    return found


def shared_experts(
    window: Window, others: Iterable[Window], experts: Sequence[Expert], required: Mapping[str, int]
) -> list[PlanFinding]:
    """The other windows that need the same people at the same time, when these are not enough for both.

    Nobody is on two bridges at once; on one bridge he counts for each service of it that he knows. Where they do not suffice
    for one of the two alone, that is a gap in its cover and not told here.
    """
    found = []
    for other in others:
        met = [
            span
            for mine in dated(window).occurrences
            for theirs in dated(other).occurrences
            if (span := mine.exposed.overlap(theirs.exposed))
        ]
        short = [piece for span in met for piece in _pieces(span, experts) if _is_short(piece, window, other, experts, required)]
        if short:
            found.append(PlanFinding(FindingKind.EXPERTS_SHARED, hull(short), times=len(met), other=other.id))
    return found


def _pieces(span: Span, experts: Iterable[Expert]) -> list[Span]:
    """The span in pieces within which nobody comes or goes."""
    ends: set[Instant] = {span.start, span.end}
    for expert in experts:
        for absence in expert.absences:
            ends |= {moment for moment in (absence.start, absence.end) if span.start < moment < span.end}
    return [Span(*pair) for pair in pairwise(sorted(ends))]


def _is_short(piece: Span, one: Window, other: Window, experts: Sequence[Expert], required: Mapping[str, int]) -> bool:
    there = [expert for expert in experts if expert.is_reachable(piece)]
    if not (_suffice(there, one, required) and _suffice(there, other, required)):
        return False
    contested = [expert for expert in there if expert.services & one.services and expert.services & other.services]
    if len(contested) > MOST_CONTESTED:
        return False
    others = [expert for expert in there if expert not in contested]
    for goes in product((True, False), repeat=len(contested)):
        here = [expert for expert, is_here in zip(contested, goes, strict=True) if is_here]
        away = [expert for expert, is_here in zip(contested, goes, strict=True) if not is_here]
        if _suffice(others + here, one, required) and _suffice(others + away, other, required):
            return False
    return True


def _suffice(experts: Sequence[Expert], window: Window, required: Mapping[str, int]) -> bool:
    """Whether enough of them know each service of the window."""
    return all(sum(service in one.services for one in experts) >= required.get(service, 1) for service in window.services)
