"""What is said of a calendar file: what was skipped and why, and what had to be assumed."""

from collections.abc import Iterable

from app.adapters.foreign_calendars.reading import Assumed, Skipped
from app.phrases.language import Language

SKIPPED = {
    "availability": "This is a working-hours entry, not an event.",
    "bad_date": "The date or time cannot be read: {part}",
    "bad_duration": "The length cannot be read: {part}",
    "bad_line": "A line about its time cannot be read: {part}",
    "bad_rule": "The repetition cannot be read, or calendars do not agree on what it means: {part}",
    "cancelled": "This was cancelled in the calendar itself. {part}",
    "cut_off": "The file ends in the middle of this event.",
    "ends_before_start": "The end lies before the start. {part}",
    "far_year": "The year lies outside 1900 to 2199: {part}",
    "free_busy": "This is a free and busy overview, not an event.",
    "journal": "This is a diary entry, not an event.",
    "long_line": "A line about its time is longer than 64 kB: {part}",
    "never_falls": "This day does not exist in any year: {part}",
    "no_start": "It has no start.",
    "older_version": "The file holds a newer version of it, which counts. {part}",
    "other_calendar": "It repeats by another calendar than the Gregorian one: {part}",
    "to_do": "This is a to-do, not an event.",
    "too_dense": "It repeats more than 96 times a day: {part}",
    "too_long": "It lasts more than 400 days. {part}",
    "too_long_walk": "It takes too long to find out when this repeats. Give it a later start or fewer exceptions.",
    "too_many": "It falls more than 3,500 times in this period.",
    "too_many_dates": "It lists more than 2,000 separate dates ({part}).",
    "too_many_rules": "It has more than five repetitions.",
}
"""By the reason that the reader gives."""

ASSUMED = {
    "cut_off": "The file ends before its calendar does: something may be missing.",
    "day_without_end": "A whole day that ends where it begins is read as one day.",
    "exception_hits_nothing": "An exception on {part} takes nothing out: at that time there was nothing.",
    "floating": "Times without a time zone are read in {part}.",
    "no_calendar_around": "The file holds events without a calendar around them; they are read all the same.",
    "old_letters": "The file is not in UTF-8; its letters are read as Windows-1252.",
    "two_ends": "An event gives both an end and a length; the end counts.",
    "unknown_zone": "Nobody knows the time zone “{part}”; its times are read in the zone of the calendar.",
}
"""By the code of what had to be assumed."""


def say_skipped(language: Language, skipped: Skipped) -> str:
    """Why something in the file gave no entry."""
    return language.t(SKIPPED[skipped.reason], part=skipped.part).strip()


def say_all_assumed(language: Language, assumed: Iterable[Assumed]) -> list[str]:
    """Each thing once, however many events it is about."""
    return list(dict.fromkeys(say_assumed(language, one) for one in assumed))


def say_assumed(language: Language, assumed: Assumed) -> str:
    """How something was read that the file does not say."""
    return language.t(ASSUMED[assumed.code], part=assumed.part)
