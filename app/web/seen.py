"""On the page of a window somebody says that he has seen it as it is now."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.usecases import seeing
from app.web.forms import whole
from app.web.routing import Door
from app.web.visit import visit

door = Door()

HIGHEST = 10**9


@door.route("/windows/<window_id>/seen", Right.SEE, ("POST",))
def say_seen(window_id: str) -> ResponseReturnValue:
    version = whole(request.form.get("version", ""), "version", HIGHEST, 1)
    with visit().writing() as work:
        seeing.acknowledge(work, window_id, version)
    return redirect(url_for("pages.show_window", window_id=window_id, _anchor="seen-title"))
