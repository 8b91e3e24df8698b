"""Without JavaScript everything still works; only the live check is missed."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opening, sign_in, sign_out, walk_in

WINDOW = {
    "title": "Gateway upgrade",
    "start_day": "13-1-2027",
    "start_time": "01:00",
    "end_day": "13-1-2027",
    "end_time": "03:00",
}


def test_proposing_and_approving_need_no_script(opened: Opening) -> None:
    page = opened(java_script_enabled=False)
    walk_in(page, "krp-cm-1")
    page.goto("/windows/new")
    page.locator("summary", has_text="Berichtenbrug Middleware").click()
    page.locator("input[name=services][value=MW-APIGW]").check()
    for field, typed in WINDOW.items():
        page.locator(f"#{field}").fill(typed)
    page.locator("#window-form button.main").click()
    expect(page.locator("#problems")).to_be_visible()
    expect(page.locator("#title")).to_have_value("Gateway upgrade")
    page.locator("#rollback_plan").fill("Back to the old version.")
    page.locator("#window-form button.main").click()
    page.wait_for_url(re.compile(r"/windows/W-27-\d{3}$"))
    window = page.url.rpartition("/")[2]
    expect(page.locator("main .verdict")).to_have_class(re.compile("clear"))
    sign_out(page)
    walk_in(page, "krp-cm-2")
    page.locator(f"a[href='/windows/{window}']").first.click()
    page.locator("form[action$='/approve'] button").click()
    expect(page.locator(".state")).to_have_class(re.compile("approved"))


def test_a_template_is_searched_and_saved_without_script(opened: Opening) -> None:
    page = opened(java_script_enabled=False)
    sign_in(page, "duinwijk-planner")
    page.goto("/peaks/new")
    page.locator("#q").fill("budget day")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="Dutch Budget Day").click()
    page.locator("#lead_before").fill("2")
    page.locator("#peak-form button.main").click()
    page.wait_for_url(re.compile("/peaks/DUINWIJK"))
    expect(page.locator(".dates li").first).to_have_text("Sun 19 Sept to Tue 21 Sept 2027, 08:00–20:00")


def test_a_peak_needs_no_script(opened: Opening) -> None:
    page = opened(java_script_enabled=False)
    sign_in(page, "duinwijk-planner")
    page.goto("/peaks/new/nth_weekday")
    page.locator("#name").fill("Mother's Day")
    for field, chosen in (("nth", "2"), ("weekday", "SU"), ("month", "5")):
        page.locator(f"#{field}").select_option(chosen)
    page.locator("#lead_before").fill("9")
    page.locator("#peak-form button.main").click()
    page.wait_for_url(re.compile("/peaks/DUINWIJK"))
    expect(page.locator(".dates li").first).to_have_text("Fri 30 Apr to Sun 9 May 2027")
