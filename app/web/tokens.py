"""Tokens for programs: somebody's own, made, shown once, and revoked."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Right
from app.domain.tokens import LONGEST_LIFE_DAYS, Scope, scopes_for
from app.queries.tokens import own_tokens
from app.usecases import tokens as usecases
from app.web.answers import page
from app.web.forms import member, whole
from app.web.routing import Door
from app.web.visit import visit

door = Door()


@door.route("/tokens", Right.CONNECT)
def list_tokens() -> ResponseReturnValue:
    return _tokens_page("")


@door.route("/tokens", Right.CONNECT, ("POST",))
def make_token() -> ResponseReturnValue:
    """The token is in this answer and nowhere else: only a hash of it is kept."""
    scopes = {member(Scope, one, "scopes") for one in request.form.getlist("scopes")}
    days = whole(request.form.get("days", "").strip(), "days", LONGEST_LIFE_DAYS, 1)
    label = "".join(one for one in request.form.get("label", "") if one >= " ").strip()
    with visit().writing() as work:
        secret = usecases.make_token(work, label, scopes, days)
    return _tokens_page(secret)


@door.route("/tokens/<int:token_id>/revoke", Right.CONNECT, ("POST",))
def revoke_token(token_id: int) -> ResponseReturnValue:
    with visit().writing() as work:
        usecases.revoke_token(work, token_id)
    return redirect(url_for("pages.list_tokens"))


def _tokens_page(secret: str) -> ResponseReturnValue:
    with visit().reading() as work:
        found = own_tokens(work)
    return page("tokens.html", found=found, secret=secret, scopes=scopes_for(visit().signed_in), most_days=LONGEST_LIFE_DAYS)
