"""Services on pages: what the administrator changes with what it would do, and what a supplier and a customer may read of them."""

from app.demo.world import DemoWorld
from tests.web.canaries import customer_names, found_in, supplier_names
from tests.web.conftest import SigningIn


def test_the_page_of_a_service_says_and_draws_its_place_in_the_chain(signed_in: SigningIn) -> None:
    answer = signed_in("krp-admin").get("/services/MW-ESB")
    for said in ("at least 1 of 2: Message queue 1", "Auction clock", "Middleware specialist 1", "1 must be reachable"):
        assert said in answer.words
    drawn = [one.text for one in answer.main.one("svg").all("text")]
    assert {"MW-ESB", "MW-QUEUE-1", "AUC-CLOCK", "DC1-COMPUTE"} <= set(drawn)


def test_a_requirement_is_searched_looked_at_and_saved(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-admin")
    form = visitor.get("/services/LAB-TEST/requirements/new")
    found = visitor.send(form, {"search": "message bus"}, "find", id="requirement-form")
    assert [one.attributes["value"] for one in found.main.one(id="choices").all("input")] == ["MW-ESB"]
    looked = visitor.send(found, {"members": ["MW-ESB"], "minimum": "1"}, "look", id="requirement-form")
    assert "planned window" in looked.main.one(id="effect").text
    saved = visitor.send(looked, {"members": ["MW-ESB"], "minimum": "1"}, "save", id="requirement-form")
    assert "Message bus" in visitor.follow(saved).main.one("ul", class_="exceptions").text
    assert "requires from now on Message bus" in visitor.get("/services/LAB-TEST").words


def test_what_makes_no_sense_is_said_beside_its_field(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-admin")
    form = visitor.get("/services/LAB-TEST/requirements/new")
    assert "members" in visitor.send(form, {}, "save", id="requirement-form").errors
    assert "minimum" in visitor.send(form, {"members": ["MW-ESB"], "minimum": "2"}, "save", id="requirement-form").errors
    ring = visitor.get("/services/MW-QUEUE-1/requirements/new?q=")
    looked = visitor.post(ring.address, {"members": "MW-ESB", "minimum": "1", "look": "y"})
    assert "they would need each other" in looked.words
    added = visitor.send(visitor.get("/services/new"), {"id": "not an id", "name_nl": "", "name_en": "Cooling"})
    assert {"name_nl"} == set(added.errors)


def test_a_service_is_added_and_a_customer_uses_it(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-admin")
    values = {"id": "cold-1", "supplier": "BETAAL", "name_nl": "Koeling", "name_en": "Cooling"}
    assert visitor.send(visitor.get("/services/new"), values).location == "/services/COLD-1"
    use = visitor.get("/services/COLD-1/use?customer=DUINWIJK")
    assert visitor.send(use, {}, "begin").location == "/services/COLD-1"
    ends = visitor.get("/services/COLD-1/use?customer=DUINWIJK")
    assert set(visitor.send(ends, {}, "end").errors) == {"reason"}
    assert visitor.send(ends, {"reason": "Over."}, "end").status == 302
    assert "uses it no longer" in visitor.get("/services/COLD-1").words


def test_a_supplier_reads_its_own_services_without_other_parties(signed_in: SigningIn, world: DemoWorld) -> None:
    visitor = signed_in("brug-planner")
    answer = visitor.get("/services/MW-ESB")
    assert "services of other suppliers" in answer.words
    assert not found_in(answer.words, customer_names(world) | supplier_names(world, "BRUG"))
    assert not answer.main.all("svg")
    assert visitor.get("/services/AUC-CLOCK").status == 404


def test_a_customer_reads_of_the_services_it_uses_that_it_does_and_no_expert(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    listed = visitor.get("/services").words
    assert "Auction clock" in listed
    assert "Message bus" not in listed
    answer = visitor.get("/services/AUC-CLOCK")
    assert answer.status == 200
    for secret in ("Experts", "specialist", "Message bus"):
        assert secret not in answer.words
    assert visitor.get("/services/MW-ESB").status == 404


def test_services_are_found_by_name_id_and_supplier(signed_in: SigningIn) -> None:
    manager = signed_in("krp-cm-1")
    for asked in ("gateway A", "pay-gw-a", "Betaal"):
        assert "PAY-GW-A" in manager.get(f"/services?q={asked}").main.text
    assert "PAY-GW-A" not in manager.get("/services?q=netwerk").main.text


def test_what_is_removed_asks_why_and_stays_on_the_page(signed_in: SigningIn) -> None:
    administrator = signed_in("krp-admin")
    [link] = [
        one
        for one in administrator.get("/services/BANK-PAY").main.all("a")
        if one.text.startswith("Remove") and "gateway" in one.text
    ]
    removal = administrator.get(link.attributes["href"])
    assert administrator.send(removal, {"reason": " "}).status == 422
    shown = administrator.follow(administrator.send(removal, {"reason": "Another bank does it."}))
    assert "requires no longer at least 1 of 2" in shown.main.text
    assert "Another bank does it." in shown.main.text


def test_a_use_that_a_peak_is_about_does_not_end_and_it_is_said_what_to_do(signed_in: SigningIn) -> None:
    administrator = signed_in("krp-admin")
    page = administrator.get("/services/BANK-PAY/use?customer=NOORDERHAVEN")
    assert "The customer takes it out there first" in page.main.text
    answer = administrator.send(page, {"reason": "It leaves."}, button="end")
    assert answer.status == 422
    assert "Let the customer take it out" in answer.page.text


def test_what_somebody_else_changed_meanwhile_is_said(signed_in: SigningIn) -> None:
    administrator = signed_in("krp-admin")
    form = administrator.get("/services/MW-ESB/change")
    assert administrator.send(form, {"name_en": "Bus"}).status == 302
    assert administrator.send(form, {"name_en": "Another bus"}).status == 409
