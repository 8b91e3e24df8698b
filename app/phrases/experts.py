"""Experts in words: what happened to them, and how much of a week they cannot be reached."""

from typing import cast

from app.domain.register import TrailEntry
from app.domain.spans import Span
from app.phrases.chain import say_service_list
from app.phrases.language import Language
from app.phrases.times import say_span
from app.queries.names import Names

HAPPENED = {
    "expert.added": "added",
    "expert.taken_over": "taken over from an earlier administration",
    "expert.changed": "changed; knows from now on: {services}",
    "absence.added": "cannot be reached {span}",
    "absence.shortened": "back earlier; cannot be reached {span}",
    "absence.ended": "can be reached again, instead of being away {span}",
}


def say_happened(language: Language, entry: TrailEntry, names: Names, zone: str) -> str:
    """What happened to an expert; why he is away is not on record."""
    known = say_service_list(language, cast(list[str], entry.facts.get("services", [])), names) or language.t("no service")
    return language.t(HAPPENED[entry.action], services=known, span=_span(language, entry, zone))


def say_week_away(language: Language, days: int) -> str:
    """On how many days of a week; empty for none."""
    return language.n("{count} day", "{count} days", days) if days else ""


def _span(language: Language, entry: TrailEntry, zone: str) -> str:
    if "start" not in entry.facts:
        return ""
    end = cast(int, entry.facts.get("now_until", entry.facts["end"]))
    return say_span(language, Span(cast(int, entry.facts["start"]), end), zone)
