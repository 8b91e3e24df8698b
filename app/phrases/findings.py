"""What a check found, said in sentences: verdict, conflict, path, collision, note, cover."""

from collections.abc import Sequence
from itertools import pairwise

from app.domain.cover import Cover
from app.domain.disclosure import NOBODY, Shown
from app.domain.peaks import Severity
from app.domain.result import Collision, CollisionKind, Conflict, Note, NoteKind
from app.domain.verdict import Verdict
from app.phrases.calendars import say_list
from app.phrases.language import Language
from app.phrases.sentences import capital
from app.phrases.times import say_days, say_moment, say_span
from app.queries.names import Names

NAMELESS = {
    Verdict.BLOCKED: "Not possible until {until}: customer peak, {severity}.",
    Verdict.NEEDS_WAIVER: "Only with a customer's waiver until {until}: customer peak, {severity}.",
    Verdict.ADVISORY: "A customer is busy until {until}: customer peak, {severity}.",
}
TOGETHER = {
    CollisionKind.SAME_SERVICE: "At the same time as {others}, on the same service ({what}): {span}.",
    CollisionKind.SAME_CHAIN: "At the same time as {others}, on the same chain ({what}): {span}.",
    CollisionKind.REDUNDANCY_LOSS: "Together with {others} this takes down {what}; neither does so alone: {span}.",
}
SIGNS = {Verdict.CLEAR: "✓", Verdict.ADVISORY: "i", Verdict.NEEDS_WAIVER: "!", Verdict.BLOCKED: "✕"}


def say_verdict(language: Language, verdict: Verdict) -> str:
    match verdict:
        case Verdict.CLEAR:
            return language.t("Clear")
        case Verdict.ADVISORY:
            return language.t("Advisory")
        case Verdict.NEEDS_WAIVER:
            return language.t("Needs waiver")
        case Verdict.BLOCKED:
            return language.t("Blocked")


def say_meaning(language: Language, verdict: Verdict) -> str:
    """What the verdict means for what happens next."""
    match verdict:
        case Verdict.CLEAR:
            return language.t("No peak and no other window is in the way.")
        case Verdict.ADVISORY:
            return language.t("Can be approved once someone says in words that this was seen.")
        case Verdict.NEEDS_WAIVER:
            return language.t("Cannot be approved without a waiver from the customer, or another time.")
        case Verdict.BLOCKED:
            return language.t("Cannot be approved at this time. Choose another time.")


def say_severity(language: Language, severity: Severity) -> str:
    match severity:
        case Severity.FREEZE:
            return language.t("freeze")
        case Severity.RESTRICTED:
            return language.t("restricted")
        case Severity.ADVISORY:
            return language.t("advisory")


def say_conflict(language: Language, one: Conflict, names: Names, zone: str) -> str:
    """One conflict in one sentence. Without a name (for a supplier) only until when, and how severe."""
    if one.customer == NOBODY:
        return _say_nameless(language, one, zone)
    said = language.t(
        "{customer} has “{peak}” ({severity}) on {days}; this meets it {overlap}, {phase}.",
        customer=names.party(one.customer) or one.customer,
        peak=names.peak(one.peak, language.code) or one.peak,
        severity=say_severity(language, one.severity),
        days=say_days(language, one.peak_first_day, one.peak_last_day),
        overlap=say_span(language, one.overlap, zone),
        phase=_phase(language, one.phase),
    )
    return f"{said} {language.t('The customer granted a waiver.')}" if one.waived else said


def _say_nameless(language: Language, one: Conflict, zone: str) -> str:
    until, severity = say_moment(language, one.busy_until, zone), say_severity(language, one.severity)
    return language.t(NAMELESS[one.effect], until=until, severity=severity)


def say_path(language: Language, path: Sequence[str], customer: str, names: Names) -> str:
    """The way from a maintained service to what a customer uses, in one sentence.

    Of services that the reader has no names for, it only says that there is something underneath.
    """
    words = [name for name in (names.service(service, language.code) for service in reversed(path)) if name]
    who = names.party(customer) or customer
    if not words:
        return language.t("It carries a service that {customer} uses.", customer=who)
    if not names.service(path[-1], language.code):
        words = [language.t("something underneath"), *words]
    if len(words) == 1:
        return language.t("{customer} uses {service} itself.", customer=who, service=words[0])
    carries = [language.t("{lower} carries {upper}", lower=lower, upper=upper) for lower, upper in pairwise(words)]
    return capital(language.t("{chain}, which {customer} uses.", chain=", ".join(carries), customer=who))


def say_collision(language: Language, one: Collision, names: Names, zone: str, asked: str) -> str:
    """Windows that hurt together, seen from the window that is asked about."""
    span = say_span(language, one.span, zone)
    others = _named_windows(language, [window for window in one.windows if window != asked], names)
    services = say_list(language, [name for name in (names.service(one, language.code) for one in one.services) if name])
    if not others:
        return language.t("Another window gets in the way: {span}.", span=span)
    what = services or language.t("a customer's service")
    return language.t(TOGETHER[one.kind], others=others, what=what, span=span)


def say_notes(language: Language, notes: Sequence[Note], names: Names) -> list[str]:
    """What is to be known besides, one line a customer. That nobody is affected, `say_reach` says."""
    reduced: dict[str, list[str]] = {}
    for note in notes:
        if note.kind is NoteKind.REDUCED_REDUNDANCY:
            reduced.setdefault(note.customer, []).append(names.service(note.service, language.code) or note.service)
    unknown = [_say_unknown(language, note, names) for note in notes if note.kind is NoteKind.CALENDAR_HORIZON]
    return [_say_reduced(language, customer, services, names) for customer, services in reduced.items()] + unknown


def _say_reduced(language: Language, customer: str, services: Sequence[str], names: Names) -> str:
    if customer == NOBODY:
        return language.t("A customer's service stays up, with less redundancy for as long as this lasts.")
    return language.n(
        "{services} of {customer} stays up, with less redundancy for as long as this lasts.",
        "{services} of {customer} stay up, with less redundancy for as long as this lasts.",
        len(services),
        services=say_list(language, services),
        customer=names.party(customer) or customer,
    )


def _say_unknown(language: Language, note: Note, names: Names) -> str:
    if note.customer == NOBODY:
        return language.t("A customer's dates are not known that far ahead: unknown is not free.")
    return language.t(
        "The dates of “{peak}” of {customer} are not known that far ahead: unknown is not free.",
        peak=names.peak(note.peak, language.code) or note.peak,
        customer=names.party(note.customer) or note.customer,
    )


def say_reach(language: Language, shown: Shown, names: Names) -> str:
    """Whom a window reaches, as far as the reader may know."""
    known = [names.party(customer) or customer for customer in shown.customers]
    if shown.customers_reached is None:
        return language.t("It reaches a service you use.") if known else language.t("It does not reach you.")
    if not shown.customers_reached:
        return language.t("It reaches no customer.")
    hidden = shown.customers_reached - len(known)
    if hidden and known:
        known.append(language.n("{count} other customer", "{count} other customers", hidden))
    elif hidden:
        known.append(language.n("{count} customer", "{count} customers", hidden))
    return language.t("It reaches {customers}.", customers=say_list(language, known))


def say_cover(language: Language, cover: Cover, names: Names, zone: str) -> list[str]:
    """Gaps in who can be reached, and services that hang on one person."""
    said = [
        language.t(
            "{span}: {lowest} of {required} experts for {service} can be reached.",
            span=say_span(language, gap.span, zone),
            lowest=gap.lowest,
            required=gap.required,
            service=names.service(gap.service, language.code),
        )
        for gap in cover.gaps
        if gap.service not in {warning.service for warning in cover.warnings if warning.kind == "no_expert_registered"}
    ]
    for warning in cover.warnings:
        service = names.service(warning.service, language.code)
        if warning.kind == "no_expert_registered":
            said.append(language.t("No expert is registered for {service}.", service=service))
        else:
            said.append(language.t("Only one person knows {service}.", service=service))
    return said


def _named_windows(language: Language, windows: Sequence[str], names: Names) -> str:
    titled = [(window, names.window(window, language.code)) for window in windows]
    return say_list(language, [f"{window} ({title})" if title else window for window, title in titled])


def _phase(language: Language, phase: str) -> str:
    if phase == "planned":
        return language.t("in the planned time")
    if phase == "rollback":
        return language.t("in the rollback reserve")
    return language.t("in the planned time and the rollback reserve")
