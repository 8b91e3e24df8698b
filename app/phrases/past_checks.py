"""What is said of a check that was kept: what it was made for, and what became of making it again."""

from app.domain.causes import Cause, Kind
from app.phrases.language import Language
from app.queries.names import Names
from app.queries.past_checks import Replay

CAUSES = {
    "submit": "when it was submitted",
    "reschedule": "when it was rescheduled",
    "approve": "when it was approved",
    "decide_waivers": "when every customer had answered",
    "recheck": "when it was checked again",
    "take_over": "when it was taken over from an earlier administration",
}
REPLAYS = {
    Replay.SAME: "Made again from what was looked at then, it finds the same, to the second.",
    Replay.OTHER: "Made again from what was looked at then, it finds something else: Ober itself judges otherwise since.",
    Replay.TAMPERED: "What was looked at then was changed in the database afterwards. This cannot be made again.",
    Replay.NOT_KEPT: "Of this check only the result was kept, not what was looked at. It cannot be made again exactly.",
}


def say_cause(language: Language, cause: Cause) -> str:
    return language.t(CAUSES[cause.step])


def say_what_changed(language: Language, cause: Cause, names: Names) -> str:
    """What made somebody look again, for the integrator; empty where that is the step itself."""
    match cause.kind:
        case Kind.PEAK:
            return language.t("because of the peak “{peak}”", peak=names.peak(cause.id, language.code) or cause.id)
        case Kind.CALENDAR:
            return language.t("because of the working-day calendar {calendar}", calendar=cause.id)
        case Kind.CHAIN:
            return language.t("because of the chain at {service}", service=names.service(cause.id, language.code) or cause.id)
        case Kind.ABSENCE:
            return language.t("because of an expert's absence")
        case Kind.WINDOW:
            title = names.window(cause.id, language.code)
            return language.t("because of {what}", what=f"{cause.id} ({title})" if title else cause.id)
        case _:
            return ""


def say_replay(language: Language, replay: Replay) -> str:
    return language.t(REPLAYS[replay])
