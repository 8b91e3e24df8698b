"""Promises: the list, telling of a window, and taking a promise back."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.promises import offer
from app.domain.refusal import NotFound, Refusal
from app.phrases.statuses import status_of
from app.queries.promise_pages import PERIODS, promise_list, promise_to_take_back, telling_page
from app.usecases import promising
from app.web.answers import page
from app.web.forms import text_of
from app.web.home import local_address
from app.web.promise_forms import TakeBackForm, TellForm
from app.web.routing import Door
from app.web.visit import visit

door = Door()


@door.route("/promises", Right.SEE)
def list_promises() -> ResponseReturnValue:
    asked = request.args.get("days", "")
    days = int(asked) if asked in {str(one) for one in PERIODS} else PERIODS[1]
    with visit().reading() as work:
        found = promise_list(work, days)
    return page("promises.html", found=found, periods=PERIODS, blank=TellForm(visit().language, formdata=None))


@door.route("/windows/<window_id>/tell", Right.TELL)
def tell_page(window_id: str) -> ResponseReturnValue:
    with visit().reading() as work:
        found = telling_page(work, window_id)
    form = TellForm(visit().language, formdata=None, to=list(found.word.to), within=str(offer(found.word.within)))
    return page("tell.html", found=found, form=form)


@door.route("/windows/<window_id>/tell", Right.TELL, ("POST",))
def tell(window_id: str) -> ResponseReturnValue:
    """Tell, or only promise to: which, the pressed button says."""
    form = TellForm(visit().language)
    try:
        with visit().writing() as work:
            if "promise" in request.form:
                promising.make(work, window_id, form.addressed, form.promised_within())
            else:
                promising.give_update(work, window_id, form.word())
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        with visit().reading() as work:
            found = telling_page(work, window_id)
        return page("tell.html", status_of(refusal), found=found, form=form)
    return redirect(local_address(text_of(form.going) or url_for("pages.show_window", window_id=window_id)))


@door.route("/promises/<int:promise_id>/take-back", Right.TELL)
def take_back_page(promise_id: int) -> ResponseReturnValue:
    return _take_back_page(promise_id, TakeBackForm(visit().language, formdata=None))


@door.route("/promises/<int:promise_id>/take-back", Right.TELL, ("POST",))
def take_back(promise_id: int) -> ResponseReturnValue:
    form = TakeBackForm(visit().language)
    try:
        with visit().writing() as work:
            known = promising.withdraw(work, promise_id, text_of(form.reason))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _take_back_page(promise_id, form, status_of(refusal))
    return redirect(url_for("pages.show_window", window_id=known.window))


def _take_back_page(promise_id: int, form: TakeBackForm, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = promise_to_take_back(work, promise_id)
    return page("promise_take_back.html", status, found=found, form=form)
