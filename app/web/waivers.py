"""Asking customers for a waiver, and answering: signed in, or by a link that one person was sent."""

from collections.abc import Callable
from dataclasses import replace

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField

from app.adapters.invitations import Invitations
from app.domain.access import SYSTEM, Right
from app.domain.refusal import NotFound, Refusal
from app.domain.spans import Instant
from app.domain.waivers import BusyDate
from app.domain.walltime import local, single_instant
from app.phrases.findings import say_conflict
from app.phrases.language import Language, language
from app.phrases.statuses import status_of
from app.queries.waiver_pages import RequestPage, may_answer, request_page, waiver_list, waiver_page
from app.store.database import Work
from app.usecases import signing_in, waiving
from app.web.answers import page
from app.web.forms import LONGEST_TEXT, Form, Reading, ReasonForm, fitting, text_of, version_of
from app.web.routing import Door
from app.web.typed import read_wall, show_day
from app.web.visit import visit

door = Door()
REQUEST_FIELDS = {"decide_by": "decide_by_day"}


class RequestForm(Form):
    about = SelectMultipleField("Ask for", validate_choice=False)
    decide_by_day = StringField("Decide before")
    decide_by_time = StringField("Time")
    question = TextAreaField("What you ask, in the customer's words")
    version = HiddenField()

    def decide_by(self) -> Instant:
        wall = read_wall(text_of(self.decide_by_day), text_of(self.decide_by_time), "decide_by")
        return single_instant(wall, visit().zone, 0, "decide_by_day")


class AnswerForm(Form):
    conditions = TextAreaField("On these conditions, if any")
    reason = TextAreaField("Why not")
    alternative_day = StringField("When it would suit us")
    alternative_time = StringField("Time")
    seal = HiddenField()

    def alternative(self) -> Instant | None:
        """When the customer would rather have it; None when it does not say."""
        if not text_of(self.alternative_day) and not text_of(self.alternative_time):
            return None
        wall = read_wall(text_of(self.alternative_day), text_of(self.alternative_time), "alternative")
        return single_instant(wall, visit().zone, 0, "alternative_day")


@door.route("/waivers", Right.SEE)
def list_waivers() -> ResponseReturnValue:
    with visit().reading() as work:
        found = waiver_list(work)
    return page("waivers.html", found=found)


@door.route("/windows/<window_id>/waivers", Right.DECIDE)
def show_request(window_id: str) -> ResponseReturnValue:
    return _request_page(window_id, None)


@door.route("/windows/<window_id>/waivers", Right.DECIDE, ("POST",))
def ask_waivers(window_id: str) -> ResponseReturnValue:
    form = RequestForm(visit().language)
    try:
        with visit().reading() as work:
            possible = {key_of(one): one for one in request_page(work, window_id).possible}
        reading = Reading()
        decide_by = reading.take(form.decide_by, 0)
        question = reading.take(lambda: fitting(form.question, LONGEST_TEXT, is_required=True), "")
        reading.finish()
        chosen = form.about.data or ()
        if not set(chosen) <= possible.keys():
            raise Refusal("check_outdated")
        with visit().writing() as work:
            waiving.request_waivers(work, window_id, [possible[one] for one in chosen], decide_by, question, version_of(form))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, REQUEST_FIELDS)
        return _request_page(window_id, form, status_of(refusal))
    return redirect(url_for("pages.show_window", window_id=window_id))


@door.route("/waivers/<int:number>", Right.SEE)
def show_waiver(number: int) -> ResponseReturnValue:
    return _waiver_page(number, None)


@door.route("/waivers/<int:number>/grant", Right.SIGN_WAIVERS, ("POST",))
def grant(number: int) -> ResponseReturnValue:
    return _answered(number, _grant)


@door.route("/waivers/<int:number>/refuse", Right.SIGN_WAIVERS, ("POST",))
def refuse(number: int) -> ResponseReturnValue:
    return _answered(number, _refuse)


@door.route("/waivers/<int:number>/withdraw", Right.DECIDE, ("POST",))
def withdraw_request(number: int) -> ResponseReturnValue:
    form = ReasonForm(visit().language)
    try:
        with visit().writing() as work:
            waiving.withdraw_request(work, number, text_of(form.reason))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _waiver_page(number, form, status_of(refusal))
    return redirect(url_for("pages.show_waiver", number=number))


@door.route("/waivers/answer/<secret>", None)
def show_invited(secret: str) -> ResponseReturnValue:
    """The same page for who was sent a link. Looking at it changes nothing: mail scanners look too."""
    return _waiver_page(_invited(secret), None, secret=secret)


@door.route("/waivers/answer/<secret>", None, ("POST",))
def answer_invited(secret: str) -> ResponseReturnValue:
    """Grant or refuse: which, the pressed button says. With the answer the link is of no use any more."""
    return _answered(_invited(secret), _grant if "grant" in request.form else _refuse, secret)


def key_of(about: BusyDate) -> str:
    return f"{about.anchor.isoformat()} {about.peak}"


def _invited(secret: str) -> int:
    """Who was sent the link acts in this one visit, and only on that request. `invitation_over`: he may no longer act."""
    invitation = Invitations(current_app.config["SECRET_KEY"]).read(secret)
    if invitation is None:
        raise NotFound("page")
    with visit().database.reading(SYSTEM, visit().now) as work:
        person = signing_in.person_named(work, invitation.person)
    if person is None:
        raise Refusal("invitation_over")
    g.visit = replace(visit(), actor=person, language=language(person.language), is_invited=True)
    return invitation.waiver


def _grant(work: Work, number: int, form: AnswerForm) -> None:
    waiving.grant_waiver(work, number, fitting(form.conditions, LONGEST_TEXT), text_of(form.seal))


def _refuse(work: Work, number: int, form: AnswerForm) -> None:
    waiving.refuse_waiver(work, number, fitting(form.reason, LONGEST_TEXT), form.alternative(), text_of(form.seal))


def _answered(number: int, verb: Callable[[Work, int, AnswerForm], None], secret: str = "") -> ResponseReturnValue:
    form = AnswerForm(visit().language)
    try:
        with visit().writing() as work:
            verb(work, number, form)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _waiver_page(number, form, status_of(refusal), secret)
    if secret:
        return _waiver_page(number, None, secret=secret)
    return redirect(url_for("pages.show_waiver", number=number))


def _waiver_page(number: int, form: Form | None, status: int = 200, secret: str = "") -> ResponseReturnValue:
    with visit().reading() as work:
        found = waiver_page(work, number, with_alternatives="times" in request.args)
        answers = may_answer(work, found)
    answer = form if isinstance(form, AnswerForm) else AnswerForm(visit().language, formdata=None)
    reason = form if isinstance(form, ReasonForm) else ReasonForm(visit().language, formdata=None)
    return page(
        "waiver.html", status, found=found, answers=answers, form=form or answer, answer=answer, reason=reason, secret=secret
    )


def _request_page(window_id: str, form: RequestForm | None, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = request_page(work, window_id)
    if form is None:
        form = RequestForm(visit().language, formdata=None, **_usual(found))
    form.about.choices = [(key_of(about), _said(visit().language, found, about)) for about in found.possible]
    return page("waiver_request.html", status, found=found, form=form)


def _usual(found: RequestPage) -> dict[str, object]:
    shown = local(found.decide_by, visit().zone)
    return {
        "about": [key_of(one) for one in found.possible],
        "decide_by_day": show_day(shown.date()),
        "decide_by_time": f"{shown:%H}:00",
        "version": str(found.registered.version),
    }


def _said(reader: Language, found: RequestPage, about: BusyDate) -> str:
    return " ".join(say_conflict(reader, one, found.check.names, visit().zone) for one in found.possible[about])
