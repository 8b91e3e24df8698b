"""Is someone who knows it reachable for as long as a window is exposed? Expert cover and its gaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.spans import Span, merged


@dataclass(frozen=True)
class Expert:
    """Someone who knows some services, with the times at which he cannot be reached (half-open)."""

    id: str
    services: frozenset[str]
    absences: tuple[Span, ...] = ()

    def is_reachable(self, span: Span) -> bool:
        return not any(absence.overlaps(span) for absence in self.absences)


@dataclass(frozen=True)
class CoverGap:
    """A stretch of exposure with fewer reachable experts than required; `lowest` is the smallest number in it."""

    service: str
    span: Span
    lowest: int
    required: int


@dataclass(frozen=True)
class CoverWarning:
    """`single_point_of_knowledge` (one expert registered) or `no_expert_registered`."""

    kind: str
    service: str


@dataclass(frozen=True)
class Cover:
    gaps: tuple[CoverGap, ...]
    warnings: tuple[CoverWarning, ...]


def cover(services: Iterable[str], exposures: Sequence[Span], experts: Sequence[Expert], required: Mapping[str, int]) -> Cover:
    """For each service the gaps within the exposures (rollback included), and what to know of who knows it.

    `required` holds the services that need more than one reachable expert.
    """
    gaps: list[CoverGap] = []
    warnings: list[CoverWarning] = []
    for service in sorted(services):
        knowing = [expert for expert in experts if service in expert.services]
        if len(knowing) < 2:
            kind = "single_point_of_knowledge" if knowing else "no_expert_registered"
            warnings.append(CoverWarning(kind, service))
        gaps += [gap for exposure in exposures for gap in _gaps(service, exposure, knowing, required.get(service, 1))]
    return Cover(tuple(gaps), tuple(warnings))


def _gaps(service: str, exposure: Span, knowing: Sequence[Expert], required: int) -> Iterable[CoverGap]:
    changes = {exposure.start, exposure.end}
    for expert in knowing:
        for absence in expert.absences:
            changes |= {moment for moment in (absence.start, absence.end) if exposure.start < moment < exposure.end}
    reachable = {Span(*ends): sum(one.is_reachable(Span(*ends)) for one in knowing) for ends in pairwise(sorted(changes))}
    short = {span: count for span, count in reachable.items() if count < required}
    for run in merged(short):
        yield CoverGap(service, run, min(count for span, count in short.items() if span.overlaps(run)), required)
