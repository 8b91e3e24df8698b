"""Was told in time what we said we would tell? Promises, what keeps them, and when one is due."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.lifecycle import State
from app.domain.running import Run
from app.domain.spans import Instant
from app.domain.windows import ChangeType

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
SOONEST = 15 * MINUTE
"""Nothing is promised sooner by the system: who has to tell it needs a moment."""

LONGEST_AHEAD = 366 * DAY
LONGEST_WORDS = 2000


ENDED, AT_ONCE, NOT_ASKED = "window_ended", "told_at_once", "not_asked"
"""Why the system withdraws a promise; a person gives a reason in words."""


OFFERED = (30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY)
"""Within how long somebody can promise to tell, to choose from."""


class News(StrEnum):
    """What an update brings: content, how it is going (process), or that there is no news yet. Each keeps a promise."""

    CONTENT = "content"
    PROCESS = "process"
    NO_NEWS = "no_news"


class Occasion(StrEnum):
    """Why something is promised; `agreed`: a person said so."""

    SUBMISSION = "submission"
    WAIVER = "waiver"
    APPROVAL = "approval"
    START = "start"
    OVERRUN = "overrun"
    HOLD = "hold"
    REVIEW = "review"
    AGREED = "agreed"


@dataclass(frozen=True)
class Term:
    """Within how many seconds the system promises to tell, of an emergency and of any other change, and what is wanted."""

    seconds: int
    emergency_seconds: int
    wanted: News


TERMS: Mapping[Occasion, Term] = {
    Occasion.SUBMISSION: Term(2 * DAY, HOUR, News.CONTENT),
    Occasion.APPROVAL: Term(DAY, HOUR, News.CONTENT),
    Occasion.START: Term(HOUR, HOUR, News.PROCESS),
    Occasion.OVERRUN: Term(30 * MINUTE, 30 * MINUTE, News.PROCESS),
    Occasion.HOLD: Term(4 * HOUR, HOUR, News.CONTENT),
    Occasion.REVIEW: Term(3 * DAY, 3 * DAY, News.CONTENT),
}


class Status(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """How a promise stands at a moment. `at`: when it was kept, late or not, or withdrawn; `late_seconds` count from the due time.

    `seconds_left` is how long an update would still keep it.
    """

    status: Status
    at: Instant | None = None
    late_seconds: int | None = None
    seconds_left: int | None = None


@dataclass(frozen=True)
class Promise:
    """One party promised another to tell of a window before `due_at`. `made_by` None: the system.

    `answered_at` is its first update; `reminded_at` when who made it was reminded; `settled` says why it was withdrawn.
    """

    window: str
    by: str
    to: str
    occasion: Occasion
    wanted: News
    made_at: Instant
    due_at: Instant
    grace: int = 0
    made_by: str | None = None
    id: int = 0
    answered_at: Instant | None = None
    reminded_at: Instant | None = None
    withdrawn_at: Instant | None = None
    reason: str = ""

    @property
    def remind_at(self) -> Instant:
        """At two thirds of its time, to the second and not before."""
        return self.made_at - (self.made_at - self.due_at) * 2 // 3

    @property
    def is_unanswered(self) -> bool:
        """Somebody still waits, in time or not."""
        return self.answered_at is None and self.withdrawn_at is None

    def standing(self, now: Instant) -> Standing:
        updates = () if self.answered_at is None else (self.answered_at,)
        return standing(self.made_at, self.due_at, self.grace, updates, self.withdrawn_at, now)


@dataclass(frozen=True)
class Update:
    """What one party told others of a window. `state`: told by a step itself; otherwise in words, which may be in one language.

    `next_at` is before when it promised to tell again.
    """

    window: str
    by: str
    to: tuple[str, ...]
    kind: News
    at: Instant
    nl: str = ""
    en: str = ""
    state: State | None = None
    next_at: Instant | None = None
    told_by: str | None = None
    id: int = 0

    def words(self, code: str) -> str:
        """In the reader's language, or in the other one when it was told in that alone."""
        return (self.nl or self.en) if code == "nl" else (self.en or self.nl)


def standing(
    made_at: Instant,
    due_at: Instant,
    grace: int,
    updates: Collection[Instant],
    withdrawn_at: Instant | None,
    now: Instant,
) -> Standing:
    """How a promise stands now (SCHEMA, D30).

    The first update after it was made counts, whatever it brings; in the very second it was made is the message that holds
    the promise itself. Up to `due_at + grace`, that second included, it is kept. What is still to come is not looked at. A
    withdrawal counts when nothing was told before it and there was still time.
    """
    limit = due_at + grace
    first = min((at for at in updates if made_at < at <= now), default=None)
    if withdrawn_at is not None and withdrawn_at <= min(now, limit) and (first is None or withdrawn_at < first):
        return Standing(Status.WITHDRAWN, withdrawn_at)
    if first is not None:
        return Standing(Status.KEPT, first) if first <= limit else Standing(Status.LATE, first, first - due_at)
    if now > limit:
        return Standing(Status.MISSED, late_seconds=now - due_at)
    return Standing(Status.OPEN, seconds_left=limit - now)


def due_at(occasion: Occasion, change: ChangeType, now: Instant, start: Instant | None) -> Instant:
    """Before when the system promises to tell, when something happens now to a window that next starts at `start`.

    After its usual time, but no later than the start, if that is still ahead: afterwards it would be no use.
    """
    term = TERMS[occasion]
    due = from_now(now, term.emergency_seconds if change is ChangeType.EMERGENCY else term.seconds)
    return min(due, max(start, from_now(now, SOONEST))) if start is not None and start > now else due


def from_now(now: Instant, seconds: int) -> Instant:
    """So many seconds from now, up to the next whole minute: a time that somebody can be told."""
    return -(-(now + seconds) // MINUTE) * MINUTE


PROMISED: Mapping[State, Occasion] = {
    State.UNDER_REVIEW: Occasion.SUBMISSION,
    State.APPROVED: Occasion.APPROVAL,
    State.ON_HOLD: Occasion.HOLD,
    State.IN_PROGRESS: Occasion.START,
    State.IMPLEMENTED: Occasion.REVIEW,
}
"""On which occasion something is promised when a window comes into a state."""

ANSWERS = frozenset({State.APPROVED, State.REJECTED, State.DRAFT, State.WAIVER_REQUESTED, State.CANCELLED})
"""States into which the integrator brings a window and by that answers its supplier."""


@dataclass(frozen=True)
class Sides:
    """Those between whom something is promised of one window: its supplier and the customers it reaches."""

    integrator: str
    supplier: str
    customers: Collection[str]

    def of(self, occasion: Occasion) -> list[tuple[str, str]]:
        """Who promises whom. Customers hear of the integrator alone, who hears of the supplier: one voice."""
        to_supplier, to_integrator = [(self.integrator, self.supplier)], [(self.supplier, self.integrator)]
        to_customers = [(self.integrator, one) for one in sorted(self.customers)]
        match occasion:
            case Occasion.SUBMISSION:
                return to_supplier
            case Occasion.APPROVAL | Occasion.REVIEW:
                return to_customers
            case Occasion.HOLD:
                return to_supplier + to_customers
            case Occasion.START | Occasion.OVERRUN:
                return to_integrator + to_customers
            case Occasion.WAIVER:
                return [(one, self.integrator) for one in sorted(self.customers)]
            case Occasion.AGREED:
                return []


def offer(seconds: int) -> int:
    """The longest that is offered and not longer than that; the shortest, if all are."""
    return max((one for one in OFFERED if one <= seconds), default=OFFERED[0])


def usual_within(run: Run | None, now: Instant) -> int:
    """Within how many seconds more is usually promised: sooner while the work goes on, and once it takes longer than planned."""
    if run is None:
        return DAY
    return TERMS[Occasion.OVERRUN if run.planned.end < now else Occasion.START].seconds


@dataclass(frozen=True)
class Kept:
    """How many promises a party kept, was late with and missed."""

    kept: int = 0
    late: int = 0
    missed: int = 0

    @property
    def rate(self) -> float | None:
        """The part that was kept in time; None of nothing."""
        count = self.kept + self.late + self.missed
        return self.kept / count if count else None


def kept_by(promises: Collection[Promise], now: Instant) -> dict[str, Kept]:
    """By party: how it kept its promises. One that is open or was withdrawn in time says nothing yet, or any more."""
    found: dict[str, Kept] = {}
    for one in promises:
        known = found.get(one.by, Kept())
        match one.standing(now).status:
            case Status.KEPT:
                found[one.by] = Kept(known.kept + 1, known.late, known.missed)
            case Status.LATE:
                found[one.by] = Kept(known.kept, known.late + 1, known.missed)
            case Status.MISSED:
                found[one.by] = Kept(known.kept, known.late, known.missed + 1)
            case Status.OPEN | Status.WITHDRAWN:
                pass
    return found
