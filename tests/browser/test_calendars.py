"""An administrator puts a day right and a planner gives his company a calendar of its own, on a desktop and on a phone."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, Opening, sign_in, sign_out, walk_in
from tests.long_form import last_of

LOOKS = last_of((pytest.param(DESKTOP, "en", id="desktop"), pytest.param(PHONE, "nl", id="phone")))
OWN = "/calendars/NOORDERHAVEN:closing-days"


def to_calendars(page: Page) -> None:
    page.locator("nav .more summary").click()
    page.get_by_role("navigation").locator("a[href='/calendars']").click()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize(("size", "language"), LOOKS)
def test_a_correction_is_made_and_the_peak_follows(opened: Opening, size: ViewportSize, language: str) -> None:
    page = opened(viewport=size, locale=f"{language}-{'GB' if language == 'en' else 'NL'}")
    walk_in(page, "krp-admin", language)
    to_calendars(page)
    page.locator("a[href='/calendars/NL']").click()
    page.locator("nav a[href*='year=2027']").click()
    expect(page.locator(".months table")).to_have_count(12)
    expect(page.locator(".months .off")).to_have_count(9)
    page.locator("#dates").fill("25 jan 2027")
    page.locator("form.step button.main").click()
    expect(page.locator("#problems li")).to_have_count(1)
    page.locator("#name").fill("Nationale rouw")
    page.locator("form.step button.main").click()
    expect(page.locator("#problems a[href='#reason']")).to_be_visible()
    page.locator("#reason").fill("Besluit van 20 november.")
    page.locator("#source").fill("Staatsblad 12")
    page.locator("form.step button.main").click()
    expect(page.locator("#problems")).to_have_count(0)
    expect(page.locator(".months .off")).to_have_count(10)
    row = page.locator("tr.entered")
    expect(row).to_contain_text("Nationale rouw")
    expect(row).to_contain_text("Besluit van 20 november. (Staatsblad 12)")
    expect(page.locator(".trail li").first).to_contain_text(re.compile("1 got other dates|1 kreeg andere datums"))
    page.locator("a[href='/peaks/NOORDERHAVEN:payroll-25']").click()
    expect(page.locator("main .dates")).to_contain_text("22 Jan 2027" if language == "en" else "22 jan 2027")
    expect(page.locator(".trail")).to_contain_text("Besluit van 20 november.")


@pytest.mark.parametrize(("size", "language"), LOOKS)
def test_a_planner_adds_closing_days_and_counts_with_them(opened: Opening, size: ViewportSize, language: str) -> None:
    page = opened(viewport=size, locale=f"{language}-{'GB' if language == 'en' else 'NL'}")
    walk_in(page, "noorderhaven-planner", language)
    to_calendars(page)
    page.locator("a[href='/calendars/new']").click()
    page.locator("#title").fill("Closing days")
    page.locator("#source").fill("Board decision 12")
    page.locator("#dates").fill("28 dec 2026 to 31 dec 2026")
    page.locator("#name").fill("Company closed")
    page.locator("form[novalidate] button.main").click()
    page.wait_for_url(f"**{OWN}")
    page.goto("/peaks/new/working_day")
    page.locator("#name").fill("Year end")
    page.locator("#nth").select_option("-1")
    page.locator("#calendar").select_option("NOORDERHAVEN:closing-days")
    page.locator("input[name=months][value='12']").check()
    expect(page.locator("[hx-post] .dates li").first).to_contain_text("24 Dec 2026" if language == "en" else "24 dec 2026")
    page.locator("#peak-form button.main").click()
    page.wait_for_url("**/peaks/NOORDERHAVEN:year-end")
    page.goto(OWN)
    expect(page.locator("a[href='/peaks/NOORDERHAVEN:year-end']")).to_be_visible()
    sign_out(page)
    sign_in(page, "zonnekroon-planner", language)
    assert page.goto(OWN).status == 404
