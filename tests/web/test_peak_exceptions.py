"""One date of a peak is taken out or moved on its page, the peak is suspended, and all of it is put back."""

import pytest

from tests.web.conftest import SigningIn
from tests.web.filling import trail_of
from tests.web.visitor import Answer, Visitor

PEAK = "/peaks/ZONNEKROON:flower-valentine"
DAY = f"{PEAK}/dates/2027-02-14"
WHY = "The hall is being rebuilt."


def dates_of(answer: Answer) -> list[str]:
    return [one.text for one in answer.main.one("ul", class_="dates").all("li")]


def exceptions_of(answer: Answer) -> list[str]:
    lists = answer.main.all("ul", class_="exceptions")
    return [one.one("strong").text for one in (lists[0].all("li") if lists else ())]


def sent(visitor: Visitor, address: str, values: dict[str, str], button: str = "") -> Answer:
    """Fill in the form of one of these pages; the page it leads to when it is accepted."""
    answer = visitor.send(visitor.get(address), values, button)
    return visitor.follow(answer) if answer.status == 302 else answer


def put_back(visitor: Visitor) -> Answer:
    link = visitor.get(PEAK).main.one("ul", class_="exceptions").all("a")[0].attributes["href"]
    return sent(visitor, link, {})


def test_each_date_of_a_peak_leads_to_where_it_is_taken_out_or_moved(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    link = visitor.get(PEAK).main.one("ul", class_="dates").all("a")[0]
    assert (link.text, link.attributes["href"]) == ("Sun 7 Feb to Sun 14 Feb 2027", DAY)
    page = visitor.get(DAY)
    assert page.main.one("h1").text == "Sun 7 Feb to Sun 14 Feb 2027"
    assert PEAK in {one.attributes["href"] for one in page.main.all("a")}


def test_a_date_is_taken_out_with_its_reason_on_the_record_and_put_back(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    out = sent(visitor, DAY, {"reason": WHY}, "take_out")
    assert dates_of(out)[0] == "Mon 7 Feb to Mon 14 Feb 2028"
    assert exceptions_of(out) == ["Sun 14 Feb 2027 is taken out."]
    assert WHY in out.main.one("ul", class_="exceptions").text
    assert trail_of(out)[-1] == f"Planner Veiling Zonnekroon: Sun 14 Feb 2027 is taken out. {WHY}"
    back = put_back(visitor)
    assert dates_of(back)[0] == "Sun 7 Feb to Sun 14 Feb 2027"
    assert exceptions_of(back) == []
    assert trail_of(back)[-1] == "Planner Veiling Zonnekroon: put back: Sun 14 Feb 2027 is taken out"


def test_a_date_is_moved_and_leads_to_where_it_is_put_back(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    moved = sent(visitor, DAY, {"reason": WHY, "to": "13 feb 2027"}, "move")
    assert dates_of(moved)[0] == "Sat 6 Feb to Sat 13 Feb 2027"
    assert exceptions_of(moved) == ["Sun 14 Feb 2027 is moved to Sat 13 Feb 2027."]
    link = moved.main.one("ul", class_="dates").all("a")[0].attributes["href"]
    record = visitor.follow(visitor.get(link))
    assert record.main.one("h1").text == "Sun 14 Feb 2027 is moved to Sat 13 Feb 2027"
    assert WHY in record.main.text
    assert dates_of(put_back(visitor))[0] == "Sun 7 Feb to Sun 14 Feb 2027"


def test_enter_in_the_new_date_moves_and_does_not_take_out(signed_in: SigningIn) -> None:
    """A browser presses the first button of a form."""
    buttons = signed_in("zonnekroon-planner").get(DAY).form(id="date-form").all("button")
    assert [one.attributes["name"] for one in buttons] == ["move", "take_out"]


def test_a_peak_is_suspended_from_a_day_until_a_day(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    form = visitor.get(f"{PEAK}/suspend")
    assert form.main.one(id="first").attributes["value"] == "22-11-2026"
    suspended = sent(visitor, f"{PEAK}/suspend", {"first": "1-2-2027", "last": "10 feb 2027", "reason": WHY})
    assert dates_of(suspended)[0] == "Sun 7 Feb to Sun 14 Feb 2027; suspended Sun 7 Feb to Wed 10 Feb 2027"
    assert exceptions_of(suspended) == ["Suspended Mon 1 Feb to Wed 10 Feb 2027."]
    assert "suspended from 1 February 2027 to 10 February 2027" in suspended.main.text
    assert dates_of(put_back(visitor))[0] == "Sun 7 Feb to Sun 14 Feb 2027"


@pytest.mark.parametrize(
    ("address", "values", "button", "wrong"),
    [
        (DAY, {"reason": ""}, "take_out", {"reason"}),
        (DAY, {"reason": "  ", "to": "soon"}, "move", {"reason", "to"}),
        (DAY, {"reason": WHY, "to": ""}, "move", {"to"}),
        (DAY, {"reason": WHY, "to": "14-2-2027"}, "move", {"to"}),
        (DAY, {"reason": WHY, "to": "21-11-2026"}, "move", {"to"}),
        (DAY, {"reason": "x" * 4001, "to": "15-2-2027"}, "move", {"reason"}),
        (f"{PEAK}/suspend", {"first": "", "last": "x", "reason": ""}, "", {"first", "last", "reason"}),
        (f"{PEAK}/suspend", {"first": "10-2-2027", "last": "9-2-2027", "reason": WHY}, "", {"last"}),
        (f"{PEAK}/suspend", {"first": "21-11-2026", "last": "9-2-2027", "reason": WHY}, "", {"first"}),
        (f"{PEAK}/suspend", {"first": "1-2-2027", "last": "1-2-2029", "reason": WHY}, "", {"last"}),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_happens(
    signed_in: SigningIn, address: str, values: dict[str, str], button: str, wrong: set[str]
) -> None:
    visitor = signed_in("zonnekroon-planner")
    answer = sent(visitor, address, values, button)
    assert (answer.status, set(answer.errors)) == (422, wrong)
    assert all(answer.page.one(id=field).attributes["aria-invalid"] == "true" for field in wrong)
    page = visitor.get(PEAK)
    assert (exceptions_of(page), dates_of(page)[0]) == ([], "Sun 7 Feb to Sun 14 Feb 2027")


@pytest.mark.parametrize("day", ["2027-02-13", "2027-2-14", "soon"])
def test_a_date_the_peak_does_not_have_is_not_there(signed_in: SigningIn, day: str) -> None:
    visitor = signed_in("zonnekroon-planner")
    assert visitor.get(f"{PEAK}/dates/{day}").status == 404
    assert visitor.post(f"{PEAK}/dates/{day}", {"reason": WHY, "version": "1", "take_out": "y"}).status == 404


def test_an_old_page_does_not_decide_about_a_newer_version(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    old = visitor.get(f"{PEAK}/dates/2028-02-14")
    sent(visitor, DAY, {"reason": WHY}, "take_out")
    refused = visitor.send(old, {"reason": WHY}, "take_out")
    assert refused.status == 409
    assert refused.errors


def test_the_integrator_reads_the_exceptions_with_their_reasons_and_puts_nothing_back(signed_in: SigningIn) -> None:
    sent(signed_in("zonnekroon-planner"), DAY, {"reason": WHY}, "take_out")
    page = signed_in("krp-cm-1").get(PEAK)
    assert exceptions_of(page) == ["Sun 14 Feb 2027 is taken out."]
    assert WHY in page.main.text
    assert not page.main.one("ul", class_="exceptions").all("a")
    assert not page.main.one("ul", class_="dates").all("a")


def test_another_customers_exception_does_not_exist(signed_in: SigningIn) -> None:
    sent(signed_in("zonnekroon-planner"), DAY, {"reason": WHY}, "take_out")
    link = signed_in("zonnekroon-planner").get(PEAK).main.one("ul", class_="exceptions").all("a")[0].attributes["href"]
    assert signed_in("zonnekroon-planner").get(link).status == 200
    other = signed_in("duinwijk-planner")
    for address in (DAY, f"{PEAK}/suspend", link):
        assert other.get(address).status == 404, address
        assert other.post(address, {"reason": WHY, "version": "2", "first": "1-2-2027", "last": "2-2-2027"}).status == 404, address


def test_a_peak_about_some_kinds_of_change_says_so_and_its_form_shows_it(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    limits = {"change_types": ["normal", "standard"], "impacts": ["outage", "degraded"]}
    changed = visitor.follow(visitor.send(visitor.get(f"{PEAK}/change"), limits, id="peak-form"))
    assert "only for normal changes and standard changes; only when the expected impact is degraded or outage" in changed.main.text
    boxes = visitor.get(f"{PEAK}/change").main.all("input", type="checkbox")
    ticked = [one.attributes["value"] for one in boxes if "checked" in one.attributes]
    assert ticked == ["normal", "standard", "outage", "degraded"]
    every = {"change_types": ["normal", "standard", "emergency"], "impacts": []}
    again = visitor.follow(visitor.send(visitor.get(f"{PEAK}/change"), every, id="peak-form"))
    assert "only" not in again.main.one("section", class_="readback").text


def test_a_kind_of_change_that_does_not_exist_is_refused(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    answer = visitor.send(visitor.get(f"{PEAK}/change"), {"change_types": ["urgent"], "impacts": ["none"]}, id="peak-form")
    assert (answer.status, set(answer.errors)) == (422, {"change_types", "impacts"})


def test_a_date_that_comes_back_in_the_form_of_the_peak_is_no_exception_any_more(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    out = sent(visitor, DAY, {"reason": WHY}, "take_out")
    assert exceptions_of(out) == ["Sun 14 Feb 2027 is taken out."]
    changed = visitor.follow(visitor.send(visitor.get(f"{PEAK}/change"), {"except_on": ""}, id="peak-form"))
    assert (exceptions_of(changed), dates_of(changed)[0]) == ([], "Sun 7 Feb to Sun 14 Feb 2027")
