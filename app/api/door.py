"""All of the API together: one blueprint, its routes, and how a "no" is told. No cookie is read or set."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound

from app.api import description, gates, windows
from app.api.answers import failed, refused
from app.api.routing import install
from app.domain.refusal import Refusal

BASE = "/api/v1"
ANY = ["GET", "POST", "PUT", "PATCH", "DELETE"]
PARTS = (description, windows, gates)


def build_api() -> Blueprint:
    """A blueprint of its own for each application."""
    api = Blueprint("api", __name__, url_prefix=BASE)
    for part in PARTS:
        install(api, part.door)
    api.add_url_rule("/", "nothing", _nothing, methods=ANY, defaults={"_anything": ""})
    api.add_url_rule("/<path:_anything>", "nothing", _nothing, methods=ANY)
    api.register_error_handler(Refusal, refused)
    api.register_error_handler(HTTPException, failed)
    return api


def _nothing(_anything: str) -> ResponseReturnValue:
    """Whatever is no address of the API is told so as a program can read it."""
    raise NotFound
