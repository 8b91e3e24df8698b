"""Better times and why-not on the pages: found, taken over into the form, refused in words, and told with discretion."""

import pytest

from app.demo.world import DemoWorld
from tests.web.canaries import customer_names, found_in, supplier_names
from tests.web.conftest import SigningIn
from tests.web.filling import BLACK_FRIDAY_NIGHT, GATEWAY, proposed

LOOK = {"slots_from": "12-1-2027", "slots_to": "20-1-2027", "slots_most": "3"}
FREEZE_HOUR = "/timeline/why-not?day=9-2-2027&time=02:00&minutes=120&rollback_minutes=60&type=normal&services=MW-ESB"


def test_a_time_that_was_found_fills_the_form_and_is_then_proposed(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    form = visitor.get("/windows/new")
    values = {**GATEWAY, **BLACK_FRIDAY_NIGHT, **LOOK}
    found = visitor.send_elsewhere(form, "/windows/slots", values, id="window-form")
    slots = [one for one in found.main.all("li") if one.above("ol")]
    assert found.status == 200
    assert len(slots) >= 3
    assert "Price:" in found.main.text
    chosen = found.main.all("button", name="slot")[0].attributes["value"]
    filled = visitor.send_elsewhere(found, "/windows/slots", {"slot": chosen}, id="window-form")
    assert filled.main.one("input", name="start_day").attributes["value"].endswith("-01-2027")
    assert filled.main.one("input", name="title").attributes["value"] == "Gateway upgrade"
    kept = visitor.follow(visitor.send(filled, {}, id="window-form"))
    assert "Gateway upgrade" in kept.main.one("h1").text


def test_a_window_shows_what_is_in_the_way_and_its_times_lead_to_the_form(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    page = visitor.get("/windows/W-27-038/slots?slots_from=12-1-2027&slots_to=31-1-2027&slots_most=2")
    assert page.main.one("h2", id="why-title").text == "What is in the way now"
    links = [one.attributes["href"] for one in page.main.all("a") if "at=" in one.attributes.get("href", "")]
    assert len(links) == 2
    assert visitor.get(links[0]).main.one("input", name="start_day").attributes["value"].endswith("-01-2027")


def test_an_hour_on_the_time_line_says_what_is_in_the_way_and_what_lifts_it(signed_in: SigningIn) -> None:
    said = signed_in("krp-cm-1").get(FREEZE_HOUR).main.text
    assert "has “" in said, said[:900]
    assert "This is lifted by" in said or "No small change lifts this" in said


def test_without_days_the_time_around_the_window_is_searched(signed_in: SigningIn) -> None:
    """It is in July 2027, and now it is November."""
    page = signed_in("krp-cm-1").get("/windows/W-27-038/slots")
    assert "Sat 3 Jul to Sat 7 Aug 2027" in page.main.text
    links = [one.attributes["href"] for one in page.main.all("a") if "at=" in one.attributes.get("href", "")]
    assert len(links) == 5


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ({"slots_to": "31-12-2027"}, "At most 92 days"),
        ({"slots_most": "21"}, "not a whole number from 1 to 20"),
        ({"slots_to": "1-1-2027"}, "The end is not after the start"),
        ({"slots_from": "nonsense"}, "is not a date"),
    ],
)
def test_a_search_that_asks_too_much_is_refused_in_words(signed_in: SigningIn, look: dict[str, str], said: str) -> None:
    visitor = signed_in("krp-cm-1")
    answer = visitor.send_elsewhere(visitor.get("/windows/new"), "/windows/slots", {**GATEWAY, **LOOK, **look}, id="window-form")
    assert answer.status == 422
    assert said in answer.main.text


def test_a_length_or_a_repetition_that_cannot_be_searched_is_refused(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    form = visitor.get("/windows/new")
    for change, said in (
        ({"rrule": "FREQ=DAILY;COUNT=3"}, "no single best time"),
        ({"end_day": "30-1-2027"}, "a length of 7 days"),
    ):
        answer = visitor.send_elsewhere(form, "/windows/slots", {**GATEWAY, **LOOK, **change}, id="window-form")
        assert (answer.status, said in answer.main.text) == (422, True), said


def test_a_supplier_reads_no_name_of_a_customer_or_another_supplier(signed_in: SigningIn, world: DemoWorld) -> None:
    """Of the same pages on which the integrator reads them."""
    window = proposed(signed_in("brug-planner"), {**GATEWAY, **BLACK_FRIDAY_NIGHT})
    addresses = (FREEZE_HOUR, f"/windows/{window}/slots?slots_from=24-11-2026&slots_to=27-11-2026&slots_most=20&slots_waiver=1")
    names = customer_names(world) | supplier_names(world, "BRUG")
    full, told = (
        {address: found_in(signed_in(person).get(address).words, names) for address in addresses}
        for person in ("krp-cm-1", "brug-planner")
    )
    assert all(full.values())
    assert told == {address: [] for address in addresses}


def test_a_window_and_a_service_of_another_supplier_do_not_exist(signed_in: SigningIn) -> None:
    visitor = signed_in("betaal-planner")
    assert visitor.get("/windows/W-27-014/slots").status == 404
    assert "Bloemenveiling" not in (answer := visitor.get(FREEZE_HOUR)).main.text
    assert answer.status == 422
