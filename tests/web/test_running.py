"""A window runs, on its pages: begun by its supplier, watched by the duty manager, marked by a customer, closed."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.spans import Instant
from app.store.database import Database
from tests.conftest import Cast
from tests.usecases.test_running import END, HOUR, MINUTE, START, approved_window
from tests.web.conftest import SigningIn

Clock = Callable[[Instant], None]


@pytest.fixture
def clock(app: Flask) -> Clock:
    """Sets the time of the pages."""

    def set_to(now: Instant) -> None:
        app.extensions["ober"]["clock"] = lambda: now

    return set_to


@pytest.fixture
def window(demo_database: Database, story_now: Instant) -> str:
    """The bank's app on a Tuesday night, approved."""
    return approved_window(Cast(demo_database, story_now))


def test_a_window_is_begun_decided_on_ticked_finished_marked_and_closed(signed_in: SigningIn, clock: Clock, window: str) -> None:
    run, sheet = f"/windows/{window}/run", f"/windows/{window}/night-sheet"
    clock(START)
    supplier = signed_in("atelier-planner")
    answer = supplier.send(supplier.get(run), {}, action=f"{run}/start")
    assert answer.status == 422, "nobody is on the bridge"
    page = supplier.follow(
        supplier.send(supplier.get(run), {"experts": ["app-team-shop"], "going_back": "20"}, action=f"{run}/start")
    )
    assert "Tue 12 Jan 2027 23:10" in page.main.text, "the point of no return"
    clock(END + 20 * MINUTE)
    duty = signed_in("krp-duty", "nl")
    night = duty.get("/tonight")
    assert "Uitloop sinds" in night.main.text
    assert "Voorbij het beslismoment" in night.main.text
    assert "Overrun since Tue 12 Jan 2027 23:00" in supplier.get(f"/windows/{window}").main.text
    page = duty.follow(duty.send(duty.get(run), {"decision_remark": "Bijna klaar."}, action=f"{run}/decide/go"))
    assert "doorgaan" in page.main.text
    assert "Voorbij het beslismoment" not in page.main.text
    assert "Not yet green: Banking app" in supplier.get(run).main.text
    ticked = supplier.follow(supplier.send(supplier.get(sheet), {"services": ["BANK-APP"]}, action=sheet))
    assert "Planner AppAtelier" in ticked.main.text
    wrong = supplier.send(supplier.get(run), {"result": "", "finished_time": "23:59"}, action=f"{run}/finish")
    assert wrong.status == 422
    done = {"result": "successful_with_issues", "remark": "One node was slow.", "finished_time": "23:15"}
    page = supplier.follow(supplier.send(supplier.get(run), done, action=f"{run}/finish"))
    assert "successful, with issues" in page.main.text
    clock(END + HOUR)
    later = {"usable_day": "12-1-2027", "usable_time": "23:18"}
    page = duty.follow(duty.send(duty.get(run), later, action=f"{run}/usable"))
    assert "di 12 jan 2027 23:18" in page.main.text
    customer = signed_in("noorderhaven-planner")
    page = customer.follow(
        customer.send(customer.get(run), {"mark": "4", "mark_remark": "We could not pay."}, action=f"{run}/mark")
    )
    assert "One node was slow." not in page.html
    assert "You gave 4." in customer.get("/reviews").main.text
    manager = signed_in("krp-cm-1")
    figure = {"customer": "NOORDERHAVEN", "measured": "99,95"}
    manager.follow(manager.send(manager.get(run), figure, action=f"{run}/figure"))
    report = manager.get("/reports?from=1-1-2027&to=31-1-2027").main.text
    assert "green but unhappy" in report
    assert "We could not pay." in report
    assert "A promise to communicate is still open." in manager.get(f"/windows/{window}").main.text


def test_a_file_of_a_report_is_what_its_reader_may_know(signed_in: SigningIn) -> None:
    manager, supplier = signed_in("krp-cm-1"), signed_in("brug-planner")
    whole = manager.get("/reports/marks.csv")
    assert whole.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert whole.headers["Content-Disposition"] == 'attachment; filename="ober-marks-2026-11-01-2026-11-30.csv"'
    assert "Veiling Zonnekroon" in whole.html
    assert "Zonnekroon" not in supplier.get("/reports/marks.csv").html
    assert manager.get("/reports/nothing.csv").status == 404


def test_a_service_level_is_agreed_and_read_by_the_customer(signed_in: SigningIn) -> None:
    page = "/agreements/levels"
    admin = signed_in("krp-admin")
    wrong = admin.send(admin.get(page), {"availability": "101", "budget": "x", "since": "31-2-2027"})
    assert set(wrong.errors) == {"availability", "budget", "since"}
    agreed = {"service": "AUC-CLOCK", "availability": "99,9", "budget": "60", "since": "1-1-2027"}
    admin.follow(admin.send(admin.get(page), agreed))
    assert "99.9 %" in signed_in("zonnekroon-planner").get(page).main.text
    assert "99.9 %" not in signed_in("lichtlijn-planner").get(page).main.text
    assert signed_in("brug-planner").get(page).status == 404


def test_a_customer_has_no_part_in_the_night_itself(signed_in: SigningIn) -> None:
    assert signed_in("krp-cm-1").get("/windows/W-26-003/night-sheet").status == 200
    assert signed_in("zonnekroon-planner").get("/windows/W-26-003/night-sheet").status == 404
