"""Working days: each calendar against what others publish, and the steps along it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anchors import Fixed, Roll, Weekday
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.refusal import Refusal
from app.domain.workdays import DayOff, WorkdayCalendar, calendar_named

from .cast import day, days
from .examples import examples

YEARS = range(2015, 2041)
PUBLISHED: Mapping[str, Callable[[], holidays.HolidayBase]] = {
    "NL": lambda: holidays.country_holidays("NL", years=YEARS),
    "NL-ATW": lambda: holidays.country_holidays("NL", years=YEARS),
    "TARGET": lambda: holidays.financial_holidays("XECB", years=YEARS),
    "GB-ENG": lambda: holidays.country_holidays("GB", subdiv="ENG", years=YEARS, observed=True),
    "US-FED": lambda: holidays.country_holidays("US", years=range(2014, 2042), observed=True),
    "DE": lambda: holidays.country_holidays("DE", years=YEARS),
    "BE": lambda: holidays.country_holidays("BE", years=YEARS),
    "FR": lambda: holidays.country_holidays("FR", years=YEARS),
}
DELIBERATELY_WORKED = {"NL": {"Good Friday"}}
"""Names that are published and that the calendar does not have: most Dutch employers work on Good Friday."""

DELIBERATELY_OFF = {
    "NL-ATW": {date(year, 5, 5) for year in YEARS if date(year, 5, 5).weekday() < Weekday.SA and year % 5},
}
"""Dates that the calendar has and that are not published: article 3 frees 5 May every year, not once in five."""

NL = NATIONAL_CALENDARS["NL"]
MONDAY_TO_FRIDAY = {day("2027-01-04") + timedelta(days=n) for n in range(5)}


def weekdays_off(calendar: WorkdayCalendar) -> set[date]:
    return {off for year in YEARS for off in calendar.days_off_in(year) if off.weekday() < Weekday.SA}


def is_off(name: str, written: str) -> bool:
    return not NATIONAL_CALENDARS[name].is_working_day(day(written))


def test_every_calendar_that_ober_ships_has_something_to_compare_with():
    assert NATIONAL_CALENDARS.keys() == PUBLISHED.keys()


@pytest.mark.parametrize(
    ("name", "off", "worked"),
    [
        ("NL", "2025-05-05", "2026-05-05"),
        ("NL", "2027-03-29", "2027-03-26"),
        ("NL", "2026-04-27", "2014-04-28"),
        ("NL", "2013-04-30", "2013-04-26"),
        ("NL-ATW", "2026-05-05", "2026-05-04"),
        ("NL-ATW", "2027-03-26", "2027-03-25"),
        ("TARGET", "2027-03-26", "2027-05-06"),
        ("GB-ENG", "2027-12-27", "2027-12-29"),
        ("GB-ENG", "2027-12-28", "2027-12-24"),
        ("GB-ENG", "2020-05-08", "2020-05-04"),
        ("GB-ENG", "2022-06-02", "2022-05-30"),
        ("US-FED", "2027-12-31", "2028-01-03"),
        ("US-FED", "2027-12-24", "2027-12-27"),
        ("US-FED", "2022-06-20", "2020-06-19"),
        ("DE", "2025-10-03", "2025-10-31"),
        ("DE", "2017-10-31", "2018-10-31"),
        ("BE", "2027-07-21", "2027-03-26"),
        ("FR", "2026-07-14", "2027-03-26"),
    ],
)
def test_one_day_is_off_and_the_other_is_worked(name: str, off: str, worked: str):
    assert is_off(name, off)
    assert not is_off(name, worked)


@pytest.mark.parametrize(
    ("boxing_day", "observed"),
    [("2020-12-26", "2020-12-28"), ("2021-12-26", "2021-12-28"), ("2022-12-26", "2022-12-26"), ("2023-12-26", "2023-12-26")],
)
def test_christmas_and_boxing_day_do_not_share_a_substitute(boxing_day: str, observed: str):
    year = day(boxing_day).year
    assert NATIONAL_CALENDARS["GB-ENG"].observed_dates("boxing_day", year, year) == [day(observed)]
    christmas = NATIONAL_CALENDARS["GB-ENG"].observed_dates("christmas_day", year, year)
    assert christmas != [day(observed)]


def test_saturdays_and_sundays_are_free():
    assert not NL.is_working_day(day("2027-01-09"))
    assert not NL.is_working_day(day("2027-01-10"))
    assert all(NL.is_working_day(one) for one in MONDAY_TO_FRIDAY)


def test_a_day_off_of_the_next_year_may_be_observed_in_this_one():
    federal = NATIONAL_CALENDARS["US-FED"]
    assert federal.observed_dates("new_year", 2027, 2028) == [day("2027-01-01"), day("2027-12-31")]
    assert "new_year" in federal.days_off_in(2027)[day("2027-12-31")]


def test_a_day_off_has_years_in_which_it_exists():
    rare = DayOff("rare", Fixed(5, 5), since=2020, until=2030, every=5)
    found = [year for year in range(2010, 2041) if rare.observed(year)]
    assert found == [2020, 2025, 2030]


def test_the_king_s_birthday_followed_the_queen_s_and_neither_is_kept_on_a_sunday():
    found = [NL.observed_dates("kings_day", year, year) for year in (2006, 2013, 2014, 2015, 2025)]
    assert found == [[day(one)] for one in ("2006-04-29", "2013-04-30", "2014-04-26", "2015-04-27", "2025-04-26")]


def test_a_day_off_on_a_date_that_the_year_lacks_is_not_observed():
    assert DayOff("leap", Fixed(2, 29)).observed(2027) is None


def test_a_day_off_moves_from_the_weekdays_that_say_so():
    moved = DayOff("kings_day", Fixed(4, 27), moves=((Weekday.SU, -1),))
    assert [moved.observed(2025), moved.observed(2026)] == [day("2025-04-26"), day("2026-04-27")]


def test_two_days_off_may_be_observed_on_one_date():
    both = WorkdayCalendar("X", "1", "test", (DayOff("one", Fixed(5, 5)), DayOff("other", Fixed(5, 5))))
    assert both.days_off_in(2027) == {day("2027-05-05"): ("one", "other")}
    assert both.observed_dates("other", 2027, 2027) == [day("2027-05-05")]


def test_a_rule_s_day_off_can_be_taken_away_and_a_single_date_added():
    calendar = WorkdayCalendar(
        "X", "1", "test", (DayOff("spring", Fixed(5, 31)),), once=((day("2022-06-02"), "spring"),), not_off=days("2022-05-31")
    )
    assert calendar.observed_dates("spring", 2021, 2023) == [day("2021-05-31"), day("2022-06-02"), day("2023-05-31")]
    assert calendar.is_working_day(day("2022-05-31"))


@pytest.mark.parametrize(
    ("calendar", "key", "observed"),
    [
        ("NL", "kings_day", "2027-04-27"),
        ("NL", "pentecost", "2027-05-16"),
        ("FR", "bastille_day", "2027-07-14"),
        ("US-FED", "mlk", "2027-01-18"),
    ],
)
def test_a_day_off_may_be_called_by_another_name(calendar: str, key: str, observed: str):
    assert NATIONAL_CALENDARS[calendar].observed_dates(key, 2027, 2027) == [day(observed)]


def test_a_day_off_that_nobody_named_is_refused():
    with pytest.raises(Refusal) as refusal:
        NL.observed_dates("good_friday", 2027, 2027)
    assert refusal.value.code == "unknown_holiday"


def test_an_unknown_calendar_is_refused_with_the_names_that_are_known():
    with pytest.raises(Refusal) as refusal:
        calendar_named(NATIONAL_CALENDARS, "XX")
    assert refusal.value.code == "unknown_calendar"
    assert "NL-ATW" in refusal.value.problems[0].facts["known"]


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2027-01-08", 1, "2027-01-11"),
        ("2027-01-09", 1, "2027-01-11"),
        ("2027-01-09", -1, "2027-01-08"),
        ("2027-01-11", -1, "2027-01-08"),
        ("2027-01-09", 0, "2027-01-09"),
        ("2027-03-25", 2, "2027-03-30"),
        ("2027-03-30", -3, "2027-03-24"),
        ("2026-12-24", 1, "2026-12-28"),
    ],
)
def test_the_nth_working_day_is_counted_strictly_after_or_before(start: str, n: int, expected: str):
    assert NL.nth_from(day(start), n) == day(expected)


@pytest.mark.parametrize(
    ("roll", "saturday", "last_sunday", "first_saturday"),
    [
        (Roll.NONE, "2027-01-16", "2027-01-31", "2027-05-01"),
        (Roll.FOLLOWING, "2027-01-18", "2027-02-01", "2027-05-03"),
        (Roll.PRECEDING, "2027-01-15", "2027-01-29", "2027-04-30"),
        (Roll.MODIFIED_FOLLOWING, "2027-01-18", "2027-01-29", "2027-05-03"),
        (Roll.MODIFIED_PRECEDING, "2027-01-15", "2027-01-29", "2027-05-03"),
    ],
)
def test_a_modified_roll_never_leaves_the_month(roll: Roll, saturday: str, last_sunday: str, first_saturday: str):
    assert NL.rolled(day("2027-01-16"), roll) == day(saturday)
    assert NL.rolled(day("2027-01-31"), roll) == day(last_sunday)
    assert NL.rolled(day("2027-05-01"), roll) == day(first_saturday)


@pytest.mark.parametrize("roll", Roll)
def test_a_working_day_does_not_roll(roll: Roll):
    assert NL.rolled(day("2027-01-15"), roll) == day("2027-01-15")


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_weekdays_off_are_those_that_are_published_but_for_the_deliberate_differences(name: str):
    worked = DELIBERATELY_WORKED.get(name, set())
    published = {
        off for off, named in PUBLISHED[name]().items() if off.year in YEARS and off.weekday() < Weekday.SA and named not in worked
    }
    assert len(published) > 4 * len(YEARS)
    assert weekdays_off(NATIONAL_CALENDARS[name]) == published | DELIBERATELY_OFF.get(name, set())


def test_the_deliberate_differences_are_differences():
    assert day("2027-03-26") in PUBLISHED["NL"]()
    assert day("2027-05-05") not in PUBLISHED["NL-ATW"]()


@examples(60)
@given(st.sampled_from(sorted(NATIONAL_CALENDARS)), st.dates(date(2015, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_stepping_forward_and_back_counts_every_working_day_between(name: str, start: date, n: int):
    calendar = NATIONAL_CALENDARS[name]
    end = calendar.nth_from(start, n)
    between = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    assert sum(calendar.is_working_day(one) for one in between) == n
    assert calendar.is_working_day(end)
    if calendar.is_working_day(start):
        assert calendar.nth_from(end, -n) == start
