"""What is kept of parties, services, peaks and windows besides the rules about them: names, words and history."""

from dataclasses import dataclass
from datetime import date

from app.domain.access import PartyKind
from app.domain.lifecycle import State
from app.domain.peak_exceptions import PeakException
from app.domain.peaks import Peak
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.domain.windows import Impact, Window


@dataclass(frozen=True)
class Name:
    """A name in both languages."""

    nl: str
    en: str

    def in_language(self, code: str) -> str:
        return self.nl if code == "nl" else self.en

    @property
    def by_language(self) -> dict[str, str]:
        """As it is written in messages, answers and the trail."""
        return {"nl": self.nl, "en": self.en}


@dataclass(frozen=True)
class Party:
    """`shares_names`: a customer lets suppliers read its name and its peaks' names in a conflict."""

    id: str
    kind: PartyKind
    name: str
    sector: str = ""
    shares_names: bool = False


@dataclass(frozen=True)
class Service:
    """`required`: how many of the experts who know it must be reachable while it is maintained.

    Each change of it, of what it requires or of who uses it is a new version. `supported_until` is the last day on which its
    maker supports it, `successor` what comes after it, in words.
    """

    id: str
    supplier: str
    name: Name
    required: int = 1
    version: int = 1
    supported_until: date | None = None
    successor: str = ""


@dataclass(frozen=True)
class RegisteredPeak:
    """A peak with its name and its consequence in the customer's words. Each change is a new version."""

    peak: Peak
    name: Name
    consequence: str = ""
    version: int = 1
    removed_at: Instant | None = None


@dataclass(frozen=True)
class Dropped:
    """An occurrence that was in a feed and is no longer part of its window."""

    key: str
    planned: Span
    at: Instant


@dataclass(frozen=True)
class RegisteredWindow:
    """A window with its words, its state and who brought it there.

    `sequence` rises with every change that a calendar must show, `version` with every change at all;
    `published` says that it has been in a feed and must be taken out of it again when it does not happen; `dropped`
    holds the occurrences that were taken out of it since. `announced_at` is when its customers could first read of these
    times: with the first approval.
    """

    window: Window
    title: Name
    business_text: str
    rollback_plan: str
    created_by: str
    state: State = State.DRAFT
    sequence: int = 0
    version: int = 1
    published: bool = False
    approved_verdict: Verdict | None = None
    acknowledgement: str = ""
    submitted_by: str | None = None
    decided_by: str | None = None
    decision_reason: str = ""
    created_at: Instant = 0
    changed_at: Instant = 0
    dropped: tuple[Dropped, ...] = ()
    announced_at: Instant | None = None

    @property
    def id(self) -> str:
        return self.window.id

    @property
    def next_sequence(self) -> int:
        """A change of something that has been in a feed must outrank what was there (RFC 5546 section 2.1.4)."""
        return self.sequence + 1 if self.published else self.sequence

    @property
    def impact(self) -> Impact:
        """What was declared; a window that declares nothing may take down everything."""
        return self.window.impact or Impact.OUTAGE


@dataclass(frozen=True)
class Confirmation:
    """Somebody said that a customer's peaks are right."""

    person: str
    at: Instant


@dataclass(frozen=True)
class ExceptionRecord:
    """An exception to a peak with who made it, when and why; with `put_back_at` it no longer counts."""

    id: int
    peak: str
    what: PeakException
    reason: str
    person: str
    at: Instant
    put_back_at: Instant | None = None


@dataclass(frozen=True)
class TrailEntry:
    """Who did what, when and why. `person` is None for the system."""

    at: Instant
    person: str | None
    party: str | None
    action: str
    subject_id: str
    reason: str
    facts: dict[str, object]


@dataclass(frozen=True)
class TrailLine:
    """An entry of the trail among those of a party: its number, and what kind of thing it is about."""

    number: int
    subject: str
    entry: TrailEntry
