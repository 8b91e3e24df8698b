"""Notice in words: what was agreed, and whether there is still time."""

from app.domain.notice import NoticeTerm, NoticeUnit
from app.domain.spans import Instant
from app.phrases.language import Language
from app.phrases.times import say_length, say_moment
from app.queries.peak_effect import ToBeTold

HOUR = 3600
UNITS = {
    NoticeUnit.HOURS: "hours",
    NoticeUnit.CALENDAR_DAYS: "calendar days",
    NoticeUnit.WORKING_DAYS: "working days",
}


def say_unit(language: Language, unit: NoticeUnit) -> str:
    return language.t(UNITS[unit])


def say_term(language: Language, term: NoticeTerm) -> str:
    """`10 working days (NL)`."""
    match term.unit:
        case NoticeUnit.HOURS:
            return language.n("{count} hour", "{count} hours", term.n)
        case NoticeUnit.CALENDAR_DAYS:
            return language.n("{count} calendar day", "{count} calendar days", term.n)
        case NoticeUnit.WORKING_DAYS:
            return language.n(
                "{count} working day ({calendar})", "{count} working days ({calendar})", term.n, calendar=term.calendar
            )


def say_to_be_told(language: Language, supplier: str, told: ToBeTold, now: Instant, zone: str) -> str:
    """Which supplier has to be told of a new peak, how much time there is, and whether a new time would still be in notice."""
    said = _first_start(language, supplier, told.start - now)
    if told.term is None or told.too_late_from is None:
        return said
    notice, latest = say_term(language, told.term), say_moment(language, told.too_late_from - 1, zone)
    if told.too_late_from <= now:
        late = "That is within your notice of {notice}: announcing it anew was possible until {latest}."
        return f"{said} {language.t(late, notice=notice, latest=latest)}"
    in_time = "Your notice is {notice}: it can be announced anew until {latest}."
    return f"{said} {language.t(in_time, notice=notice, latest=latest)}"


def _first_start(language: Language, supplier: str, left: int) -> str:
    """How much time there is, to the hour."""
    if left <= 0:
        return language.t("{supplier} would have to be told at once: it is at work already.", supplier=supplier)
    if left < HOUR:
        return language.t("{supplier} would have to be told at once: the first starts within the hour.", supplier=supplier)
    length = say_length(language, left - left % HOUR)
    return language.t("{supplier} would have to be told: the first starts in {length}.", supplier=supplier, length=length)
