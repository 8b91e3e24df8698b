"""Signing in, staying signed in, and being gone after signing out."""

import pytest
from flask import Flask

from app.domain.access import SYSTEM, Role
from app.domain.register import Name
from app.domain.spans import Instant
from app.store.database import Database
from app.store.people import Person
from app.usecases import parties, signing_in
from tests.web.conftest import Building, SigningIn
from tests.web.visitor import Answer, Visitor

HOUR = 3600
DAY = 24 * HOUR
PASSWORD = "correct horse battery staple"


def cookie(answer: Answer, name: str) -> dict[str, str]:
    """The parts of a cookie that an answer sets, by lower-case name."""
    found = [one for one in answer.response.headers.getlist("Set-Cookie") if one.startswith(f"{name}=")]
    assert len(found) == 1, f"expected one cookie {name}: {answer.response.headers.getlist('Set-Cookie')}"
    parts = [part.strip().partition("=") for part in found[0].split(";")]
    return {key.lower() if number else "value": value for number, (key, _, value) in enumerate(parts)}


def test_a_cookie_from_before_signing_out_is_nobody(app: Flask, signed_in: SigningIn) -> None:
    visitor, thief = signed_in("krp-cm-1"), Visitor(app)
    known = visitor.client.get_cookie("ober")
    assert known is not None
    thief.client.set_cookie("ober", known.value)
    assert thief.get("/windows").status == 200, "the cookie is good while its owner is signed in"
    assert visitor.post("/sign-out").location == "/sign-in"
    assert thief.get("/windows").status == 302
    assert visitor.get("/windows").status == 302
    assert visitor.client.get_cookie("ober") is None


def test_signing_out_ends_one_session_and_leaves_the_others(signed_in: SigningIn) -> None:
    desk, phone = signed_in("krp-cm-1"), signed_in("krp-cm-1")
    desk.post("/sign-out")
    assert desk.get("/windows").status == 302
    assert phone.get("/windows").status == 200


def test_signing_out_twice_is_no_trouble(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    assert visitor.post("/sign-out").status == 302
    assert visitor.post("/sign-out").status == 302


def test_every_signing_in_gives_a_new_session(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.client.set_cookie("ober", "chosen-by-somebody-else")
    entered = visitor.post("/sign-in/demo", {"person": "krp-cm-1"})
    first = cookie(entered, "ober")["value"]
    second = cookie(Visitor(app).post("/sign-in/demo", {"person": "krp-cm-1"}), "ober")["value"]
    assert "chosen-by-somebody-else" not in {first, second}
    assert first != second
    assert min(len(first), len(second)) >= 43


def test_a_session_cookie_is_not_for_scripts_nor_for_other_sites(app: Flask) -> None:
    parts = cookie(Visitor(app).post("/sign-in/demo", {"person": "krp-cm-1"}), "ober")
    assert {"httponly", "samesite", "path", "max-age"} <= set(parts)
    assert (parts["samesite"], parts["path"], parts["max-age"]) == ("Lax", "/", str(7 * DAY))
    assert "domain" not in parts


def test_over_https_the_cookies_are_bound_to_this_host(build: Building, demo_database: Database) -> None:
    application = build(demo_database, public_url="https://localhost", is_demo=True)
    visitor = Visitor(application)
    secure = {"base_url": "https://localhost"}
    form = visitor.get("/sign-in", **secure)
    kept = cookie(form, "__Host-ober-form")
    entered = visitor.post("/sign-in/demo", {"person": "krp-cm-1"}, headers={"Referer": "https://localhost/"}, **secure)
    for parts in (kept, cookie(entered, "__Host-ober")):
        assert {"secure", "httponly"} <= set(parts)
        assert (parts["path"], parts["samesite"]) == ("/", "Lax")
        assert "domain" not in parts
    assert "secure" in cookie(
        visitor.post("/language", {"language": "en"}, headers={"Referer": "https://localhost/"}, **secure), "ober-language"
    )


def test_a_session_ends_when_it_is_not_used_and_after_a_week(app: Flask, signed_in: SigningIn, story_now: Instant) -> None:
    def at(moment: Instant) -> None:
        app.extensions["ober"]["clock"] = lambda: moment

    idle, busy = signed_in("krp-cm-1"), signed_in("krp-cm-2")
    at(story_now + 12 * HOUR - 1)
    assert idle.get("/windows").status == 200, "and it is noted that it was used"
    at(story_now + 24 * HOUR - 2)
    assert idle.get("/windows").status == 200
    at(story_now + 36 * HOUR - 2)
    assert idle.get("/windows").status == 302
    assert busy.get("/windows").status == 302, "not used for twelve hours"
    again = signed_in("krp-cm-2")
    for hours in range(11, 7 * 24, 11):
        at(story_now + 36 * HOUR - 2 + hours * HOUR)
        assert again.get("/windows").status == 200
    at(story_now + 36 * HOUR - 2 + 7 * DAY)
    assert again.get("/windows").status == 302


def test_a_person_who_is_disabled_is_out_at_once(demo_database: Database, signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    with demo_database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET disabled_at = 1 WHERE id = 'krp-cm-1'")
    assert visitor.get("/windows").status == 302


def test_a_language_that_was_chosen_is_kept(app: Flask, signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1", "en")
    assert "Sign out" in visitor.get("/windows").html
    visitor.language = "nl"
    visitor.post("/language", {"language": "nl"})
    assert "Sign out" not in visitor.get("/windows").html
    elsewhere = Visitor(app, "nl")
    elsewhere.post("/sign-in/demo", {"person": "krp-cm-1"})
    elsewhere.get("/windows")  # reads the page and its language


def test_before_signing_in_the_language_is_the_browsers_until_one_is_chosen(app: Flask) -> None:
    for accepted, code in (
        ("nl-NL,nl;q=0.9", "nl"),
        ("en-US", "en"),
        ("fr-FR,fr", "en"),
        ("fr, nl;q=0.5", "nl"),
        ("", "en"),
        ("*", "en"),
    ):
        visitor = Visitor(app, code)
        visitor.get("/sign-in", headers={"Accept-Language": accepted})
    visitor = Visitor(app, "nl")
    visitor.get("/sign-in")
    answer = visitor.post("/language", {"language": "en", "going": "/sign-in"})
    assert cookie(answer, "ober-language")["value"] == "en"
    visitor.language = "en"
    visitor.get("/sign-in", headers={"Accept-Language": "nl"})


def test_a_language_that_is_not_spoken_changes_nothing(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    for code in ("fr", "", "en; DROP TABLE person", "../nl", "x" * 500):
        assert visitor.post("/language", {"language": code}).status == 302
        visitor.get("/windows")


@pytest.fixture
def real(build: Building, demo_database: Database, story_now: Instant) -> Flask:
    """An installation that is no demonstration, where one person has a password."""
    with demo_database.writing(SYSTEM, story_now) as work:
        person = Person(
            "anna",
            "KRP",
            Name("Anna", "Anna"),
            frozenset({Role.CHANGE_MANAGER}),
            "en",
            "Europe/Amsterdam",
            signing_in.hash_password(PASSWORD),
        )
        parties.add_person(work, person)
    return build(demo_database, is_demo=False)


def entering(visitor: Visitor, name: str, password: str) -> Answer:
    return visitor.send(visitor.get("/sign-in"), {"name": name, "password": password})


def test_the_demonstration_lets_everybody_in_and_no_other_installation_does(app: Flask, real: Flask) -> None:
    assert Visitor(app).post("/sign-in/demo", {"person": "krp-cm-1"}).status == 302
    visitor = Visitor(real)
    answer = visitor.post("/sign-in/demo", {"person": "krp-cm-1"})
    assert answer.status == 404
    assert visitor.client.get_cookie("ober") is None
    page = visitor.get("/sign-in")
    assert not page.main.all("button", name="person")
    assert "krp-cm-1" not in page.html


def test_a_password_signs_in(real: Flask) -> None:
    visitor = Visitor(real)
    entered = entering(visitor, "anna", PASSWORD)
    assert entered.location == "/"
    assert visitor.get("/windows").status == 200
    assert PASSWORD not in entered.html


def test_a_wrong_name_and_a_wrong_password_are_told_the_same_way(real: Flask) -> None:
    tries = {
        "anna": "wrong password here",
        "nobody-here": PASSWORD,
        "krp-cm-1": PASSWORD,
        "' OR 1=1 --": PASSWORD,
        "": "",
        "Anna": PASSWORD,
    }
    texts = set()
    for name, password in tries.items():
        visitor = Visitor(real)
        answer = entering(visitor, name, password)
        assert answer.status == 422
        assert visitor.client.get_cookie("ober") is None
        assert password not in answer.html or not password
        texts.add(answer.page.one(id="problems").text)
    assert len(texts) == 1


def test_after_some_failures_the_next_try_waits_even_with_the_right_password(real: Flask, story_now: Instant) -> None:
    visitor = Visitor(real)
    said = [entering(visitor, "anna", "wrong password here").page.one(id="problems").text for _ in range(5)]
    assert len(set(said)) == 1
    waiting = entering(visitor, "anna", PASSWORD)
    assert waiting.status == 422
    assert waiting.page.one(id="problems").text != said[0]
    real.extensions["ober"]["clock"] = lambda: story_now + 15 * 60
    assert entering(visitor, "anna", PASSWORD).status == 302


def test_failures_of_one_name_do_not_keep_another_waiting(real: Flask) -> None:
    visitor = Visitor(real)
    for _ in range(6):
        entering(visitor, "somebody", "wrong password here")
    assert entering(visitor, "anna", PASSWORD).status == 302


def test_who_has_a_password_is_not_let_in_without_it_even_in_a_demonstration(real: Flask, app: Flask) -> None:
    assert Visitor(app).post("/sign-in/demo", {"person": "krp-cm-1"}).status == 302
    assert Visitor(app).post("/sign-in/demo", {"person": "anna"}).status == 404


def test_whoever_is_signed_in_has_nothing_to_sign_in_for(signed_in: SigningIn) -> None:
    assert signed_in("zonnekroon-planner").get("/sign-in").location == "/"
    assert signed_in("zonnekroon-planner").get("/").location == "/peaks"
    assert signed_in("krp-cm-1").get("/").location == "/desk"
