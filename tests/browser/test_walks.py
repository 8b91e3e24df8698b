"""Whole errands of three people, from signing in to what they came for."""

import re
from urllib.parse import parse_qs
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from icalendar.cal import Component
from playwright.sync_api import Page, Request, Route, ViewportSize, expect

from app.demo.world import DemoWorld
from tests.browser.conftest import DESKTOP, PHONE, Opening, sign_in, sign_out, walk_in
from tests.long_form import LONG, last_of
from tests.web.canaries import customer_names, found_in
from tests.web.filling import REGISTERED, Filled

CHECKED = "#check .verdict"


def type_times(page: Page, start_day: str, start_time: str, end_day: str, end_time: str) -> None:
    for field, typed in zip(
        ("start_day", "start_time", "end_day", "end_time"), (start_day, start_time, end_day, end_time), strict=True
    ):
        page.locator(f"#{field}").fill(typed)


def submit(page: Page) -> str:
    """Press Submit and land on the window's page; its id."""
    page.locator("#window-form button.main").click()
    page.wait_for_url(re.compile(r"/windows/W-\d\d-\d{3}$"))
    return page.url.rpartition("/")[2]


def test_a_change_manager_finds_a_time_that_hurts_nobody_and_a_colleague_approves_it(opened: Opening) -> None:
    page = opened()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/windows/check" in request.url else None)
    walk_in(page, "krp-cm-1")
    page.get_by_role("navigation").get_by_role("link", name="New window").click()
    expect(page.locator("h1")).to_be_visible()
    page.locator("summary", has_text="Berichtenbrug Middleware").click()
    page.get_by_role("checkbox", name="API gateway", exact=True).check()
    page.get_by_label("Short description").fill("Gateway upgrade")
    type_times(page, "", "01:00", "26-11-2026", "03:00")
    expect(page.locator("#check .waiting")).to_contain_text("Start date")
    before = len(asked)
    page.locator("#start_day").press_sequentially("26-11-2026", delay=5)
    expect(page.locator(CHECKED)).to_have_class(re.compile("blocked"))
    assert 1 <= len(asked) - before <= 4, "ten fast keystrokes are one question, not ten"
    expect(page.locator("#check")).to_contain_text("Winkelwolk has “Black Friday to Cyber Monday” (freeze)")
    assert page.url.endswith("/windows/new"), "nothing was submitted"
    for field in ("start_day", "end_day"):
        page.locator(f"#{field}").fill("13 jan 2027")
    expect(page.locator(CHECKED)).to_have_class(re.compile("clear"))
    page.locator("#rollback_plan").fill("Back to the old version.")
    window = submit(page)
    expect(page.locator(".state")).to_have_class(re.compile("under_review"))
    sign_out(page)
    walk_in(page, "krp-cm-2")
    page.get_by_role("navigation").get_by_role("link", name="Windows").click()
    page.get_by_role("link", name=window, exact=True).click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".state")).to_have_class(re.compile("approved"))
    trail = page.locator("ol.trail li")
    expect(trail).to_have_count(3)
    expect(trail.nth(1)).to_contain_text("Change manager A")
    expect(trail.nth(2)).to_contain_text("Change manager B")


def events_of(address: str, window: str) -> list[Component]:
    """The events of a window in a feed, fetched the way a calendar app does."""
    with urlopen(address) as answer:  # noqa: S310 - an address this test has made
        calendar = Calendar.from_ical(answer.read())
    return [event for event in calendar.walk("VEVENT") if window in str(event["SUMMARY"])]


def test_a_supplier_plans_on_a_phone_and_follows_its_window_in_a_calendar(opened: Opening, world: DemoWorld) -> None:
    page = opened(viewport=PHONE, locale="nl-NL", permissions=["clipboard-read", "clipboard-write"])
    walk_in(page, "brug-planner", "nl")
    page.get_by_role("navigation").locator("a[href='/windows/new']").click()
    page.locator("input[name=services][value=MW-APIGW]").check()
    page.locator("#title").fill("Gateway bijwerken")
    page.locator("#type").select_option("standard")
    page.locator("#rollback_plan").fill("Terug naar de oude versie.")
    type_times(page, "26 nov 2026", "1u00", "26 november 2026", "3u")
    expect(page.locator(CHECKED)).to_have_class(re.compile("blocked"))
    expect(page.locator("#check")).to_contain_text("Geblokkeerd")
    assert not found_in(page.locator("#check").inner_text(), customer_names(world))
    expect(page.locator("#check")).to_be_in_viewport()
    type_times(page, "13 jan 2027", "01:00", "13 januari 2027", "03:00")
    expect(page.locator(CHECKED)).to_have_class(re.compile("clear"))
    window = submit(page)
    expect(page.locator(".state")).to_have_class(re.compile("approved"))
    expect(page.locator(".state")).to_have_text("goedgekeurd")

    page.get_by_role("navigation").locator("a[href='/calendar-feeds']").click()
    page.locator("#label").fill("mijn telefoon")
    page.locator("main form button.main").click()
    address = page.locator("#address").inner_text()
    page.locator("[data-copy]").click()
    expect(page.locator("#address-copied")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == address
    planned = events_of(address, window)
    assert [event["STATUS"] for event in planned] == ["CONFIRMED"]

    page.goto(f"/windows/{window}/change")
    type_times(page, "3 feb 2027", "01:00", "3 feb 2027", "03:00")
    expect(page.locator(CHECKED)).to_have_class(re.compile("clear"))
    submit(page)
    moved = events_of(address, window)
    assert [event["UID"] for event in moved] == [event["UID"] for event in planned]
    assert moved[0]["SEQUENCE"] > planned[0]["SEQUENCE"]
    assert f"{moved[0]['DTSTART'].dt:%Y-%m-%dT%H:%M%Z}" == "2027-02-03T00:00UTC"

    page.locator("#reason-cancel").fill("Onderdeel niet geleverd.")
    page.locator("form[action$='/cancel'] button").click()
    expect(page.locator(".state")).to_have_class(re.compile("cancelled"))
    gone = events_of(address, window)
    assert [event["STATUS"] for event in gone] == ["CANCELLED"]
    assert gone[0]["SEQUENCE"] > moved[0]["SEQUENCE"]


def fill_in(page: Page, values: Filled) -> None:
    """Fill in a peak's form the way a planner would."""
    for name, value in values.items():
        field = page.locator(f"#peak-form [name='{name}']").first
        if not field.is_visible():
            page.locator(f"details:has([name='{name}']) summary").click()
        if isinstance(value, list):
            for one in value:
                page.locator(f"input[name='{name}'][value='{one}']").check()
        elif page.locator(f"select[name='{name}']").count():
            field.select_option(value)
        else:
            field.fill(value)


def asks_with(request: Request, values: Filled) -> bool:
    """Whether this is the live check's question about everything that was filled in."""
    if "/peaks/dates/" not in request.url:
        return False
    sent = parse_qs(request.post_data or "")
    typed = {name: value if isinstance(value, list) else [value.replace("\r\n", "\n")] for name, value in values.items()}
    return all(sorted(one.replace("\r\n", "\n") for one in sent.get(name, [])) == sorted(value) for name, value in typed.items())


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_customer_registers_every_kind_of_peak_reads_it_back_first_and_removes_it(opened: Opening, language: str) -> None:
    page = opened(locale=f"{language}-{'GB' if language == 'en' else 'NL'}")
    sign_in(page, "duinwijk-planner", language)
    mine = list(REGISTERED) if LONG else list(REGISTERED)[language == "nl" :: 4]  # every other kind in one language, or all in both
    for kind, (values, expected) in ((kind, REGISTERED[kind]) for kind in mine):
        page.goto(f"/peaks/new/{kind}")
        with page.expect_response(lambda answer, values=values: asks_with(answer.request, values)):
            fill_in(page, {"name": f"Busy {kind}", "severity": "freeze", **values})
        expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        dates = page.locator("[hx-post] .dates li")
        expect(dates.nth(len(expected) - 1)).to_be_visible()
        if language == "en":
            expect(dates.first).to_have_text(expected[0])
        read_back = [dates.nth(number).inner_text() for number in range(len(expected))]
        assert f"/peaks/new/{kind}" in page.url, "nothing was saved yet"
        page.locator("#peak-form button.main").click()
        page.wait_for_url(re.compile(r"/peaks/DUINWIJK"))
        expect(page.locator("h1")).to_have_text(f"Busy {kind}")
        saved = page.locator("main .dates li")
        assert [saved.nth(number).inner_text() for number in range(len(expected))] == read_back
    page.locator("#reason").fill("Voorbij.")
    page.locator("form[action$='/remove'] button").click()
    page.wait_for_url("**/peaks")
    assert f"Busy {kind}" not in page.locator("main").inner_text()
    assert f"Busy {mine[0]}" in page.locator("main").inner_text()


def test_a_planner_finds_mothers_day_and_saves_it_in_three_inputs(opened: Opening) -> None:
    page = opened(locale="nl-NL")
    sign_in(page, "duinwijk-planner", "nl")
    page.goto("/peaks")
    page.get_by_role("link", name="Piek registreren").click()
    page.get_by_label("Zoek op naam, branche of dag").press_sequentially("moederdag", delay=5)
    expect(page.locator("#found .kinds li")).to_have_count(3)
    page.get_by_role("link", name="Moederdagpiek").first.click()
    expect(page.locator("#name")).to_have_value("Moederdagpiek")
    expect(page.locator("[hx-post] .dates li").first).to_have_text("vr 30 apr t/m zo 9 mei 2027")
    page.get_by_label("Dagen ervoor").fill("4")
    page.get_by_label("Hoe zwaar").select_option("restricted")
    expect(page.locator("[hx-post] .dates li").first).to_have_text("wo 5 mei t/m zo 9 mei 2027")
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url(re.compile(r"/peaks/DUINWIJK"))
    page.goto("/peaks")
    row = page.locator("tr", has_text="Moederdagpiek")
    expect(row).to_contain_text("beperkt")
    expect(row).to_contain_text("Tweede zondag van mei, vanaf vier dagen ervoor")


def test_a_part_of_a_rule_asks_only_what_its_kind_needs(opened: Opening) -> None:
    page = opened(viewport=PHONE)
    sign_in(page, "duinwijk-planner")
    page.goto("/peaks/new/span")
    expect(page.locator("#from-day")).to_be_visible()
    expect(page.locator("#from-feb29")).to_be_hidden()
    page.locator("#from-month").select_option("2")
    expect(page.locator("#from-feb29")).to_be_visible()
    page.locator("#from-kind").select_option("easter")
    for field, is_asked in (("offset", True), ("church", True), ("day", False), ("month", False), ("feb29", False)):
        expect(page.locator(f"#from-{field}")).to_be_visible(visible=is_asked)
    expect(page.locator("#to-day")).to_be_visible()


def test_the_live_check_shows_the_answer_to_the_latest_question(opened: Opening) -> None:
    """An answer that was long under way does not overwrite what was asked after it."""
    page = opened()
    sign_in(page, "brug-planner")
    page.goto("/windows/new")
    page.locator("input[name=services][value=MW-APIGW]").check()
    expect(page.locator("#check .waiting")).to_contain_text("Start date")
    held: list[Route] = []

    def hold_blocked_nights(route: Route) -> None:
        if "26-11-2026" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/windows/check", hold_blocked_nights)
    with page.expect_request(lambda request: "end_time=03" in (request.post_data or "")):
        type_times(page, "26-11-2026", "01:00", "26-11-2026", "03:00")
    for field in ("start_day", "end_day"):
        page.locator(f"#{field}").fill("13-1-2027")
    expect(page.locator("#check .verdict")).to_have_class(re.compile("clear"))
    assert held, "the first question is still unanswered"
    for route in held:
        route.continue_()
    page.locator("#title").fill("Gateway upgrade")
    with page.expect_response("**/windows/check"):
        page.locator("#title").blur()
    expect(page.locator("#check .verdict")).to_have_class(re.compile("clear"))


CUP = """BEGIN:VCALENDAR
X-WR-CALNAME:Bekeravonden
BEGIN:VEVENT
UID:psv
SUMMARY:Ajax - PSV
DTSTART;TZID=Europe/Amsterdam:20270210T204500
DTEND;TZID=Europe/Amsterdam:20270210T224500
END:VEVENT
BEGIN:VEVENT
UID:draw
SUMMARY:Loting
DTSTART:binnenkort
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("size", last_of((DESKTOP, PHONE)))
def test_a_customer_uploads_a_calendar_sees_what_becomes_of_it_and_renews_it(opened: Opening, size: ViewportSize) -> None:
    page = opened(locale="nl-NL", viewport=size)
    sign_in(page, "lichtlijn-planner", "nl")
    page.goto("/peaks/new")
    page.get_by_role("link", name="Een agendabestand (.ics)").click()

    def choose(text: str) -> None:
        page.locator("#file").set_input_files({"name": "cup.ics", "mimeType": "text/calendar", "buffer": text.encode()})

    choose(CUP)
    page.locator("#hours_before").fill("2")
    page.locator("#hours_after").fill("3")
    page.locator("button.main").click()
    found = page.locator("#found")
    expect(found).to_contain_text("wo 10 feb 2027 18:45 tot do 11 feb 2027 01:45: Ajax - PSV")
    expect(found).to_contain_text("Loting: De datum of tijd is niet te lezen: binnenkort")
    expect(page.locator("#name")).to_have_value("Bekeravonden")
    page.locator("button[name=save]").click()
    expect(page.locator("h1")).to_have_text("Bekeravonden")
    page.get_by_role("link", name="Een nieuwer agendabestand").click()
    choose(CUP.replace("20270210", "20270217"))
    page.locator("button.main").click()
    expect(page.locator("#found")).to_contain_text("1 nieuw of gewijzigd, 1 verdwenen of gewijzigd")
    page.locator("button[name=save]").click()
    expect(page.locator("main")).to_contain_text("wo 17 feb 2027 18:45")
    expect(page.locator("main")).not_to_contain_text("wo 10 feb 2027 18:45")
