"""A mail server of one's own for a test: it takes mail, or does what else a mail server may do."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller

HERE = "127.0.0.1"
DROPS = "drops"
"""Breaks the connection when it has read a mail, before it says that it has."""


@dataclass
class Mailbox:
    """What came, in order. `answers` are given one a mail, then every mail is taken."""

    answers: list[str] = field(default_factory=list)
    came: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer[0] in "2d":
            self.came.append(cast(EmailMessage, message_from_bytes(envelope.content, policy=policy.default)))
            self.to += envelope.rcpt_tos
        if answer == DROPS:
            server.transport.abort()
        return answer


@contextmanager
def taking_mail(mailbox: Mailbox, **more: Any) -> Iterator[int]:
    """The server, on the port it had before if it had one."""
    mailbox.port = mailbox.port or free_port()
    controller = Controller(mailbox, hostname=HERE, port=mailbox.port, **more)
    controller.start()
    try:
        yield mailbox.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server((HERE, 0)) as probe:
        return int(probe.getsockname()[1])
