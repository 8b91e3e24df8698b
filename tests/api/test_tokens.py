"""A token lets a program do what it was made for, for as long as it was made, and never more than its person may."""

from pathlib import Path

import pytest
from flask import Flask

from app.api.routing import Route
from app.domain.tokens import DAY, NEEDS, Scope
from app.store.database import Database
from tests.api.program import ALL, BASE, READING, Program, program_of
from tests.web.conftest import SigningIn

PLAN = {"services": ["MW-ESB"], "tz": "Europe/Amsterdam", "start": "2027-02-09T05:00", "end": "2027-02-09T06:00"}
GATE = "/gate?service=MW-ESB&from=2027-02-09T05:00:00Z&until=2027-02-09T06:00:00Z"
ROUTES = {
    "GET /openapi.json": (None, "/openapi.json"),
    "POST /checks": (Scope.CHECK, "/checks"),
    "GET /windows": (Scope.READ_WINDOWS, "/windows"),
    "GET /windows/<window_id>": (Scope.READ_WINDOWS, "/windows/W-27-014"),
    "POST /windows": (Scope.WRITE_WINDOWS, "/windows"),
    "GET /gate": (Scope.GATE, GATE),
}
"""Every route with the scope it needs, and an address to try it at."""

PEOPLE = ("krp-cm-1", "krp-admin", "brug-planner", "zonnekroon-planner")
PROPOSERS = {"krp-cm-1", "brug-planner"}


def declared() -> dict[str, Route]:
    from app.api.door import PARTS  # noqa: PLC0415 - only this test looks behind the door

    return {f"{route.method} {route.path}": route for part in PARTS for route in part.door.routes}


def tried(program: Program, what: str) -> int:
    method, _, _ = what.partition(" ")
    return program.told(method, ROUTES[what][1], **({"json": PLAN} if method == "POST" else {}))[0]


def test_every_route_of_the_api_names_its_scope_here_and_in_its_door(app: Flask) -> None:
    served = {
        f"{method} {rule.rule.removeprefix(BASE)}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.nothing"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == set(ROUTES) == set(declared()), "give each route a row in ROUTES of tests/api/test_tokens.py"
    assert {what: route.scope for what, route in declared().items()} == {what: scope for what, (scope, _) in ROUTES.items()}


def test_a_token_opens_what_it_was_made_for_and_nothing_else(app: Flask) -> None:
    for scope in Scope:
        program = program_of(app, "krp-cm-1", frozenset({scope}))
        refused = {what for what in ROUTES if tried(program, what) == 403}
        assert refused == {what for what, (needed, _) in ROUTES.items() if needed not in {scope, None}}, scope


def test_without_a_token_nothing_is_told_also_not_to_somebody_who_is_signed_in(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    assert visitor.get("/windows").status == 200, "the cookie works"
    stranger = Program(visitor.app)
    stranger.client = visitor.client
    assert {what: tried(stranger, what) for what in ROUTES} == {
        what: 200 if what == "GET /openapi.json" else 401 for what in ROUTES
    }


def test_a_token_opens_no_page(app: Flask) -> None:
    program = program_of(app, "krp-cm-1")
    assert program.ask("/windows")[0] == 200
    for address in ("/windows", "/tokens", "/windows/W-27-014"):
        answer = program.client.get(address, headers={"Authorization": f"Bearer {program.token}"})
        assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("person", PEOPLE)
def test_the_page_offers_the_scopes_that_its_reader_may_give_and_no_other_is_made(signed_in: SigningIn, person: str) -> None:
    visitor = signed_in(person)
    offered = {box.attributes["value"] for box in visitor.get("/tokens").main.all("input", name="scopes")}
    assert offered == (set(ALL) if person in PROPOSERS else set(READING))
    for scope in ALL - offered:
        assert visitor.post("/tokens", {"label": "x", "days": "1", "scopes": scope}).status == 403


def test_a_token_loses_what_its_person_loses(app: Flask, demo_database: Database) -> None:
    program = program_of(app, "krp-cm-1")
    assert tried(program, "GET /gate") == 200
    with demo_database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person_role SET role = 'viewer' WHERE person_id = 'krp-cm-1'")
    assert (tried(program, "GET /gate"), tried(program, "GET /windows")) == (403, 200)
    with demo_database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET disabled_at = 1 WHERE id = 'krp-cm-1'")
    assert tried(program, "GET /windows") == 401


def test_expired_revoked_garbled_and_unknown_are_one_answer(app: Flask, signed_in: SigningIn) -> None:
    clock = app.extensions["ober"]["clock"]
    expired = program_of(app, "krp-cm-1", now=clock() - 30 * DAY)
    almost = program_of(app, "krp-cm-1", now=clock() - 30 * DAY + 1)
    revoked = program_of(app, "brug-planner")
    assert [tried(one, "GET /windows") for one in (expired, almost, revoked)] == [401, 200, 200]
    owner = signed_in("brug-planner")
    revoke = next(one.attributes["action"] for one in owner.get("/tokens").main.all("form") if one.attributes.get("action"))
    assert signed_in("wolk-planner").post(revoke).status == 404, "a colleague's token is not there"
    assert owner.post(revoke).status == 302
    unknown = [Program(app, token) for token in ("ober_never", "x" * 5000, "é", "ober_")]
    answers = {one.call("GET", "/windows").get_data() for one in (expired, revoked, *unknown)}
    assert len(answers) == 1
    assert revoked.call("GET", "/windows").headers["WWW-Authenticate"] == "Bearer"


def test_a_token_is_shown_once_and_kept_nowhere(signed_in: SigningIn, database_file: Path) -> None:
    owner = signed_in("brug-planner")
    filled = {"label": "my pipeline", "days": "90", "scopes": ["check", "gate"]}
    secret = owner.post("/tokens", filled).main.one(id="token").text
    assert secret.startswith("ober_")
    assert Program(owner.app, secret).told("GET", GATE)[0] == 200, "it works"
    page = owner.get("/tokens")
    assert "my pipeline" in page.main.text
    assert secret not in page.html
    kept = b"".join(one.read_bytes() for one in database_file.parent.glob(f"{database_file.name}*"))
    assert b"token.made" in kept
    assert secret.encode() not in kept


@pytest.mark.parametrize(
    "changes",
    [{"label": ""}, {"label": "x" * 81}, {"days": "0"}, {"days": "366"}, {"days": "x"}, {"scopes": []}, {"scopes": "all"}],
)
def test_a_token_without_name_end_or_purpose_is_not_made(signed_in: SigningIn, changes: dict[str, object]) -> None:
    owner = signed_in("brug-planner")
    answer = owner.post("/tokens", {"label": "a pipeline", "days": "90", "scopes": "check", **changes})
    assert answer.status == 422
    assert not owner.get("/tokens").main.all("table")


def test_every_scope_needs_a_right() -> None:
    assert set(NEEDS) == set(Scope)
