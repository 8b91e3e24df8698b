"""Forms filled in the way somebody would, on dates of the demonstration."""

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
