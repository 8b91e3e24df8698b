"""Forms filled in the way somebody would, on dates of the demonstration."""

from collections.abc import Mapping

from sqlalchemy import func, select

from app.store.database import Database
from app.store.tables import metadata
from tests.web.visitor import Answer, Visitor

LAB = {
    "services": "LAB-TEST",
    "title": "Test lab cleaning",
    "start_day": "20-1-2027",
    "start_time": "13:00",
    "end_day": "20-1-2027",
    "end_time": "14:00",
    "rollback_plan": "Restore the image of that morning.",
}
"""A service nobody uses: clear whatever happens."""

SETTLEMENT = {**LAB, "services": "AUC-SETTLE", "title": "Settlement release 12"}
"""Reaches the flower auction, in an hour in which it is not busy."""

GATEWAY = {**LAB, "services": "MW-APIGW", "title": "Gateway upgrade", "start_time": "01:00", "end_time": "03:00"}
"""Reaches five customers; clear in the night of 13 January, blocked in the Black Friday night of 26 November."""

CLEAR_NIGHT = {"start_day": "13-1-2027", "end_day": "13-1-2027"}
BLACK_FRIDAY_NIGHT = {"start_day": "26-11-2026", "end_day": "26-11-2026"}

Filled = Mapping[str, str | list[str]]

REGISTERED: Mapping[str, tuple[Filled, list[str]]] = {
    "fixed": ({"day": "14", "month": "2", "lead_before": "7"}, ["Sun 7 Feb to Sun 14 Feb 2027", "Mon 7 Feb to Mon 14 Feb 2028"]),
    "nth_weekday": (
        {"nth": "2", "weekday": "SU", "month": "5", "lead_before": "9"},
        ["Fri 30 Apr to Sun 9 May 2027", "Fri 5 May to Sun 14 May 2028"],
    ),
    "weekday_from": (
        {"weekday": "FR", "direction": "on_or_before", "day": "23", "month": "12", "case_1": "FR", "days_1": "-1"},
        ["Thu 17 Dec 2026", "Thu 16 Dec 2027"],
    ),
    "easter": ({"offset": "-21", "lead_after": "1"}, ["Sun 7 Mar to Mon 8 Mar 2027", "Sun 26 Mar to Mon 27 Mar 2028"]),
    "holiday": ({"holiday": "NL/ascension", "offset": "1"}, ["Fri 7 May 2027", "Fri 26 May 2028"]),
    "working_day": ({"nth": "-1", "calendar": "NL"}, ["Mon 30 Nov 2026", "Thu 31 Dec 2026", "Fri 29 Jan 2027"]),
    "day_rolled": (
        {"day": "25", "roll": "preceding", "calendar": "NL", "months": ["12", "4"]},
        ["Thu 24 Dec 2026", "Fri 23 Apr 2027", "Fri 24 Dec 2027"],
    ),
    "workday_offset": (
        {"count": "3", "side": "before", "calendar": "NL", "base-kind": "fixed", "base-day": "25", "base-month": "12"},
        ["Tue 22 Dec 2026", "Wed 22 Dec 2027"],
    ),
    "span": (
        {
            "from-kind": "weekday_from",
            "from-weekday": "MO",
            "from-direction": "on_or_before",
            "from-day": "15",
            "from-month": "4",
            "to-kind": "easter",
            "to-offset": "47",
        },
        ["Mon 12 Apr to Fri 14 May 2027", "Mon 10 Apr to Fri 2 Jun 2028"],
    ),
    "dates": (
        {"dates": "12-2-2027\n24 dec 2027 to 2 jan 2028\r\n3 mei 2028", "horizon": "31-12-2028"},
        ["Fri 12 Feb 2027", "Fri 24 Dec 2027 to Sun 2 Jan 2028", "Wed 3 May 2028"],
    ),
    "weekly": (
        {"weekdays": ["MO", "WE"], "daily_start": "04:00", "daily_end": "11:30"},
        ["Mon 23 Nov 2026, 04:00–11:30", "Wed 25 Nov 2026, 04:00–11:30"],
    ),
    "rrule": (
        {"rrule": "RRULE:FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=3FR", "start": "1-1-2026"},
        ["Fri 18 Dec 2026", "Fri 19 Mar 2027"],
    ),
}
"""By kind of peak: how its form is filled in, and the next dates that are read back (seen from 22 November 2026)."""


def sent(visitor: Visitor, values: dict[str, object], button: str = "") -> Answer:
    """Fill in the form of a new window and press Submit, or another button."""
    return visitor.send(visitor.get("/windows/new"), values, button)


def proposed(visitor: Visitor, values: dict[str, object], button: str = "") -> str:
    """Propose a window that is accepted; its id."""
    answer = sent(visitor, values, button)
    assert answer.status == 302, answer.errors
    return answer.location.removeprefix("/windows/")


def taken(visitor: Visitor, window: str, step: str, **typed: str) -> Answer:
    """Open a window and press the button of a step."""
    return visitor.send(visitor.get(f"/windows/{window}"), typed, action=f"/windows/{window}/{step}")


def state_of(answer: Answer) -> str:
    return answer.main.one("span", class_="state").attributes["class"].removeprefix("state ").strip()


def verdict_of(answer: Answer) -> str:
    """The verdict on the card."""
    return answer.page.one("section", class_="verdict").attributes["class"].removeprefix("verdict ").strip()


def buttons_of(answer: Answer) -> set[str]:
    """The steps a page offers."""
    forms = {form.attributes["action"].rpartition("/")[2] for form in answer.main.all("form", class_="step")}
    links = {link.attributes["href"].rpartition("/")[2] for link in answer.main.all("a", class_="button")}
    return forms | (links & {"change"})


def trail_of(answer: Answer) -> list[str]:
    """The trail's lines, oldest first, without their times."""
    lines = answer.main.all("ol", class_="trail")
    return [line.text.removeprefix(line.one("time").text).strip() for line in (lines[0].all("li") if lines else ())]


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }
