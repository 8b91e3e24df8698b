"""Anchor rules and peaks in their written form (SCHEMA, "Peak rule object" and "Anchor rules")."""

from collections.abc import Callable, Mapping
from datetime import date

from app.domain.anchors import (
    Adjustment,
    Anchor,
    AnchorRule,
    Church,
    Dates,
    DayRolled,
    Direction,
    Easter,
    Entries,
    Feb29,
    Fixed,
    FromTo,
    Holiday,
    IfSameAs,
    IfWeekday,
    NthWeekday,
    Recurrence,
    Roll,
    Weekday,
    WeekdayFrom,
    WorkdayOffset,
    WorkingDay,
)
from app.domain.foreign_entries import ForeignEntry
from app.domain.notation.fields import MOST_NESTED, E, Fields, T, choice, day, minutes, text, whole
from app.domain.notation.instants import read_instant, write_instant
from app.domain.peaks import MOST_EXCEPTIONS, DailyHours, Lead, Move, Peak, Severity, Suspension
from app.domain.recurrence_parts import parsed
from app.domain.refusal import Refusal
from app.domain.walltime import zone
from app.domain.windows import ChangeType, Impact

Written = dict[str, object]
MOST_OFFSET = 1000
MOST_ENTRIES = 3000
MOST_MINUTES_AROUND = 7 * 24 * 60
LONGEST_ENTRY = 401 * 24 * 3600
"""400 days, and the hour that the clock goes back in them."""

DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_rule(written: object, path: str = "rule", depth: int = 0) -> AnchorRule:
    """A written anchor rule as a value; unknown kinds, fields and impossible dates are refused."""
    if depth > MOST_NESTED:
        raise Refusal("too_deep", path, most=MOST_NESTED)
    fields = Fields(written, path)
    kind = fields.text("type")
    readers: dict[str, Callable[[Fields, int], AnchorRule]] = {
        "fixed": _fixed,
        "nth_weekday": _nth_weekday,
        "weekday_from": _weekday_from,
        "easter": _easter,
        "holiday": _holiday,
        "working_day": _working_day,
        "day_rolled": _day_rolled,
        "workday_offset": _workday_offset,
        "rrule": _recurrence,
        "dates": _dates,
        "entries": _entries,
        "span": _from_to,
    }
    if kind not in readers:
        raise Refusal("bad_value", fields.at("type"), expected="choice", known=", ".join(readers), got=kind[:80])
    rule = readers[kind](fields, depth)
    fields.finish()
    return rule


def _fixed(fields: Fields, depth: int) -> Fixed:
    month, monthday = _month_day(fields)
    feb29 = fields.choice("feb29", Feb29, Feb29.SKIP)
    return Fixed(month, monthday, feb29, offset_days=_offset(fields), adjust=_adjust(fields, depth))


def _nth_weekday(fields: Fields, depth: int) -> NthWeekday:
    month, weekday = fields.whole("month", 1, 12), _weekday(fields.required("weekday"), fields.at("weekday"))
    n = _nonzero(fields, "n", 5)
    return NthWeekday(month, weekday, n, offset_days=_offset(fields), adjust=_adjust(fields, depth))


def _weekday_from(fields: Fields, depth: int) -> WeekdayFrom:
    month, monthday = _month_day(fields)
    weekday = _weekday(fields.required("weekday"), fields.at("weekday"))
    direction = fields.choice("direction", Direction)
    return WeekdayFrom(month, monthday, weekday, direction, offset_days=_offset(fields), adjust=_adjust(fields, depth))


def _easter(fields: Fields, depth: int) -> Easter:
    church = fields.choice("church", Church, Church.WESTERN)
    return Easter(church, offset_days=_offset(fields), adjust=_adjust(fields, depth))


def _holiday(fields: Fields, depth: int) -> Holiday:
    calendar, key = fields.text("calendar"), fields.text("key")
    return Holiday(calendar, key, offset_days=_offset(fields), adjust=_adjust(fields, depth))


def _working_day(fields: Fields, _depth: int) -> WorkingDay:
    return WorkingDay(fields.text("calendar"), _nonzero(fields, "n", 23), _months(fields))


def _day_rolled(fields: Fields, _depth: int) -> DayRolled:
    last = fields.raw("day") == "last"
    monthday = None if last else fields.whole("day", 1, 31)
    return DayRolled(fields.text("calendar"), monthday, fields.choice("roll", Roll), _months(fields))


def _workday_offset(fields: Fields, depth: int) -> WorkdayOffset:
    base = read_rule(fields.required("base"), fields.at("base"), depth + 1)
    return WorkdayOffset(base, fields.text("calendar"), _nonzero(fields, "n", 260))


def _recurrence(fields: Fields, _depth: int) -> Recurrence:
    start, rrule = fields.day("dtstart"), fields.text("rrule")
    parsed(rrule)
    return Recurrence(start, rrule)


def _dates(fields: Fields, _depth: int) -> Dates:
    return Dates(tuple(sorted(set(fields.each("dates", _anchor)))))


def _entries(fields: Fields, _depth: int) -> Entries:
    found = tuple(sorted(set(fields.each("entries", _entry)), key=_order))
    if len(found) > MOST_ENTRIES:
        raise Refusal("too_many", fields.at("entries"), most=MOST_ENTRIES, got=len(found))
    before, after = (fields.whole(name, 0, MOST_MINUTES_AROUND, 0) for name in ("minutes_before", "minutes_after"))
    return Entries(zone(fields.text("tz")).key, found, before, after, fields.optional_text("only") or "")


def _order(one: ForeignEntry) -> tuple[object, ...]:
    return one.start, one.end, one.uid, one.recurrence_id or 0, one.summary


def _entry(written: object, path: str) -> ForeignEntry:
    fields = Fields(written, path)
    start, end = (read_instant(fields.required(name), fields.at(name)) for name in ("start", "end"))
    if not 0 <= end - start <= LONGEST_ENTRY:
        raise Refusal("end_not_after_start", fields.at("end"))
    original = read_instant(fields.raw("recurrence_id"), fields.at("recurrence_id")) if fields.has("recurrence_id") else None
    uid, summary = (fields.optional_text(name) or "" for name in ("uid", "summary"))
    is_day = fields.flag("all_day", default=False)
    fields.finish()
    return ForeignEntry(start, end, uid, original, summary, is_day)


def _from_to(fields: Fields, depth: int) -> FromTo:
    start = read_rule(fields.required("from"), fields.at("from"), depth + 1)
    return FromTo(start, read_rule(fields.required("to"), fields.at("to"), depth + 1))


def _anchor(written: object, path: str) -> Anchor:
    """A date, or an inclusive range of at most a year."""
    if not isinstance(written, list):
        return Anchor(day(written, path))
    ends = [day(one, f"{path}[{number}]") for number, one in enumerate(written)]
    if len(ends) != 2 or not 0 <= (ends[1] - ends[0]).days <= 366:
        raise Refusal("bad_value", path, expected="date_range", got=str(written)[:80])
    return Anchor(ends[0], ends[1])


def _month_day(fields: Fields) -> tuple[int, int]:
    month = fields.whole("month", 1, 12)
    return month, fields.whole("day", 1, DAYS_IN_MONTH[month - 1])


def _offset(fields: Fields) -> int:
    return fields.whole("offset_days", -MOST_OFFSET, MOST_OFFSET, 0)


def _months(fields: Fields) -> tuple[int, ...] | None:
    if not fields.has("months"):
        fields.raw("months")
        return None
    return tuple(sorted(set(fields.each("months", lambda one, path: whole(one, path, 1, 12)))))


def _nonzero(fields: Fields, name: str, most: int) -> int:
    n = fields.whole(name, -most, most)
    if n == 0:
        raise Refusal("bad_value", fields.at(name), expected="nonzero", got="0")
    return n


def _weekday(written: object, path: str) -> Weekday:
    if not isinstance(written, str) or written not in Weekday.__members__:
        raise Refusal("bad_value", path, expected="choice", known="MO, TU, WE, TH, FR, SA, SU", got=repr(written)[:80])
    return Weekday[written]


def _adjust(fields: Fields, depth: int) -> tuple[Adjustment, ...]:
    def adjustment(written: object, path: str) -> Adjustment:
        one = Fields(written, path)
        add_days = one.whole("add_days", -366, 366)
        found: Adjustment
        if one.has("if_same_as"):
            found = IfSameAs(read_rule(one.raw("if_same_as"), one.at("if_same_as"), depth + 1), add_days)
        else:
            found = IfWeekday(_weekday(one.required("if_weekday"), one.at("if_weekday")), add_days)
        one.finish()
        return found

    return tuple(fields.each("adjust", adjustment))


def write_rule(rule: AnchorRule) -> Written:
    """The written form that `read_rule` reads back as the same value."""
    match rule:
        case Fixed() | NthWeekday() | WeekdayFrom() | Easter() | Holiday():
            return _write_movable(rule)
        case WorkingDay():
            return {"type": "working_day", "calendar": rule.calendar, "n": rule.n, "months": _list(rule.months)}
        case DayRolled():
            return {
                "type": "day_rolled",
                "calendar": rule.calendar,
                "day": rule.day or "last",
                "roll": str(rule.roll),
                "months": _list(rule.months),
            }
        case WorkdayOffset():
            return {"type": "workday_offset", "base": write_rule(rule.base), "calendar": rule.calendar, "n": rule.n}
        case Recurrence():
            return {"type": "rrule", "dtstart": rule.dtstart.isoformat(), "rrule": rule.rrule}
        case Dates():
            return {"type": "dates", "dates": [_write_anchor(one) for one in rule.dates]}
        case Entries():
            written: Written = {"type": "entries", "tz": rule.zone, "entries": [_write_entry(one) for one in rule.entries]}
            optional = {"minutes_before": rule.minutes_before, "minutes_after": rule.minutes_after, "only": rule.only}
            return written | {name: value for name, value in optional.items() if value}
        case FromTo():
            return {"type": "span", "from": write_rule(rule.start), "to": write_rule(rule.until)}


def _write_entry(one: ForeignEntry) -> Written:
    """What is not there is not written: a calendar has hundreds of entries."""
    optional = {"uid": one.uid, "summary": one.summary, "all_day": one.all_day}
    original = {} if one.recurrence_id is None else {"recurrence_id": write_instant(one.recurrence_id)}
    kept: Written = {name: value for name, value in optional.items() if value}
    return {"start": write_instant(one.start), "end": write_instant(one.end)} | kept | original


def _write_movable(rule: Fixed | NthWeekday | WeekdayFrom | Easter | Holiday) -> Written:
    written: Written
    match rule:
        case Fixed():
            written = {"type": "fixed", "month": rule.month, "day": rule.day}
            if rule.feb29 is not Feb29.SKIP:
                written["feb29"] = str(rule.feb29)
        case NthWeekday():
            written = {"type": "nth_weekday", "month": rule.month, "weekday": rule.weekday.name, "n": rule.n}
        case WeekdayFrom():
            written = {"type": "weekday_from", "month": rule.month, "day": rule.day, "weekday": rule.weekday.name}
            written["direction"] = str(rule.direction)
        case Easter():
            written = {"type": "easter"}
            if rule.church is not Church.WESTERN:
                written["church"] = str(rule.church)
        case Holiday():
            written = {"type": "holiday", "calendar": rule.calendar, "key": rule.key}
    if rule.offset_days:
        written["offset_days"] = rule.offset_days
    if rule.adjust:
        written["adjust"] = [_write_adjustment(one) for one in rule.adjust]
    return written


def _list(months: tuple[int, ...] | None) -> list[int] | None:
    return None if months is None else list(months)


def _write_anchor(anchor: Anchor) -> object:
    first, last = anchor.first.isoformat(), anchor.last.isoformat()
    return first if first == last else [first, last]


def _write_adjustment(adjustment: Adjustment) -> Written:
    match adjustment:
        case IfWeekday(weekday, add_days):
            return {"if_weekday": weekday.name, "add_days": add_days}
        case IfSameAs(rule, add_days):
            return {"if_same_as": write_rule(rule), "add_days": add_days}


def read_peak(written: object, path: str = "", customer: str | None = None) -> Peak:
    """A written peak. Fields that only describe it (names, words, sources) are left to whoever shows them."""
    fields = Fields(written, path)
    return Peak(
        id=fields.text("id"),
        customer=customer if customer is not None else fields.text("customer"),
        severity=fields.choice("severity", Severity, Severity.ADVISORY if customer is not None else None),
        zone=fields.text("tz"),
        rule=read_rule(fields.required("rule"), fields.at("rule")),
        services=frozenset(fields.each("services", text)) if fields.has("services") else None,
        lead=_lead(fields),
        daily=_daily(fields),
        valid_from=fields.optional_day("valid_from"),
        valid_until=fields.optional_day("valid_until"),
        except_on=frozenset(fields.each("exdates", day)),
        also_on=frozenset(fields.each("rdates", day)),
        enabled=fields.flag("enabled", default=True),
        horizon_until=fields.optional_day("horizon_until"),
        moved=frozenset(_bounded(fields, "moved", _move)),
        suspended=frozenset(_bounded(fields, "suspended", _suspension)),
        change_types=_kinds(fields, "change_types", ChangeType),
        impacts=_kinds(fields, "impacts", Impact),
    )


def write_peak(peak: Peak) -> Written:
    """The written form that `read_peak` reads back as the same value."""
    optional: Mapping[str, object] = {
        "services": None if peak.services is None else sorted(peak.services),
        "lead_unit": "working_days" if peak.lead.calendar else None,
        "lead_calendar": peak.lead.calendar,
        "daily": peak.daily and {"start": clock(peak.daily.start), "end": clock(peak.daily.end)},
        "valid_from": _iso(peak.valid_from),
        "valid_until": _iso(peak.valid_until),
        "exdates": [one.isoformat() for one in sorted(peak.except_on)] or None,
        "rdates": [one.isoformat() for one in sorted(peak.also_on)] or None,
        "enabled": None if peak.enabled else False,
        "horizon_until": _iso(peak.horizon_until),
        "moved": [{"day": one.day.isoformat(), "to": one.to.isoformat()} for one in sorted(peak.moved)] or None,
        "suspended": [{"from": one.first.isoformat(), "until": one.last.isoformat()} for one in sorted(peak.suspended)] or None,
        "change_types": None if peak.change_types is None else sorted(map(str, peak.change_types)),
        "impacts": None if peak.impacts is None else sorted(map(str, peak.impacts)),
    }
    return {
        "id": peak.id,
        "customer": peak.customer,
        "severity": str(peak.severity),
        "tz": peak.zone,
        "rule": write_rule(peak.rule),
        "lead_in_days": peak.lead.before,
        "lead_out_days": peak.lead.after,
    } | {name: value for name, value in optional.items() if value is not None}


def clock(minute: int) -> str:
    """Minutes after midnight as `HH:MM`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _lead(fields: Fields) -> Lead:
    before, after = fields.whole("lead_in_days", 0, 366, 0), fields.whole("lead_out_days", 0, 366, 0)
    unit = fields.text("lead_unit", "days")
    if unit not in {"days", "working_days"}:
        raise Refusal("bad_value", fields.at("lead_unit"), expected="choice", known="days, working_days", got=unit[:80])
    return Lead(before, after, fields.text("lead_calendar") if unit == "working_days" else None)


def _daily(fields: Fields) -> DailyHours | None:
    if not fields.has("daily"):
        return None
    daily = Fields(fields.raw("daily"), fields.at("daily"))
    hours = DailyHours(minutes(daily.required("start"), daily.at("start")), minutes(daily.required("end"), daily.at("end")))
    daily.finish()
    return hours


def _bounded(fields: Fields, name: str, read: Callable[[object, str], T]) -> list[T]:
    written = fields.items(name)
    if len(written) > MOST_EXCEPTIONS:
        raise Refusal("too_many", fields.at(name), most=MOST_EXCEPTIONS, got=len(written))
    return [read(one, path) for path, one in written]


def _move(written: object, path: str) -> Move:
    one = Fields(written, path)
    move = Move(one.day("day"), one.day("to"))
    one.finish()
    return move


def _suspension(written: object, path: str) -> Suspension:
    one = Fields(written, path)
    suspension = Suspension(one.day("from"), one.day("until"))
    one.finish()
    if suspension.last < suspension.first:
        raise Refusal("end_before_start", one.at("until"))
    return suspension


def _kinds(fields: Fields, name: str, kinds: type[E]) -> frozenset[E] | None:
    if not fields.has(name):
        fields.raw(name)
        return None
    return frozenset(fields.each(name, lambda one, path: choice(one, path, kinds)))


def _iso(one: date | None) -> str | None:
    return one.isoformat() if one else None
