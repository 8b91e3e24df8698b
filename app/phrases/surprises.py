"""Why is a date not where one would look for it? What moved it, and which busy days do not have 24 hours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.domain.anchor_dates import anchors, matching_adjustment
from app.domain.anchors import (
    Adjustment,
    AnchorRule,
    Dates,
    DayRolled,
    Easter,
    Entries,
    Fixed,
    FromTo,
    Holiday,
    NthWeekday,
    Recurrence,
    Roll,
    Weekday,
    WeekdayFrom,
    WorkdayOffset,
    WorkingDay,
)
from app.domain.occurrences import Occurrence
from app.domain.own_calendars import LONGEST_CLOSED
from app.domain.peaks import DailyHours, Peak
from app.domain.spans import Span
from app.domain.walltime import local, local_day, midnight
from app.domain.workdays import ONE_DAY, Calendars, DayOff, calendar_named
from app.phrases.calendars import say_date, say_holiday, say_weekday
from app.phrases.days_not_counted import say_days_not_counted
from app.phrases.language import Language
from app.phrases.rule_names import say_case, say_shift
from app.phrases.sentences import Place, capital, joined, say_name
from app.phrases.times import say_day, say_length
from app.phrases.yearly_dates import MovableRule, name_holiday

LONGEST_ROLL = timedelta(days=LONGEST_CLOSED)
A_DAY = 24 * 60
"""In minutes."""


def say_surprises(language: Language, peak: Peak, occurrences: Sequence[Occurrence], calendars: Calendars) -> list[str]:
    """Why dates are not where one would look for them, and which busy days do not have 24 hours; each once, in order."""
    said: list[str] = []
    for occurrence in occurrences:
        said += _moves(language, peak.rule, occurrence.anchor, calendars)
        said += say_days_not_counted(language, peak, occurrence, calendars)
        said += _clock_changes(language, peak, occurrence)
    return [capital(text) for text in dict.fromkeys(said)]


def _moves(language: Language, rule: AnchorRule, day: date, calendars: Calendars) -> Iterator[str]:
    """Why the rule names that day rather than another one."""
    match rule:
        case Fixed():
            yield from _leap_day(language, rule, day, calendars)
            yield from _adjusted(language, rule, day, calendars)
        case NthWeekday() | WeekdayFrom() | Easter():
            yield from _adjusted(language, rule, day, calendars)
        case Holiday():
            yield from _observed(language, rule, day, calendars)
            yield from _adjusted(language, rule, day, calendars)
        case DayRolled():
            yield from _rolled(language, rule, day, calendars)
        case WorkdayOffset():
            yield from _offset_from(language, rule, day, calendars)
        case FromTo():
            yield from _moves(language, rule.start, day, calendars)
            for period in anchors(rule, day, day, calendars):
                yield from _moves(language, rule.until, period.last, calendars)
        case WorkingDay() | Recurrence() | Dates() | Entries():
            return


def _because(language: Language, day: date, nominal: date, reason: str) -> str:
    """`Sat 26 Apr 2031: one day earlier, because 27 April 2031 is a Sunday`"""
    moved = say_shift(language, (day - nominal).days)
    facts = {"day": say_day(language, day), "moved": moved, "nominal": say_date(language, nominal), "reason": reason}
    return language.t("{day}: {moved}, because {nominal} is {reason}", **facts)


def _before_adjusting(rule: MovableRule, day: date, calendars: Calendars) -> Iterator[tuple[date, Adjustment | None]]:
    """The dates that the rule moves to that day, with the adjustment that does it."""
    reach = timedelta(days=max((abs(one.add_days) for one in rule.adjust), default=0))
    for anchor in anchors(replace(rule, adjust=()), day - reach, day + reach, calendars):
        applied = matching_adjustment(rule, anchor.first, calendars)
        if anchor.first + timedelta(days=applied.add_days if applied else 0) == day:
            yield anchor.first, applied


def _adjusted(language: Language, rule: MovableRule, day: date, calendars: Calendars) -> Iterator[str]:
    for nominal, adjustment in _before_adjusting(rule, day, calendars):
        if adjustment and adjustment.add_days:
            yield _because(language, day, nominal, say_case(language, adjustment))


def _leap_day(language: Language, rule: Fixed, day: date, calendars: Calendars) -> Iterator[str]:
    for nominal, _ in _before_adjusting(rule, day, calendars):
        base = nominal - timedelta(days=rule.offset_days)
        if (rule.month, rule.day) == (2, 29) != (base.month, base.day):
            said = say_day(language, base)
            yield language.t("{day}: instead of 29 February, because {year} is no leap year", day=said, year=base.year)


def _observed(language: Language, rule: Holiday, day: date, calendars: Calendars) -> Iterator[str]:
    """A day off that is observed on another date than its own, by its calendar's rule or once."""
    calendar = calendar_named(calendars, rule.calendar)
    known = [one for one in calendar.days_off if rule.key in (one.key, *one.also_called)]
    keys = {rule.key, *(one.key for one in known)}
    for shifted, _ in _before_adjusting(rule, day, calendars):
        observed = shifted - timedelta(days=rule.offset_days)
        facts = {"day": say_day(language, observed), "holiday": say_holiday(language, rule.calendar, rule.key)}
        if known and any(once == (observed, key) for once in calendar.once for key in keys):
            yield language.t("{day}: {holiday}, on this date once only", **facts)
        for nominal in _nominal_dates(known, observed):
            facts |= {"nominal": say_date(language, nominal), "weekday": say_weekday(language, nominal.weekday())}
            yield language.t("{day}: day off for {holiday}, because {nominal} is a {weekday}", **facts)


def _nominal_dates(days_off: Iterable[DayOff], observed: date) -> Iterator[date]:
    for day_off in days_off:
        for year in (observed.year - 1, observed.year, observed.year + 1):
            nominal = replace(day_off, moves=()).observed(year)
            if nominal and nominal != observed == day_off.observed(year):
                yield nominal


def _rolled(language: Language, rule: DayRolled, day: date, calendars: Calendars) -> Iterator[str]:
    calendar = calendar_named(calendars, rule.calendar)
    for anchor in anchors(replace(rule, roll=Roll.NONE), day - LONGEST_ROLL, day + LONGEST_ROLL, calendars):
        if anchor.first != day == calendar.rolled(anchor.first, rule.roll):
            keys = calendar.days_off_in(anchor.first.year).get(anchor.first, ())
            yield _because(language, day, anchor.first, _day_off(language, rule.calendar, anchor.first, keys))


def _day_off(language: Language, calendar: str, day: date, keys: Sequence[str]) -> str:
    """Why it is no working day: `Whit Monday`, `a Sunday`"""
    if keys and day.weekday() < Weekday.SA:
        return say_name(language, name_holiday(language, calendar, keys[0]), Place.SAME)
    return language.t("a {day}", day=say_weekday(language, day.weekday()))


def _offset_from(language: Language, rule: WorkdayOffset, day: date, calendars: Calendars) -> Iterator[str]:
    calendar = calendar_named(calendars, rule.calendar)
    reach = timedelta(days=abs(rule.n) * 3 + 30)
    for base in anchors(rule.base, day - reach, day + reach, calendars):
        if calendar.nth_from(base.first, rule.n) == day:
            yield from _moves(language, rule.base, base.first, calendars)


def _clock_changes(language: Language, peak: Peak, occurrence: Occurrence) -> Iterator[str]:
    """The days on which the clock changes while it is busy, or skips the busy hours. Hours may run into the next day."""
    for number in range((occurrence.last_day - occurrence.first_day).days + 2):
        day = occurrence.first_day + timedelta(days=number)
        span = Span(midnight(day, peak.zone), midnight(day + ONE_DAY, peak.zone))
        if span.seconds == A_DAY * 60:
            continue
        if _changes_while_busy(peak, occurrence, span):
            yield _length_of_day(language, day, span.seconds)
        elif day <= occurrence.last_day and not peak.is_suspended_on(day) and not _is_busy_from(peak, occurrence, day):
            yield language.t("{day}: no busy hours, because the clock skips them", day=say_day(language, day))


def _is_busy_from(peak: Peak, occurrence: Occurrence, day: date) -> bool:
    return any(local_day(one.start, peak.zone) == day for one in occurrence.segments)


def _changes_while_busy(peak: Peak, occurrence: Occurrence, day: Span) -> bool:
    busy = [segment for segment in occurrence.segments if segment.overlaps(day)]
    return any(peak.daily is None or not _is_as_written(peak.daily, segment, peak.zone) for segment in busy)


def _is_as_written(daily: DailyHours, segment: Span, zone: str) -> bool:
    start, end = (local(instant, zone) for instant in (segment.start, segment.end))
    shown = (start.hour * 60 + start.minute, end.hour * 60 + end.minute)
    minutes = (daily.end - daily.start) % A_DAY or A_DAY
    return shown == (daily.start % A_DAY, daily.end % A_DAY) and segment.seconds == minutes * 60


def _length_of_day(language: Language, day: date, seconds: int) -> str:
    hours, rest = divmod(seconds, 60 * 60)
    length = joined(" ", [language.n("{count} hour", "{count} hours", hours), say_length(language, rest)])
    text = "{day} has {length}: the clock goes forward" if hours < 24 else "{day} has {length}: the clock goes back"
    return language.t(text, day=say_day(language, day), length=length)
