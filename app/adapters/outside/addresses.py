"""May this address be asked? First its text, and at connection time the number it really leads to.

The text is read by one parser, and what could be read in two ways is refused; but the decision rests on the number that
is connected to (`Reach.allows`). Python's own `is_private` and `is_global` are not enough: the one lets 100.64.0.1
through, the other multicast, `::127.0.0.1`, `64:ff9b::7f00:1` and `fec0::1`.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from app.domain.refusal import Refusal

Network = IPv4Network | IPv6Network

LONGEST_ADDRESS = 2000
LONGEST_HOST = 253
DEFAULT_PORTS = {"https": 443, "http": 80}
SAME_AS = {"webcal": "https", "webcals": "https"}
"""What calendar programs write in front of an address that is meant to be subscribed to."""

NOT_FOR_US = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
HANDED_OUT = IPv6Network("2000::/3")
"""The part of IPv6 from which public addresses are given; mapped, translated and site-local ones lie outside it."""

SPECIAL = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Within it: Teredo and other protocol assignments, examples, 6to4, examples again."""

LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True)
class Reach:
    """What may be reached besides public numbers, and on which ports. An operator may name networks of his own."""

    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset(DEFAULT_PORTS.values())

    def allows(self, number: str) -> bool:
        """Whether a connection to this number (as a resolver gives it) may be made; what is no number may not."""
        try:
            found = ip_address(number)
        except ValueError:
            return False
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        if any(found in network for network in self.networks):
            return True
        return _is_public_v4(found) if isinstance(found, IPv4Address) else _is_public_v6(found)


PUBLIC = Reach()


def _is_public_v4(number: IPv4Address) -> bool:
    return number.is_global and not number.is_multicast and not any(number in network for network in NOT_FOR_US)


def _is_public_v6(number: IPv6Address) -> bool:
    return number.is_global and number in HANDED_OUT and not any(number in network for network in SPECIAL)


def read_address(text: str, reach: Reach = PUBLIC) -> str:
    """The address in its plain form: scheme, host in lower case, port when unusual, path and query.

    `webcal://` is `https://`. Refused: `bad_address` for what is not one address that can be read in one way,
    `address_scheme`, `address_with_password` (a name or password in front of the host), `address_port`, and
    `address_not_public` for a number inside a private network. A fragment is left out: it is never sent.
    """
    if not 0 < len(text) <= LONGEST_ADDRESS or not text.isprintable() or " " in text or "\\" in text:
        raise Refusal("bad_address", "address")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Refusal("bad_address", "address") from None
    scheme = SAME_AS.get(parts.scheme, parts.scheme)
    if scheme not in DEFAULT_PORTS:
        raise Refusal("address_scheme", "address")
    if "@" in parts.netloc:
        raise Refusal("address_with_password", "address")
    host = _host(parts.hostname or "", reach)
    if (port if port is not None else DEFAULT_PORTS[scheme]) not in reach.ports:
        raise Refusal("address_port", "address", ports=", ".join(map(str, sorted(reach.ports))))
    place = host if port in {None, DEFAULT_PORTS[scheme]} else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
    return f"{scheme}://{place}{path}{query}"


def host_of(address: str) -> str:
    """The host of an address that was read: what of it may be shown to its owner."""
    return urlsplit(address).hostname or ""


def _host(host: str, reach: Reach) -> str:
    """A name, or a number written in the usual way: `2130706433`, `0x7f.1` and `127.1` are neither."""
    if "%" in host:
        raise Refusal("bad_address", "address")
    if ":" in host:
        return f"[{_number(host, reach)}]"
    try:
        plain = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        raise Refusal("bad_address", "address") from None
    labels = plain.split(".")
    if len(plain) > LONGEST_HOST or not all(LABEL.fullmatch(label) for label in labels):
        raise Refusal("bad_address", "address")
    return _number(plain, reach) if NUMBER.fullmatch(labels[-1]) else plain


def _number(text: str, reach: Reach) -> str:
    try:
        number = str(ip_address(text))
    except ValueError:
        raise Refusal("bad_address", "address") from None
    if not reach.allows(number):
        raise Refusal("address_not_public", "address")
    return number
