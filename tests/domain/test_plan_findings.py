"""Agreed slots, the end of support and people who are needed twice: what a plan says of itself."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.domain.agreed_slots import AgreedSlot, Agreement
from app.domain.cover import Expert
from app.domain.peaks import DailyHours
from app.domain.plan_findings import FindingKind, shared_experts, slot_findings, support_findings
from app.domain.register import Name, Service
from app.domain.situation import dated
from app.domain.spans import Span
from app.domain.walltime import rule_instant
from app.domain.windows import ChangeType, Series, Window

ZONE = "Europe/Amsterdam"
SUNDAY_NIGHTS = AgreedSlot("FREQ=WEEKLY;BYDAY=SU", DailyHours(2 * 60, 6 * 60), ZONE, date(2026, 1, 4))
CLOSED = Agreement("ESB", is_closed_outside=True, slots=(SUNDAY_NIGHTS,))


def at(wall: str) -> int:
    return rule_instant(datetime.fromisoformat(wall), ZONE)


def window(
    start: str, end: str, services: str = "ESB", key: str = "W-1", rollback: int = 0, series: Series | None = None
) -> Window:
    return Window(
        id=key,
        supplier="BRUG",
        services=frozenset(services.split()),
        type=ChangeType.NORMAL,
        zone=ZONE,
        start=datetime.fromisoformat(start),
        end=datetime.fromisoformat(end),
        rollback_minutes=rollback,
        series=series,
    )


def expert(key: str, services: str, *away: tuple[str, str]) -> Expert:
    return Expert(key, frozenset(services.split()), tuple(Span(at(first), at(last)) for first, last in away))


# --- agreed slots


@pytest.mark.parametrize(
    ("start", "end", "rollback", "kind", "gap"),
    [
        ("2027-01-10T02:00", "2027-01-10T06:00", 0, None, None),
        ("2027-01-10T02:00", "2027-01-10T05:00", 60, None, None),
        ("2027-01-10T02:00", "2027-01-10T05:00", 61, "leaves_slot", ("2027-01-10T06:00", "2027-01-10T06:01")),
        ("2027-01-10T01:59", "2027-01-10T05:00", 0, "outside_slots", ("2027-01-10T01:59", "2027-01-10T02:00")),
        ("2027-01-11T02:00", "2027-01-11T03:00", 0, "outside_slots", ("2027-01-11T02:00", "2027-01-11T03:00")),
    ],
)
def test_a_window_outside_its_slots_or_out_of_one_is_told(
    start: str, end: str, rollback: int, kind: str | None, gap: tuple[str, str] | None
) -> None:
    found = slot_findings(window(start, end, rollback=rollback), [CLOSED])
    assert [(one.kind, one.service, one.span) for one in found] == (
        [(FindingKind(kind), "ESB", Span(at(gap[0]), at(gap[1])))] if kind and gap else []
    )


def test_a_service_that_is_open_by_default_has_no_outside() -> None:
    assert slot_findings(window("2027-01-11T02:00", "2027-01-11T03:00"), [replace(CLOSED, is_closed_outside=False)]) == []


def test_of_a_series_the_first_time_is_told_and_how_many_there_are() -> None:
    daily = window("2027-01-09T02:00", "2027-01-09T03:00", series=Series("FREQ=DAILY;COUNT=9"))
    [found] = slot_findings(daily, [CLOSED])
    assert (found.kind, found.times, found.span.start) == (FindingKind.OUTSIDE_SLOTS, 7, at("2027-01-09T02:00"))


# --- the end of support


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-06-30", None),
        ("2026-07-01", "support_ends"),
        ("2027-06-30", "support_ends"),
        ("2027-07-01", "support_ended"),
    ],
)
def test_support_is_told_of_from_a_year_before_it_ends(day: str, kind: str | None) -> None:
    engine = Service("ESB", "BRUG", Name("Bus", "Bus"), supported_until=date(2027, 6, 30), successor="version 2")
    lasting = Service("API", "BRUG", Name("API", "API"))
    found = support_findings(window(f"{day}T23:00", f"{day}T23:30"), [engine, lasting])
    assert [(one.kind, one.service, one.successor) for one in found] == ([(FindingKind(kind), "ESB", "version 2")] if kind else [])


# --- people who are needed twice

ONE = window("2027-01-10T02:00", "2027-01-10T04:00", "ESB", "W-1")
OTHER = window("2027-01-10T03:00", "2027-01-10T05:00", "API", "W-2")
BOTH = Span(at("2027-01-10T03:00"), at("2027-01-10T04:00"))


@pytest.mark.parametrize(
    ("people", "span"),
    [
        ([expert("a", "ESB API")], BOTH),
        ([expert("a", "ESB API"), expert("b", "ESB API")], None),
        ([expert("a", "ESB API"), expert("b", "ESB")], None),
        ([expert("a", "ESB"), expert("b", "API")], None),
        ([expert("a", "ESB")], None),  # nobody for the other: a gap in its own cover
        (
            [expert("a", "ESB API"), expert("b", "ESB API", ("2027-01-10T03:30", "2027-01-11T00:00"))],
            Span(at("2027-01-10T03:30"), at("2027-01-10T04:00")),
        ),
    ],
)
def test_nobody_is_on_two_bridges_at_once(people: list[Expert], span: Span | None) -> None:
    found = shared_experts(ONE, [OTHER], people, {})
    assert [(one.other, one.span) for one in found] == ([("W-2", span)] if span else [])


def test_on_one_bridge_a_person_counts_for_each_service_he_knows() -> None:
    two_services = window("2027-01-10T02:00", "2027-01-10T04:00", "ESB API")
    assert shared_experts(two_services, [OTHER], [expert("a", "ESB API"), expert("b", "API")], {}) == []


def test_a_service_that_needs_two_people_leaves_none_for_another() -> None:
    people = [expert("a", "ESB API"), expert("b", "ESB API")]
    assert [one.span for one in shared_experts(ONE, [OTHER], people, {"ESB": 2})] == [BOTH]


def test_windows_that_only_touch_need_nobody_twice() -> None:
    later = window("2027-01-10T04:00", "2027-01-10T05:00", "API", "W-2")
    assert dated(ONE).occurrences[0].exposed.end == dated(later).occurrences[0].exposed.start
    assert shared_experts(ONE, [later], [expert("a", "ESB API")], {}) == []
