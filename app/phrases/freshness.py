"""Why a customer is asked whether its peaks are right, and when it last said so, in words."""

from app.domain.freshness import Doubt, DoubtKind
from app.domain.register import Confirmation
from app.domain.spans import Instant
from app.phrases.language import Language
from app.queries.names import Names

DAY = 24 * 3600


def say_doubt(language: Language, doubt: Doubt, names: Names) -> str:
    peak = names.peak(doubt.peak, language.code)
    match doubt.kind:
        case DoubtKind.NOT_CONFIRMED:
            return language.t("Nobody has looked at these peaks for a year.")
        case DoubtKind.NOTHING_AHEAD:
            return language.t("No peak is known beyond the next three months.")
        case DoubtKind.ENDS_SOON:
            return language.t("The dates of “{peak}” are not known much further.", peak=peak)
        case DoubtKind.GONE:
            return language.t("“{peak}” had dates in the past year and has none in the next.", peak=peak)


def say_confirmed(language: Language, confirmed: Confirmation | None, names: Names, now: Instant) -> str:
    """How long ago a customer said that its peaks are right, and who did."""
    if confirmed is None:
        return language.t("These peaks have not been confirmed yet.")
    days = (now - confirmed.at) // DAY
    person = names.person(confirmed.person, language.code)
    if days == 0:
        return language.t("These peaks were confirmed today by {person}.", person=person)
    return language.n(
        "These peaks were confirmed {count} day ago by {person}.",
        "These peaks were confirmed {count} days ago by {person}.",
        days,
        person=person,
    )
