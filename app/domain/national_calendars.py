"""The working-day calendars Ober ships with. Data, with its sources; never a library's default.

Good Friday is a working day for most Dutch employers, so `NL` does not have it; `NL-ATW` does.
"""

from datetime import date

from app.domain.anchors import Easter, Fixed, NthWeekday, Weekday, YearlyRule
from app.domain.workdays import DayOff, WorkdayCalendar

SA, SU = Weekday.SA, Weekday.SU

NEW_YEAR = DayOff("new_year", Fixed(1, 1), also_called=("new_years_day",))
GOOD_FRIDAY = DayOff("good_friday", Easter(offset_days=-2))
EASTER_SUNDAY = DayOff("easter_sunday", Easter(), also_called=("easter",))
EASTER_MONDAY = DayOff("easter_monday", Easter(offset_days=1))
LABOUR_DAY = DayOff("labour_day", Fixed(5, 1), also_called=("labor_day", "may_day", "labour"))
ASCENSION = DayOff("ascension", Easter(offset_days=39), also_called=("ascension_day",))
WHIT_SUNDAY = DayOff("whit_sunday", Easter(offset_days=49), also_called=("pentecost", "whitsun"))
WHIT_MONDAY = DayOff("whit_monday", Easter(offset_days=50), also_called=("pentecost_monday",))
ASSUMPTION = DayOff("assumption", Fixed(8, 15), also_called=("assumption_day",))
ALL_SAINTS = DayOff("all_saints", Fixed(11, 1), also_called=("all_saints_day",))
ARMISTICE = DayOff("armistice", Fixed(11, 11), also_called=("armistice_day",))
CHRISTMAS_DAY = DayOff("christmas_day", Fixed(12, 25), also_called=("christmas",))
BOXING_DAY = DayOff("boxing_day", Fixed(12, 26), also_called=("second_christmas_day", "christmas_2"))

KINGS_DAY = DayOff("kings_day", Fixed(4, 27), moves=((SU, -1),), since=2014)
QUEENS_DAY = DayOff("kings_day", Fixed(4, 30), moves=((SU, -1),), since=1980, until=2013)
LIBERATION_LUSTRUM = DayOff("liberation_day", Fixed(5, 5), every=5)
LIBERATION_DAY = DayOff("liberation_day", Fixed(5, 5))

DUTCH = (
    NEW_YEAR,
    EASTER_SUNDAY,
    EASTER_MONDAY,
    QUEENS_DAY,
    KINGS_DAY,
    ASCENSION,
    WHIT_SUNDAY,
    WHIT_MONDAY,
    CHRISTMAS_DAY,
    BOXING_DAY,
)


def _substituted(key: str, month: int, day: int, *moves: tuple[Weekday, int], also_called: tuple[str, ...] = ()) -> DayOff:
    return DayOff(key, Fixed(month, day), moves=moves, also_called=also_called)


def _federal(key: str, on: YearlyRule, *also_called: str, since: int = 1) -> DayOff:
    """Saturday is observed on the Friday before, Sunday on the Monday after (5 U.S.C. 6103(b), E.O. 11582)."""
    return DayOff(key, on, moves=((SA, -1), (SU, 1)), also_called=also_called, since=since)


NATIONAL_CALENDARS = {
    calendar.name: calendar
    for calendar in (
        WorkdayCalendar(
            "NL",
            "2026-1",
            "Rijksoverheid: official holidays; 5 May a day off once in five years (common collective agreements)",
            (*DUTCH, LIBERATION_LUSTRUM),
        ),
        WorkdayCalendar(
            "NL-ATW",
            "2026-1",
            "Algemene termijnenwet, article 3 (with Good Friday and 5 May every year)",
            (*DUTCH, GOOD_FRIDAY, LIBERATION_DAY),
        ),
        WorkdayCalendar(
            "TARGET",
            "2026-1",
            "European Central Bank: long-term calendar for TARGET closing days",
            (NEW_YEAR, GOOD_FRIDAY, EASTER_MONDAY, LABOUR_DAY, CHRISTMAS_DAY, BOXING_DAY),
        ),
        WorkdayCalendar(
            "GB-ENG",
            "2026-1",
            "GOV.UK bank holidays for England and Wales, with substitute days",
            (
                _substituted("new_year", 1, 1, (SA, 2), (SU, 1), also_called=("new_years_day",)),
                GOOD_FRIDAY,
                EASTER_MONDAY,
                DayOff("early_may", NthWeekday(5, Weekday.MO, 1), also_called=("early_may_bank_holiday", "may_day")),
                DayOff("spring", NthWeekday(5, Weekday.MO, -1), also_called=("spring_bank_holiday",)),
                DayOff("summer", NthWeekday(8, Weekday.MO, -1), also_called=("summer_bank_holiday",)),
                _substituted("christmas_day", 12, 25, (SA, 2), (SU, 2), also_called=("christmas",)),
                _substituted("boxing_day", 12, 26, (SA, 2), (SU, 2)),
            ),
            once=(
                (date(2020, 5, 8), "early_may"),
                (date(2022, 6, 2), "spring"),
                (date(2022, 6, 3), "platinum_jubilee"),
                (date(2022, 9, 19), "state_funeral"),
                (date(2023, 5, 8), "coronation"),
            ),
            not_off=frozenset({date(2020, 5, 4), date(2022, 5, 30)}),
        ),
        WorkdayCalendar(
            "US-FED",
            "2026-1",
            "U.S. Office of Personnel Management: federal holidays",
            (
                _federal("new_year", Fixed(1, 1), "new_years_day"),
                _federal("martin_luther_king", NthWeekday(1, Weekday.MO, 3), "mlk", "mlk_day", "martin_luther_king_day"),
                _federal("washington", NthWeekday(2, Weekday.MO, 3), "presidents", "presidents_day", "washingtons_birthday"),
                _federal("memorial", NthWeekday(5, Weekday.MO, -1), "memorial_day"),
                _federal("juneteenth", Fixed(6, 19), since=2021),
                _federal("independence", Fixed(7, 4), "independence_day"),
                _federal("labor", NthWeekday(9, Weekday.MO, 1), "labor_day", "labour", "labour_day"),
                _federal("columbus", NthWeekday(10, Weekday.MO, 2), "columbus_day"),
                _federal("veterans", Fixed(11, 11), "veterans_day"),
                _federal("thanksgiving", NthWeekday(11, Weekday.TH, 4), "thanksgiving_day"),
                _federal("christmas", Fixed(12, 25), "christmas_day"),
            ),
        ),
        WorkdayCalendar(
            "DE",
            "2026-1",
            "Germany: days off in every state",
            (
                NEW_YEAR,
                GOOD_FRIDAY,
                EASTER_MONDAY,
                LABOUR_DAY,
                ASCENSION,
                WHIT_MONDAY,
                DayOff("german_unity", Fixed(10, 3), since=1990, also_called=("unity", "german_unity_day")),
                CHRISTMAS_DAY,
                BOXING_DAY,
            ),
            once=((date(2017, 10, 31), "reformation_day"),),
        ),
        WorkdayCalendar(
            "BE",
            "2026-1",
            "Belgium: law of 4 January 1974 on public holidays",
            (
                NEW_YEAR,
                EASTER_SUNDAY,
                EASTER_MONDAY,
                LABOUR_DAY,
                ASCENSION,
                WHIT_SUNDAY,
                WHIT_MONDAY,
                DayOff("national_day", Fixed(7, 21), also_called=("national",)),
                ASSUMPTION,
                ALL_SAINTS,
                ARMISTICE,
                CHRISTMAS_DAY,
            ),
        ),
        WorkdayCalendar(
            "FR",
            "2026-1",
            "France: Code du travail, article L3133-1",
            (
                NEW_YEAR,
                EASTER_MONDAY,
                LABOUR_DAY,
                DayOff("victory_day", Fixed(5, 8), also_called=("victory", "victory_in_europe")),
                ASCENSION,
                WHIT_MONDAY,
                DayOff("national_day", Fixed(7, 14), also_called=("bastille_day", "bastille", "national")),
                ASSUMPTION,
                ALL_SAINTS,
                ARMISTICE,
                CHRISTMAS_DAY,
            ),
        ),
    )
}
