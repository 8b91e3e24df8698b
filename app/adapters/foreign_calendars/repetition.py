"""At which wall clocks does an RRULE fall? The library's walk, bounded, where it and the RFC differ put right.

RFC 5545 section 3.3.10. Dates that several readers answer differently are refused rather than guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from heapq import merge
from typing import Literal

from dateutil.rrule import DAILY, HOURLY, MINUTELY, MONTHLY, SECONDLY, WEEKLY, YEARLY, rrule, weekday

from app.adapters.foreign_calendars.moments import Clocks, Moment
from app.adapters.foreign_calendars.reading import Unreadable

FREQUENCIES: dict[str, Literal[0, 1, 2, 3, 4, 5, 6]] = {
    "YEARLY": YEARLY,
    "MONTHLY": MONTHLY,
    "WEEKLY": WEEKLY,
    "DAILY": DAILY,
    "HOURLY": HOURLY,
    "MINUTELY": MINUTELY,
    "SECONDLY": SECONDLY,
}
STEPS = {
    "WEEKLY": timedelta(weeks=1),
    "DAILY": timedelta(days=1),
    "HOURLY": timedelta(hours=1),
    "MINUTELY": timedelta(minutes=1),
    "SECONDLY": timedelta(seconds=1),
}
LIMITS = {
    "BYSECOND": (0, 60),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (-366, 366),
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_INTERVAL, MOST_COUNT, MOST_A_DAY, LONGEST_RULE = 1000, 100_000, 96, 1000
MOST_STEPS = 100_000
MONTH_LENGTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


@dataclass(frozen=True)
class Rule:
    """An RRULE read into values; `until` is the last wall clock that counts, in the zone of the start."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    days: tuple[tuple[int, int], ...] = ()
    week_start: int = 0
    by: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        return any(name in self.by for name in names)


def read_repetition(text: str, start: Moment, clocks: Clocks) -> Rule:
    """Unreadable with a code when the RFC forbids it, when nobody agrees what it means, or when it is too dense."""
    if len(text) > LONGEST_RULE:
        raise Unreadable("bad_rule", text)
    parts: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        name, found, value = part.partition("=")
        name = name.strip().upper()
        if not found or name in parts or not value.strip():
            raise Unreadable("bad_rule", part)
        parts[name] = value.strip().upper()
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.pop("SKIP", "OMIT") != "OMIT":
        raise Unreadable("other_calendar", text)
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"} | LIMITS.keys()
    unknown = [name for name in parts if name not in known and not name.startswith("X-")]
    if unknown or parts.get("FREQ") not in FREQUENCIES:
        raise Unreadable("bad_rule", unknown[0] if unknown else parts.get("FREQ", "FREQ"))
    rule = Rule(
        parts["FREQ"],
        _whole(parts.get("INTERVAL", "1"), 1, MOST_INTERVAL),
        _whole(parts["COUNT"], 1, MOST_COUNT) if "COUNT" in parts else None,
        _until(parts["UNTIL"], start, clocks) if "UNTIL" in parts else None,
        tuple(_weekday(one) for one in _listed(parts.get("BYDAY", ""))),
        _week_start(parts.get("WKST", "MO")),
        {name: tuple(_whole(one, *LIMITS[name]) for one in _listed(parts[name])) for name in LIMITS if name in parts},
    )
    _require_sense(rule, text)
    return _plain(rule, start)


def walls(rule: Rule, start: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    """The wall clocks from `start` on that fall within `[first, last]`, ascending. Unreadable when the walk is too long.

    The start always counts as the first, whether it fits the rule or not (RFC 5545 section 3.3.10).
    """
    until = min(last, rule.until) if rule.until else last
    if first <= start <= last:
        yield start
    for number, wall in enumerate(_walked(rule, start, first, until), start=2):
        if wall > until or (rule.count and number > rule.count):
            return
        if number > MOST_STEPS:
            raise Unreadable("too_long_walk")
        if wall >= first:
            yield wall


def _walked(rule: Rule, start: datetime, first: datetime, until: datetime) -> Iterator[datetime]:
    """From the library, in one walk for weekdays with a number and one for those without: it knows no mix of both."""
    began = _week_of(start, rule.week_start) if rule.freq == "WEEKLY" else start
    if rule.count is None and rule.freq in STEPS and first > began:
        step = STEPS[rule.freq] * rule.interval
        began += step * max(0, (first - began) // step - 1)
    numbered = tuple(one for one in rule.days if one[1])
    plain = tuple(one for one in rule.days if not one[1])
    groups = [group for group in (numbered, plain) if group] or [()]
    previous = start
    for wall in merge(*(_library(rule, group, began, start, until) for group in groups)):
        if wall > previous:
            yield wall
            previous = wall


def _library(
    rule: Rule, days: tuple[tuple[int, int], ...], began: datetime, start: datetime, until: datetime
) -> Iterator[datetime]:
    by = {f"{name.lower()}": list(numbers) for name, numbers in rule.by.items()}
    for name, at_start in (("bysecond", start.second), ("byminute", start.minute), ("byhour", start.hour)):
        if rule.freq in {"WEEKLY", "DAILY", "MONTHLY", "YEARLY"} and name not in by:
            by[name] = [at_start]
    found = rrule(
        FREQUENCIES[rule.freq],
        dtstart=began,
        interval=rule.interval,
        until=until,
        wkst=rule.week_start,
        byweekday=[weekday(day, number or None) for day, number in days] or None,
        **by,  # type: ignore[arg-type] # lists of numbers by name
    )
    try:
        yield from found
    except IndexError as problem:  # a week or a day of a year beyond those that the library counts
        raise Unreadable("bad_rule") from problem


def _require_sense(rule: Rule, text: str) -> None:
    numbered = [number for _, number in rule.days if number]
    if numbered and (rule.freq not in {"MONTHLY", "YEARLY"} or rule.has("BYWEEKNO")):
        raise Unreadable("bad_rule", text)
    if numbered and max(map(abs, numbered)) > (5 if rule.freq == "MONTHLY" or rule.has("BYMONTH") else 53):
        raise Unreadable("bad_rule", text)
    if numbered and len(numbered) < len(rule.days) and rule.has("BYSETPOS"):
        raise Unreadable("bad_rule", text)
    if rule.has("BYWEEKNO") and rule.freq != "YEARLY":
        raise Unreadable("bad_rule", text)
    if (rule.has("BYYEARDAY") and rule.freq in {"DAILY", "WEEKLY", "MONTHLY"}) or (
        rule.has("BYMONTHDAY") and rule.freq == "WEEKLY"
    ):
        raise Unreadable("bad_rule", text)
    a_day = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        a_day *= len(set(rule.by.get(name, (0,))))
    if a_day > MOST_A_DAY:
        raise Unreadable("too_dense", text)
    months, days = rule.by.get("BYMONTH", ()), rule.by.get("BYMONTHDAY", ())
    if months and days and not any(abs(day) <= MONTH_LENGTHS.get(month, 31) for month in months for day in days):
        raise Unreadable("never_falls", text)


def _plain(rule: Rule, start: Moment) -> Rule:
    """What the RFC takes from DTSTART, said in full where the library takes something else."""
    by, days = dict(rule.by), rule.days
    if start.is_day:
        for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            by.pop(name, None)
    if "BYSECOND" in by:
        by["BYSECOND"] = tuple(min(second, 59) for second in by["BYSECOND"])
    if rule.freq == "WEEKLY" and not days:
        days = ((start.wall.weekday(), 0),)
    if rule.freq == "YEARLY" and "BYWEEKNO" in by and not days and not {"BYMONTHDAY", "BYYEARDAY"} & by.keys():
        days = ((start.wall.weekday(), 0),)
    if rule.freq == "YEARLY" and "BYMONTHDAY" in by and not {"BYMONTH", "BYWEEKNO", "BYYEARDAY"} & by.keys():
        by["BYMONTH"] = (start.wall.month,)
    return Rule(rule.freq, rule.interval, rule.count, rule.until, days, rule.week_start, by)


def _until(text: str, start: Moment, clocks: Clocks) -> datetime:
    """A date means the end of that local day, whatever the start is; an instant is read on the clock of the start."""
    until = clocks.moment(text, start.zone.name if not text.endswith("Z") and start.zone.own is None else "")
    if until.is_day:
        return datetime.combine(until.wall.date(), time.max)
    wall = start.zone.wall(until.instant) if text.endswith("Z") else until.wall
    return datetime.combine(wall.date(), time.max) if start.is_day else wall


def _week_of(start: datetime, week_start: int) -> datetime:
    return start - timedelta(days=(start.weekday() - week_start) % 7)


def _weekday(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text)
    if found is None or (found[1] and not 1 <= abs(int(found[1])) <= 53):
        raise Unreadable("bad_rule", f"BYDAY={text}")
    return WEEKDAYS.index(found[2]), int(found[1] or 0)


def _week_start(text: str) -> int:
    if text not in WEEKDAYS:
        raise Unreadable("bad_rule", f"WKST={text}")
    return WEEKDAYS.index(text)


def _whole(text: str, least: int, most: int) -> int:
    found = re.fullmatch(r"[+-]?[0-9]{1,6}", text)
    if found is None or not least <= int(text) <= most or (least < 0 and int(text) == 0):
        raise Unreadable("bad_rule", text)
    return int(text)


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
