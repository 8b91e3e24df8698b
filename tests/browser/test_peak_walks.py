"""A planner's errands with a peak that is already there: a date taken out, a date moved, a suspension, and all put back."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, Clock, Opening, sign_in, walk_in
from tests.long_form import last_of

PEAK = "/peaks/ZONNEKROON:flower-valentine"


def first_date(page: Page) -> str:
    return page.locator(".dates li").first.inner_text()


def back_on_the_peak(page: Page) -> None:
    page.wait_for_url(f"**{PEAK}")


@pytest.mark.parametrize("size", last_of((DESKTOP, PHONE)))
def test_a_planner_takes_a_date_out_moves_one_suspends_the_peak_and_puts_all_of_it_back(
    opened: Opening, size: ViewportSize
) -> None:
    page = opened(viewport=size)
    walk_in(page, "zonnekroon-planner")
    page.get_by_role("navigation").get_by_role("link", name="Our peaks").click()
    page.get_by_role("link", name="Valentine's Day flower peak").click()
    page.get_by_role("link", name="Sun 7 Feb to Sun 14 Feb 2027").click()
    page.get_by_role("button", name="Take this date out").click()
    expect(page.locator("#problems")).to_contain_text("Reason")
    page.locator("#reason").fill("No auction this year.")
    page.get_by_role("button", name="Take this date out").click()
    back_on_the_peak(page)
    assert first_date(page) == "Mon 7 Feb to Mon 14 Feb 2028"

    page.get_by_role("link", name="Mon 7 Feb to Mon 14 Feb 2028").click()
    page.locator("#reason").fill("The market is on Saturday.")
    page.locator("#to").fill("12 feb 2028")
    page.locator("#to").press("Enter")
    back_on_the_peak(page)
    assert first_date(page) == "Sat 5 Feb to Sat 12 Feb 2028"

    page.get_by_role("link", name="Suspend for a while").click()
    page.locator("#first").fill("1-2-2028")
    page.locator("#last").fill("8-2-2028")
    page.locator("#reason").fill("The hall is being rebuilt.")
    page.get_by_role("button", name="Suspend").click()
    back_on_the_peak(page)
    assert first_date(page) == "Sat 5 Feb to Sat 12 Feb 2028; suspended Sat 5 Feb to Tue 8 Feb 2028"
    expect(page.locator(".exceptions li")).to_have_count(3)
    expect(page.locator(".trail li").last).to_contain_text("The hall is being rebuilt.")

    for button, left in (("End the suspension", 2), ("Put it back", 1), ("Put it back", 0)):
        page.locator(".exceptions a").first.click()
        page.wait_for_url(re.compile(r"/exceptions/\d+$"))
        page.get_by_role("button", name=button).click()
        back_on_the_peak(page)
        expect(page.locator(".exceptions li")).to_have_count(left)
    assert first_date(page) == "Sun 7 Feb to Sun 14 Feb 2027"


@pytest.mark.parametrize("size", last_of((DESKTOP, PHONE)))
def test_a_planner_sees_what_a_new_peak_would_hit_before_it_is_saved(opened: Opening, size: ViewportSize) -> None:
    page = opened(viewport=size)
    sign_in(page, "winkelwolk-planner")
    page.goto("/peaks/new/fixed")
    page.locator("#name").fill("Inventory")
    page.locator("#month").select_option("1")
    page.locator("#severity").select_option("freeze")
    page.locator("#day").fill("14")
    effect = page.locator("#read-back .effect")
    expect(effect.locator(".findings li").first).to_contain_text("Web shop release train")
    expect(effect.locator(".findings li").first).to_contain_text("Blocked (now: Advisory)")
    expect(effect.locator(".notes li").first).to_contain_text(
        "AppAtelier would have to be told: the first starts in 52 days 10 hours."
    )
    page.locator("#severity").select_option("advisory")
    expect(effect.locator(".findings li").first).not_to_contain_text("Blocked")
    page.locator("#day").fill("2")
    expect(effect).to_contain_text("No planned window that reaches you would meet this peak.")
    assert page.url.endswith("/peaks/new/fixed"), "nothing was saved"


@pytest.mark.parametrize("size", last_of((DESKTOP, PHONE)))
def test_a_year_on_a_planner_sees_both_years_side_by_side_and_confirms_them(
    opened: Opening, clock: Clock, size: ViewportSize
) -> None:
    clock.now += 400 * 24 * 3600
    page = opened(viewport=size)
    walk_in(page, "zonnekroon-planner")
    page.get_by_role("navigation").get_by_role("link", name="Our peaks").click()
    expect(page.locator(".changed")).to_contain_text("Nobody has looked at these peaks for a year.")
    page.get_by_role("link", name="See both years side by side").click()
    row = page.locator("tr", has_text="Valentine's Day flower peak")
    expect(row).to_contain_text("Sun 7 Feb to Sun 14 Feb 2027")
    expect(row).to_contain_text("Mon 7 Feb to Mon 14 Feb 2028")
    page.get_by_role("button", name="All of this is right").click()
    page.wait_for_url("**/peaks")
    expect(page.locator(".changed")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("These peaks were confirmed today by Planner Veiling Zonnekroon.")
