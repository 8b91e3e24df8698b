"""Which address needs which scope? A route is named together with it, and who calls is found out by the token alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps

from flask import Blueprint, current_app, g, request
from flask.typing import ResponseReturnValue

from app.domain.access import SYSTEM, Actor, require
from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.domain.tokens import NEEDS, Scope, Token, require_scope
from app.phrases.language import Language, language
from app.store.database import Database, Work
from app.usecases.tokens import is_worth_noting, note_use, whose_token

View = Callable[..., ResponseReturnValue]
BEARER = "bearer"


@dataclass(frozen=True)
class Call:
    """One request of a program, for the person its token belongs to."""

    database: Database
    now: Instant
    actor: Actor
    token: Token

    @property
    def language(self) -> Language:
        return language(self.actor.language)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        with self.database.reading(self.actor, self.now) as work:
            yield work

    @contextmanager
    def writing(self) -> Iterator[Work]:
        with self.database.writing(self.actor, self.now) as work:
            yield work


@dataclass(frozen=True)
class Route:
    """An address with its view. `scope` None: open to everyone."""

    path: str
    view: View
    scope: Scope | None
    method: str


@dataclass
class Door:
    """The routes of one file."""

    routes: list[Route] = field(default_factory=list)

    def route(self, method: str, path: str, scope: Scope | None) -> Callable[[View], View]:
        """Declare a view's address, below `/api/v1`, and the scope it needs."""

        def declare(view: View) -> View:
            self.routes.append(Route(path, view, scope, method))
            return view

        return declare


def call() -> Call:
    """The call of this request."""
    current: Call = g.call
    return current


def install(api: Blueprint, door: Door) -> None:
    for route in door.routes:
        view = _guarded(route.view, route.scope) if route.scope else route.view
        api.add_url_rule(route.path, route.view.__name__, view, methods=[route.method])


def _guarded(view: View, scope: Scope) -> View:
    @wraps(view)
    def guarded(**arguments: object) -> ResponseReturnValue:
        g.call = _called()
        require_scope(call().token, scope)
        require(call().actor, NEEDS[scope])
        return view(**arguments)

    return guarded


def _called() -> Call:
    """Whoever calls, by the token in the header; no cookie is looked at."""
    known = current_app.extensions["ober"]
    database, now = known["database"], known["clock"]()
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != BEARER or not secret.strip():
        raise Refusal("token_missing")
    with database.reading(SYSTEM, now) as work:
        found = whose_token(work, secret.strip())
        is_due = found is not None and is_worth_noting(work, found[0])
    if found is None:
        raise Refusal("token_unknown")
    token, actor = found
    if is_due:
        with database.writing(actor, now) as work:
            note_use(work, token)
    return Call(database, now, actor, token)
