"""What did the program send? A body of JSON, and the parameters of an address; each of them bounded."""

import json
from collections.abc import Mapping

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from app.domain.notation.instants import read_instant
from app.domain.refusal import Refusal
from app.domain.spans import Instant

LARGEST_BODY = 256 * 1024
MOST_VALUES = 200


def body() -> Mapping[str, object]:
    """The JSON object that was sent."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    request.max_content_length = LARGEST_BODY
    try:
        written = json.loads(request.get_data(), parse_constant=_no_number)
        json.dumps(written, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal("unreadable", why="JSON") from None
    if not isinstance(written, dict):
        raise Refusal("bad_value", expected="object", got=repr(written)[:40])
    return written


def moment(name: str) -> Instant:
    """A parameter that is a moment in UTC."""
    return read_instant(one(name), name)


def one(name: str, otherwise: str | None = None) -> str:
    """A parameter that is there once; without it the other, or a refusal."""
    found = request.args.getlist(name)
    if not found and otherwise is not None:
        return otherwise
    if not found or not found[0]:
        raise Refusal("missing_field", name)
    if len(found) > 1:
        raise Refusal("too_many", name, most=1, got=len(found))
    return found[0]


def many(name: str) -> list[str]:
    found = request.args.getlist(name)
    if len(found) > MOST_VALUES:
        raise Refusal("too_many", name, most=MOST_VALUES, got=len(found))
    return found


def known_only(*names: str) -> None:
    """Refuse a parameter that means nothing here: misspelt, it would ask for something else."""
    for name in request.args:
        if name not in names:
            raise Refusal("unknown_field", name[:80], known=", ".join(names))


def _no_number(_name: str) -> object:
    raise ValueError
