"""Every worked case, to the second: conflicts, peak dates, life cycle, expert cover, notice and promises."""

from datetime import date, datetime

import pytest

from app.domain.cover import Expert, cover
from app.domain.lifecycle import Facts, State, Step, StepRole, step
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.instants import write_instant
from app.domain.notation.results import write_occurrence
from app.domain.notation.rules import read_peak
from app.domain.notice import NoticeTerm, NoticeUnit
from app.domain.occurrences import occurrences
from app.domain.promises import standing
from app.domain.refusal import Refusal
from app.domain.spans import Span
from app.domain.verdict import Verdict
from app.domain.walltime import instant_of, local_day
from app.domain.windows import ChangeType

from .worked import answer, shuffled, without_order, worked

CONFLICTS = {case["id"]: case for case in worked("conflicts")}
PEAKS = {case["rule"]["id"]: case for case in worked("peaks", "rules")}
LIFECYCLE = {case["id"]: case for case in worked("lifecycle")}
COVER = {case["id"]: case for case in worked("expert-cover")}
NOTICE = {case["id"]: case for case in worked("notice")}
PROMISES = {case["id"]: case for case in worked("promises")}
EDGE_YEARS = (2024, 2025, 2031, 2032)


def test_no_case_is_missing():
    assert [len(CONFLICTS), len(PEAKS), len(LIFECYCLE), len(COVER), len(NOTICE), len(PROMISES)] == [271, 73, 48, 12, 9, 14]


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_check_answers_as_worked_out(name: str):
    case = CONFLICTS[name]
    assert without_order(answer(case)) == without_order(case["expected"]), case["title"]


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_check_answers_the_same_in_whatever_order_the_world_was_entered(name: str):
    case = {part: CONFLICTS[name][part] for part in ("world", "proposed")}
    for seed in (1, 2, 3):
        assert without_order(answer(shuffled(case, seed))) == without_order(answer(case)), seed


@pytest.mark.parametrize("name", PEAKS)
def test_a_peak_falls_on_the_dates_worked_out(name: str):
    case = PEAKS[name]
    peak = read_peak(case["rule"], customer="ZONNEKROON")
    first, last = case["anchor_years"]
    found = occurrences(peak, date(first, 1, 1), date(last, 12, 31), NATIONAL_CALENDARS)
    assert [write_occurrence(one) for one in found] == case["occurrences"]
    assert len(found) == case["occurrence_count"]


@pytest.mark.parametrize("name", [name for name, case in PEAKS.items() if case["edge_year_occurrences"]])
def test_a_peak_falls_on_the_dates_worked_out_in_the_years_around(name: str):
    case = PEAKS[name]
    peak = read_peak(case["rule"], customer="ZONNEKROON")
    years = [occurrences(peak, date(year, 1, 1), date(year, 12, 31), NATIONAL_CALENDARS) for year in EDGE_YEARS]
    assert [write_occurrence(one) for year in years for one in year] == case["edge_year_occurrences"]


@pytest.mark.parametrize("name", LIFECYCLE)
def test_a_step_ends_as_worked_out(name: str):
    case = LIFECYCLE[name]
    kinds = {"type": ChangeType, "verdict": Verdict, "approved_verdict": Verdict}
    facts = Facts(**{name: kinds.get(name, lambda same: same)(value) for name, value in case["context"].items()})
    try:
        to = step(State(case["state"]), Step(case["action"]), StepRole(case["role"]), facts)
        found = {"allowed": True, "to": to}
    except Refusal as refusal:
        found = {"allowed": False, "reason": refusal.code}
    assert found == case["expected"], case["title"]


@pytest.mark.parametrize("name", COVER)
def test_expert_cover_is_as_worked_out(name: str):
    case = COVER[name]
    window = case["window"]
    exposure = Span(_at(window["start_utc"]), _at(window["end_utc"]) + window["rollback_minutes"] * 60)
    experts = [
        Expert(one["id"], frozenset(one["services"]), tuple(Span(_at(start), _at(end)) for start, end in one["unavailable"]))
        for one in case["experts"]
    ]
    found = cover(window["services"], [exposure], experts, case.get("min_experts", {}))
    written = {
        "status": "gap" if found.gaps else "ok",
        "gaps": [
            {
                "service": gap.service,
                "start": write_instant(gap.span.start),
                "end": write_instant(gap.span.end),
                "lowest": gap.lowest,
                "required": gap.required,
            }
            for gap in found.gaps
        ],
        "warnings": [{"kind": one.kind, "service": one.service} for one in found.warnings],
    }
    assert without_order(written) == without_order(case["expected"]), case["title"]


@pytest.mark.parametrize("name", NOTICE)
def test_notice_is_met_or_not_as_worked_out(name: str):
    case = NOTICE[name]
    unit = NoticeUnit(case["notice"]["unit"])
    term = NoticeTerm(case["notice"]["n"], unit, case["tz"], case["notice"].get("calendar"))
    start, announced = _at(case["start_utc"]), _at(case["announced_at"])
    too_late = term.too_late_from(start, NATIONAL_CALENDARS)
    written: dict[str, object] = {"ok": term.is_met(announced, start, NATIONAL_CALENDARS)}
    if unit is NoticeUnit.HOURS:
        written |= {"latest_utc": write_instant(too_late - 1)}
    else:
        latest = local_day(too_late - 1, case["tz"]).isoformat()
        written |= {"latest_local_date": latest, "latest_utc_exclusive": write_instant(too_late)}
    assert written == case["expected"], case["title"]


@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_stands_as_worked_out(name: str):
    case = PROMISES[name]
    made, due, now = (_at(case[part]) for part in ("made_at", "due_at", "now"))
    withdrawn = _at(case["withdrawn_at"]) if "withdrawn_at" in case else None
    found = standing(made, due, case["grace_seconds"], [_at(one["at"]) for one in case["updates"]], withdrawn, now)
    written = {"status": found.status, "late_seconds": found.late_seconds, "seconds_left": found.seconds_left}
    written["at"] = None if found.at is None else write_instant(found.at)
    assert {part: value for part, value in written.items() if value is not None} == case["expected"], case["title"]


def _at(written: str) -> int:
    return instant_of(datetime.fromisoformat(written))
