"""A customer follows a calendar, reads how it is with it, and answers when it shrank: at a desk and on a phone."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import ViewportSize, expect

from app.domain.spans import Instant
from app.domain.subscriptions import Trouble
from app.store.database import Database
from tests.browser.conftest import DESKTOP, PHONE, Opening, sign_in
from tests.browser.test_axe import Found, look_at, start, told
from tests.long_form import LONG, last_of
from tests.web.subscribing import ADDRESS, CANARY, copy, refreshed, season

HOUR = 3600


@pytest.mark.parametrize(("size", "language"), last_of(((DESKTOP, "en"), (PHONE, "nl"))))
def test_a_calendar_is_followed_shrinks_and_is_answered(
    opened: Opening, demo_database: Database, story_now: Instant, size: ViewportSize, language: str
) -> None:
    page = opened(viewport=size, locale=f"{language}-{'GB' if language == 'en' else 'NL'}")
    sign_in(page, "lichtlijn-planner", language)
    page.goto("/peaks")
    page.locator("main a[href='/subscriptions']").click()
    page.locator("main a[href='/subscriptions/new']").click()
    page.locator("#name").fill("Thuiswedstrijden")
    page.locator("#address").fill("http://192.168.1.1/club.ics")
    page.locator("#subscription-form button.main").click()
    expect(page.locator("#problems")).to_be_visible()
    page.locator("#problems a").click()
    expect(page.locator("#address")).to_be_focused()
    page.locator("#address").fill(ADDRESS)
    page.locator("#severity").select_option("freeze")
    page.locator("#subscription-form button.main").click()
    page.wait_for_url(re.compile(r"/subscriptions/\d+"))
    expect(page.locator("h1")).to_contain_text("Thuiswedstrijden")
    assert CANARY not in page.content()
    refreshed(demo_database, story_now, copy(season(story_now)))
    page.reload()
    expect(page.locator("p.copy")).to_contain_text(re.compile("8 dates up to Mon 7 Jun 2027|8 datums tot en met ma 7 jun 2027"))
    refreshed(demo_database, story_now + 2 * HOUR, copy(season(story_now, 2)))
    page.reload()
    expect(page.locator("section.held li")).to_have_count(2)
    page.locator("form[action$='/keep'] button").press("Enter")
    expect(page.locator("section.held")).to_have_count(0)
    expect(page.locator(".dates li").first).to_contain_text("23")
    page.locator("#reason").fill("Andere club.")
    page.locator("form[action$='/stop'] button").click()
    page.wait_for_url("**/subscriptions")
    page.goto("/peaks")
    expect(page.locator("main")).to_contain_text("Thuiswedstrijden")


@pytest.mark.skipif(not LONG, reason="long form: OBER_LONG_TESTS=1")
@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_state_of_a_followed_calendar_has_a_defect(
    opened: Opening, demo_database: Database, story_now: Instant, language: str
) -> None:
    page = start(opened, locale=f"{language}-{'GB' if language == 'en' else 'NL'}")
    sign_in(page, "lichtlijn-planner", language)
    found: Found = {}
    page.goto("/subscriptions/new")
    page.locator("#name").fill("Home matches")
    page.locator("#address").fill(ADDRESS)
    page.locator("#subscription-form button.main").click()
    page.wait_for_url(re.compile(r"/subscriptions/\d+$"))
    one = page.url
    for later, outcome in enumerate(
        (replace(copy(season(story_now)), skipped=(("no_start", "Cup final", ""),)), Trouble.CLOSED, copy(season(story_now, 4)))
    ):
        look_at(page, found)
        refreshed(demo_database, story_now + later * 2 * HOUR, outcome)
        page.goto(one)
    for address in (one, f"{one}/change", "/subscriptions"):
        page.goto(address)
        look_at(page, found)
    page.locator("main").get_by_role("link").first.click()
    assert not found, told(found)
