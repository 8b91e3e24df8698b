"""Slots, their prices, and what would have to be otherwise, said in words."""

from collections.abc import Sequence

from babel.numbers import format_decimal

from app.domain import moved
from app.domain.changes import Change, ChangeKind
from app.domain.disclosure import NOBODY
from app.domain.grid import STEP
from app.domain.result import Conflict
from app.domain.slot_prices import POINT, Component, Part
from app.domain.slots import Free
from app.domain.verdict import Verdict
from app.domain.why_not import Blocker, OutsideAgreed
from app.phrases.calendars import say_list
from app.phrases.findings import say_collision, say_conflict, say_verdict
from app.phrases.language import Language
from app.phrases.times import say_length, say_moment, say_span
from app.queries.names import Names


def say_points(language: Language, cost: int) -> str:
    """A cost in points, with one decimal where that is not nothing."""
    tenths = round(cost * 10 / POINT)
    shown = format_decimal(tenths / 10, "#,##0.#", locale=language.locale)
    return language.t("1 point") if tenths == 10 else language.t("{points} points", points=shown)


def say_part(language: Language, part: Part) -> str:
    """What one part of a price is for."""
    length = say_length(language, _to_minutes(part.amount))
    match part.component:
        case Component.PEAKS if part.harm is Verdict.ADVISORY:
            return language.t("{length} in a peak that asks to be aware", length=length)
        case Component.PEAKS if part.harm is Verdict.NEEDS_WAIVER:
            return language.t("{length} in a peak that needs a waiver", length=length)
        case Component.PEAKS:
            return language.t("{length} in a freeze", length=length)
        case Component.TOGETHER:
            return language.t("{length} together with another window", length=length)
        case Component.CUSTOMERS:
            return language.n("reaches {count} customer", "reaches {count} customers", part.amount)
        case Component.DAYTIME:
            return language.t("{length} outside the night (22:00 to 06:00)", length=length)
        case Component.NOTICE:
            return language.t("{length} short of ten days’ notice", length=length)
        case Component.EXPERTS:
            return language.t("{length} with too few experts within reach", length=length)
        case Component.DELAY:
            return language.t("{length} later than wished", length=length)


def say_price(language: Language, parts: Sequence[Part]) -> list[str]:
    """Each part with its points, in the order of the price."""
    return [f"{say_part(language, part)}: {say_points(language, part.cost)}" for part in parts]


def say_total(language: Language, parts: Sequence[Part]) -> str:
    return say_points(language, sum(part.cost for part in parts))


def say_change(language: Language, change: Change, names: Names, zone: str) -> str:
    """What would have to be otherwise, with when that is."""
    length = say_length(language, change.minutes * 60)
    when = say_span(language, moved.first_of(change.window).planned, zone)
    match change.kind:
        case ChangeKind.LESS_ROLLBACK:
            return language.n(
                "A rollback reserve of at most {count} minute, at {when}.",
                "A rollback reserve of at most {count} minutes, at {when}.",
                change.minutes,
                when=when,
            )
        case ChangeKind.EARLIER:
            return language.t("{length} earlier: {when}.", length=length, when=when)
        case ChangeKind.LATER:
            return language.t("{length} later: {when}.", length=length, when=when)
        case ChangeKind.SHORTER:
            return language.t("{length} shorter: {when}.", length=length, when=when)
        case ChangeKind.WAIVER:
            return language.t("With a waiver from {customers}: {when}.", customers=_customers(language, change, names), when=when)
        case ChangeKind.WITHOUT_SERVICE:
            service = names.service(change.service, language.code)
            return language.t("Without {service}: {when}.", service=service, when=when)
        case ChangeKind.BEYOND:
            return language.n(
                "{count} day after the last date: {when}.", "{count} days after the last date: {when}.", change.days, when=when
            )


def say_after(language: Language, change: Change) -> str:
    """What is left in the way after a change that lifts one thing."""
    if change.clears:
        return language.t("Then nothing is in the way any more.")
    return language.t("Then something else is still in the way ({verdict}).", verdict=say_verdict(language, change.verdict))


def say_blocker(language: Language, one: Blocker, names: Names, zone: str, asked: str) -> str:
    """One thing in the way, in one sentence."""
    if isinstance(one.finding, OutsideAgreed):
        return language.t("Outside the agreed maintenance slots: {span}.", span=say_span(language, one.finding.span, zone))
    if isinstance(one.finding, Conflict):
        return say_conflict(language, one.finding, names, zone)
    return say_collision(language, one.finding, names, zone, asked)


def harm_of(one: Blocker) -> Verdict:
    return Verdict.BLOCKED if isinstance(one.finding, OutsideAgreed) else one.finding.effect


def say_free(language: Language, free: Free, zone: str) -> str:
    """From when to when the start can be chosen, with what the verdict would be."""
    first = say_moment(language, free.span.start, zone)
    last = say_moment(language, free.span.end - STEP, zone)
    when = first if first == last else language.t("{first} to {last}", first=first, last=last)
    return f"{when} ({say_verdict(language, free.verdict)})"


def _customers(language: Language, change: Change, names: Names) -> str:
    """By name as far as the reader may know them, and the others as nobody in particular."""
    known = [names.party(one) or one for one in sorted(change.customers) if one != NOBODY]
    hidden = [language.t("a customer")] if NOBODY in change.customers else []
    return say_list(language, [*known, *hidden])


def _to_minutes(amount: int) -> int:
    """Of days and more the minutes do not matter, of less the seconds do not; never nothing of something."""
    step = 3600 if amount >= 2 * 24 * 3600 else 60
    return max(step, round(amount / step) * step)
