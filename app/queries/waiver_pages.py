"""What is asked of customers and what they answered; and of one request all that somebody signs for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.access import SYSTEM, PartyKind, Right
from app.domain.conflicts import check
from app.domain.cover import Cover
from app.domain.disclosure import disclose_window
from app.domain.refusal import NotFound, Refusal
from app.domain.register import RegisteredPeak, RegisteredWindow, TrailEntry
from app.domain.result import Conflict
from app.domain.situation import dated
from app.domain.spans import Instant, Span
from app.domain.waivers import BusyDate, WaiverRecord, WaiverStatus, Ways, askable, seal, ways_to
from app.domain.walltime import local_day
from app.domain.windows import WindowOccurrence
from app.domain.workdays import ONE_DAY
from app.queries.checks import CheckView, cover_of, view_situation
from app.queries.names import Names, load_names
from app.queries.slots import Wanted, better_times
from app.store import peaks, trail, waivers, windows
from app.store.database import Work
from app.store.situations import load_situation

DAYS_OF_ALTERNATIVES, MOST_ALTERNATIVES = 30, 3


@dataclass(frozen=True)
class WaiverList:
    """The requests that wait, the most urgent first, and those decided lately; `when` is by window its first time."""

    open: Sequence[WaiverRecord]
    decided: Sequence[WaiverRecord]
    when: Mapping[str, Span]
    names: Names


@dataclass(frozen=True)
class WaiverPage:
    """`conflicts` are where the window meets the busy date now, `ways` how it gets there, `occurrences` the times that do so.

    `seal` is of exactly what is shown: who answers sends it back. `alternatives` are other times at which nobody would have to
    be asked, where somebody looked for them. `planned` is when the window is by now, None when it does not reach the customer;
    `granted` the customer's consent, where that has lapsed since.
    """

    record: WaiverRecord
    registered: RegisteredWindow
    conflicts: tuple[Conflict, ...]
    ways: Ways
    occurrences: tuple[WindowOccurrence, ...]
    cover: Cover
    peak: RegisteredPeak | None
    seal: str
    alternatives: tuple[Span, ...] | None
    planned: Span | None
    granted: TrailEntry | None
    names: Names

    @property
    def is_open(self) -> bool:
        return self.record.status is WaiverStatus.REQUESTED


@dataclass(frozen=True)
class RequestPage:
    """What can be asked for a window: by busy date where it meets it; and a decision date to propose."""

    registered: RegisteredWindow
    check: CheckView
    possible: Mapping[BusyDate, tuple[Conflict, ...]]
    decide_by: Instant


def waiver_list(work: Work) -> WaiverList:
    """The integrator reads all, a customer its own; for a supplier there is no such page."""
    if work.actor.kind is PartyKind.SUPPLIER:
        raise NotFound("page")
    waiting, decided = waivers.open_ones(work), waivers.decided_ones(work)
    known = windows.loaded(replace(work, actor=SYSTEM), sorted({one.window for one in (*waiting, *decided)}))
    spans = {one.id: dated(one.window).occurrences[0].planned for one in known.values()}
    return WaiverList(waiting, decided, spans, _names(work, [*waiting, *decided]))


def waiver_page(work: Work, number: int, *, with_alternatives: bool = False) -> WaiverPage:
    """One request or answer, with what it is about as that is now."""
    record = waivers.load(work, number)
    ours = replace(work, actor=SYSTEM)
    known = windows.load(ours, record.window)
    result = check([known.window], load_situation(ours, [known.window]))
    conflicts = askable(result).get(record.about, ())
    met = conflicts or tuple(one for one in result.conflicts if _is_about(one, record.about))
    starts = {one.occurrence_start for one in met}
    ways = ways_to(result, record.customer)
    occurrences = dated(known.window).occurrences
    coming = next((one for one in occurrences if one.exposed.end > work.now), occurrences[-1])
    granted = _consent(ours, record)
    return WaiverPage(
        record=record,
        registered=disclose_window(known, work.actor),
        conflicts=met,
        ways=ways,
        occurrences=tuple(one for one in occurrences if one.planned.start in starts),
        cover=cover_of(ours, known.window),
        peak=_peak(ours, record.about.peak),
        seal=seal(conflicts, ways),
        alternatives=_alternatives(ours, known) if with_alternatives else None,
        planned=coming.planned if ways else None,
        granted=granted,
        names=_names(work, [record], ways, {service for one in met for service in one.services}, granted),
    )


def request_page(work: Work, window_id: str) -> RequestPage:
    """For who may ask; refused like the step itself when there is nothing to ask."""
    registered = windows.load(work, window_id)
    situation = load_situation(work, [registered.window])
    possible = askable(check([registered.window], situation))
    if not possible:
        raise Refusal("consent_does_not_help")
    first = min(one.occurrence_start for met in possible.values() for one in met)
    return RequestPage(registered, view_situation(work, registered.window, situation), possible, _usual_date(work.now, first))


def may_answer(work: Work, found: WaiverPage) -> bool:
    return found.record.awaits_answer(work.now) and work.actor.may(Right.SIGN_WAIVERS)


def _usual_date(now: Instant, first: Instant) -> Instant:
    """Five days from now, but at least two before the window starts, or half-way to it when that is nearer."""
    days = 24 * 3600
    latest = first - 2 * days if first - 2 * days > now + days else (now + first) // 2
    return max(min(now + 5 * days, latest), now)


def _is_about(one: Conflict, about: BusyDate) -> bool:
    return (one.customer, one.peak, one.anchor) == (about.customer, about.peak, about.anchor)


def _peak(work: Work, peak_id: str) -> RegisteredPeak | None:
    """None when the customer has taken it away since."""
    try:
        return peaks.load(work, peak_id)
    except NotFound:
        return None


def _alternatives(work: Work, known: RegisteredWindow) -> tuple[Span, ...]:
    """Other times for it, soon after now; a series has none."""
    if known.window.series is not None:
        return ()
    first = local_day(work.now, known.window.zone)
    wanted = Wanted(first, first + DAYS_OF_ALTERNATIVES * ONE_DAY, MOST_ALTERNATIVES)
    return tuple(slot.occurrence.planned for slot in better_times(work, known.window, wanted).slots)


def _consent(work: Work, record: WaiverRecord) -> TrailEntry | None:
    if record.status is not WaiverStatus.LAPSED:
        return None
    every = trail.entries(work, "window", record.window)
    return next((one for one in every if one.action == "waiver.granted" and one.facts.get("waiver") == record.id), None)


def _names(
    work: Work, records: Sequence[WaiverRecord], ways: Ways = (), services: Iterable[str] = (), granted: TrailEntry | None = None
) -> Names:
    answered = {granted.person} if granted and granted.person else set()
    return load_names(
        work,
        party_ids={one.customer for one in records},
        service_ids={service for way in ways for service in way} | set(services),
        peak_ids={one.about.peak for one in records},
        window_ids={one.window for one in records},
        person_ids=answered | {one for record in records for one in (record.asked_by, record.decided_by) if one},
    )
