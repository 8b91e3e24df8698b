"""The written form: what is read, what is written back, and the field and code of each way to get it wrong."""

import copy
import json
from contextlib import suppress
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anchors import Anchor, Dates, Fixed, Weekday, WeekdayFrom
from app.domain.conflicts import check
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.instants import write_instant
from app.domain.notation.results import write_result
from app.domain.notation.rules import clock, read_peak, read_rule, write_peak
from app.domain.notation.windows import read_window, write_window
from app.domain.notation.worlds import read_case
from app.domain.peaks import DailyHours, Lead, Move, Severity, Suspension
from app.domain.refusal import NotFound, Problem, Refusal
from app.domain.windows import ChangeType, Impact, window_occurrences

from .cast import CLOCK_HOURS, EVENING_WAVE, MATCH_NIGHTS, VALENTINE, day, days, repeated, utc, wall, window
from .examples import examples
from .test_occurrences import peaks
from .worlds import cases

PEAK = {
    "id": "valentine",
    "customer": "ZONNEKROON",
    "services": None,
    "severity": "freeze",
    "tz": "Europe/Amsterdam",
    "rule": {"type": "fixed", "month": 2, "day": 14},
    "lead_in_days": 7,
    "lead_out_days": 0,
    "daily": {"start": "04:00", "end": "24:00"},
    "valid_from": "2027-01-01",
    "exdates": ["2028-02-14"],
}
WINDOW = {
    "id": "W1",
    "supplier": "BRUG",
    "services": ["MW-ESB"],
    "type": "standard",
    "tz": "Europe/Amsterdam",
    "start": "2027-02-13T01:00",
    "end": "2027-02-13T03:00",
    "rollback_minutes": 30,
    "rrule": "FREQ=DAILY;COUNT=2",
    "exdates": ["2027-02-14"],
}
CASE = {
    "world": {
        "services": [{"id": "MW-ESB", "supplier": "BRUG"}, {"id": "AUC-CLOCK", "supplier": "ATELIER"}],
        "dependencies": [{"service": "AUC-CLOCK", "members": ["MW-ESB"], "min": 1}],
        "customers": [{"id": "ZONNEKROON", "uses": ["AUC-CLOCK"]}],
        "peaks": [PEAK],
        "committed_windows": [WINDOW | {"id": "K1"}],
        "waivers": [{"window": "W1", "customer": "ZONNEKROON", "rule": "valentine", "anchor": "2027-02-14", "status": "granted"}],
    },
    "proposed": [WINDOW],
}


def changed(written: dict, path: str, value: object) -> dict:
    """The same with one field set, or left out for `...`."""
    found = copy.deepcopy(written)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    inner = found
    for part in way:
        inner = inner[part]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return found


def problem(read: object, written: object) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        read(written)
    return refusal.value.problems[0].field, refusal.value.code


# --- what is read


def test_a_peak_is_read_into_a_value():
    peak = read_peak(PEAK)
    assert (peak.id, peak.customer, peak.severity, peak.zone) == ("valentine", "ZONNEKROON", Severity.FREEZE, "Europe/Amsterdam")
    assert (peak.rule, peak.lead, peak.daily) == (Fixed(2, 14), Lead(7, 0), DailyHours(240, 1440))
    assert (peak.valid_from, peak.valid_until, peak.except_on) == (day("2027-01-01"), None, days("2028-02-14"))
    assert (peak.services, peak.enabled, peak.horizon_until) == (None, True, None)


def test_a_peak_of_a_known_customer_need_not_name_one_nor_a_severity():
    bare = {"id": "P", "tz": "UTC", "rule": {"type": "easter"}}
    assert (read_peak(bare, customer="LICHTLIJN").customer, read_peak(bare, customer="LICHTLIJN").severity) == (
        "LICHTLIJN",
        "advisory",
    )
    assert problem(read_peak, bare) == ("customer", "missing_field")


def test_working_day_leads_name_their_calendar():
    assert read_peak(PEAK | {"lead_unit": "working_days", "lead_calendar": "TARGET"}).lead == Lead(7, 0, "TARGET")
    assert read_peak(PEAK | {"lead_unit": "days", "lead_calendar": "TARGET"}).lead == Lead(7, 0)


def test_no_scope_is_every_service_and_an_empty_one_is_none():
    assert read_peak(changed(PEAK, "services", ...)).services is None
    assert read_peak(PEAK | {"services": []}).services == frozenset()


def test_a_window_is_read_into_a_value():
    read = read_window(WINDOW)
    assert (read.id, read.supplier, read.services, read.type) == ("W1", "BRUG", {"MW-ESB"}, ChangeType.STANDARD)
    assert (read.start, read.end, read.rollback_minutes) == (wall("2027-02-13T01:00"), wall("2027-02-13T03:00"), 30)
    assert read.series == repeated("FREQ=DAILY;COUNT=2", except_on=days("2027-02-14"))


def test_a_window_is_normal_without_reserve_and_single_unless_it_says_otherwise():
    bare = {name: WINDOW[name] for name in ("id", "supplier", "services", "tz", "start", "end")}
    read = read_window(bare)
    assert (read.type, read.rollback_minutes, read.series, read.start_fold) == (ChangeType.NORMAL, 0, None, None)
    assert read_window(bare | {"start_fold": 1}).start_fold == 1


def test_an_exception_without_a_repetition_takes_the_only_night_out():
    single = {name: value for name, value in WINDOW.items() if name != "rrule"}
    assert window_occurrences(read_window(single | {"exdates": ["2027-02-13"]})) == ()
    assert read_window(single | {"exdates": [], "rdates": []}).series is None


@pytest.mark.parametrize("name", ["id", "rollback_minutes", "start"])
def test_a_number_too_long_to_be_written_is_refused_like_any_other(name: str):
    with pytest.raises(Refusal) as refusal:
        read_window(WINDOW | {name: 10**5000})
    assert refusal.value.problems[0].field == name


def test_a_clock_is_written_in_ascii_digits():
    with pytest.raises(Refusal) as refusal:
        read_peak(PEAK | {"daily": {"start": "٠٤:٠٠", "end": "24:00"}})
    assert refusal.value.problems[0].field == "daily.start"


def test_dates_and_ranges_are_read_in_order_and_once():
    rule = read_rule({"type": "dates", "dates": ["2027-05-01", ["2027-02-08", "2027-02-12"], "2027-05-01"]})
    assert rule == Dates((Anchor(day("2027-02-08"), day("2027-02-12")), Anchor(day("2027-05-01"))))


def test_a_list_without_dates_falls_never():
    assert read_rule({"type": "dates", "dates": []}) == read_rule({"type": "dates"}) == Dates(())


def test_only_a_granted_waiver_counts():
    assert len(read_case(CASE)[0].waivers) == 1
    assert read_case(changed(CASE, "world.waivers.0.status", "refused"))[0].waivers == frozenset()


def test_fields_that_only_describe_a_peak_or_a_window_are_left_to_others():
    assert read_peak(PEAK | {"name_nl": "Valentijn"}) == read_peak(PEAK)
    assert read_window(WINDOW | {"title": "Patch"}) == read_window(WINDOW)


def test_numbers_are_fine_as_names_and_a_moment_is_fine_as_a_date():
    assert read_window(WINDOW | {"id": 7}).id == "7"
    assert read_peak(PEAK | {"valid_from": "2027-01-01T23:00"}).valid_from == day("2027-01-01")
    assert read_peak(PEAK | {"valid_from": wall("2027-01-01T23:00")}).valid_from == day("2027-01-01")
    assert read_peak(PEAK | {"daily": {"start": 690, "end": "24:00"}}).daily == DailyHours(690, 1440)


# --- what is refused, in which field

BAD_PEAKS = [
    ("id", ..., "id", "missing_field"),
    ("id", "", "id", "bad_value"),
    ("id", "  ", "id", "bad_value"),
    ("id", True, "id", "bad_value"),
    ("id", "x" * 2001, "id", "bad_value"),
    ("customer", ["ZONNEKROON"], "customer", "bad_value"),
    ("severity", ..., "severity", "missing_field"),
    ("severity", "heavy", "severity", "bad_value"),
    ("tz", ..., "tz", "missing_field"),
    ("rule", None, "rule", "missing_field"),
    ("rule", "easter", "rule", "bad_value"),
    ("rule.type", ..., "rule.type", "missing_field"),
    ("rule.type", "lunar", "rule.type", "bad_value"),
    ("rule.month", 13, "rule.month", "bad_number"),
    ("rule.month", "2", "rule.month", "bad_number"),
    ("rule.month", True, "rule.month", "bad_number"),
    ("rule.month", 2.0, "rule.month", "bad_number"),
    ("rule.day", 30, "rule.day", "bad_number"),
    ("rule.day", 0, "rule.day", "bad_number"),
    ("rule.feb29", "feb30", "rule.feb29", "bad_value"),
    ("rule.offset_days", 1001, "rule.offset_days", "bad_number"),
    ("rule.offsetdays", 1, "rule.offsetdays", "unknown_field"),
    ("rule.adjust", {}, "rule.adjust", "bad_value"),
    ("rule.adjust", [{"if_weekday": "SU"}], "rule.adjust[0].add_days", "missing_field"),
    ("services", "MW-ESB", "services", "bad_value"),
    ("services", [""], "services[0]", "bad_value"),
    ("services", ["A"] * 20_001, "services", "too_many"),
    ("lead_in_days", -1, "lead_in_days", "bad_number"),
    ("lead_in_days", 367, "lead_in_days", "bad_number"),
    ("lead_out_days", "1", "lead_out_days", "bad_number"),
    ("lead_unit", "weeks", "lead_unit", "bad_value"),
    ("daily", [], "daily", "bad_value"),
    ("daily.start", ..., "daily.start", "missing_field"),
    ("daily.end", "24:01", "daily.end", "bad_value"),
    ("daily.end", "4 am", "daily.end", "bad_value"),
    ("daily.end", "12:60", "daily.end", "bad_value"),
    ("daily.end", -1, "daily.end", "bad_value"),
    ("daily.until", "12:00", "daily.until", "unknown_field"),
    ("valid_from", "2027-02-30", "valid_from", "bad_value"),
    ("valid_from", "1970-12-31", "valid_from", "bad_value"),
    ("valid_until", "2200-01-01", "valid_until", "bad_value"),
    ("valid_until", 2027, "valid_until", "bad_value"),
    ("exdates", "2027-02-14", "exdates", "bad_value"),
    ("rdates", ["yesterday"], "rdates[0]", "bad_value"),
    ("enabled", "yes", "enabled", "bad_value"),
    ("enabled", 1, "enabled", "bad_value"),
    ("horizon_until", "next year", "horizon_until", "bad_value"),
    ("moved", "2027-02-13", "moved", "bad_value"),
    ("moved", ["2027-02-13"], "moved[0]", "bad_value"),
    ("moved", [{"day": "2027-02-14"}], "moved[0].to", "missing_field"),
    ("moved", [{"day": "2027-02-14", "to": "2027-02-13", "why": "x"}], "moved[0].why", "unknown_field"),
    ("moved", [{"day": "2027-02-14", "to": "2027-02-13"}] * 201, "moved", "too_many"),
    ("suspended", [{"from": "2027-02-14"}], "suspended[0].until", "missing_field"),
    ("suspended", [{"from": "2027-02-14", "until": "2027-02-13"}], "suspended[0].until", "end_before_start"),
    ("suspended", [{"from": "2027-02-14", "until": "2027-02-14", "for": 1}], "suspended[0].for", "unknown_field"),
    ("suspended", [{"from": "2027-02-14", "until": "2027-02-14"}] * 201, "suspended", "too_many"),
    ("change_types", "normal", "change_types", "bad_value"),
    ("change_types", ["normal", "urgent"], "change_types[1]", "bad_value"),
    ("impacts", ["slow"], "impacts[0]", "bad_value"),
]


@pytest.mark.parametrize(("path", "value", "field", "code"), BAD_PEAKS)
def test_a_peak_is_refused_with_the_field_that_is_wrong(path: str, value: object, field: str, code: str):
    assert problem(read_peak, changed(PEAK, path, value)) == (field, code)


def test_working_day_leads_without_a_calendar_are_refused():
    assert problem(read_peak, PEAK | {"lead_unit": "working_days"}) == ("lead_calendar", "missing_field")


@pytest.mark.parametrize(
    ("rule", "field", "code"),
    [
        ([], "rule", "bad_value"),
        ({"type": "nth_weekday", "month": 5, "weekday": "SU", "n": 0}, "rule.n", "bad_value"),
        ({"type": "nth_weekday", "month": 5, "weekday": "SU", "n": 6}, "rule.n", "bad_number"),
        ({"type": "nth_weekday", "month": 5, "weekday": "sunday", "n": 1}, "rule.weekday", "bad_value"),
        ({"type": "nth_weekday", "month": 5, "n": 1}, "rule.weekday", "missing_field"),
        ({"type": "weekday_from", "month": 2, "day": 30, "weekday": "SU", "direction": "after"}, "rule.day", "bad_number"),
        ({"type": "weekday_from", "month": 2, "day": 1, "weekday": "SU", "direction": "near"}, "rule.direction", "bad_value"),
        ({"type": "easter", "church": "eastern"}, "rule.church", "bad_value"),
        ({"type": "easter", "months": [1]}, "rule.months", "unknown_field"),
        ({"type": "holiday", "calendar": "NL"}, "rule.key", "missing_field"),
        ({"type": "working_day", "calendar": "NL", "n": 24}, "rule.n", "bad_number"),
        ({"type": "working_day", "calendar": "NL", "n": 1, "months": [0]}, "rule.months[0]", "bad_number"),
        ({"type": "working_day", "calendar": "NL", "n": 1, "months": 3}, "rule.months", "bad_value"),
        ({"type": "day_rolled", "calendar": "NL", "day": 32, "roll": "none"}, "rule.day", "bad_number"),
        ({"type": "day_rolled", "calendar": "NL", "day": "first", "roll": "none"}, "rule.day", "bad_number"),
        ({"type": "day_rolled", "calendar": "NL", "day": "last"}, "rule.roll", "missing_field"),
        ({"type": "workday_offset", "calendar": "NL", "n": 1}, "rule.base", "missing_field"),
        ({"type": "workday_offset", "base": {"type": "x"}, "calendar": "NL", "n": 1}, "rule.base.type", "bad_value"),
        ({"type": "workday_offset", "base": {"type": "easter"}, "calendar": "NL", "n": 261}, "rule.n", "bad_number"),
        ({"type": "rrule", "dtstart": "2027-01-01", "rrule": "FREQ=HOURLY"}, "rrule", "bad_rrule"),
        ({"type": "rrule", "rrule": "FREQ=DAILY"}, "rule.dtstart", "missing_field"),
        ({"type": "dates", "dates": [["2027-01-01"]]}, "rule.dates[0]", "bad_value"),
        ({"type": "dates", "dates": [["2027-01-02", "2027-01-01"]]}, "rule.dates[0]", "bad_value"),
        ({"type": "dates", "dates": [["2027-01-01", "2028-01-03"]]}, "rule.dates[0]", "bad_value"),
        ({"type": "dates", "dates": [["2027-01-01", "soon"]]}, "rule.dates[0][1]", "bad_value"),
        ({"type": "span", "from": {"type": "easter"}}, "rule.to", "missing_field"),
        ({"type": "span", "from": {"type": "easter"}, "to": {"type": "fixed", "month": 1}}, "rule.to.day", "missing_field"),
    ],
)
def test_a_rule_is_refused_with_the_field_that_is_wrong(rule: object, field: str, code: str):
    assert problem(read_rule, rule) == (field, code)


@pytest.mark.parametrize("weekday", [["MO"], {"MO": 1}])
def test_a_weekday_is_a_word(weekday: object):
    assert problem(read_rule, {"type": "nth_weekday", "month": 5, "weekday": weekday, "n": 1}) == ("rule.weekday", "bad_value")


def test_rules_may_be_nested_but_not_for_ever():
    rule: dict = {"type": "easter"}
    for _ in range(6):
        rule = {"type": "workday_offset", "base": rule, "calendar": "NL", "n": 1}
    read_rule(rule)
    code = problem(read_rule, {"type": "span", "from": rule, "to": rule})
    assert code == ("rule.from" + ".base" * 6, "too_deep")


@pytest.mark.parametrize(
    ("path", "value", "field", "code"),
    [
        ("id", ..., "id", "missing_field"),
        ("supplier", 1.5, "supplier", "bad_value"),
        ("services", {"MW-ESB": 1}, "services", "bad_value"),
        ("services", [None], "services[0]", "bad_value"),
        ("type", "urgent", "type", "bad_value"),
        ("tz", ..., "tz", "missing_field"),
        ("start", ..., "start", "missing_field"),
        ("start", "2027-02-13", "start", "bad_value"),
        ("start", "2027-02-13T25:00", "start", "bad_value"),
        ("start", "2027-02-13T01:00Z", "start", "bad_value"),
        ("start", "2027-02-13T01:00+01:00", "start", "bad_value"),
        ("start", "2027-02-13T01:00:00.5", "start", "bad_value"),
        ("end", "2200-01-01T00:00", "end", "bad_value"),
        ("end", 1234567890, "end", "bad_value"),
        ("rollback_minutes", 20_161, "rollback_minutes", "bad_number"),
        ("rollback_minutes", float("nan"), "rollback_minutes", "bad_number"),
        ("rollback_minutes", "30", "rollback_minutes", "bad_number"),
        ("start_fold", 2, "start_fold", "bad_number"),
        ("end_fold", False, "end_fold", "bad_number"),
        ("rrule", 5.5, "rrule", "bad_value"),
        ("rrule", ["FREQ=DAILY"], "rrule", "bad_value"),
        ("exdates", ["soon"], "exdates[0]", "bad_value"),
        ("rdates", 3, "rdates", "bad_value"),
    ],
)
def test_a_window_is_refused_with_the_field_that_is_wrong(path: str, value: object, field: str, code: str):
    assert problem(read_window, changed(WINDOW, path, value)) == (field, code)


@pytest.mark.parametrize(
    ("path", "value", "field", "code"),
    [
        ("world", ..., "world", "missing_field"),
        ("proposed", ..., "proposed", "missing_field"),
        ("proposed", {}, "proposed", "bad_value"),
        ("proposed.0.start", ..., "proposed[0].start", "missing_field"),
        ("world.services.0.supplier", ..., "world.services[0].supplier", "missing_field"),
        ("world.dependencies.0.members", "MW-ESB", "world.dependencies[0].members", "bad_value"),
        ("world.dependencies.0.min", "1", "world.dependencies[0].min", "bad_number"),
        ("world.customers.0.uses", [[]], "world.customers[0].uses[0]", "bad_value"),
        ("world.peaks.0.rule.month", 0, "world.peaks[0].rule.month", "bad_number"),
        ("world.committed_windows.0", 3, "world.committed_windows[0]", "bad_value"),
        ("world.waivers.0.anchor", "Sunday", "world.waivers[0].anchor", "bad_value"),
        ("world.waivers.0.status", ..., "world.waivers[0].status", "missing_field"),
    ],
)
def test_a_case_is_refused_with_the_path_of_the_field_that_is_wrong(path: str, value: object, field: str, code: str):
    assert problem(read_case, changed(CASE, path, value)) == (field, code)


# --- what makes no sense in a world, in the order of the contract


def sense(written: dict) -> str:
    world, proposed = read_case(written)
    try:
        world.situation(proposed, NATIONAL_CALENDARS)
    except Refusal as refusal:
        return refusal.code
    return "fine"


NONSENSE = [
    ("world.customers.0.uses", ["NOBODY"], "unknown_service"),
    ("world.dependencies.0.min", 2, "bad_redundancy_minimum"),
    ("world.peaks.0.customer", "STRANGER", "unknown_customer"),
    ("world.peaks.0.services", ["MW-ESB"], "scope_not_used"),
    ("world.peaks.0.tz", "Europe/Atlantis", "unknown_timezone"),
    ("proposed.0.services", [], "empty_services"),
    ("proposed.0.services", ["NOBODY"], "unknown_service"),
    ("proposed.0.supplier", "KABEL", "supplier_mismatch"),
    ("proposed.0.tz", "Europe/Atlantis", "unknown_timezone"),
    ("proposed.0.rollback_minutes", -1, "negative_rollback"),
]


@pytest.mark.parametrize(("path", "value", "code"), NONSENSE)
def test_what_makes_no_sense_is_refused(path: str, value: object, code: str):
    assert sense(CASE) == "fine"
    assert sense(changed(CASE, path, value)) == code


@pytest.mark.parametrize(("first", "second"), [(one, other) for one, other in combinations(NONSENSE, 2) if one[0] != other[0]])
def test_of_two_problems_the_first_in_the_order_of_the_contract_is_told(first: tuple, second: tuple):
    assert sense(changed(changed(CASE, *first[:2]), *second[:2])) == first[2]


def test_a_dependency_may_not_need_none_or_more_than_it_has():
    assert sense(changed(CASE, "world.dependencies.0.min", 0)) == "bad_redundancy_minimum"
    assert sense(changed(CASE, "world.dependencies.0.members", [])) == "bad_redundancy_minimum"
    assert sense(changed(CASE, "world.dependencies.0.members", ["NOBODY"])) == "unknown_service"


def test_committed_windows_must_make_sense_as_well():
    assert sense(changed(CASE, "world.committed_windows.0.supplier", "KABEL")) == "supplier_mismatch"


def test_calendars_and_days_off_that_a_peak_names_are_known():
    unknown = {"type": "working_day", "calendar": "XX", "n": 1}
    assert sense(changed(CASE, "world.peaks.0.rule", unknown)) == "unknown_calendar"
    assert (
        sense(changed(CASE, "world.peaks.0.rule", {"type": "holiday", "calendar": "NL", "key": "good_friday"})) == "unknown_holiday"
    )
    leads = PEAK | {"lead_unit": "working_days", "lead_calendar": "XX"}
    assert sense(changed(CASE, "world.peaks.0", leads)) == "unknown_calendar"


def test_a_calendar_that_only_an_adjustment_names_is_known():
    """Three years are tried: 24 December falls on a Thursday, a Friday and a Sunday in them."""
    weekdays = [{"if_weekday": name, "add_days": 1} for name in ("TH", "FR", "SU")]
    unknown = {"if_same_as": {"type": "holiday", "calendar": "XX", "key": "christmas"}, "add_days": 1}
    rule = {"type": "fixed", "month": 12, "day": 24, "adjust": [*weekdays, unknown]}
    peak = changed(PEAK | {"rule": rule}, "valid_from", ...)
    assert sense(changed(CASE, "world.peaks.0", peak)) == "unknown_calendar"


def test_a_window_lasts_at_most_a_year():
    single = {name: value for name, value in WINDOW.items() if name not in {"rrule", "exdates"}}
    assert sense(changed(CASE, "proposed.0", single | {"end": "2028-02-13T01:00"})) == "fine"
    assert sense(changed(CASE, "proposed.0", single | {"end": "2028-02-16T01:00"})) == "window_too_long"


# --- written back


@pytest.mark.parametrize("peak", [VALENTINE, CLOCK_HOURS, EVENING_WAVE, MATCH_NIGHTS])
def test_the_peaks_of_the_cast_read_back_as_the_same(peak: object):
    assert read_peak(write_peak(peak)) == peak


EXCEPTED = replace(
    VALENTINE,
    moved=frozenset({Move(day("2027-02-14"), day("2027-02-13")), Move(day("2028-02-14"), day("2028-02-12"))}),
    suspended=frozenset({Suspension(day("2029-02-01"), day("2029-02-10"))}),
    change_types=frozenset({ChangeType.NORMAL, ChangeType.STANDARD}),
    impacts=frozenset({Impact.OUTAGE}),
)


def test_exceptions_and_kinds_of_change_are_written_and_read_back():
    assert read_peak(json.loads(json.dumps(write_peak(EXCEPTED)))) == EXCEPTED
    assert write_peak(EXCEPTED)["moved"] == [{"day": "2027-02-14", "to": "2027-02-13"}, {"day": "2028-02-14", "to": "2028-02-12"}]
    assert write_peak(EXCEPTED)["suspended"] == [{"from": "2029-02-01", "until": "2029-02-10"}]
    assert write_peak(EXCEPTED)["change_types"] == ["normal", "standard"]
    assert read_peak(PEAK | {"impacts": []}).impacts == frozenset()


@examples(60)
@given(peaks)
def test_a_peak_that_is_written_reads_back_as_the_same_peak(peak: object):
    assert read_peak(json.loads(json.dumps(write_peak(peak)))) == peak


@pytest.mark.parametrize(
    "one",
    [
        window("MW-ESB", "2027-02-13T01:00", "2027-02-13T03:00"),
        window("CDN-EAST CDN-WEST", "2027-02-13T01:00:30", "2027-02-13T03:00", type=ChangeType.EMERGENCY, rollback_minutes=45),
        window("MW-ESB", "2027-10-31T02:30", "2027-10-31T02:30", start_fold=0, end_fold=1),
        window(
            "MW-ESB", "2027-02-13T01:00", "2027-02-13T03:00", series=repeated("FREQ=DAILY;COUNT=2", except_on=days("2027-02-14"))
        ),
        window("MW-ESB", "2027-02-13T01:00", "2027-02-13T03:00", series=repeated(also_on=days("2027-02-14", "2027-02-12"))),
        window("MW-ESB", "2027-02-13T01:00", "2027-02-13T03:00", impact=Impact.NO_IMPACT),
    ],
)
def test_a_window_that_is_written_reads_back_as_the_same_window(one: object):
    assert read_window(json.loads(json.dumps(write_window(one)))) == one


def test_a_rule_is_written_without_what_goes_without_saying():
    assert write_peak(VALENTINE)["rule"] == {"type": "fixed", "month": 2, "day": 14}
    assert not {"enabled", "moved", "suspended", "change_types", "impacts"} & write_peak(VALENTINE).keys()


def test_instants_are_written_in_utc_to_the_second():
    assert write_instant(utc("2027-02-14T01:02:03")) == "2027-02-14T01:02:03Z"


@pytest.mark.parametrize(("minute", "written"), [(0, "00:00"), (690, "11:30"), (1440, "24:00")])
def test_a_clock_is_written_with_two_digits_each(minute: int, written: str):
    assert clock(minute) == written


def test_a_weekday_is_written_by_its_two_letters():
    rule = read_rule({"type": "weekday_from", "month": 12, "day": 23, "weekday": "FR", "direction": "on_or_before"})
    assert rule == WeekdayFrom(12, 23, Weekday.FR, rule.direction)


# --- refusals as values


def test_several_problems_are_told_at_once_and_the_first_gives_the_code():
    refusal = Refusal.of((Problem("bad_value", "start"), Problem("missing_field", "end")))
    assert (refusal.code, [one.field for one in refusal.problems]) == ("bad_value", ["start", "end"])


def test_what_is_not_yours_does_not_exist():
    assert (NotFound("window").code, NotFound("window").problems[0].facts) == ("not_found", {"kind": "window"})


# --- nothing but a refusal escapes

scalars = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats() | st.text(max_size=8)
words = st.sampled_from(["MO", "last", "NL", "FREQ=DAILY", "2027-02-14", "2027-02-14T01:00", "24:00", "fixed", "UTC", "granted"])
anything = st.recursive(
    scalars | words,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(words | st.text(max_size=4), each, max_size=3),
    max_leaves=6,
)


def places(written: object, path: tuple = ()) -> list[tuple]:
    """The way to every value in it."""
    inner = written.items() if isinstance(written, dict) else enumerate(written) if isinstance(written, list) else ()
    return [way for key, value in inner for way in [(*path, key), *places(value, (*path, key))]]


@st.composite
def spoiled(draw: st.DrawFn, written: st.SearchStrategy) -> object:
    """Something sensible in which one or two values are anything at all, or gone."""
    found = copy.deepcopy(draw(written))
    for _ in range(draw(st.integers(1, 2))):
        *way, last = draw(st.sampled_from(places(found)))
        inner = found
        for key in way:
            inner = inner[key]
        if draw(st.integers(0, 5)):
            inner[last] = draw(anything)
        elif isinstance(inner, dict):
            del inner[last]
    return found


@examples(150)
@given(anything)
def test_whatever_is_written_only_a_refusal_escapes(written: object):
    for read in (read_case, read_peak, read_window, read_rule):
        with pytest.raises(Refusal):
            read(written)


@examples(150)
@given(spoiled(st.just(CASE) | cases()))
def test_whatever_is_spoiled_in_a_case_it_is_answered_or_refused(written: dict):
    with suppress(Refusal):
        world, proposed = read_case(written)
        result = write_result(check(proposed, world.situation(proposed, NATIONAL_CALENDARS)))
        assert set(result["window_verdicts"]) == {window.id for window in proposed}


@examples(150)
@given(spoiled(peaks.map(write_peak)))
def test_whatever_is_spoiled_in_a_peak_it_is_read_as_one_peak_or_refused(written: dict):
    with suppress(Refusal):
        peak = read_peak(written)
        assert read_peak(write_peak(peak)) == peak
