"""Which days of which months? `25 May`, `first day of every month`, and how sure it is that a month has such a day."""

from calendar import monthrange
from collections.abc import Iterable, Sequence

from app.domain.anchors import Feb29
from app.phrases.calendars import say_list, say_month_day, say_month_name, say_ordinal, say_row
from app.phrases.language import Language
from app.phrases.sentences import Article, Name, Place

LEAP_YEAR, COMMON_YEAR = 2024, 2023
EVERY_MONTH = range(1, 13)


def name_month_days(language: Language, days: Sequence[int], months: Sequence[int] | None, place: Place, interval: int = 1) -> Name:
    """`25 May`, `first day of every month`, `1st and 15th of March and June`; a negative day counts from the end."""
    if months and len(months) == 1 and all(0 < day <= most_days(months) for day in days):
        dates = [say_month_day(language, months[0], day) for day in sorted(days)]
        return Name(say_list(language, dates, place.style), Article.NONE)
    said = say_list(language, [say_nth_day(language, day) for day in in_order(days)], place.style)
    if len(days) == 1 and days[0] == 1:
        said = language.t("first day")
    article = article_by_months(months) if len(days) == 1 else Article.OFTEN
    return Name(say_day_of(language, said, say_months(language, months, place, interval)), article)


def say_nth_day(language: Language, day: int) -> str:
    """`15th`, `last day`"""
    return say_ordinal(language, day) if day > 0 else language.t("{nth} day", nth=say_ordinal(language, day))


def in_order(numbers: Iterable[int]) -> list[int]:
    """From the start first, then from the end: 1, 15, -2, -1."""
    return sorted(set(numbers), key=lambda number: (number < 0, number))


def say_day_of(language: Language, day: str, period: str) -> str:
    """`last day of every month`"""
    return language.t("{day} of {period}", day=day, period=period)


def say_months(language: Language, months: Sequence[int] | None, place: Place, interval: int = 1) -> str:
    """`March, June and September`, `every month`, `every third month`, or `the month` that is meant."""
    if months is not None and not months:
        return language.t("no month at all")
    if months and len(months) < 12:
        return say_row(language, sorted(set(months)), lambda month: say_month_name(language, month), place.style)
    if place in (Place.NEXT, Place.SAME):
        return language.t("the month")
    return language.t("every {nth} month", nth=say_ordinal(language, interval)) if interval > 1 else language.t("every month")


def article_by_months(months: Sequence[int] | None) -> Article:
    return Article.THE if months and len(months) == 1 else Article.OFTEN


def most_days(months: Sequence[int] | None) -> int:
    return max(monthrange(LEAP_YEAR, month)[1] for month in months or EVERY_MONTH)


def fewest_days(months: Sequence[int] | None) -> int:
    return min(monthrange(COMMON_YEAR, month)[1] for month in months or EVERY_MONTH)


def say_other_years(language: Language, choice: Feb29) -> str:
    """What 29 February is in a common year: `leap years only`, `28 February in other years`"""
    match choice:
        case Feb29.SKIP:
            return language.t("leap years only")
        case Feb29.FEB28:
            return language.t("{day} in other years", day=say_month_day(language, 2, 28))
        case Feb29.MAR01:
            return language.t("{day} in other years", day=say_month_day(language, 3, 1))
