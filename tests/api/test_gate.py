"""May I work on these services from then to then? As it is told to a program."""

from typing import Any

import pytest
from flask import Flask

from app.domain.notation.instants import read_instant, write_instant
from tests.api.program import program_of

ASKED = {"service": "MW-ESB", "from": "2027-02-09T04:00:00Z", "until": "2027-02-09T05:00:00Z"}


def answered(app: Flask, person: str = "krp-cm-1", **changes: object) -> tuple[int, Any]:
    return program_of(app, person).ask("/gate", **{**ASKED, **changes})


def moved(moment: str, seconds: int) -> str:
    return write_instant(read_instant(moment, "") + seconds)


def test_in_the_week_before_valentines_day_the_bus_is_closed_and_a_program_is_told_when_it_opens(app: Flask) -> None:
    _, told = answered(app)
    assert (told["gate"], told["verdict"], told["until"]) == ("closed", "blocked", None)
    assert "ZONNEKROON" in {one.get("customer") for one in told["reasons"]}
    start = told["next_open"]
    assert start > ASKED["from"]
    assert answered(app, **{"from": start, "until": moved(start, 3600)})[1]["gate"] == "open"
    earlier = {"from": moved(start, -1), "until": moved(start, 3599)}
    assert answered(app, **earlier)[1]["gate"] == "closed"
    _, supplier = answered(app, "brug-planner")
    assert (supplier["gate"], supplier["next_open"]) == ("closed", start)
    assert "customer" not in supplier["reasons"][0]


def test_an_open_gate_says_for_how_long(app: Flask) -> None:
    quiet = {"service": "PAY-GW-A", "from": "2027-01-12T01:00:00Z", "until": "2027-01-12T02:00:00Z"}
    _, told = answered(app, **quiet)
    assert (told["gate"], told["next_open"]) == ("open", None)
    assert told["until"] >= quiet["until"]
    longer = answered(app, **quiet | {"until": told["until"]})[1]
    assert (longer["gate"], longer["until"]) == ("open", told["until"])


def test_what_is_not_known_so_far_ahead_is_not_open(app: Flask) -> None:
    _, told = answered(app, service="TV-LIVE", **{"from": "2030-03-05T03:00:00Z", "until": "2030-03-05T03:10:00Z"})
    assert (told["gate"], told["next_open"]) == ("unknown", None)
    assert told["notes"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service": []}, "empty_services"),
        ({"service": "NOTHING"}, "unknown_service"),
        ({"from": "2027-02-09"}, "bad_value"),
        ({"until": "2027-02-09T04:00:00Z"}, "end_not_after_start"),
        ({"until": "2027-04-09T04:00:00Z"}, "window_too_long"),
        ({"rollback_minutes": "-1"}, "bad_number"),
        ({"type": "urgent"}, "bad_value"),
        ({"from": ["2027-02-09T04:00:00Z"] * 2}, "too_many"),
        ({"zone": "UTC"}, "unknown_field"),
    ],
)
def test_what_cannot_be_asked_is_refused(app: Flask, changes: dict[str, object], code: str) -> None:
    status, told = answered(app, **changes)
    assert (status, told["code"]) == (422, code)
