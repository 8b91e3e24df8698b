"""Peaks that may no longer be right are asked about on their page, and confirmed with one click."""

import pytest

from app.domain.spans import Instant
from app.store.database import Database
from tests.web.conftest import Building, SigningIn
from tests.web.visitor import Visitor

LATER = 400 * 24 * 3600


@pytest.fixture
def later(build: Building, demo_database: Database, story_now: Instant) -> Visitor:
    """The planner of the flower auction, more than a year on."""
    app = build(demo_database)
    app.extensions["ober"]["clock"] = lambda: story_now + LATER
    return Visitor(app).sign_in("zonnekroon-planner")


def test_a_year_on_the_planner_is_asked_sees_both_years_and_confirms_with_one_click(later: Visitor) -> None:
    banner = later.get("/peaks").main.one("section", class_="changed")
    assert "Nobody has looked at these peaks for a year." in banner.text
    page = later.get(banner.all("a")[0].attributes["href"])
    row = next(one for one in page.main.all("tr") if "Valentine" in one.text)
    cells = [one.text for one in row.all("td")]
    assert cells[1:3] == ["Sun 7 Feb to Sun 14 Feb 2027", "Mon 7 Feb to Mon 14 Feb 2028"]
    assert row.all("a")[-1].attributes["href"] == "/peaks/ZONNEKROON:flower-valentine/change"
    confirmed = later.follow(later.send(page, {}))
    assert not confirmed.main.all("section", class_="changed")
    assert "These peaks were confirmed today by Planner Veiling Zonnekroon." in confirmed.main.text


def test_the_change_manager_sees_how_long_ago_a_customer_confirmed(
    signed_in: SigningIn, build: Building, demo_database: Database, story_now: Instant
) -> None:
    address = "/peaks?customer=ZONNEKROON"
    planner = signed_in("zonnekroon-planner")
    assert "These peaks have not been confirmed yet." in signed_in("krp-cm-1").get(address).main.text
    planner.send(planner.get("/peaks/review"), {})
    build(demo_database).extensions["ober"]["clock"] = lambda: story_now + 3 * 24 * 3600
    manager = signed_in("krp-cm-1")
    assert "These peaks were confirmed 3 days ago by Planner Veiling Zonnekroon." in manager.get(address).main.text
    assert "confirmed" not in manager.get("/peaks").main.text


def test_what_changed_while_the_page_was_open_is_looked_at_again(signed_in: SigningIn) -> None:
    planner = signed_in("zonnekroon-planner")
    old = planner.get("/peaks/review")
    form = planner.get("/peaks/ZONNEKROON:flower-valentine/change")
    assert planner.send(form, {"severity": "advisory"}, id="peak-form").status == 302
    refused = planner.send(old, {})
    assert (refused.status, bool(refused.errors)) == (409, True)
    assert planner.send(refused, {}).status == 302
