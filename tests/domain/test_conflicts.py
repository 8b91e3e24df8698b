"""Does a window hurt somebody at a bad moment? The check, with the cast.

Veiling Zonnekroon auctions flowers, Dierenhotel Polderpoort lets animals travel, Lichtlijn TV shows the match.
"""

from dataclasses import replace

import pytest

from app.domain.anchors import Fixed
from app.domain.peaks import DailyHours, Lead, Move, Severity, Suspension
from app.domain.result import Affected, CheckResult, Collision, CollisionKind, Note, NoteKind
from app.domain.situation import Waiver
from app.domain.verdict import Verdict
from app.domain.windows import ChangeType, Impact

from .cast import (
    CLOCK_HOURS,
    EVENING_WAVE,
    MATCH_NIGHTS,
    PEAKS,
    VALENTINE,
    ZONNEKROON,
    chain,
    checked,
    dates,
    day,
    days,
    need,
    peak,
    repeated,
    span,
    utc,
    wall,
    window,
)

CLEAR, ADVISORY, NEEDS_WAIVER, BLOCKED = Verdict
QUIET_NIGHT = ("2027-01-10T01:00", "2027-01-10T03:00")
"""A Sunday on which nobody is busy."""

EAST = window("CDN-EAST", *QUIET_NIGHT, id="east")
WEST = window("CDN-WEST", "2027-01-10T02:00", "2027-01-10T04:00", id="west")


def met(result: CheckResult) -> list[tuple[str, str]]:
    return [(one.peak, str(one.anchor)) for one in result.conflicts]


# --- peaks


def test_maintenance_of_the_message_bus_before_valentine_s_day_is_blocked_with_its_reason():
    result = checked(window("MW-ESB", "2027-02-09T13:00", "2027-02-09T15:00"))
    assert (result.verdict, result.window_verdicts) == (BLOCKED, {"W1": BLOCKED})
    [conflict] = result.conflicts
    assert (conflict.customer, conflict.peak, conflict.severity) == ("ZONNEKROON", "ZONNEKROON:valentine", Severity.FREEZE)
    assert (conflict.anchor, conflict.peak_first_day, conflict.peak_last_day) == tuple(
        map(day, ("2027-02-14", "2027-02-07", "2027-02-14"))
    )
    assert conflict.overlap == span("2027-02-09T12:00", "2027-02-09T14:00")
    assert conflict.services == ("AUC-CLOCK", "AUC-REMOTE")
    assert (conflict.occurrence_start, conflict.busy_until) == (utc("2027-02-09T12:00"), utc("2027-02-14T23:00"))
    assert (conflict.phase, conflict.effect, conflict.waived) == ("planned", BLOCKED, False)


def test_everybody_who_is_reached_is_named_with_the_way_busy_or_not():
    result = checked(window("MW-ESB", *QUIET_NIGHT))
    assert result.verdict is CLEAR
    assert result.customers == {"ZONNEKROON", "POLDERPOORT"}
    assert result.affected == (
        Affected("W1", "POLDERPOORT", "CERT-PORTAL", ("CERT-PORTAL", "CERT-ENGINE", "MW-ESB")),
        Affected("W1", "ZONNEKROON", "AUC-CLOCK", ("AUC-CLOCK", "MW-ESB")),
        Affected("W1", "ZONNEKROON", "AUC-REMOTE", ("AUC-REMOTE", "AUC-CLOCK", "MW-ESB")),
    )


@pytest.mark.parametrize(
    ("end", "verdict"), [("2027-02-07T00:00", CLEAR), ("2027-02-07T00:00:01", BLOCKED), ("2027-02-06T23:59:59", CLEAR)]
)
def test_a_window_that_touches_a_peak_is_clear_and_one_shared_second_is_not(end: str, verdict: Verdict):
    assert checked(window("MW-ESB", "2027-02-06T23:50", end)).verdict is verdict


@pytest.mark.parametrize(("start", "verdict"), [("2027-02-15T00:00", CLEAR), ("2027-02-14T23:59:59", BLOCKED)])
def test_a_window_may_start_the_second_a_peak_ends(start: str, verdict: Verdict):
    assert checked(window("MW-ESB", start, "2027-02-15T02:00")).verdict is verdict


@pytest.mark.parametrize(
    ("end", "rollback", "phase"),
    [("2027-01-11T04:00", 15, "rollback"), ("2027-01-11T04:10", 0, "planned"), ("2027-01-11T04:10", 15, "planned+rollback")],
)
def test_the_rollback_reserve_counts_in_full_and_the_phase_tells_it(end: str, rollback: int, phase: str):
    result = checked(window("MW-ESB", "2027-01-11T02:00", end, rollback_minutes=rollback))
    assert result.verdict is NEEDS_WAIVER
    assert [one.phase for one in result.conflicts] == [phase]


def test_a_rollback_reserve_that_touches_a_peak_is_clear():
    assert checked(window("MW-ESB", "2027-01-11T02:00", "2027-01-11T03:30", rollback_minutes=30)).verdict is CLEAR


def test_an_emergency_counts_one_step_lower():
    """The night of the certificate engine: repaired in the evening wave of the animal hotel."""
    repair = window("CERT-ENGINE", "2026-11-12T20:30", "2026-11-13T01:00")
    assert checked(repair).verdict is NEEDS_WAIVER
    emergency = checked(replace(repair, type=ChangeType.EMERGENCY))
    assert emergency.verdict is ADVISORY
    assert met(emergency) == [("POLDERPOORT:evening-wave", "2026-11-12")]
    assert emergency.conflicts[0].overlap == span("2026-11-12T19:30", "2026-11-12T22:30")


def test_a_peak_is_only_about_the_services_in_its_scope():
    """Sign-on stops buying at a distance, not the clock."""
    morning = window("ID-SSO", "2027-01-12T05:00", "2027-01-12T05:30")
    assert {one.customer for one in checked(morning).affected} == {"ZONNEKROON", "POLDERPOORT"}
    assert met(checked(morning)) == []
    whole = replace(CLOCK_HOURS, services=None)
    assert met(checked(morning, peaks=(whole,))) == [("ZONNEKROON:clock-hours", "2027-01-12")]
    assert met(checked(morning, peaks=(replace(CLOCK_HOURS, services=frozenset()),))) == []


@pytest.mark.parametrize(
    ("types", "verdicts"),
    [
        (None, [BLOCKED, BLOCKED, NEEDS_WAIVER]),
        ({ChangeType.NORMAL}, [BLOCKED, CLEAR, CLEAR]),
        ({ChangeType.STANDARD, ChangeType.EMERGENCY}, [CLEAR, BLOCKED, NEEDS_WAIVER]),
        (set(), [CLEAR, CLEAR, CLEAR]),
    ],
)
def test_a_peak_may_be_only_about_changes_of_some_types(types: set[ChangeType] | None, verdicts: list[Verdict]):
    freeze = replace(VALENTINE, change_types=types if types is None else frozenset(types))
    nights = [window("MW-ESB", "2027-02-09T01:00", "2027-02-09T03:00", type=one) for one in ChangeType]
    assert [checked(night, peaks=(freeze,)).verdict for night in nights] == verdicts


@pytest.mark.parametrize(("impact", "verdict"), [(Impact.OUTAGE, BLOCKED), (Impact.NO_IMPACT, CLEAR), (None, BLOCKED)])
def test_a_peak_may_be_only_about_some_impacts_and_what_nobody_declared_is_not_free(impact: Impact | None, verdict: Verdict):
    freeze = replace(VALENTINE, impacts=frozenset({Impact.OUTAGE, Impact.DEGRADED}))
    night = window("MW-ESB", "2027-02-09T01:00", "2027-02-09T03:00", impact=impact)
    assert checked(night, peaks=(freeze,)).verdict is verdict
    assert checked(night, peaks=(VALENTINE,)).verdict is BLOCKED


def test_the_horizon_of_a_peak_that_is_not_about_the_window_is_nobody_s_concern():
    late = window("TV-LIVE", "2027-07-01T01:00", "2027-07-01T02:00")
    only_emergencies = replace(MATCH_NIGHTS, change_types=frozenset({ChangeType.EMERGENCY}))
    assert [one.kind for one in checked(late).notes] == [NoteKind.CALENDAR_HORIZON]
    assert checked(late, peaks=(only_emergencies,)).notes == ()
    assert len(checked(replace(late, type=ChangeType.EMERGENCY), peaks=(only_emergencies,)).notes) == 1


def test_a_freeze_that_is_suspended_until_the_tenth_is_in_the_way_again_from_the_eleventh():
    freeze = replace(VALENTINE, suspended=frozenset({Suspension(day("2027-02-01"), day("2027-02-10"))}))
    assert checked(window("MW-ESB", "2027-02-10T22:00", "2027-02-11T00:00"), peaks=(freeze,)).verdict is CLEAR
    late = checked(window("MW-ESB", "2027-02-10T22:00", "2027-02-11T00:00:01"), peaks=(freeze,))
    assert late.verdict is BLOCKED
    assert late.conflicts[0].overlap == span("2027-02-10T23:00", "2027-02-10T23:00:01")


def test_a_date_that_was_moved_is_met_where_it_is_now():
    moved = replace(VALENTINE, lead=Lead(), moved=frozenset({Move(day("2027-02-14"), day("2027-02-21"))}))
    assert met(checked(window("MW-ESB", "2027-02-14T03:00", "2027-02-14T04:00"), peaks=(moved,))) == []
    found = met(checked(window("MW-ESB", "2027-02-21T03:00", "2027-02-21T04:00"), peaks=(moved,)))
    assert found == [("ZONNEKROON:valentine", "2027-02-21")]


def test_a_window_is_not_blamed_for_what_another_window_breaks():
    """The second database takes over; it is the message bus that stops the clock."""
    database = window("DB-AUC-1", "2027-02-09T13:00", "2027-02-09T15:00", id="database")
    bus = window("MW-ESB", "2027-02-09T13:00", "2027-02-09T15:00", id="bus")
    result = checked(database, committed=(bus,))
    assert (result.verdict, result.affected, result.conflicts) == (CLEAR, (), ())
    assert checked(database, bus).window_verdicts == {"database": CLEAR, "bus": BLOCKED}


def test_every_occurrence_of_a_series_meets_peaks_of_its_own():
    weekly = window("MW-ESB", "2027-02-01T13:00", "2027-02-01T15:00", series=repeated("FREQ=WEEKLY;COUNT=3"))
    result = checked(weekly)
    assert [one.occurrence_start for one in result.conflicts] == [utc("2027-02-08T12:00")]
    nightly = checked(window("MW-ESB", "2027-02-08T13:00", "2027-02-08T15:00", series=repeated("FREQ=DAILY;COUNT=3")))
    assert [one.occurrence_start for one in nightly.conflicts] == [utc(f"2027-02-{day:02}T12:00") for day in (8, 9, 10)]
    assert {one.anchor for one in nightly.conflicts} == {day("2027-02-14")}


def test_different_anchors_do_not_merge_even_where_they_touch():
    around_the_clock = replace(EVENING_WAVE, daily=None)
    result = checked(window("CERT-ENGINE", "2027-01-10T22:00", "2027-01-11T02:00"), peaks=(around_the_clock,))
    assert [one.overlap for one in result.conflicts] == [
        span("2027-01-10T21:00", "2027-01-10T23:00"),
        span("2027-01-10T23:00", "2027-01-11T01:00"),
    ]


def test_touching_segments_of_one_anchor_are_one_conflict_and_a_pause_makes_two():
    two_days = replace(VALENTINE, lead=Lead(before=1), daily=DailyHours(0, 1440))
    long = window("MW-ESB", "2027-02-13T22:00", "2027-02-14T06:00")
    assert [one.overlap for one in checked(long, peaks=(two_days,)).conflicts] == [span("2027-02-13T21:00", "2027-02-14T05:00")]
    mornings = replace(two_days, daily=DailyHours(4 * 60, 23 * 60))
    assert len(checked(long, peaks=(mornings,)).conflicts) == 2


def test_a_busy_stretch_ends_with_the_hours_that_are_met():
    mornings = replace(VALENTINE, daily=DailyHours(4 * 60, 11 * 60))
    [conflict] = checked(window("MW-ESB", "2027-02-09T06:00", "2027-02-09T07:00"), peaks=(mornings,)).conflicts
    assert conflict.busy_until == utc("2027-02-09T10:00")
    all_day = replace(VALENTINE, lead=Lead(before=1), daily=DailyHours(0, 1440))
    [conflict] = checked(window("MW-ESB", "2027-02-13T22:00", "2027-02-14T02:00"), peaks=(all_day,)).conflicts
    assert conflict.busy_until == utc("2027-02-14T23:00")


def test_each_of_two_conflicts_names_the_services_of_its_own_time():
    """The clock is stopped on the second morning only, when the second database is away too."""
    mornings = replace(VALENTINE, daily=DailyHours(4 * 60, 11 * 60))
    first = window("ID-SSO DB-AUC-1", "2027-02-09T10:00", "2027-02-10T05:00", id="first")
    second = window("DB-AUC-2", "2027-02-10T04:00", "2027-02-10T05:00", id="second")
    found = [one for one in checked(first, second, peaks=(mornings,)).conflicts if one.window == "first"]
    assert [one.services for one in found] == [("AUC-REMOTE",), ("AUC-CLOCK", "AUC-REMOTE")]


def test_a_busy_stretch_ends_where_nothing_of_the_peak_follows_on_it():
    two_days = replace(VALENTINE, lead=Lead(before=1), daily=DailyHours(0, 1440))
    [conflict] = checked(window("MW-ESB", "2027-02-13T10:00", "2027-02-13T12:00"), peaks=(two_days,)).conflicts
    assert conflict.busy_until == utc("2027-02-14T23:00")


def test_a_conflict_lasts_on_while_more_goes_down_and_names_all_of_it():
    """Buying at a distance is stopped all evening, the clock while the second database is away as well."""
    sunday = peak(ZONNEKROON, "sunday", dates("2027-01-10"))
    first = window("ID-SSO DB-AUC-1", "2027-01-10T18:00", "2027-01-10T19:00", id="first")
    second = window("DB-AUC-2", "2027-01-10T18:20", "2027-01-10T18:40", id="second")
    found = {one.window: one for one in checked(first, second, peaks=(sunday,)).conflicts}
    assert found["first"].overlap == span("2027-01-10T17:00", "2027-01-10T18:00")
    assert found["second"].overlap == span("2027-01-10T17:20", "2027-01-10T17:40")
    assert found["first"].services == found["second"].services == ("AUC-CLOCK", "AUC-REMOTE")


def test_two_dates_of_one_peak_that_begin_together_are_one_conflict():
    fair = peak(ZONNEKROON, "fair", dates("2027-02-14", "2027-02-14/2027-02-16"))
    result = checked(window("MW-ESB", "2027-02-14T23:00", "2027-02-15T02:00"), peaks=(fair,))
    assert [(str(one.anchor), one.overlap) for one in result.conflicts] == [
        ("2027-02-14", span("2027-02-14T22:00", "2027-02-15T01:00"))
    ]


# --- waivers

EVENING = window("CERT-ENGINE", "2027-01-10T22:00", "2027-01-10T23:00")
CONSENT = Waiver("W1", "POLDERPOORT", "POLDERPOORT:evening-wave", day("2027-01-10"))


def test_a_waiver_for_exactly_this_window_and_occurrence_turns_needs_waiver_into_advisory():
    assert checked(EVENING).verdict is NEEDS_WAIVER
    result = checked(EVENING, waivers=(CONSENT,))
    assert (result.verdict, result.conflicts[0].waived) == (ADVISORY, True)


@pytest.mark.parametrize(
    "other",
    [
        replace(CONSENT, window="W2"),
        replace(CONSENT, customer="ZONNEKROON"),
        replace(CONSENT, peak="POLDERPOORT:other"),
        replace(CONSENT, anchor=day("2027-01-11")),
    ],
)
def test_a_waiver_for_anything_else_changes_nothing(other: Waiver):
    result = checked(EVENING, waivers=(other,))
    assert (result.verdict, result.conflicts[0].waived) == (NEEDS_WAIVER, False)


def test_a_waiver_never_lifts_a_freeze_but_for_an_emergency():
    consent = Waiver("W1", "ZONNEKROON", "ZONNEKROON:valentine", day("2027-02-14"))
    bus = window("MW-ESB", "2027-02-09T13:00", "2027-02-09T15:00")
    assert checked(bus, waivers=(consent,)).verdict is BLOCKED
    assert checked(replace(bus, type=ChangeType.STANDARD), waivers=(consent,)).verdict is BLOCKED
    assert checked(replace(bus, type=ChangeType.EMERGENCY)).verdict is NEEDS_WAIVER
    assert checked(replace(bus, type=ChangeType.EMERGENCY), waivers=(consent,)).verdict is ADVISORY


def test_a_date_that_the_customer_took_out_of_the_calendar_is_free():
    bus = window("MW-ESB", "2027-02-09T13:00", "2027-02-09T15:00")
    assert checked(bus, peaks=(VALENTINE,)).verdict is BLOCKED
    assert checked(bus, peaks=(replace(VALENTINE, except_on=days("2027-02-14")),)).verdict is CLEAR


# --- collisions


def test_one_of_two_networks_alone_is_clear_and_a_note_tells_that_the_spare_is_gone():
    result = checked(EAST)
    assert (result.verdict, result.affected, result.collisions) == (CLEAR, (), ())
    assert result.notes == (
        Note(NoteKind.NO_CUSTOMER_AFFECTED, "east"),
        Note(NoteKind.REDUCED_REDUNDANCY, "east", "LICHTLIJN", "TV-LIVE"),
    )


def test_two_windows_that_are_harmless_alone_and_cut_a_pair_together_need_a_waiver_even_outside_peaks():
    result = checked(EAST, WEST)
    assert result.verdict is NEEDS_WAIVER
    assert result.window_verdicts == {"east": NEEDS_WAIVER, "west": NEEDS_WAIVER}
    assert result.collisions == (
        Collision(
            CollisionKind.REDUNDANCY_LOSS,
            ("east", "west"),
            ("TV-LIVE",),
            ("LICHTLIJN",),
            span("2027-01-10T01:00", "2027-01-10T02:00"),
            NEEDS_WAIVER,
        ),
    )
    assert [(one.window, one.path) for one in result.affected] == [
        ("east", ("TV-LIVE", "CDN-EAST")),
        ("west", ("TV-LIVE", "CDN-WEST")),
    ]


def test_a_spare_that_is_missed_all_along_is_a_loss_and_not_a_reduction():
    result = checked(EAST, replace(WEST, start=EAST.start, end=EAST.end))
    assert [one.kind for one in result.collisions] == [CollisionKind.REDUNDANCY_LOSS]
    assert result.notes == ()


@pytest.mark.parametrize(
    ("until", "ways"),
    [("03:00", [("TV-LIVE", "CDN-EAST")]), ("04:00", [("TV-LIVE", "CDN-EAST"), ("TV-LIVE", "MIX", "CDN-EAST")])],
)
def test_company_opens_a_shorter_way_for_as_long_as_it_lasts(until: str, ways: list[tuple[str, ...]]):
    """TV-LIVE needs one of two networks, and a mixer that stands on the eastern one anyway."""
    mixed = chain(need("TV-LIVE", "CDN-EAST", "CDN-WEST"), need("TV-LIVE", "MIX"), need("MIX", "CDN-EAST"))
    east = replace(EAST, end=wall(f"2027-01-10T{until}"))
    west = window("CDN-WEST", "2027-01-10T01:00", "2027-01-10T03:00", id="west")
    found = checked(east, committed=(west,), chain=mixed).affected
    assert sorted(one.path for one in found) == ways


def test_a_lost_spare_is_told_once_for_as_long_as_the_same_windows_cause_it():
    """Both cores are away for two hours; in the second the bus stops the clock anyhow, the television still misses a spare."""
    core_a = window("NET-CORE-A", "2027-01-10T01:00", "2027-01-10T03:00", id="core-a")
    core_b = window("NET-CORE-B", "2027-01-10T01:00", "2027-01-10T03:00", id="core-b")
    bus = window("MW-ESB", "2027-01-10T02:00", "2027-01-10T03:00", id="bus")
    lost = [one for one in checked(core_a, core_b, bus).collisions if one.kind is CollisionKind.REDUNDANCY_LOSS]
    assert [(one.windows, one.services) for one in lost] == [(("core-a", "core-b"), ("AUC-CLOCK", "AUC-REMOTE", "TV-LIVE"))]
    assert lost[0].span == span("2027-01-10T00:00", "2027-01-10T02:00")


def test_each_of_two_losses_names_the_services_of_its_own_time():
    """On the second night the bus stops the clock anyhow, and only the television misses a spare."""
    nights = repeated("FREQ=DAILY;COUNT=2")
    core_a = window("NET-CORE-A", "2027-01-10T01:00", "2027-01-10T03:00", id="core-a", series=nights)
    core_b = window("NET-CORE-B", "2027-01-10T01:00", "2027-01-10T03:00", id="core-b", series=nights)
    bus = window("MW-ESB", "2027-01-11T01:00", "2027-01-11T03:00", id="bus")
    lost = [one for one in checked(core_a, core_b, bus).collisions if one.kind is CollisionKind.REDUNDANCY_LOSS]
    assert [one.services for one in lost] == [("AUC-CLOCK", "AUC-REMOTE", "TV-LIVE"), ("TV-LIVE",)]


def test_a_committed_window_collides_like_a_proposed_one_and_gets_no_verdict():
    result = checked(EAST, committed=(WEST,))
    assert (result.verdict, result.window_verdicts) == (NEEDS_WAIVER, {"east": NEEDS_WAIVER})
    assert [one.window for one in result.affected] == ["east"]


def test_what_two_committed_windows_do_to_each_other_is_not_reported():
    elsewhere = window("MW-ESB", *QUIET_NIGHT)
    result = checked(elsewhere, committed=(EAST, WEST))
    assert result.collisions == ()
    assert {one.customer for one in result.affected} == {"ZONNEKROON", "POLDERPOORT"}


def test_windows_that_only_touch_do_not_collide():
    later = replace(WEST, start=EAST.end)
    assert checked(EAST, later).verdict is CLEAR
    assert checked(replace(EAST, rollback_minutes=1), later).verdict is NEEDS_WAIVER


@pytest.mark.parametrize(
    ("types", "verdict"),
    [(("emergency", "emergency"), ADVISORY), (("emergency", "normal"), NEEDS_WAIVER), (("normal", "standard"), NEEDS_WAIVER)],
)
def test_a_lost_spare_is_advisory_only_when_every_proposed_window_is_an_emergency(types: tuple[str, str], verdict: Verdict):
    east, west = (replace(one, type=ChangeType(kind)) for one, kind in zip((EAST, WEST), types, strict=True))
    assert checked(east, west).verdict is verdict
    assert checked(east, committed=(west,)).verdict is (ADVISORY if types[0] == "emergency" else NEEDS_WAIVER)


def test_two_windows_on_one_service_collide_on_it():
    twice = replace(EAST, id="again")
    [collision] = checked(EAST, twice).collisions
    assert (collision.kind, collision.windows, collision.effect) == (CollisionKind.SAME_SERVICE, ("again", "east"), ADVISORY)
    assert (collision.services, collision.customers) == (("CDN-EAST",), ())


def test_two_windows_that_each_stop_the_same_used_service_collide_on_its_chain():
    bus, sign_on = window("MW-ESB", *QUIET_NIGHT, id="bus"), window("ID-SSO", *QUIET_NIGHT, id="sign-on")
    [collision] = checked(bus, sign_on).collisions
    assert (collision.kind, collision.effect) == (CollisionKind.SAME_CHAIN, ADVISORY)
    assert collision.services == ("AUC-REMOTE", "CERT-PORTAL")
    assert collision.customers == ("POLDERPOORT", "ZONNEKROON")


def test_a_window_that_is_checked_again_is_not_met_with_itself():
    assert checked(EAST, committed=(EAST,)).collisions == ()


def test_a_window_that_was_moved_is_only_where_it_is_now():
    moved = replace(EAST, start=wall("2027-01-10T02:00"), end=wall("2027-01-10T04:00"))
    other = window("CDN-EAST", "2027-01-10T01:30", "2027-01-10T02:30", id="other")
    result = checked(moved, committed=(EAST, other))
    assert [one.span for one in result.collisions] == [span("2027-01-10T01:00", "2027-01-10T01:30")]


# --- notes


def test_a_window_that_reaches_nobody_says_so():
    result = checked(window("LAB-TEST", "2027-02-09T13:00", "2027-02-09T15:00"))
    assert (result.verdict, result.affected) == (CLEAR, ())
    assert result.notes == (Note(NoteKind.NO_CUSTOMER_AFFECTED, "W1"),)


def test_beyond_the_last_known_match_the_calendar_is_unknown_and_not_free():
    both = ("CDN-EAST CDN-WEST", "2027-06-30T22:00")
    assert checked(window(*both, "2027-07-01T00:00")).notes == ()
    late = checked(window(*both, "2027-07-01T00:00:01"))
    assert (late.verdict, late.notes) == (
        CLEAR,
        (Note(NoteKind.CALENDAR_HORIZON, "W1", "LICHTLIJN", peak="LICHTLIJN:match-nights"),),
    )


def test_the_horizon_of_a_customer_who_is_not_reached_is_nobody_s_concern():
    assert checked(window("ID-SSO", "2027-07-10T01:00", "2027-07-10T02:00")).notes == ()


def test_a_match_night_ends_at_midnight():
    assert checked(window("TV-LIVE", "2027-04-27T23:59", "2027-04-28T03:00")).verdict is BLOCKED
    assert checked(window("TV-LIVE", "2027-04-28T00:00", "2027-04-28T03:00")).verdict is CLEAR


# --- the whole


def test_a_series_of_which_nothing_is_left_is_clear_and_reaches_nobody():
    series = repeated("FREQ=DAILY;COUNT=1", except_on=days("2027-02-09"))
    result = checked(window("MW-ESB", "2027-02-09T13:00", "2027-02-09T15:00", series=series))
    assert (result.verdict, result.notes) == (CLEAR, (Note(NoteKind.NO_CUSTOMER_AFFECTED, "W1"),))


def test_the_verdict_is_that_of_the_worst_window():
    bus = window("MW-ESB", "2027-02-09T13:00", "2027-02-09T15:00", id="bus")
    result = checked(EAST, bus)
    assert result.window_verdicts == {"east": CLEAR, "bus": BLOCKED}
    assert result.verdict is BLOCKED


def test_an_advisory_peak_advises():
    mild = replace(VALENTINE, severity=Severity.ADVISORY)
    assert checked(window("MW-ESB", "2027-02-09T13:00", "2027-02-09T15:00"), peaks=(mild,)).verdict is ADVISORY


def test_a_customer_with_no_peaks_is_reached_and_never_in_conflict():
    result = checked(window("TV-LIVE", "2027-04-27T20:00", "2027-04-27T22:00"), peaks=(VALENTINE,))
    assert (result.verdict, result.customers) == (CLEAR, {"LICHTLIJN"})


def test_the_same_windows_in_another_order_give_the_same_findings():
    lab = window("LAB-TEST", *QUIET_NIGHT, id="a-lab")
    one, other = checked(EAST, WEST, lab), checked(lab, WEST, EAST, peaks=PEAKS[::-1])
    assert (one.affected, one.conflicts, one.collisions) == (other.affected, other.conflicts, other.collisions)
    assert (one.verdict, one.window_verdicts) == (other.verdict, other.window_verdicts)
    assert set(one.notes) == set(other.notes)


def test_findings_stand_in_a_fixed_order():
    """A busy fortnight of five windows, so that no order comes about by chance."""
    nightly = repeated("FREQ=DAILY;COUNT=14")
    services = ("MW-ESB", "ID-SSO", "CDN-EAST CDN-WEST", "NET-CORE-A NET-CORE-B", "CERT-ENGINE")
    night = ("2027-02-03T21:00", "2027-02-04T05:00")
    result = checked(*(window(each, *night, id=f"W{number}", series=nightly) for number, each in enumerate(services)))
    assert len(result.conflicts) > 50
    assert len(result.collisions) > 50
    assert list(result.affected) == sorted(result.affected)
    assert list(result.conflicts) == sorted(
        result.conflicts, key=lambda one: (one.window, one.overlap, one.customer, one.peak, one.anchor)
    )
    assert list(result.collisions) == sorted(result.collisions, key=lambda one: (one.span, one.windows, one.kind, one.services))
    assert all(list(one.services) == sorted(one.services) for one in (*result.conflicts, *result.collisions))
    assert all(list(one.customers) == sorted(one.customers) for one in result.collisions)


def test_the_same_windows_in_another_order_give_the_same_answer():
    lab = window("LAB-TEST", *QUIET_NIGHT, id="a-lab")
    assert checked(EAST, WEST, lab) == checked(lab, WEST, EAST)


def test_a_peak_of_new_year_s_eve_is_met_in_the_new_year():
    party = replace(MATCH_NIGHTS, rule=Fixed(12, 31), daily=DailyHours(20 * 60, 3 * 60), horizon_until=None)
    result = checked(window("TV-LIVE", "2028-01-01T02:00", "2028-01-01T05:00"), peaks=(party,))
    assert [(str(one.anchor), one.overlap) for one in result.conflicts] == [
        ("2027-12-31", span("2028-01-01T01:00", "2028-01-01T02:00"))
    ]
