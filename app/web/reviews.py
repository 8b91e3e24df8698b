"""How was it? What a customer can still give a mark for, in one list."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.domain.reviews import Review
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
        return _page(form, (window_id, occurrence), status_of(refusal))
    return redirect(url_for("pages.list_reviews"))


def _page(form: RunForm | None, tried: tuple[str, str] = ("", ""), status: int = 200) -> ResponseReturnValue:
    """What is wrong is told beside its field, where that one is still asked about."""
    with visit().reading() as work:
        found = questions(work)
    forms = {(one.run.window, one.run.occurrence): _given(one.own) for one in found.asked}
    if form and tried in forms:
        forms[tried] = form
    elif form:
        form.tell_above()
    return page("reviews.html", status, found=found, forms=forms, form=form or _given(None))


def _given(own: Review | None) -> RunForm:
    values = {"mark": str(own.mark), "mark_remark": own.remark} if own else {}
    return RunForm(visit().language, formdata=None, **values)
