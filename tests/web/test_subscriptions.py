"""Following a calendar elsewhere, by its pages."""

import pytest
from flask import Flask

from app.domain.spans import Instant
from app.domain.subscriptions import Trouble
from app.store.database import Database
from tests.usecases.story import everything
from tests.web.conftest import SigningIn
from tests.web.subscribing import ADDRESS, CANARY, DAY, HOME_MATCHES, copy, followed, refreshed, season
from tests.web.visitor import Answer, Visitor

HOUR = 3600


@pytest.fixture
def customer(signed_in: SigningIn) -> Visitor:
    return signed_in("noorderhaven-planner")


@pytest.fixture
def clock(app: Flask, story_now: Instant) -> dict[str, Instant]:
    """The time at the pages: `clock["now"] += HOUR`."""
    shown = {"now": story_now}
    app.extensions["ober"]["clock"] = lambda: shown["now"]
    return shown


def state(answer: Answer) -> str:
    return answer.main.one("section", **{"aria-labelledby": "state-title"}).text


def test_a_calendar_is_followed_and_its_state_is_told_in_words(
    customer: Visitor, demo_database: Database, clock: dict[str, Instant]
) -> None:
    page = followed(customer)
    assert page.main.one("h1").text == "Calendar of Home matches"
    assert "has not been read yet" in state(page)
    assert "checks say that they do not know" in state(page)
    refreshed(demo_database, clock["now"], copy(season(clock["now"])))
    clock["now"] += 3 * HOUR
    page = customer.get(page.address)
    assert "Last good copy 3 hours ago: 8 dates up to Mon 7 Jun 2027." in state(page)
    assert "Mon 23 Nov 2026" in page.main.one("ul", class_="dates").text
    assert "Cup final: The date or time cannot be read: 2027-13-01" in page.main.text
    assert "8 dates came" in page.main.one("ol", class_="trail").text
    peak = customer.get("/peaks/NOORDERHAVEN:home-matches")
    assert peak.main.all("a", href=page.address)
    listed = customer.get("/subscriptions")
    assert "Last good copy 3 hours ago" in listed.main.text


def test_trouble_is_told_with_what_it_means(customer: Visitor, demo_database: Database, clock: dict[str, Instant]) -> None:
    address = followed(customer).address
    refreshed(demo_database, clock["now"], copy(season(clock["now"])))
    clock["now"] += 2 * HOUR
    refreshed(demo_database, clock["now"], Trouble.NOT_FOUND)
    told = state(customer.get(address))
    assert "“not found”). That is so since Sun 22 Nov 2026 22:00." in told
    assert "still counts; after Sun 6 Dec 2026 20:00 checks will say that they do not know" in told
    assert "asked again around Sun 22 Nov 2026 22:15" in told
    clock["now"] += 15 * DAY
    customer.sign_in("noorderhaven-planner")
    told = state(customer.get(address))
    assert "Last good copy 15 days ago: 8 dates." in told
    assert "since Sun 6 Dec 2026 20:00 checks say that they do not know of more" in told
    for _ in range(7):
        refreshed(demo_database, clock["now"], Trouble.TIMED_OUT)
        clock["now"] += 2 * DAY
    customer.sign_in("noorderhaven-planner")
    assert "failed 8 times in a row, so it is asked once a day only" in state(customer.get(address))


def shrunk(customer: Visitor, database: Database, clock: dict[str, Instant]) -> Answer:
    address = followed(customer).address
    refreshed(database, clock["now"], copy(season(clock["now"])))
    clock["now"] += 2 * HOUR
    refreshed(database, clock["now"], copy(season(clock["now"] - 2 * HOUR, 2)))
    return customer.get(address)


def test_a_calendar_that_shrank_is_asked_about_with_what_would_go(
    customer: Visitor, demo_database: Database, clock: dict[str, Instant]
) -> None:
    page = shrunk(customer, demo_database, clock)
    asked = page.main.one("section", class_="held").text
    assert "2 of the 8 dates to come are missing or shorter" in asked
    assert "Mon 23 Nov 2026 20:00 until 22:00: Match 0" in asked
    assert "you are asked" in customer.get("/subscriptions").main.text
    kept = customer.follow(customer.send(page, {}, action=f"{page.address}/keep"))
    assert not kept.main.all("section", class_="held")
    assert "Mon 23 Nov 2026" in kept.main.one("ul", class_="dates").text
    assert "kept the old dates" in kept.main.text


def test_the_smaller_calendar_is_taken_over_when_its_customer_says_so(
    customer: Visitor, demo_database: Database, clock: dict[str, Instant]
) -> None:
    page = shrunk(customer, demo_database, clock)
    taken = customer.follow(customer.send(page, {}, action=f"{page.address}/accept"))
    assert "Mon 23 Nov 2026" not in taken.main.one("ul", class_="dates").text
    again = customer.send(page, {}, action=f"{page.address}/keep")
    assert again.status == 409, "it was answered already"


def test_the_integrator_sees_the_state_and_never_the_address(
    customer: Visitor, signed_in: SigningIn, demo_database: Database, clock: dict[str, Instant]
) -> None:
    page = shrunk(customer, demo_database, clock)
    assert "calendars.example" in page.main.text
    manager = signed_in("krp-cm-1")
    for address in ("/subscriptions", page.address):
        seen = manager.get(address)
        assert "Home matches" in seen.main.text
        assert "calendars.example" not in seen.html
        assert "form" not in {form.name for form in seen.main.all("form")}


def test_what_is_not_yours_does_not_exist(customer: Visitor, signed_in: SigningIn) -> None:
    own = followed(customer).address
    for person in ("zonnekroon-planner", "brug-planner"):
        other = signed_in(person)
        assert other.get(own).status == 404
        assert "Home matches" not in other.get("/subscriptions").html
    stranger = signed_in("zonnekroon-planner")
    assert stranger.get(f"{own}/change").status == 404
    for verb in ("change", "refresh", "accept", "keep", "stop"):
        assert stranger.post(f"{own}/{verb}", {"reason": "mine"}).status == 404, verb


def test_an_address_is_kept_nowhere_in_the_open(
    customer: Visitor, signed_in: SigningIn, demo_database: Database, clock: dict[str, Instant]
) -> None:
    page = followed(customer)
    refreshed(demo_database, clock["now"], copy(season(clock["now"])))
    for address in (page.address, f"{page.address}/change", "/subscriptions", "/peaks", "/peaks/NOORDERHAVEN:home-matches"):
        assert CANARY not in customer.get(address).html, address
    kept = repr(everything(demo_database))
    assert "Home matches" in kept
    assert CANARY not in kept


def test_a_change_keeps_the_address_when_it_is_left_out(customer: Visitor) -> None:
    page = followed(customer, before="2:30", scope="some", services="BANK-APP")
    form = customer.get(f"{page.address}/change")
    values = {one.attributes["name"]: one.attributes.get("value") for one in form.main.all("input", type="text")}
    assert (values["address"], values["before"], values["after"], values["name"]) == ("", "2:30", "3", "Home matches")
    changed = customer.follow(customer.send(form, {"after": "4", "severity": "advisory"}, id="subscription-form"))
    assert "changed" in changed.main.text
    assert "calendars.example" in changed.main.text
    late = customer.send(form, {"after": "5"}, id="subscription-form")
    assert late.status == 409


def test_it_can_be_asked_now_and_stopped_with_a_reason(
    customer: Visitor, demo_database: Database, clock: dict[str, Instant]
) -> None:
    page = followed(customer)
    refreshed(demo_database, clock["now"], copy(season(clock["now"])))
    assert customer.send(page, {}, action=f"{page.address}/refresh").status == 422
    clock["now"] += 2 * 60
    asked = customer.follow(customer.send(page, {}, action=f"{page.address}/refresh"))
    assert "its turn to be asked now" in state(asked)
    without = customer.send(page, {}, action=f"{page.address}/stop")
    assert (without.status, list(without.errors)) == (422, ["reason"])
    gone = customer.follow(customer.send(page, {"reason": "Other club."}, action=f"{page.address}/stop"))
    assert "No calendar is followed yet" in gone.main.text
    assert "Home matches" in customer.get("/peaks").main.text, "its dates stay"


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"name": ""}, {"name": "missing"}),
        ({"address": ""}, {"address": "missing"}),
        ({"address": "http://127.0.0.1/club.ics"}, {"address": "private network"}),
        ({"address": "file:///etc/passwd"}, {"address": "begins with https"}),
        ({"address": "https://me:secret@calendars.example/"}, {"address": "password"}),
        ({"address": "https://calendars.example:22/"}, {"address": "80, 443"}),
        ({"address": "https://2130706433/"}, {"address": "not an address"}),
        ({"address": "calendars example"}, {"address": "not an address"}),
        ({"before": "two"}, {"before": "“two” is not a number of hours from 0 to 168"}),
        ({"after": "168:01"}, {"after": "168"}),
        ({"after": "-1", "before": "1e3"}, {"before": "1e3", "after": "-1"}),
        ({"severity": "deadly"}, {"severity": "Choose"}),
        ({"zone": "Mars/Olympus"}, {"zone": "Mars/Olympus"}),
        ({"scope": "some"}, {"services": "at least one"}),
        ({"name": "x" * 201}, {"name": "200"}),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_kept(
    customer: Visitor, changes: dict[str, str], errors: dict[str, str]
) -> None:
    answer = customer.post("/subscriptions/new", {"scope": "all", "zone": "Europe/Amsterdam", **HOME_MATCHES, **changes})
    assert answer.status == 422
    assert answer.errors.keys() == errors.keys()
    for field, words in errors.items():
        assert words in answer.errors[field]
    assert "No calendar is followed yet" in customer.get("/subscriptions").main.text


def test_half_hours_can_be_written_in_three_ways(customer: Visitor) -> None:
    for typed in ("2:30", "2,5", "2.50"):
        page = followed(customer, before=typed)
        form = customer.get(f"{page.address}/change")
        assert form.main.one("input", name="before").attributes["value"] == "2:30"


def test_dutch_reads_dutch(signed_in: SigningIn, demo_database: Database, clock: dict[str, Instant]) -> None:
    customer = signed_in("noorderhaven-planner", "nl")
    page = shrunk(customer, demo_database, clock)
    assert "Laatste goede kopie 2 uur geleden: 8 datums tot en met ma 7 jun 2027." in state(page)
    assert "2 van de 8 komende datums" in page.main.text
    assert ADDRESS not in page.html
