"""How is it answered? A page from a template and one frozen value; a "no" as a page with what to do about it."""

from flask import g, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.domain.access import Right
from app.domain.refusal import Problem, Refusal
from app.phrases import (
    agreed_slots,
    calendar_files,
    calendars,
    causes,
    chain,
    conflict_items,
    days_off,
    exceptions,
    experts,
    findings,
    freshness,
    lifecycle,
    messages,
    notice,
    past_checks,
    peaks,
    plan_findings,
    promises,
    reports,
    running,
    situation_changes,
    slots,
    subscriptions,
    templates,
    times,
    tokens,
    trail,
    waivers,
)
from app.phrases.refusals import say_problem, say_refusal
from app.phrases.rules import say_peak
from app.phrases.statuses import say_error, status_of
from app.phrases.surprises import say_surprises
from app.web.visit import begin_visit, visit


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
    conflict_items = conflict_items
    days_off = days_off
    exceptions = exceptions
    experts = experts
    findings = findings
    freshness = freshness
    lifecycle = lifecycle
    messages = messages
    notice = notice
    past_checks = past_checks
    peaks = peaks
    plan_findings = plan_findings
    promises = promises
    reports = reports
    running = running
    situation_changes = situation_changes
    slots = slots
    subscriptions = subscriptions
    templates = templates
    times = times
    tokens = tokens
    trail = trail
    waivers = waivers


SAYING = Saying()


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
    return page("refusal.html", status, status=status, said=say_error(visit().language, status))
