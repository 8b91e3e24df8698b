"""Why is a day off? The days off of a year, each with the rule or the correction that gave it."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.own_calendars import ChangedDay
from app.domain.workdays import DayOff, WorkdayCalendar
from app.domain.yearly import nominal_date


@dataclass(frozen=True)
class GivenDay:
    """A date that is off, under one name.

    `rule` gave it, or (None) it is a single date: `change` when somebody entered it, else one the calendar came with.
    `nominal` is the date that the rule names; another than `day` when it is observed elsewhere.
    """

    day: date
    key: str
    nominal: date
    rule: DayOff | None = None
    change: ChangedDay | None = None

    @property
    def is_moved(self) -> bool:
        return self.nominal != self.day


def days_off_of(calendar: WorkdayCalendar, year: int, changes: tuple[ChangedDay, ...] = ()) -> list[GivenDay]:
    """The dates off in a year, also those in a weekend, by date; `changes` are those the calendar was made with."""
    entered = {one.day: one for one in changes if one.is_off}
    found = [GivenDay(day, key, day, change=entered.get(day)) for day, key in calendar.once if day.year == year]
    for rule in calendar.days_off:
        for belongs_to in (year - 1, year, year + 1):
            day = rule.observed(belongs_to)
            nominal = nominal_date(rule.on, belongs_to)
            if day is not None and nominal is not None and day.year == year and day not in calendar.not_off:
                found.append(GivenDay(day, rule.key, nominal + timedelta(days=rule.on.offset_days), rule))
    return sorted(found, key=lambda one: (one.day, one.key))
