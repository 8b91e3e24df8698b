"""What is wrong with a run at this moment? Told from its times and the clock alone, each with since when."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.running import MINUTE, Run
from app.domain.spans import Instant


class Overlay(StrEnum):
    """From a question that has to be answered to an emergency."""

    PAST_POINT_OF_NO_RETURN = "past_point_of_no_return"
    OVERRUN = "overrun"
    EXPOSURE_EXCEEDED = "exposure_exceeded"


@dataclass(frozen=True)
class Alarm:
    overlay: Overlay
    since: Instant


def point_of_no_return(run: Run) -> Instant:
    """The last moment at which going back, as long as it is estimated to take, still fits into the rollback reserve."""
    return run.exposed_until - run.going_back * MINUTE


def alarms(run: Run, now: Instant) -> tuple[Alarm, ...]:
    """Of a run that is going on, the gravest first. At the limit itself nothing is wrong yet.

    The point of no return is an alarm only while nobody has decided to go on or back.
    """
    if not run.is_open:
        return ()
    limits = {
        Overlay.EXPOSURE_EXCEEDED: run.exposed_until,
        Overlay.OVERRUN: run.planned.end,
        Overlay.PAST_POINT_OF_NO_RETURN: None if run.decision else point_of_no_return(run),
    }
    return tuple(Alarm(overlay, since) for overlay, since in limits.items() if since is not None and now > since)


def told_to_customer(found: tuple[Alarm, ...]) -> tuple[Alarm, ...]:
    """That it takes longer; not what those who work on it still have to decide."""
    return tuple(one for one in found if one.overlay is not Overlay.PAST_POINT_OF_NO_RETURN)
