"""How does a window run? Each of its occurrences is started, finished and usable again at times of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.domain.lifecycle import Facts
from app.domain.refusal import Refusal
from app.domain.situation import dated
from app.domain.spans import Instant, Span
from app.domain.windows import Window, WindowOccurrence, occurrence_key

MOST_GOING_BACK = 7 * 24 * 60
"""Minutes that going back can be estimated at."""

MINUTE = 60


@dataclass(frozen=True)
class Run:
    """One occurrence of a window as it really went; the planned times are those it was started with.

    `going_back` are the minutes the supplier estimates for it. `experts` were on the bridge at the start. `decision` is
    `go` or `back`. Usable again is apart from finished: it is often said later, and None until then. `alarms` have been
    noted on the trail.
    """

    window: str
    occurrence: str
    planned: Span
    exposed_until: Instant
    going_back: int
    started_at: Instant
    experts: tuple[str, ...] = ()
    finished_at: Instant | None = None
    result: str = ""
    remark: str = ""
    usable_at: Instant | None = None
    decision: str = ""
    decided_at: Instant | None = None
    retrospective: str = ""
    alarms: frozenset[str] = field(default_factory=frozenset)
    looked_at: Instant | None = None

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    def taken(self, now: Instant) -> Span:
        """From the start until its services could be used again; where that was not said until it was finished, or now."""
        end = self.usable_at or self.finished_at or now
        return Span(self.started_at, max(self.started_at, end))


Runs = Mapping[str, Run]
"""By the key of the occurrence, in the order in which they were started."""


@dataclass(frozen=True)
class Turn:
    """The occurrence that can be started next, or that nobody can start any more."""

    key: str
    occurrence: WindowOccurrence
    is_last: bool


def next_turn(window: Window, done: Collection[str], now: Instant) -> Turn:
    """The first occurrence that has not run and is not over; when there is none, the last one: it is too late for it."""
    occurrences = dated(window).occurrences
    keyed = [(occurrence_key(window, one), one) for one in occurrences]
    to_come = [pair for pair in keyed if pair[0] not in done and pair[1].planned.end > now]
    key, occurrence = to_come[0] if to_come else keyed[-1]
    return Turn(key, occurrence, is_last_occurrence(window, key))


def is_last_occurrence(window: Window, key: str) -> bool:
    """Whether a window is over with this one. An occurrence that is no longer in its series is not its last."""
    return key == occurrence_key(window, dated(window).occurrences[-1])


def start_facts(window: Window, turn: Turn, now: Instant, *, is_expert_there: bool) -> Facts:
    """What the guards of starting look at. Part of a minute counts as one: sixteen minutes early begins at 15:01."""
    return Facts(
        type=window.type,
        minutes_to_start=_minutes(turn.occurrence.planned.start - now),
        minutes_to_end=_minutes(turn.occurrence.planned.end - now),
        expert_on_bridge=is_expert_there,
    )


def open_run(runs: Runs) -> Run | None:
    """The one that is going on. There is one at a time: the next starts when the one before has been finished."""
    return next((one for one in runs.values() if one.is_open), None)


def last_run(runs: Runs) -> Run | None:
    return max(runs.values(), key=lambda one: (one.started_at, one.occurrence), default=None)


def require_past(at: Instant, run: Run, now: Instant, field_name: str) -> Instant:
    """Refused when nothing can have happened then: before the work began, or later than now."""
    if at < run.started_at:
        raise Refusal("before_the_start", field_name)
    if at > now:
        raise Refusal("not_yet", field_name)
    return at


def _minutes(seconds: int) -> int:
    return -(-seconds // MINUTE)
