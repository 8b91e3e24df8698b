"""Who may open which address? Every route names its right, and what is not yours does not exist."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

import pytest
from flask import Flask

import app.web
from app.application import create_app
from app.domain.access import SYSTEM, Right, Role
from app.domain.register import Name
from app.domain.spans import Instant
from app.store.database import Database
from app.store.people import Person
from app.usecases import parties
from app.web.routing import Route
from config import Settings
from tests.web.conftest import SECRET_KEY, SigningIn
from tests.web.visitor import Answer, Visitor

OPEN = None
"""A route for everyone, signed in or not."""

NOBODY = "nobody"
MANAGERS = ("change manager", "duty manager")
PLANNERS = ("customer planner", "supplier planner")
VIEWERS = ("integrator viewer", "customer viewer", "supplier viewer")
PEOPLE = {
    "change manager": "krp-cm-1",
    "duty manager": "krp-duty",
    "administrator": "krp-admin",
    "customer planner": "zonnekroon-planner",
    "supplier planner": "brug-planner",
    "integrator viewer": "krp-looks",
    "customer viewer": "zonnekroon-looks",
    "supplier viewer": "brug-looks",
}
EVERYONE = frozenset(PEOPLE)
MAY = {
    Right.SEE: EVERYONE,
    Right.SUBSCRIBE: EVERYONE,
    Right.CONNECT: EVERYONE,
    Right.PROPOSE: {*MANAGERS, "supplier planner"},
    Right.DECIDE: {*MANAGERS},
    Right.TELL: {*MANAGERS, *PLANNERS},
    Right.KEEP_PEAKS: {"customer planner"},
    Right.SIGN_WAIVERS: {"customer planner"},
    Right.REVIEW: {"customer planner"},
    Right.KEEP_PARTIES: {"administrator"},
    Right.KEEP_CALENDARS: {"administrator", "customer planner"},
    Right.KEEP_EXPERTS: {"administrator", "supplier planner"},
}
OWN_WINDOW = {"customer": "W-27-033", "supplier": "W-27-014"}


@dataclass(frozen=True)
class Row:
    """What an address needs. `{window}`, `{draft}`, `{peak}`: one that whoever asks may see."""

    right: Right | None
    example: str
    answers: frozenset[int] = frozenset({200})


def row(right: Right | None, example: str, *answers: int) -> Row:
    return Row(right, example, frozenset(answers or (200,)))


ROUTES = {
    "GET /": row(OPEN, "/", 302),
    "GET /healthz": row(OPEN, "/healthz"),
    "GET /feeds/<secret>.ics": row(OPEN, "/feeds/nothing.ics", 404),
    "GET /feeds/": row(OPEN, "/feeds/", 404),
    "GET /feeds/<path:_anything>": row(OPEN, "/feeds/nothing", 404),
    "POST /language": row(OPEN, "/language", 302),
    "GET /sign-in": row(OPEN, "/sign-in", 200, 302),
    "POST /sign-in": row(OPEN, "/sign-in", 422),
    "POST /sign-in/demo": row(OPEN, "/sign-in/demo", 404),
    "POST /sign-out": row(OPEN, "/sign-out", 302),
    "GET /windows": row(Right.SEE, "/windows"),
    "GET /windows/new": row(Right.PROPOSE, "/windows/new"),
    "POST /windows/new": row(Right.PROPOSE, "/windows/new", 422),
    "POST /windows/check": row(Right.PROPOSE, "/windows/check"),
    "POST /windows/slots": row(Right.PROPOSE, "/windows/slots", 422),
    "GET /windows/<window_id>/slots": row(Right.PROPOSE, "/windows/{window}/slots"),
    "GET /timeline/why-not": row(Right.PROPOSE, "/timeline/why-not"),
    "GET /windows/<window_id>": row(Right.SEE, "/windows/{window}"),
    "GET /windows/<window_id>/checks/<int:number>": row(Right.SEE, "/windows/{window}/checks/1", 200, 404),
    "GET /windows/<window_id>/run": row(Right.SEE, "/windows/{window}/run"),
    "POST /windows/<window_id>/run/start": row(Right.PROPOSE, "/windows/{window}/run/start", 403, 409, 422),
    "POST /windows/<window_id>/run/finish": row(Right.PROPOSE, "/windows/{window}/run/finish", 403, 409, 422),
    "POST /windows/<window_id>/run/usable": row(Right.PROPOSE, "/windows/{window}/run/usable", 422),
    "POST /windows/<window_id>/run/decide/<decision>": row(Right.PROPOSE, "/windows/{window}/run/decide/go", 404),
    "POST /windows/<window_id>/run/mark": row(Right.REVIEW, "/windows/{window}/run/mark", 422),
    "POST /windows/<window_id>/run/figure": row(Right.DECIDE, "/windows/{window}/run/figure", 422),
    "GET /windows/<window_id>/night-sheet": row(Right.SEE, "/windows/{window}/night-sheet", 200, 404),
    "POST /windows/<window_id>/night-sheet": row(Right.PROPOSE, "/windows/{window}/night-sheet", 404),
    "GET /tonight": row(Right.SEE, "/tonight"),
    "GET /reviews": row(Right.SEE, "/reviews", 200, 404),
    "POST /reviews/<window_id>/<occurrence>": row(Right.REVIEW, "/reviews/{window}/1", 422),
    "GET /agreements/levels": row(Right.SEE, "/agreements/levels", 200, 404),
    "POST /agreements/levels": row(Right.KEEP_PARTIES, "/agreements/levels", 422),
    "POST /windows/<window_id>/run/retrospective": row(Right.DECIDE, "/windows/{window}/run/retrospective", 404),
    "GET /windows/<window_id>/change": row(Right.PROPOSE, "/windows/{window}/change"),
    "POST /windows/<window_id>/change": row(Right.PROPOSE, "/windows/{window}/change", 422),
    "POST /windows/<window_id>/<step>": row(Right.SEE, "/windows/{window}/nonsense", 404),
    "GET /peaks": row(Right.SEE, "/peaks"),
    "GET /peaks/new": row(Right.KEEP_PEAKS, "/peaks/new"),
    "GET /peaks/new/calendar": row(Right.KEEP_PEAKS, "/peaks/new/calendar"),
    "POST /peaks/new/calendar": row(Right.KEEP_PEAKS, "/peaks/new/calendar", 422),
    "GET /peaks/<path:peak_id>/calendar": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/calendar"),
    "POST /peaks/<path:peak_id>/calendar": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/calendar", 422),
    "GET /peaks/new/<kind>": row(Right.KEEP_PEAKS, "/peaks/new/fixed"),
    "POST /peaks/new/<kind>": row(Right.KEEP_PEAKS, "/peaks/new/fixed", 422),
    "POST /peaks/dates/<kind>": row(Right.KEEP_PEAKS, "/peaks/dates/fixed"),
    "GET /peaks/<path:peak_id>": row(Right.SEE, "/peaks/ZONNEKROON:flower-valentine", 200, 404),
    "GET /peaks/<path:peak_id>/change": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/change"),
    "POST /peaks/<path:peak_id>/change": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/change", 422),
    "POST /peaks/<path:peak_id>/remove": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/remove", 409, 422),
    "GET /calendars": row(Right.SEE, "/calendars"),
    "GET /calendars/new": row(Right.KEEP_CALENDARS, "/calendars/new"),
    "POST /calendars/new": row(Right.KEEP_CALENDARS, "/calendars/new", 422),
    "GET /calendars/<path:name>": row(Right.SEE, "/calendars/NL"),
    "POST /calendars/<path:name>": row(Right.KEEP_CALENDARS, "/calendars/NL", 422, 403),
    "GET /subscriptions": row(Right.SEE, "/subscriptions"),
    "GET /subscriptions/new": row(Right.KEEP_PEAKS, "/subscriptions/new"),
    "POST /subscriptions/new": row(Right.KEEP_PEAKS, "/subscriptions/new", 422),
    "GET /subscriptions/<int:key>": row(Right.SEE, "/subscriptions/99", 404),
    "GET /subscriptions/<int:key>/change": row(Right.KEEP_PEAKS, "/subscriptions/99/change", 404),
    "POST /subscriptions/<int:key>/change": row(Right.KEEP_PEAKS, "/subscriptions/99/change", 404),
    "POST /subscriptions/<int:key>/refresh": row(Right.KEEP_PEAKS, "/subscriptions/99/refresh", 404),
    "POST /subscriptions/<int:key>/accept": row(Right.KEEP_PEAKS, "/subscriptions/99/accept", 404),
    "POST /subscriptions/<int:key>/keep": row(Right.KEEP_PEAKS, "/subscriptions/99/keep", 404),
    "POST /subscriptions/<int:key>/stop": row(Right.KEEP_PEAKS, "/subscriptions/99/stop", 404),
    "GET /peaks/review": row(Right.KEEP_PEAKS, "/peaks/review"),
    "POST /peaks/review": row(Right.KEEP_PEAKS, "/peaks/review", 409),
    "GET /peaks/<path:peak_id>/dates/<day>": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/dates/2027-02-14"),
    "POST /peaks/<path:peak_id>/dates/<day>": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/dates/2027-02-14", 422),
    "GET /peaks/<path:peak_id>/suspend": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/suspend"),
    "POST /peaks/<path:peak_id>/suspend": row(Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/suspend", 422),
    "GET /peaks/<path:peak_id>/exceptions/<int:exception>": row(
        Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/exceptions/99", 404
    ),
    "POST /peaks/<path:peak_id>/exceptions/<int:exception>": row(
        Right.KEEP_PEAKS, "/peaks/ZONNEKROON:flower-valentine/exceptions/99", 404
    ),
    "GET /reports": row(Right.SEE, "/reports"),
    "GET /reports/<part>.csv": row(Right.SEE, "/reports/marks.csv"),
    "GET /agreements": row(Right.SEE, "/agreements", 200, 404),
    "POST /agreements": row(Right.KEEP_PARTIES, "/agreements", 422),
    "GET /conflicts": row(Right.SEE, "/conflicts", 200, 404),
    "GET /conflicts/<int:number>": row(Right.SEE, "/conflicts/1", 200, 404),
    "POST /conflicts/<int:number>/remarks": row(Right.SEE, "/conflicts/1/remarks", 403, 404, 422),
    "POST /conflicts/<int:number>/snooze": row(Right.DECIDE, "/conflicts/1/snooze", 422),
    "POST /conflicts/<int:number>/wake": row(Right.DECIDE, "/conflicts/1/wake", 302),
    "POST /conflicts/<int:number>/close": row(Right.DECIDE, "/conflicts/1/close", 422),
    "GET /waivers": row(Right.SEE, "/waivers", 200, 404),
    "GET /waivers/<int:number>": row(Right.SEE, "/waivers/1", 200, 404),
    "POST /waivers/<int:number>/grant": row(Right.SIGN_WAIVERS, "/waivers/1/grant", 404, 409),
    "POST /waivers/<int:number>/refuse": row(Right.SIGN_WAIVERS, "/waivers/1/refuse", 404, 409),
    "POST /waivers/<int:number>/withdraw": row(Right.DECIDE, "/waivers/1/withdraw", 409),
    "GET /waivers/answer/<secret>": row(OPEN, "/waivers/answer/nothing", 404),
    "POST /waivers/answer/<secret>": row(OPEN, "/waivers/answer/nothing", 404),
    "GET /windows/<window_id>/waivers": row(Right.DECIDE, "/windows/{window}/waivers", 200, 422),
    "POST /windows/<window_id>/waivers": row(Right.DECIDE, "/windows/{window}/waivers", 422),
    "GET /desk": row(Right.SEE, "/desk", 200, 404),
    "GET /promises": row(Right.SEE, "/promises"),
    "GET /windows/<window_id>/tell": row(Right.TELL, "/windows/{window}/tell"),
    "POST /windows/<window_id>/tell": row(Right.TELL, "/windows/{window}/tell", 422),
    "GET /promises/<int:promise_id>/take-back": row(Right.TELL, "/promises/999/take-back", 404),
    "POST /promises/<int:promise_id>/take-back": row(Right.TELL, "/promises/999/take-back", 404),
    "GET /rechecks": row(Right.SEE, "/rechecks", 200, 404),
    "GET /services": row(Right.SEE, "/services"),
    "GET /services/new": row(Right.KEEP_PARTIES, "/services/new"),
    "POST /services/new": row(Right.KEEP_PARTIES, "/services/new", 422),
    "GET /services/<service_id>": row(Right.SEE, "/services/MW-ESB", 200, 404),
    "GET /services/<service_id>/change": row(Right.KEEP_PARTIES, "/services/MW-ESB/change"),
    "POST /services/<service_id>/change": row(Right.KEEP_PARTIES, "/services/MW-ESB/change", 422),
    "GET /services/<service_id>/use": row(Right.KEEP_PARTIES, "/services/MW-ESB/use?customer=DUINWIJK"),
    "POST /services/<service_id>/use": row(Right.KEEP_PARTIES, "/services/MW-ESB/use?customer=DUINWIJK", 409),
    "GET /services/<service_id>/slots": row(Right.SEE, "/services/MW-ESB/slots", 200, 404),
    "POST /services/<service_id>/slots": row(Right.PROPOSE, "/services/MW-ESB/slots", 422),
    "POST /services/<service_id>/slots/policy": row(Right.PROPOSE, "/services/MW-ESB/slots/policy", 409),
    "POST /services/<service_id>/slots/<int:slot>/end": row(Right.PROPOSE, "/services/MW-ESB/slots/99/end", 422),
    "GET /services/<service_id>/requirements/new": row(Right.KEEP_PARTIES, "/services/MW-ESB/requirements/new"),
    "POST /services/<service_id>/requirements/new": row(Right.KEEP_PARTIES, "/services/MW-ESB/requirements/new", 422),
    "GET /services/<service_id>/requirements/<int:number>": row(Right.KEEP_PARTIES, "/services/MW-ESB/requirements/9999", 404),
    "POST /services/<service_id>/requirements/<int:number>": row(Right.KEEP_PARTIES, "/services/MW-ESB/requirements/9999", 404),
    "GET /services/<service_id>/requirements/<int:number>/remove": row(
        Right.KEEP_PARTIES, "/services/MW-ESB/requirements/9999/remove", 404
    ),
    "POST /services/<service_id>/requirements/<int:number>/remove": row(
        Right.KEEP_PARTIES, "/services/MW-ESB/requirements/9999/remove", 404
    ),
    "GET /experts": row(Right.SEE, "/experts", 200, 404),
    "GET /experts/new": row(Right.KEEP_EXPERTS, "/experts/new"),
    "POST /experts/new": row(Right.KEEP_EXPERTS, "/experts/new", 422),
    "GET /experts/<expert_id>": row(Right.SEE, "/experts/nobody", 404),
    "GET /experts/<expert_id>/change": row(Right.KEEP_EXPERTS, "/experts/nobody/change", 404),
    "POST /experts/<expert_id>/change": row(Right.KEEP_EXPERTS, "/experts/nobody/change", 404),
    "GET /experts/<expert_id>/absences/new": row(Right.KEEP_EXPERTS, "/experts/nobody/absences/new", 404),
    "POST /experts/<expert_id>/absences/new": row(Right.KEEP_EXPERTS, "/experts/nobody/absences/new", 404),
    "GET /experts/<expert_id>/absences/<int:number>": row(Right.KEEP_EXPERTS, "/experts/nobody/absences/1", 404),
    "POST /experts/<expert_id>/absences/<int:number>": row(Right.KEEP_EXPERTS, "/experts/nobody/absences/1", 404),
    "GET /timeline": row(Right.SEE, "/timeline"),
    "GET /calendar-feeds": row(Right.SUBSCRIBE, "/calendar-feeds"),
    "POST /calendar-feeds": row(Right.SUBSCRIBE, "/calendar-feeds", 422),
    "POST /calendar-feeds/<int:feed_id>/revoke": row(Right.SUBSCRIBE, "/calendar-feeds/99/revoke", 404),
    "POST /windows/<window_id>/seen": row(Right.SEE, "/windows/{window}/seen", 422),
    "GET /trail": row(Right.SEE, "/trail"),
    "GET /messages": row(Right.SEE, "/messages"),
    "POST /messages": row(Right.SEE, "/messages", 302),
    "POST /messages/webhooks": row(Right.CONNECT, "/messages/webhooks", 422),
    "POST /messages/webhooks/<int:number>/test": row(Right.CONNECT, "/messages/webhooks/99/test", 404),
    "POST /messages/webhooks/<int:number>/turn-off": row(Right.CONNECT, "/messages/webhooks/99/turn-off", 404),
    "GET /messages/undelivered": row(Right.KEEP_PARTIES, "/messages/undelivered"),
    "POST /messages/undelivered/<int:number>/again": row(Right.KEEP_PARTIES, "/messages/undelivered/99/again", 404),
    "GET /tokens": row(Right.CONNECT, "/tokens"),
    "POST /tokens": row(Right.CONNECT, "/tokens", 422),
    "POST /tokens/<int:token_id>/revoke": row(Right.CONNECT, "/tokens/99/revoke", 404),
}
WITHOUT_A_DOOR = {"GET /healthz", "GET /feeds/<secret>.ics", "GET /feeds/", "GET /feeds/<path:_anything>"}
"""Routes that are not pages: a load balancer's and a calendar app's. Anybody may ask; a feed's address is its key."""

NEW_ROUTE = (
    "{what} is not in ROUTES of tests/web/test_rights.py. Add a row: the right it needs (or OPEN, if it is really for everyone), "
    "an address to try it at, and the status it answers with when it is asked for without anything filled in."
)


def declared() -> dict[str, Route]:
    """The routes of every door in app/web."""
    modules = [importlib.import_module(f"app.web.{one.name}") for one in pkgutil.iter_modules(app.web.__path__)]
    routes = [route for module in modules for route in getattr(getattr(module, "door", None), "routes", ())]
    return {f"{method} {route.path}": route for route in routes for method in route.methods}


def served(application: Flask) -> Iterator[str]:
    """Everything the application answers to, except files that are the same for everyone, and the API (`tests/api`)."""
    for rule in application.url_map.iter_rules():
        if rule.endpoint != "pages.static" and not rule.endpoint.startswith("api."):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield f"{method} {rule.rule}"


def test_every_route_names_its_right_here_and_in_its_door(app: Flask) -> None:
    doors = declared()
    for what in served(app):
        assert what in ROUTES, NEW_ROUTE.format(what=what)
        if what in WITHOUT_A_DOOR:
            continue
        assert what in doors, f"{what} is added to the application without a Door: declare it with door.route and its right."
        assert doors[what].right == ROUTES[what].right, (
            f"{what} asks for {doors[what].right}, and its row says {ROUTES[what].right}"
        )


def test_no_row_is_about_a_route_that_is_gone(app: Flask) -> None:
    gone = set(ROUTES) - set(served(app))
    assert not gone, f"take these rows out of ROUTES of tests/web/test_rights.py: {sorted(gone)}"


def test_a_route_without_a_row_is_found(demo_database: Database) -> None:
    app = create_app(Settings(str(demo_database.engine.url), SECRET_KEY, "http://localhost"), demo_database)
    app.add_url_rule("/secrets", "secrets", lambda: "all of them")
    with pytest.raises(AssertionError, match=r"GET /secrets is not in ROUTES of tests/web/test_rights.py. Add a row"):
        test_every_route_names_its_right_here_and_in_its_door(app)


@pytest.fixture
def viewers(demo_database: Database, story_now: Instant) -> None:
    """People who may look and nothing else; the demonstration has none."""
    with demo_database.writing(SYSTEM, story_now) as work:
        for person, party in (("krp-looks", "KRP"), ("zonnekroon-looks", "ZONNEKROON"), ("brug-looks", "BRUG")):
            parties.add_person(
                work, Person(person, party, Name(person, person), frozenset({Role.VIEWER}), "en", "Europe/Amsterdam")
            )


def addressed(example: str, kind: str) -> str:
    window = OWN_WINDOW.get(kind.split()[0], "W-27-014")
    return example.format(window=window)


def asked(visitor: Visitor, what: str, kind: str) -> Answer:
    method, address = what.split(" ")[0], addressed(ROUTES[what].example, kind)
    return visitor.get(address) if method == "GET" else visitor.post(address)


@pytest.mark.usefixtures("viewers")
@pytest.mark.parametrize("kind", PEOPLE)
def test_whoever_has_the_right_is_let_in_and_nobody_else(signed_in: SigningIn, kind: str) -> None:
    visitor = signed_in(PEOPLE[kind])
    for what, known in sorted(ROUTES.items(), key=lambda pair: pair[0] == "POST /sign-out"):
        may = known.right is OPEN or kind in MAY[known.right]
        expected = known.answers if may else {403}
        assert asked(visitor, what, kind).status in expected, f"{kind}: {what}"


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(app: Flask) -> None:
    visitor = Visitor(app)
    for what, known in ROUTES.items():
        answer = asked(visitor, what, NOBODY)
        if known.right is OPEN:
            assert answer.status in known.answers, what
            continue
        assert answer.status == 302, what
        where, _, going = answer.location.partition("?going=")
        assert where == "/sign-in"
        method, address = what.split(" ")[0], addressed(known.example, NOBODY)
        assert unquote(going) == (address if method == "GET" else ""), what


def test_a_session_that_was_made_up_is_nobody(app: Flask) -> None:
    visitor = Visitor(app)
    for secret in ("x", "krp-cm-1", "0" * 43, "' OR 1=1 --"):
        visitor.client.set_cookie("ober", secret)
        assert visitor.get("/windows").status == 302


DECISIONS = {
    "submit": Right.PROPOSE,
    "approve": Right.DECIDE,
    "reapprove": Right.DECIDE,
    "reject": Right.DECIDE,
    "return_for_rework": Right.DECIDE,
    "withdraw": Right.PROPOSE,
    "cancel": Right.PROPOSE,
    "close": Right.DECIDE,
}


@pytest.mark.usefixtures("viewers")
@pytest.mark.parametrize("kind", PEOPLE)
def test_a_step_asks_for_its_own_right(signed_in: SigningIn, kind: str) -> None:
    visitor = signed_in(PEOPLE[kind])
    window = OWN_WINDOW.get(kind.split()[0], "W-27-014")
    assert visitor.get(f"/windows/{window}").status == 200
    for step, right in DECISIONS.items():
        answer = visitor.post(f"/windows/{window}/{step}")
        if kind not in MAY[right]:
            assert answer.status == 403, (kind, step)
            assert answer.errors, "the page says why"
        else:
            assert answer.status in {403, 409, 422}, (kind, step)
            assert answer.errors


# --- what is not yours does not exist

FOREIGN = {
    "brug-planner": {"window": ("W-27-014", "W-27-022"), "peak": (None, "ZONNEKROON:flower-valentine")},
    "zonnekroon-planner": {
        "window": ("W-27-033", "W-27-022"),
        "peak": ("ZONNEKROON:flower-valentine", "DUINWIJK:gov-tax-bills"),
    },
}
MISSING = {"window": "W-27-999", "peak": "ZONNEKROON:no-such-thing"}
TRIED = {
    "window": {
        "brug-planner": ("GET /windows/{}", "GET /windows/{}/change", "POST /windows/{}/change", "POST /windows/{}/withdraw"),
        "zonnekroon-planner": ("GET /windows/{}", "POST /windows/{}/approve"),
    },
    "peak": {
        "brug-planner": ("GET /peaks/{}",),
        "zonnekroon-planner": ("GET /peaks/{}", "GET /peaks/{}/change", "POST /peaks/{}/change", "POST /peaks/{}/remove"),
    },
}


def tried(visitor: Visitor, pattern: str, subject: str) -> Answer:
    method, _, address = pattern.partition(" ")
    address = address.format(subject)
    return visitor.get(address) if method == "GET" else visitor.post(address, {"reason": "because", "version": "1"})


def without_what_was_asked(answer: Answer, subject: str) -> str:
    """A page without its token and without the address that was asked for."""
    text = re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", answer.html)
    return unescape(text).replace(subject, "it")


@pytest.mark.parametrize("person", FOREIGN)
@pytest.mark.parametrize("kind", ["window", "peak"])
def test_what_is_not_yours_and_what_is_not_there_are_one_answer(signed_in: SigningIn, person: str, kind: str) -> None:
    visitor = signed_in(person)
    own, foreign = FOREIGN[person][kind]
    assert signed_in("krp-cm-1").get(f"/{kind}s/{foreign}").status == 200, "there is something to see"
    for pattern in TRIED[kind][person]:
        if own:
            assert tried(visitor, pattern, own).status != 404, pattern
        not_yours, not_there = tried(visitor, pattern, str(foreign)), tried(visitor, pattern, MISSING[kind])
        assert (not_yours.status, not_there.status) == (404, 404), pattern
        assert without_what_was_asked(not_yours, str(foreign)) == without_what_was_asked(not_there, MISSING[kind]), pattern
        assert set(not_yours.headers.keys()) == set(not_there.headers.keys())


def test_a_live_check_says_the_same_of_a_window_that_is_not_yours_and_of_one_that_is_not_there(signed_in: SigningIn) -> None:
    visitor = signed_in("brug-planner")
    filled = {
        "services": "MW-ESB",
        "start_day": "7-1-2027",
        "start_time": "10:00",
        "end_day": "7-1-2027",
        "end_time": "11:00",
        "zone": "Europe/Amsterdam",
        "type": "normal",
        "impact": "outage",
    }
    own, foreign, missing = (
        visitor.post(f"/windows/check?window={window}", filled) for window in ("W-27-014", "W-27-022", "W-27-999")
    )
    assert own.page.all(id="verdict-title")
    assert not foreign.page.all(id="verdict-title")
    assert foreign.html == missing.html


def test_a_peak_preview_says_the_same_of_a_peak_that_is_not_yours_and_of_one_that_is_not_there(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    filled = {"severity": "freeze", "zone": "Europe/Amsterdam", "scope": "all", "name": "x"}
    own, foreign, missing = (
        visitor.post(f"/peaks/dates/kept?peak={peak}", filled)
        for peak in ("ZONNEKROON:flower-christmas", "WINKELWOLK:ecom-returns", "ZONNEKROON:nothing")
    )
    assert own.page.all("ul", class_="dates")
    assert not foreign.page.all("ul", class_="dates")
    assert (foreign.status, foreign.html.count("returns")) == (missing.status, 0)


def test_the_feed_of_a_colleague_cannot_be_revoked_and_is_not_told_from_none(signed_in: SigningIn) -> None:
    owner, other = signed_in("brug-planner"), signed_in("wolk-planner")
    owner.post("/calendar-feeds", {"kind": "supplier_windows", "label": "mine"})
    revoke = next(
        form.attributes["action"] for form in owner.get("/calendar-feeds").main.all("form") if form.attributes.get("action")
    )
    not_yours, not_there = other.post(revoke), other.post("/calendar-feeds/987/revoke")
    assert (not_yours.status, not_there.status) == (404, 404)
    assert without_what_was_asked(not_yours, revoke) == without_what_was_asked(not_there, revoke)
    assert owner.post(revoke).status == 302
    assert owner.post(revoke).status == 404
