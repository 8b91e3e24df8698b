"""Tokens for programs: somebody's own, made, shown once, and revoked."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, StringField

from app.domain.access import Right
from app.domain.refusal import Refusal
from app.domain.tokens import LONGEST_LABEL, LONGEST_LIFE_DAYS, Scope, scopes_for
from app.phrases.statuses import status_of
from app.phrases.tokens import say_scope
from app.queries.tokens import own_tokens
from app.usecases import tokens as usecases
from app.web.answers import page
from app.web.forms import Form, Reading, fitting, member, text_of, whole
from app.web.routing import Door
from app.web.visit import visit

door = Door()
USUAL_DAYS = 90


class TokenForm(Form):
    label = StringField("Which program it is for")
    scopes = SelectMultipleField("What it may do", validate_choice=False)
    days = StringField("How many days it works")

    def __init__(self, **values: object) -> None:
        super().__init__(visit().language, **values)
        self.scopes.choices = [(str(one), f"{say_scope(self.language, one)} ({one})") for one in scopes_for(visit().signed_in)]

    def wanted(self) -> tuple[str, set[Scope], int]:
        """Its name, what it may do and for how many days, every problem told at once."""
        reading = Reading()
        label = reading.take(lambda: fitting(self.label, LONGEST_LABEL, is_required=True), "")
        scopes = reading.take(lambda: {member(Scope, one, "scopes") for one in self.scopes.data or ()}, set[Scope]())
        days = reading.take(lambda: whole(text_of(self.days), "days", LONGEST_LIFE_DAYS, 1), 0)
        reading.finish()
        return label, scopes, days


@door.route("/tokens", Right.CONNECT)
def list_tokens() -> ResponseReturnValue:
    return _tokens_page(TokenForm(formdata=None, days=str(USUAL_DAYS)))


@door.route("/tokens", Right.CONNECT, ("POST",))
def make_token() -> ResponseReturnValue:
    """The token is in this answer and nowhere else: only a hash of it is kept."""
    form = TokenForm()
    try:
        label, scopes, days = form.wanted()
        with visit().writing() as work:
            secret = usecases.make_token(work, label, scopes, days)
    except Refusal as refusal:
        form.refuse(refusal)
        return _tokens_page(form, status=status_of(refusal))
    return _tokens_page(TokenForm(formdata=None, days=str(USUAL_DAYS)), secret)


@door.route("/tokens/<int:token_id>/revoke", Right.CONNECT, ("POST",))
def revoke_token(token_id: int) -> ResponseReturnValue:
    with visit().writing() as work:
        usecases.revoke_token(work, token_id)
    return redirect(url_for("pages.list_tokens"))


def _tokens_page(form: TokenForm, secret: str = "", status: int = 200) -> ResponseReturnValue:
    with visit().reading() as work:
        found = own_tokens(work)
    return page("tokens.html", status, found=found, form=form, secret=secret, most_days=LONGEST_LIFE_DAYS)
