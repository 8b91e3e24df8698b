"""A run goes wrong: each alarm is noted once, and what exceeds its exposure is checked again until it is over."""

from app.domain.access import SYSTEM
from app.domain.lifecycle import State
from app.domain.peaks import DailyHours, Severity
from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.queries.night_sheet import night_sheet
from app.queries.tonight import tonight
from app.store import receipts
from app.usecases import peaks
from app.usecases.alarming import watch_runs
from app.usecases.green_light import give_green_light
from tests.conftest import Cast

from .story import busy_on, kept, on_sqlite, refused, trail_of
from .test_running import DAY, END, HOUR, MINUTE, START, approved_window, finished, run_of, started
from .test_telling import told

EXCEEDED = END + 30 * MINUTE
"""The rollback reserve of BANK_APP is used up."""


def watched(cast: Cast, now: Instant) -> int:
    with cast.database.writing(SYSTEM, now) as work:
        return watch_runs(work)


def noted(cast: Cast, key: str) -> list[str]:
    return [one.action for one in trail_of(cast("krp-cm-1"), "window", key) if one.person is None]


def running(cast: Cast) -> str:
    key = approved_window(cast)
    finished(cast("wolk-planner", START), "W-26-009")
    started(cast("atelier-planner", START), key, going_back=20)
    return key


def test_each_alarm_is_noted_once_and_told_by_the_system(cast: Cast) -> None:
    key = running(cast)
    assert watched(cast, END) == 0
    assert watched(cast, END + 1) == 1
    assert watched(cast, EXCEEDED - 20 * MINUTE + 1) == 1
    assert watched(cast, EXCEEDED + 1) == 1
    assert watched(cast, EXCEEDED + 1) == 0
    assert noted(cast, key) == ["window.overrun", "window.past_point_of_no_return", "window.exposure_exceeded"]
    assert len(run_of(cast("krp-cm-1"), key).alarms) == 3


@on_sqlite
def test_the_duty_manager_and_every_customer_it_reaches_are_told_that_it_takes_too_long(cast: Cast) -> None:
    key = running(cast)
    watched(cast, EXCEEDED + 1)
    heard = told(cast, key)
    assert ("krp-duty", "window.exceeded") in heard
    assert [one for one in heard if one[1] == "maintenance.longer"] == [("noorderhaven-planner", "maintenance.longer")]
    watched(cast, EXCEEDED + HOUR)
    assert told(cast, key) == heard


@on_sqlite
def test_a_run_that_is_finished_alarms_nobody_any_more(cast: Cast) -> None:
    key = running(cast)
    finished(cast("atelier-planner", END), key)
    assert watched(cast, EXCEEDED + HOUR) == 0
    assert noted(cast, key) == []


@on_sqlite
def test_what_lasts_too_long_is_checked_every_five_minutes_until_it_meets_a_peak(cast: Cast) -> None:
    """The bank is busy from midnight on the Wednesday; the work was to be over, reserve and all, at half past eleven."""
    key = running(cast)
    with cast("noorderhaven-planner").writing() as work:
        peaks.register_peak(work, busy_on("2027-01-13", severity=Severity.FREEZE, daily=DailyHours(0, 6 * 60)))
    for now in range(EXCEEDED + 1, EXCEEDED + 20 * MINUTE, MINUTE):
        watched(cast, now)
    with cast("krp-cm-1").reading() as work:
        assert receipts.latest(work, [key])[key].verdict is Verdict.CLEAR
    watched(cast, EXCEEDED + 25 * MINUTE + 1)
    with cast("krp-cm-1").reading() as work:
        assert receipts.latest(work, [key])[key].verdict is Verdict.BLOCKED
    assert noted(cast, key)[-1] == "window.worse"
    assert kept(cast("krp-cm-1"), key).state is State.IN_PROGRESS


# --- the page of the night


@on_sqlite
def test_the_page_of_the_night_shows_what_goes_on_the_gravest_first_and_what_begins_soon(cast: Cast) -> None:
    key = running(cast)
    with cast("krp-duty", EXCEEDED + 1).reading() as work:
        found = tonight(work)
    assert [(one.registered.id, len(one.alarms)) for one in found.going_on] == [(key, 3)]
    with cast("krp-duty", START - HOUR - DAY // 2).reading() as work:
        soon = tonight(work).soon
    assert all(one.planned.end > START - HOUR - DAY // 2 for one in soon)


@on_sqlite
def test_everybody_sees_of_the_night_what_is_his(cast: Cast) -> None:
    key = running(cast)
    for person, number in (("krp-duty", 1), ("atelier-planner", 1), ("noorderhaven-planner", 1), ("brug-planner", 0)):
        with cast(person, EXCEEDED + 1).reading() as work:
            assert len([one for one in tonight(work).going_on if one.registered.id == key]) == number, person
    with cast("noorderhaven-planner", EXCEEDED + 1).reading() as work:
        found = tonight(work).going_on[0]
    assert [str(one.overlay) for one in found.alarms] == ["exposure_exceeded", "overrun"]


# --- the sheet of the night


@on_sqlite
def test_the_sheet_has_the_way_the_bridge_and_the_back_out_time(cast: Cast) -> None:
    """W-26-003 took the message bus down, which five customers reach through services of other suppliers."""
    with cast("krp-cm-1").reading() as work:
        sheet = night_sheet(work, "W-26-003")
    assert sheet.lines[0].service == "MW-ESB"
    assert {one.service for one in sheet.lines} >= {"CERT-ENGINE", "CERT-PORTAL", "BANK-PAY", "AUC-CLOCK"}
    parties = {one.party for one in sheet.bridge}
    assert parties >= {"BRUG", "KRP", "ATELIER", "ZONNEKROON", "NOORDERHAVEN"}
    assert "LICHTLIJN" not in parties
    assert sheet.point_of_no_return == sheet.planned.end


@on_sqlite
def test_a_supplier_reads_on_the_sheet_no_customer_and_no_other_supplier(cast: Cast) -> None:
    with cast("krp-cm-1").reading() as work:
        whole = night_sheet(work, "W-26-003")
    with cast("brug-planner").reading() as work:
        sheet = night_sheet(work, "W-26-003")
    assert {one.party for one in sheet.bridge} == {"BRUG", "KRP"}
    assert sheet.withheld == len({one.party for one in whole.bridge} - {"BRUG", "KRP"})
    assert [one.service for one in sheet.lines] == ["MW-ESB"]
    assert not [name for name in ("ZONNEKROON", "Zonnekroon", "ATELIER", "AUC-CLOCK") if name in repr(sheet)]


@on_sqlite
def test_green_lights_are_kept_with_who_saw_it_first(cast: Cast) -> None:
    key = running(cast)
    with cast("atelier-planner", END).writing() as work:
        give_green_light(work, key, "1", ["BANK-APP"])
    with cast("krp-duty", END + MINUTE).writing() as work:
        give_green_light(work, key, "1", ["BANK-APP"])
    with cast("krp-duty", END + MINUTE).reading() as work:
        sheet = night_sheet(work, key)
    assert [(one.light.ticked_by, one.light.ticked_at) for one in sheet.lines if one.light] == [("atelier-planner", END)]
    assert sheet.not_green == []
    with refused("bad_choice"), cast("krp-duty", END).writing() as work:
        give_green_light(work, key, "1", ["AUC-CLOCK"])
    with cast("krp-duty", END + HOUR).writing() as work:
        give_green_light(work, key, "1", [])
    with cast("krp-duty", END + HOUR).reading() as work:
        assert [one.service for one in night_sheet(work, key).not_green] == ["BANK-APP"]
