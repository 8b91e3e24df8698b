"""What is a day of the month called that is a working day, or moves to one? `last Dutch working day of every month (NL)`."""

from dataclasses import replace

from app.domain.anchors import DayRolled, Feb29, Roll, WorkingDay
from app.phrases.calendars import say_ordinal, say_working_days
from app.phrases.language import Language
from app.phrases.month_days import (
    article_by_months,
    fewest_days,
    most_days,
    name_month_days,
    say_day_of,
    say_months,
    say_other_years,
)
from app.phrases.sentences import Name, Place

SURE_WORKING_DAYS = 17
"""Every month has so many working days; whether there is a later one must be seen."""


def name_working_day(language: Language, rule: WorkingDay, place: Place) -> Name:
    day = f"{say_ordinal(language, rule.n)} {say_working_days(language, rule.calendar, 1)}"
    text = say_day_of(language, day, say_months(language, rule.months, place))
    name = Name(text, article_by_months(rule.months), (rule.calendar,))
    return name.remarked(language.t("when there is one")) if abs(rule.n) > SURE_WORKING_DAYS else name


def name_rolled_day(language: Language, rule: DayRolled, place: Place) -> Name:
    """A day beyond the length of every month that counts is its last day."""
    day = rule.day if rule.day and rule.day <= most_days(rule.months) else None
    name = name_month_days(language, [day or -1], rule.months, place)
    if day == 29 and rule.months == (2,):
        name = name.remarked(say_other_years(language, Feb29.FEB28))
    elif day and day > fewest_days(rule.months):
        name = name.remarked(language.t("or the last day of a shorter month"))
    return replace(name.remarked(_roll(language, rule)), is_relative=rule.roll is not Roll.NONE)


def _roll(language: Language, rule: DayRolled) -> str:
    day, code = say_working_days(language, rule.calendar, 1), rule.calendar
    before = language.t("or the last {day} before it, {calendar}", day=day, calendar=code)
    after = language.t("or the first {day} after it, {calendar}", day=day, calendar=code)
    match rule.roll:
        case Roll.NONE:
            return language.t("also when that is no working day")
        case Roll.PRECEDING:
            return before
        case Roll.FOLLOWING:
            return after
        case Roll.MODIFIED_FOLLOWING:
            return f"{after}; {language.t('the last one before it when that would be in the next month')}"
        case Roll.MODIFIED_PRECEDING:
            return f"{before}; {language.t('the first one after it when that would be in the previous month')}"
