"""When a window can start, drawn: where each piece is, and that the pages show it."""

from datetime import date, datetime, timedelta

import pytest

from app.domain.slots import Free
from app.domain.spans import Span
from app.domain.verdict import Verdict
from app.domain.walltime import rule_instant
from app.web.free_strip import MOST_STRETCHES, free_strip
from tests.web.conftest import SigningIn

ZONE = "Europe/Amsterdam"


def between(first: str, last: str) -> Free:
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    return Free(Span(rule_instant(start, ZONE), rule_instant(end, ZONE)), Verdict.CLEAR)


def test_a_stretch_over_midnight_stands_in_two_columns_from_its_hour_to_its_hour() -> None:
    night = between("2027-01-12T18:00", "2027-01-13T06:00")
    strip = free_strip([night], date(2027, 1, 12), date(2027, 1, 14), ZONE)
    assert strip
    assert [(one.x, one.y, one.height) for one in strip.stretches] == [(40, 18 + 18 * 6, 36), (80, 18, 36)]
    assert [one.day.day for one in strip.columns] == [12, 13, 14]


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_day_on_which_the_clock_changes_is_as_high_as_another(day: date) -> None:
    whole = between(f"{day}T00:00", f"{day + timedelta(days=1)}T00:00")
    strip = free_strip([whole], day, day, ZONE)
    assert strip
    assert [(one.y, one.height) for one in strip.stretches] == [(18, 144)]


def test_what_could_not_be_told_apart_is_not_drawn() -> None:
    quarter = between("2027-01-12T18:00", "2027-01-12T18:15")
    assert free_strip([quarter] * MOST_STRETCHES, date(2027, 1, 12), date(2027, 1, 12), ZONE)
    assert free_strip([quarter] * (MOST_STRETCHES + 1), date(2027, 1, 12), date(2027, 1, 12), ZONE) is None
    assert free_strip([], date(2027, 1, 12), date(2027, 1, 12), ZONE) is None


def test_beside_the_drawing_stands_the_list_and_each_look_has_its_word(signed_in: SigningIn) -> None:
    page = signed_in("krp-cm-1").get("/windows/W-27-038/slots?slots_from=12-1-2027&slots_to=31-1-2027&slots_most=2")
    drawn = page.main.one("svg", role="img")
    looks = {one.attributes["class"] for one in drawn.all("rect") if one.attributes["class"].startswith("can")}
    assert looks
    legend = page.main.one("p", class_="legend").text
    for look in looks:
        assert {"can clear": "Clear", "can advisory": "Advisory", "can needs_waiver": "Needs waiver"}[look] in legend
    assert "the list says the same" in drawn.attributes["aria-label"]
    assert page.main.all("summary")[-1].text == "When it can start at all, in words"
