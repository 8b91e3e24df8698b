"""How is a program answered? JSON; a "no" as problem+json (RFC 9457), with every problem and the field it is about."""

import json
from collections.abc import Mapping, Sequence

from flask import Response, g
from werkzeug.exceptions import HTTPException

from app.domain.refusal import Refusal
from app.phrases.language import Language, language
from app.phrases.refusals import say_problem, say_refusal
from app.phrases.statuses import say_error, status_of

TYPE = "urn:ober:problem:"


def answer(written: object, status: int = 200) -> Response:
    return _guarded(Response(json.dumps(written, ensure_ascii=False) + "\n", status, mimetype="application/json"))


def refused(refusal: Refusal) -> Response:
    """A "no" in the words a page would use, in the language of whoever the token belongs to."""
    spoken = _language()
    problems = [{"code": one.code, "field": one.field, "detail": say_problem(spoken, one)} for one in refusal.problems]
    found = _problem(status_of(refusal), refusal.code, say_refusal(spoken, refusal), problems)
    if found.status_code == 401:
        found.headers["WWW-Authenticate"] = "Bearer"
    return found


def failed(error: HTTPException) -> Response:
    """What the web server itself refuses, and what went wrong on our side: nothing of how."""
    status = error.code or 500
    return _problem(status, error.name.lower().replace(" ", "_"), say_error(_language(), status))


def _problem(status: int, code: str, detail: str, problems: Sequence[Mapping[str, str]] = ()) -> Response:
    written = {"type": TYPE + code, "title": code, "status": status, "code": code, "detail": detail, "errors": problems}
    return _guarded(Response(json.dumps(written, ensure_ascii=False) + "\n", status, mimetype="application/problem+json"))


def _guarded(found: Response) -> Response:
    """Nobody in between keeps it."""
    found.headers["Cache-Control"] = "private, no-store"
    found.headers["X-Content-Type-Options"] = "nosniff"
    found.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return found


def _language() -> Language:
    return g.call.language if "call" in g else language("en")
