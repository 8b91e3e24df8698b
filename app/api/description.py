"""What does the API offer? The OpenAPI document, read by programs and kept next to the routes; a test compares them."""

from flask.typing import ResponseReturnValue

from app.api.answers import answer
from app.api.routing import Door
from app.api.schemas import SCHEMAS
from app.domain.lifecycle import State
from app.domain.notation.rules import Written
from app.domain.tokens import Scope
from app.domain.windows import ChangeType

door = Door()
PROBLEM = {
    "description": "A problem (RFC 9457).",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


@door.route("GET", "/openapi.json", None)
def describe() -> ResponseReturnValue:
    """For everyone: it tells of nobody."""
    return answer(DOCUMENT)


def _json(schema: str) -> Written:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _query(name: str, schema: Written, said: str, *, required: bool = False) -> Written:
    return {"name": name, "in": "query", "required": required, "description": said, "schema": schema}


def _operation(scope: Scope, summary: str, answers: Written, **more: object) -> Written:
    return {"summary": summary, "security": [{"token": [str(scope)]}], "responses": answers | {"default": PROBLEM}, **more}


def _found(schema: str, said: str) -> Written:
    return {"description": said, "content": _json(schema)}


MOMENT: Written = {"type": "string", "format": "date-time"}
TEXT: Written = {"type": "string"}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Your own name for this request, remembered for a week: sent again, it makes no second window.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,100}$"},
}
PATHS: Written = {
    "/checks": {
        "post": _operation(
            Scope.CHECK,
            "Check a proposed window, and keep nothing.",
            {"200": _found("Check", "What it would mean, as far as you may know it.")},
            requestBody={"required": True, "content": _json("Plan")},
        )
    },
    "/windows": {
        "get": _operation(
            Scope.READ_WINDOWS,
            "The windows you may see, by start, at most 200.",
            {"200": _found("Windows", "The windows.")},
            parameters=[
                _query("state", {"type": "array", "items": {"enum": [str(one) for one in State]}}, "In one of these states."),
                _query("supplier", TEXT, "Of this supplier."),
                _query("service", TEXT, "On this service."),
                _query("text", TEXT, "With this in its number or title."),
                _query("from", MOMENT, "Exposed after this moment; together with `until`."),
                _query("until", MOMENT, "Exposed before this moment; together with `from`."),
            ],
        ),
        "post": _operation(
            Scope.WRITE_WINDOWS,
            "Hand in a window: submitted, or kept as a draft.",
            {
                "201": _found("WindowWithCheck", "It was made."),
                "200": _found("WindowWithCheck", "It had been made by this request before."),
            },
            parameters=[KEY],
            requestBody={"required": True, "content": _json("NewWindow")},
        ),
    },
    "/windows/{window_id}": {
        "get": _operation(
            Scope.READ_WINDOWS,
            "One window, checked against the present situation.",
            {"200": _found("WindowWithCheck", "The window.")},
            parameters=[{"name": "window_id", "in": "path", "required": True, "schema": TEXT}],
        )
    },
    "/gate": {
        "get": _operation(
            Scope.GATE,
            "May I work on these services from then to then?",
            {"200": _found("Gate", "Open, closed or unknown, and why.")},
            parameters=[
                _query("service", {"type": "array", "items": TEXT, "minItems": 1}, "The services, of one supplier.", required=True),
                _query("from", MOMENT, "When the work begins.", required=True),
                _query("until", MOMENT, "When it ends; at most 31 days later.", required=True),
                _query("type", {"enum": [str(one) for one in ChangeType]}, "The type of change; normal if not given."),
                _query("rollback_minutes", {"type": "integer", "minimum": 0}, "The reserve after the end; 0 if not given."),
            ],
        )
    },
    "/openapi.json": {"get": {"summary": "This document.", "security": [], "responses": {"200": {"description": "OpenAPI 3.1."}}}},
}
DOCUMENT: Written = {
    "openapi": "3.1.0",
    "info": {
        "title": "Ober",
        "version": "1",
        "description": "Checks planned maintenance against the moments that matter to customers. Everything is told as far as "
        "the person may know it to whom the token belongs.",
    },
    "servers": [{"url": "/api/v1"}],
    "paths": PATHS,
    "components": {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "Made on the page of your tokens."}},
        "schemas": SCHEMAS,
    },
}
