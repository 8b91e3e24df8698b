"""What is said of a working-day calendar and its days off: what it is called, where it comes from, why a day is off."""

from collections.abc import Mapping

from app.domain.anchors import Easter, Weekday
from app.domain.days_off import GivenDay
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.own_calendars import CalendarVersion, ChangedDay
from app.domain.workdays import DayOff
from app.phrases.calendars import say_calendar, say_date, say_holiday, say_number, say_weekday
from app.phrases.language import Language
from app.phrases.rules import say_rule
from app.phrases.sentences import capital

FIRST_RULE_YEAR, LAST_RULE_YEAR = 1, 9999


def say_calendar_name(language: Language, version: CalendarVersion) -> str:
    """`Dutch working days (NL)`, or what its owner calls it."""
    return version.title or say_calendar(language, version.name)


def say_source(language: Language, version: CalendarVersion) -> str:
    """Where the days come from: the law or the office that names them, or what its owner wrote."""
    return version.source or language.t(NATIONAL_CALENDARS[version.base].source)


def say_version(language: Language, version: CalendarVersion) -> str:
    """`version 3`; of a national calendar the shipped one, and how often it was corrected since."""
    if version.customer is not None:
        return language.t("version {number}", number=version.number)
    shipped = language.t("version {number}", number=NATIONAL_CALENDARS[version.base].version)
    if not version.number:
        return shipped
    return f"{shipped}, {language.n('corrected once', 'corrected {count} times', version.number)}"


def say_day_off(language: Language, calendar: str, given: GivenDay) -> str:
    """`King's Day`, or what it was called by whoever entered it."""
    if given.change and not given.change.key:
        return given.change.name
    return capital(say_holiday(language, calendar, given.key))


def say_why_off(language: Language, given: GivenDay) -> str:
    """The rule that gave it and where it is observed, or the reason with which it was entered."""
    if given.change:
        return say_change(language, given.change)
    if given.rule is None:
        return language.t("Once only")
    parts = [_rule(language, given.rule)]
    if given.is_moved:
        weekday = say_weekday(language, given.nominal.weekday())
        nominal = say_date(language, given.nominal)
        parts.append(language.t("observed on this day because {nominal} is a {weekday}", nominal=nominal, weekday=weekday))
    if given.day.weekday() >= Weekday.SA:
        parts.append(language.t("in a weekend, which is free already"))
    return capital("; ".join(parts))


def say_change(language: Language, change: ChangedDay) -> str:
    """`Entered: closed for stocktaking (board decision 12)`"""
    said = language.t("Entered: {reason}", reason=change.reason) if change.reason else language.t("Entered")
    return f"{said} ({change.source})" if change.source else said


def say_dated_again(language: Language, facts: Mapping[str, object]) -> str:
    """How many peaks count with it, and how many got other dates; nothing where that was not told."""
    count, moved, later = (int(str(facts.get(name, 0))) for name in ("peaks", "moved", "later"))
    if "peaks" not in facts:
        return ""
    said = language.n("{count} peak counts with it", "{count} peaks count with it", count)
    parts = [said, language.n("{count} got other dates", "{count} got other dates", moved)]
    if later:
        parts.append(language.n("{count} is dated at its next check", "{count} are dated at their next check", later))
    return ", ".join(parts)


def _rule(language: Language, day_off: DayOff) -> str:
    parts = [_easter(language, day_off.on.offset_days) if isinstance(day_off.on, Easter) else say_rule(language, day_off.on)]
    if day_off.every > 1:
        parts.append(language.t("only in years divisible by {number}", number=say_number(language, day_off.every)))
    if day_off.since > FIRST_RULE_YEAR:
        parts.append(language.t("since {year}", year=day_off.since))
    if day_off.until < LAST_RULE_YEAR:
        parts.append(language.t("until {year}", year=day_off.until))
    return ", ".join(parts)


def _easter(language: Language, offset: int) -> str:
    """Told from Easter Sunday itself: `Good Friday` would explain Good Friday with itself."""
    if offset == 0:
        return language.t("The first Sunday after the first full moon of spring, as the western churches count it")
    if offset < 0:
        return language.n("{count} day before Easter Sunday", "{count} days before Easter Sunday", -offset)
    return language.n("{count} day after Easter Sunday", "{count} days after Easter Sunday", offset)
