"""What is wrong with a run at a moment, and since when."""

from dataclasses import replace

from app.domain.overlays import Alarm, Overlay, alarms, point_of_no_return, told_to_customer
from app.domain.running import Run
from app.domain.spans import Span

RUN = Run("W", "1", Span(0, 7200), exposed_until=10_800, going_back=20, started_at=0)
"""Two hours, then an hour of rollback reserve; going back takes twenty minutes."""

PAST, OVERRUN, EXCEEDED = Overlay.PAST_POINT_OF_NO_RETURN, Overlay.OVERRUN, Overlay.EXPOSURE_EXCEEDED


def found(run: Run, now: int) -> list[tuple[Overlay, int]]:
    return [(one.overlay, one.since) for one in alarms(run, now)]


def test_each_alarm_begins_a_second_after_its_limit() -> None:
    assert point_of_no_return(RUN) == 9600
    assert found(RUN, 7200) == []
    assert found(RUN, 7201) == found(RUN, 9600) == [(OVERRUN, 7200)]
    assert found(RUN, 9601) == found(RUN, 10_800) == [(OVERRUN, 7200), (PAST, 9600)]
    assert found(RUN, 10_801) == [(EXCEEDED, 10_800), (OVERRUN, 7200), (PAST, 9600)]


def test_whoever_has_decided_is_not_asked_again() -> None:
    assert found(replace(RUN, decision="go"), 10_801) == [(EXCEEDED, 10_800), (OVERRUN, 7200)]


def test_going_back_that_takes_longer_than_the_reserve_is_decided_before_the_planned_end() -> None:
    assert found(replace(RUN, going_back=90), 5401) == [(PAST, 5400)]


def test_what_is_finished_alarms_nobody() -> None:
    assert found(replace(RUN, finished_at=7000), 20_000) == []


def test_a_customer_is_told_that_it_takes_longer_and_not_what_is_still_to_be_decided() -> None:
    assert told_to_customer(alarms(RUN, 10_801)) == (Alarm(EXCEEDED, 10_800), Alarm(OVERRUN, 7200))
