"""Which changes made approved windows be checked again, how far that is, and what came of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.causes import Because, Kind, Outcome, Run, because_of
from app.domain.disclosure import disclose_because
from app.domain.refusal import NotFound
from app.queries.names import Names, load_names
from app.store import parties, rechecks, windows
from app.store.database import Work

MOST_RUNS = 50


class Telling:
    """Tells one reader what changes were about, as far as he may know it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.sharing = parties.sharing_names(work)

    def of(self, because: Because | None) -> Because | None:
        if because is None:
            return None
        own = windows.titles_of(self.work, {because.id}) if because.kind is Kind.WINDOW else {}
        return disclose_because(because, self.work.actor, own, self.sharing)

    def of_all(self, every: Iterable[Because]) -> tuple[Because, ...]:
        """The same of several; what reads the same is told once."""
        told = [self.of(one) for one in every]
        return tuple(dict.fromkeys(one for one in told if one))


def names_of_becauses(
    work: Work,
    becauses: Collection[Because],
    *,
    party_ids: Iterable[str] = (),
    service_ids: Iterable[str] = (),
    peak_ids: Iterable[str] = (),
    person_ids: Iterable[str] = (),
) -> Names:
    """The names it takes to tell these changes, as disclosed, and those of the others."""
    return load_names(
        work,
        party_ids={*party_ids, *(one.party for one in becauses)},
        service_ids={*service_ids, *(one.id for one in becauses if one.kind is Kind.CHAIN)},
        peak_ids={*peak_ids, *(one.id for one in becauses if one.kind is Kind.PEAK)},
        person_ids=person_ids,
    )


@dataclass(frozen=True)
class Rechecks:
    """The last runs, newest first, and by run and outcome the windows for which something changed."""

    runs: Sequence[Run]
    becauses: Mapping[int, Because]
    outcomes: Mapping[int, Mapping[Outcome, Sequence[str]]]
    names: Names

    @property
    def waiting(self) -> int:
        """Windows that have not had their turn."""
        return sum(run.waiting for run in self.runs)


def latest_rechecks(work: Work) -> Rechecks:
    """For the integrator alone, who answers for all windows."""
    if work.actor.kind is not PartyKind.INTEGRATOR:
        raise NotFound("page")
    runs = rechecks.latest_runs(work, MOST_RUNS)
    becauses = {run.number: because_of(run) for run in runs}
    names = names_of_becauses(work, becauses.values(), person_ids={run.asked_by for run in runs if run.asked_by})
    return Rechecks(runs, becauses, rechecks.outcomes(work, [run.number for run in runs]), names)
