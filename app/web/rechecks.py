"""What was checked again, because of what, and how far it is."""

from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.queries.rechecks import latest_rechecks
from app.web.answers import page
from app.web.routing import Door
from app.web.visit import visit

door = Door()


@door.route("/rechecks", Right.SEE)
def list_rechecks() -> ResponseReturnValue:
    with visit().reading() as work:
        found = latest_rechecks(work)
    return page("rechecks.html", found=found)
