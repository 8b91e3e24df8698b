"""What is different between two looks at one window is told as what it is, and nothing else with it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.chain import Chain
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.peaks import DailyHours, Severity
from app.domain.relevance import relevant
from app.domain.situation import Situation, Waiver, busy_peaks, dated, exposed_span
from app.domain.situation_changes import Difference, PeakPart, SituationChanges, WindowPart, situation_changes, window_parts
from app.domain.windows import ChangeType, Impact

from .cast import (
    CHAIN,
    CLOCK_HOURS,
    EVENING_WAVE,
    LICHTLIJN,
    MATCH_NIGHTS,
    PEAKS,
    POLDERPOORT,
    VALENTINE,
    ZONNEKROON,
    day,
    need,
    wall,
    window,
)

BUS = window("MW-ESB", "2027-02-09T05:00", "2027-02-09T19:00")
"""A Tuesday in the week before Valentine's Day, into the clock's hours and the evening wave."""

OTHER = replace(window("MW-ESB", "2027-02-09T12:00", "2027-02-09T13:00"), id="W2")
WAIVER = Waiver("W1", "ZONNEKROON", CLOCK_HOURS.id, day("2027-02-09"))


def look(**parts: object) -> Situation:
    """At the cast as it is around the bus, but for some parts."""
    given = {"chain": CHAIN, "customers": (ZONNEKROON, POLDERPOORT, LICHTLIJN), "committed": (OTHER,)}
    peaks = parts.pop("peaks", PEAKS)
    busy = busy_peaks(peaks, exposed_span([dated(BUS)]), NATIONAL_CALENDARS)
    return relevant([BUS], Situation(**{**given, "busy": busy, **parts}))


def changed(name: str, **parts: object) -> tuple[object, ...]:
    others = [one for one in PEAKS if one.id != name]
    return (*others, replace(next(one for one in PEAKS if one.id == name), **parts))


def test_what_is_the_same_differs_in_nothing():
    assert situation_changes(look(), look()) == SituationChanges()
    assert look().busy, "there is something to compare"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"severity": Severity.RESTRICTED}, (PeakPart.SEVERITY,)),
        ({"services": frozenset({"AUC-CLOCK"})}, (PeakPart.SERVICES,)),
        ({"change_types": frozenset({ChangeType.NORMAL})}, (PeakPart.KINDS,)),
        ({"daily": DailyHours(6 * 60, 7 * 60), "severity": Severity.ADVISORY}, (PeakPart.SEVERITY, PeakPart.TIMES)),
        ({"horizon_until": day("2027-02-08")}, (PeakPart.HORIZON,)),
        ({"except_on": frozenset({day("2028-02-14")})}, (PeakPart.RULE,)),
    ],
)
def test_a_peak_that_changed_is_told_by_what_of_it(parts: dict[str, object], told: tuple[PeakPart, ...]):
    found = situation_changes(look(), look(peaks=changed(VALENTINE.id, **parts)))
    [one] = found.changed_peaks
    assert (one.before.peak.id, one.parts) == (VALENTINE.id, told)
    assert replace(found, changed_peaks=()) == SituationChanges()


def test_a_peak_that_is_not_busy_then_is_gone_and_one_that_becomes_so_is_new():
    without = look(peaks=changed(VALENTINE.id, except_on=frozenset({day("2027-02-14")})))
    there_and_back = (situation_changes(look(), without).peaks, situation_changes(without, look()).peaks)
    assert [([one.peak.id for one in found.new], [one.peak.id for one in found.gone]) for found in there_and_back] == [
        ([], [VALENTINE.id]),
        ([VALENTINE.id], []),
    ]


def test_what_cannot_matter_at_that_time_is_not_told():
    """Match nights are in April, and television stands on something else."""
    elsewhere = replace(OTHER, id="W3", services=frozenset({"CDN-EAST"}))
    later = replace(OTHER, id="W4", start=wall("2027-02-09T19:00"), end=wall("2027-02-09T20:00"))
    now = look(peaks=changed(MATCH_NIGHTS.id, severity=Severity.FREEZE), committed=(OTHER, elsewhere, later))
    assert situation_changes(look(), now) == SituationChanges()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (lambda: look(committed=()), {"windows": Difference(gone=(OTHER,))}),
        (lambda: look(committed=(OTHER, replace(OTHER, id="W5"))), {"windows": Difference(new=(replace(OTHER, id="W5"),))}),
        (lambda: look(waivers=frozenset({WAIVER})), {"waivers": Difference(new=(WAIVER,))}),
        (
            lambda: look(chain=Chain(CHAIN.suppliers, (*CHAIN.requirements, need("AUC-CLOCK", "MW-ESB", "ID-SSO")))),
            {"requirements": Difference(new=(need("AUC-CLOCK", "MW-ESB", "ID-SSO"),))},
        ),
    ],
    ids=["gone window", "new window", "waiver", "requirement"],
)
def test_windows_waivers_and_requirements_come_and_go(now: Callable[[], Situation], told: dict[str, object]):
    assert situation_changes(look(), now()) == SituationChanges(**told)


def test_a_window_that_moved_is_told_as_moved():
    moved = replace(OTHER, end=wall("2027-02-09T14:00"))
    [one] = situation_changes(look(), look(committed=(moved,))).changed_windows
    assert (one.before, one.after, one.parts) == (OTHER, moved, (WindowPart.TIMES,))
    other = replace(BUS, rollback_minutes=5, type=ChangeType.EMERGENCY, impact=Impact.DEGRADED, services=frozenset({"ID-SSO"}))
    assert window_parts(BUS, other) == (WindowPart.ROLLBACK, WindowPart.SERVICES, WindowPart.TYPE, WindowPart.IMPACT)
    assert window_parts(BUS, BUS) == ()


def test_a_customer_that_leaves_a_service_is_out_of_reach_and_a_calendar_is_in_another_version():
    clockless = replace(ZONNEKROON, uses=frozenset({"AUC-REMOTE"}))
    found = situation_changes(look(calendars={"NL": "1"}), look(customers=(clockless, POLDERPOORT), calendars={"NL": "2"}))
    assert [(one.customer, one.service) for one in found.uses.gone] == [("ZONNEKROON", "AUC-CLOCK")]
    assert [(one.name, one.before, one.after) for one in found.calendars] == [("NL", "1", "2")]
    assert EVENING_WAVE.id in {one.peak.id for one in look().busy["POLDERPOORT"]}
