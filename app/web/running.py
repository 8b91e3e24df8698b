"""A window while it runs, and the morning after: start, decide, finish, say when it can be used again, give a mark."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import local
from app.phrases.statuses import status_of
from app.queries.running import RunPage, run_page
from app.store.database import Work
from app.usecases import reviewing, running
from app.web.answers import page
from app.web.forms import LONGEST_TEXT, fitting, text_of, version_of
from app.web.routing import Door
from app.web.run_form import RUN_FIELDS, RunForm
from app.web.typed import read_percentage, show_day
from app.web.visit import visit

door = Door()

Verb = Callable[[Work, str, RunForm], object]


@door.route("/windows/<window_id>/run", Right.SEE)
def show_run(window_id: str) -> ResponseReturnValue:
    return _page(window_id, request.args.get("occurrence", ""), None)


@door.route("/windows/<window_id>/run/start", Right.PROPOSE, ("POST",))
def start_run(window_id: str) -> ResponseReturnValue:
    return _kept(
        window_id,
        "start",
        lambda work, key, form: running.start_window(work, key, form.there(), form.minutes_back(), version_of(form)),
    )


@door.route("/windows/<window_id>/run/finish", Right.PROPOSE, ("POST",))
def finish_run(window_id: str) -> ResponseReturnValue:
    zone = visit().zone
    return _kept(window_id, "finish", lambda work, key, form: running.finish_window(work, key, form.ending(zone), version_of(form)))


@door.route("/windows/<window_id>/run/usable", Right.PROPOSE, ("POST",))
def say_usable(window_id: str) -> ResponseReturnValue:
    zone = visit().zone
    return _kept(
        window_id,
        "usable",
        lambda work, key, form: running.say_usable(work, key, text_of(form.occurrence), form.usable(zone), version_of(form)),
    )


@door.route("/windows/<window_id>/run/decide/<decision>", Right.PROPOSE, ("POST",))
def decide_on_run(window_id: str, decision: str) -> ResponseReturnValue:
    """Which of the two, the pressed button says."""

    def decide(work: Work, key: str, form: RunForm) -> None:
        remark = fitting(form.decision_remark, LONGEST_TEXT)
        running.decide_on(work, key, text_of(form.occurrence), decision, remark, version_of(form))

    return _kept(window_id, "decide", decide)


@door.route("/windows/<window_id>/run/mark", Right.REVIEW, ("POST",))
def give_mark(window_id: str) -> ResponseReturnValue:
    return _kept(
        window_id, "mark", lambda work, key, form: reviewing.give_mark(work, key, text_of(form.occurrence), *form.given_mark())
    )


@door.route("/windows/<window_id>/run/retrospective", Right.DECIDE, ("POST",))
def write_retrospective(window_id: str) -> ResponseReturnValue:
    def write(work: Work, key: str, form: RunForm) -> None:
        text = fitting(form.retrospective, LONGEST_TEXT)
        reviewing.write_retrospective(work, key, text_of(form.occurrence), text, version_of(form))

    return _kept(window_id, "retrospective", write)


@door.route("/windows/<window_id>/run/figure", Right.DECIDE, ("POST",))
def write_figure(window_id: str) -> ResponseReturnValue:
    def write(work: Work, key: str, form: RunForm) -> None:
        measured = read_percentage(text_of(form.measured), "measured")
        reviewing.write_figure(work, key, text_of(form.occurrence), str(form.customer.data or ""), measured)

    return _kept(window_id, "figure", write)


def _kept(window_id: str, step: str, verb: Verb) -> ResponseReturnValue:
    form = RunForm(visit().language)
    try:
        with visit().writing() as work:
            verb(work, window_id, form)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, RUN_FIELDS)
        return _page(window_id, text_of(form.occurrence), form, status_of(refusal), step)
    return redirect(url_for("pages.show_run", window_id=window_id, occurrence=text_of(form.occurrence) or None))


def _page(window_id: str, occurrence: str, form: RunForm | None, status: int = 200, step: str = "") -> ResponseReturnValue:
    """What is wrong is told beside its field, where the step's own form is still on the page."""
    with visit().reading() as work:
        found = run_page(work, window_id, occurrence)
    if form and step not in found.in_sight:
        form.tell_above()
    form = form or RunForm(visit().language, formdata=None, **_usual(found))
    form.customer.choices = [(one, found.names.party(one)) for one in sorted(found.asked)]
    return page("run.html", status, found=found, form=form)


def _usual(found: RunPage) -> dict[str, object]:
    """What can be guessed: that it happened just now, and how long going back takes."""
    now = local(visit().now, visit().zone)
    moments = {f"{name}_day": show_day(now.date()) for name in ("finished", "usable")}
    mark = found.own_mark
    return {
        **moments,
        "finished_time": f"{now:%H:%M}",
        "going_back": str(found.registered.window.rollback_minutes),
        "retrospective": found.run.retrospective if found.run else "",
        **({"mark": str(mark.mark), "mark_remark": mark.remark} if mark else {}),
    }
