"""How does a mail leave? By SMTP (RFC 5321), to the one server that the settings name."""

import smtplib
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from ssl import SSLContext, SSLError, create_default_context

from app.domain.delivering import Hitch
from app.domain.spans import Instant
from app.domain.walltime import local

SECONDS = 10.0
"""For each answer of the server."""

FOR_EVER = 500
"""From this reply code on (RFC 5321 section 4.2.1) the server will never take the same again."""


@dataclass(frozen=True)
class Mail:
    """A mail to one reader. `key` names it for ever: sent twice it is recognised (RFC 5322 section 3.6.4)."""

    key: str
    name: str
    address: str
    subject: str
    body: str
    made_at: Instant


@dataclass(frozen=True)
class Mailer:
    """Hands mails to a server. `tls` is `starttls`, `tls` (from the first byte) or `none`; `sender` is `Name <address>`."""

    host: str
    port: int
    tls: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    context: SSLContext | None = None
    seconds: float = SECONDS

    def send(self, mail: Mail) -> Hitch | None:
        """None when the server has taken it. Nothing is raised, and nothing of what the server said is told."""
        try:
            written = self._written(mail)
        except ValueError:
            return Hitch.REFUSED
        try:
            return self._hand_over(written)
        except smtplib.SMTPRecipientsRefused as refused:
            return _by_code(max(code for code, _ in refused.recipients.values()))
        except smtplib.SMTPDataError as refused:
            return _by_code(refused.smtp_code)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
            return Hitch.CLOSED
        except TimeoutError:
            return Hitch.TIMED_OUT
        except smtplib.SMTPResponseException:
            return Hitch.FAILING
        except (smtplib.SMTPException, SSLError, OSError):
            return Hitch.UNREACHABLE

    def _hand_over(self, written: EmailMessage) -> Hitch | None:
        """It is taken when the server says so after the last line; how it then says goodbye does not matter."""
        context = self.context or create_default_context()
        here = parseaddr(self.sender)[1].rpartition("@")[2]
        if self.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, here, timeout=self.seconds, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, here, timeout=self.seconds)
        try:
            if self.tls == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(written)
        finally:
            server.close()
        return None

    def _written(self, mail: Mail) -> EmailMessage:
        """Nothing that somebody typed becomes a header: it is put on one line, and the library refuses what is on more."""
        name, address = parseaddr(self.sender)
        host = address.rpartition("@")[2]
        written = EmailMessage()
        written["From"] = Address(name, addr_spec=address)
        written["To"] = Address(_line(mail.name), addr_spec=mail.address)
        written["Subject"] = _line(mail.subject)
        written["Date"] = format_datetime(local(mail.made_at, "UTC"))
        written["Message-ID"] = f"<{mail.key}@{host}>"
        written["Auto-Submitted"] = "auto-generated"
        written.set_content(mail.body)
        return written


def _line(text: str) -> str:
    """On one line, without what is not printed."""
    return "".join(one for one in " ".join(text.split()) if one.isprintable())


def _by_code(code: int) -> Hitch:
    return Hitch.REFUSED if code >= FOR_EVER else Hitch.FAILING
