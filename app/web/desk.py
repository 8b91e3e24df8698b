"""The first screen of who answers for the whole chain: who waits for a word, what is to be decided, what is at risk."""

from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.queries.desk import desk
from app.web.answers import page
from app.web.promise_forms import TellForm
from app.web.routing import Door
from app.web.visit import visit

door = Door()


@door.route("/desk", Right.SEE)
def show_desk() -> ResponseReturnValue:
    with visit().reading() as work:
        found = desk(work)
    return page("desk.html", found=found, blank=TellForm(visit().language, formdata=None))
