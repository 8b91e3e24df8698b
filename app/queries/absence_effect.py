"""Which planned windows would have too few experts within reach because of an absence? The same cover as a check shows."""

from dataclasses import dataclass

from app.domain.absences import RegisteredExpert, require_sound_absence
from app.domain.cover import Cover, Expert, cover
from app.domain.lifecycle import PLANNED
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Span
from app.queries.names import Names, load_names
from app.queries.peak_effect import MOST_CHECKED
from app.store import experts, windows
from app.store.database import Work
from app.store.windows import Filter


@dataclass(frozen=True)
class Uncovered:
    """A planned window with the gaps that the absence would make; what is short already is not among them."""

    registered: RegisteredWindow
    new: Cover


@dataclass(frozen=True)
class AbsenceEffect:
    """`looked_at` windows meet the absence on services that the expert knows; `is_cut`: there are more."""

    uncovered: tuple[Uncovered, ...]
    looked_at: int
    is_cut: bool
    names: Names


def absence_effect(work: Work, expert_id: str, span: Span) -> AbsenceEffect:
    """What it would do if the expert were away then; refused with the field when it makes no sense."""
    known = experts.load(work, expert_id)
    require_sound_absence(span, work.now)
    chosen = Filter(states=PLANNED, meets=span, on_any_of=known.services)
    planned = windows.visible_windows(work, chosen, MOST_CHECKED + 1) if known.services else []
    near = planned[:MOST_CHECKED]
    services = frozenset[str]().union(*(one.window.services & known.services for one in near))
    others = experts.experts_for(work, services)
    required = experts.required_for(work, services)
    found = [Uncovered(one, _gaps(one, known, span, others, required)) for one in near]
    uncovered = tuple(one for one in found if one.new.gaps)
    names = load_names(work, party_ids=(), service_ids=services)
    return AbsenceEffect(uncovered, len(near), len(planned) > MOST_CHECKED, names)


def _gaps(window: RegisteredWindow, known: RegisteredExpert, span: Span, now: list[Expert], required: dict[str, int]) -> Cover:
    """What is short with him away and is not without that."""
    exposures = [one.exposed for one in dated(window.window).occurrences if one.exposed.overlaps(span)]
    services = window.window.services & known.services
    then = [known.with_absence(span) if one.id == known.id else one for one in now]
    before = set(cover(services, exposures, now, required).gaps)
    return Cover(tuple(gap for gap in cover(services, exposures, then, required).gaps if gap not in before), ())
