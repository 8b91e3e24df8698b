"""A customer is asked to let a window happen in one of its busy periods, and answers. Silence is refusal.

Consent is for exactly one window and one date of one peak, as they were and along the way the window then took: when one of
these changes it lapses. What was asked and answered is never taken away.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from app.domain import lifecycle
from app.domain.access import SYSTEM, Right, require
from app.domain.conflicts import check
from app.domain.lifecycle import Facts, State, Step, StepRole
from app.domain.messages import MessageKind
from app.domain.refusal import Refusal
from app.domain.register import RegisteredWindow
from app.domain.result import CheckResult
from app.domain.spans import Instant
from app.domain.waivers import COUNTING, BusyDate, WaiverRecord, WaiverStatus, askable, require_sound_date, seal, ways_to
from app.domain.windows import ChangeType
from app.store import trail, waivers, windows
from app.store.database import Work
from app.store.situations import load_situation
from app.store.turnstile import take_turn
from app.usecases.promised_by_steps import decision_is_awaited, keeps_promise, nobody_is_asked
from app.usecases.recording import checked, record
from app.usecases.telling import tell_of_waiver

A_TURN = 20
"""Requests that nobody answered, and that the worker closes in one transaction."""


def request_waivers(
    work: Work, window_id: str, about: Collection[BusyDate], decide_by: Instant, question: str, seen_version: int
) -> list[WaiverRecord]:
    """Ask the customers of these busy dates, one request each, to decide before a moment.

    Refused for dates that the window does not meet, or for which no consent helps.
    """
    require(work.actor, Right.DECIDE)
    take_turn(work)
    known = windows.load(work, window_id)
    result = check([known.window], load_situation(work, [known.window]))
    facts = Facts(type=known.window.type, verdict=result.verdict)
    state = lifecycle.step(known.state, Step.REQUEST_WAIVER, work.actor.step_role, facts)
    possible = askable(result)
    if not possible:
        raise Refusal("consent_does_not_help")
    if not about:
        raise Refusal("nobody_asked", "about")
    if not possible.keys() >= set(about):
        raise Refusal("check_outdated")
    first = min(one.occurrence_start for asked in about for one in possible[asked])
    require_sound_date(decide_by, work.now, None if known.window.type is ChangeType.EMERGENCY else first)
    text = question.strip()
    blank = WaiverRecord(
        window_id,
        min(about),
        WaiverStatus.REQUESTED,
        question=text,
        asked_by=work.actor.id,
        asked_at=work.now,
        decide_by=decide_by,
    )
    kept = [waivers.add(work, replace(blank, about=one)) for one in sorted(about)]
    for one in kept:
        tell_of_waiver(work, one, MessageKind.WAIVER_ASKED)
    after = replace(known, state=state, sequence=known.next_sequence)
    customers = sorted({one.customer for one in about})
    record(work, after, seen_version, "window.waiver_requested", text, customers=customers)
    decision_is_awaited(work, after, customers, decide_by)
    return kept


def grant_waiver(work: Work, number: int, conditions: str, seen: str) -> None:
    """The customer consents, perhaps on conditions. `seen` is the seal of what it was shown."""
    asked, result = _decision(work, number, seen)
    if not askable(result).get(asked.about):
        raise Refusal("no_waiver_needed")
    granted = replace(asked, status=WaiverStatus.GRANTED, note=conditions.strip(), ways=ways_to(result, asked.customer))
    _answered(work, granted, "waiver.granted")


def refuse_waiver(work: Work, number: int, reason: str, alternative: Instant | None, seen: str) -> None:
    """The customer does not consent, and says why; perhaps it says when it would suit."""
    asked, _ = _decision(work, number, seen)
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    if alternative is not None and alternative <= work.now:
        raise Refusal("day_is_over", "alternative_day")
    refused = replace(asked, status=WaiverStatus.REFUSED, note=reason.strip(), alternative=alternative)
    _answered(work, refused, "waiver.refused")


def withdraw_request(work: Work, number: int, reason: str) -> None:
    """The change manager no longer asks."""
    require(work.actor, Right.DECIDE)
    take_turn(work)
    asked = _still_open(waivers.load(work, number))
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    waivers.answer(work, replace(asked, status=WaiverStatus.WITHDRAWN, decided_by=work.actor.id, decided_at=work.now))
    _note(work, asked, "waiver.withdrawn", reason.strip())
    if not any(
        one.customer == asked.customer for one in waivers.of_window(work, asked.window) if one.status is WaiverStatus.REQUESTED
    ):
        nobody_is_asked(work, asked.window, asked.customer)
    _settle(work, asked.window)


def close_unanswered(work: Work, most: int = A_TURN) -> int:
    """The worker's step: who has not answered by the decision date has refused. Tells how many."""
    if not waivers.unanswered(work, 1):
        return 0
    take_turn(work)
    silent = waivers.unanswered(work, most)
    for asked in silent:
        waivers.answer(work, replace(asked, status=WaiverStatus.REFUSED, decided_at=work.now))
        _note(work, asked, "waiver.unanswered")
    for window_id in sorted({asked.window for asked in silent}):
        _settle(work, window_id)
    return len(silent)


def lapse_of_peak(work: Work, peak_id: str, anchors: Iterable[date] | None = None) -> None:
    """A peak is no longer what consent was about, on these dates or, None, at all. Part of the change of the peak."""
    _lapse(work, waivers.counting_of_peak(work, peak_id, anchors))


def lapse_of_window(work: Work, window_id: str) -> None:
    """A window is no longer what consent was about. Part of its change."""
    ours = replace(work, actor=SYSTEM)
    _lapse(work, [one for one in waivers.of_window(ours, window_id) if one.status in COUNTING])


def ask_no_longer(work: Work, window_id: str) -> None:
    """A window has come to its end: nobody has to answer any more, and who was asked is told. Part of that step."""
    ours = replace(work, actor=SYSTEM)
    asked = [one for one in waivers.of_window(ours, window_id) if one.status is WaiverStatus.REQUESTED]
    waivers.end(ours, [one.id for one in asked], WaiverStatus.WITHDRAWN)
    for one in asked:
        _note(ours, one, "waiver.withdrawn")


def lapse_along(work: Work, services: Collection[str]) -> None:
    """The chain around these services has changed: consent to another way does not count. Part of that change.

    A request stays open as long as the window still needs it: the customer signs what it is shown.
    """
    ours = replace(work, actor=SYSTEM)
    by_window: dict[str, list[WaiverRecord]] = {}
    for one in waivers.counting_beneath(ours, services):
        by_window.setdefault(one.window, []).append(one)
    for window_id, theirs in by_window.items():
        known = windows.load(ours, window_id)
        result = check([known.window], load_situation(ours, [known.window]))
        _lapse(work, [one for one in theirs if _is_about_something_else(one, result)])


def _is_about_something_else(one: WaiverRecord, result: CheckResult) -> bool:
    if one.status is WaiverStatus.GRANTED:
        return one.ways != ways_to(result, one.customer)
    return one.about not in askable(result)


def _lapse(work: Work, gone: Collection[WaiverRecord]) -> None:
    waivers.end(work, [one.id for one in gone], WaiverStatus.LAPSED)
    for one in gone:
        _note(replace(work, actor=SYSTEM), one, "waiver.lapsed")
    for window_id in sorted({one.window for one in gone}):
        _settle(work, window_id)


def _decision(work: Work, number: int, seen: str) -> tuple[WaiverRecord, CheckResult]:
    """The request somebody answers, with the check of this very moment; refused when it is not what he was shown."""
    require(work.actor, Right.SIGN_WAIVERS)
    take_turn(work)
    asked = _still_open(waivers.load(work, number))
    if asked.decide_by is not None and asked.decide_by <= work.now:
        raise Refusal("decision_date_over")
    ours = replace(work, actor=SYSTEM)
    known = windows.load(ours, asked.window)
    result = check([known.window], load_situation(ours, [known.window]))
    if seal(askable(result).get(asked.about, ()), ways_to(result, asked.customer)) != seen:
        raise Refusal("waiver_outdated")
    return asked, result


def _still_open(asked: WaiverRecord) -> WaiverRecord:
    if asked.status is not WaiverStatus.REQUESTED:
        raise Refusal("waiver_decided")
    return asked


def _answered(work: Work, decided: WaiverRecord, action: str) -> None:
    waivers.answer(work, replace(decided, decided_by=work.actor.id, decided_at=work.now))
    _note(work, decided, action, decided.note)
    keeps_promise(replace(work, actor=SYSTEM), decided.window, decided.customer)
    _settle(work, decided.window)


def _note(work: Work, one: WaiverRecord, action: str, reason: str = "") -> None:
    facts = {"waiver": one.id, "customer": one.customer, "peak": one.about.peak, "anchor": one.about.anchor.isoformat()}
    trail.append(work, action, "window", one.window, reason, **facts)
    tell_of_waiver(work, one, MessageKind(action), reason)


def _settle(work: Work, window_id: str) -> None:
    """With the last answer the window goes back to who decides on it, and is checked with what was granted."""
    ours = replace(work, actor=SYSTEM)
    known = windows.load(ours, window_id)
    if known.state is not State.WAIVER_REQUESTED or waivers.open_count(ours, window_id):
        return
    state = lifecycle.step(known.state, Step.DECIDE_WAIVERS, StepRole.SYSTEM, Facts(type=known.window.type))
    after: RegisteredWindow = replace(known, state=state, sequence=known.next_sequence)
    checked(ours, record(ours, after, known.version, "window.waivers_decided"), Step.DECIDE_WAIVERS)
