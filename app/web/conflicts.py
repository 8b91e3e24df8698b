"""The conflicts people have to deal with: one line a cause, and what is said and done about it."""

from collections.abc import Callable

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.domain.walltime import midnight
from app.phrases.statuses import status_of
from app.queries.conflict_list import cause_page, conflict_list
from app.store.database import Work
from app.usecases import conflict_items
from app.web.answers import page
from app.web.forms import LONGEST_TEXT, Form, fitting, text_of
from app.web.routing import Door
from app.web.typed import read_day
from app.web.visit import visit

door = Door()


class CauseForm(Form):
    words = TextAreaField("Your remark")
    until = StringField("Put aside until")
    reason = TextAreaField("Reason")


@door.route("/conflicts", Right.SEE)
def list_conflicts() -> ResponseReturnValue:
    with visit().reading() as work:
        found = conflict_list(work)
    return page("conflicts.html", found=found)


@door.route("/conflicts/<int:number>", Right.SEE)
def show_cause(number: int) -> ResponseReturnValue:
    return _page(number, None, "")


@door.route("/conflicts/<int:number>/remarks", Right.SEE, ("POST",))
def add_remark(number: int) -> ResponseReturnValue:
    return _done(number, "words", lambda work, form: conflict_items.remark(work, number, fitting(form.words, LONGEST_TEXT)))


@door.route("/conflicts/<int:number>/snooze", Right.DECIDE, ("POST",))
def snooze_cause(number: int) -> ResponseReturnValue:
    def snooze(work: Work, form: CauseForm) -> None:
        until = midnight(read_day(text_of(form.until), "until"), visit().zone)
        conflict_items.snooze(work, number, until, fitting(form.reason, LONGEST_TEXT))

    return _done(number, "snooze", snooze)


@door.route("/conflicts/<int:number>/wake", Right.DECIDE, ("POST",))
def wake_cause(number: int) -> ResponseReturnValue:
    return _done(number, "wake", lambda work, _form: conflict_items.wake(work, number))


@door.route("/conflicts/<int:number>/close", Right.DECIDE, ("POST",))
def close_cause(number: int) -> ResponseReturnValue:
    return _done(number, "close", lambda work, form: conflict_items.close(work, number, fitting(form.reason, LONGEST_TEXT)))


def _done(number: int, tried: str, verb: Callable[[Work, CauseForm], None]) -> ResponseReturnValue:
    form = CauseForm(visit().language)
    try:
        with visit().writing() as work:
            verb(work, form)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(number, form, tried, status_of(refusal))
    return redirect(url_for("pages.show_cause", number=number))


def _page(number: int, form: CauseForm | None, tried: str, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = cause_page(work, number)
    blank = CauseForm(visit().language, formdata=None)
    return page("conflict.html", status, found=found, form=form or blank, blank=blank, tried=tried)
