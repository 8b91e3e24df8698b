"""Which days are working days? Named, versioned calendars of days off, and the steps along them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from app.domain.anchors import Roll, Weekday, YearlyRule
from app.domain.refusal import Refusal
from app.domain.yearly import nominal_date

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayOff:
    """A named day off: its nominal date, and where it is observed when that falls on a weekday in `moves`.

    `since` and `until` are inclusive years, `every` is a step in years (5: years divisible by five).
    """

    key: str
    on: YearlyRule
    moves: tuple[tuple[Weekday, int], ...] = ()
    since: int = 1
    until: int = 9999
    every: int = 1
    also_called: tuple[str, ...] = ()

    def observed(self, year: int) -> date | None:
        """The observed date of the day off that belongs to that year; it may fall in the year before or after."""
        if not self.since <= year <= self.until or year % self.every:
            return None
        nominal = nominal_date(self.on, year)
        if nominal is None:
            return None
        nominal += timedelta(days=self.on.offset_days)
        return nominal + timedelta(days=dict(self.moves).get(Weekday(nominal.weekday()), 0))


@dataclass(frozen=True)
class WorkdayCalendar:
    """Saturdays, Sundays and the days off are free; all else is a working day.

    `once` holds single dates that are off besides the rules, `not_off` dates on which a rule's day off was taken away.
    `source` says where the days come from; a change of any day is a new `version`. `base` is the name of the national
    calendar it was made from, "" for a national one.
    """

    name: str
    version: str
    source: str
    days_off: tuple[DayOff, ...]
    once: tuple[tuple[date, str], ...] = ()
    not_off: frozenset[date] = field(default_factory=frozenset)
    base: str = ""

    def __hash__(self) -> int:
        """Enough to tell calendars apart, and quick: days off are looked up by calendar, once for every day of a year."""
        return hash((self.name, self.version, len(self.once)))

    @property
    def most_extra_days(self) -> int:
        """No fewer calendar days than the single dates can add to any stretch of working days, weekends between them included."""
        return 2 * len(self.once)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < Weekday.SA and day not in observed_days_off(self, day.year)

    def days_off_in(self, year: int) -> Mapping[date, tuple[str, ...]]:
        """The dates observed in that year with the keys of what is observed."""
        return observed_days_off(self, year)

    def observed_dates(self, key: str, first_year: int, last_year: int) -> list[date]:
        """The observed dates of one named day off that fall in those years; an unknown name is refused."""
        names = {name: known.key for known in self.days_off for name in (known.key, *known.also_called)}
        names |= {name: name for _, name in self.once}
        if key not in names:
            raise Refusal("unknown_holiday", "key", calendar=self.name, key=key)
        return [
            day
            for year in range(first_year, last_year + 1)
            for day, keys in sorted(observed_days_off(self, year).items())
            if names[key] in keys
        ]

    def working_days_from(self, day: date, step: int) -> Iterator[date]:
        """The working days strictly after (step 1) or strictly before (step -1) a date, nearest first."""
        while True:
            day += step * ONE_DAY
            if self.is_working_day(day):
                yield day

    def nth_from(self, day: date, n: int) -> date:
        """The n-th working day strictly after (n > 0) or strictly before (n < 0) a date; the date itself for 0."""
        steps = self.working_days_from(day, 1 if n > 0 else -1)
        return next(islice(steps, abs(n) - 1, None)) if n else day

    def rolled(self, day: date, roll: Roll) -> date:
        """The date itself when it is a working day, else moved as `roll` says.

        A *modified* roll that would leave the month goes the other way.
        """
        if roll is Roll.NONE or self.is_working_day(day):
            return day
        after, before = self.nth_from(day, 1), self.nth_from(day, -1)
        match roll:
            case Roll.FOLLOWING:
                return after
            case Roll.PRECEDING:
                return before
            case Roll.MODIFIED_FOLLOWING:
                return after if after.month == day.month else before
            case Roll.MODIFIED_PRECEDING:
                return before if before.month == day.month else after


Calendars = Mapping[str, WorkdayCalendar]


def calendar_named(calendars: Calendars, name: str) -> WorkdayCalendar:
    """The calendar of that name; an unknown one is refused."""
    if name not in calendars:
        raise Refusal("unknown_calendar", "calendar", calendar=name, known=", ".join(sorted(calendars)))
    return calendars[name]


@lru_cache(maxsize=4096)
def observed_days_off(calendar: WorkdayCalendar, year: int) -> Mapping[date, tuple[str, ...]]:
    """A day off of the next year may be observed in this one (US New Year 2028: 31 December 2027), so three years count."""
    found: dict[date, tuple[str, ...]] = {}
    for day_off in calendar.days_off:
        for belongs_to in (year - 1, year, year + 1):
            day = day_off.observed(belongs_to)
            if day is not None and day.year == year and day not in calendar.not_off:
                found[day] = (*found.get(day, ()), day_off.key)
    for day, key in calendar.once:
        if day.year == year:
            found[day] = (*found.get(day, ()), key)
    return found
