"""Waivers in words: what became of a request, and what a customer signs for."""

from app.domain.cover import Cover
from app.domain.disclosure import NOBODY
from app.domain.lifecycle import State
from app.domain.notice import NoticeLimit
from app.domain.register import TrailEntry
from app.domain.spans import Instant, Span, merged
from app.domain.waivers import WaiverRecord, WaiverStatus
from app.phrases.language import Language
from app.phrases.notice import say_term
from app.phrases.times import say_moment, say_span
from app.queries.names import Names

STATUSES = {
    WaiverStatus.REQUESTED: "waits for an answer",
    WaiverStatus.GRANTED: "granted",
    WaiverStatus.REFUSED: "refused",
    WaiverStatus.WITHDRAWN: "no longer asked",
    WaiverStatus.LAPSED: "lapsed: the window, the peak or the chain is no longer what it was about",
}
SIGNS = {
    WaiverStatus.REQUESTED: "?",
    WaiverStatus.GRANTED: "✓",
    WaiverStatus.REFUSED: "✕",
    WaiverStatus.WITHDRAWN: "–",
    WaiverStatus.LAPSED: "–",
}
UNDECIDED = "It is not decided yet whether this maintenance happens. What is proposed is {when}."
OVER, OFF = "This maintenance is over.", "This maintenance does not happen."
HOLDS = {
    State.DRAFT: UNDECIDED,
    State.UNDER_REVIEW: UNDECIDED,
    State.WAIVER_REQUESTED: UNDECIDED,
    State.APPROVED: "This maintenance is approved: {when}.",
    State.ON_HOLD: "This maintenance is on hold: it is not certain that it goes on.",
    State.IN_PROGRESS: "This maintenance is going on now.",
    State.IMPLEMENTED: OVER,
    State.CLOSED: OVER,
    State.REJECTED: OFF,
    State.WITHDRAWN: OFF,
    State.CANCELLED: OFF,
    State.EXPIRED: OFF,
}
STILL_TO_BE = frozenset({State.DRAFT, State.UNDER_REVIEW, State.WAIVER_REQUESTED, State.APPROVED})


def say_status(language: Language, one: WaiverRecord) -> str:
    if one.is_silence:
        return language.t("refused: nobody answered before the decision date")
    return language.t(STATUSES[one.status])


def say_decided(language: Language, one: WaiverRecord, names: Names, zone: str) -> str:
    """What was answered, by whom and when."""
    status = say_status(language, one)
    if one.decided_at is None:
        return status
    is_somebody_s = one.decided_by and one.status is not WaiverStatus.LAPSED  # of that one it says who had granted it
    return _by_whom(language, status, one.decided_by if is_somebody_s else None, one.decided_at, names, zone)


def say_granted(language: Language, granted: TrailEntry, names: Names, zone: str) -> str:
    """By whom and when what has lapsed was granted."""
    return _by_whom(language, language.t("granted"), granted.person, granted.at, names, zone)


def say_holds(language: Language, state: State, planned: Span | None, customer: str, zone: str) -> str:
    """What holds by now for a customer that was asked. `planned` is None when the window does not reach it any more."""
    if planned is None and state in STILL_TO_BE:
        return language.t("As it is planned now, this maintenance does not touch {customer}.", customer=customer)
    return language.t(HOLDS[state], when=say_span(language, planned, zone) if planned else "")


def _by_whom(language: Language, status: str, person: str | None, at: Instant, names: Names, zone: str) -> str:
    who, when = names.person(person, language.code) if person else "", say_moment(language, at, zone)
    return language.t("{status}, by {who}, {when}", status=status, who=who, when=when) if who else f"{status}, {when}"


def say_cover_simply(language: Language, cover: Cover, zone: str) -> list[str]:
    """Whether somebody who knows the work is there all the time, without the names of what he knows."""
    if any(one.kind == "no_expert_registered" for one in cover.warnings):
        return [language.t("For part of this work nobody who knows it is registered.")]
    gaps = merged(gap.span for gap in cover.gaps)
    if not gaps:
        return [language.t("People who know this work can be reached the whole time, until after the rollback reserve.")]
    spans = [say_span(language, gap, zone) for gap in gaps]
    return [language.t("Too few people who know this work can be reached: {span}.", span=span) for span in spans]


def say_limit(language: Language, limit: NoticeLimit, announced: Instant, names: Names, zone: str) -> str:
    """Until when a customer can be told in time, or since when no longer."""
    latest = say_moment(language, limit.too_late_from - limit.too_late_from % 60, zone)
    if limit.customer == NOBODY:
        return language.t("To be announced in time it has to be approved before {latest}.", latest=latest)
    facts = {"customer": names.party(limit.customer) or limit.customer, "notice": say_term(language, limit.term), "latest": latest}
    if limit.is_late(announced):
        return language.t("Too late for {customer}, who wants to know {notice} ahead: that was until {latest}.", **facts)
    return language.t("{customer} wants to know {notice} ahead: approve it before {latest}.", **facts)
