"""Calendar files of other projects: as many entries, at the times, that their own tests state."""

from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

import pytest

from app.adapters.foreign_calendars.moments import Clocks
from app.adapters.foreign_calendars.reading import Unreadable
from app.adapters.foreign_calendars.repetition import read_repetition, walls
from app.adapters.foreign_calendars.zones import UTC_ZONE, Zones
from app.domain.walltime import local

from .files_of_others import CASES, FILES, HERE, RULES, read

START_THAT_DOES_NOT_FIT = {"ics-70a041de4ade", "ics-900a730d08dc"}
"""Their rule misses DTSTART; it counts all the same here (RFC 5545 section 3.3.10), as most calendars show it."""
FAR = datetime.combine(date(2199, 1, 1), time())
ZONES = {"US-Eastern": "America/New_York"}


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_a_file_has_the_entries_that_its_own_tests_state(case: dict) -> None:
    found = read((HERE / "files" / case["file"]).read_bytes(), case["tz"], case["from"], case["to"])
    more = case["id"] in START_THAT_DOES_NOT_FIT
    assert len(found.entries) == case["count"] + more
    if "starts" in case and not more and case["starts_tz"]:
        zone = ZONES.get(case["starts_tz"], case["starts_tz"])
        starts = [f"{local(one.start, zone):%Y%m%dT%H%M%S}" for one in found.entries]
        assert starts[: len(case["starts"])] == [one.replace("-", "").replace(":", "").rstrip("Z") for one in case["starts"]]


@pytest.mark.parametrize("file", FILES, ids=[one.stem[-60:] for one in FILES])
def test_every_event_of_a_file_is_accounted_for(file: Path) -> None:
    found = read(file.read_bytes(), "UTC", "1990-01-01", "2040-01-01")
    told = {one.uid for one in found.entries} | {one.uid for one in found.skipped}
    assert found.events == 0 or told or found.outside


@pytest.mark.parametrize("case", RULES["rules"], ids=[f"{one['rrule']}-{one['dtstart']}" for one in RULES["rules"]])
def test_a_rule_falls_where_the_tests_of_others_say(case: dict) -> None:
    clocks = Clocks(Zones([]), None, UTC_ZONE, [])
    start = clocks.moment(case["dtstart"])
    shape = "%Y%m%d" if start.is_day else "%Y%m%dT%H%M%S"
    falls = walls(read_repetition(case["rrule"], start, clocks), start.wall, start.wall, FAR)
    assert [f"{wall:{shape}}" for wall in islice(falls, len(case["starts"]) + case["whole"])] == case["starts"]


@pytest.mark.parametrize("case", RULES["refused"], ids=[one["rrule"] for one in RULES["refused"]])
def test_a_rule_that_the_tests_of_others_refuse_is_refused(case: dict) -> None:
    clocks = Clocks(Zones([]), None, UTC_ZONE, [])
    with pytest.raises(Unreadable):
        read_repetition(case["rrule"], clocks.moment(case["dtstart"]), clocks)
