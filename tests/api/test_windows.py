"""A program checks, reads and hands in windows as its person would on the pages, and learns no more."""

from typing import Any

import pytest
from flask import Flask

from app.domain.conflicts import check
from app.domain.notation.results import write_result
from app.queries.window_pages import window_page
from app.store import windows
from app.store.situations import load_situation
from tests.api.program import Program, program_of
from tests.conftest import Cast

PLAN = {
    "services": ["MW-ESB"],
    "type": "normal",
    "tz": "Europe/Amsterdam",
    "start": "2027-02-09T05:00",
    "end": "2027-02-09T06:00",
    "rollback_minutes": 30,
}
WORDS = {"title": "New message broker", "rollback_plan": "Put the old one back.", "business_text": "Nothing."}


@pytest.fixture
def people(demo_database: Any, story_now: int) -> Cast:
    return Cast(demo_database, story_now)


def test_a_check_for_the_integrator_is_the_result_itself(app: Flask, people: Cast) -> None:
    status, told = program_of(app, "krp-cm-1").ask("/windows/W-27-040")
    assert status == 200
    with people("krp-cm-1").reading() as work:
        window = windows.load(work, "W-27-040").window
        expected = write_result(check([window], load_situation(work, [window])))
    assert expected["collisions"], "there is something to tell"
    assert ordered(told["check"]["result"]) == ordered(expected)


def ordered(result: Any) -> Any:
    return {**result, "affected": sorted(result["affected"], key=str)}


def test_a_supplier_is_told_that_and_until_when_and_not_who(app: Flask) -> None:
    asked = {**PLAN, "services": ["MW-ESB"]}
    [(_, all_of_it), (status, told)] = [program_of(app, one).send("/checks", asked) for one in ("krp-cm-1", "brug-planner")]
    assert (status, told["verdict"]) == (200, all_of_it["verdict"]) == (200, "blocked")
    assert "ZONNEKROON" in str(all_of_it), "there is something to withhold"
    for name in ("ZONNEKROON", "flower", "'customer':", "'rule':", "'anchor':"):
        assert name not in str(told), name
    assert told["result"]["conflicts"][0]["severity"] == "freeze"


def test_a_supplier_and_a_customer_read_the_windows_of_their_pages_and_no_others(app: Flask, people: Cast) -> None:
    everything = {one["id"] for one in program_of(app, "krp-cm-1").ask("/windows")[1]["windows"]}
    for person in ("brug-planner", "zonnekroon-planner"):
        program = program_of(app, person)
        _, found = program.ask("/windows")
        seen = {one["id"] for one in found["windows"]}
        assert seen < everything
        for other in sorted(everything - seen)[:3]:
            assert program.ask(f"/windows/{other}")[1] == program.ask("/windows/W-99-999")[1]
            assert program.ask(f"/windows/{other}")[0] == 404
    customer = program_of(app, "zonnekroon-planner")
    _, own = customer.ask("/windows/W-27-033")
    with people("zonnekroon-planner").reading() as work:
        known = window_page(work, "W-27-033")
    assert "rollback_plan" not in own
    assert own["check"]["verdict"] == known.check.shown.verdict
    assert set(own["services"]) <= set(known.names.services)


def test_the_list_is_narrowed_as_on_its_page(app: Flask) -> None:
    program = program_of(app, "krp-cm-1")
    span = {"from": "2027-02-01T00:00:00Z", "until": "2027-03-01T00:00:00Z"}
    _, found = program.ask("/windows", **span)
    _, approved = program.ask("/windows", state="approved", **span)
    assert 0 < len(approved["windows"]) < len(found["windows"])
    assert {one["state"] for one in approved["windows"]} == {"approved"}
    wrong = [{"state": "nonsense"}, {"from": "2027-02-01T00:00:00Z"}, {"from": "x", "until": "y"}, {"stat": "draft"}]
    wrong.append({"from": span["until"], "until": span["from"]})
    assert [program.ask("/windows", **one)[0] for one in wrong] == [422] * 5


def test_a_window_is_handed_in_once_however_often_it_is_sent(app: Flask) -> None:
    program = program_of(app, "brug-planner")
    key = {"Idempotency-Key": "change-4711"}
    first, again = (program.send("/windows", PLAN | WORDS, **key) for _ in range(2))
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert (first[1]["state"], first[1]["title"]["en"]) == ("under_review", "New message broker")
    assert program.send("/windows", PLAN | WORDS | {"title": "Other"}, **key)[1]["code"] == "request_differs"
    other = program_of(app, "krp-cm-1").send("/windows", PLAN | WORDS | {"as": "draft"}, **key)
    assert (other[0], other[1]["state"]) == (201, "draft"), "the same name of somebody else"
    assert other[1]["id"] != first[1]["id"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"services": []}, "empty_services", "services"),
        ({"services": ["MW-ESB", "DC1-STORAGE"]}, "unknown_service", "services"),
        ({"services": [["MW-ESB"]]}, "bad_value", "services[0]"),
        ({"services": ["x"] * 201}, "too_many", "services"),
        ({"tz": "Europe/Nowhere"}, "unknown_timezone", "tz"),
        ({"start": "2027-02-09T05:00Z"}, "bad_value", "start"),
        ({"start": None}, "missing_field", "start"),
        ({"end": "2027-02-09T05:00"}, "end_not_after_start", "end"),
        ({"rollback_minutes": 10**30}, "bad_number", "rollback_minutes"),
        ({"rollback": 5}, "unknown_field", "rollback"),
        ({"title": "x" * 201}, "bad_length", "title"),
        ({"rollback_plan": None}, "missing_field", "rollback_plan"),
        ({"rrule": "FREQ=SECONDLY"}, "bad_rrule", "rrule"),
        ({"as": "approved"}, "bad_value", "as"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(app: Flask, changes: dict[str, object], code: str, field: str) -> None:
    status, told = program_of(app, "brug-planner").send("/windows", PLAN | WORDS | changes)
    assert (status, told["code"], told["errors"][0]["field"]) == (422, code, field)
    assert told["detail"]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"[" * 100_000, "application/json", 422),
        (b'{"tz": NaN}', "application/json", 422),
        (b'{"tz": "\\ud800"}', "application/json", 422),
        (b"\xff", "application/json", 422),
        (b'{"tz": ' + b"9" * 5000 + b"}", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b" " * (256 * 1024 + 1), "application/json", 413),
    ],
)
def test_hostile_bodies_are_refused_as_a_program_can_read_it(app: Flask, data: bytes, kind: str, status: int) -> None:
    program = program_of(app, "krp-cm-1")
    assert [program.call("POST", one, data=data, content_type=kind).status_code for one in ("/checks", "/windows")] == [status] * 2


def test_an_address_that_is_none_and_a_failure_are_told_as_problems(app: Flask) -> None:
    program = Program(app)
    assert [program.told(*one)[0] for one in (("GET", "/nothing"), ("DELETE", "/windows"), ("GET", "/"))] == [404, 404, 404]
    clock = app.extensions["ober"].pop("clock")
    try:
        app.config["PROPAGATE_EXCEPTIONS"], known = False, app.config.get("PROPAGATE_EXCEPTIONS")
        status, told = Program(app, "x").told("GET", "/windows")
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = known
        app.extensions["ober"]["clock"] = clock
    assert (status, told["errors"], "clock" in str(told)) == (500, [], False)
