"""A customer follows a calendar by its pages, and the worker brings in what the address would answer."""

from app.domain.access import SYSTEM
from app.domain.foreign_entries import ForeignEntry
from app.domain.spans import Instant
from app.store.database import Database
from app.usecases import refreshing
from app.usecases.refreshing import NewCopy, Outcome
from tests.web.visitor import Answer, Visitor

DAY = 24 * 3600
CANARY = "canary-of-a-secret-address"
ADDRESS = f"webcal://calendars.example/{CANARY}/club.ics?key={CANARY}"
HOME_MATCHES = {"name": "Home matches", "address": ADDRESS, "before": "2", "after": "3", "severity": "freeze"}
CUP_FINAL = ("bad_date", "Cup final", "2027-13-01")


def followed(visitor: Visitor, **changes: str) -> Answer:
    """A new subscription, and its page."""
    form = visitor.get("/subscriptions/new")
    return visitor.follow(visitor.send(form, HOME_MATCHES | changes, id="subscription-form"))


def season(now: Instant, first: int = 0, last: int = 8) -> tuple[ForeignEntry, ...]:
    """A match every fourth week, at 20:00 in Amsterdam in winter."""
    return tuple(
        ForeignEntry(start, start + 2 * 3600, f"match-{n}", None, f"Match {n}")
        for n in range(first, last)
        if (start := now + n * 28 * DAY + DAY)
    )


def copy(entries: tuple[ForeignEntry, ...]) -> NewCopy:
    return NewCopy(repr(entries).encode(), entries, (CUP_FINAL,))


def refreshed(database: Database, now: Instant, outcome: Outcome) -> None:
    """Everything that is due is asked, and answers this."""
    with database.writing(SYSTEM, now) as work:
        errands = refreshing.claim_due(work, "a worker")
    assert errands, "nothing was due"
    for errand in errands:
        with database.writing(SYSTEM, now) as work:
            refreshing.take_in(work, errand.claim, outcome, 0.0)
