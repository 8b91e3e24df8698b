"""What does an address answer? One fetch, bounded in time, bytes and redirects; every outcome is a value.

What is told of a failure is one of a few words. No text of the other side and no difference between a refused and a
silent port leaves this file: the words of a failure must not map a network.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ssl import SSLContext
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpcore

from app.adapters.outside.addresses import PUBLIC, Reach, read_address
from app.adapters.outside.connections import (
    CheckedBackend,
    Clock,
    Limit,
    NotAllowedError,
    OutOfTimeError,
    Resolve,
    TooLargeError,
    resolve,
)
from app.domain.refusal import Refusal
from app.domain.subscriptions import Trouble

MOST_BYTES = 5_000_000
HEADERS_AND_FRAMES = 500_000
"""What may come besides the body: headers, chunk sizes, answers that say to go elsewhere."""

MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_THERE = {404: Trouble.NOT_FOUND, 410: Trouble.GONE}
CLOSED = frozenset({401, 403, 407})
LONGEST_MARK = 200
ASKING = {
    "User-Agent": "Mozilla/5.0 (compatible; Ober, calendar subscription)",  # one host in the wild answers 500 to others
    "Accept": "text/calendar, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
BRINGING = {
    "User-Agent": "Ober webhook",
    "Content-Type": "application/json",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True)
class Marks:
    """What an answer was marked with, to ask the next time whether it is still the same (RFC 9110 sections 8.8, 13.1)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Fetched:
    data: bytes
    marks: Marks


@dataclass(frozen=True)
class Unchanged:
    """The answer is still what the marks belong to."""


@dataclass(frozen=True)
class Failed:
    trouble: Trouble


Answer = Fetched | Unchanged | Failed
A = TypeVar("A")


@dataclass(frozen=True)
class Outside:
    """Fetches addresses. `clock` counts seconds from anywhere; `reach` beyond public numbers must be given by name."""

    clock: Clock
    reach: Reach = PUBLIC
    resolve: Resolve = resolve
    seconds: float = 15.0
    most_bytes: int = MOST_BYTES
    tls: SSLContext | None = None

    def fetch(self, address: str, marks: Marks = Marks()) -> Answer:
        """Ask the address, and where it points to at most three times over. Nothing is raised."""
        limit = Limit(self.clock, self.seconds, self.most_bytes + HEADERS_AND_FRAMES)
        return self._bounded(lambda: self._follow(read_address(address, self.reach), marks, limit))

    def post(self, address: str, headers: Mapping[str, str], body: bytes) -> Trouble | None:
        """Bring the address a JSON text; None when it took it. It is led nowhere else, and what it answers is not read."""
        limit = Limit(self.clock, self.seconds, HEADERS_AND_FRAMES)

        def bring() -> Failed | None:
            backend = CheckedBackend(self.reach, self.resolve, limit)
            given = [(name.encode(), value.encode("latin-1")) for name, value in (BRINGING | dict(headers)).items()]
            with (
                httpcore.ConnectionPool(ssl_context=self.tls, network_backend=backend) as pool,
                pool.stream("POST", read_address(address, self.reach), headers=given, content=body) as response,
            ):
                if response.status in REDIRECTS:
                    return Failed(Trouble.NOT_ALLOWED)
                return None if response.status // 100 == 2 else Failed(_trouble(response.status))

        failed = self._bounded(bring)
        return failed.trouble if failed else None

    def _bounded(self, ask: Callable[[], A]) -> A | Failed:
        """What the asking finds, or in a word why it found nothing."""
        try:
            return ask()
        except (NotAllowedError, Refusal):
            return Failed(Trouble.NOT_ALLOWED)
        except TooLargeError:
            return Failed(Trouble.TOO_LARGE)
        except (OutOfTimeError, httpcore.TimeoutException):
            return Failed(Trouble.TIMED_OUT)
        except httpcore.NetworkError:
            return Failed(Trouble.UNREACHABLE)
        except (httpcore.ProtocolError, ValueError):
            return Failed(Trouble.FAILING)

    def _follow(self, address: str, marks: Marks, limit: Limit) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(address, marks, limit)
            if not isinstance(answer, str):
                return answer
            address = self._next(address, answer)
        raise NotAllowedError

    def _next(self, address: str, location: str) -> str:
        """The address that an answer points to; never from a protected one to an open one."""
        there = read_address(urljoin(address, location), self.reach)
        if urlsplit(address).scheme == "https" and urlsplit(there).scheme != "https":
            raise NotAllowedError
        return there

    def _ask(self, address: str, marks: Marks, limit: Limit) -> Answer | str:
        """One request: an answer, or where it points to."""
        backend = CheckedBackend(self.reach, self.resolve, limit)
        asking = ASKING | {"If-None-Match": marks.etag} if marks.etag else ASKING
        asking = asking | {"If-Modified-Since": marks.last_modified} if marks.last_modified else asking
        headers = [(name.encode(), value.encode("latin-1")) for name, value in asking.items()]
        with (
            httpcore.ConnectionPool(ssl_context=self.tls, network_backend=backend) as pool,
            pool.stream("GET", address, headers=headers) as response,
        ):
            said = {name.lower(): value for name, value in reversed(response.headers)}
            if response.status in REDIRECTS and b"location" in said:
                return said[b"location"].decode("latin-1")
            if response.status == 304 and marks != Marks():
                return Unchanged()
            if response.status != 200:
                return Failed(_trouble(response.status))
            if said.get(b"content-encoding", b"identity").lower() not in {b"identity", b""}:
                return Failed(Trouble.FAILING)
            return Fetched(self._body(response), Marks(_mark(said.get(b"etag")), _mark(said.get(b"last-modified"))))

    def _body(self, response: httpcore.Response) -> bytes:
        body = bytearray()
        for part in response.iter_stream():
            body += part
            if len(body) > self.most_bytes:
                raise TooLargeError
        return bytes(body)


def _trouble(status: int) -> Trouble:
    if status in NOT_THERE:
        return NOT_THERE[status]
    return Trouble.CLOSED if status in CLOSED else Trouble.FAILING


def _mark(value: bytes | None) -> str:
    """A mark that can be sent back as it came; one that cannot is not kept."""
    text = (value or b"").decode("latin-1")
    return text if text.isascii() and text.isprintable() and len(text) <= LONGEST_MARK else ""
