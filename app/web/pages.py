"""All pages together: one blueprint, its routes, what every page has, and how a "no" is shown."""

from flask import Blueprint, Response, g
from werkzeug.exceptions import HTTPException

from app.domain.refusal import Refusal
from app.web import (
    agreed_slots,
    agreements,
    calendar_files,
    calendars,
    conflicts,
    desk,
    experts,
    feeds,
    freshness,
    home,
    messages,
    night_sheet,
    peak_exceptions,
    peaks,
    promises,
    rechecks,
    reports,
    requirements,
    reviews,
    running,
    seen,
    service_levels,
    services,
    signing_in,
    slots,
    subscriptions,
    timeline,
    tokens,
    tonight,
    trail,
    waivers,
    windows,
)
from app.web.answers import error_page, refusal_page
from app.web.routing import install
from app.web.visit import begin_visit

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


PARTS = (
    home,
    signing_in,
    desk,
    promises,
    slots,
    waivers,
    running,
    night_sheet,
    tonight,
    reviews,
    windows,
    peak_exceptions,
    freshness,
    peaks,
    subscriptions,
    calendar_files,
    calendars,
    agreements,
    service_levels,
    agreed_slots,
    services,
    requirements,
    experts,
    timeline,
    conflicts,
    rechecks,
    messages,
    seen,
    reports,
    trail,
    feeds,
    tokens,
)


def build_pages() -> Blueprint:
    """A blueprint of its own for each application."""
    pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    pages.before_app_request(begin_visit)
    for part in PARTS:
        install(pages, part.door)
    pages.register_error_handler(Refusal, refusal_page)
    pages.app_errorhandler(HTTPException)(error_page)
    pages.after_app_request(guard)
    return pages


def guard(response: Response) -> Response:
    """Nothing runs or is framed that is not ours, and a page is not kept by anyone in between."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if "visit" in g and g.visit.actor is not None:
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response
