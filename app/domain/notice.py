"""How long before it starts does a customer want to know of a window? Its notice term, and from when on it is too late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.domain.walltime import local_day, midnight, zone
from app.domain.workdays import ONE_DAY, Calendars, calendar_named

MOST_NOTICE = {"hours": 24 * 366, "calendar_days": 366, "working_days": 250}
HOUR = 3600


class NoticeUnit(StrEnum):
    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True)
class NoticeTerm:
    """What was agreed with a customer: so many hours, calendar days, or working days of a named calendar.

    Days are counted by local date in `zone`. It holds for windows that start on `since` or later; none is from ever.
    """

    n: int
    unit: NoticeUnit
    zone: str
    calendar: str | None = None
    since: date | None = None

    def too_late_from(self, start: Instant, calendars: Calendars) -> Instant:
        """The first instant at which announcing a window that starts then is too late (SCHEMA, D29).

        Hours are elapsed time, and the last second counts. Of calendar days the whole local day `start - n` counts. Of
        working days there are n full ones strictly between the day of announcing and the day of the start.
        """
        if self.unit is NoticeUnit.HOURS:
            return start - self.n * HOUR + 1
        started = local_day(start, self.zone)
        if self.unit is NoticeUnit.CALENDAR_DAYS or self.n == 0:
            return midnight(started - timedelta(days=self.n) + ONE_DAY, self.zone)
        return midnight(calendar_named(calendars, self.calendar or "").nth_from(started, -self.n), self.zone)

    def is_met(self, announced: Instant, start: Instant, calendars: Calendars) -> bool:
        """Whether a window that starts then was announced in time."""
        return not is_too_late(announced, start, self.too_late_from(start, calendars))


def is_too_late(announced: Instant, start: Instant, too_late_from: Instant) -> bool:
    """Also of an agreement that asks for no time at all: after its start nothing is announced any more."""
    return announced >= too_late_from or announced > start


def term_for(terms: Iterable[NoticeTerm], start: Instant) -> NoticeTerm | None:
    """Of a customer's terms, the latest word first, the one that holds for a window that starts then."""
    holding = [one for one in terms if one.since is None or one.since <= local_day(start, one.zone)]
    return max(holding, key=lambda one: one.since or date.min, default=None)


@dataclass(frozen=True)
class NoticeLimit:
    """From when on a customer would be told too late of a window that starts then, and the term that says so."""

    customer: str
    term: NoticeTerm
    start: Instant
    too_late_from: Instant

    def is_late(self, announced: Instant) -> bool:
        return is_too_late(announced, self.start, self.too_late_from)


def notice_limits(
    terms: Mapping[str, Iterable[NoticeTerm]], starts: Sequence[Instant], announced: Instant, calendars: Calendars
) -> list[NoticeLimit]:
    """By customer with whom notice was agreed, the strictest first, for a window that is announced then.

    Of the starts of a series the first one after that counts; when all are over, the last.
    """
    start = next((one for one in starts if one >= announced), starts[-1])
    found = []
    for customer, theirs in terms.items():
        if term := term_for(theirs, start):
            found.append(NoticeLimit(customer, term, start, term.too_late_from(start, calendars)))
    return sorted(found, key=lambda one: (one.too_late_from, one.customer))


def require_sound_term(term: NoticeTerm, calendars: Calendars) -> None:
    """Refused when it asks for too much, in a zone or by a calendar that does not exist."""
    if not 0 <= term.n <= MOST_NOTICE[term.unit]:
        raise Refusal("bad_number", "n", least=0, most=MOST_NOTICE[term.unit], got=term.n)
    zone(term.zone)
    if term.unit is NoticeUnit.WORKING_DAYS:
        calendar_named(calendars, term.calendar or "")
