"""What people hand in and look at in these tests, and how a "no" is expected.

Times that are used again and again, in Amsterdam, all in January 2027 unless said otherwise: a gateway at night reaches nobody
as long as the other one is up; TV in the evening meets an advisory peak; certificates in the evening wave need a waiver, and in
the week before Christmas they are frozen; the bank's app on a Tuesday night meets nothing, though a customer uses it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import text

from app.domain.anchors import Anchor, AnchorRule, Dates
from app.domain.peaks import Peak, Severity
from app.domain.proposals import Proposal
from app.domain.refusal import Problem, Refusal
from app.domain.register import Name, RegisteredWindow, TrailEntry
from app.domain.result import CheckResult
from app.domain.waivers import BusyDate, WaiverRecord, WaiverStatus
from app.domain.windows import ChangeType, Impact
from app.queries.window_pages import window_page
from app.store import trail, waivers, windows
from app.store.database import Database, Work
from app.store.tables import metadata
from app.usecases import decisions, proposals
from app.usecases.decisions import Seen
from app.usecases.peaks import PeakDraft
from tests.conftest import Person

ZONE = "Europe/Amsterdam"
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is decided, which does not depend on the kind of database. What is kept does, and is tested on both."""


def proposal(services: str, start: str, end: str, **more: object) -> Proposal:
    """A normal change with a rollback plan, in Amsterdam time."""
    given = {"title": "New firmware", "type": ChangeType.NORMAL, "impact": Impact.OUTAGE, "zone": ZONE, "rollback_minutes": 30}
    words = {"rollback_plan": "Put the old one back.", "business_text": ""}
    times = {"start": datetime.fromisoformat(start), "end": datetime.fromisoformat(end)}
    return Proposal(**{"services": frozenset(services.split()), **times, **given, **words, **more})


GATEWAY_A = proposal("PAY-GW-A", "2027-01-12T02:00", "2027-01-12T03:00")
GATEWAY_B = proposal("PAY-GW-B", "2027-01-12T02:00", "2027-01-12T03:00")
BANK_APP = proposal("BANK-APP", "2027-01-12T22:00", "2027-01-12T23:00")
EVENING_TV = proposal("TV-LIVE", "2027-01-12T20:30", "2027-01-12T21:30", rollback_minutes=0)
EVENING_CERTIFICATES = proposal("CERT-ENGINE", "2027-01-12T18:00", "2027-01-12T19:00")
FROZEN_CERTIFICATES = proposal("CERT-ENGINE", "2026-12-16T02:00", "2026-12-16T03:00")
QUEUE_SCRIPT = proposal("MW-QUEUE-2", "2027-01-15T13:00", "2027-01-15T13:30", type=ChangeType.STANDARD)


def moved(known: Proposal, start: str, end: str) -> Proposal:
    return replace(known, start=datetime.fromisoformat(start), end=datetime.fromisoformat(end))


def proposed(person: Person, what: Proposal) -> RegisteredWindow:
    """Handed in, and read back as it is kept."""
    with person.writing() as work:
        key = proposals.propose_window(work, what).id
    return kept(person, key)


def drafted(person: Person, what: Proposal) -> RegisteredWindow:
    with person.writing() as work:
        return proposals.draft_window(work, what)


def kept(person: Person, window_id: str) -> RegisteredWindow:
    with person.reading() as work:
        return windows.load(work, window_id)


def seen(person: Person, window_id: str) -> Seen:
    """What somebody who decides has just looked at."""
    with person.reading() as work:
        page = window_page(work, window_id)
    return Seen(page.registered.version, page.check.fingerprint)


def approved(person: Person, window_id: str, acknowledgement: str = "") -> CheckResult:
    looked_at = seen(person, window_id)
    with person.writing() as work:
        return decisions.approve_window(work, window_id, acknowledgement, looked_at)


def consent(work: Work, window_id: str, customer: str, peak: str, anchor: date) -> WaiverRecord:
    """A customer's consent as it is kept, however it came about."""
    return waivers.add(work, WaiverRecord(window_id, BusyDate(customer, peak, anchor), WaiverStatus.GRANTED))


def trail_of(person: Person, subject: str, subject_id: str) -> list[TrailEntry]:
    with person.reading() as work:
        return trail.entries(work, subject, subject_id)


def busy_on(*days: str, services: frozenset[str] | None = None, severity: Severity = Severity.FREEZE, **more: object) -> PeakDraft:
    """A peak on some days, whole days unless said otherwise."""
    rule: AnchorRule = Dates(tuple(Anchor(date.fromisoformat(one)) for one in days))
    return draft(rule, "Launch of the new app", services=services, severity=severity, **more)


def draft(rule: AnchorRule, name: str, **more: object) -> PeakDraft:
    peak = Peak(**{"id": "", "customer": "", "severity": Severity.FREEZE, "zone": ZONE, "rule": rule, **more})
    return PeakDraft(peak, Name(name, name), "Nobody gets in.")


@contextmanager
def refused(code: str, field: str | None = None) -> Iterator[list[Problem]]:
    """Exactly this "no"; its problems are given for who wants to look at the facts."""
    problems: list[Problem] = []
    with pytest.raises(Refusal) as caught:
        yield problems
    problems += caught.value.problems
    assert caught.value.code == code, f"refused with {caught.value.code} ({problems})"
    assert field is None or problems[0].field == field


def everything(database: Database) -> dict[str, object]:
    """Every row of every table; of occurrences, which are many and derived, how many and the highest number."""
    with database.engine.begin() as connection:
        found: dict[str, object] = {
            name: sorted(map(repr, connection.execute(table.select())))
            for name, table in metadata.tables.items()
            if name != "occurrence"
        }
        found["occurrence"] = tuple(connection.execute(text("SELECT count(*), max(id) FROM occurrence")).one())
    return found


def tell(work: Work, statement: str, **facts: object) -> list[tuple[object, ...]]:
    """A statement of the test's own, for what nobody can do in the application."""
    answer = work.connection.execute(text(statement), facts)
    return [tuple(row) for row in answer] if answer.returns_rows else []
