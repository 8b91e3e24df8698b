"""The forty peaks of a customer: mostly from a small shared vocabulary, as people choose them, the rest its own."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from app.domain.anchors import (
    Anchor,
    AnchorRule,
    Dates,
    DayRolled,
    Direction,
    Easter,
    Fixed,
    Holiday,
    NthWeekday,
    Recurrence,
    Roll,
    Weekday,
    WeekdayFrom,
    WorkingDay,
)
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.peaks import DailyHours, Lead, Peak, Severity

KINDS = {"fixed": 6, "yearly": 12, "quarterly": 5, "monthly": 4, "weekly": 2, "holiday": 8, "imported": 3}
"""How many of each: Ober keeps four years, not five, so one of five monthly rules is weekly to come to as many occurrences."""

SHARED, SCOPED = 0.6, 0.3
CATALOGUE = 40
ZONES = (
    *("Europe/Amsterdam", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Brussels", "Europe/Madrid", "Europe/Rome"),
    *("Europe/Warsaw", "Europe/Athens", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo"),
    *("Asia/Tokyo", "Asia/Singapore", "Australia/Sydney"),
)
LEADS = [Lead()] * 14 + [Lead(1), Lead(1, 1), Lead(2), Lead(3, 1), Lead(7), Lead(45)]
HOURS = (DailyHours(9 * 60, 17 * 60), DailyHours(18 * 60, 23 * 60), DailyHours(20 * 60, 2 * 60), DailyHours(6 * 60, 10 * 60))
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def peaks_of(customer: str, uses: Sequence[str], chance: Random) -> Iterator[Peak]:
    zone = chance.choice(ZONES)
    number = 0
    for kind, count in KINDS.items():
        for _ in range(count):
            number += 1
            is_shared = kind != "imported" and chance.random() < SHARED
            rule = _from_catalogue(kind, chance.randrange(CATALOGUE)) if is_shared else rule_of(kind, chance)
            is_scoped = chance.random() < SCOPED
            is_often = kind in {"weekly", "monthly"}
            yield Peak(
                id=f"{customer}:P{number:02d}",
                customer=customer,
                severity=chance.choice((Severity.FREEZE, Severity.RESTRICTED, Severity.RESTRICTED, Severity.ADVISORY)),
                zone=zone,
                rule=rule,
                services=frozenset(chance.sample(uses, min(len(uses), chance.randint(1, 2)))) if is_scoped else None,
                lead=Lead() if is_often else chance.choice(LEADS),
                daily=chance.choice(HOURS) if kind == "weekly" else None,
                horizon_until=date(2031, 12, 31) if kind == "imported" else None,
            )


@lru_cache
def _from_catalogue(kind: str, number: int) -> AnchorRule:
    return rule_of(kind, Random(f"catalogue {kind} {number}"))


def rule_of(kind: str, chance: Random) -> AnchorRule:
    """A rule of that kind; one that repeats starts on some day of the years before."""
    since = date(2020, 1, 1) + timedelta(days=chance.randrange(2000))
    month, day = chance.randint(1, 12), chance.choice(DAYS)
    match kind:
        case "fixed":
            return Fixed(month, chance.randint(1, 28))
        case "yearly":
            return _yearly(since, month, chance)
        case "quarterly":
            return Recurrence(since, f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={chance.choice([1, 5, 15, 25, -1])}")
        case "monthly":
            return _monthly(since, chance)
        case "weekly":
            return Recurrence(since, f"FREQ=WEEKLY;BYDAY={day}")
        case "holiday":
            calendar = NATIONAL_CALENDARS[chance.choice(sorted(NATIONAL_CALENDARS))]
            key = chance.choice([one.key for one in calendar.days_off])
            return Easter(offset_days=chance.randint(-7, 7)) if chance.random() < 0.2 else Holiday(calendar.name, key)
        case _:
            first = date(2026, 1, 1)
            days = sorted({first + timedelta(days=chance.randrange(1400)) for _ in range(10)})
            return Dates(tuple(Anchor(one) for one in days))


def _yearly(since: date, month: int, chance: Random) -> AnchorRule:
    weekday = Weekday(chance.randrange(7))
    match chance.randrange(4):
        case 0:
            return NthWeekday(month, weekday, chance.choice([1, 2, 3, 4, -1]))
        case 1:
            return WeekdayFrom(month, chance.randint(1, 28), weekday, chance.choice(list(Direction)))
        case _:
            return Recurrence(since, f"FREQ=YEARLY;BYMONTH={month};BYDAY={chance.choice([1, 2, 3, -1])}{weekday.name}")


def _monthly(since: date, chance: Random) -> AnchorRule:
    calendar = chance.choice(sorted(NATIONAL_CALENDARS))
    match chance.randrange(4):
        case 0:
            return WorkingDay(calendar, chance.choice([1, 2, -1, -2]))
        case 1:
            return DayRolled(calendar, chance.choice([15, 23, 25, None]), Roll.PRECEDING)
        case 2:
            return Recurrence(since, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
        case _:
            return Recurrence(since, f"FREQ=MONTHLY;BYMONTHDAY={chance.randint(1, 28)}")
