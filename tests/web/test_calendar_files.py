"""A customer's calendar file: what becomes of it is seen first, then saved, and a newer copy changes only what changed."""

import io
import json

import pytest

from app.demo.world import DemoWorld
from app.domain.access import SYSTEM
from app.domain.anchors import Entries
from app.domain.peaks import Severity
from app.domain.spans import Instant
from app.store import peaks, trail
from app.store.database import Database
from tests.web.conftest import SigningIn
from tests.web.visitor import Answer, Visitor

PSV = "UID:psv\nSUMMARY:Ajax - PSV\nDTSTART;TZID=Europe/Amsterdam:20270210T204500\nDTEND;TZID=Europe/Amsterdam:20270210T224500"
AZ = "UID:az\nSUMMARY:AZ - Ajax\nDTSTART;TZID=Europe/Amsterdam:20270217T204500\nDTEND;TZID=Europe/Amsterdam:20270217T224500"
SHOW = "UID:show\nSUMMARY:Talk show\nDTSTART;TZID=Europe/Amsterdam:20270218T204500\nDURATION:PT1H"
BROKEN = "UID:draw\nSUMMARY:Draw <b>\nDTSTART:soon"
CUP = {"severity": "freeze", "hours_before": "2", "hours_after": "3"}


def calendar(*events: str) -> str:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "X-WR-CALNAME:Cup", *(f"BEGIN:VEVENT\n{one}\nEND:VEVENT" for one in events), "END:VCALENDAR"]
    )


def look(visitor: Visitor, address: str, file: str | bytes, **values: str) -> Answer:
    """Send the form with a file in it: nothing is saved, the answer shows what becomes of it."""
    data = file.encode() if isinstance(file, str) else file
    answer = visitor.get(address)
    return visitor.send(answer, {**CUP, **values, "file": (io.BytesIO(data), "cup.ics")}, id="calendar-form")


def saved(visitor: Visitor, answer: Answer, **values: str) -> str:
    kept = visitor.send(answer, values, "save", id="calendar-form")
    assert kept.status == 302, kept.errors
    return kept.location


def rule_of(database: Database, now: Instant, where: str) -> Entries:
    with database.reading(SYSTEM, now) as work:
        rule = peaks.load(work, where.removeprefix("/peaks/")).peak.rule
    assert isinstance(rule, Entries)
    return rule


def actions(database: Database, now: Instant) -> list[str]:
    with database.reading(SYSTEM, now) as work:
        return [entry.action for entry in trail.entries(work, "peak", "LICHTLIJN:cup")]


@pytest.fixture
def planner(signed_in: SigningIn) -> Visitor:
    return signed_in("lichtlijn-planner")


def test_what_becomes_of_a_file_is_shown_and_nothing_is_saved_yet(
    planner: Visitor, demo_database: Database, story_now: Instant
) -> None:
    before = planner.get("/peaks").main.text
    answer = look(planner, "/peaks/new/calendar", calendar(PSV, AZ, BROKEN))
    assert answer.status == 200
    assert "Wed 10 Feb 2027 18:45 until Thu 11 Feb 2027 01:45: Ajax - PSV" in answer.main.text
    assert "3 events in the file" in answer.main.text
    assert "1 is skipped" in answer.main.text
    assert "Draw <b>: The date or time cannot be read: soon" in answer.main.text
    assert planner.get("/peaks").main.text == before


def test_once_seen_it_is_saved_with_its_hours_and_its_last_known_day(
    planner: Visitor, demo_database: Database, story_now: Instant
) -> None:
    where = saved(planner, look(planner, "/peaks/new/calendar", calendar(PSV, AZ)))
    assert where == "/peaks/LICHTLIJN:cup"
    rule = rule_of(demo_database, story_now, where)
    assert [one.summary for one in rule.entries] == ["Ajax - PSV", "AZ - Ajax"]
    assert (rule.minutes_before, rule.minutes_after) == (120, 180)
    with demo_database.reading(SYSTEM, story_now) as work:
        kept = peaks.load(work, "LICHTLIJN:cup")
    assert (kept.peak.severity, str(kept.peak.horizon_until)) == (Severity.FREEZE, "2027-02-17")
    assert "Known until Thu 18 Feb 2027 00:00" in planner.get(where).main.text


def test_a_saved_calendar_blocks_a_window(planner: Visitor, signed_in: SigningIn) -> None:
    saved(planner, look(planner, "/peaks/new/calendar", calendar(PSV, AZ)))
    manager = signed_in("krp-cm-1")
    asked = {
        "services": ["VIDEO-ENC-1", "VIDEO-ENC-2"],
        "type": "normal",
        "impact": "outage",
        "zone": "Europe/Amsterdam",
        "rollback_minutes": "0",
    }
    night = {"start_day": "11-2-2027", "start_time": "01:00", "end_day": "11-2-2027", "end_time": "03:00"}
    assert "Cup" in manager.post("/windows/check", {**asked, **night}).words
    later = {**night, "start_time": "01:45"}
    assert "Cup" not in manager.post("/windows/check", {**asked, **later}).words


def test_without_a_known_day_a_calendar_is_known_up_to_its_last_entry(
    planner: Visitor, demo_database: Database, story_now: Instant
) -> None:
    saved(planner, look(planner, "/peaks/new/calendar", calendar(PSV, AZ)), horizon="")
    with demo_database.reading(SYSTEM, story_now) as work:
        assert str(peaks.load(work, "LICHTLIJN:cup").peak.horizon_until) == "2027-02-17"


def test_a_newer_copy_leaves_what_is_over_as_it_was(planner: Visitor, demo_database: Database, story_now: Instant) -> None:
    over = PSV.replace("20270210", "20261110").replace("psv", "over")
    where = saved(planner, look(planner, "/peaks/new/calendar", calendar(over, PSV)))
    saved(planner, look(planner, f"{where}/calendar", calendar(PSV, AZ)))
    assert [one.uid for one in rule_of(demo_database, story_now, where).entries] == ["over", "psv", "az"]


def test_only_entries_with_the_words_are_taken(planner: Visitor, demo_database: Database, story_now: Instant) -> None:
    answer = look(planner, "/peaks/new/calendar", calendar(PSV, AZ, SHOW), only="ajax")
    assert "1 date has other words in its title and is left out." in answer.main.text
    rule = rule_of(demo_database, story_now, saved(planner, answer))
    assert (rule.only, [one.uid for one in rule.entries]) == ("ajax", ["psv", "az"])


def test_the_same_file_again_changes_nothing_and_a_newer_one_only_what_changed(
    planner: Visitor, demo_database: Database, story_now: Instant
) -> None:
    where = saved(planner, look(planner, "/peaks/new/calendar", calendar(PSV, AZ)))
    again = look(planner, f"{where}/calendar", calendar(PSV, AZ))
    assert "The entries ahead are the same as now." in again.main.text
    saved(planner, again)
    assert actions(demo_database, story_now) == ["peak.registered"]
    moved = look(planner, f"{where}/calendar", calendar(PSV, AZ.replace("0217T", "0216T"), SHOW))
    assert "Compared with now: 2 new or changed, 1 gone or changed." in moved.main.text
    saved(planner, moved)
    assert [one.uid for one in rule_of(demo_database, story_now, where).entries] == ["psv", "az", "show"]
    assert actions(demo_database, story_now) == ["peak.registered", "peak.changed"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("<html>Sign in</html>", "This is not a calendar"),
        (calendar(BROKEN), "Nothing in this file becomes a date: it holds 1 events, and 1 things that are skipped."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_field(planner: Visitor, file: str | bytes, said: str) -> None:
    answer = look(planner, "/peaks/new/calendar", file)
    assert answer.status == 422
    assert said in answer.errors["file"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hours_before", "many"),
        ("hours_after", "169"),
        ("severity", "so so"),
        ("zone", "Mars"),
        ("horizon", "31-2-2027"),
        ("name", " "),
    ],
)
def test_what_is_filled_in_wrong_is_told_beside_its_field(planner: Visitor, field: str, value: str) -> None:
    seen = look(planner, "/peaks/new/calendar", calendar(PSV))
    refused = planner.send(seen, {field: value}, "save", id="calendar-form")
    assert (refused.status, list(refused.errors)) == (422, [field])


@pytest.mark.parametrize("entries", ["[", "{}", "[1]", json.dumps([{"start": "2027-02-10T19:45:00Z"}]), "[" * 50_000, ""])
def test_entries_that_were_tampered_with_are_refused(planner: Visitor, entries: str) -> None:
    seen = look(planner, "/peaks/new/calendar", calendar(PSV))
    refused = planner.send(seen, {"entries": entries}, "save", id="calendar-form")
    assert (refused.status, list(refused.errors)) == (422, ["file"])


def test_another_customers_peak_has_no_calendar_to_renew(signed_in: SigningIn, planner: Visitor, world: DemoWorld) -> None:
    where = saved(planner, look(planner, "/peaks/new/calendar", calendar(PSV)))
    stranger = signed_in("zonnekroon-planner")
    assert planner.get(f"{where}/calendar").status == 200
    assert stranger.get(f"{where}/calendar").status == 404
    assert stranger.post(f"{where}/calendar", {"file": (io.BytesIO(calendar(AZ).encode()), "x.ics")}).status == 404
