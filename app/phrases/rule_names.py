"""What is a rule called within a sentence? Every kind of rule makes a `Name`, some of them from the names of other rules."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from app.domain.anchors import (
    Adjustment,
    Anchor,
    AnchorRule,
    Dates,
    DayRolled,
    Easter,
    Entries,
    Fixed,
    FromTo,
    Holiday,
    IfSameAs,
    IfWeekday,
    NthWeekday,
    Recurrence,
    WeekdayFrom,
    WorkdayOffset,
    WorkingDay,
)
from app.phrases.calendars import LONGEST_IN_FULL, say_list, say_month_day, say_number, say_ordinal, say_weekday, say_working_days
from app.phrases.language import Language
from app.phrases.month_days import COMMON_YEAR, LEAP_YEAR
from app.phrases.recurrences import name_recurrence
from app.phrases.sentences import Article, Name, Place, say_name
from app.phrases.times import say_days, say_length
from app.phrases.working_days import name_rolled_day, name_working_day
from app.phrases.yearly_dates import MovableRule, name_yearly_date


def say_rule_at(language: Language, rule: AnchorRule, place: Place) -> str:
    """The name of the rule as it stands in that place of a sentence."""
    return say_name(language, name_rule(language, rule, place), place)


def name_rule(language: Language, rule: AnchorRule, place: Place) -> Name:
    match rule:
        case Fixed() | NthWeekday() | WeekdayFrom() | Easter() | Holiday():
            return name_yearly_date(language, rule).remarked(*_adjustments(language, rule))
        case WorkingDay():
            return name_working_day(language, rule, place)
        case DayRolled():
            return name_rolled_day(language, rule, place)
        case WorkdayOffset():
            return _workday_offset(language, rule, place)
        case Recurrence():
            return name_recurrence(language, rule, place)
        case Dates():
            return _dates(language, rule, place)
        case Entries():
            return _entries(language, rule)
        case FromTo():
            return _from_to(language, rule, place)


def _adjustments(language: Language, rule: MovableRule) -> Iterator[str]:
    for number, adjustment in enumerate(rule.adjust):
        moved = _moved(language, rule, adjustment.add_days)
        said = language.t("{moved} when that is {case}", moved=moved, case=say_case(language, adjustment))
        yield language.t("otherwise {remark}", remark=said) if number and _may_overlap(rule.adjust) else said


def _may_overlap(adjustments: Sequence[Adjustment]) -> bool:
    return any(isinstance(one, IfSameAs) for one in adjustments)


def say_case(language: Language, adjustment: Adjustment) -> str:
    """What the date is when the adjustment applies: `a Sunday`, `Whit Sunday`."""
    match adjustment:
        case IfWeekday(weekday):
            return language.t("a {day}", day=say_weekday(language, weekday))
        case IfSameAs(rule):
            return say_rule_at(language, _first_day(rule), Place.SAME)


def _moved(language: Language, rule: MovableRule, days: int) -> str:
    """The date itself when it is the same in every year, else how much later or earlier."""
    match rule:
        case Fixed(month, day, offset_days=0) if days and (month, day) != (2, 29):
            leap, common = (date(year, month, day) + timedelta(days=days) for year in (LEAP_YEAR, COMMON_YEAR))
            if (leap.month, leap.day) == (common.month, common.day):
                return say_month_day(language, leap.month, leap.day)
    return say_shift(language, days)


def say_shift(language: Language, days: int) -> str:
    """`one day later`, `seven days earlier`"""
    number = say_number(language, abs(days))
    if days > 0:
        return language.n("one day later", "{days} days later", days, days=number)
    if days < 0:
        return language.n("one day earlier", "{days} days earlier", -days, days=number)
    return language.t("unchanged")


def _workday_offset(language: Language, rule: WorkdayOffset, place: Place) -> Name:
    """The calendar stands at the end, unless the remarks of the day it is counted from do."""
    within = Place.EACH if place.style == "standard" else Place.SAME
    base = name_rule(language, _first_day(rule.base), within)
    facts = {
        "nth": say_ordinal(language, max(rule.n, -rule.n if rule.n < -1 else -1)),
        "working_day": say_working_days(language, rule.calendar, 1) + (f" ({rule.calendar})" if base.remarks else ""),
        "day": say_name(language, base, within),
    }
    text = "{nth} {working_day} after {day}" if rule.n > 0 else "{nth} {working_day} before {day}"
    article = Article.OFTEN if base.article in (Article.OFTEN, Article.EVERY) else Article.THE
    return Name(language.t(text, **facts), article, () if base.remarks else (rule.calendar,), is_relative=True)


def _dates(language: Language, rule: Dates, place: Place) -> Name:
    """A few one by one, of many the first and the last."""
    said = [say_days(language, one.first, one.last) for one in rule.dates]
    if len(said) <= LONGEST_IN_FULL:
        return Name(say_list(language, said, place.style), Article.NONE)
    many = language.t(_kind_of_dates(rule), number=say_number(language, len(said)))
    ends = language.t("the first {first}, the last {last}", first=said[0], last=said[-1])
    match place:
        case Place.ALONE:
            return Name(f"{many}, {ends}", Article.NONE)
        case Place.EACH:
            return Name(language.t("each of {dates}", dates=many), Article.NONE, (ends,))
        case Place.NEXT:
            return Name(language.t("the next of {dates}", dates=many), Article.NONE, (ends,))
        case Place.SAME:
            return Name(language.t("one of {dates}", dates=many), Article.NONE, (ends,))


def _entries(language: Language, rule: Entries) -> Name:
    """How many, the first and the last, and what is added around each."""
    number = say_number(language, len(rule.entries))
    said = [language.n("one entry of a calendar", "{number} entries of a calendar", len(rule.entries), number=number)]
    if rule.only:
        said[0] = language.t("{entries} with “{words}” in their title", entries=said[0], words=rule.only)
    if rule.anchors:
        first, last = (say_days(language, one.first, one.last) for one in (rule.anchors[0], rule.anchors[-1]))
        ends = language.t("the first {first}, the last {last}", first=first, last=last)
        said.append(ends if len(rule.anchors) > 1 else first)
    before, after = (say_length(language, minutes * 60) for minutes in (rule.minutes_before, rule.minutes_after))
    match rule.minutes_before, rule.minutes_after:
        case 0, 0:
            pass
        case _, 0:
            said.append(language.t("each from {before} before", before=before))
        case 0, _:
            said.append(language.t("each up to {after} after", after=after))
        case _:
            said.append(language.t("each from {before} before to {after} after", before=before, after=after))
    return Name(", ".join(said), Article.NONE)


def _kind_of_dates(rule: Dates) -> str:
    periods = [one.first != one.last for one in rule.dates]
    if all(periods):
        return "{number} periods"
    return "{number} dates and periods" if any(periods) else "{number} dates"


def _from_to(language: Language, rule: FromTo, place: Place) -> Name:
    match rule.start, rule.until:
        case start, until if start == until:
            return name_rule(language, start, place)
        case Fixed() as start, Fixed() as until if _is_bare(start) and _is_bare(until):
            first, last = (say_month_day(language, one.month, one.day) for one in (start, until))
            if start.month == until.month and start.day < until.day:
                first = str(start.day)
            return Name(language.t("{first} to {last}", first=first, last=last), Article.NONE)
        case start, until:
            first, last = say_rule_at(language, _first_day(start), Place.EACH), _until(language, until)
            return Name(language.t("from {first} to {last}", first=first, last=last), Article.NONE)


def _is_bare(rule: Fixed) -> bool:
    return not rule.offset_days and not rule.adjust and (rule.month, rule.day) != (2, 29)


def _until(language: Language, rule: AnchorRule) -> str:
    """A period that ends with a period ends with its last day."""
    match rule:
        case FromTo():
            return language.t("the end of the period {period}", period=_from_to(language, rule, Place.ALONE))
        case Dates(dates):
            return say_rule_at(language, Dates(tuple(Anchor(one.last) for one in dates)), Place.NEXT)
        case _:
            return say_rule_at(language, rule, Place.NEXT)


def _first_day(rule: AnchorRule) -> AnchorRule:
    """The rule of the first days of its periods: what is told from a period is told from its first day."""
    match rule:
        case FromTo(start):
            return _first_day(start)
        case Dates(dates):
            return Dates(tuple(Anchor(one.first) for one in dates))
        case _:
            return rule
