"""The pages of experts: entered, away, back; what would be left uncovered is said first; nobody else reads of them."""

import pytest

from tests.web.conftest import SigningIn

PAY = "/experts/pay-specialist-1"


def test_a_planner_enters_an_expert_with_what_he_knows(signed_in: SigningIn) -> None:
    planner = signed_in("betaal-planner")
    form = planner.send(planner.get("/experts/new"), {"name": "Night shift", "search": "gateway"}, button="find")
    assert [box.attributes["value"] for box in form.main.all("input", name="services")] == ["PAY-GW-A", "PAY-GW-B"]
    shown = planner.follow(planner.send(form, {"name": "Night shift", "services": ["PAY-GW-A"]}, button="save"))
    assert shown.main.one("h1").text == "Night shift"
    assert "Payment gateway A" in shown.main.text
    assert "Night shift" in planner.get("/experts").main.text


def test_an_administrator_chooses_the_supplier_first_and_the_services_after(signed_in: SigningIn) -> None:
    administrator = signed_in("krp-admin")
    shown = administrator.follow(
        administrator.send(administrator.get("/experts/new"), {"name": "Night shift", "supplier": "BETAAL"}, button="save")
    )
    assert "None: he counts for no window." in shown.main.text
    form = administrator.get(f"{shown.address}/change")
    shown = administrator.follow(administrator.send(form, {"services": ["BANK-PAY"]}, button="save"))
    assert "Payment processing" in shown.main.one("section", **{"aria-labelledby": "knows-title"}).text


def test_an_absence_is_looked_at_then_kept_then_shortened_then_called_off(signed_in: SigningIn) -> None:
    planner = signed_in("betaal-planner")
    times = {"start_day": "4-1-2027", "end_day": "11-1-2027", "reason": "Surgery"}
    looked_at = planner.send(planner.get(f"{PAY}/absences/new"), times, button="look")
    assert "planned window" in looked_at.main.one(id="effect").text
    assert "No absence is known" in planner.get(PAY).main.text
    shown = planner.follow(planner.send(looked_at, times, button="save"))
    assert "Mon 4 Jan 2027 00:00 until Mon 11 Jan 2027 00:00" in shown.main.text
    assert "Surgery" in shown.main.text
    assert "Surgery" not in signed_in("krp-admin").get(PAY).main.text
    [link] = [one for one in shown.main.all("a") if one.text.startswith("Back earlier")]
    absence = planner.get(link.attributes["href"])
    shown = planner.follow(planner.send(absence, {"end_day": "6-1-2027"}, button="save"))
    assert "Mon 4 Jan 2027 00:00 until Wed 6 Jan 2027 00:00" in shown.main.text
    shown = planner.follow(planner.send(planner.get(link.attributes["href"]), {}, button="end"))
    assert "No absence is known" in shown.main.text


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"start_day": "28-3-2027", "start_time": "2:30"}, "start_day", "does not exist"),
        ({"start_day": "31-10-2027", "start_time": "2:30"}, "start_day", "happens twice"),
        ({"end_day": "3-1-2027"}, "end_day", "end"),
        ({"end_day": "11-2-2029"}, "end_day", "two years"),
        ({"end_day": ""}, "end_day", "fill"),
    ],
)
def test_a_wrong_absence_is_refused_beside_its_field(signed_in: SigningIn, wrong: dict[str, str], field: str, said: str) -> None:
    planner = signed_in("betaal-planner")
    times = {"start_day": "4-1-2027", "end_day": "1-11-2027", **wrong}
    answer = planner.send(planner.get(f"{PAY}/absences/new"), times, button="save")
    assert answer.status == 422
    assert said in answer.errors[field].lower()


def test_a_time_that_happens_twice_can_be_chosen(signed_in: SigningIn) -> None:
    planner = signed_in("betaal-planner")
    times = {"start_day": "31-10-2027", "start_time": "2:30", "end_day": "1-11-2027"}
    asked = planner.send(planner.get(f"{PAY}/absences/new"), times, button="save")
    kept = planner.follow(planner.send(asked, {"start_fold": "1"}, button="save"))
    assert "Sun 31 Oct 2027 02:30" in kept.main.text


@pytest.mark.parametrize("reader", ["brug-planner", "zonnekroon-planner"])
def test_of_another_suppliers_expert_nobody_reads(signed_in: SigningIn, reader: str) -> None:
    assert signed_in("betaal-planner").get(PAY).status == 200
    visitor = signed_in(reader)
    assert visitor.get(PAY).status == 404
    assert visitor.get(f"{PAY}/change").status in {403, 404}
    assert "Payment specialist" not in visitor.get("/experts").words
