"""Settings, read from the environment once, at the start. A wrong one stops the start and says which."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import unquote, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.domain.mail_addresses import is_mail_address

Network = IPv4Network | IPv6Network

SHORTEST_SECRET = 32
USUAL_PORTS = frozenset({80, 443})


class WrongSettingError(Exception):
    """Names the setting and says what it should be."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over. `tls` is `starttls`, `tls` (from the first byte) or `none`; `sender` is `Name <address>`."""

    host: str
    port: int
    tls: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """What differs between installations.

    `public_url` is where people reach Ober (`https://…`); its host is the only one answered to. Cookies are for https
    only unless it is http. `clock_shift` is added to the clock, in seconds: only the demonstration uses it.
    Calendars elsewhere are fetched from the internet; from an inside network only when `calendar_networks` names it. The same
    goes for webhooks. Without `mail` no mail is sent.
    """

    database_url: str
    secret_key: str = field(repr=False)
    public_url: str
    is_demo: bool = False
    clock_shift: int = 0
    calendar_networks: tuple[Network, ...] = ()
    calendar_ports: frozenset[int] = USUAL_PORTS
    mail: MailServer | None = None

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.public_url).netloc


def database_url_from(environment: Mapping[str, str]) -> str:
    """OBER_DATABASE_URL alone, for commands that serve nothing."""
    return _database_url(_required(environment, "OBER_DATABASE_URL"))


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read OBER_DATABASE_URL, OBER_SECRET_KEY and OBER_PUBLIC_URL; all three are required."""
    return Settings(
        database_url=database_url_from(environment),
        secret_key=_secret(_required(environment, "OBER_SECRET_KEY")),
        public_url=_public_url(_required(environment, "OBER_PUBLIC_URL")),
        calendar_networks=calendar_networks_from(environment),
        calendar_ports=calendar_ports_from(environment),
        mail=mail_from(environment),
    )


def calendar_networks_from(environment: Mapping[str, str]) -> tuple[Network, ...]:
    """OBER_CALENDAR_NETWORKS: networks besides the internet from which calendars may be fetched; none when it is left out."""
    try:
        return tuple(ip_network(one) for one in _listed(environment, "OBER_CALENDAR_NETWORKS"))
    except ValueError as problem:
        raise WrongSettingError(f"OBER_CALENDAR_NETWORKS cannot be read. {HINTS['OBER_CALENDAR_NETWORKS']}") from problem


def calendar_ports_from(environment: Mapping[str, str]) -> frozenset[int]:
    """OBER_CALENDAR_PORTS: the ports that may be asked; 80 and 443 when it is left out."""
    found = _listed(environment, "OBER_CALENDAR_PORTS")
    if not all(one.isascii() and one.isdigit() and 0 < int(one) < 65536 for one in found):
        raise WrongSettingError(f"OBER_CALENDAR_PORTS cannot be read. {HINTS['OBER_CALENDAR_PORTS']}")
    return frozenset(map(int, found)) or USUAL_PORTS


def mail_from(environment: Mapping[str, str]) -> MailServer | None:
    """OBER_SMTP_URL and OBER_MAIL_FROM: both, or neither for no mail."""
    url, sender = (environment.get(name, "").strip() for name in ("OBER_SMTP_URL", "OBER_MAIL_FROM"))
    if not url and not sender:
        return None
    _required(environment, "OBER_SMTP_URL")
    name, address = parseaddr(_required(environment, "OBER_MAIL_FROM"))
    if not is_mail_address(address) or not (sender.isascii() and sender.isprintable()):
        raise WrongSettingError(f"OBER_MAIL_FROM is not an address. {HINTS['OBER_MAIL_FROM']}")
    try:
        parts = urlsplit(url)
        tls, port = SMTP_SCHEMES[parts.scheme]
        known = MailServer(parts.hostname or "", parts.port or port, tls, f"{name} <{address}>" if name else address)
    except (KeyError, ValueError):
        raise WrongSettingError(f"OBER_SMTP_URL cannot be read. {HINTS['OBER_SMTP_URL']}") from None
    if not known.host or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise WrongSettingError(f"OBER_SMTP_URL cannot be read. {HINTS['OBER_SMTP_URL']}")
    return replace(known, user=unquote(parts.username or ""), password=unquote(parts.password or ""))


def _listed(environment: Mapping[str, str], name: str) -> list[str]:
    return [one.strip() for one in environment.get(name, "").split(",") if one.strip()]


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise WrongSettingError(f"{name} is not set. {HINTS[name]}")
    return value


def _database_url(value: str) -> str:
    """A database that there is a driver for."""
    try:
        address = make_url(value)
        address.get_dialect()
    except (ArgumentError, ValueError) as problem:
        raise WrongSettingError(f"OBER_DATABASE_URL cannot be used. {HINTS['OBER_DATABASE_URL']}") from problem
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise WrongSettingError(f"OBER_DATABASE_URL cannot be used. {HINTS['OBER_DATABASE_URL']}")
    return value


def _secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise WrongSettingError(f"OBER_SECRET_KEY is too short. {HINTS['OBER_SECRET_KEY']}")
    return value


def _public_url(value: str) -> str:
    """A name and perhaps a port, nothing else: a host in brackets cannot be recognised in a request."""
    try:
        parts = urlsplit(value)
        plain = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        plain = ""
    is_plain = plain.lower() == value.lower().rstrip("/") and plain.startswith(("http://", "https://"))
    if not is_plain or not parts.hostname or ":" in parts.hostname:
        raise WrongSettingError(f"OBER_PUBLIC_URL is not an address. {HINTS['OBER_PUBLIC_URL']}")
    return value.rstrip("/")


SMTP_SCHEMES = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
"""By the scheme of OBER_SMTP_URL: when the connection becomes a protected one, and the usual port."""

HINTS = {
    "OBER_SMTP_URL": "Write smtp://user:password@mail.example.org (STARTTLS), smtps://… or, for a server beside Ober, "
    "smtp+plain://localhost; a sign such as @ in a password as %40.",
    "OBER_MAIL_FROM": "Write whose mail it is, such as Ober <ober@example.org>.",
    "OBER_DATABASE_URL": "Write sqlite:////var/lib/ober/ober.db or postgresql://user:password@host/ober.",
    "OBER_SECRET_KEY": f"Write at least {SHORTEST_SECRET} random characters from "
    "`python -c 'import secrets; print(secrets.token_urlsafe(32))'`.",
    "OBER_CALENDAR_NETWORKS": "Write networks with commas between them, such as 10.1.2.0/24, or leave it out.",
    "OBER_CALENDAR_PORTS": "Write ports with commas between them, such as 80, 443, 8443, or leave it out.",
    "OBER_PUBLIC_URL": "Write where people reach Ober, such as https://ober.example.org.",
}
