"""Windows for programs: checked, listed, looked at, handed in."""

import json
from hashlib import sha256

from flask import request
from flask.typing import ResponseReturnValue

from app.api.answers import answer
from app.api.reading import body, known_only, many, moment, one
from app.api.routing import Door, call
from app.domain.access import PartyKind
from app.domain.lifecycle import State
from app.domain.notation.disclosed import write_shown
from app.domain.notation.fields import choice
from app.domain.notation.instants import write_instant
from app.domain.notation.proposals import read_proposal
from app.domain.notation.rules import Written
from app.domain.notation.windows import write_window
from app.domain.refusal import Refusal
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Span
from app.domain.tokens import Scope
from app.queries.checks import CheckView, preview_check
from app.queries.names import Names
from app.queries.window_pages import window_list, window_page
from app.store.windows import Filter
from app.usecases.once import once
from app.usecases.proposals import draft_window, propose_window

door = Door()
HANDED_IN = {"submit": propose_window, "draft": draft_window}


@door.route("POST", "/checks", Scope.CHECK)
def check_proposal() -> ResponseReturnValue:
    """The check of a proposal, as the form shows it while somebody types. Nothing is kept."""
    proposal = read_proposal(body(), is_preview=True)
    with call().reading() as work:
        return answer(_check(preview_check(work, proposal)))


@door.route("GET", "/windows", Scope.READ_WINDOWS)
def list_windows() -> ResponseReturnValue:
    """At most 200, by start; `is_cut` says that there are more: ask by `from` and `until`."""
    known_only("state", "supplier", "service", "text", "from", "until")
    states = frozenset(choice(state, "state", State) for state in many("state"))
    span = Span(moment("from"), moment("until")) if {"from", "until"} & set(request.args) else None
    if span and span.end <= span.start:
        raise Refusal("end_not_after_start", "until")
    chosen = Filter(states, supplier=one("supplier", ""), service=one("service", ""), text=one("text", ""), meets=span)
    with call().reading() as work:
        found = window_list(work, chosen)
    windows = [_window(each, found.names) | _verdict(found.verdicts.get(each.id)) for each in found.windows]
    return answer({"windows": windows, "is_cut": found.is_cut})


@door.route("GET", "/windows/<window_id>", Scope.READ_WINDOWS)
def show_window(window_id: str) -> ResponseReturnValue:
    """With its check against the present situation."""
    known_only()
    with call().reading() as work:
        found = window_page(work, window_id)
    return answer(_window(found.registered, found.names) | {"check": _check(found.check)})


@door.route("POST", "/windows", Scope.WRITE_WINDOWS)
def hand_in_window() -> ResponseReturnValue:
    """Submitted, or with `"as": "draft"` kept as a draft. A repeated Idempotency-Key makes no second window."""
    written = dict(body())
    asked = sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()
    verb = HANDED_IN.get(str(written.pop("as", "submit")))
    if verb is None:
        raise Refusal("bad_value", "as", expected="choice", known=", ".join(HANDED_IN), got="")
    proposal = read_proposal(written)
    with call().writing() as work:
        made, is_new = once(work, request.headers.get("Idempotency-Key", ""), asked, proposal, verb)
        found = window_page(work, made.id)
    return answer(_window(found.registered, found.names) | {"check": _check(found.check)}, 201 if is_new else 200)


def _check(view: CheckView) -> Written:
    times = [
        {"start": write_instant(one.planned.start), "end": write_instant(one.planned.end), "until": write_instant(one.exposed.end)}
        for one in view.occurrences
    ]
    return {"verdict": str(view.shown.verdict), "occurrences": times, "result": write_shown(view.shown, view.window.id)}


def _verdict(verdict: object) -> Written:
    return {"verdict": str(verdict)} if verdict else {}


def _window(registered: RegisteredWindow, names: Names) -> Written:
    """As its page tells it: a customer reads of the services it knows, and not how the work is done."""
    written = write_window(registered.window)
    span = dated(registered.window).span
    told: Written = {
        "title": registered.title.by_language,
        "business_text": registered.business_text,
        "state": str(registered.state),
        "version": registered.version,
        "exposed": {"start": write_instant(span.start), "end": write_instant(span.end)} if span else None,
    }
    if call().actor.kind is PartyKind.CUSTOMER:
        written["services"] = sorted(one for one in registered.window.services if one in names.services)
        for name in ("rrule", "exdates", "rdates"):
            written.pop(name, None)
        return written | told
    return written | told | {"rollback_plan": registered.rollback_plan}
