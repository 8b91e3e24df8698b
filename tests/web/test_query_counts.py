"""A page asks the database the same number of questions for one thing and for three."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.domain.access import SYSTEM
from app.domain.spans import Instant
from app.store import peaks
from app.store.database import Database
from tests.web.conftest import SigningIn
from tests.web.filling import GATEWAY, LAB, SETTLEMENT, proposed
from tests.web.subscribing import followed
from tests.web.visitor import Visitor

LATER = {"start_day": "4-10-2028", "end_day": "4-10-2028"}


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        heard.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(database.engine, "before_cursor_execute", hear)


def asked(database: Database, visitor: Visitor, address: str, shown: int, tag: str = "tr") -> int:
    """How many statements a page takes that shows so many things."""
    visitor.get(address)  # whatever is remembered between requests is remembered now
    with statements(database) as heard:
        answer = visitor.get(address)
    counted = [one for one in answer.main.all(tag) if one.above("tbody") or tag != "tr"]
    assert len(counted) == shown, f"{address} shows {len(counted)}"
    return len(heard)


WINDOWS: dict[str, tuple[str, str, dict[str, object]]] = {
    "krp-cm-1": ("wolk-planner", "/windows?from=1-10-2028&to=1-11-2028", LAB),
    "wolk-planner": ("wolk-planner", "/windows?from=1-10-2028&to=1-11-2028", LAB),
    "zonnekroon-planner": ("atelier-planner", "/windows?from=1-10-2028&to=1-11-2028", SETTLEMENT),
}


@pytest.mark.parametrize("reader", WINDOWS)
def test_a_list_of_windows(signed_in: SigningIn, demo_database: Database, reader: str) -> None:
    supplier, address, values = WINDOWS[reader]
    visitor, proposer = signed_in(reader), signed_in(supplier)
    proposed(proposer, {**values, **LATER})
    one = asked(demo_database, visitor, address, 1)
    for hour in ("15", "16"):
        proposed(proposer, {**values, **LATER, "start_time": hour, "end_time": f"{hour}:30"})
    assert asked(demo_database, visitor, address, 3) == one


@pytest.mark.parametrize("reader", ["krp-cm-1", "brug-planner"])
def test_a_timeline(signed_in: SigningIn, demo_database: Database, reader: str) -> None:
    visitor, proposer = signed_in(reader), signed_in("brug-planner")
    address = "/timeline?weeks=1&from=4-10-2028"

    def count() -> tuple[int, int]:
        visitor.get(address)
        with statements(demo_database) as heard:
            answer = visitor.get(address)
        drawn = [link for link in answer.main.all("a", href=None) if link.attributes["href"].startswith("/windows/")]
        return len(drawn), len(heard)

    night = {**GATEWAY, **LATER}
    proposed(proposer, night)
    shown, one = count()
    for hour in ("3", "4"):
        proposed(proposer, {**night, "start_time": hour, "end_time": f"{hour}:30"})
    assert count() == (shown + 2, one)


def keep_peaks(database: Database, now: Instant, most: int) -> None:
    """Take peaks of Duinwijk away until so many are left."""
    with database.writing(SYSTEM, now) as work:
        for known in peaks.visible_peaks(work, "DUINWIJK")[most:]:
            connection = work.connection
            connection.exec_driver_sql("DELETE FROM occurrence WHERE peak_id = ?", (known.peak.id,))
            connection.exec_driver_sql("UPDATE peak SET removed_at = ? WHERE id = ?", (now, known.peak.id))


@pytest.mark.parametrize(("reader", "address"), [("duinwijk-planner", "/peaks"), ("krp-cm-1", "/peaks?customer=DUINWIJK")])
def test_a_list_of_peaks(signed_in: SigningIn, demo_database: Database, story_now: Instant, reader: str, address: str) -> None:
    visitor = signed_in(reader)
    keep_peaks(demo_database, story_now, 3)
    three = asked(demo_database, visitor, address, 3)
    keep_peaks(demo_database, story_now, 1)
    assert asked(demo_database, visitor, address, 1) == three


def test_a_list_of_feeds(signed_in: SigningIn, demo_database: Database) -> None:
    visitor = signed_in("brug-planner")

    def make() -> None:
        visitor.post("/calendar-feeds", {"kind": "supplier_windows", "label": "mine"})

    make()
    one = asked(demo_database, visitor, "/calendar-feeds", 1)
    make()
    make()
    assert asked(demo_database, visitor, "/calendar-feeds", 3) == one


def test_a_feed(signed_in: SigningIn, demo_database: Database) -> None:
    visitor = signed_in("wolk-planner")
    made = visitor.post("/calendar-feeds", {"kind": "supplier_windows", "label": "mine"})
    address = made.main.one(id="address").text.removeprefix("http://localhost")

    def count() -> tuple[int, int]:
        visitor.client.get(address)
        with statements(demo_database) as heard:
            feed = visitor.client.get(address)
        return feed.text.count("BEGIN:VEVENT"), len(heard)

    proposed(visitor, LAB)
    events, one = count()
    for hour in ("15", "16"):
        proposed(visitor, {**LAB, "start_time": hour, "end_time": f"{hour}:30"})
    assert count() == (events + 2, one)


def same(count: Callable[[], int], more: Callable[[], object]) -> tuple[int, int]:
    """A count before and after."""
    before = count()
    more()
    return before, count()


@pytest.mark.parametrize("reader", ["krp-cm-1", "atelier-planner"])
def test_a_page_of_a_window_whatever_else_is_planned_that_day(signed_in: SigningIn, demo_database: Database, reader: str) -> None:
    visitor, proposer = signed_in(reader), signed_in("atelier-planner")
    window = proposed(proposer, {**SETTLEMENT, **LATER})

    def count() -> int:
        visitor.get(f"/windows/{window}")
        with statements(demo_database) as heard:
            visitor.get(f"/windows/{window}")
        return len(heard)

    def more() -> None:
        for number in range(2):
            proposed(proposer, {**SETTLEMENT, **LATER, "type": "standard", "title": f"Another {number}"})

    more()
    before, after = same(count, more)
    assert before == after


@pytest.mark.parametrize("reader", ["zonnekroon-planner", "krp-cm-1"])
def test_a_list_of_followed_calendars(signed_in: SigningIn, demo_database: Database, reader: str) -> None:
    visitor, customer = signed_in(reader), signed_in("zonnekroon-planner")
    followed(customer)
    one = asked(demo_database, visitor, "/subscriptions", 1)
    for _ in range(2):
        followed(customer)
    assert asked(demo_database, visitor, "/subscriptions", 3) == one


@pytest.mark.parametrize("reader", ["krp-admin", "betaal-planner"])
def test_a_list_of_services(signed_in: SigningIn, demo_database: Database, reader: str) -> None:
    visitor = signed_in(reader)
    one = asked(demo_database, visitor, "/services?q=PAY-GW-A", 1)
    assert asked(demo_database, visitor, "/services?q=Betaalbrug", 3) == one


def test_a_list_of_experts(signed_in: SigningIn, demo_database: Database) -> None:
    planner = signed_in("betaal-planner")
    two = asked(demo_database, planner, "/experts", 2)
    for name in ("Night shift", "Day shift"):
        planner.send(planner.get("/experts/new"), {"name": name, "services": ["PAY-GW-A"]}, button="save")
    assert asked(demo_database, planner, "/experts", 4) == two


@pytest.mark.parametrize(("reader", "address"), [("krp-cm-1", "/desk"), ("krp-cm-1", "/promises"), ("brug-planner", "/promises")])
def test_who_waits_for_a_word(signed_in: SigningIn, demo_database: Database, reader: str, address: str) -> None:
    visitor, proposer = signed_in(reader), signed_in("brug-planner")

    def count() -> tuple[int, int]:
        visitor.get(address)
        with statements(demo_database) as heard:
            answer = visitor.get(address)
        return len(answer.main.one("ul", class_="promises").all("li")), len(heard)

    night = {**GATEWAY, **LATER}
    proposed(proposer, night)
    shown, one = count()
    for hour in ("3", "4"):
        proposed(proposer, {**night, "start_time": hour, "end_time": f"{hour}:30"})
    assert count() == (shown + 2, one)


@pytest.mark.parametrize("reader", ["krp-cm-1", "zonnekroon-planner", "brug-planner"])
def test_a_report(signed_in: SigningIn, demo_database: Database, reader: str) -> None:
    """Of the message bus alone, and of everything that ran in its month."""
    visitor = signed_in(reader)

    def count(first: int, last: int) -> tuple[int, int]:
        address = f"/reports?from={first}-11-2026&to={last}-11-2026"
        visitor.get(address)
        with statements(demo_database) as heard:
            answer = visitor.get(address)
        return len(answer.main.all("tr")), len(heard)

    few, many = count(8, 8), count(1, 30)
    assert few[0] < many[0] or reader == "brug-planner"
    assert few[1] == many[1]


def test_the_page_of_the_night(signed_in: SigningIn, demo_database: Database) -> None:
    visitor = signed_in("krp-duty")
    one = asked(demo_database, visitor, "/tonight", 1, "article")
    with demo_database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE window_run SET finished_at = NULL WHERE window_id IN ('W-26-008', 'W-26-006')")
        connection.exec_driver_sql("UPDATE maintenance_window SET state = 'in_progress' WHERE id IN ('W-26-008', 'W-26-006')")
    assert asked(demo_database, visitor, "/tonight", 3, "article") == one
