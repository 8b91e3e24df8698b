"""How was it? What a customer can still give a mark for, in one list."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.phrases.statuses import status_of
from app.queries.review_pages import questions
from app.usecases.reviewing import give_mark
from app.web.answers import page
from app.web.routing import Door
from app.web.run_form import RunForm
from app.web.visit import visit

door = Door()


@door.route("/reviews", Right.SEE)
def list_reviews() -> ResponseReturnValue:
    return _page(None)


@door.route("/reviews/<window_id>/<occurrence>", Right.REVIEW, ("POST",))
def mark_run(window_id: str, occurrence: str) -> ResponseReturnValue:
    form = RunForm(visit().language)
    try:
        with visit().writing() as work:
            give_mark(work, window_id, occurrence, *form.given_mark())
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form, status_of(refusal))
    return redirect(url_for("pages.list_reviews"))


def _page(form: RunForm | None, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = questions(work)
    said = [one.said for one in form.errors_said] if form else []
    return page("reviews.html", status, found=found, marks=RunForm(visit().language, formdata=None).mark.choices, said=said)
