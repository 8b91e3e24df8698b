"""Which address needs which right? A route is named together with the right it asks for, and so it can be listed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.routing import IntegerConverter, Map

from app.domain.access import Right, require
from app.web.visit import visit

View = Callable[..., ResponseReturnValue]
HIGHEST_NUMBER = 2**31 - 1
"""No table counts further: PostgreSQL keeps its numbers in four bytes."""


class Number(IntegerConverter):
    """A number in an address. One that no table can hold belongs to nothing, and is not looked up."""

    def __init__(self, known: Map) -> None:
        super().__init__(known, max=HIGHEST_NUMBER)


@dataclass(frozen=True)
class Route:
    """An address with its view. `right` None: open to everyone, signed in or not."""

    path: str
    view: View
    right: Right | None
    methods: tuple[str, ...]


@dataclass
class Door:
    """The routes of one file."""

    routes: list[Route] = field(default_factory=list)

    def route(self, path: str, right: Right | None, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
        """Declare a view's address and the right it needs."""

        def declare(view: View) -> View:
            self.routes.append(Route(path, view, right, methods))
            return view

        return declare


def install(pages: Blueprint, door: Door) -> None:
    for route in door.routes:
        view = _guarded(route.view, route.right) if route.right else route.view
        pages.add_url_rule(route.path, route.view.__name__, view, methods=list(route.methods))


def _guarded(view: View, right: Right) -> View:
    """Whoever is not signed in is asked to, and comes back to where he was going."""

    @wraps(view)
    def guarded(**arguments: object) -> ResponseReturnValue:
        if visit().actor is None:
            going = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("pages.sign_in_page", going=going))
        require(visit().signed_in, right)
        return view(**arguments)

    return guarded
