"""`preview`: people who type in the form of a window, each in a thread, at a server that runs in a process of its own."""

import os
import re
import secrets
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from subprocess import Popen
from urllib.parse import urlencode

import click
import waitress

from app.application import create_app
from app.cli.long_running import settle
from app.domain.windows import Window
from app.store.database import Database
from benchmarks.checking import sampled
from benchmarks.filling import PASSWORD
from benchmarks.report import Line, spread
from benchmarks.worlds import NOW, World
from config import Settings

HOST = "127.0.0.1"
PEOPLE = 8
PAUSE = 0.5
"""Seconds from one answer to the next letter: who types faster has his earlier question dropped by the page."""

PATIENCE = 60


def serve(url: str, port: int) -> None:
    """What `ober run` serves, at the moment of the world."""
    shift = NOW - int(time.time())
    settings = Settings(url, secrets.token_urlsafe(32), f"http://{HOST}:{port}", clock_shift=shift)
    app = create_app(settings)
    settle()
    waitress.serve(app, host=HOST, port=port, threads=8, connection_limit=1000, ident="")


def preview(database: Database, world: World, sample: int, _rounds: int) -> list[Line]:
    """Each person fills in windows as they come; an answer without a check in it is an error."""
    chosen = sampled(database, sample)
    with _server(database) as (port, child), ThreadPoolExecutor(PEOPLE) as pool:
        people = list(pool.map(lambda _number: Person(port, chosen[0]), range(PEOPLE)))
        before = _processor_time(child)
        typed = pool.map(lambda number: _type(people[number], islice(cycle(chosen), number, number + sample)), range(PEOPLE))
        answers = [one for each in typed for one in each]
        spent = (_processor_time(child) - before) / len(answers)
    lines = spread("preview", f"{PEOPLE} people typing", "ms wall", [milliseconds for milliseconds, _ in answers])
    errors = sum(not is_good for _, is_good in answers)
    wrong = Line("preview", "errors", "n", len(answers), errors, errors).at_most(0)
    server = Line("preview", "the server's processor time an answer", "ms cpu", len(answers), spent, spent)
    if world.size.name != "M":
        return [lines, wrong, server]
    met = lines.median <= 40 and lines.p99 <= 250
    return [replace(lines, goal="<= 40, p99 <= 250", is_met=met), wrong, server]


@contextmanager
def _server(database: Database) -> Iterator[tuple[int, Popen[bytes]]]:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    url = database.engine.url.render_as_string(hide_password=False)
    child = Popen([sys.executable, "-m", "benchmarks", "serve", "--database", url, "--port", str(port)])  # noqa: S603 - itself
    try:
        _wait_for(child, port)
        yield port, child
    finally:
        child.terminate()
        child.wait()


def _wait_for(child: Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise click.ClickException("The server did not start.")


def _processor_time(child: Popen[bytes]) -> float:
    """Milliseconds that a process has worked so far."""
    fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _type(person: "Person", windows: Iterable[Window]) -> list[tuple[float, bool]]:
    """Milliseconds for each answer, and whether it was a check."""
    found = []
    for window in windows:
        began = time.perf_counter()
        is_good = person.check(window)
        found.append(((time.perf_counter() - began) * 1000, is_good))
        time.sleep(PAUSE)
    return found


class Person:
    """Somebody with a connection, cookies and the token of his forms, signed in; what he types first is not measured."""

    def __init__(self, port: int, first: Window) -> None:
        self.connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        self.cookies: dict[str, str] = {}
        self.token = self._token("/sign-in")
        status, _ = self.post("/sign-in", {"name": "manager", "password": PASSWORD})
        assert status == 302, f"could not sign in: {status}"
        self.token = self._token("/windows/new")
        self.check(first)

    def check(self, window: Window) -> bool:
        """Whether the answer to what is typed is a check."""
        status, text = self.post("/windows/check", _filled_in(window))
        return status == 200 and 'id="verdict-title"' in text

    def post(self, address: str, values: dict[str, object]) -> tuple[int, str]:
        body = urlencode({"csrf_token": self.token, **values}, doseq=True)
        return self._ask("POST", address, body)

    def _token(self, address: str) -> str:
        _, text = self._ask("GET", address)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        assert found, f"{address} has no form"
        return found[1]

    def _ask(self, method: str, address: str, body: str = "") -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        for one in answer.headers.get_all("Set-Cookie", []):
            name, _, value = one.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode()


def _filled_in(window: Window) -> dict[str, object]:
    return {
        "services": sorted(window.services),
        "type": str(window.type),
        "impact": "outage",
        "start_day": window.start.date().isoformat(),
        "start_time": f"{window.start:%H:%M}",
        "end_day": window.end.date().isoformat(),
        "end_time": f"{window.end:%H:%M}",
        "zone": window.zone,
        "rollback_minutes": str(window.rollback_minutes),
    }
