"""A window's sheet for the night, to print or to tick on a phone."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectMultipleField

from app.domain.access import Right
from app.domain.refusal import NotFound, Refusal
from app.phrases.statuses import status_of
from app.queries.night_sheet import night_sheet
from app.usecases.green_light import give_green_light
from app.web.answers import page
from app.web.forms import Form, text_of
from app.web.routing import Door
from app.web.visit import visit

door = Door()


class TicksForm(Form):
    services = SelectMultipleField("Green lights, end to end", validate_choice=False)
    occurrence = HiddenField()


@door.route("/windows/<window_id>/night-sheet", Right.SEE)
def show_night_sheet(window_id: str) -> ResponseReturnValue:
    return _page(window_id, None)


@door.route("/windows/<window_id>/night-sheet", Right.PROPOSE, ("POST",))
def tick_services(window_id: str) -> ResponseReturnValue:
    form = TicksForm(visit().language)
    try:
        with visit().writing() as work:
            give_green_light(work, window_id, text_of(form.occurrence), form.services.data or [])
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(window_id, form, status_of(refusal))
    return redirect(url_for("pages.show_night_sheet", window_id=window_id))


def _page(window_id: str, form: TicksForm | None, status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = night_sheet(work, window_id)
    green = [line.service for line in found.lines if line.light]
    return page("night_sheet.html", status, found=found, form=form or TicksForm(visit().language, formdata=None, services=green))
