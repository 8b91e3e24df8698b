"""What asks for somebody's attention now: promises, decisions, windows at risk, and notice that runs out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.access import PartyKind
from app.domain.lifecycle import State
from app.domain.notice import NoticeLimit, notice_limits
from app.domain.promises import DAY
from app.domain.refusal import NotFound
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.queries.names import Names, load_names
from app.queries.promise_pages import Group, waiting
from app.store import notice, receipts, windows
from app.store.calendars import load_calendars
from app.store.database import Work
from app.store.windows import Filter

AHEAD = 14 * DAY
"""So far ahead an approved window with an advisory is shown as one to keep an eye on."""

AMBER = 3 * DAY
"""So long before it is too late to announce a window that is shown."""

MOST = 10
"""So many windows to decide on are shown, those that start first."""

TO_DECIDE = frozenset({State.UNDER_REVIEW, State.WAIVER_REQUESTED})


@dataclass(frozen=True)
class Desk:
    """Windows are by start, promises and limits by when they fall."""

    waiting: Sequence[Group]
    decide: Sequence[RegisteredWindow]
    more_to_decide: int
    verdicts: Mapping[str, Verdict]
    at_risk: Sequence[RegisteredWindow]
    limits: Sequence[tuple[RegisteredWindow, NoticeLimit]]
    starts: Mapping[str, Span]
    names: Names


def desk(work: Work) -> Desk:
    """For the integrator alone."""
    if work.actor.kind is not PartyKind.INTEGRATOR:
        raise NotFound("page")
    open_ones = waiting(work)
    decide = windows.visible_windows(work, Filter(states=TO_DECIDE))
    held = windows.visible_windows(work, Filter(states=frozenset({State.ON_HOLD})))
    soon = windows.visible_windows(work, Filter(states=frozenset({State.APPROVED}), meets=Span(work.now, work.now + AHEAD)))
    at_risk = [*held, *(one for one in soon if one.approved_verdict is Verdict.ADVISORY)]
    every = [*decide, *at_risk]
    return Desk(
        open_ones,
        decide[:MOST],
        len(decide[MOST:]),
        receipts.latest_verdicts(work, [one.id for one in every]),
        at_risk,
        _limits(work, decide),
        {one.id: _next(one, work.now) for one in every},
        load_names(work, window_ids={one.first.window for one in open_ones}),
    )


def _limits(work: Work, undecided: Sequence[RegisteredWindow]) -> list[tuple[RegisteredWindow, NoticeLimit]]:
    """Of each window that is not decided on, its first limit, when that is near or was passed before the start."""
    reached = windows.reached_by(work, [one.id for one in undecided])
    customers = set().union(*reached.values())
    terms, calendars = notice.terms_of(work, customers), load_calendars(work, customers)
    found = []
    for one in undecided:
        theirs = {customer: terms[customer] for customer in reached.get(one.id, ()) if customer in terms}
        first = next(iter(notice_limits(theirs, [_next(one, work.now).start], work.now, calendars)), None)
        if first and first.too_late_from - AMBER <= work.now < first.start:
            found.append((one, first))
    return sorted(found, key=lambda pair: (pair[1].too_late_from, pair[0].id))


def _next(one: RegisteredWindow, now: Instant) -> Span:
    """When it is, or next is, or was last."""
    planned = [occurrence.planned for occurrence in dated(one.window).occurrences]
    return next((span for span in planned if span.end > now), planned[-1])
