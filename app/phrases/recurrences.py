"""What is an RFC 5545 recurrence called? `first and third Monday of every month`, and its rhythm: from when, how often."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from app.domain.anchors import Feb29, Recurrence, Weekday
from app.domain.recurrence_parts import Parts, parsed
from app.phrases.calendars import (
    LONGEST_IN_FULL,
    ListStyle,
    say_date,
    say_list,
    say_number,
    say_ordinal,
    say_row,
    say_weekday,
    say_weekdays,
)
from app.phrases.language import Language
from app.phrases.month_days import fewest_days, in_order, name_month_days, say_day_of, say_months, say_nth_day, say_other_years
from app.phrases.sentences import Article, Name, Place, say_name
from app.phrases.times import say_day, say_month


def name_recurrence(language: Language, rule: Recurrence, place: Place) -> Name:
    parts = _filled(parsed(rule.rrule), rule.dtstart)
    name = _daily(language, parts, place) if parts.freq == "DAILY" else _periodic(language, parts, place)
    return name.remarked(", ".join(_rhythm(language, parts, rule.dtstart)))


def _filled(parts: Parts, dtstart: date) -> Parts:
    """With what the start date says where the rule does not: its weekday, its day of the month, its date."""
    if parts.by_day or parts.by_month_day:
        return parts
    match parts.freq:
        case "WEEKLY":
            return replace(parts, by_day=((Weekday(dtstart.weekday()), 0),))
        case "MONTHLY":
            return replace(parts, by_month_day=(dtstart.day,))
        case "YEARLY":
            return replace(parts, by_month=parts.by_month or (dtstart.month,), by_month_day=(dtstart.day,))
        case _:
            return parts


def _daily(language: Language, parts: Parts, place: Place) -> Name:
    """A choice among the days of one day keeps that day or none."""
    if parts.by_set_pos and not {1, -1} & set(parts.by_set_pos):
        return Name(language.t("no day at all"), Article.NONE)
    return _every_nth_day(language, parts) if parts.interval > 1 else _all_days(language, parts, place)


def _every_nth_day(language: Language, parts: Parts) -> Name:
    name = Name(language.t("{nth} day", nth=say_ordinal(language, parts.interval)), Article.EVERY)
    if parts.by_day:
        days = say_row(language, sorted({int(day) for day, _ in parts.by_day}), lambda day: say_weekday(language, day))
        name = name.remarked(language.t("only on {days}", days=days))
    if parts.by_month_day:
        name = name.remarked(language.t("only on {days}", days=_monthly(language, parts.by_month_day, "standard")))
    if parts.by_month:
        name = name.remarked(language.t("only in {months}", months=say_months(language, parts.by_month, Place.EACH)))
    return name


def _periodic(language: Language, parts: Parts, place: Place) -> Name:
    return _chosen(language, parts, place) if parts.by_set_pos else _all_days(language, parts, place)


def _all_days(language: Language, parts: Parts, place: Place) -> Name:
    if any(n for _, n in parts.by_day):
        return _numbered_weekdays(language, parts, place)
    if parts.by_month_day and not parts.by_day:
        return _recurring_month_days(language, parts, place)
    return _weekdays(language, parts, place)


def _numbered_weekdays(language: Language, parts: Parts, place: Place) -> Name:
    """`first and third Monday of every month`"""
    numbers: dict[Weekday, list[int]] = {}
    for weekday, n in parts.by_day:
        numbers.setdefault(weekday, []).append(n)
    days = [f"{_ordinals(language, ns, place)} {say_weekday(language, weekday)}" for weekday, ns in numbers.items()]
    text = say_day_of(language, say_list(language, days, place.style), _period(language, parts, place))
    name = Name(_falling(language, text, parts), _how_often(parts, len(parts.by_day)))
    last_sure = 52 if parts.freq == "YEARLY" and not parts.by_month else 4
    is_sure = all(abs(n) <= last_sure for _, n in parts.by_day)
    return name if is_sure else name.remarked(language.t("when there is one"))


def _ordinals(language: Language, numbers: Iterable[int], place: Place) -> str:
    return say_list(language, [say_ordinal(language, number) for number in in_order(numbers)], place.style)


def _period(language: Language, parts: Parts, place: Place) -> str:
    """`every month`, `March and June`, `the year`, `every second week`"""
    match parts.freq:
        case "WEEKLY":
            return _week(language, parts.interval)
        case "YEARLY" if not parts.by_month:
            return language.t("the year")
        case _:
            return say_months(language, parts.by_month or None, place, parts.interval)


def _week(language: Language, interval: int) -> str:
    return language.t("every {nth} week", nth=say_ordinal(language, interval)) if interval > 1 else language.t("every week")


def _how_often(parts: Parts, days: int) -> Article:
    is_yearly = len(parts.by_month) == 1 or (parts.freq == "YEARLY" and not parts.by_month)
    return Article.THE if is_yearly and days == 1 else Article.OFTEN


def _recurring_month_days(language: Language, parts: Parts, place: Place) -> Name:
    interval = parts.interval if parts.freq == "MONTHLY" else 1
    name = name_month_days(language, parts.by_month_day, parts.by_month or None, place, interval)
    if parts.by_month == (2,) and 29 in parts.by_month_day:
        return name.remarked(say_other_years(language, Feb29.SKIP))
    is_sure = all(abs(day) <= fewest_days(parts.by_month) for day in parts.by_month_day)
    return name if is_sure else name.remarked(language.t("when there is one"))


def _weekdays(language: Language, parts: Parts, place: Place) -> Name:
    """`weekday (Mon-Fri)`, `Friday in June and July`, `Monday once every two weeks`"""
    style: ListStyle = "or" if parts.by_month_day else place.style
    text = say_weekdays(language, [day for day, _ in parts.by_day] or list(Weekday), style)
    article = Article.EVERY
    if parts.freq == "WEEKLY" and parts.interval > 1:
        number = say_number(language, parts.interval)
        text, article = language.t("{days} once every {number} weeks", days=text, number=number), Article.OFTEN
    if parts.by_month or (parts.freq == "MONTHLY" and parts.interval > 1):
        months = say_months(language, parts.by_month or None, Place.EACH, parts.interval)
        text = language.t("{days} in {months}", days=text, months=months)
    return Name(_falling(language, text, parts), article)


def _falling(language: Language, days: str, parts: Parts) -> str:
    if not parts.by_month_day:
        return days
    return language.t("{days} that falls on {dates}", days=days, dates=_monthly(language, parts.by_month_day, "or"))


def _monthly(language: Language, days: Sequence[int], style: ListStyle) -> str:
    """`the 13th or the last day of the month`, `the second to the eighth`"""
    ordered = in_order(days)
    is_row = len(ordered) > LONGEST_IN_FULL and ordered[0] > 0 and ordered[-1] - ordered[0] == len(ordered) - 1
    said = [language.t("the {day}", day=say_nth_day(language, day)) for day in ordered]
    if is_row:
        return language.t("{first} to {last}", first=said[0], last=said[-1])
    text = say_list(language, said, style)
    return say_day_of(language, text, language.t("the month")) if ordered[-1] < 0 else text


def _chosen(language: Language, parts: Parts, place: Place) -> Name:
    """BYSETPOS: `last weekday (Mon-Fri) of every month`"""
    article = _how_often(parts, len(parts.by_set_pos))
    nth, unchosen = _ordinals(language, parts.by_set_pos, place), replace(parts, by_set_pos=())
    if parts.by_day and not any(n for _, n in parts.by_day):
        weekday = say_weekdays(language, [day for day, _ in parts.by_day], "or")
        text = say_day_of(language, f"{nth} {weekday}", _whole_period(language, parts, place))
        return Name(_falling(language, text, parts), article)
    days = say_name(language, _all_days(language, unchosen, Place.EACH), Place.EACH)
    name = Name(language.t("{nth} of {days}", nth=nth, days=days), article)
    return name.remarked(language.t("counted within the year")) if parts.freq == "YEARLY" else name


def _whole_period(language: Language, parts: Parts, place: Place) -> str:
    """The choice of a yearly rule is made from all its months at once."""
    months = _period(language, parts, place)
    is_joined = parts.freq == "YEARLY" and len(parts.by_month) > 1
    return language.t("{months} together", months=months) if is_joined else months


def _rhythm(language: Language, parts: Parts, dtstart: date) -> Iterator[str]:
    """How often, from when, how many times and until when."""
    number = say_number(language, parts.interval)
    if parts.interval > 1 and parts.freq == "YEARLY":
        yield language.t("once every {number} years", number=number)
    if parts.interval > 1 and parts.freq == "MONTHLY" and parts.by_month:
        yield language.t("once every {number} months", number=number)
    if parts.interval > 1 or parts.count:
        yield language.t("counted from {start}", start=_start(language, parts, dtstart))
    if parts.interval > 1 and parts.freq == "WEEKLY" and parts.week_start is not Weekday.MO:
        yield language.t("weeks start on {weekday}", weekday=say_weekday(language, parts.week_start))
    if parts.count:
        yield language.n("once only", "{times} times", parts.count, times=say_number(language, parts.count))
    if parts.until:
        yield language.t("up to {last}", last=say_date(language, parts.until))


def _start(language: Language, parts: Parts, dtstart: date) -> str:
    """As much of the start date as the rhythm depends on."""
    match parts.freq:
        case "YEARLY" if not parts.count:
            return str(dtstart.year)
        case "MONTHLY" if not parts.count:
            return say_month(language, dtstart)
        case "WEEKLY" if not parts.count:
            return language.t("the week of {day}", day=say_day(language, dtstart))
        case _:
            return say_day(language, dtstart)
