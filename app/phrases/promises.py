"""Promises and updates in words: what was promised on which occasion, how it stands, and what was told, in one voice."""

from collections.abc import Sequence

from app.domain.lifecycle import State
from app.domain.promises import (
    AT_ONCE,
    DAY,
    ENDED,
    HOUR,
    MINUTE,
    NOT_ASKED,
    Kept,
    News,
    Occasion,
    Promise,
    Standing,
    Status,
    Term,
    Update,
    from_now,
)
from app.domain.spans import Instant
from app.phrases.language import Language
from app.phrases.times import say_length, say_moment
from app.queries.names import Names

OCCASIONS = {
    Occasion.SUBMISSION: "an answer to what was handed in",
    Occasion.WAIVER: "a decision on the waiver",
    Occasion.APPROVAL: "what was approved, and what it will mean",
    Occasion.START: "how the work is going",
    Occasion.OVERRUN: "how the work is going, now that it takes longer than planned",
    Occasion.HOLD: "what happens next, now that it is on hold",
    Occasion.REVIEW: "how it went",
    Occasion.AGREED: "how it stands",
}

SIDES = {
    Occasion.SUBMISSION: "the integrator to the supplier, after a window was handed in",
    Occasion.APPROVAL: "the integrator to each customer it reaches, after an approval",
    Occasion.START: "the supplier to the integrator, and the integrator to each customer it reaches, until the work is finished",
    Occasion.OVERRUN: "the same, once the work goes on after its planned end",
    Occasion.HOLD: "the integrator to the supplier and to each customer it reaches, when a window goes on hold",
    Occasion.REVIEW: "the integrator to each customer it reaches, after the work",
}

KINDS = {
    News.NO_NEWS: "no news yet",
    News.PROCESS: "how it is going",
    News.CONTENT: "news",
}

TOLD = {
    State.APPROVED: "It is approved.",
    State.DRAFT: "It is sent back, to be changed.",
    State.WAIVER_REQUESTED: "Those concerned are being asked whether it can go ahead.",
    State.REJECTED: "It does not take place: it was not approved.",
    State.WITHDRAWN: "It does not take place: it was taken back.",
    State.CANCELLED: "It does not take place: it is called off.",
    State.IMPLEMENTED: "The work is finished.",
}

REASONS = {
    ENDED: "the window has come to its end",
    AT_ONCE: "it was decided at once",
    NOT_ASKED: "it is asked no longer",
}


def say_occasion(language: Language, occasion: Occasion) -> str:
    return language.t(OCCASIONS[occasion])


def say_sides(language: Language, occasion: Occasion) -> str:
    return language.t(SIDES[occasion])


def say_kind(language: Language, kind: News) -> str:
    return language.t(KINDS[kind])


def say_term(language: Language, term: Term) -> str:
    """`within 2 days, of an emergency within 1 hour`."""
    usual = language.t("within {length}", length=say_length(language, term.seconds))
    if term.seconds == term.emergency_seconds:
        return usual
    return f"{usual}, {language.t('of an emergency within {length}', length=say_length(language, term.emergency_seconds))}"


def say_to(language: Language, parties: Sequence[str], names: Names) -> str:
    """Whom it was promised or told to, by name; a party without a name for this reader is nobody's business."""
    return ", ".join(name for name in (names.party(one) for one in parties) if name) or language.t("those concerned")


def named(parties: Sequence[str], names: Names) -> list[tuple[str, str]]:
    """Parties to choose from, each with its name."""
    return [(one, names.party(one) or one) for one in parties]


def say_standing(language: Language, standing: Standing, due_at: Instant, now: Instant, zone: str) -> str:
    """How a promise stands: how long is left, how late it is, or when it was kept."""
    match standing.status:
        case Status.OPEN if now <= due_at:
            return language.t("{length} left", length=_about(language, due_at - now))
        case Status.OPEN:
            return language.t("due since {moment}", moment=say_moment(language, due_at, zone))
        case Status.MISSED:
            return language.t("{length} late, and nothing told", length=_about(language, standing.late_seconds or 0))
        case Status.LATE:
            moment = say_moment(language, standing.at or 0, zone)
            return language.t("told {moment}, {length} late", moment=moment, length=_about(language, standing.late_seconds or 0))
        case Status.KEPT:
            return language.t("kept, told {moment}", moment=say_moment(language, standing.at or 0, zone))
        case Status.WITHDRAWN:
            return language.t("taken back")


def say_reason(language: Language, promise: Promise) -> str:
    """Why a promise was taken back; empty when it was not."""
    return language.t(REASONS[promise.reason]) if promise.reason in REASONS else promise.reason


def say_update(language: Language, update: Update, zone: str) -> str:
    """What was told, in the words of who told it or in ours, and before when more was promised."""
    again = say_moment(language, update.next_at, zone) if update.next_at is not None else ""
    told = language.t(TOLD[update.state]) if update.state is not None else update.words(language.code)
    if not told:
        return say_no_news(language, again)
    return f"{told} {language.t('We will tell you again before {moment}.', moment=again)}" if again else told


def say_no_news(language: Language, again: str) -> str:
    """The sentence that is sent when nothing else is said; `again` is before when more is promised, or empty."""
    if again:
        return language.t("There is no news yet; we go on and will tell you again before {moment}.", moment=again)
    return language.t("There is no news yet; we go on.")


def say_again(language: Language, now: Instant, within: int, zone: str) -> str:
    """Before when is told again, when that is promised now."""
    return say_moment(language, from_now(now, within), zone)


def say_kept(language: Language, kept: Kept) -> str:
    """`17 of 20 kept (85%), 2 late, 1 missed`."""
    count = kept.kept + kept.late + kept.missed
    if kept.rate is None:
        return language.t("nothing was due yet")
    return language.t(
        "{kept} of {count} kept ({percent}%), {late} late, {missed} missed",
        kept=kept.kept,
        count=count,
        percent=int(kept.rate * 100),
        late=kept.late,
        missed=kept.missed,
    )


def _about(language: Language, seconds: int) -> str:
    """To the hour from a day on, to the minute from a minute on."""
    unit = HOUR if seconds >= DAY else MINUTE if seconds >= MINUTE else 1
    return say_length(language, seconds - seconds % unit) or language.n("{count} second", "{count} seconds", 0)
