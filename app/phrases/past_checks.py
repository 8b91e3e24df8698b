"""What is said of a check that was kept: what it was made for."""

from app.domain.causes import Cause
from app.phrases.language import Language

CAUSES = {
    "submit": "when it was submitted",
    "reschedule": "when it was rescheduled",
    "approve": "when it was approved",
    "recheck": "when it was checked again",
    "take_over": "when it was taken over from an earlier administration",
}


def say_cause(language: Language, cause: Cause) -> str:
    return language.t(CAUSES[cause.step])
