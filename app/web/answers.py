"""How is it answered? A page from a template and one frozen value; a "no" as a page with what to do about it."""

from flask import g, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.domain.access import Right
from app.domain.refusal import NotFound, Problem, Refusal
from app.phrases import (
    agreed_slots,
    calendar_files,
    calendars,
    causes,
    chain,
    days_off,
    exceptions,
    experts,
    findings,
    freshness,
    lifecycle,
    notice,
    past_checks,
    peaks,
    situation_changes,
    slots,
    subscriptions,
    templates,
    times,
)
from app.phrases.refusals import say_problem, say_refusal
from app.phrases.rules import say_peak
from app.phrases.surprises import say_surprises
from app.web.visit import begin_visit, visit

CONFLICT = frozenset({"changed_meanwhile", "check_outdated", "wrong_state", "terminal_state"})


def page(template: str, code: int = 200, /, **values: object) -> ResponseReturnValue:
    """A template with what every page needs: the visit, its language, and the ways to say things."""
    current = visit()
    return (
        render_template(
            template,
            visit=current,
            actor=current.actor,
            lang=current.language,
            t=current.language.t,
            n=current.language.n,
            say=SAYING,
            say_peak=say_peak,
            say_surprises=lambda peak, dates, calendars: say_surprises(current.language, peak, dates, calendars),
            say_code=lambda code: say_problem(current.language, Problem(code)),
            Right=Right,
            **values,
        ),
        code,
    )


class Saying:
    """The sentences a template may use, by name."""

    calendar_files = calendar_files
    agreed_slots = agreed_slots
    calendars = calendars
    causes = causes
    chain = chain
    days_off = days_off
    exceptions = exceptions
    experts = experts
    findings = findings
    freshness = freshness
    lifecycle = lifecycle
    notice = notice
    past_checks = past_checks
    peaks = peaks
    situation_changes = situation_changes
    slots = slots
    subscriptions = subscriptions
    templates = templates
    times = times


SAYING = Saying()


def status_of(refusal: Refusal) -> int:
    """404 for what does not exist or is not yours, 403 for a missing right, 409 for a changed world, else 422."""
    if isinstance(refusal, NotFound):
        return 404
    if refusal.code in {"not_allowed", "role_not_allowed"}:
        return 403
    return 409 if refusal.code in CONFLICT else 422


def refusal_page(refusal: Refusal) -> ResponseReturnValue:
    """A "no" that no form could show beside its field."""
    status = status_of(refusal)
    return page("refusal.html", status, status=status, said=say_refusal(visit().language, refusal))


def error_page(error: HTTPException) -> ResponseReturnValue:
    """What the web server itself refuses: an unknown address, a form that is too large or has expired."""
    if error.response is not None:
        return error.response
    if "visit" not in g:
        begin_visit()
    status = error.code or 500
    return page("refusal.html", status, status=status, said=visit().language.t(ERRORS.get(status, ERRORS[500])))


ERRORS = {
    400: "This form has expired or did not come from Ober. Go back, load the page again and try once more.",
    404: "This does not exist, or it is not yours to see.",
    405: "This address is not for that.",
    413: "This is too large.",
    503: "It is very busy just now. Nothing was changed. Try again in a few seconds.",
    500: "Something went wrong on our side. Nothing was changed. Try again; if it stays, tell your administrator.",
}
