"""Everything can be done with a keyboard alone, and the focus is where one expects it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opening, sign_in
from tests.long_form import last_of

MOST_STEPS = 120


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that is in focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached with {MOST_STEPS} times Tab")


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def test_a_window_is_submitted_without_a_mouse(opened: Opening) -> None:
    page = opened()
    page.goto("/sign-in")
    tab_to(page, "button[value='wolk-planner']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/windows")
    if page.locator("html").get_attribute("lang") != "en":
        tab_to(page, "button[name=language][value=en]")
        page.keyboard.press("Enter")
        page.locator("html[lang=en]").wait_for()
    tab_to(page, "nav a[href='/windows/new']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/windows/new")
    tab_to(page, "input[name=services][value=LAB-TEST]")
    page.keyboard.press("Space")
    type_into(page, "#title", "Test lab cleaning")
    type_into(page, "#start_day", "20-1-2027")
    type_into(page, "#start_time", "13:00")
    type_into(page, "#end_day", "20-1-2027")
    type_into(page, "#end_time", "14:00")
    expect(page.locator("#check .verdict")).to_have_class(re.compile("clear"))
    tab_to(page, "#window-form button.main")
    page.keyboard.press("Space")
    problems = page.locator("#problems")
    expect(problems).to_be_focused()
    expect(problems).to_contain_text("Rollback plan")
    tab_to(page, "#problems a")
    page.keyboard.press("Enter")
    expect(page.locator("#rollback_plan")).to_be_focused()
    page.keyboard.type("Restore the image of that morning.")
    tab_to(page, "#window-form button.main")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/windows/W-27-\d{3}"))
    expect(page.locator(".state")).to_have_class(re.compile("under_review"))


def test_enter_in_a_field_submits_and_does_not_keep_a_draft(opened: Opening) -> None:
    page = opened()
    sign_in(page, "wolk-planner")
    page.goto("/windows/new")
    page.locator("#title").press("Enter")
    expect(page.locator("#problems")).to_be_focused()
    assert page.locator("#problems li").count() >= 4


@pytest.mark.parametrize("address", last_of(("/windows", "/calendar-feeds", "/timeline", "/windows/new")))
def test_the_first_tab_offers_to_skip_to_the_content(opened: Opening, address: str) -> None:
    page = opened()
    sign_in(page, "wolk-planner")
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the next stop is in the content"


def test_what_is_in_focus_is_seen_to_be(opened: Opening) -> None:
    page = opened()
    sign_in(page, "wolk-planner")
    page.goto("/windows/new")
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 100)")


def test_a_live_check_takes_no_focus_away(opened: Opening) -> None:
    page = opened()
    sign_in(page, "wolk-planner")
    page.goto("/windows/new")
    page.locator("input[name=services][value=LAB-TEST]").check()
    for field, typed in (("start_day", "20-1-2027"), ("start_time", "13:00"), ("end_day", "20-1-2027")):
        page.locator(f"#{field}").fill(typed)
    page.locator("#end_time").press_sequentially("14:00")
    expect(page.locator("#check .verdict")).to_have_class(re.compile("clear"))
    expect(page.locator("#end_time")).to_be_focused()
    expect(page.locator("#end_time")).to_have_value("14:00")
    assert page.locator("#check").get_attribute("aria-live") == "polite"
