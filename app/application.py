"""Puts the doors together into one web application."""

import time
from datetime import timedelta
from types import TracebackType
from typing import Any

from flask import Flask, Request, Response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import SecurityError, ServiceUnavailable

from app.api import build_api
from app.api.answers import failed
from app.domain.access import SYSTEM
from app.feeds.door import feeds
from app.store.database import Database, open_database
from app.store.migrations import is_current
from app.web import build_pages
from app.web.answers import error_page
from app.web.routing import Number
from config import Settings, WrongSettingError

LARGEST_FORM = 3 * 1024 * 1024
LARGEST_REQUEST = 6 * 1024 * 1024
"""Only a file, such as a calendar, can make a request larger than a form."""

csrf = CSRFProtect()
ExceptionInfo = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """The application for these settings. A database that was not brought up to date stops the start."""
    known = database or open_database(settings.database_url)
    if not is_current(known):
        raise WrongSettingError("OBER_DATABASE_URL names a database that is not up to date. Run `ober database upgrade`.")
    app = Application("app", static_folder=None, template_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=2000,
        TRUSTED_HOSTS=[settings.host.split(":")[0], *(["localhost"] if settings.is_demo else [])],
        SESSION_COOKIE_NAME="__Host-ober-form" if settings.is_https else "ober-form",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=1),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.is_https,
    )
    app.extensions["ober"] = {"database": known, "settings": settings, "clock": lambda: int(time.time()) + settings.clock_shift}
    app.url_map.converters["int"] = Number
    app.register_blueprint(build_pages())
    app.register_blueprint(feeds)
    api = build_api()
    app.register_blueprint(api)
    csrf.init_app(app)
    csrf.exempt(api)  # it knows no cookies, so nobody can be made to ask by one
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(SecurityError, _unknown_host)
    app.add_url_rule("/healthz", "healthz", lambda: _health(app.extensions["ober"]["database"]))
    return app


class SizedRequest(Request):
    """A request that is no larger than what it brings may be."""

    def __init__(self, environ: dict[str, Any], **options: bool) -> None:
        super().__init__(environ, **options)
        self.max_content_length = LARGEST_REQUEST if self.mimetype == "multipart/form-data" else LARGEST_FORM


class Application(Flask):
    """Flask, but an error is logged with the route it came by, never with the address: a feed's address is a secret."""

    request_class = SizedRequest

    def log_exception(self, exc_info: ExceptionInfo) -> None:
        self.logger.error("Error at %s [%s]", request.url_rule or "no route", request.method, exc_info=exc_info)


def _busy(_problem: OperationalError) -> ResponseReturnValue:
    """The database did not answer in time, or is locked: nothing was changed, and trying again soon will do."""
    tell = failed if request.blueprint == "api" else error_page
    return tell(ServiceUnavailable(retry_after=5))


def _unknown_host(_problem: SecurityError) -> Response:
    """Asked for by another name than its own, it makes no page: its links would lead there."""
    return Response("Ober does not answer to this name.\n", 400, mimetype="text/plain")


def _health(database: Database) -> Response:
    """Whether the database answers; for a load balancer, so without sign-in and without a word about anything."""
    with database.reading(SYSTEM, 0) as work:
        work.connection.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
