"""The experts somebody may see: what they know, and in which of the weeks ahead they cannot be reached."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.absences import MOST_EXPERTS, Absence, RegisteredExpert
from app.domain.access import PartyKind
from app.domain.refusal import NotFound
from app.domain.register import TrailEntry
from app.domain.spans import Span
from app.domain.walltime import local_day, midnight
from app.queries.names import Names, load_names
from app.store import experts, trail
from app.store.database import Work

WEEKS = 8
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ExpertShown:
    """`away`: of each week ahead, on how many of its days he cannot be reached for some time."""

    registered: RegisteredExpert
    coming: tuple[Absence, ...]
    away: tuple[int, ...]


@dataclass(frozen=True)
class ExpertList:
    """`weeks` are Mondays, in the reader's zone; `alone` is the services that one registered expert knows, by expert."""

    shown: Sequence[ExpertShown]
    weeks: tuple[date, ...]
    alone: Mapping[str, Sequence[str]]
    is_cut: bool
    names: Names


@dataclass(frozen=True)
class ExpertPage:
    shown: ExpertShown
    weeks: tuple[date, ...]
    alone: Sequence[str]
    trail: tuple[TrailEntry, ...]
    names: Names


def expert_list(work: Work, zone: str) -> ExpertList:
    """The experts the actor may see, by supplier. To a customer there is no such page."""
    _require_reader(work)
    weeks = _weeks(work, zone)
    found = experts.visible_experts(work, limit=MOST_EXPERTS + 1)
    shown = [_shown(work, one, weeks, zone) for one in found[:MOST_EXPERTS]]
    counts = Counter(service for one in found for service in one.services)
    alone = {one.id: _known_by_one(one, counts) for one in found}
    return ExpertList(shown, weeks, alone, len(found) > MOST_EXPERTS, load_names(work))


def expert_page(work: Work, expert_id: str, zone: str) -> ExpertPage:
    """One expert the actor may see; any other does not exist."""
    _require_reader(work)
    weeks = _weeks(work, zone)
    known = experts.load(work, expert_id)
    counts = Counter(service for one in experts.visible_experts(work, known.services) for service in one.services)
    entries = trail.entries(work, "expert", expert_id)
    names = load_names(work, person_ids={entry.person for entry in entries if entry.person})
    return ExpertPage(_shown(work, known, weeks, zone), weeks, _known_by_one(known, counts), tuple(entries), names)


def absence_to_change(work: Work, expert_id: str, number: int) -> tuple[RegisteredExpert, Absence]:
    """An absence that is not over, and whose it is."""
    known = experts.load(work, expert_id)
    found = next((one for one in known.coming(work.now) if one.number == number), None)
    if found is None:
        raise NotFound("absence")
    return known, found


def _require_reader(work: Work) -> None:
    if work.actor.kind is PartyKind.CUSTOMER:
        raise NotFound("page")


def _weeks(work: Work, zone: str) -> tuple[date, ...]:
    today = local_day(work.now, zone)
    monday = today - today.weekday() * ONE_DAY
    return tuple(monday + 7 * number * ONE_DAY for number in range(WEEKS))


def _shown(work: Work, one: RegisteredExpert, weeks: Sequence[date], zone: str) -> ExpertShown:
    coming = one.coming(work.now)
    return ExpertShown(one, coming, tuple(_days_away(coming, monday, zone) for monday in weeks))


def _days_away(absences: Sequence[Absence], monday: date, zone: str) -> int:
    days = [monday + number * ONE_DAY for number in range(7)]
    spans = [Span(midnight(day, zone), midnight(day + ONE_DAY, zone)) for day in days]
    return sum(any(one.span.overlaps(span) for one in absences) for span in spans)


def _known_by_one(one: RegisteredExpert, counts: Mapping[str, int]) -> list[str]:
    return sorted(service for service in one.services if counts[service] == 1)
