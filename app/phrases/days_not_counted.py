"""Which days off were passed over where working days are counted? Weekends are not told: everybody expects them."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.domain.anchor_dates import anchors
from app.domain.anchors import Anchor, AnchorRule, FromTo, Weekday, WorkdayOffset, WorkingDay
from app.domain.occurrences import Occurrence
from app.domain.peaks import Peak
from app.domain.workdays import ONE_DAY, Calendars, calendar_named
from app.phrases.language import Language
from app.phrases.sentences import Place, say_name
from app.phrases.times import say_day
from app.phrases.yearly_dates import name_holiday

Stretch = tuple[str, date, date]
"""A calendar, and the first and last day that was counted with it."""


def say_days_not_counted(language: Language, peak: Peak, occurrence: Occurrence, calendars: Calendars) -> Iterator[str]:
    """`Fri 1 Jan 2027 does not count as a working day: New Year's Day`"""
    for name, first, last in _counted(peak, occurrence, calendars):
        calendar = calendar_named(calendars, name)
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
            keys = calendar.days_off_in(day.year).get(day, ())
            if keys and day.weekday() < Weekday.SA:
                holiday = say_name(language, name_holiday(language, name, keys[0]), Place.ALONE)
                yield language.t("{day} does not count as a working day: {holiday}", day=say_day(language, day), holiday=holiday)


def _counted(peak: Peak, occurrence: Occurrence, calendars: Calendars) -> Iterator[Stretch]:
    """Where days were counted for one occurrence: in its rule, and in the days around it."""
    for anchor in anchors(peak.rule, occurrence.anchor, occurrence.anchor, calendars):
        yield from _within(peak.rule, anchor, calendars)
        if peak.lead.calendar:
            yield peak.lead.calendar, occurrence.first_day, anchor.first - ONE_DAY
            yield peak.lead.calendar, anchor.last + ONE_DAY, occurrence.last_day


def _within(rule: AnchorRule, anchor: Anchor, calendars: Calendars) -> Iterator[Stretch]:
    match rule:
        case WorkingDay(calendar, n):
            start = anchor.first.replace(day=1)
            end = (start + timedelta(days=31)).replace(day=1) - ONE_DAY
            yield (calendar, start, anchor.first) if n > 0 else (calendar, anchor.first, end)
        case WorkdayOffset(base, calendar, n):
            yield from _from_base(base, calendar, n, anchor.first, calendars)
        case FromTo(start_rule, until):
            yield from _within(start_rule, Anchor(anchor.first), calendars)
            yield from _within(until, Anchor(anchor.last), calendars)
        case _:
            return


def _from_base(base: AnchorRule, calendar: str, n: int, day: date, calendars: Calendars) -> Iterator[Stretch]:
    """Between the day that is counted from and the one that was reached, without these two."""
    reach = timedelta(days=abs(n) * 3 + 30)
    for counted_from in anchors(base, day - reach, day + reach, calendars):
        if calendar_named(calendars, calendar).nth_from(counted_from.first, n) == day:
            ends = sorted((counted_from.first, day))
            yield calendar, ends[0] + ONE_DAY, ends[1] - ONE_DAY
