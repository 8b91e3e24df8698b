"""Files that were made to do harm: bounded in time and memory, one bad event never loses the others, no crash."""

import json
import os
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from recurring_ical_events import of

from app.adapters.foreign_calendars import bounded
from app.adapters.foreign_calendars.bounded import read_in_child
from app.adapters.foreign_calendars.read import read_calendar
from app.domain.refusal import Refusal

from .files_of_others import FILES, calendar, read

PERIOD = datetime(2026, 11, 1), datetime(2027, 11, 1)  # noqa: DTZ001 - wall clocks
MATCH = "UID:match\nSUMMARY:match\nDTSTART:20270210T194500Z\nDTEND:20270210T214500Z"
START = "UID:bomb\nSUMMARY:bomb\nDTSTART:{start}\nDURATION:PT1M\n"
MANY = ",".join(str(number) for number in range(60))
BOMBS = {
    "every second since 1970": START.format(start="19700101T000000Z") + "RRULE:FREQ=SECONDLY",
    "every minute since 1601": START.format(start="19010101T000000Z") + "RRULE:FREQ=MINUTELY;INTERVAL=15",
    "30 February": START.format(start="20200101T000000Z") + "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "a Monday the 1st that is a second Monday": START.format(start="20200101T000000Z")
    + "RRULE:FREQ=MONTHLY;BYDAY=2MO;BYMONTHDAY=1",
    "every day of 1901 that never comes": START.format(start="19010101T000000Z") + "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
    "interval 0": START.format(start="20270101T000000Z") + "RRULE:FREQ=DAILY;INTERVAL=0",
    "a billion times": START.format(start="20270101T000000Z") + "RRULE:FREQ=DAILY;COUNT=1000000000",
    "every second of every hour": START.format(start="20270101T000000Z") + f"RRULE:FREQ=DAILY;BYSECOND={MANY};BYMINUTE={MANY}",
    "a flood of dates": START.format(start="20270101T000000Z") + "RDATE:" + ",".join(["20270102T000000Z"] * 100_000),
    "a flood of exceptions": START.format(start="20270101T000000Z") + "\n".join(["EXDATE:20270102T000000Z"] * 20_000),
    "two thousand rules": START.format(start="20270101T000000Z") + "\n".join(["RRULE:FREQ=DAILY"] * 2000),
    "a zone of seconds": START.format(start="20270101T000000").replace("DTSTART", "DTSTART;TZID=Evil"),
    "a very long line": START.format(start="20270101T000000Z") + "RRULE:" + "FREQ=DAILY;" * 100_000,
}
EVIL_ZONE = """BEGIN:VTIMEZONE\nTZID:Evil\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200
RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE"""


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_gives_itself_up_and_the_match_beside_it_is_read(bomb: str) -> None:
    found = read_calendar(calendar(BOMBS[bomb], MATCH, head=EVIL_ZONE), *PERIOD, "UTC")
    assert "match" in {one.uid for one in found.entries}
    assert "bomb" in {one.uid for one in found.skipped} or found.assumed or found.outside


def test_many_series_that_never_end_leave_time_for_those_that_do() -> None:
    never = (BOMBS["a Monday the 1st that is a second Monday"].replace("UID:bomb", f"UID:bomb-{number}") for number in range(5))
    found = read_in_child(calendar(*never, MATCH), *PERIOD, "UTC")
    assert "match" in {one.uid for one in found.entries}
    assert {one.reason for one in found.skipped} <= {"too_long_walk"}


def test_deep_nesting_is_no_deeper_than_what_is_read() -> None:
    found = read(calendar(MATCH + "\n" + "BEGIN:VALARM\n" * 50_000))
    assert [one.uid for one in found.entries] == ["match"]
    found = read(calendar(MATCH, head="BEGIN:X-NEST\n" * 20_000 + "END:X-NEST\n" * 20_000))
    assert [one.uid for one in found.entries] == ["match"]


def test_the_process_answers_what_the_reader_answers() -> None:
    data = FILES[0].read_bytes()
    assert read_in_child(data, *PERIOD, "UTC") == read_calendar(data, *PERIOD, "UTC")


def test_the_process_says_why_it_refuses() -> None:
    with pytest.raises(Refusal) as refusal:
        read_in_child(b"<html>", *PERIOD)
    assert refusal.value.code == "not_a_calendar"


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 0.01)
    with pytest.raises(Refusal) as refusal:
        read_in_child(calendar(MATCH), *PERIOD)
    assert refusal.value.code == "calendar_takes_too_long"


def test_the_process_is_told_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBER_SECRET_KEY", "a secret of more than thirty-two letters")
    told: dict[str, str] = {}
    run = bounded.subprocess.run
    monkeypatch.setattr(bounded.subprocess, "run", lambda *one, env, **more: told.update(env) or run(*one, env=env, **more))
    assert read_in_child(calendar(MATCH), *PERIOD, "UTC").events == 1
    assert told
    assert "secret" not in json.dumps(told)


LETTERS = st.sampled_from(
    ["DTSTART", "RRULE", ":", ";", "=", ",", "\r\n", " ", "20270210", "T", "Z", "FREQ", "DAILY", "BEGIN:VEVENT", "END"]
)


@settings(max_examples=int(os.environ.get("OBER_LONG_TESTS", 0)) * 20_000 + 150, deadline=None)
@given(spoiled=st.lists(st.tuples(st.integers(0, 400), LETTERS | st.binary(max_size=3)), max_size=6))
def test_whatever_is_spoiled_in_a_file_it_is_read_or_refused(spoiled: list) -> None:
    data = calendar(MATCH + "\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20270217T194500Z", MATCH.replace("match", "other"))
    for place, piece in spoiled:
        data = data[:place] + (piece.encode() if isinstance(piece, str) else piece) + data[place:]
    try:
        found = read(data)
    except Refusal:
        return
    sources = {one.uid for one in found.entries} | {one.uid for one in found.skipped}
    assert found.events == 0 or sources or found.outside


WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
RULES = st.builds(
    lambda freq, interval, days, end: f"FREQ={freq};INTERVAL={interval}" + (f";BYDAY={','.join(days)}" if days else "") + end,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 3),
    st.lists(WEEKDAYS, max_size=3, unique=True),
    st.sampled_from(["", ";UNTIL=20270301T000000Z", ";WKST=SU"]),
)


@settings(max_examples=int(os.environ.get("OBER_LONG_TESTS", 0)) * 2000 + 40, deadline=None)
@given(rule=RULES, day=st.integers(1, 28), hour=st.integers(0, 23), exception=st.integers(1, 28))
def test_another_reader_finds_the_same_entries(rule: str, day: int, hour: int, exception: int) -> None:
    event = f"UID:1\nDTSTART;TZID=Europe/Amsterdam:202701{day:02d}T{hour:02d}0000\nDURATION:PT45M\nRRULE:{rule}"
    data = calendar(event + f"\nEXDATE;TZID=Europe/Amsterdam:202702{exception:02d}T{hour:02d}0000")
    others = of(Calendar.from_ical(data)).between((2027, 1, 1), (2027, 6, 1))
    ours = read(data, "Europe/Amsterdam", "2027-01-01", "2027-06-01")
    assert [one.start for one in ours.entries] == sorted(int(one.start.timestamp()) for one in others)
