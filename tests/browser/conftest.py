"""The application served to a real browser. A test fails on anything a page complains about or fetches from elsewhere."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app.application import create_app
from app.domain.spans import Instant
from app.store.database import Database
from config import Settings

PLACES = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MEANT_TO_BE = (
    "Failed to load resource: the server responded with a status of 4",
    "Response Status Error Code 4",
    "htmx:afterRequest",
    "htmx:sendAbort",
)
NO_BROWSER = "no browser: install Debian's chromium (apt-get install chromium fonts-dejavu-core)"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    found = next((path for path in map(shutil.which, PLACES) if path), None)
    if found is None:
        if os.environ.get("OBER_REQUIRE_BROWSER"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


class Quiet(WSGIRequestHandler):
    """Serves without a line on the screen for every request."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *arguments: object) -> None:
        pass


def _not_yet(_environment: object, _start: object) -> list[bytes]:
    raise AssertionError("the application was not put in place")


@dataclass
class Clock:
    """What time it is for the application, until a test moves on."""

    now: Instant

    def __call__(self) -> Instant:
        return self.now


@pytest.fixture
def clock(story_now: Instant) -> Clock:
    return Clock(story_now)


@pytest.fixture
def site(demo_database: Database, clock: Clock) -> Iterator[str]:
    """The address of the demonstration, at first at the story's own time."""
    with served(demo_database, clock, is_demo=True) as address:
        yield address


@contextmanager
def served(database: Database, clock: Clock, *, is_demo: bool) -> Iterator[str]:
    """The application at an address of its own."""
    server: BaseWSGIServer = make_server("127.0.0.1", 0, _not_yet, threaded=True, request_handler=Quiet)
    address = f"http://127.0.0.1:{server.port}"
    settings = Settings(str(database.engine.url), "a secret of more than thirty-two letters", address, is_demo=is_demo)
    server.app = create_app(settings, database)
    server.app.extensions["ober"]["clock"] = clock
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Complaints:
    """What went wrong in a browser.

    Not counted: that a page was refused (that is what is tested), and that the live check gave up a question because a
    newer one was asked or the page was left (htmx calls that an error).
    """

    hosts: set[str] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(MEANT_TO_BE):
            self.heard.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in self.hosts:
            self.heard.append(f"fetched from elsewhere: {request.url}")


Opening = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Opening]:
    """Opens a page in a context of its own: `opened(viewport=PHONE, locale="nl-NL")`, `opened(base_url=another_site)`."""
    complaints = Complaints()
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> Page:
        chosen = {"base_url": site, "viewport": DESKTOP, "locale": "en-GB", **options}
        complaints.hosts.add(urlsplit(chosen["base_url"]).netloc)
        context = browser.new_context(**chosen)
        context.set_default_timeout(10_000)
        context.on("page", complaints.watch)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints.heard, "the browser complained:\n" + "\n".join(complaints.heard)


def sign_in(page: Page, person: str, language: str = "en") -> None:
    """Somebody of the demonstration from now on, who reads in that language; no page is drawn for it."""
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.request.get("/sign-in").text())
    assert token, "the page to sign in at has no form"
    for address, answer in (("/sign-in/demo", {"person": person}), ("/language", {"language": language})):
        sent = page.request.post(address, form={"csrf_token": token[1], **answer}, max_redirects=0)
        assert sent.status in {302, 303}, f"{address}: {sent.status}"


def walk_in(page: Page, person: str, language: str = "en") -> None:
    """The same by hand, to the first page there is."""
    page.goto("/sign-in")
    page.locator(f"button[name=person][value='{person}']").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").click()
        page.locator(f"html[lang={language}]").wait_for()


def sign_out(page: Page) -> None:
    page.locator("form[action='/sign-out'] button").click()
    page.wait_for_url("**/sign-in")
