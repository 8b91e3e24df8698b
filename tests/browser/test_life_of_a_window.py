"""From a proposal to the morning after: a supplier, a customer and those between them carry one window through its life.

The evening of 12 January 2027: certificates for animals are renewed at six, in the middle of the animal hotel's evening wave.
"""

import re

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, Clock, Opening, sign_in
from tests.browser.test_walks import submit, type_times

SIX = 1799773200  # 12 January 2027, 18:00 in Amsterdam
MINUTE = 60


def as_(opened: Opening, person: str, **options: object) -> Page:
    page = opened(**options)
    sign_in(page, person)
    return page


def back(page: Page, person: str, size: ViewportSize) -> None:
    """Somebody who comes back after weeks or a night, perhaps on another screen, signs in again."""
    sign_in(page, person)
    page.set_viewport_size(size)


def state(page: Page, expected: str) -> None:
    expect(page.locator(".above .state")).to_have_class(re.compile(expected))


def test_a_window_is_asked_for_granted_approved_run_looked_back_on_and_closed(opened: Opening, clock: Clock) -> None:
    supplier = as_(opened, "atelier-planner")
    supplier.goto("/windows/new")
    supplier.get_by_role("checkbox", name=re.compile("Certificate engine")).check()
    supplier.get_by_label("Short description").fill("New root certificates")
    type_times(supplier, "12-1-2027", "18:00", "12-1-2027", "19:00")
    supplier.locator("#rollback_minutes").fill("30")
    supplier.locator("#rollback_plan").fill("The old ones stay beside them.")
    expect(supplier.locator("#check .verdict")).to_have_class(re.compile("needs_waiver"))
    expect(supplier.locator("#check")).not_to_contain_text("Polderpoort")
    window = f"/windows/{submit(supplier)}"

    manager = as_(opened, "krp-cm-1")
    manager.goto(window)
    manager.get_by_role("link", name="Ask for a waiver").click()
    manager.locator("#question").fill("The old ones end that night. May we do it at six?")
    manager.get_by_role("button", name="Ask", exact=True).click()
    state(manager, "waiver_requested")
    supplier.goto(window)
    state(supplier, "waiver_requested")
    expect(supplier.locator("main")).not_to_contain_text("Polderpoort")

    customer = as_(opened, "polderpoort-planner", viewport=PHONE)
    customer.goto("/waivers")
    customer.get_by_role("link", name=re.compile("New root certificates")).click()
    expect(customer.locator("main")).to_contain_text("May we do it at six?")
    customer.locator("#conditions").fill("Done before the plane of eight.")
    customer.get_by_role("button", name="Grant the waiver").click()
    expect(customer.locator("main")).to_contain_text("granted, by Planner Dierenhotel Polderpoort")

    colleague = as_(opened, "krp-cm-2")
    colleague.goto(window)
    expect(colleague.locator("main")).to_contain_text("Done before the plane of eight.")
    colleague.locator("#reason-approve").fill("They agreed; finished before eight.")
    colleague.get_by_role("button", name="Approve", exact=True).click()
    state(colleague, "approved")

    clock.now = SIX - 10 * MINUTE
    back(supplier, "atelier-planner", PHONE)
    supplier.goto("/tonight")
    supplier.get_by_role("link", name=re.compile("New root certificates")).first.click()
    supplier.goto(f"{window}/run")
    supplier.get_by_role("button", name="Start now").click()
    expect(supplier.locator("#problems")).to_contain_text("on the bridge")
    supplier.get_by_role("checkbox", name="Certificate engine specialist 3").check()
    supplier.get_by_role("button", name="Start now").click()
    state(supplier, "in_progress")

    clock.now = SIX + 65 * MINUTE
    duty = as_(opened, "krp-duty", viewport=PHONE)
    duty.goto(f"{window}/run")
    expect(duty.locator(".alarm.overrun")).to_contain_text("19:00")
    duty.goto("/")
    expect(duty.locator("main")).to_contain_text("New root certificates")

    clock.now = SIX + 70 * MINUTE
    supplier.set_viewport_size(DESKTOP)
    supplier.goto(f"{window}/run")
    supplier.locator("#result").select_option("successful_with_issues")
    supplier.get_by_role("button", name="Finish", exact=True).click()
    state(supplier, "implemented")

    clock.now = SIX + 15 * 3600
    back(customer, "polderpoort-planner", DESKTOP)
    customer.goto(f"{window}/run")
    customer.locator("#mark").select_option("5")
    customer.locator("#mark_remark").fill("Ten minutes late, and nobody called.")
    customer.locator("#review-title ~ form button").click()
    expect(customer.locator("main")).to_contain_text("nobody called")

    back(manager, "krp-cm-1", DESKTOP)
    manager.goto(window)
    expect(manager.locator(".step.off")).to_contain_text("A promise to communicate is still open")
    manager.get_by_role("link", name="Tell, or promise to tell").click()
    manager.locator("#en").fill("The certificates are renewed; sorry that nobody called.")
    manager.locator("#kind").select_option("content")
    manager.locator("#within").select_option(index=0)
    manager.locator("form button.main").first.click()
    manager.goto(window)
    manager.get_by_role("button", name="Close", exact=True).click()
    state(manager, "closed")
