"""No page has a defect that axe-core can find: in light and dark, on a desktop and on a phone, in both languages."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from app.store.database import Database
from tests.browser.conftest import DESKTOP, PHONE, Clock, Opening, served, sign_in
from tests.long_form import LONG
from tests.web.addresses import KINDS

AXE = Path(__file__).with_name("axe-4.14.1.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TIMELINE = "/timeline?weeks=2&from=2026-12-01"

MANAGER = (
    "/desk",
    "/promises?days=365",
    "/windows/W-26-011/tell",
    "/windows",
    "/windows?text=nothing-is-called-so",
    "/windows?from=31-2-2027&text=storage",
    "/windows/new",
    "/windows/W-27-014",  # advisory, to be decided
    "/windows/W-27-022",  # approved, with a note
    "/windows/W-27-040",  # a collision
    "/windows/W-27-037",  # blocked
    "/windows/W-27-038",  # on hold
    "/windows/W-27-022/change",
    "/windows/W-26-001/checks/1",
    TIMELINE,
    "/peaks?customer=LICHTLIJN",
    "/peaks/ZONNEKROON:flower-mothers-day",
    "/calendars",
    "/calendars/NL?year=2025",
    "/tokens",
    "/trail?party=BRUG",
    "/rechecks",
    "/conflicts",
    "/conflicts/1",
    "/waivers",
    "/waivers/1",
    "/windows/W-27-017/waivers",
    "/nothing-here",
)
CUSTOMER = (
    "/peaks",
    "/subscriptions",
    "/subscriptions/new",
    "/peaks/new/calendar",
    "/peaks/new",
    "/peaks/new?q=moederdag",
    *(f"/peaks/new/{kind}" for kind in (KINDS if LONG else KINDS[::4])),
    "/peaks/new/dates?template=tv-cl-matchdays-2627",
    "/peaks/ZONNEKROON:flower-mothers-day",
    "/peaks/ZONNEKROON:flower-christmas/change",
    "/peaks/ZONNEKROON:flower-mothers-day/dates/2027-05-09",
    "/peaks/ZONNEKROON:flower-mothers-day/suspend",
    "/peaks/review",
    "/waivers",
    "/windows?text=auction",
    "/windows/W-27-033",
    "/timeline?weeks=2&from=2027-02-01",
    "/calendars/GB-ENG?year=2022",
    "/calendars/new",
    "/services",
    "/services/AUC-CLOCK",
    "/messages",
)
SUPPLIER = (
    "/windows/W-27-014/slots",
    "/services/MW-ESB/slots",
    "/timeline/why-not?day=9-2-2027&time=02:00&minutes=120&rollback_minutes=60&type=normal&services=MW-ESB",
    "/windows",
    "/windows/W-27-013",
    "/windows/W-27-013/change",
    "/timeline?weeks=5&from=2027-01-04",
    "/calendar-feeds",
    "/peaks",
    "/services/MW-ESB",
    "/experts",
    "/experts/mw-specialist-2",
    "/experts/mw-specialist-2/change",
    "/experts/mw-specialist-2/absences/new",
)
ADMINISTRATOR = (
    "/messages/undelivered",
    "/agreements",
    "/experts",
    "/experts/new",
    "/services",
    "/services/NET-CORE-A",
    "/services/MW-ESB/change",
    "/services/AUC-CLOCK/use?customer=ZONNEKROON",
    "/services/DC1-COMPUTE/requirements/2",
    "/services/DC1-COMPUTE/requirements/2/remove",
)
READERS = {"krp-cm-1": MANAGER, "zonnekroon-planner": CUSTOMER, "brug-planner": SUPPLIER, "krp-admin": ADMINISTRATOR}


def settle(page: Page) -> None:
    """Wait until the live part says something, if there is one that does so before anything is typed."""
    if page.locator("[hx-post][hx-trigger*=load]").count():
        expect(page.locator("[hx-post] .verdict, [hx-post] .readback").first).to_be_visible()


Found = dict[str, list[str]]
"""By defect: where it was seen."""


ASK = """options => axe.run(document, options).then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
    [rule.id, rule.tags, node.html, node.failureSummary])))"""


def violations(page: Page) -> Iterator[str]:
    asked = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    for rule, tags, html, why in page.evaluate(ASK, asked):
        yield f"{rule} ({', '.join(sorted(set(tags) & set(TAGS)))}): {html[:120]}: {' '.join(why.split())[:240]}"


Look = tuple[ViewportSize, str]
LOOKS: tuple[Look, ...] = ((DESKTOP, "light"), (PHONE, "dark"))
OTHER_LOOKS: tuple[Look, ...] = ((DESKTOP, "dark"), (PHONE, "light"))


def pages(person: str, begin: int) -> Sequence[str]:
    """In the long form every page in every look and both languages; in the short one every other page in one of each."""
    return READERS[person] if LONG else READERS[person][begin::4]


def one_look(number: int) -> Sequence[Look]:
    """Of several pages one after another each is seen in another look."""
    return LOOKS if LONG else (LOOKS[number % len(LOOKS)],)


def look_at(page: Page, found: Found, looks: Sequence[Look] = LOOKS) -> None:
    """Add what axe finds on the page that is open, and whether it is wider than its window."""
    page.evaluate(AXE)
    for size, scheme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        where = f"{urlsplit(page.url).path} ({scheme}, {size['width']} px)"
        for one in violations(page):
            found.setdefault(one, []).append(where)
        measure(page, found)
    page.set_viewport_size(DESKTOP)


def measure(page: Page, found: Found) -> None:
    """Add the page when one would have to scroll sideways."""
    wide, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    if wide > room:
        found.setdefault(f"a page is wider than {room} px", []).append(f"{urlsplit(page.url).path}: {wide}")


def told(found: Found) -> str:
    return "\n".join(f"{one}\n    {len(where)} times, such as {', '.join(where[:3])}" for one, where in found.items())


def start(opened: Opening, **options: object) -> Page:
    """A page without transitions: a colour on its way from light to dark is nobody's colour."""
    return opened(reduced_motion="reduce", **options)


@pytest.mark.parametrize("person", READERS)
def test_no_page_has_a_defect(opened: Opening, person: str) -> None:
    page = start(opened)
    sign_in(page, person)
    found: Found = {}
    for number, address in enumerate(pages(person, 0)):
        page.goto(address)
        settle(page)
        look_at(page, found, one_look(number))
    assert not found, told(found)


@pytest.mark.parametrize("person", READERS)
def test_no_page_in_dutch_has_a_defect_or_is_too_wide(opened: Opening, person: str) -> None:
    """Words are other words and longer; what they look like in the dark does not depend on the language."""
    page = start(opened, locale="nl-NL")
    sign_in(page, person, "nl")
    found: Found = {}
    for number, address in enumerate(pages(person, 1)):
        page.goto(address)
        settle(page)
        look_at(page, found, LOOKS[:1] if LONG else one_look(number + 1))
        page.set_viewport_size(PHONE)
        measure(page, found)
        page.set_viewport_size(DESKTOP)
    assert not found, told(found)


def test_dark_on_a_desktop_and_light_on_a_phone_have_no_defect(opened: Opening) -> None:
    """Every kind of colour there is stands on one of these pages."""
    page = start(opened)
    sign_in(page, "krp-cm-1")
    found: Found = {}
    for address in ("/windows?all=1&supplier=BRUG", "/windows/W-27-037", TIMELINE):
        page.goto(address)
        settle(page)
        look_at(page, found, OTHER_LOOKS)
    assert not found, told(found)


def refused_window(page: Page) -> None:
    sign_in(page, "krp-cm-1")
    page.goto("/windows/new")
    page.locator("#window-form button.main").click()
    expect(page.locator("#problems")).to_be_visible()


def refused_peak(page: Page) -> None:
    sign_in(page, "zonnekroon-planner")
    page.goto("/peaks/new/weekly")
    page.locator("#peak-form button.main").click()
    expect(page.locator("#problems")).to_be_visible()


def taken_out(page: Page) -> None:
    sign_in(page, "zonnekroon-planner")
    page.goto("/peaks/ZONNEKROON:flower-mothers-day/dates/2027-05-09")
    page.locator("#reason").fill("No market this year.")
    page.locator("button[name=take_out]").click()
    expect(page.locator(".exceptions li")).to_have_count(1)


def put_back(page: Page) -> None:
    taken_out(page)
    page.locator(".exceptions a").click()
    expect(page.locator("dl")).to_contain_text("No market this year.")


def refused_decision(page: Page) -> None:
    sign_in(page, "krp-cm-1")
    page.goto("/windows/W-27-014")
    page.locator("form[action$='/reject'] button").click()
    expect(page.locator("#problems")).to_be_visible()


def refused_correction(page: Page) -> None:
    sign_in(page, "krp-admin")
    page.goto("/calendars/NL")
    page.locator("form.step button.main").click()
    expect(page.locator("#problems")).to_be_visible()


def corrected_calendar(page: Page) -> None:
    sign_in(page, "krp-admin")
    for effect, day in (("off", "25-1-2027"), ("worked", "27-4-2027")):
        page.goto("/calendars/NL")
        for field, typed in (("dates", day), ("name", "Mourning"), ("reason", "Decree 12."), ("source", "Gazette")):
            page.locator(f"#{field}").fill(typed)
        page.locator("#effect").select_option(effect)
        page.locator("form.step button.main").click()
        page.wait_for_url("**/calendars/NL?year=2027")
    page.goto("/calendars/NL?year=2027&version=1")
    expect(page.locator(".changed")).to_be_visible()


def new_feed(page: Page) -> None:
    sign_in(page, "brug-planner")
    page.goto("/calendar-feeds")
    page.locator("main form button.main").click()
    expect(page.locator("#address")).to_be_visible()


def checked_window(page: Page) -> None:
    sign_in(page, "brug-planner")
    page.goto("/windows/new")
    page.locator("input[name=services][value=MW-APIGW]").check()
    for field, typed in (("start_day", "26-11-2026"), ("start_time", "1:00"), ("end_day", "26-11-2026"), ("end_time", "3:00")):
        page.locator(f"#{field}").fill(typed)
    expect(page.locator("#check .blocked").first).to_be_visible()


def signing_in(page: Page) -> None:
    page.goto("/sign-in")


STEPS: dict[str, Callable[[Page], None]] = {
    one.__name__: one
    for one in (
        signing_in,
        refused_window,
        refused_peak,
        taken_out,
        put_back,
        refused_decision,
        refused_correction,
        corrected_calendar,
        new_feed,
        checked_window,
    )
}


@pytest.mark.parametrize("step", list(STEPS) if LONG else list(STEPS)[::3])
def test_no_page_one_comes_to_by_a_step_has_a_defect(opened: Opening, step: str) -> None:
    page = start(opened)
    found: Found = {}
    STEPS[step](page)
    look_at(page, found, one_look(list(STEPS).index(step)))
    assert not found, told(found)


def test_signing_in_with_a_password_has_no_defect(opened: Opening, demo_database: Database, clock: Clock) -> None:
    with served(demo_database, clock, is_demo=False) as address:
        page = start(opened, base_url=address)
        page.goto("/sign-in")
        expect(page.locator("input[type=password]")).to_be_visible()
        look_at(page, found := {})
    assert not found, told(found)


def test_axe_does_find_something_on_a_page_that_has_it(opened: Opening) -> None:
    page = start(opened)
    page.goto("/sign-in")
    page.evaluate(
        "document.documentElement.removeAttribute('lang'); document.querySelector('h1').style.cssText = 'width: 900px; color: #ccc'"
    )
    look_at(page, found := {})
    for rule in ("html-has-lang", "color-contrast", "wider than 390 px"):
        assert rule in told(found)
