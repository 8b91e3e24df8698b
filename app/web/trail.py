"""The trail of a party: one's own, or for the integrator that of anyone."""

from flask import request
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.queries.party_trail import NEWEST, party_trail
from app.web.answers import page
from app.web.forms import whole
from app.web.routing import Door
from app.web.visit import visit

door = Door()

HIGHEST = 10**9


@door.route("/trail", Right.SEE)
def show_trail() -> ResponseReturnValue:
    """`party` names whose (one's own when it is left out), `before` the entry from which on older ones are shown."""
    before = whole(request.args["before"], "before", HIGHEST) if request.args.get("before") else NEWEST
    with visit().reading() as work:
        found = party_trail(work, request.args.get("party", "")[:80] or visit().signed_in.party, before)
    return page("trail.html", found=found)
