"""What a customer and a supplier may not read: each other's names, in any page, and other parties' of their kind."""

from collections import Counter
from collections.abc import Iterable

import pytest

from app.adapters.peak_templates import peak_templates
from app.demo.load import planner_of
from app.demo.world import DemoWorld
from app.phrases.reports import Part
from tests.web.canaries import customer_names, found_in, supplier_names
from tests.web.conftest import SigningIn
from tests.web.filling import BLACK_FRIDAY_NIGHT, GATEWAY, proposed, taken
from tests.web.reading import filled_in
from tests.web.visitor import Answer, Visitor

FREEZE_NIGHT = {"start_day": "9-2-2027", "start_time": "01:00", "end_day": "9-2-2027", "end_time": "05:00"}
CUSTOMERS = ("ZONNEKROON", "POLDERPOORT", "LICHTLIJN", "NOORDERHAVEN", "WINKELWOLK", "DUINWIJK")
SUPPLIERS = ("KABEL", "WOLK", "DIJK", "BRUG", "SLEUTEL", "ATELIER", "BETAAL", "STROOM")


def given_away(answer: Answer, canaries: Iterable[str]) -> list[str]:
    """Canaries that a page contains as words of their own."""
    return found_in(answer.words, canaries)


def offered_on(answer: Answer) -> set[str]:
    """The names of the templates, where a new peak is made: they come with the product and are the same for everybody."""
    names = [one.name for one in peak_templates().values()] if answer.address.startswith("/peaks/new") else []
    return {text for name in names for text in (name.nl, name.en)}


MOST_WINDOWS = 10
MOST_OF_A_KIND = 2
"""So many windows are opened, and so many pages of every other kind."""

FOR_CUSTOMERS = ("/reviews", "/conflicts", "/waivers")
ALL_YEAR = "from=1-1-2026&to=31-12-2026"
TABLES = tuple(f"/reports/{part}.csv?{ALL_YEAR}" for part in Part)
LIVING = ("/tonight", "/promises?days=365", f"/reports?{ALL_YEAR}", "/trail", "/messages", *FOR_CUSTOMERS)
"""What the life of windows leaves behind, of every party as far as it may know it."""


def pages_of(visitor: Visitor) -> list[Answer]:
    """Pages of every kind that somebody can reach by following links, beginning with everything there ever was."""
    kind_of = visitor.app.url_map.bind("localhost").match
    waiting = ["/windows?all=1", "/peaks", "/timeline?weeks=13&from=2026-10-01", "/timeline?weeks=13&from=2027-01-01", *LIVING]
    seen: dict[str, Answer] = {}
    kinds: Counter[str] = Counter()
    for address in waiting:
        kind, _ = kind_of(address.partition("?")[0])
        if address in seen or kinds[kind] >= (MOST_WINDOWS if kind == "pages.show_window" else MOST_OF_A_KIND):
            continue
        kinds[kind] += 1
        answer = seen[address] = visitor.get(address)
        waiting += [link.attributes["href"] for link in answer.page.all("a", href=None) if link.attributes["href"].startswith("/")]
    return [answer for answer in seen.values() if answer.is_page]


def files_of(visitor: Visitor) -> list[Answer]:
    """The reports of a year as files."""
    answers = [visitor.get(address) for address in TABLES]
    assert {answer.status for answer in answers} == {200}
    return answers


def test_the_integrator_does_read_these_names(signed_in: SigningIn, world: DemoWorld) -> None:
    """What the tests below look for is there to be seen."""
    visitor = signed_in("krp-cm-1")
    answers = [visitor.get(address) for address in ("/windows?all=1", "/peaks", "/timeline?weeks=13", "/windows/W-26-010")]
    read = " ".join(" ".join(answer.words.split()) for answer in answers)
    for names in (customer_names(world), supplier_names(world)):
        english = {one for one in names if one in read}
        assert len(english) > len(names) / 2
    for name in ("Veiling Zonnekroon", "Black Friday to Cyber Monday", "Wolkenveld Hosting", "W-27-022"):
        assert name in read


@pytest.mark.parametrize(("supplier", "language"), [*((one, "en") for one in SUPPLIERS), ("BRUG", "nl")])
def test_a_suppliers_pages_name_no_customer_no_peak_and_no_other_supplier(
    signed_in: SigningIn, world: DemoWorld, supplier: str, language: str
) -> None:
    visitor = signed_in(planner_of(supplier), language)
    answers = pages_of(visitor) + files_of(visitor)
    assert len(answers) > 20
    canaries = customer_names(world) | supplier_names(world, supplier)
    assert not {answer.address: names for answer in answers if (names := given_away(answer, canaries))}


@pytest.mark.parametrize("customer", CUSTOMERS)
def test_a_customers_pages_name_no_other_customer_nor_its_peaks(signed_in: SigningIn, world: DemoWorld, customer: str) -> None:
    visitor = signed_in(planner_of(customer))
    answers = pages_of(visitor) + files_of(visitor)
    assert len(answers) > 20
    canaries = customer_names(world, customer)
    assert not {answer.address: names for answer in answers if (names := given_away(answer, canaries - offered_on(answer)))}


def checked(visitor: Visitor, values: dict[str, str]) -> Answer:
    form = visitor.get("/windows/new")
    return visitor.post("/windows/check", {**filled_in(form.form(id="window-form")), **values})


@pytest.mark.parametrize("night", [FREEZE_NIGHT, BLACK_FRIDAY_NIGHT])
def test_a_suppliers_live_check_names_nobody(signed_in: SigningIn, world: DemoWorld, night: dict[str, str]) -> None:
    values = {**GATEWAY, **night}
    told = checked(signed_in("krp-cm-1"), values)
    assert given_away(told, customer_names(world)), "there is something to see"
    answer = checked(signed_in("brug-planner"), values)
    assert answer.page.one("section", class_="verdict").has(class_="blocked")
    assert not given_away(answer, customer_names(world))
    assert not given_away(answer, supplier_names(world, "BRUG"))


def test_a_suppliers_live_check_of_a_collision_does_not_name_the_other(signed_in: SigningIn, world: DemoWorld) -> None:
    """Database 2 in the night in which database 1 is worked on: the clock would lose both."""
    values = {
        "services": "DB-AUC-2",
        "start_day": "24-1-2027",
        "start_time": "01:00",
        "end_day": "24-1-2027",
        "end_time": "02:00",
        "rollback_minutes": "0",
    }
    told = checked(signed_in("krp-cm-1"), values)
    assert {"W-27-009", "Wolkenveld Hosting"} & set(given_away(told, supplier_names(world, "DIJK"))), "there is something to see"
    answer = checked(signed_in("dijk-planner"), values)
    assert answer.page.all(id="collisions-title"), "that there is one"
    assert not given_away(answer, supplier_names(world, "DIJK"))
    assert not given_away(answer, customer_names(world))


def test_what_a_manager_wrote_for_himself_when_he_approved_is_not_read_by_the_supplier(signed_in: SigningIn) -> None:
    """An acknowledgement says why an advisory peak is fine: it may well name the customer."""
    words = "Called Zonnekroon about their remote buying."
    manager = signed_in("krp-cm-1")
    approved = manager.follow(taken(manager, "W-27-014", "approve", reason=words))
    assert words in approved.main.text, "there is something to see"
    assert words not in signed_in("brug-planner").get("/windows/W-27-014").words


def test_refused_submissions_name_nobody(signed_in: SigningIn, world: DemoWorld) -> None:
    visitor = signed_in("brug-planner")
    window = proposed(visitor, {**GATEWAY, **FREEZE_NIGHT})
    for step in ("approve", "reject", "cancel", "submit"):
        answer = visitor.post(f"/windows/{window}/{step}", {"reason": "x", "version": "1"})
        assert answer.status in {403, 409, 422}
        assert not given_away(answer, customer_names(world))


def test_a_suppliers_feed_names_nobody(signed_in: SigningIn, world: DemoWorld) -> None:
    visitor = signed_in("brug-planner")
    made = visitor.post("/calendar-feeds", {"kind": "supplier_windows", "label": "mine"})
    address = made.main.one(id="address").text.removeprefix("http://localhost")
    feed = visitor.client.get(address)
    unfolded = feed.text.replace("\r\n ", "")
    assert "W-27-014" in unfolded
    assert not found_in(unfolded, customer_names(world) | supplier_names(world, "BRUG"))


def test_other_services_do_not_exist_for_a_supplier(signed_in: SigningIn) -> None:
    """Somebody else's service is told with the very words of one that is not there."""
    visitor = signed_in("wolk-planner")
    said = {}
    for service in ("AUC-CLOCK", "NO-SUCH-THING"):
        answer = checked(visitor, {**GATEWAY, "services": service})
        said[service] = answer.page.text.replace(service, "it")
    assert said["AUC-CLOCK"] == said["NO-SUCH-THING"]
    for address in ("/windows?service={}", "/windows?service={}&all=1", "/windows?text={}&all=1"):
        texts = [visitor.get(address.format(one)).main.text.replace(one, "it") for one in ("AUC-CLOCK", "NO-SUCH-THING")]
        assert texts[0] == texts[1], address
