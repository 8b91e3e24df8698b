"""How is a peak or its rule read back? One sentence: on which dates, from when to when, and within which limits."""

from datetime import date

from app.domain.anchors import Anchor, AnchorRule, Dates, DayRolled, FromTo, Holiday, Roll, WorkdayOffset, WorkingDay
from app.domain.notation.rules import clock
from app.domain.peaks import DailyHours, Lead, Peak
from app.phrases.calendars import LONGEST_IN_FULL, say_date, say_number, say_working_days
from app.phrases.exceptions import say_limits
from app.phrases.language import Language
from app.phrases.rule_names import name_rule, say_rule_at
from app.phrases.sentences import Name, Place, capital, joined, say_name
from app.phrases.times import say_zone

HOME_ZONE = "Europe/Amsterdam"


def say_peak(language: Language, peak: Peak, reader_zone: str = HOME_ZONE) -> str:
    """When a peak is busy: `Second Sunday of May, from nine days before`. A zone that is not the reader's is named."""
    name = name_rule(language, peak.rule, Place.ALONE)
    details = [
        _lead(language, peak.lead, peak.rule, name),
        _hours(language, peak, peak.daily) if peak.daily else "",
        _clocks(language, peak.zone) if peak.zone != reader_zone else "",
    ]
    limits = [
        _validity(language, peak.valid_from, peak.valid_until),
        language.t("except on {days}", days=_days(language, peak.except_on)) if peak.except_on else "",
        language.t("also on {days}", days=_days(language, peak.also_on)) if peak.also_on else "",
        language.t("known until {day}", day=say_date(language, peak.horizon_until)) if peak.horizon_until else "",
        *say_limits(language, peak),
        "" if peak.enabled else language.t("switched off"),
    ]
    busy = joined("; " if _is_long_list(peak.rule) else ", ", [say_name(language, name, Place.ALONE), joined(", ", details)])
    return capital(joined("; ", [busy, *limits]))


def say_rule(language: Language, rule: AnchorRule) -> str:
    """The dates a rule names, without what lies around them: `Second Sunday of May`."""
    return capital(say_rule_at(language, rule, Place.ALONE))


def _is_long_list(rule: AnchorRule) -> bool:
    return isinstance(rule, Dates) and len(rule.dates) > LONGEST_IN_FULL


def _lead(language: Language, lead: Lead, rule: AnchorRule, name: Name) -> str:
    said = {
        (True, False): ("from {before} before", "from {before} before that"),
        (False, True): ("until {after} after", "until {after} after that"),
        (True, True): ("from {before} before to {after} after", "from {before} before that to {after} after"),
    }.get((lead.before > 0, lead.after > 0))
    if said is None:
        return ""
    before, after = (_amount(language, days, lead.calendar, rule) for days in (lead.before, lead.after))
    return language.t(said[1] if name.is_relative else said[0], before=before, after=after)


def _amount(language: Language, days: int, calendar: str | None, rule: AnchorRule) -> str:
    """`the day`, `nine days`; working days name their calendar unless the rule just did."""
    number = say_number(language, days)
    if calendar is None:
        return language.n("the day", "{days} days", days, days=number)
    if calendar == _calendar_said(rule):
        return f"{number} {say_working_days(language, None, days)}"
    return f"{number} {say_working_days(language, calendar, days)} ({calendar})"


def _calendar_said(rule: AnchorRule) -> str | None:
    match rule:
        case DayRolled(roll=Roll.NONE):
            return None
        case Holiday() | WorkingDay() | DayRolled() | WorkdayOffset():
            return rule.calendar
        case _:
            return None


def _hours(language: Language, peak: Peak, daily: DailyHours) -> str:
    hours = f"{clock(daily.start)}–{clock(daily.end)}"
    if daily.end <= daily.start:
        hours = language.t("{hours} the next day", hours=hours)
    return language.t("each day {hours}", hours=hours) if _lasts_days(peak) else hours


def _lasts_days(peak: Peak) -> bool:
    match peak.rule:
        case FromTo():
            return True
        case Dates(dates) if any(one.first != one.last for one in dates):
            return True
        case _:
            return peak.lead.before + peak.lead.after > 0


def _clocks(language: Language, zone: str) -> str:
    return "UTC" if zone == "UTC" else language.t("{place} time", place=say_zone(language, zone))


def _validity(language: Language, first: date | None, last: date | None) -> str:
    if first and last:
        return language.t("valid from {first} to {last}", first=say_date(language, first), last=say_date(language, last))
    if first:
        return language.t("valid from {first}", first=say_date(language, first))
    return language.t("valid until {last}", last=say_date(language, last)) if last else ""


def _days(language: Language, days: frozenset[date]) -> str:
    return say_rule_at(language, Dates(tuple(Anchor(day) for day in sorted(days))), Place.ALONE)
