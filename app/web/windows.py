"""Windows: the list, the form with its live check, the page of one, and the steps."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import moved
from app.domain.access import Right
from app.domain.lifecycle import State, Step
from app.domain.proposals import Proposal
from app.domain.refusal import NotFound, Refusal
from app.domain.register import RegisteredWindow
from app.domain.spans import Span
from app.domain.walltime import ZONE_NAMES, midnight
from app.domain.workdays import ONE_DAY
from app.phrases.statuses import status_of
from app.queries.checks import preview_check
from app.queries.past_checks import past_check
from app.queries.slots import BetterTimes
from app.queries.window_pages import WindowPage, choices, window_list, window_page
from app.queries.window_seen import window_seen
from app.store.database import Work
from app.store.windows import Filter
from app.usecases import decisions, proposals, reviewing
from app.usecases.decisions import Seen
from app.web.answers import page
from app.web.forms import WINDOW_FIELDS, ReasonForm, WindowForm, text_of, time_values, version_of, window_values
from app.web.free_strip import FreeStrip, free_strip
from app.web.routing import Door
from app.web.slot_form import USUAL, SlotForm
from app.web.typed import read_day, read_instant
from app.web.visit import visit

door = Door()

OPEN = (State.DRAFT, State.UNDER_REVIEW, State.WAIVER_REQUESTED, State.ON_HOLD, State.APPROVED, State.IN_PROGRESS)


@door.route("/windows", Right.SEE)
def list_windows() -> ResponseReturnValue:
    problem: Refusal | None = None
    try:
        chosen = _filter()
    except Refusal as refusal:
        problem, chosen = refusal, Filter()
    with visit().reading() as work:
        found = window_list(work, chosen)
    return page("windows.html", 200 if problem is None else 422, found=found, states=State, open_states=OPEN, problem=problem)


@door.route("/windows/new", Right.PROPOSE)
def new_window() -> ResponseReturnValue:
    form = WindowForm(visit().language, zone=visit().zone, rollback_minutes="60", type="normal", impact="outage")
    return window_form_page(form)


@door.route("/windows/new", Right.PROPOSE, ("POST",))
def propose_window() -> ResponseReturnValue:
    """Submit, or keep as a draft: which, the pressed button says."""
    form = WindowForm(visit().language)
    verb = proposals.draft_window if "draft" in request.form else proposals.propose_window
    return _kept(form, verb, None)


@door.route("/windows/check", Right.PROPOSE, ("POST",))
def check_window() -> ResponseReturnValue:
    """The live check while somebody types: the same check as everywhere, on what is filled in so far."""
    form = WindowForm(visit().language)
    try:
        proposal = form.proposal(is_preview=True)
        with visit().reading() as work:
            check = preview_check(work, proposal, request.args.get("window", ""))
    except Refusal as refusal:
        form.refuse(refusal, WINDOW_FIELDS)
        return page("check_waiting.html", form=form)
    return page("check.html", check=check, proposal=proposal)


@door.route("/windows/<window_id>", Right.SEE)
def show_window(window_id: str) -> ResponseReturnValue:
    return _window_page(window_id, None)


@door.route("/windows/<window_id>/checks/<int:number>", Right.SEE)
def show_past_check(window_id: str, number: int) -> ResponseReturnValue:
    with visit().reading() as work:
        found = past_check(work, window_id, number)
    return page("past_check.html", found=found)


@door.route("/windows/<window_id>/change", Right.PROPOSE)
def change_window_page(window_id: str) -> ResponseReturnValue:
    """As it is, or with another time that was chosen for it: `at` is the instant of its start."""
    with visit().reading() as work:
        known = window_page(work, window_id)
    values = window_values(known.registered, visit().language.code)
    if request.args.get("at"):
        values |= time_values(moved.starting(known.registered.window, read_instant(request.args["at"], "start")))
    return window_form_page(WindowForm(visit().language, **values), known)


@door.route("/windows/<window_id>/change", Right.PROPOSE, ("POST",))
def change_window(window_id: str) -> ResponseReturnValue:
    """A draft is edited; an approved window, or one on hold, is rescheduled."""
    form = WindowForm(visit().language)
    with visit().reading() as work:
        known = window_page(work, window_id)
    verb = proposals.edit_window if known.registered.state is State.DRAFT else proposals.reschedule_window

    def change(work: Work, proposal: Proposal) -> RegisteredWindow:
        return verb(work, window_id, proposal, version_of(form))

    return _kept(form, change, known)


@door.route("/windows/<window_id>/<step>", Right.SEE, ("POST",))
def take_step(window_id: str, step: str) -> ResponseReturnValue:
    """One of the steps of a window's life; the use case asks for the right and says what is in the way."""
    if step not in STEPS:
        raise NotFound("page")
    form = ReasonForm(visit().language)
    try:
        with visit().writing() as work:
            STEPS[step](work, window_id, form)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _window_page(window_id, form, status_of(refusal), step)
    return redirect(url_for("pages.show_window", window_id=window_id))


STEPS: dict[str, Callable[[Work, str, ReasonForm], object]] = {
    Step.SUBMIT: lambda work, key, form: proposals.submit_window(work, key, version_of(form)),
    Step.APPROVE: lambda work, key, form: _approve(work, key, form),
    Step.REAPPROVE: lambda work, key, form: _approve(work, key, form),
    Step.REJECT: lambda work, key, form: decisions.reject_window(work, key, text_of(form.reason), version_of(form)),
    Step.RETURN_FOR_REWORK: lambda work, key, form: decisions.return_window(work, key, text_of(form.reason), version_of(form)),
    Step.WITHDRAW: lambda work, key, form: decisions.withdraw_window(work, key, text_of(form.reason), version_of(form)),
    Step.CLOSE: lambda work, key, form: reviewing.close_window(work, key, version_of(form)),
    Step.CANCEL: lambda work, key, form: decisions.cancel_window(work, key, text_of(form.reason), version_of(form)),
}


def _approve(work: Work, window_id: str, form: ReasonForm) -> object:
    seen = Seen(version_of(form), text_of(form.fingerprint))
    return decisions.approve_window(work, window_id, text_of(form.reason), seen, text_of(form.short_notice))


def _kept(form: WindowForm, verb: Callable[[Work, Proposal], RegisteredWindow], known: WindowPage | None) -> ResponseReturnValue:
    try:
        proposal = form.proposal()
        with visit().writing() as work:
            kept = verb(work, proposal)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, WINDOW_FIELDS)
        return window_form_page(form, known, status_of(refusal))
    return redirect(url_for("pages.show_window", window_id=kept.id))


def window_form_page(
    form: WindowForm,
    known: WindowPage | None = None,
    status: int = 200,
    finder: SlotForm | None = None,
    times: BetterTimes | None = None,
) -> ResponseReturnValue:
    """The form of a window; beside a new one the slot finder, with what it found."""
    with visit().reading() as work:
        names = choices(work)
    blank = SlotForm(visit().language, formdata=None, **USUAL)
    return page(
        "window_form.html",
        status,
        form=form,
        known=known,
        names=names,
        zones=sorted(ZONE_NAMES),
        finder=finder or blank,
        times=times,
        strip=strip_of(times) if times else None,
    )


def strip_of(times: BetterTimes) -> FreeStrip | None:
    return free_strip(times.free, times.wanted.first, times.wanted.last, times.window.zone)


def _window_page(window_id: str, form: ReasonForm | None, status: int = 200, step: str = "") -> ResponseReturnValue:
    with visit().reading() as work:
        found = window_page(work, window_id)
        seen = window_seen(work, found.registered)
    blank = ReasonForm(visit().language, formdata=None)
    return page("window.html", status, found=found, form=form or blank, blank=blank, tried=step, seen=seen)


def _filter() -> Filter:
    """The list's filter as its address says it; a day that cannot be read is refused."""
    asked = request.args
    states = [State(one) for one in asked.getlist("state") if one in list(State)]
    first, last = asked.get("from", "").strip(), asked.get("to", "").strip()
    start = midnight(read_day(first, "from"), visit().zone) if first else 0
    end = midnight(read_day(last, "to") + ONE_DAY, visit().zone) if last else 2**40
    return Filter(
        states=frozenset(states or ([] if asked.get("all") else OPEN)),
        supplier=asked.get("supplier", "")[:80],
        service=asked.get("service", "")[:80],
        customer=asked.get("customer", "")[:80],
        text=asked.get("text", "").strip()[:80],
        meets=Span(start, end) if first or last else None,
    )
