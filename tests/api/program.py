"""A program that calls Ober with somebody's token. Every answer is held against the OpenAPI document."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from app.api.description import DOCUMENT
from app.domain.access import SYSTEM
from app.domain.spans import Instant
from app.domain.tokens import Scope, scopes_for
from app.store import people
from app.usecases.tokens import make_token

ALL = frozenset(Scope)
READING = frozenset({Scope.READ_WINDOWS})
BASE = "/api/v1"


class Program:
    """`ask` and `send` answer with status and what was said."""

    def __init__(self, app: Flask, token: str = "") -> None:
        self.client = app.test_client()
        self.token = token

    def ask(self, address: str, **query: object) -> tuple[int, Any]:
        return self.told("GET", address, query_string=query)

    def send(self, address: str, written: object, **headers: str) -> tuple[int, Any]:
        return self.told("POST", address, json=written, headers=headers)

    def told(self, method: str, address: str, **options: Any) -> tuple[int, Any]:
        answer = self.call(method, address, **options)
        return answer.status_code, answer.json

    def call(self, method: str, address: str, **options: Any) -> TestResponse:
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers = {**bearer, **options.pop("headers", {})}
        answer = self.client.open(BASE + address, method=method, headers=headers, **options)
        complaints = complaints_about(method, address, answer)
        assert not complaints, f"{method} {address} ({answer.status_code}): {complaints}\n{answer.text}"
        assert "Set-Cookie" not in answer.headers
        return answer


def complaints_about(method: str, address: str, answer: TestResponse) -> list[str]:
    """Where an answer is not as the document says."""
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json", answer.mimetype
        return _complaints({"$ref": "#/components/schemas/Problem"}, answer.json)
    path_asked = address.partition("?")[0]
    known = next(one for path, one in DOCUMENT["paths"].items() if re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), path_asked))
    content = known[method.lower()]["responses"][str(answer.status_code)].get("content")
    return _complaints(content["application/json"]["schema"], answer.json) if content else []


def _complaints(schema: Mapping[str, object], written: object) -> list[str]:
    whole = {**schema, "components": DOCUMENT["components"]}
    return [f"{one.json_path}: {one.message}" for one in Draft202012Validator(whole).iter_errors(written)]


def program_of(app: Flask, person: str, scopes: frozenset[Scope] = ALL, now: Instant | None = None) -> Program:
    """A program with a new token of somebody, for those of the scopes that he may give."""
    known = app.extensions["ober"]
    moment = now or known["clock"]()
    with known["database"].reading(SYSTEM, moment) as work:
        actor = people.actor_named(work, person)
    assert actor, person
    with known["database"].writing(actor, moment) as work:
        return Program(app, make_token(work, "a pipeline", scopes & {*scopes_for(actor)}, 30))
