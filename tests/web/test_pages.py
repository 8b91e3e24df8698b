"""Every page: readable, guarded by its headers, and clear about what it refuses."""

import pytest
from flask import Flask

from app.store.database import Database
from tests.long_form import last_of
from tests.web.addresses import READERS
from tests.web.conftest import Building, SigningIn
from tests.web.reading import complaints, read, unfilled
from tests.web.visitor import Visitor

GOOD = """<!doctype html><html lang="en"><head><title>Words · Ober</title></head><body><a href="#main">Skip</a>
<main id="main"><h1>Words</h1><form method="post"><input type="hidden" name="csrf_token" value="x">
<label for="a">A</label><input id="a"></form></main></body></html>"""


@pytest.mark.parametrize("person", READERS)
@pytest.mark.parametrize("language", last_of(("en", "nl")))
def test_every_page_can_be_read_by_whoever_it_is_for(signed_in: SigningIn, person: str, language: str) -> None:
    visitor = signed_in(person, language)
    for address in READERS[person]:
        answer = visitor.get(address)
        assert answer.status == (422 if "nonsense" in address or "31-2" in address else 200), address


def test_a_good_page_has_no_complaints() -> None:
    assert [*complaints(read(GOOD), "en"), *unfilled(read(GOOD))] == []


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("<h1>Words</h1>", "", "one h1"),
        ("<h1>Words</h1>", "<h1></h1>", "one h1"),
        ("<h1>Words</h1>", "<h1>Words</h1><h1>More</h1>", "one h1"),
        ("Words · Ober", " · Ober", "one title"),
        ('lang="en"', 'lang="nl"', "says its language"),
        ('lang="en"', "", "says its language"),
        ('<main id="main">', '<main id="main"></main><main>', "one main part"),
        ('<a href="#main">Skip</a>', "", "skips to its content"),
        ('<label for="a">A</label>', "", "every field has a label"),
        ('<label for="a">A</label>', '<label for="a"></label>', "every field has a label"),
        ('<label for="a">A</label>', '<label for="b">A</label>', "points at 'b'"),
        ('<input id="a">', '<input id="a"><select id="c"></select>', "every field has a label"),
        ('<input id="a">', '<input id="a"><input id="a">', "used 2 times"),
        ('<input id="a">', '<input id="a" aria-describedby="gone">', "points at 'gone'"),
        ("</form>", '</form><a href="#gone">There</a>', "'#gone', which is not on the page"),
        ("</form>", "</form><button></button>", "says what it does"),
        ("</form>", '</form><img src="/x">', "says what it shows"),
        ("</form>", "</form><fieldset></fieldset>", "has a legend"),
        ("</form>", '</form><p style="color: red">x</p>', "nothing inline"),
        ("</form>", '</form><p onclick="go()">x</p>', "nothing inline"),
        ("</form>", '</form><a href="javascript:go()">x</a>', "nothing inline"),
        ("</form>", "</form><script>go()</script>", "no inline <script>"),
        ("</form>", "</form><style>p {}</style>", "no inline <style>"),
        ("</form>", "</form><p>It has {count} windows</p>", "was not filled in"),
        ('<input type="hidden" name="csrf_token" value="x">', "", "carries its token"),
    ],
)
def test_a_defect_in_a_page_is_seen(before: str, after: str, complaint: str) -> None:
    assert before in GOOD
    spoilt = read(GOOD.replace(before, after))
    assert any(complaint in one for one in [*complaints(spoilt, "en"), *unfilled(spoilt)])


@pytest.mark.parametrize("address", ["/windows", "/sign-in", "/nothing-here", "/windows/W-99-999"])
def test_every_answer_says_what_a_browser_may_do_with_it(app: Flask, signed_in: SigningIn, address: str) -> None:
    for visitor in (signed_in("krp-cm-1"), Visitor(app)):
        headers = visitor.get(address).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_what_somebody_sees_signed_in_is_kept_by_nobody_in_between(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    for address in ("/windows", "/windows/new", "/windows/W-27-013", "/peaks", "/timeline", "/calendar-feeds", "/windows/W-99-999"):
        assert visitor.get(address).headers["Cache-Control"] == "private, no-store", address


def test_the_feed_address_page_is_not_kept_either(signed_in: SigningIn) -> None:
    made = signed_in("brug-planner").post("/calendar-feeds", {"kind": "supplier_windows", "label": "mine"})
    assert made.main.all(id="address")
    assert made.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/sign-in", "/windows", "/healthz", "/feeds/x.ics", "/static/ober.css", "/nothing-here"])
def test_another_host_is_refused(app: Flask, address: str) -> None:
    client = app.test_client()
    with client.get(address) as answer:
        assert answer.status_code != 400
    for host in ("evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example", "127.0.0.1"):
        with client.get(address, headers={"Host": host}) as answer:
            assert answer.status_code == 400, host
            assert "evil" not in answer.text


def test_the_own_host_of_a_real_installation_is_the_only_one(build: Building, demo_database: Database) -> None:
    client = build(demo_database, public_url="https://ober.example.org", is_demo=False).test_client()
    assert client.get("/healthz", base_url="https://ober.example.org").status_code == 200
    assert client.get("/healthz", base_url="https://localhost").status_code == 400


@pytest.mark.parametrize("person", [None, "krp-cm-1"])
def test_a_form_that_is_too_large_is_refused_on_a_page(app: Flask, signed_in: SigningIn, person: str | None) -> None:
    visitor = signed_in(person) if person else Visitor(app)
    answer = visitor.post("/windows/new" if person else "/sign-in/demo", {"title": "x" * (4 * 1024 * 1024)})
    assert answer.status == 413
    assert answer.main.one("h1").text


@pytest.mark.parametrize("person", [None, "krp-cm-1", "zonnekroon-planner", "brug-planner"])
def test_an_unknown_address_is_a_page_that_leads_back(app: Flask, signed_in: SigningIn, person: str | None) -> None:
    visitor = signed_in(person) if person else Visitor(app)
    for address in ("/nothing-here", "/windows/W-27-013/nothing/here", "/peaks/", "/static/nothing.css", "/%00", "/~/x.php"):
        answer = visitor.get(address)
        assert answer.status == 404, address
        assert answer.main.all("a", href="/")


@pytest.mark.parametrize("person", [None, "krp-cm-1"])
def test_an_address_that_is_not_for_looking_says_so(app: Flask, signed_in: SigningIn, person: str | None) -> None:
    visitor = signed_in(person) if person else Visitor(app)
    answer = visitor.get("/sign-out")
    assert answer.status == 405
    assert answer.main.all("a", href="/")


POSTED = ["/language", "/sign-out", "/windows/new", "/windows/check", "/windows/W-27-014/approve", "/calendar-feeds"]


def test_a_form_that_did_not_come_from_ober_is_refused(signed_in: SigningIn) -> None:
    visitor, other = signed_in("krp-cm-1"), signed_in("krp-cm-2")
    assert visitor.post("/language", {"language": "en"}).status == 302
    for address in POSTED:
        for token in (None, "", "nonsense", other.token):
            answer = visitor.post(address, {"csrf_token": [] if token is None else token})
            assert answer.status == 400, (address, token)
            assert answer.main.one("h1").text
            assert answer.main.all("a", href="/")
    assert visitor.get("/windows").status == 200, "still signed in"


def test_signing_in_without_a_token_is_refused_too(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.get("/sign-in")
    answer = visitor.post("/sign-in/demo", {"person": "krp-cm-1", "csrf_token": ""})
    assert answer.status == 400
    assert visitor.get("/windows").status == 302


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "/\r/evil.example/",
    "\t//evil.example/",
    " //evil.example/",
    "/\x00/evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:evil.example",
    "evil.example",
    "/windows\r\nSet-Cookie: ober=mine",
    "/" + "x" * 5000,
]


def test_nobody_is_sent_elsewhere_by_a_link_made_for_him(app: Flask) -> None:
    visitor = Visitor(app)
    answers = [visitor.post("/language", {"language": "en", "going": going}) for going in ELSEWHERE]
    answers += [visitor.post("/sign-in/demo", {"person": "krp-cm-1", "going": going}) for going in ELSEWHERE]
    for answer in answers:
        assert answer.status == 302
        assert "evil" not in answer.headers["Location"]
        assert answer.location == "/"
        assert "mine" not in answer.headers.get("Set-Cookie", "")


def test_one_comes_back_to_where_one_was_going(app: Flask) -> None:
    visitor = Visitor(app)
    asked = visitor.get("/windows?text=storage&all=1")
    form = visitor.follow(asked)
    going = form.main.all("input", name="going")[0].attributes["value"]
    assert going == "/windows?text=storage&all=1"
    assert visitor.post("/sign-in/demo", {"person": "krp-cm-1", "going": going}).location == "/windows?text=storage&all=1"


def test_the_health_of_the_service_is_told_without_a_word_more(app: Flask) -> None:
    answer = Visitor(app).client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
