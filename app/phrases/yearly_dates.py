"""What is the date called that a rule names once a year? `second Sunday of May`, `the day after Easter Monday`."""

from app.domain.anchors import Church, Direction, Easter, Feb29, Fixed, Holiday, NthWeekday, Weekday, WeekdayFrom, YearlyRule
from app.phrases.calendars import (
    EASTER_DAYS,
    WITH_ARTICLE,
    holiday_key,
    may_be_moved,
    say_days_off,
    say_holiday,
    say_month_day,
    say_month_name,
    say_number,
    say_ordinal,
    say_weekday,
)
from app.phrases.language import Language
from app.phrases.month_days import say_day_of, say_other_years
from app.phrases.sentences import Article, Name, Place, say_name

NEAR_EASTER_DAY = 3
"""So many days from a well-known day a date is told from that day, further away from Easter."""
MovableRule = YearlyRule | Holiday


def name_yearly_date(language: Language, rule: MovableRule) -> Name:
    """The date with its offset; what adjusts it is not said."""
    match rule:
        case Fixed():
            return _shifted(language, _fixed(language, rule), rule.offset_days)
        case NthWeekday():
            return _shifted(language, _nth_weekday(language, rule), rule.offset_days, rule.weekday)
        case WeekdayFrom():
            return _shifted(language, _weekday_from(language, rule), rule.offset_days, rule.weekday)
        case Easter():
            return _easter(language, rule)
        case Holiday():
            return _shifted(language, _holiday(language, rule), rule.offset_days)


def _fixed(language: Language, rule: Fixed) -> Name:
    name = Name(say_month_day(language, rule.month, rule.day), Article.NONE)
    return name.remarked(say_other_years(language, rule.feb29)) if (rule.month, rule.day) == (2, 29) else name


def _nth_weekday(language: Language, rule: NthWeekday) -> Name:
    nth, weekday = say_ordinal(language, rule.n), say_weekday(language, rule.weekday)
    name = Name(say_day_of(language, f"{nth} {weekday}", say_month_name(language, rule.month)), Article.THE)
    return name.remarked(language.t("when there is one")) if abs(rule.n) == 5 else name


def _weekday_from(language: Language, rule: WeekdayFrom) -> Name:
    said = {
        Direction.ON_OR_AFTER: "first {weekday} on or after {day}",
        Direction.AFTER: "first {weekday} after {day}",
        Direction.ON_OR_BEFORE: "last {weekday} on or before {day}",
        Direction.BEFORE: "last {weekday} before {day}",
    }[rule.direction]
    day = say_month_day(language, rule.month, rule.day)
    name = Name(language.t(said, weekday=say_weekday(language, rule.weekday), day=day), Article.THE)
    return name.remarked(say_other_years(language, Feb29.FEB28)) if (rule.month, rule.day) == (2, 29) else name


def _easter(language: Language, rule: Easter) -> Name:
    """Told from the nearest day with a name: `the Friday before Whit Sunday`, else `21 days before Easter`."""
    if rule.church is Church.ORTHODOX:
        return _shifted(language, Name(language.t("Orthodox Easter Sunday"), Article.NONE), rule.offset_days, Weekday.SU)
    named = min(EASTER_DAYS, key=lambda one: abs(rule.offset_days - one))
    if abs(rule.offset_days - named) > NEAR_EASTER_DAY:
        named = 0
    days = rule.offset_days - named
    said = language.t("Easter") if named == 0 and days < 0 else language.t(EASTER_DAYS[named])
    return _shifted(language, Name(said, Article.NONE), days, Weekday((Weekday.SU + named) % 7))


def _holiday(language: Language, rule: Holiday) -> Name:
    calendar = say_days_off(language, rule.calendar)
    if may_be_moved(rule.calendar, rule.key):
        calendar = language.t("day off in the {calendar}", calendar=calendar)
    return name_holiday(language, rule.calendar, rule.key).remarked(calendar)


def name_holiday(language: Language, calendar: str, key: str) -> Name:
    """`Whit Monday`, `the Early May bank holiday`, without its calendar."""
    article = Article.THE if holiday_key(calendar, key) in WITH_ARTICLE else Article.NONE
    return Name(say_holiday(language, calendar, key), article)


def _shifted(language: Language, name: Name, days: int, weekday: Weekday | None = None) -> Name:
    """So many days later or earlier; within a week by the name of the day, when the weekday of the start is known."""
    if days == 0:
        return name
    day, number = say_name(language, name, Place.EACH), say_number(language, abs(days))
    then = say_weekday(language, (weekday + days) % 7) if weekday is not None else ""
    if then and 1 < abs(days) < 7:
        text = "{weekday} after {day}" if days > 0 else "{weekday} before {day}"
        return Name(language.t(text, weekday=then, day=day), Article.THE, is_relative=True)
    if days > 0:
        said = language.n("the day after {day}", "{days} days after {day}", days, days=number, day=day)
    else:
        said = language.n("the day before {day}", "{days} days before {day}", -days, days=number, day=day)
    shifted = Name(said, Article.NONE, is_relative=True)
    return shifted.remarked(language.t("a {day}", day=then)) if then and days % 7 and abs(days) > 7 else shifted
