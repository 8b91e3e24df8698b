"""May somebody work on these services from then to then? As the reader may know it."""

from dataclasses import dataclass, replace

from app.domain import moved
from app.domain.access import Right, require
from app.domain.gate import Gate, gate, next_open, open_until
from app.domain.proposals import Proposal, proposed_window
from app.domain.spans import Instant, Span
from app.queries.checks import CheckView, view_situation
from app.store import parties
from app.store.database import Work
from app.store.situations import load_situation

SEARCHED = 31 * 24 * 3600
"""Seconds after the start of the work that are looked at."""


@dataclass(frozen=True)
class GateView:
    """`until`: of an open gate how long the work may last. `next_open`: of another when it opens, None if not found."""

    state: Gate
    check: CheckView
    until: Instant | None
    next_open: Instant | None
    searched_until: Instant


def view_gate(work: Work, proposal: Proposal) -> GateView:
    """The answer for whoever may propose this work: no more than checks of it, now and later, say."""
    require(work.actor, Right.PROPOSE)
    window = proposed_window(proposal, parties.suppliers_of(work, proposal.services), work.actor.party)
    exposed = moved.first_of(window).exposed
    latest = max(exposed.start + SEARCHED, exposed.end)
    whole = moved.throughout(window, Span(exposed.start, latest + exposed.seconds))
    situation = replace(load_situation(work, [whole]), waivers=frozenset())
    check = view_situation(work, window, situation)
    state = gate(check.shown.verdict, check.shown.notes)
    if state is Gate.OPEN:
        return GateView(state, check, open_until(window, latest, situation), None, latest)
    return GateView(state, check, None, next_open(window, latest, situation), latest)
