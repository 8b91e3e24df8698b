"""What is said of a peak besides its rule: scope, dates, what a kind of rule is called."""

from collections.abc import Iterable

from app.domain.anchors import Entries
from app.domain.notation.rules import clock
from app.domain.occurrences import Occurrence
from app.domain.peaks import Peak
from app.phrases.calendars import say_list
from app.phrases.language import Language
from app.phrases.times import say_days, say_span
from app.queries.names import Names
from app.queries.peak_pages import PeakDates

KINDS = {
    "fixed": "A fixed date every year",
    "nth_weekday": "An n-th weekday of a month",
    "weekday_from": "A weekday near a fixed date",
    "easter": "Around Easter",
    "holiday": "Around a public holiday",
    "working_day": "A working day of the month",
    "day_rolled": "A day of the month, moved to a working day",
    "workday_offset": "So many working days before or after a day",
    "span": "From one day to another",
    "weekly": "Every week, on days and hours",
    "dates": "Dates one by one",
    "rrule": "A repetition copied from a calendar",
}


def say_kind(language: Language, kind: str) -> str:
    return language.t(KINDS[kind])


def say_scope(language: Language, peak: Peak, names: Names) -> str:
    if peak.services is None:
        return language.t("All services")
    return ", ".join(names.service(service, language.code) for service in sorted(peak.services)) or language.t("No service")


def say_services(language: Language, services: Iterable[str], names: Names) -> str:
    """The customer's own services that would be down: its words for what is maintained."""
    return say_list(language, [names.service(one, language.code) or one for one in services])


def say_period(language: Language, peak: Peak, one: Occurrence) -> str:
    """`Fri 30 Apr to Sun 9 May 2027`, with the hours when it is not whole days."""
    if isinstance(peak.rule, Entries) and one.segments:
        titles = dict.fromkeys(entry.summary for entry in peak.rule.by_day.get(one.anchor, ()) if entry.summary)
        hours = ", ".join(say_span(language, segment, peak.zone) for segment in one.segments)
        return f"{hours}: {', '.join(titles)}" if titles else hours
    days = say_days(language, one.first_day, one.last_day)
    if peak.daily is None or not one.segments:
        return days
    return f"{days}, {clock(peak.daily.start)}–{clock(peak.daily.end)}"


def say_other_years(language: Language, dates: PeakDates) -> list[str]:
    """The years without a date among those that are shown: `No date in 2027 and 2028.`"""
    empty, unknown = (say_list(language, [str(year) for year in years]) for years in (dates.empty_years, dates.unknown_years))
    said = [language.t("No date in {years}.", years=empty)] if empty else []
    return [*said, language.t("Not known yet for {years}.", years=unknown)] if unknown else said
