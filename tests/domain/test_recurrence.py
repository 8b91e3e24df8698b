"""Recurrences: the same days as a library reads, and hostile texts refused before they cost anything."""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from types import FrameType

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from app.domain import recurrence
from app.domain.anchors import Weekday
from app.domain.recurrence_parts import parsed
from app.domain.refusal import Refusal

from .cast import day
from .examples import examples

MONDAY = day("2027-01-04")


def falls(text: str, first: str = "2027-01-01", last: str = "2027-12-31", start: date = MONDAY) -> list[str]:
    return [str(one) for one in recurrence.days(start, text, day(first), day(last))]


# --- what is read


def test_a_rule_counts_from_its_start():
    assert falls("FREQ=DAILY;INTERVAL=2;COUNT=3") == ["2027-01-04", "2027-01-06", "2027-01-08"]


def test_a_start_that_does_not_match_is_not_an_occurrence_and_is_not_counted():
    assert falls("FREQ=WEEKLY;BYDAY=TU;COUNT=2") == ["2027-01-05", "2027-01-12"]
    assert falls("FREQ=DAILY;BYMONTHDAY=6,-1;COUNT=2") == ["2027-01-06", "2027-01-31"]


def test_what_was_counted_before_the_range_stays_counted():
    assert falls("FREQ=DAILY;COUNT=10", "2027-01-12", "2027-01-20") == ["2027-01-12", "2027-01-13"]
    assert falls("FREQ=WEEKLY;COUNT=2", "2027-02-01") == []


@pytest.mark.parametrize("until", ["20270106", "20270106T000000Z", "20270106T235959", "2027-01-06"])
def test_the_last_day_counts_by_its_date_and_is_inclusive(until: str):
    assert falls(f"FREQ=DAILY;UNTIL={until}") == ["2027-01-04", "2027-01-05", "2027-01-06"]


def test_nothing_falls_before_the_start_or_outside_the_range():
    assert falls("FREQ=DAILY", "2026-12-01", "2027-01-05") == ["2027-01-04", "2027-01-05"]
    assert falls("FREQ=DAILY", "2027-01-06", "2027-01-05") == []


def test_an_interval_keeps_its_beat_over_a_long_past():
    far = date(1990, 1, 1)
    assert falls("FREQ=WEEKLY;INTERVAL=3", "2027-01-01", "2027-02-07", far) == ["2027-01-11", "2027-02-01"]
    assert falls("FREQ=DAILY;INTERVAL=10", "2027-01-01", "2027-01-20", far) == ["2027-01-07", "2027-01-17"]


def test_the_week_begins_on_the_day_that_the_rule_says():
    sunday_first = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU"
    assert falls(sunday_first, last="2027-01-20", start=day("2027-01-05")) == ["2027-01-05", "2027-01-17", "2027-01-19"]
    assert falls(sunday_first.replace("WKST=SU", "WKST=MO"), last="2027-01-20", start=day("2027-01-05")) == [
        "2027-01-05",
        "2027-01-10",
        "2027-01-19",
    ]


def test_a_position_picks_from_the_set_of_its_period():
    last_working_day = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    assert falls(last_working_day, last="2027-03-31") == ["2027-01-29", "2027-02-26", "2027-03-31"]
    assert falls("FREQ=DAILY;BYSETPOS=1;COUNT=1") == ["2027-01-04"]
    assert falls("FREQ=DAILY;BYSETPOS=2;COUNT=1") == []


def test_months_without_the_day_are_skipped():
    assert falls("FREQ=MONTHLY", last="2027-05-31", start=day("2027-01-31")) == ["2027-01-31", "2027-03-31", "2027-05-31"]
    assert falls("FREQ=YEARLY", "2027-01-01", "2033-01-01", start=day("2028-02-29")) == ["2028-02-29", "2032-02-29"]


@pytest.mark.parametrize(
    "text", ["RRULE:FREQ=DAILY;COUNT=1", "freq=daily;count=1", " FREQ=DAILY; COUNT=1; ", "FREQ=DAILY;COUNT=1;"]
)
def test_the_same_rule_may_be_written_in_several_ways(text: str):
    assert parsed(text) == parsed("FREQ=DAILY;COUNT=1")


def test_a_rule_is_read_into_values():
    parts = parsed("FREQ=YEARLY;INTERVAL=2;BYDAY=-1SU,2MO;BYMONTH=3,10;WKST=SU")
    assert parts.by_day == ((Weekday.SU, -1), (Weekday.MO, 2))
    assert (parts.interval, parts.by_month, parts.week_start, parts.is_bounded) == (2, (3, 10), Weekday.SU, False)


@pytest.mark.parametrize(("bound", "bounded"), [("", False), (";COUNT=3", True), (";UNTIL=20270301", True)])
def test_a_rule_is_bounded_by_a_number_or_a_last_day(bound: str, bounded: bool):
    assert parsed(f"FREQ=DAILY{bound}").is_bounded is bounded


# --- against a library, over a family of rules

weekday_names = st.sampled_from([weekday.name for weekday in Weekday])


def joined(name: str, values: st.SearchStrategy) -> st.SearchStrategy[str]:
    some = st.lists(values, min_size=1, max_size=3, unique=True)
    return some.map(lambda found: f";{name}={','.join(map(str, found))}")


def numbered(most: int) -> st.SearchStrategy[str]:
    return st.builds(lambda n, name: f"{n}{name}", st.integers(-most, most).filter(bool), weekday_names)


plain_days, month_days = joined("BYDAY", weekday_names), joined("BYMONTHDAY", st.integers(-28, 28).filter(bool))
maybe_months = st.just("") | joined("BYMONTH", st.integers(1, 12))
position = st.sampled_from(["", ";BYSETPOS=1", ";BYSETPOS=-1", ";BYSETPOS=1,-1"])
picked = st.tuples(plain_days | month_days, position).map("".join)
bodies = st.one_of(
    st.tuples(st.just("FREQ=DAILY"), st.just("") | plain_days | month_days, maybe_months),
    st.tuples(st.just("FREQ=WEEKLY"), st.just("") | st.tuples(plain_days, position).map("".join), maybe_months),
    st.tuples(st.just("FREQ=MONTHLY"), st.just("") | picked | joined("BYDAY", numbered(4)), st.just("")),
    st.tuples(st.just("FREQ=YEARLY"), st.just("") | picked | joined("BYDAY", numbered(52)), st.just("")),
    st.tuples(st.just("FREQ=YEARLY"), st.just("") | picked | joined("BYDAY", numbered(4)), joined("BYMONTH", st.integers(1, 12))),
).map("".join)
bounds = st.one_of(
    st.just(""),
    st.integers(1, 80).map(lambda count: f";COUNT={count}"),
    st.dates(date(2026, 1, 1), date(2032, 1, 1)).map(lambda until: f";UNTIL={until:%Y%m%d}"),
)
intervals = st.integers(1, 4) | st.integers(5, 60).filter(lambda number: number % 7)
"""Every seventh day is one weekday only; a library looks for another one to the year 9999."""
texts = st.tuples(bodies, intervals.map(lambda interval: f";INTERVAL={interval}"), bounds, st.sampled_from(["", ";WKST=SU"])).map(
    "".join
)


@examples(60)
@given(texts, st.dates(date(2020, 1, 1), date(2028, 1, 1)), st.integers(0, 2000), st.integers(0, 800))
def test_a_rule_falls_where_a_library_says_it_falls(text: str, start: date, ahead: int, length: int):
    first = start + timedelta(days=ahead - 100)
    last = first + timedelta(days=length)
    library = rrulestr(text, dtstart=_midnight(start)).between(_midnight(first), _midnight(last), inc=True)
    assert recurrence.days(start, text, first, last) == [moment.date() for moment in library]


@pytest.mark.parametrize("interval", [1, 2, 3, 5])
@pytest.mark.parametrize(
    "body",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;BYDAY=MO,SA",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=TU,SU",
        "FREQ=WEEKLY;BYDAY=TU,SU;WKST=SU",
        "FREQ=WEEKLY;BYDAY=MO,WE,SU;BYSETPOS=2",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=2FR",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=2",
        "FREQ=YEARLY;BYMONTH=3,11;BYDAY=SU;BYSETPOS=-1",
        "FREQ=MONTHLY;COUNT=9",
        "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20210219",
    ],
)
def test_rules_that_began_on_other_days_keep_their_own_beat(body: str, interval: int):
    """What is kept of one is given to the other, where that is right."""
    text, first, last = f"{body};INTERVAL={interval}", date(2019, 12, 1), date(2022, 3, 1)
    for start in (date(2019, 12, 28) + timedelta(days=number * 13 % 400) for number in range(16)):
        library = rrulestr(text, dtstart=_midnight(start)).between(_midnight(first), _midnight(last), inc=True)
        assert recurrence.days(start, text, first, last) == [moment.date() for moment in library], start


@pytest.mark.parametrize("start", ["2026-01-28", "2026-01-29", "2026-01-30", "2026-01-31", "2024-02-29", "2026-06-01"])
@pytest.mark.parametrize("text", ["FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=5", "FREQ=YEARLY;INTERVAL=2", "FREQ=YEARLY;BYMONTH=2,4"])
def test_a_day_that_the_rule_leaves_to_its_start_is_that_of_its_own_start(text: str, start: str):
    library = rrulestr(text, dtstart=_midnight(day(start))).between(
        _midnight(date(2026, 1, 1)), _midnight(date(2036, 1, 1)), inc=True
    )
    assert recurrence.days(day(start), text, date(2026, 1, 1), date(2036, 1, 1)) == [moment.date() for moment in library]


def test_the_longest_intervals_keep_their_beat_over_two_centuries():
    assert falls("FREQ=YEARLY;INTERVAL=1000", "1971-01-01", "2199-12-31", day("0999-05-01")) == ["1999-05-01"]
    assert falls("FREQ=DAILY;INTERVAL=1000", "2195-01-01", "2199-12-31", day("1971-01-01")) == ["2195-07-05", "2198-03-31"]


def _midnight(one: date) -> datetime:
    return datetime.fromisoformat(f"{one}T00:00")


# --- what is refused


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DAILY",
        "FREQ",
        "FREQ=",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=1",
        "COUNT=3",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=3",
        "FREQ=DAILY;BYEASTER=1",
        "FREQ=YEARLY;BYWEEKNO=3",
        "FREQ=YEARLY;BYYEARDAY=3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=1001",
        "FREQ=DAILY;INTERVAL=1.5",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=100001",
        "FREQ=DAILY;COUNT=many",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=DAILY;UNTIL=20270230",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=1MO,TU",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31,-31",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=0",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367",
        "FREQ=DAILY;WKST=XX",
        "FREQ=DAILY;X-NAME=1",
        "FREQ=DAILY;COUNT=" + "9" * 490,
        "FREQ=DAILY" + ";" * 500,
    ],
)
def test_what_is_no_rule_is_refused(text: str):
    with pytest.raises(Refusal) as refusal:
        parsed(text)
    assert (refusal.value.code, refusal.value.problems[0].field) == ("bad_rrule", "rrule")


def test_a_rule_goes_on_for_as_long_as_anyone_asks():
    assert len(falls("FREQ=YEARLY", "2199-01-01", "2199-12-31")) == 1
    assert len(falls("FREQ=DAILY", "2199-01-01", "2199-12-31")) == 365


# --- what it costs: calls are counted, not seconds


class TooManyCalls(Exception):  # noqa: N818 - ends the walk that is being counted
    """The walk was still going on."""


def calls_of(act: Callable[[], object], most: int) -> int:
    """How many calls it takes, refused or not; stopped soon after the most that is allowed."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"
        if calls > most:
            sys.setprofile(None)
            raise TooManyCalls

    sys.setprofile(count)
    try:
        act()
    except (Refusal, TooManyCalls):
        pass
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=DAILY;BYSETPOS=366",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
        "FREQ=YEARLY;INTERVAL=1000",
        "FREQ=WEEKLY;INTERVAL=1000;BYMONTH=1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYDAY=" + ",".join(["53MO"] * 90),
        "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(str(n) for n in range(1, 32)) + ";BYSETPOS=" + ",".join(str(n) for n in range(1, 32)),
    ],
)
def test_sixty_years_of_a_rule_take_at_most_so_many_calls(text: str):
    most = 100_000
    assert 0 < calls_of(lambda: falls(text, "2027-01-01", "2086-12-31"), most) <= most


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=TH",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
        "FREQ=YEARLY;BYDAY=10MO",
    ],
)
@pytest.mark.parametrize("start", ["2026-01-05", "2025-10-15", "2025-07-31"])
def test_what_falls_on_the_same_days_is_walked_only_once(text: str, start: str):
    ending, most = f"{text};UNTIL=20271201", 12
    assert falls(text)
    assert parsed(ending)
    assert 0 < calls_of(lambda: falls(ending, start=day(start)), most) <= most


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
        "FREQ=YEARLY;BYSETPOS=366",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
    ],
)
def test_three_years_without_a_match_take_no_more_calls_than_three_years_full_of_them(text: str):
    most = 10_000
    assert 0 < calls_of(lambda: falls(text, "2027-01-01", "2029-12-31"), most) <= most


@pytest.mark.parametrize("text", ["FREQ=MONTHLY;BYDAY=53MO", "FREQ=YEARLY;BYMONTH=12;BYDAY=53MO"])
def test_a_weekday_that_no_month_has_is_refused_or_falls_nowhere(text: str):
    with suppress(Refusal):
        assert falls(text) == []


@pytest.mark.parametrize(
    ("rrule", "part"),
    [
        ("BYDAY=MO", "FREQ="),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("FREQ=DAILY;UNTIL=20270231", "UNTIL=20270231"),
        ("FREQ=DAILY;COUNT=many", "COUNT=MANY"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=WEEKLY;BYDAY=MO,XX", "BYDAY=MO,XX"),
        ("FREQ=WEEKLY;WKST=XX", "WKST=XX"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY=1MO"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "BYMONTHDAY=30"),
        ("every Monday", "every Monday"),
    ],
)
def test_a_refused_recurrence_is_told_by_the_part_that_cannot_be_read(rrule: str, part: str) -> None:
    with pytest.raises(Refusal) as refused:
        parsed(rrule)
    assert refused.value.problems[0].facts["part"] == part
