"""What is to be known of a plan besides peaks and other windows, in words."""

from collections.abc import Sequence

from app.domain.plan_findings import FindingKind, PlanFinding
from app.phrases.language import Language
from app.phrases.times import say_day, say_span
from app.queries.names import Names


def say_findings(language: Language, findings: Sequence[PlanFinding], names: Names, zone: str) -> list[str]:
    return [_say(language, one, names, zone) for one in findings]


def _say(language: Language, one: PlanFinding, names: Names, zone: str) -> str:
    service = names.service(one.service, language.code) or one.service
    span = say_span(language, one.span, zone)
    match one.kind:
        case FindingKind.OUTSIDE_SLOTS:
            said = language.t("{service} is closed outside its agreed slots: {span} is not in one.", service=service, span=span)
        case FindingKind.LEAVES_SLOT:
            said = language.t("It begins within an agreed slot of {service} and leaves it: {span}.", service=service, span=span)
        case FindingKind.EXPERTS_SHARED:
            said = language.t(
                "{window} needs the same experts: there are not enough for both, {span}.", window=one.other, span=span
            )
        case FindingKind.SUPPORT_ENDS | FindingKind.SUPPORT_ENDED:
            return _say_support(language, one, service)
    times = language.n("This goes for {count} time.", "This goes for {count} times.", one.times) if one.times > 1 else ""
    return f"{said} {times}".strip()


def _say_support(language: Language, one: PlanFinding, service: str) -> str:
    day = say_day(language, one.until) if one.until else ""
    if one.kind is FindingKind.SUPPORT_ENDED:
        said = language.t("The support of {service} ended on {day}.", service=service, day=day)
    else:
        said = language.t("The support of {service} ends on {day}.", service=service, day=day)
    return f"{said} {language.t('What comes after it: {successor}.', successor=one.successor)}" if one.successor else said
