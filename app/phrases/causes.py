"""Why a window was checked again or put on hold: which change it was, as far as the reader may know it."""

from app.domain.causes import Because, Kind, Outcome
from app.domain.walltime import local_day
from app.phrases.language import Language
from app.phrases.times import say_day
from app.queries.names import Names

ACTIONS = {
    "peak.registered": "{party} registered the peak “{peak}” on {day}",
    "peak.changed": "{party} changed the peak “{peak}” on {day}",
    "peak.removed": "{party} took away the peak “{peak}” on {day}",
    "peak.date_taken_out": "{party} took a date out of the peak “{peak}” on {day}",
    "peak.date_moved": "{party} moved a date of the peak “{peak}” on {day}",
    "peak.suspended": "{party} suspended the peak “{peak}” on {day}",
    "peak.put_back": "{party} put a date of the peak “{peak}” back on {day}",
    "peak.followed": "the calendar that the peak “{peak}” of {party} follows changed on {day}",
    "calendar.changed": "days of the working-day calendar {calendar} were put right on {day}",
    "window.approved": "{window} was approved on {day}",
    "window.held": "{window} was put on hold on {day}",
    "window.rescheduled": "{window} was rescheduled on {day}",
    "window.cancelled": "{window} was cancelled on {day}",
}
NAMELESS = {
    Kind.PEAK: "a customer's peak changed on {day}",
    Kind.CALENDAR: "a working-day calendar was put right on {day}",
    Kind.CHAIN: "the chain of services changed on {day}",
    Kind.ABSENCE: "an expert's absence changed on {day}",
    Kind.WINDOW: "another window at its time changed on {day}",
    None: "something it depends on changed on {day}",
}


def say_because(language: Language, because: Because, names: Names, zone: str) -> str:
    """`Dierenhotel Polderpoort registered the peak “holiday weekends” on Mon 3 May 2027`, without a full stop."""
    day = say_day(language, local_day(because.at, zone))
    if because.action in ACTIONS:
        facts = {"party": names.party(because.party), "peak": names.peak(because.id, language.code), "window": because.id}
        return language.t(ACTIONS[because.action], **facts, calendar=because.id, day=day)
    if because.kind is Kind.CHAIN and because.id:
        service = names.service(because.id, language.code) or because.id
        return language.t("what {service} needs, or who uses it, changed on {day}", service=service, day=day)
    return language.t(NAMELESS[because.kind], day=day)


OUTCOMES = {
    Outcome.HELD: "Put on hold",
    Outcome.WORSE: "Worse than before, and not on hold",
    Outcome.BETTER: "Better than before",
    Outcome.FAILED: "Could not be checked",
}


def say_outcome(language: Language, outcome: Outcome) -> str:
    return language.t(OUTCOMES[outcome])
