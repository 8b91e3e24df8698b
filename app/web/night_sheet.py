"""A window's sheet for the night, to print or to tick on a phone."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.queries.night_sheet import night_sheet
from app.usecases.green_light import give_green_light
from app.web.answers import page
from app.web.routing import Door
from app.web.visit import visit

door = Door()


@door.route("/windows/<window_id>/night-sheet", Right.SEE)
def show_night_sheet(window_id: str) -> ResponseReturnValue:
    with visit().reading() as work:
        found = night_sheet(work, window_id)
    return page("night_sheet.html", found=found)


@door.route("/windows/<window_id>/night-sheet", Right.PROPOSE, ("POST",))
def tick_services(window_id: str) -> ResponseReturnValue:
    with visit().writing() as work:
        give_green_light(work, window_id, request.form.get("occurrence", ""), request.form.getlist("services"))
    return redirect(url_for("pages.show_night_sheet", window_id=window_id))
