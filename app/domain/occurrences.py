"""When exactly is a peak busy? Peak to dated occurrences with their UTC segments."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.domain.anchor_dates import FIRST_DAY, LAST_DAY, earliest, longest, longest_anchors
from app.domain.anchors import Anchor, Entries
from app.domain.peaks import DailyHours, Peak
from app.domain.spans import Instant, Span, merged, without
from app.domain.walltime import local_day, midnight, rule_instant, whole_day
from app.domain.workdays import ONE_DAY, Calendars, calendar_named

DAY_SECONDS = 24 * 3600


class Occurrence(NamedTuple):
    """One dated busy period: the anchor's first date names it, the days are local and inclusive.

    The segments are what is busy of these days; none when all of it is suspended.
    """

    anchor: date
    first_day: date
    last_day: date
    segments: tuple[Span, ...]


def occurrences(peak: Peak, first: date, last: date, calendars: Calendars) -> list[Occurrence]:
    """The occurrences whose anchor lies in `[first, last]`, ascending.

    Anchors are those of the rule and the added ones, within the peak's validity, without the excepted ones;
    lead days of a valid anchor always count. Of several that begin on one date the longest stands for all. One that was
    moved counts on the date it was moved to, wherever it was. A peak that is switched off has none.
    """
    if not peak.enabled:
        return []
    found = _anchors(peak, first, last, calendars)
    if peak.moved:
        found = _after_moves(peak, found, first, last, calendars)
    return [_occurrence(peak, day, until, calendars) for day, until in sorted(found.items())]


def _anchors(peak: Peak, first: date, last: date, calendars: Calendars) -> dict[date, date]:
    """By first date the last one of each anchor that counts, before any was moved."""
    found = longest_anchors(peak.rule, first, last, calendars)
    for day in peak.also_on:
        if first <= day <= last:
            found.setdefault(day, day)
    if not peak.except_on and peak.valid_from is None and peak.valid_until is None:
        return found
    return {day: until for day, until in found.items() if peak.is_valid_on(day) and day not in peak.except_on}


def _after_moves(peak: Peak, found: dict[date, date], first: date, last: date, calendars: Calendars) -> dict[date, date]:
    """A date without an anchor (its rule was changed since) moves nothing."""
    after = {day: until for day, until in found.items() if day not in {move.day for move in peak.moved}}
    for move in peak.moved:
        if first <= move.to <= last:
            for day, until in _anchors(peak, move.day, move.day, calendars).items():
                moved_until = until + (move.to - day)
                after[move.to] = max(moved_until, after.get(move.to, moved_until))
    return after


def occurrences_meeting(peak: Peak, span: Span, calendars: Calendars) -> list[Occurrence]:
    """The occurrences with a busy second in the span, however long before or after it their anchor lies.

    Of a long span nearly all begin within it and are looked at no further.
    """
    found = occurrences(peak, *anchor_range(peak, span, calendars), calendars)
    start, end = span
    return [one for one in found if one.segments and (start < one.segments[0].start < end or any(map(span.overlaps, one.segments)))]


def changed_dates(before: Peak, after: Peak, span: Span, calendars: Calendars) -> set[date]:
    """The anchors whose occurrence within the span came, went, or is busy at other times."""
    old, new = ({one.anchor: one for one in occurrences_meeting(peak, span, calendars)} for peak in (before, after))
    return {anchor for anchor in old.keys() | new.keys() if old.get(anchor) != new.get(anchor)}


def anchor_range(peak: Peak, span: Span, calendars: Calendars) -> tuple[date, date]:
    """The anchors that could be busy in the span: from its first day less the longest busy period, to its last plus the lead."""
    back = longest(peak.rule) + _calendar_days(peak.lead.after, peak.lead.calendar, calendars) + 2
    ahead = earliest(peak.rule) + _calendar_days(peak.lead.before, peak.lead.calendar, calendars) + 2
    first, last = local_day(span.start, peak.zone), local_day(span.end, peak.zone)
    return max(FIRST_DAY, first - timedelta(days=back)), min(LAST_DAY, last + timedelta(days=ahead))


def known_until(peak: Peak) -> Instant | None:
    """The first instant about which a list of dates says nothing; None for a rule without end or a peak that ended before.

    The horizon day itself is still known, to its local midnight.
    """
    horizon = peak.horizon_until
    if not peak.enabled or horizon is None or (peak.valid_until and peak.valid_until <= horizon):
        return None
    return midnight(horizon + ONE_DAY, peak.zone)


def _occurrence(peak: Peak, first: date, last: date, calendars: Calendars) -> Occurrence:
    first_day, last_day = first, last
    if isinstance(peak.rule, Entries):
        segments = tuple(_of_entries(peak, peak.rule, Anchor(first, last)))
        if segments:
            first_day, last_day = local_day(segments[0].start, peak.zone), local_day(segments[-1].end - 1, peak.zone)
    else:
        lead = peak.lead
        first_day = _led(first, -lead.before, lead.calendar, calendars) if lead.before else first
        last_day = _led(last, lead.after, lead.calendar, calendars) if lead.after else last
        segments = _segments(peak, first_day, last_day)
    if peak.suspended:
        gaps = [_whole_days(one.first, one.last, peak.zone) for one in peak.suspended]
        segments = tuple(part for segment in segments for part in without(segment, gaps))
    return Occurrence(first, first_day, last_day, segments)


def _of_entries(peak: Peak, rule: Entries, anchor: Anchor) -> list[Span]:
    """The hours of the day's entries. A day that was added, or that something was moved to, has none: all of it is busy."""
    spans = rule.busy_on(anchor.first)
    if anchor.first in peak.also_on or any(move.to == anchor.first for move in peak.moved):
        spans.append(_whole_days(anchor.first, anchor.last, peak.zone))
    return merged(spans)


def _led(day: date, days: int, calendar: str | None, calendars: Calendars) -> date:
    """Working-day leads count working days; the busy period between stays continuous, weekends included."""
    if calendar is None:
        return day + timedelta(days=days)
    return calendar_named(calendars, calendar).nth_from(day, days)


def _segments(peak: Peak, first_day: date, last_day: date) -> tuple[Span, ...]:
    """Whole local days, or the daily hours of each busy day; hours that fall wholly into a spring gap are dropped."""
    if peak.daily is None:
        return (_whole_days(first_day, last_day, peak.zone),)
    found = []
    day = first_day
    while day <= last_day:
        hours = _hours(day, peak.daily, peak.zone)
        if hours.start < hours.end:
            found.append(hours)
        day += ONE_DAY
    return tuple(found)


def _whole_days(first: date, last: date, zone: str) -> Span:
    if first == last:
        return whole_day(first, zone)
    return Span(whole_day(first, zone).start, whole_day(last, zone).end)


def _hours(day: date, daily: DailyHours, zone: str) -> Span:
    last = day + ONE_DAY if daily.end <= daily.start else day
    return Span(_clock(day, daily.start, zone), _clock(last, daily.end, zone))


def _clock(day: date, minutes: int, zone: str) -> Instant:
    """On a day of 24 hours, as nearly all are, no clock has to be asked."""
    start, end = whole_day(day, zone)
    if end - start == DAY_SECONDS:
        return start + minutes * 60
    return rule_instant(datetime.combine(day, time()) + timedelta(minutes=minutes), zone)


def _calendar_days(days: int, calendar: str | None, calendars: Calendars) -> int:
    """No fewer calendar days than so many working days can take."""
    return days if calendar is None else days * 3 + 30 + calendar_named(calendars, calendar).most_extra_days
