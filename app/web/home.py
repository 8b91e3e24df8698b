"""Where does somebody begin? And in which language does he read?"""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.access import PartyKind, Right
from app.phrases.language import LANGUAGES
from app.usecases import signing_in
from app.web.routing import Door
from app.web.visit import LANGUAGE_COOKIE, visit

door = Door()

LONGEST_ADDRESS = 2000


@door.route("/", None)
def home() -> ResponseReturnValue:
    actor = visit().actor
    if actor is None:
        return redirect(url_for("pages.sign_in_page"))
    if actor.may(Right.DECIDE):
        return redirect(url_for("pages.show_desk"))
    return redirect(url_for("pages.list_peaks" if actor.kind is PartyKind.CUSTOMER else "pages.list_windows"))


@door.route("/language", None, ("POST",))
def choose_language() -> ResponseReturnValue:
    """Kept with the person, and in a cookie for who is not signed in."""
    code = request.form.get("language", "")
    answer = make_response(redirect(local_address(request.form.get("going"))))
    if code in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, code, max_age=365 * 24 * 3600, samesite="Lax", secure=visit().settings.is_https)
        if visit().actor:
            with visit().writing() as work:
                signing_in.choose_language(work, code)
    return answer


def local_address(going: str | None) -> str:
    """An address of our own, or the beginning: nobody is sent elsewhere by a link made for him."""
    address = going or ""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_ours and len(address) < LONGEST_ADDRESS else url_for("pages.home")
