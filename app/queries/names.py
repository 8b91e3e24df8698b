"""How is it called? The names a reader may use on a page; what is not in here has no name for this reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.register import Name, Party, Service
from app.store import parties, peaks, people, windows
from app.store.database import Work


@dataclass(frozen=True)
class Names:
    """Names by id. An id that is missing belongs to something the reader may not know by name."""

    parties: Mapping[str, Party]
    services: Mapping[str, Service]
    peaks: Mapping[str, Name] = field(default_factory=dict)
    windows: Mapping[str, Name] = field(default_factory=dict)
    people: Mapping[str, Name] = field(default_factory=dict)

    def party(self, party: str) -> str:
        return self.parties[party].name if party in self.parties else ""

    def service(self, service: str, code: str) -> str:
        return self.services[service].name.in_language(code) if service in self.services else ""

    def peak(self, peak: str, code: str) -> str:
        return self.peaks[peak].in_language(code) if peak in self.peaks else ""

    def window(self, window: str, code: str) -> str:
        return self.windows[window].in_language(code) if window in self.windows else ""

    def person(self, person: str, code: str) -> str:
        return self.people[person].in_language(code) if person in self.people else ""


def load_names(
    work: Work, *, peak_ids: Iterable[str] = (), window_ids: Iterable[str] = (), person_ids: Iterable[str] = ()
) -> Names:
    """The parties and services the reader may see, and the named others. Peaks are named as disclosed, so ask for no more."""
    return Names(
        parties.visible_parties(work),
        parties.visible_services(work),
        peaks.names_of(work, peak_ids),
        windows.titles_of(work, window_ids),
        people.names_of(work, set(person_ids)),
    )
