"""How is one date of a peak taken out or moved, or all of it suspended, and how is that put back? Peak to peak."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.occurrences import changed_dates, occurrences
from app.domain.peaks import MOST_EXCEPTIONS, Move, Peak, Suspension
from app.domain.refusal import Refusal
from app.domain.spans import Span
from app.domain.walltime import midnight
from app.domain.workdays import ONE_DAY, Calendars

LONGEST_SUSPENSION_DAYS = 731
FURTHEST_MOVE_DAYS = 366


@dataclass(frozen=True)
class TakenOut:
    """The occurrence of that anchor does not happen."""

    day: date


PeakException = TakenOut | Move | Suspension


def excepted(peak: Peak, what: PeakException, today: date, calendars: Calendars) -> Peak:
    """The peak with one exception more; refused when it is about no date of this peak, or about a day that is over.

    `today` is the day in the peak's zone. One that was moved is put back before anything else happens to it.
    """
    match what:
        case TakenOut(day):
            _require_date(peak, day, calendars)
            return replace(peak, except_on=peak.except_on | {day})
        case Move(day, to):
            _require_date(peak, day, calendars)
            _require_not_over(to, today, "to")
            if to == day or abs((to - day).days) > FURTHEST_MOVE_DAYS:
                raise Refusal("bad_move", "to", most=FURTHEST_MOVE_DAYS)
            _require_room(len(peak.moved))
            return replace(peak, moved=peak.moved | {what})
        case Suspension(first, last):
            _require_not_over(first, today, "first")
            if last < first:
                raise Refusal("end_before_start", "last")
            if (last - first).days >= LONGEST_SUSPENSION_DAYS:
                raise Refusal("suspension_too_long", "last", most=LONGEST_SUSPENSION_DAYS)
            if what in peak.suspended:
                raise Refusal("already_suspended", "first")
            _require_room(len(peak.suspended))
            return replace(peak, suspended=peak.suspended | {what})


def put_back(peak: Peak, what: PeakException, today: date) -> Peak:
    """The peak without that exception. A suspension that has begun ends with yesterday: what is over stays as it was."""
    match what:
        case TakenOut(day):
            return replace(peak, except_on=peak.except_on - {day})
        case Move():
            return replace(peak, moved=peak.moved - {what})
        case Suspension(first, last):
            if last < today:
                raise Refusal("exception_over")
            kept = {Suspension(first, today - ONE_DAY)} if first < today else set()
            return replace(peak, suspended=(peak.suspended - {what}) | kept)


def holds(peak: Peak, what: PeakException) -> bool:
    """Whether the exception is still part of the peak: a form can change the dates that are left out as well."""
    match what:
        case TakenOut(day):
            return day in peak.except_on
        case Move():
            return what in peak.moved
        case Suspension():
            return what in peak.suspended


def days_of(what: PeakException) -> tuple[date, date]:
    """The first and the last day an exception speaks of."""
    match what:
        case TakenOut(day):
            return day, day
        case Move(day, to):
            return min(day, to), max(day, to)
        case Suspension(first, last):
            return first, last


def touched(before: Peak, after: Peak, what: PeakException, calendars: Calendars) -> set[date]:
    """The anchors of the occurrences that an exception, made or put back, makes other than they were."""
    first, last = days_of(what)
    span = Span(midnight(first - ONE_DAY, before.zone), midnight(last + timedelta(days=2), before.zone))
    return changed_dates(before, after, span, calendars)


def _require_date(peak: Peak, day: date, calendars: Calendars) -> None:
    if any(move.to == day for move in peak.moved) and not occurrences(replace(peak, moved=frozenset()), day, day, calendars):
        raise Refusal("moved_already")
    if not occurrences(peak, day, day, calendars):
        raise Refusal("no_such_date")


def _require_not_over(day: date, today: date, field: str) -> None:
    if day < today:
        raise Refusal("day_is_over", field)


def _require_room(known: int) -> None:
    if known >= MOST_EXCEPTIONS:
        raise Refusal("too_many", most=MOST_EXCEPTIONS, got=known + 1)
