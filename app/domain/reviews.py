"""Is a window's review complete? What its customers and the integrator still have to say, and until when they may."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.lifecycle import Facts
from app.domain.running import Runs
from app.domain.spans import Instant
from app.domain.walltime import local_day, midnight
from app.domain.windows import ChangeType
from app.domain.workdays import WorkdayCalendar

REVIEW_DAYS = 10
"""Working days after the day on which the work was finished."""

MOST_REVIEW_DAYS = 31
"""Calendar days that these are at the most, whatever the holidays."""

REVIEW_CALENDAR, REVIEW_ZONE = "NL", "Europe/Amsterdam"
LEAST_MARK, MOST_MARK = 1, 10


@dataclass(frozen=True)
class Review:
    """A customer's own mark and sentence for one occurrence that reached it; never made from figures."""

    window: str
    occurrence: str
    customer: str
    mark: int
    remark: str
    given_at: Instant = 0


def last_review_day(finished_at: Instant, calendar: WorkdayCalendar) -> date:
    """The last local day on which a mark can be given for work that was finished then."""
    return calendar.nth_from(local_day(finished_at, REVIEW_ZONE), REVIEW_DAYS)


def reviewed_until(finished_at: Instant, calendar: WorkdayCalendar) -> Instant:
    """The first instant at which it is too late for a mark."""
    return midnight(last_review_day(finished_at, calendar) + timedelta(days=1), REVIEW_ZONE)


@dataclass(frozen=True)
class Closing:
    """What closing a window looks at: its runs, of whom a mark is asked, and by occurrence and customer which were given."""

    runs: Runs
    asked: frozenset[str]
    marked: Collection[tuple[str, str]]
    open_promises: int

    def facts(self, change: ChangeType, now: Instant, calendar: WorkdayCalendar) -> Facts:
        return Facts(
            type=change,
            open_promises=self.open_promises,
            retrospective_done=bool(self.runs) and all(run.retrospective.strip() for run in self.runs.values()),
            review_complete=not self.missing(now, calendar),
        )

    def missing(self, now: Instant, calendar: WorkdayCalendar) -> list[tuple[str, str]]:
        """Occurrence and customer of each mark that is not there and may still come."""
        waited_for = [
            key for key, run in self.runs.items() if run.finished_at is None or now < reviewed_until(run.finished_at, calendar)
        ]
        return [(key, customer) for key in waited_for for customer in sorted(self.asked) if (key, customer) not in self.marked]
