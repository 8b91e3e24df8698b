"""Signing in and out."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import Actor, PartyKind
from app.domain.refusal import NotFound, Refusal
from app.store import people
from app.usecases import signing_in
from app.web.answers import page
from app.web.forms import SignInForm, text_of
from app.web.home import local_address
from app.web.routing import Door
from app.web.visit import session_cookie, visit

door = Door()


@door.route("/sign-in", None)
def sign_in_page() -> ResponseReturnValue:
    if visit().actor:
        return redirect(url_for("pages.home"))
    return _form(SignInForm(visit().language, going=request.args.get("going", "")))


@door.route("/sign-in", None, ("POST",))
def sign_in() -> ResponseReturnValue:
    """A refusal is committed before it is told: what failed is on the record of the name."""
    form = SignInForm(visit().language)
    refused: Refusal | None = None
    with visit().writing() as work:
        try:
            secret = signing_in.sign_in(work, text_of(form.name), form.password.data or "")
        except Refusal as refusal:
            refused = refusal
    if refused:
        form.refuse(refused)
        return _form(form, 422)
    return _welcome(secret, text_of(form.going))


@door.route("/sign-in/demo", None, ("POST",))
def sign_in_demo() -> ResponseReturnValue:
    """The demonstration's people have no passwords; anywhere else this address does not exist."""
    if not visit().settings.is_demo:
        raise NotFound("page")
    with visit().writing() as work:
        secret = signing_in.sign_in_without_password(work, request.form.get("person", ""))
    return _welcome(secret, request.form.get("going", ""))


@door.route("/sign-out", None, ("POST",))
def sign_out() -> ResponseReturnValue:
    answer = make_response(redirect(url_for("pages.sign_in_page")))
    if visit().actor:
        with visit().writing() as work:
            signing_in.sign_out(work, visit().secret)
    answer.delete_cookie(session_cookie(visit().settings))
    return answer


def _form(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    groups: dict[PartyKind, list[Actor]] = {}
    if visit().settings.is_demo:
        with visit().reading() as work:
            for actor in people.actors(work):
                groups.setdefault(actor.kind, []).append(actor)
    return page("sign_in.html", status, form=form, people=groups)


def _welcome(secret: str, going: str) -> ResponseReturnValue:
    answer = make_response(redirect(local_address(going)))
    settings = visit().settings
    name, most = session_cookie(settings), signing_in.LONGEST
    answer.set_cookie(name, secret, max_age=most, httponly=True, samesite="Lax", secure=settings.is_https, path="/")
    return answer
