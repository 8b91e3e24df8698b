"""Where does a connection really go, and for how long? A network backend that checks the number it connects to.

A name is resolved once and every number it has must be allowed; the connection is made to one of these very numbers, so
a name that changes its mind in between leads nowhere else. One limit of time and of bytes stands over everything that
happens on the socket, the TLS handshake included: a server that sends a byte a second is not waited for.
"""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from ssl import SSLContext
from threading import Thread
from typing import Any

import httpcore

from app.adapters.outside.addresses import Reach

Clock = Callable[[], float]
Resolve = Callable[[str, int], list[str]]
"""The numbers of a name."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class NotAllowedError(Exception):
    """The name leads to a number that may not be reached."""


class TooLargeError(Exception):
    """More bytes came than may come."""


class OutOfTimeError(Exception):
    """The time for the whole fetch is over."""


class Limit:
    """The seconds and the bytes that are left of one fetch, redirects included."""

    def __init__(self, clock: Clock, seconds: float, most_bytes: int) -> None:
        self._clock, self._end, self._bytes = clock, clock() + seconds, most_bytes

    def left(self) -> float:
        """The seconds that are left, more than none."""
        left = self._end - self._clock()
        if left <= 0:
            raise OutOfTimeError
        return left

    def take(self, count: int) -> None:
        """Count bytes that came in."""
        self._bytes -= count
        if self._bytes < 0:
            raise TooLargeError


class LimitedStream(httpcore.NetworkStream):
    """A connection whose every act ends when the whole fetch must."""

    def __init__(self, inner: httpcore.NetworkStream, limit: Limit) -> None:
        self._inner, self._limit = inner, limit

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the limit stands above it
        data = self._inner.read(max_bytes, self._limit.left())
        self._limit.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the limit stands above it
        self._inner.write(buffer, self._limit.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the limit stands above it
    ) -> httpcore.NetworkStream:
        """The certificate must be that of the name, whatever number it led to."""
        return LimitedStream(self._inner.start_tls(ssl_context, server_hostname, self._limit.left()), self._limit)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


@dataclass(frozen=True)
class CheckedBackend(httpcore.NetworkBackend):
    """Makes the connections of one fetch. It asks no proxy, whatever the environment says: nothing here reads it."""

    reach: Reach
    resolve: Resolve
    limit: Limit

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the limit stands above it
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """One bad number condemns the name. Of several good ones the next is tried when one does not answer."""
        numbers = _within(self.limit, lambda: self.resolve(host, port))
        if not numbers or not all(self.reach.allows(number) for number in numbers):
            raise NotAllowedError
        problem: Exception = NotAllowedError()
        for place, number in enumerate(numbers):
            seconds = self.limit.left() / (len(numbers) - place)
            try:
                inner = httpcore.SyncBackend().connect_tcp(number, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                problem = failed
            else:
                return LimitedStream(inner, self.limit)
        raise problem


def resolve(host: str, port: int) -> list[str]:
    """The numbers the system's resolver gives, each once, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _within(limit: Limit, ask: Callable[[], list[str]]) -> list[str]:
    """The system's resolver knows no time limit, so it is asked beside us and left alone when it takes too long."""
    answers: SimpleQueue[list[str] | OSError | UnicodeError] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(ask())
        except (OSError, UnicodeError) as problem:
            answers.put(problem)

    Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=limit.left())
    except Empty:
        raise OutOfTimeError from None
    if isinstance(answer, Exception):
        raise httpcore.ConnectError(str(answer))
    return answer
