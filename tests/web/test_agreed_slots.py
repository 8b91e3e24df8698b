"""The page of a service's maintenance slots: its supplier or the integrator agrees on one, and ends it."""

from tests.web.conftest import SigningIn

PAGE = "/services/MW-ESB/slots"
SUNDAYS = {"weekdays": ["SU"], "start": "00:00", "end": "06:00", "zone": "Europe/Amsterdam", "valid_from": "1-1-2027"}


def test_a_supplier_agrees_on_a_slot_closes_the_rest_and_ends_it(signed_in: SigningIn) -> None:
    supplier = signed_in("brug-planner")
    page = supplier.follow(supplier.send(supplier.get(PAGE), SUNDAYS, action=PAGE))
    assert "Every Sunday 00:00–06:00 (Amsterdam), from Fri 1 Jan 2027 on" in page.main.text
    assert "open outside its slots" in page.main.text
    page = supplier.follow(supplier.send(supplier.get(PAGE), {"closed": "1"}, action=f"{PAGE}/policy"))
    assert "closed outside its slots" in page.main.text
    slot = next(
        one.attributes["action"] for one in supplier.get(PAGE).main.all("form") if one.attributes["action"].endswith("/end")
    )
    page = supplier.follow(supplier.send(supplier.get(PAGE), {"last": "31-1-2027"}, action=slot))
    assert "up to and including Sun 31 Jan 2027" in page.main.text
    assert "a maintenance slot was ended: Every Sunday" in signed_in("krp-cm-1").get("/services/MW-ESB").main.text


def test_each_wrong_answer_is_told_beside_its_field(signed_in: SigningIn) -> None:
    manager = signed_in("krp-cm-1")
    wrong = {**SUNDAYS, "weekdays": [], "start": "26:00", "valid_from": "31-2-2027"}
    answer = manager.send(manager.get(PAGE), wrong, action=PAGE)
    assert answer.status == 422
    assert set(answer.errors) == {"weekdays", "start", "valid_from"}


def test_nobody_else_s_slots_are_there(signed_in: SigningIn) -> None:
    assert signed_in("brug-planner").get(PAGE).status == 200
    for other in ("wolk-planner", "zonnekroon-planner"):
        assert signed_in(other).get(PAGE).status == 404
