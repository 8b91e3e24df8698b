"""Working-day calendars: their days off explained, own ones added, days put right, and who may see which."""

from collections.abc import Mapping

import pytest

from app.store.database import Database
from tests.web.conftest import SigningIn
from tests.web.filling import LAB, proposed, rows
from tests.web.reading import Element
from tests.web.visitor import Answer, Visitor

CLOSING = {
    "title": "ZONNEKROON closing days",
    "base": "NL",
    "source": "Board decision 12",
    "dates": "24 dec 2026 to 3 jan 2027\n7-5-2027",
    "name": "Company closed",
}
CORRECTION = {"dates": "25-1-2027", "name": "National mourning", "reason": "Decree of 20 November.", "source": "Gazette 2026/12"}
OWN = "/calendars/ZONNEKROON:zonnekroon-closing-days"


def added(visitor: Visitor, **values: str) -> str:
    answer = visitor.send(visitor.get("/calendars/new"), {**CLOSING, **values})
    assert answer.status == 302, answer.errors
    return answer.location


def put_right(visitor: Visitor, address: str, values: Mapping[str, str]) -> Answer:
    return visitor.send(visitor.get(address), values, class_="step")


def table(answer: Answer) -> dict[str, tuple[str, str]]:
    """By date: what the day off is called, and why."""
    lines = answer.main.all("table", role="table")[0].one("tbody").all("tr")
    cells = [[cell.text for cell in line.all("td")] for line in lines]
    return {day: (name, why) for day, name, why in cells}


def marked(answer: Answer, month: str) -> list[str]:
    """The days that a month's picture shows as off."""
    pictures = answer.main.one("div", class_="months").all("table")
    [picture] = [one for one in pictures if one.one("caption").text == month]
    return [cell.text for cell in picture.all("td", class_="off")]


def versions(answer: Answer) -> list[Element]:
    return answer.main.one("ol", class_="trail").all("li")


def test_the_list_tells_where_each_calendar_comes_from(signed_in: SigningIn) -> None:
    answer = signed_in("zonnekroon-planner").get("/calendars")
    read = " ".join(answer.words.split())
    for said in ("Dutch working days (NL)", "Rijksoverheid: official holidays", "European Central Bank", "version 2026-1"):
        assert said in read


def test_a_year_names_each_day_off_and_the_rule_that_gave_it(signed_in: SigningIn) -> None:
    answer = signed_in("zonnekroon-planner").get("/calendars/NL?year=2025")
    days = table(answer)
    assert days["Sat 26 Apr 2025"] == (
        "King's Day",
        "27 April, since 2014; observed on this day because 27 April 2025 is a Sunday; in a weekend, which is free already",
    )
    assert days["Mon 5 May 2025"] == ("Liberation Day", "5 May, only in years divisible by five")
    assert marked(answer, "May 2025") == ["5: Liberation Day", "29: Ascension Day"]
    dutch = table(signed_in("zonnekroon-planner", "nl").get("/calendars/NL?year=2027"))
    assert dutch["ma 29 mrt 2027"] == ("Tweede paasdag", "1 dag na eerste paasdag")


def test_a_day_off_of_the_next_year_and_days_that_were_once(signed_in: SigningIn) -> None:
    visitor = signed_in("brug-planner")
    federal = table(visitor.get("/calendars/US-FED?year=2027"))
    assert federal["Fri 31 Dec 2027"] == ("New Year's Day", "1 January; observed on this day because 1 January 2028 is a Saturday")
    english = table(visitor.get("/calendars/GB-ENG?year=2022"))
    assert english["Mon 19 Sept 2022"] == ("State Funeral of Queen Elizabeth II", "Once only")
    assert "Mon 30 May 2022" not in english


def test_a_year_that_makes_no_sense_is_the_present_one(signed_in: SigningIn) -> None:
    visitor = signed_in("brug-planner")
    for asked in ("nonsense", "1970", "2200", "-1", "²⁰²⁷", "9" * 5000):
        assert "Days off in 2026" in visitor.get(f"/calendars/NL?year={asked}").words
    assert visitor.get("/calendars/NL?version=7").status == 404
    assert visitor.get("/calendars/XX").status == 404


def test_a_planner_adds_his_own_calendar_and_an_administrator_one_for_a_customer(signed_in: SigningIn) -> None:
    planner = signed_in("zonnekroon-planner")
    assert added(planner) == OWN
    answer = planner.get(f"{OWN}?year=2026")
    assert "Based on Dutch working days (NL), version 2026-1." in answer.main.text
    assert table(answer)["Thu 24 Dec 2026"] == ("Company closed", "Entered (Board decision 12)")
    assert marked(answer, "December 2026") == [
        "24: Company closed",
        "25: Christmas Day",
        "26: Boxing Day",
        *(f"{day}: Company closed" for day in (28, 29, 30, 31)),
    ]
    where = added(signed_in("krp-admin"), customer="DUINWIJK", title="Closed")
    assert where == "/calendars/DUINWIJK:closed"


def test_a_corrected_day_is_told_with_its_reason_and_how_many_peaks_moved(signed_in: SigningIn) -> None:
    admin = signed_in("krp-admin")
    answer = put_right(admin, "/calendars/NL", CORRECTION)
    assert answer.location == "/calendars/NL?year=2027"
    answer = admin.follow(answer)
    assert table(answer)["Mon 25 Jan 2027"] == ("National mourning", "Entered: Decree of 20 November. (Gazette 2026/12)")
    newest, shipped = versions(answer)
    assert "corrected once" in newest.text
    assert "Integrator administrator: Decree of 20 November." in newest.text
    assert "3 peaks count with it, 1 got other dates" in newest.text
    assert "as it comes with Ober" in shipped.text
    answer = put_right(admin, "/calendars/NL?year=2027", {"dates": "27-4-2027", "effect": "worked", "reason": "Mourning."})
    answer = admin.follow(answer)
    assert "Tue 27 Apr 2027" not in table(answer)
    assert "Tue 27 Apr 2027. Entered: Mourning." in answer.words
    old = admin.get("/calendars/NL?year=2027&version=1")
    assert "Tue 27 Apr 2027" in table(old)
    assert "This is an earlier version" in old.words
    assert not old.main.all("form", class_="step")


def test_who_sees_a_national_calendar_is_not_told_of_others_peaks(signed_in: SigningIn) -> None:
    put_right(signed_in("krp-admin"), "/calendars/NL", CORRECTION)
    assert "peaks count with it" in signed_in("krp-cm-1").get("/calendars/NL").words
    for person in ("zonnekroon-planner", "brug-planner"):
        answer = signed_in(person).get("/calendars/NL?year=2027")
        assert "Decree of 20 November." in answer.words
        assert "peaks count with it" not in answer.words
        assert "Integrator administrator" not in answer.words
        assert not answer.main.all("form", class_="step")


def test_another_customers_calendar_is_not_there(signed_in: SigningIn) -> None:
    added(signed_in("zonnekroon-planner"))
    for person, status in {"krp-cm-1": 200, "duinwijk-planner": 404, "brug-planner": 404}.items():
        visitor = signed_in(person)
        assert visitor.get(OWN).status == status
        assert ("ZONNEKROON closing days" in visitor.get("/calendars").words) is (status == 200)
    foreign, missing = (
        signed_in("duinwijk-planner").post(one, {**CORRECTION, "effect": "off", "version": "1"}) for one in (OWN, "/calendars/X:y")
    )
    assert (foreign.status, missing.status) == (404, 404)
    assert foreign.main.text == missing.main.text


BAD = {
    "dates": ("", "31-2-2027", "1-1-1970", "2 jan 2028 to 24 dec 2027", "1-1-2027 to 1-1-2029", "x" * 30_000, "1-3-2027\n" * 200),
    "effect": ("", "nonsense"),
    "key": ("nonsense", "<script>"),
    "name": ("", "x" * 201),
    "reason": ("", "  ", "x" * 4_001),
    "source": ("x" * 4_001,),
}


@pytest.mark.parametrize("field", BAD)
def test_a_correction_that_cannot_be_used_is_refused_beside_its_field_and_nothing_is_kept(
    signed_in: SigningIn, demo_database: Database, field: str
) -> None:
    admin = signed_in("krp-admin")
    before = rows(demo_database)
    for typed in BAD[field]:
        answer = put_right(admin, "/calendars/NL", {**CORRECTION, field: typed})
        assert answer.status == 422, (field, typed[:40])
        assert field in answer.errors, (field, typed[:40], answer.errors)
    assert rows(demo_database) == before


BAD_CALENDARS = {
    "title": ("", "x" * 201),
    "base": ("", "XX", "ZONNEKROON:closed"),
    "source": ("", "x" * 4_001),
    "dates": ("31-2-2027", "25-12-2026", "1-3-2027\n" * 200, "1 jan 2027 to 31 dec 2027"),
    "name": ("", "x" * 201),
}


@pytest.mark.parametrize("field", BAD_CALENDARS)
def test_a_calendar_that_cannot_be_used_is_refused_beside_its_field(
    signed_in: SigningIn, demo_database: Database, field: str
) -> None:
    planner = signed_in("zonnekroon-planner")
    before = rows(demo_database)
    for typed in BAD_CALENDARS[field]:
        answer = planner.send(planner.get("/calendars/new"), {**CLOSING, field: typed})
        assert answer.status == 422, (field, typed[:40])
        assert field in answer.errors, (field, typed[:40], answer.errors)
    assert rows(demo_database) == before


def test_of_two_who_put_a_day_right_at_once_the_second_looks_again(signed_in: SigningIn) -> None:
    admin = signed_in("krp-admin")
    page = admin.get("/calendars/NL")
    assert put_right(admin, "/calendars/NL", CORRECTION).status == 302
    answer = admin.send(page, {**CORRECTION, "dates": "1-3-2027"}, class_="step")
    assert answer.status == 409
    assert "Somebody else changed this" in answer.words


def test_an_own_calendar_is_chosen_in_a_peak_and_the_peak_can_be_opened_again(signed_in: SigningIn) -> None:
    planner = signed_in("zonnekroon-planner")
    added(planner)
    name = "ZONNEKROON:zonnekroon-closing-days"
    filled = {"name": "Year end", "nth": "-1", "calendar": name, "months": ["12"], "lead_before": "1", "lead_calendar": name}
    answer = planner.send(planner.get("/peaks/new/working_day"), filled)
    assert answer.status == 302, answer.errors
    assert "Tue 22 Dec to Wed 23 Dec 2026" in planner.follow(answer).words
    form = planner.get(f"{answer.location}/change").form(id="peak-form")
    assert form.one("select", name="calendar").one("option", selected=None).text == "ZONNEKROON closing days"
    assert form.one("select", name="lead_calendar").one("option", selected=None).attributes["value"] == name
    put_right(planner, OWN, {"dates": "23-12-2026", "name": "Company closed", "reason": "A day more."})
    shown = planner.get(answer.location)
    assert "Mon 21 Dec to Tue 22 Dec 2026" in shown.words
    assert "other dates, for a working-day calendar was changed. A day more." in shown.main.text
    assert "Year end" in planner.get(OWN).main.text
    stranger = signed_in("duinwijk-planner")
    form = stranger.get("/peaks/new/working_day")
    assert name not in form.words
    answer = stranger.send(form, filled)
    assert (answer.status, set(answer.errors)) == (422, {"calendar", "lead_calendar"})


NIGHT = {**LAB, "services": "BANK-APP", "start_day": "13-1-2027", "end_day": "13-1-2027", "start_time": "22", "end_time": "23"}
"""The bank's app on a Wednesday night: the seventh working day of January once the 6th is off, the eighth before."""


def test_a_kept_check_is_made_again_with_the_calendars_of_then(signed_in: SigningIn) -> None:
    planner, manager, admin = signed_in("noorderhaven-planner"), signed_in("krp-cm-1"), signed_in("krp-admin")
    seventh = {"name": "Seventh day", "nth": "7", "calendar": "NL", "months": ["1"], "severity": "advisory"}
    assert planner.send(planner.get("/peaks/new/working_day"), seventh).status == 302
    window = proposed(manager, NIGHT)
    put_right(admin, "/calendars/NL", {**CORRECTION, "dates": "6-1-2027"})
    page = manager.get(f"/windows/{window}")
    assert "Advisory" in page.main.one("section", class_="verdict").text
    [kept] = page.main.all("ul", class_="trail")[0].all("a")
    answer = manager.get(kept.attributes["href"])
    assert "when it was submitted, by Change manager A: ✓ Clear Now it would be: i Advisory" in answer.main.text
    assert ["NL", "2026-1", "2026-1+1"] in [[cell.text for cell in row.all("td")] for row in answer.main.one("tbody").all("tr")]
    assert "finds the same, to the second." in answer.main.text
    assert "Working-day calendar NL is in version 2026-1+1, where it was 2026-1." in answer.main.text
    assert "Clear" in answer.main.one("section", class_="verdict").text
    for person in ("wolk-planner", "noorderhaven-planner"):
        assert signed_in(person).get(kept.attributes["href"]).status == 404
    elsewhere = kept.attributes["href"].replace(window, "W-27-022")
    assert [manager.get(one).status for one in (f"/windows/{window}/checks/99999", elsewhere)] == [404, 404]
