"""Fetching one address: what may be asked, where it really leads, and that it always ends."""

import gzip
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from socket import socket
from threading import Event

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from app.adapters.outside import PUBLIC, Answer, Failed, Fetched, Marks, Outside, Reach, Unchanged, read_address
from app.domain.refusal import Refusal
from app.domain.subscriptions import Trouble
from tests.adapters.servers import CALENDAR, INSIDE, INTERNET, Server, answer, redirect, saying, serving

INTERNET_ONLY = (ip_network(f"{INTERNET}/32"),)
NUMBERS = {
    "8.8.8.8": True,
    "93.184.215.14": True,
    "2606:4700:4700::1111": True,
    "0.0.0.0": False,  # noqa: S104 - nothing listens here
    "0.1.2.3": False,
    "10.0.0.1": False,
    "10.255.255.255": False,
    "100.64.0.1": False,
    "100.127.255.254": False,
    "127.0.0.1": False,
    "127.255.255.254": False,
    "169.254.169.254": False,
    "172.16.0.1": False,
    "172.31.255.255": False,
    "192.0.0.8": False,
    "192.0.0.170": False,
    "192.0.2.1": False,
    "192.88.99.1": False,
    "192.168.1.1": False,
    "198.18.0.1": False,
    "198.51.100.7": False,
    "203.0.113.9": False,
    "224.0.0.1": False,
    "239.255.255.250": False,
    "240.0.0.1": False,
    "255.255.255.255": False,
    "::": False,
    "::1": False,
    "::127.0.0.1": False,
    "::ffff:127.0.0.1": False,
    "::ffff:10.0.0.1": False,
    "64:ff9b::7f00:1": False,
    "64:ff9b:1::a00:1": False,
    "100::1": False,
    "2001::1": False,
    "2001:db8::1": False,
    "2002:7f00:1::": False,
    "3fff::1": False,
    "fc00::1": False,
    "fd12:3456::1": False,
    "fe80::1": False,
    "fe80::1%eth0": False,
    "fec0::1": False,
    "ff02::1": False,
    "::ffff:8.8.8.8": True,
    "not a number": False,
    "": False,
}


def outside(*servers: Server, seconds: float = 5.0, **more: object) -> Outside:
    """The internet is 127.0.0.2 here, on the ports of these servers."""
    reach = Reach(INTERNET_ONLY, frozenset(one.port for one in servers))
    return Outside(time.monotonic, reach, seconds=seconds, **more)


def names(known: dict[str, list[str]], asked: list[str]) -> Callable[[str, int], list[str]]:
    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return known[host]

    return resolve


def trouble(found: Answer) -> Trouble:
    assert isinstance(found, Failed), found
    return found.trouble


# --- Which numbers, which texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_only_public_numbers_are_connected_to(number: str) -> None:
    assert PUBLIC.allows(number) is NUMBERS[number]


@pytest.mark.parametrize("number", [number for number, is_public in NUMBERS.items() if not is_public])
def test_a_name_that_leads_to_a_number_inside_is_not_asked(number: str) -> None:
    both = {"calendars.example": ["8.8.8.8", number]}
    found = Outside(time.monotonic, resolve=names(both, [])).fetch("https://calendars.example/club.ics")
    assert trouble(found) is Trouble.NOT_ALLOWED


def test_an_operators_own_network_is_reached_only_when_it_is_named() -> None:
    named = Reach((ip_network("10.1.0.0/16"),))
    assert named.allows("10.1.2.3")
    assert named.allows("::ffff:10.1.2.3")
    assert not named.allows("10.2.2.3")
    assert not named.allows("127.0.0.1")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("https://calendars.example/club.ics", "https://calendars.example/club.ics"),
        ("webcal://calendars.example/club.ics", "https://calendars.example/club.ics"),
        ("HTTPS://Calendars.Example:443", "https://calendars.example/"),
        ("http://calendars.example./a b".replace(" ", "%20"), "http://calendars.example/a%20b"),
        ("https://calendars.example/é?q=ü&r=1#part", "https://calendars.example/%C3%A9?q=%C3%BC&r=1"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://8.8.8.8/x", "https://8.8.8.8/x"),
        ("https://[2606:4700:4700::1111]/x", "https://[2606:4700:4700::1111]/x"),
    ],
)
def test_an_address_is_read_into_its_plain_form(typed: str, plain: str) -> None:
    assert read_address(typed) == plain
    assert read_address(plain) == plain


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "bad_address"),
        ("https://", "bad_address"),
        ("https:///club.ics", "bad_address"),
        ("https://calendars.example/" + "x" * 2000, "bad_address"),
        ("https://calendars.example/a b", "bad_address"),
        ("https://calendars.example/\r\nHost: inside", "bad_address"),
        ("https://calendars.example\t.evil.example/", "bad_address"),
        ("https://calendars.example\\@inside/", "bad_address"),
        ("https://calendars.example/\0", "bad_address"),
        ("https://2130706433/", "bad_address"),
        ("https://0x7f.1/", "bad_address"),
        ("https://0x7f000001/", "bad_address"),
        ("https://127.1/", "bad_address"),
        ("https://0177.0.0.1/", "bad_address"),
        ("https://calendars.example.1/", "bad_address"),
        ("https://[fe80::1%25eth0]/", "bad_address"),
        ("https://[::1", "bad_address"),
        ("https://calendars..example/", "bad_address"),
        ("https://-calendars.example/", "bad_address"),
        ("https://calendars.example:99999/", "bad_address"),
        ("https://１２７.０.０.１/", "address_not_public"),
        ("https://127.0.0.1/", "address_not_public"),
        ("https://169.254.169.254/latest/meta-data", "address_not_public"),
        ("https://[::1]/", "address_not_public"),
        ("https://[::ffff:7f00:1]/", "address_not_public"),
        ("calendars.example/club.ics", "address_scheme"),
        ("//calendars.example/club.ics", "address_scheme"),
        ("file:///etc/passwd", "address_scheme"),
        ("gopher://calendars.example/", "address_scheme"),
        ("ftp://calendars.example/", "address_scheme"),
        ("https://user:secret@calendars.example/", "address_with_password"),
        ("https://8.8.8.8@127.0.0.1/", "address_with_password"),
        ("https://calendars.example:22/", "address_port"),
        ("https://calendars.example:0/", "address_port"),
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_address(typed)
    assert (refused.value.code, refused.value.problems[0].field) == (code, "address")


# --- What a well-behaved server answers -------------------------------------------------------------------------------


def test_what_is_fetched_comes_with_its_marks_and_they_are_asked_with_the_next_time() -> None:
    first = answer(ETag='"v1"', Last_Modified="Sun, 22 Nov 2026 19:00:00 GMT")
    with serving(saying(first, answer(b"", "304 Not Modified"))) as server:
        ours = outside(server)
        found = ours.fetch(f"{server.address}/club.ics?key=secret")
        assert found == Fetched(CALENDAR, Marks('"v1"', "Sun, 22 Nov 2026 19:00:00 GMT"))
        assert ours.fetch(f"{server.address}/club.ics?key=secret", found.marks) == Unchanged()
    head = server.asked[0].decode().split("\r\n")
    assert head[0] == "GET /club.ics?key=secret HTTP/1.1"
    assert f"Host: {INTERNET}:{server.port}" in head
    assert "Accept-Encoding: identity" in head
    assert b"If-None-Match" not in server.asked[0]
    assert b'If-None-Match: "v1"\r\nIf-Modified-Since: Sun, 22 Nov 2026 19:00:00 GMT\r\n' in server.asked[1]


def test_a_body_of_unknown_length_is_read_to_its_end() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with serving(saying(chunked, b"HTTP/1.0 200 OK\r\n\r\nabcde")) as server:
        for _ in range(2):
            assert outside(server).fetch(server.address) == Fetched(b"abcde", Marks())


def test_a_mark_that_cannot_be_sent_back_is_not_kept() -> None:
    with serving(saying(answer(ETag="x" * 201, Last_Modified="caf\xe9"))) as server:
        assert outside(server).fetch(server.address) == Fetched(CALENDAR, Marks())


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("404 Not Found", Trouble.NOT_FOUND),
        ("410 Gone", Trouble.GONE),
        ("401 Unauthorized", Trouble.CLOSED),
        ("403 Forbidden", Trouble.CLOSED),
        ("500 Internal Server Error", Trouble.FAILING),
        ("503 Service Unavailable", Trouble.FAILING),
        ("204 No Content", Trouble.FAILING),
        ("206 Partial Content", Trouble.FAILING),
        ("304 Not Modified", Trouble.FAILING),
        ("302 Found", Trouble.FAILING),
    ],
)
def test_another_answer_is_a_failure_of_a_few_kinds(status: str, expected: Trouble) -> None:
    with serving(saying(answer(b"", status))) as server:
        assert trouble(outside(server).fetch(server.address)) is expected


# --- Redirects --------------------------------------------------------------------------------------------------------


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    hop = redirect("/next")
    with serving(saying(hop, hop, hop, answer())) as server:
        assert isinstance(outside(server).fetch(server.address), Fetched)
    with serving(saying(hop, hop, hop, hop, answer())) as server:
        assert trouble(outside(server).fetch(server.address)) is Trouble.NOT_ALLOWED
        assert len(server.asked) == 4


@pytest.mark.parametrize("status", ["301 Moved Permanently", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"])
@pytest.mark.parametrize("there", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::ffff:127.0.0.1]:{port}/"])
def test_a_redirect_does_not_lead_inside(status: str, there: str) -> None:
    with (
        serving(saying(answer(b"inside")), INSIDE) as inside,
        serving(saying(redirect(there.format(port=inside.port), status))) as server,
    ):
        assert trouble(outside(server, inside).fetch(server.address)) is Trouble.NOT_ALLOWED
        assert (len(server.asked), inside.asked) == (1, [])


@pytest.mark.parametrize(
    "there", ["file:///etc/passwd", "gopher://127.0.0.2/", "//user@127.0.0.2/", "http://127.0.0.2:22/", "\\\\x"]
)
def test_a_redirect_does_not_lead_to_another_kind_of_address(there: str) -> None:
    with serving(saying(redirect(there), redirect(there))) as server:
        assert trouble(outside(server).fetch(server.address)) is Trouble.NOT_ALLOWED


# --- Names that change their mind, and what stands around -----------------------------------------------------------


def test_a_name_is_resolved_once_and_connected_to_that_very_number() -> None:
    """It answers with another number the second time it is asked; nobody asks a second time."""
    asked: list[str] = []
    answers = iter([[INTERNET], [INSIDE]])

    def flipping(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with serving(saying(answer(b"inside")), INSIDE) as inside, serving(saying(answer()), port=inside.port) as server:
        found = outside(server, resolve=flipping).fetch(f"http://calendars.example:{server.port}/")
        assert found == Fetched(CALENDAR, Marks())
        assert f"Host: calendars.example:{server.port}".encode() in server.asked[0]
        assert (asked, inside.asked) == (["calendars.example"], [])


def test_every_redirect_resolves_again_and_is_checked_again() -> None:
    asked: list[str] = []
    answers = iter([[INTERNET], [INSIDE]])
    with serving(saying(answer(b"inside")), INSIDE) as inside, serving(saying(redirect("/again")), port=inside.port) as server:

        def flipping(host: str, _port: int) -> list[str]:
            asked.append(host)
            return next(answers)

        found = outside(server, resolve=flipping).fetch(f"http://calendars.example:{server.port}/")
        assert trouble(found) is Trouble.NOT_ALLOWED
        assert (len(asked), inside.asked) == (2, [])


def test_the_next_number_of_a_name_is_tried_when_one_does_not_answer() -> None:
    with serving(saying(answer())) as server:
        reach = Reach((ip_network("127.0.0.0/29"),), frozenset({server.port}))
        ours = Outside(time.monotonic, reach, names({"calendars.example": ["127.0.0.3", INTERNET]}, []))
        assert isinstance(ours.fetch(f"http://calendars.example:{server.port}/"), Fetched)


def test_a_name_without_a_number_and_a_port_without_a_server_look_the_same() -> None:
    def nothing(_host: str, _port: int) -> list[str]:
        raise OSError("Name or service not known")

    with serving(saying(answer())) as server:
        pass
    assert trouble(outside(server).fetch(server.address)) is Trouble.UNREACHABLE
    assert trouble(outside(server, resolve=nothing).fetch("http://calendars.example:" + str(server.port))) is Trouble.UNREACHABLE


def test_proxies_and_passwords_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with serving(saying(answer(b"inside")), INSIDE) as inside, serving(saying(answer())) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, inside.address)
        (tmp_path / ".netrc").write_text(f"machine {INTERNET} login me password secret\n")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        assert outside(server).fetch(server.address) == Fetched(CALENDAR, Marks())
        assert (inside.asked, b"uthorization" in server.asked[0]) == ([], False)


# --- Servers that never end or send too much --------------------------------------------------------------------------


def dripping(start: bytes, drop: bytes) -> Callable[[socket], None]:
    def behave(connection: socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(0.02)

    return behave


def silent(connection: socket) -> None:
    connection.recv(65536)


DRIPS = {
    "nothing at all": silent,
    "headers": dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "a status line": dripping(b"HTTP/1.1 200 ", b"O"),
    "a body": dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x"),
    "chunks": dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "answers that are to come": dripping(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
}


@pytest.mark.parametrize("what", DRIPS)
def test_who_drips_is_not_waited_for(what: str) -> None:
    with serving(DRIPS[what]) as server:
        before = time.monotonic()
        assert trouble(outside(server, seconds=0.3).fetch(server.address)) is Trouble.TIMED_OUT
        assert time.monotonic() - before < 0.8


def test_redirects_share_one_limit_of_time() -> None:
    def slowly(connection: socket) -> None:
        time.sleep(0.15)
        connection.sendall(redirect("/next"))

    with serving(slowly) as server:
        before = time.monotonic()
        assert trouble(outside(server, seconds=0.3).fetch(server.address)) is Trouble.TIMED_OUT
        assert time.monotonic() - before < 0.8


def test_a_resolver_that_does_not_answer_is_not_waited_for() -> None:
    never = Event()
    ours = Outside(time.monotonic, seconds=0.2, resolve=lambda _host, _port: [str(never.wait(20))])
    before = time.monotonic()
    assert trouble(ours.fetch("https://calendars.example/")) is Trouble.TIMED_OUT
    assert time.monotonic() - before < 0.7
    never.set()


def endless(start: bytes, part: bytes) -> Callable[[socket], None]:
    def behave(connection: socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(part)

    return behave


PLENTY = {
    "a body without end": endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
    "chunks without end": endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"8000\r\n" + b"x" * 0x8000 + b"\r\n"),
    "chunks of one byte": endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1;" + b"y" * 4000 + b"\r\nx\r\n"),
    "a body longer than said": saying(answer(b"x" * 200_000)),
}


@pytest.mark.parametrize("what", PLENTY)
def test_too_much_is_not_kept(what: str) -> None:
    with serving(PLENTY[what]) as server:
        assert trouble(outside(server, most_bytes=100_000).fetch(server.address)) is Trouble.TOO_LARGE


def test_headers_without_end_are_no_answer() -> None:
    with serving(endless(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 1000 + b"\r\n")) as server:
        assert trouble(outside(server).fetch(server.address)) is Trouble.FAILING


def test_exactly_the_most_bytes_are_taken() -> None:
    with serving(saying(answer(b"x" * 1000), answer(b"x" * 1001))) as server:
        ours = outside(server, most_bytes=1000)
        assert ours.fetch(server.address) == Fetched(b"x" * 1000, Marks())
        assert trouble(ours.fetch(server.address)) is Trouble.TOO_LARGE


def test_what_is_packed_is_not_unpacked() -> None:
    packed = gzip.compress(b"\0" * 20_000_000, 1)
    with serving(saying(answer(packed, Content_Encoding="gzip"))) as server:
        assert trouble(outside(server).fetch(server.address)) is Trouble.FAILING


@pytest.mark.parametrize(
    "said",
    [
        answer(b"half")[:-2] + b"",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nhalf",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
    ],
)
def test_half_an_answer_is_none(said: bytes) -> None:
    with serving(saying(said)) as server:
        assert isinstance(outside(server).fetch(server.address), Failed)


# --- Protected connections --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server for `calendars.example` shows, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "calendars.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("calendars.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(plain + made.public_bytes(Encoding.PEM))
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(file)
    return shows, ssl.create_default_context(cadata=made.public_bytes(Encoding.PEM).decode())


Certified = tuple[ssl.SSLContext, ssl.SSLContext]


def test_the_certificate_is_that_of_the_name_whatever_number_it_leads_to(certified: Certified) -> None:
    shows, trusts = certified
    known = {"calendars.example": [INTERNET], "other.example": [INTERNET]}
    with serving(saying(answer()), tls=shows) as server:
        ours = outside(server, tls=trusts, resolve=names(known, []))
        assert isinstance(ours.fetch(f"https://calendars.example:{server.port}/"), Fetched)
        assert trouble(ours.fetch(f"https://other.example:{server.port}/")) is Trouble.UNREACHABLE
        assert len(server.asked) == 1, "nothing was said to a server with another's certificate"


def test_a_certificate_that_nobody_knows_is_not_trusted(certified: Certified) -> None:
    with serving(saying(answer()), tls=certified[0]) as server:
        ours = outside(server, resolve=names({"calendars.example": [INTERNET]}, []))
        assert trouble(ours.fetch(f"https://calendars.example:{server.port}/")) is Trouble.UNREACHABLE
        assert server.asked == []


def test_a_protected_address_does_not_lead_to_an_open_one(certified: Certified) -> None:
    shows, trusts = certified
    with serving(saying(answer())) as opened:
        there = redirect(f"{opened.address}/club.ics?key=secret")
        with serving(saying(there), tls=shows) as server:
            ours = outside(server, opened, tls=trusts, resolve=names({"calendars.example": [INTERNET], INTERNET: [INTERNET]}, []))
            assert trouble(ours.fetch(f"https://calendars.example:{server.port}/")) is Trouble.NOT_ALLOWED
            assert (len(server.asked), opened.asked) == (1, [])


def test_a_handshake_that_drips_is_not_waited_for(certified: Certified) -> None:
    with serving(dripping(b"", b"\x16")) as server:
        ours = outside(server, seconds=0.3, tls=certified[1], resolve=names({"calendars.example": [INTERNET]}, []))
        before = time.monotonic()
        assert isinstance(ours.fetch(f"https://calendars.example:{server.port}/"), Failed)
        assert time.monotonic() - before < 0.8
