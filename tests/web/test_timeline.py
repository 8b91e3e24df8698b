"""The timeline: what is planned and what is busy, where it is drawn, and for whom."""

import re

import pytest

from tests.web.conftest import SigningIn
from tests.web.filling import BLACK_FRIDAY_NIGHT, GATEWAY, proposed
from tests.web.reading import Element
from tests.web.visitor import Answer

WINTER = "/timeline?weeks=13&from=2026-11-23"


def marks(answer: Answer, kind: str) -> dict[str, Element]:
    """What is drawn, by what it says when it is pointed at; `kind` is windows or peaks."""
    drawn = answer.main.one("svg").all("a", href=None) if answer.main.all("svg") else []
    return {one.attributes["aria-label"]: one for one in drawn if one.attributes["href"].startswith(f"/{kind}/")}


def test_a_window_is_drawn_where_it_is_and_leads_to_its_page(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    answer = visitor.get("/timeline?weeks=1&from=7-12-2026")
    drawn = marks(answer, "windows")
    said = next(one for one in drawn if one.startswith("W-26-020"))
    assert said == "W-26-020 Video encoder 1 upgrade, Thu 10 Dec 2026 02:00 until 05:00"
    assert visitor.get(drawn[said].attributes["href"]).main.one("h1").text == "Video encoder 1 upgrade"
    box = drawn[said].one("rect")
    left, right = 200 + 1038 * (3 * 24 + 2) / (7 * 24), 200 + 1038 * (3 * 24 + 5) / (7 * 24)
    assert float(box.attributes["x"]) == pytest.approx(left, abs=0.1)
    assert float(box.attributes["x"]) + float(box.attributes["width"]) >= right - 0.2
    assert "approved" in box.attributes["class"].split()


def test_a_peak_is_drawn_in_the_row_of_its_customer(signed_in: SigningIn) -> None:
    answer = signed_in("krp-cm-1").get("/timeline?weeks=5&from=2027-02-01")
    said = "Veiling Zonnekroon: Valentine's Day flower peak, Sun 7 Feb 2027 00:00 until Mon 15 Feb 2027 00:00"
    drawn = marks(answer, "peaks")
    assert [one for one in drawn if "Valentine" in one] == [said]
    assert "freeze" in drawn[said].one("rect").attributes["class"].split()


def test_what_a_window_takes_down_grows_a_row_when_it_is_proposed(signed_in: SigningIn) -> None:
    visitor, manager = signed_in("brug-planner"), signed_in("krp-cm-1")
    window = proposed(visitor, {**GATEWAY, **BLACK_FRIDAY_NIGHT})
    for reader in (visitor, manager):
        drawn = marks(reader.get("/timeline?weeks=1&from=23-11-2026"), "windows")
        assert any(one.startswith(window) for one in drawn)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("", "Mon 16 Nov"),
        ("2027-02-14", "Mon 8 Feb"),
        ("14 feb 2027", "Mon 8 Feb"),
        ("8/2/2027", "Mon 8 Feb"),
        ("28-3-2027", "Mon 22 Mar"),
        ("29-2-2028", "Mon 28 Feb"),
        ("1-1-2027", "Mon 28 Dec"),
    ],
)
def test_a_timeline_begins_on_the_monday_of_the_day_that_was_asked_for(signed_in: SigningIn, asked: str, first: str) -> None:
    answer = signed_in("krp-cm-1").get(f"/timeline?weeks=1&from={asked}")
    assert answer.status == 200
    assert first in answer.main.all("p")[0].text


def test_one_can_go_earlier_and_later_and_comes_back_to_the_same_weeks(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    start = visitor.get("/timeline?weeks=2&from=2027-03-22")
    earlier, later = (link.attributes["href"] for link in start.main.one("form", class_="filter").all("a"))
    back = visitor.get(visitor.get(later).main.one("form", class_="filter").all("a")[0].attributes["href"])
    assert back.main.text == start.main.text
    assert "Mon 8 Mar" in visitor.get(earlier).main.all("p")[0].text


@pytest.mark.parametrize(
    "asked", ["nonsense", "31-2-2027", "0-0-0", "1-1-99999", "99999999999999999999", "<script>", "%00", "1-1-1970", "2200-01-01"]
)
def test_a_day_that_cannot_be_read_is_told_and_this_week_is_shown(signed_in: SigningIn, asked: str) -> None:
    answer = signed_in("krp-cm-1").get(f"/timeline?from={asked}")
    assert answer.status == 422
    assert answer.main.one("p", class_="error").text
    assert "Mon 16 Nov" in answer.main.text


@pytest.mark.parametrize("asked", ["1-1-1971", "31-12-2199", "2150-01-01"])
def test_the_ends_of_time_can_be_looked_at(signed_in: SigningIn, asked: str) -> None:
    for weeks in (1, 13):
        answer = signed_in("krp-cm-1").get(f"/timeline?from={asked}&weeks={weeks}")
        assert answer.main.one("h1").text == "Timeline"
        assert answer.main.one("form", class_="filter")


@pytest.mark.parametrize("weeks", ["0", "-1", "99999999999", "x", "", "5.0"])
def test_a_length_that_is_not_offered_becomes_five_weeks(signed_in: SigningIn, weeks: str) -> None:
    answer = signed_in("krp-cm-1").get(f"/timeline?weeks={weeks}")
    assert [one.attributes["value"] for one in answer.main.one("select", id="weeks").all("option", selected=None)] == ["5"]


def test_a_supplier_sees_its_own_windows_and_no_peak(signed_in: SigningIn) -> None:
    everything = marks(signed_in("krp-cm-1").get(WINTER), "windows")
    assert any(one.startswith("W-27-003") for one in everything), "there is something to see"
    answer = signed_in("brug-planner").get(WINTER)
    own = {one.split(" ")[0] for one in marks(answer, "windows")}
    assert own == {
        "W-26-010",
        "W-26-011",
        "W-26-012",
        "W-26-025",
        "W-27-004",
        "W-27-006",
        "W-27-007",
        "W-27-011",
        "W-27-013",
        "W-27-014",
    }
    assert not marks(answer, "peaks")
    assert not answer.main.all("text", class_="customer")


def test_a_customer_sees_its_own_peaks_and_what_reaches_it(signed_in: SigningIn) -> None:
    answer = signed_in("duinwijk-planner").get("/timeline?weeks=13&from=2027-01-18")
    assert {one.text for one in answer.main.all("text", class_="customer")} == {"Gemeente Duinwijk"}
    windows = {one.split(" ")[0] for one in marks(answer, "windows")}
    assert "W-27-017" in windows
    assert "W-26-010" not in windows


def test_labels_stay_inside_the_drawing(signed_in: SigningIn) -> None:
    for address in ("/timeline?weeks=1&from=7-12-2026", "/timeline?weeks=13&from=2027-01-04", "/timeline?weeks=5"):
        drawing = signed_in("krp-cm-1").get(address).main.one("svg")
        width = float(drawing.attributes["viewbox" if "viewbox" in drawing.attributes else "viewBox"].split()[2])
        for label in drawing.all("text", class_="mark-label"):
            room = len(label.text) * 6.2
            x = float(label.attributes["x"])
            start = x if label.attributes["text-anchor"] == "start" else x - room
            assert start >= 0, label.text
            assert start + room <= width + 8, label.text


def test_marks_of_a_row_do_not_cover_each_other(signed_in: SigningIn) -> None:
    drawing = signed_in("krp-cm-1").get("/timeline?weeks=5&from=2027-01-04").main.one("svg")
    boxes = [
        tuple(float(box.attributes[name]) for name in ("x", "y", "width", "height")) for box in drawing.all("rect", class_="mark")
    ]
    assert len(boxes) > 20
    for number, (x, y, width, height) in enumerate(boxes):
        for other_x, other_y, other_width, other_height in boxes[number + 1 :]:
            is_beside = x + width <= other_x or other_x + other_width <= x
            is_below = y + height <= other_y or other_y + other_height <= y
            assert is_beside or is_below


def test_a_timeline_says_which_weeks_it_shows(signed_in: SigningIn) -> None:
    names = [
        one.text for one in signed_in("krp-cm-1").get("/timeline?weeks=5&from=2026-12-21").main.all("text", class_="week-name")
    ]
    assert [re.sub(r"\D+(\d+).*", r"\1", one) for one in names] == ["52", "53", "1", "2", "3"]


def questions(answer: Answer) -> list[Element]:
    return [one for one in answer.main.one("svg").all("a") if one.attributes["href"].startswith("/timeline/why-not")]


def test_each_hour_of_a_service_leads_to_why_not_there_filled_in(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    drawn = questions(visitor.get("/timeline?weeks=1&from=7-12-2026"))
    tuesday = next(one for one in drawn if "day=08-12-2026" in one.attributes["href"] and "time=22:00" in one.attributes["href"])
    left = 200 + 1038 * (24 + 22) / (7 * 24)
    assert float(tuesday.one("rect").attributes["x"]) == pytest.approx(left, abs=0.1)
    assert tuesday.attributes["tabindex"] == "-1"
    asked = visitor.get(tuesday.attributes["href"])
    assert asked.main.one("h2", id="why-title").text == "What is in the way: Tue 8 Dec 2026 22:00"
    assert len([box for box in asked.main.all("input", name="services") if "checked" in box.attributes]) == 1


def test_without_a_mouse_the_name_of_a_service_leads_there(signed_in: SigningIn) -> None:
    visitor = signed_in("brug-planner")
    named = [one for one in questions(visitor.get("/timeline?weeks=5")) if "tabindex" not in one.attributes]
    assert named
    for one in named:
        assert one.attributes["aria-label"].startswith("Why not here? ")
        assert visitor.get(one.attributes["href"]).main.all("h2", id="why-title")


def test_what_has_been_is_not_asked_about_and_a_drawing_never_has_too_many_questions(signed_in: SigningIn) -> None:
    """It is Sunday 22 November, 20:00: of that week each service has two parts of two hours left."""
    visitor = signed_in("krp-cm-1")
    assert {one.attributes["href"].split("&", 1)[1] for one in questions(visitor.get("/timeline?weeks=1"))} == {
        "day=22-11-2026&time=20:00",
        "day=22-11-2026&time=22:00",
    }
    for weeks in (1, 2, 5, 13):
        assert len(questions(visitor.get(f"/timeline?weeks={weeks}&from=30-11-2026"))) <= 700


def test_who_may_not_propose_has_no_questions(signed_in: SigningIn) -> None:
    assert questions(signed_in("krp-cm-1").get("/timeline"))
    for reader in ("krp-admin", "zonnekroon-planner"):
        assert questions(signed_in(reader).get("/timeline")) == []


def test_from_an_answer_one_goes_an_hour_and_a_day_to_either_side_also_when_the_clock_changes(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    asked = "/timeline/why-not?time=01:30&minutes=120&rollback_minutes=45&type=standard&services=MW-ESB&day="

    def around(address: str) -> list[str]:
        answer = visitor.get(address)
        return [one.attributes["href"] for one in answer.main.one("nav", class_="buttons").all("a")]

    def said(address: str) -> str:
        answer = visitor.get(address)
        assert answer.main.one("input", name="rollback_minutes").attributes["value"] == "45"
        return answer.main.one("h2", id="why-title").text.removeprefix("What is in the way: ")

    assert [said(one) for one in around(f"{asked}10-2-2027")] == [
        "Tue 9 Feb 2027 01:30",
        "Wed 10 Feb 2027 00:30",
        "Wed 10 Feb 2027 02:30",
        "Thu 11 Feb 2027 01:30",
    ]
    assert said(around(f"{asked}28-3-2027")[2]) == "Sun 28 Mar 2027 03:30"
    twice = around(f"{asked}31-10-2027")[2]
    assert (said(twice), said(around(twice)[2])) == ("Sun 31 Oct 2027 02:30", "Sun 31 Oct 2027 03:30")
