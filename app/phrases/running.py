"""How a window runs, in words: results, decisions, and what is wrong with since when and what to do."""

from collections.abc import Mapping

from app.domain.overlays import Alarm, Overlay
from app.domain.running import Run
from app.domain.spans import Instant
from app.phrases.language import Language
from app.phrases.times import say_length, say_moment

RESULTS: Mapping[str, str] = {
    "successful": "successful",
    "successful_with_issues": "successful, with issues",
    "rolled_back": "rolled back",
    "failed": "failed",
}
DECISIONS: Mapping[str, str] = {"go": "go on", "back": "go back"}
ALARMS: Mapping[Overlay, str] = {
    Overlay.OVERRUN: "Overrun since {moment}: the planned end has passed.",
    Overlay.EXPOSURE_EXCEEDED: "Longer than was allowed since {moment}: the rollback reserve is used up.",
    Overlay.PAST_POINT_OF_NO_RETURN: "Past the point of no return since {moment}: it is not decided whether to go back.",
}
TO_DO: Mapping[Overlay, str] = {
    Overlay.OVERRUN: "Promise when the next message comes.",
    Overlay.EXPOSURE_EXCEEDED: "Call the duty manager, and see that every affected customer is told.",
    Overlay.PAST_POINT_OF_NO_RETURN: "Decide now: go on or go back.",
}


def say_result(language: Language, result: str) -> str:
    return language.t(RESULTS[result])


def say_decision(language: Language, decision: str) -> str:
    return language.t(DECISIONS[decision])


def say_alarm(language: Language, alarm: Alarm, zone: str) -> str:
    """What is wrong, and since when."""
    return language.t(ALARMS[alarm.overlay], moment=say_moment(language, alarm.since, zone))


def say_to_do(language: Language, alarm: Alarm) -> str:
    """What to do about it, for those who work on it."""
    return language.t(TO_DO[alarm.overlay])


def say_taken(language: Language, run: Run, now: Instant) -> str:
    """How long its services were gone."""
    return say_length(language, run.taken(now).seconds) or language.t("no time at all")
