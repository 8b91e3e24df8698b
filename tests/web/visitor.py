"""Somebody in front of the pages. Every page that is opened here is read as a visitor would read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.reading import Element, Values, complaints, filled_in, piece_complaints, read, unfilled

Typed = Mapping[str, str | Iterable[str]]
PIECES = ("/windows/check", "/peaks/dates/")


@dataclass
class Answer:
    """What came back."""

    response: TestResponse
    address: str

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.text

    @property
    def words(self) -> str:
        """Everything in the page, attributes too, as letters instead of entities."""
        return unescape(self.response.text)

    @property
    def headers(self) -> Mapping[str, str]:
        return self.response.headers

    @property
    def location(self) -> str:
        """Where a redirect leads, as a path with its query."""
        parts = urlsplit(self.response.headers.get("Location", ""))
        assert parts.netloc in {"", "localhost"}, f"sent elsewhere: {self.response.headers['Location']}"
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @cached_property
    def page(self) -> Element:
        return read(self.response.text)

    @property
    def main(self) -> Element:
        return self.page.one("main")

    @property
    def is_page(self) -> bool:
        is_feed = self.address.startswith("/feeds/")
        return self.response.mimetype == "text/html" and not 300 <= self.status < 400 and not is_feed

    def form(self, action: str | None = None, **attributes: str | None) -> Element:
        """The form in the main part, by where it goes to or by its attributes."""
        wanted = {**attributes, **({"action": action} if action else {})}
        return self.main.one("form", method="post", **wanted)

    @property
    def errors(self) -> dict[str, str]:
        """What the summary says is wrong, by the id of the field its line leads to ("" for the whole)."""
        summary = self.page.all(id="problems")
        lines = summary[0].all("li") if summary else []
        return {
            (line.all("a")[0].attributes["href"].removeprefix("#") if line.all("a") else ""): line.text.partition(": ")[2]
            or line.text
            for line in lines
        }


class Visitor:
    """One person with one set of cookies."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.app, self.language = app, language
        self.client: FlaskClient = app.test_client()
        self.person: str | None = None
        self.types_anything = False
        self._token: str | None = None

    def get(self, address: str, **options: object) -> Answer:
        """Open an address."""
        headers = {"Accept-Language": self.language, **options.pop("headers", {})}
        return self._read(self.client.get(address, headers=headers, **options), address)

    def post(self, address: str, values: Typed | None = None, **options: object) -> Answer:
        """Send a form to an address, with the token a form would carry."""
        headers = {"Accept-Language": self.language, **options.pop("headers", {})}
        data = {"csrf_token": self.token, **(values or {})}
        return self._read(self.client.post(address, data=data, headers=headers, **options), address)

    def follow(self, answer: Answer) -> Answer:
        """Go where a redirect leads."""
        assert answer.status in {302, 303}, f"{answer.address} answered {answer.status}: {answer.errors if answer.is_page else ''}"
        return self.get(answer.location)

    def send(self, answer: Answer, changes: Typed, button: str = "", **which: str | None) -> Answer:
        """Fill in a form of a page that is open, and press its button (the name of one of several)."""
        form = answer.form(**which)
        values: Values = filled_in(form)
        for name, value in changes.items():
            offered = {one.attributes.get("name") for one in form.all("input", "select", "textarea")}
            assert name in offered, f"this form has no field {name}; it has {sorted(filter(None, offered))}"
            values[name] = [value] if isinstance(value, str | tuple) else list(value)  # a tuple is a file and its name
        if button:
            pressed = form.one("button", name=button)
            values[button] = [pressed.attributes.get("value", "")]
        address = form.attributes.get("action") or answer.address
        headers = {"Accept-Language": self.language}
        return self._read(self.client.post(address, data=values, headers=headers), address)

    def send_elsewhere(self, answer: Answer, address: str, changes: Typed, **which: str | None) -> Answer:
        """Fill in a form and send it to another address than its own: what the script does while somebody types."""
        return self.post(address, {**filled_in(answer.form(**which)), **changes})

    @property
    def token(self) -> str:
        """The token of this visitor's forms."""
        if self._token is None:
            self.get("/sign-in" if self.person is None else "/windows")
        assert self._token is not None, "no form with a token was seen"
        return self._token

    def sign_in(self, person: str) -> "Visitor":
        """Sign in as one of the demonstration's people, and read on in this visitor's language."""
        entered = self.post("/sign-in/demo", {"person": person})
        assert entered.status == 302, f"{person} could not sign in: {entered.status}"
        self.person = person
        self.post("/language", {"language": self.language})
        return self

    def _read(self, response: TestResponse, address: str) -> Answer:
        answer = Answer(response, address)
        assert answer.status < 500, f"{address} failed: {answer.status}"
        if answer.is_page:
            is_piece = address.startswith(PIECES)
            wrong = piece_complaints(answer.page) if is_piece else complaints(answer.page, self.language)
            wrong += [] if self.types_anything else unfilled(answer.page)
            assert not wrong, f"{address} ({answer.status}):\n" + "\n".join(wrong)
            for field in answer.page.all("input", name="csrf_token"):
                self._token = field.attributes["value"]
        return answer
