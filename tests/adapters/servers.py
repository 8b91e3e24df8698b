"""Servers that behave badly, on real sockets: 127.0.0.2 plays the internet, 127.0.0.1 what lies inside."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ssl import SSLContext
from threading import Thread

Behaviour = Callable[[socket.socket], None]
INTERNET, INSIDE = "127.0.0.2", "127.0.0.1"
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"


@dataclass
class Server:
    """Answers every connection in one way, and remembers what it was asked."""

    port: int
    host: str
    asked: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def serving(behave: Behaviour, host: str = INTERNET, port: int = 0, tls: SSLContext | None = None) -> Iterator[Server]:
    """A server for the length of a test; with a certificate when there is a context for it."""
    with socket.create_server((host, port)) as listening:
        server = Server(listening.getsockname()[1], host)
        thread = Thread(target=_accept, args=(listening, server, behave, tls))
        thread.start()
        try:
            yield server
        finally:  # a test that fails ends too
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _accept(listening: socket.socket, server: Server, behave: Behaviour, tls: SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        Thread(target=_talk, args=(connection, server, behave, tls), daemon=True).start()


def _talk(raw: socket.socket, server: Server, behave: Behaviour, tls: SSLContext | None) -> None:
    """Until either side has had enough."""
    try:
        with raw, tls.wrap_socket(raw, server_side=True) if tls else raw as connection:
            server.asked.append(_request(connection))
            behave(connection)
    except OSError:
        return


def _request(connection: socket.socket) -> bytes:
    """All of it, with the body if it says that it has one."""
    asked = connection.recv(65536)
    length = re.search(rb"\r\ncontent-length: (\d+)\r\n", asked, re.IGNORECASE)
    whole = asked.find(b"\r\n\r\n") + 4 + int(length[1]) if length else 0
    while len(asked) < whole and (more := connection.recv(65536)):
        asked += more
    return asked


def saying(*answers: bytes) -> Behaviour:
    """These bytes at once, one answer a connection; the last one for ever."""
    left = list(answers)

    def behave(connection: socket.socket) -> None:
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return behave


def answer(body: bytes = CALENDAR, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer of HTTP/1.1."""
    given = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(there: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=there)
