"""The OpenAPI document is one, and speaks of every route with the scope it asks for."""

import re

from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.api.description import DOCUMENT
from tests.api.program import Program
from tests.api.test_tokens import declared


def test_it_is_valid_and_everybody_may_read_it(app: Flask) -> None:
    status, document = Program(app).ask("/openapi.json")
    assert status == 200
    assert document == DOCUMENT
    OpenAPIV31SpecValidator(document).validate()


def test_it_speaks_of_every_route_and_of_no_other() -> None:
    told = {
        f"{method.upper()} {path}": one["security"][0]["token"][0] if one["security"] else None
        for path, methods in DOCUMENT["paths"].items()
        for method, one in methods.items()
    }
    assert told == {re.sub(r"<(\w+)>", r"{\1}", what): route.scope for what, route in declared().items()}
