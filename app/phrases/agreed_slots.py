"""Agreed maintenance slots in words."""

from app.domain.agreed_slots import AgreedSlot, Agreement
from app.domain.anchors import Recurrence
from app.domain.notation.rules import clock
from app.phrases.language import Language
from app.phrases.rules import say_rule
from app.phrases.times import say_day, say_zone


def say_slot(language: Language, slot: AgreedSlot) -> str:
    """On which days, from when to when, and on which clock."""
    hours = f"{clock(slot.hours.start)}–{clock(slot.hours.end)}"
    if slot.hours.end <= slot.hours.start:
        hours = language.t("{hours} the next day", hours=hours)
    return f"{say_rule(language, Recurrence(slot.valid_from, slot.rrule))} {hours} ({say_zone(language, slot.zone)})"


def say_validity(language: Language, slot: AgreedSlot) -> str:
    if slot.valid_until is None:
        return language.t("from {day} on", day=say_day(language, slot.valid_from))
    first, last = say_day(language, slot.valid_from), say_day(language, slot.valid_until)
    return language.t("from {first} up to and including {last}", first=first, last=last)


def say_policy(language: Language, agreed: Agreement) -> str:
    """What holds outside the slots."""
    if agreed.is_closed_outside:
        return language.t("closed outside its slots") if agreed.slots else language.t("closed: there is no slot")
    return language.t("open outside its slots") if agreed.slots else language.t("open: nothing was agreed")
