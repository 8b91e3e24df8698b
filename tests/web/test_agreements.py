"""The page of agreements: an administrator agrees on notice, a customer reads its own."""

from tests.web.conftest import SigningIn

FROM_APRIL = {"customer": "ZONNEKROON", "n": "15", "unit": "working_days", "calendar": "NL", "since": "1-4-2027"}


def test_an_administrator_agrees_on_notice_from_a_day_on(signed_in: SigningIn) -> None:
    administrator = signed_in("krp-admin")
    assert administrator.send(administrator.get("/agreements"), FROM_APRIL).status == 302
    lines = [line.text for line in administrator.get("/agreements").main.all("tr") if "Zonnekroon" in line.text]
    assert ["15 working days (NL)" in lines[0], "from Thu 1 Apr 2027 on" in lines[0]] == [True, True]
    assert ["10 working days (NL)" in lines[1], "at any time" in lines[1]] == [True, True]


def test_a_customer_reads_its_own_notice_and_no_other(signed_in: SigningIn) -> None:
    read = signed_in("zonnekroon-planner").get("/agreements").main.text
    assert "10 working days (NL)" in read
    assert "Noorderhaven" not in read


def test_a_supplier_finds_no_such_page(signed_in: SigningIn) -> None:
    assert signed_in("brug-planner").get("/agreements").status == 404


def test_each_wrong_answer_is_told_beside_its_field(signed_in: SigningIn) -> None:
    administrator = signed_in("krp-admin")
    wrong = {**FROM_APRIL, "n": "four hundred", "since": "31-2-2027", "unit": "calendar_days"}
    answer = administrator.send(administrator.get("/agreements"), wrong)
    assert answer.status == 422
    assert "is not a whole number from 0 to 366" in answer.page.text
    assert "is not a date" in answer.page.text
