"""What is going on now: big enough for a phone at night."""

from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.queries.tonight import tonight
from app.web.answers import page
from app.web.routing import Door
from app.web.visit import visit

door = Door()


@door.route("/tonight", Right.SEE)
def show_tonight() -> ResponseReturnValue:
    with visit().reading() as work:
        found = tonight(work)
    return page("tonight.html", found=found)
