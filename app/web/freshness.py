"""A planner is asked whether all peaks are still right, with both years side by side, and answers with one click."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from app.domain.access import Right
from app.domain.refusal import Refusal
from app.phrases.statuses import status_of
from app.queries.freshness import review
from app.usecases.confirming import confirm_peaks
from app.web.answers import page
from app.web.forms import Form, text_of
from app.web.routing import Door
from app.web.visit import visit

door = Door()


class ConfirmForm(Form):
    seen = HiddenField()


@door.route("/peaks/review", Right.KEEP_PEAKS)
def review_peaks() -> ResponseReturnValue:
    return _review(ConfirmForm(visit().language, formdata=None))


@door.route("/peaks/review", Right.KEEP_PEAKS, ("POST",))
def confirm_review() -> ResponseReturnValue:
    form = ConfirmForm(visit().language)
    try:
        with visit().writing() as work:
            confirm_peaks(work, text_of(form.seen))
    except Refusal as refusal:
        form.refuse(refusal)
        return _review(form, status_of(refusal))
    return redirect(url_for("pages.list_peaks"))


def _review(form: ConfirmForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = review(work)
    return page("peaks_review.html", status, found=found, form=form)
