"""Wall clocks and instants: the missing hour, the hour that comes twice, and days that do not begin at midnight."""

import importlib.resources
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.refusal import Refusal
from app.domain.spans import Span
from app.domain.walltime import (
    FIRST_YEAR,
    LAST_YEAR,
    ZONE_NAMES,
    instant_of,
    local,
    local_day,
    midnight,
    rule_instant,
    single_instant,
    whole_day,
    zone,
)

from .cast import AMSTERDAM, day, utc, wall
from .examples import examples

SAO_PAULO, BEIRUT, NEW_YORK = "America/Sao_Paulo", "Asia/Beirut", "America/New_York"


def refused(*given: object) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        single_instant(*given)
    return refusal.value


def test_a_rule_in_the_missing_hour_takes_the_offset_before_the_gap():
    assert rule_instant(wall("2027-03-28T02:30"), AMSTERDAM) == utc("2027-03-28T01:30")
    assert local(utc("2027-03-28T01:30"), AMSTERDAM).strftime("%H:%M") == "03:30"


def test_the_hour_before_a_gap_ends_where_the_hour_after_it_begins():
    assert rule_instant(wall("2027-03-28T02:00"), AMSTERDAM) == utc("2027-03-28T01:00")
    assert rule_instant(wall("2027-03-28T03:00"), AMSTERDAM) == utc("2027-03-28T01:00")


def test_a_rule_in_the_hour_that_comes_twice_means_the_first():
    assert rule_instant(wall("2027-10-31T02:30"), AMSTERDAM) == utc("2027-10-31T00:30")


def test_a_rule_does_not_listen_to_a_fold():
    assert rule_instant(wall("2027-10-31T02:30").replace(fold=1), AMSTERDAM) == utc("2027-10-31T00:30")


def test_a_single_window_in_the_missing_hour_is_refused():
    refusal = refused(wall("2027-03-28T02:30"), AMSTERDAM, None, "start")
    assert refusal.code == "nonexistent_local_time"
    assert refusal.problems[0].field == "start"


def test_no_fold_makes_a_missing_hour_exist():
    assert refused(wall("2027-03-28T02:00"), AMSTERDAM, 1, "end").code == "nonexistent_local_time"
    assert refused(wall("2027-03-28T02:59:59"), AMSTERDAM, 0, "end").code == "nonexistent_local_time"


def test_the_first_second_after_a_gap_exists():
    assert single_instant(wall("2027-03-28T03:00"), AMSTERDAM, None, "start") == utc("2027-03-28T01:00")
    assert single_instant(wall("2027-03-28T01:59:59"), AMSTERDAM, None, "start") == utc("2027-03-28T00:59:59")


def test_a_single_window_in_an_hour_that_comes_twice_must_say_which():
    refusal = refused(wall("2027-10-31T02:30"), AMSTERDAM, None, "end")
    assert refusal.code == "ambiguous_local_time"
    assert refusal.problems[0].field == "end"


def test_fold_0_is_the_first_and_fold_1_the_second():
    assert single_instant(wall("2027-10-31T02:30"), AMSTERDAM, 0, "start") == utc("2027-10-31T00:30")
    assert single_instant(wall("2027-10-31T02:30"), AMSTERDAM, 1, "start") == utc("2027-10-31T01:30")


def test_the_hour_that_comes_twice_ends_when_three_o_clock_comes_once():
    assert single_instant(wall("2027-10-31T03:00"), AMSTERDAM, None, "end") == utc("2027-10-31T02:00")
    assert single_instant(wall("2027-10-31T01:59"), AMSTERDAM, None, "end") == utc("2027-10-30T23:59")


@pytest.mark.parametrize("fold", [None, 0, 1])
def test_a_fold_says_nothing_about_a_time_that_comes_once(fold: int | None):
    assert single_instant(wall("2027-06-01T02:30"), AMSTERDAM, fold, "start") == utc("2027-06-01T00:30")


def test_the_clocks_of_new_york_change_on_other_days():
    assert single_instant(wall("2027-03-28T02:30"), NEW_YORK, None, "start") == utc("2027-03-28T06:30")
    assert refused(wall("2027-03-14T02:30"), NEW_YORK, None, "start").code == "nonexistent_local_time"


def test_half_an_hour_can_be_missing():
    assert refused(wall("2027-10-03T02:15"), "Australia/Lord_Howe", None, "start").code == "nonexistent_local_time"
    assert single_instant(wall("2027-10-03T02:30"), "Australia/Lord_Howe", None, "start") == utc("2027-10-02T15:30")


@pytest.mark.parametrize(("name", "short", "begins"), [(SAO_PAULO, "2018-11-04", "03:00"), (BEIRUT, "2027-03-28", "22:00")])
def test_a_day_whose_midnight_does_not_exist_begins_when_the_gap_ends(name: str, short: str, begins: str):
    start = midnight(day(short), name)
    assert local(start, "UTC").strftime("%H:%M") == begins
    assert local(start, name) == local(start, name).replace(hour=1, minute=0)
    assert [local_day(start - 1, name), local_day(start, name)] == [day(short) - timedelta(days=1), day(short)]
    assert midnight(day(short) + timedelta(days=1), name) - start == 23 * 3600


def test_a_day_whose_midnight_comes_twice_begins_at_the_first():
    """In Havana the clock goes from one back to midnight."""
    start = midnight(day("2027-11-07"), "America/Havana")
    assert start == utc("2027-11-07T04:00")
    assert midnight(day("2027-11-08"), "America/Havana") - start == 25 * 3600


def test_a_skipped_day_lasts_no_time():
    """Samoa had no 30 December 2011."""
    assert midnight(day("2011-12-30"), "Pacific/Apia") == midnight(day("2011-12-31"), "Pacific/Apia")


@examples(200)
@given(
    st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)) | st.dates(date(2006, 1, 1), date(2030, 12, 31)),
    st.sampled_from([AMSTERDAM, NEW_YORK, SAO_PAULO, BEIRUT, "America/Havana", "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza"]),
)
def test_a_whole_day_reaches_from_its_midnight_to_the_next(one: date, name: str):
    ends = [datetime.combine(each, time(), ZoneInfo(name)) for each in (one, one + timedelta(days=1))]
    assert whole_day(one, name) == Span(*(int(end.timestamp()) for end in ends))


def test_summer_days_begin_two_hours_before_utc_in_amsterdam():
    assert midnight(day("2027-07-01"), AMSTERDAM) == utc("2027-06-30T22:00")
    assert local_day(utc("2027-06-30T22:00"), AMSTERDAM) == day("2027-07-01")


def test_what_a_clock_shows_is_aware():
    assert local(utc("2027-01-01T00:00"), "Asia/Tokyo").utcoffset() == timedelta(hours=9)


def test_an_instant_is_a_number_of_seconds_since_1970():
    assert instant_of(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert rule_instant(wall("2027-01-01T00:00"), "UTC") == 1_798_761_600


def test_an_aware_moment_is_an_instant_whatever_zone_it_is_written_in():
    there = datetime(2027, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=1)))
    assert instant_of(there) == instant_of(datetime(2027, 1, 1, tzinfo=UTC)) == utc("2027-01-01T00:00")


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "europe/amsterdam", "../UTC", "/etc/localtime", "Europe", "CEST"])
def test_an_unknown_zone_is_refused(name: str):
    with pytest.raises(Refusal) as refusal:
        zone(name)
    assert refusal.value.code == "unknown_timezone"


def test_zones_come_from_the_pinned_package_and_not_from_the_operating_system():
    pinned = importlib.resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    assert set(pinned) == ZONE_NAMES
    assert zoneinfo.TZPATH == ()
