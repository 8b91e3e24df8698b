"""How is it called? The names a reader may use on a page; what is not in here has no name for this reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.register import Name, Party, Service
from app.domain.result import Collision, Conflict, Note
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
    work: Work,
    *,
    party_ids: Iterable[str] | None = None,
    service_ids: Iterable[str] | None = None,
    peak_ids: Iterable[str] = (),
    window_ids: Iterable[str] = (),
    person_ids: Iterable[str] = (),
) -> Names:
    """The names of these, as far as the reader may see them. Peaks are named as disclosed, so ask for no more.

    Without ids all parties and all services: for a page that lets somebody choose among them.
    """
    return Names(
        parties.visible_parties(work, party_ids),
        parties.visible_services(work, service_ids),
        peaks.names_of(work, peak_ids),
        windows.titles_of(work, window_ids),
        people.names_of(work, set(person_ids)),
    )


def names_in(
    work: Work, findings: Iterable[Conflict | Collision | Note], party_ids: Iterable[str] = (), service_ids: Iterable[str] = ()
) -> Names:
    """The names it takes to tell these findings, as disclosed, and those of the other parties and services."""
    told_parties, told_services = set(party_ids), set(service_ids)
    told_peaks: set[str] = set()
    told_windows: set[str] = set()
    for one in findings:
        match one:
            case Conflict():
                told_parties.add(one.customer)
                told_services.update(one.services)
                told_peaks.add(one.peak)
            case Collision():
                told_parties.update(one.customers)
                told_services.update(one.services)
                told_windows.update(one.windows)
            case Note():
                told_parties.add(one.customer)
                told_services.add(one.service)
                told_peaks.add(one.peak)
    return load_names(work, party_ids=told_parties, service_ids=told_services, peak_ids=told_peaks, window_ids=told_windows)
