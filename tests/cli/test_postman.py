"""Messages arrive: by mail at a real SMTP server and by webhook at a real receiver, stopped and started during delivery."""

import hmac
import json
import time
from base64 import b64decode, b64encode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from ipaddress import ip_network

import pytest
from sqlalchemy import select

from app.adapters.invitations import Invitation, Invitations
from app.adapters.outside import Outside, Reach, host_of
from app.adapters.sealing import webhook_seal
from app.adapters.webhooks import new_secret
from app.cli.postman import Postman
from app.domain.access import SYSTEM
from app.domain.delivering import Hitch
from app.domain.messages import MessageKind
from app.queries.messages import messages_page, undelivered_page
from app.store import deliveries
from app.store.tables import delivery, webhook
from app.usecases import delivering, hearing, webhooks
from app.usecases.delivering import LEASE
from app.usecases.telling import tell_person
from app.usecases.webhooks import SealedWebhook
from config import MailServer, Settings
from tests.adapters.servers import INTERNET, Server, answer, redirect, saying, serving
from tests.conftest import Cast, Person
from tests.usecases.story import on_sqlite, refused, trail_of

from .mailbox import DROPS, HERE, Mailbox, taking_mail

SECRET = "s" * 32
PUBLIC = "https://ober.example.org"
MINUTE, HOUR = 60, 3600
PLANNER = "noorderhaven-planner"
ADDRESS = "planner@noorderhaven.example"
NEWS = {
    "window": "W-27-010",
    "title": {"nl": "Nieuwe firmware", "en": "New firmware"},
    "supplier": "AppAtelier",
    "start_at": 1799787600,  # 12 January 2027, 22:00 in Amsterdam
    "end_at": 1799791200,
    "path": "/windows/W-27-010",
}


class Post:
    """A customer's messages, and workers that deliver them at the moments a test chooses."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.reader, self.mailbox, self.servers = cast, cast(PLANNER), Mailbox(), list[Server]()

    def has_address(self, address: str = ADDRESS) -> None:
        with self.reader.writing() as work:
            hearing.choose(work, {}, address)

    def tells(self, times: int = 1, **more: object) -> None:
        with self.cast("krp-cm-1").writing() as work:
            for _ in range(times):
                tell_person(work, PLANNER, MessageKind.MAINTENANCE_ANNOUNCED, {**NEWS, **more})

    def hooks(self, server: Server, path: str = "/told") -> str:
        """A webhook of the reader; its secret."""
        secret, seal = new_secret(), webhook_seal(SECRET)
        address = f"{server.address}{path}"
        self.servers.append(server)
        with self.reader.writing() as work:
            sealed = SealedWebhook(seal.close(address), host_of(address), seal.close(secret))
            webhooks.add_webhook(work, "service desk", sealed)
        return secret

    def delivers(self, later: int = 0, secret: str = SECRET, tls: str = "none") -> None:
        """Until nothing is due at that moment."""
        postman = self.postman(later, secret, tls)
        while postman.round():
            pass

    def postman(self, later: int = 0, secret: str = SECRET, tls: str = "none") -> Postman:
        mail = MailServer(HERE, self.mailbox.port, tls, "Ober <ober@example.org>") if self.mailbox.port else None
        reach = Reach((ip_network(f"{INTERNET}/32"),), frozenset(one.port for one in self.servers))
        outside = Outside(time.monotonic, reach, seconds=5)
        now = self.cast.now + later
        return Postman.of(Settings("", secret, PUBLIC, mail=mail), self.cast.database, outside, lambda: now)

    def states(self) -> list[str]:
        """Of each delivery whether it was sent, or what is in the way; in capitals when it was given up."""
        with self.cast.database.reading(SYSTEM, self.cast.now) as work:
            rows = work.connection.execute(select(delivery).order_by(delivery.c.id)).all()
        return ["sent" if row.sent_at else (row.trouble.upper() if row.given_up_at else row.trouble or "waiting") for row in rows]

    def kept(self) -> str:
        """What the database holds of webhooks."""
        with self.cast.database.reading(SYSTEM, self.cast.now) as work:
            return repr(work.connection.execute(select(webhook)).all())


@pytest.fixture
def post(cast: Cast) -> Post:
    return Post(cast)


# --- Mail -------------------------------------------------------------------------------------------------------------


def test_a_mail_arrives_in_the_language_and_the_zone_of_its_reader(post: Post) -> None:
    post.has_address()
    post.tells(services=[{"nl": "Bank-app", "en": "Banking app"}], impact="outage")
    with taking_mail(post.mailbox):
        post.delivers()
    (mail,) = post.mailbox.came
    assert post.mailbox.to == [ADDRESS]
    assert (mail["To"], mail["From"]) == (f"Planner Noorderhaven Bank <{ADDRESS}>", "Ober <ober@example.org>")
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("Gepland onderhoud: Nieuwe firmware", "auto-generated")
    assert mail.get_content().splitlines() == [
        "Er is onderhoud gepland dat diensten raakt die u gebruikt.",
        "",
        "di 12 jan 2027 22:00 tot 23:00 (Amsterdam)",
        "Verwachte gevolgen: onderbreking",
        "Uw diensten: Bank-app",
        "Leverancier: AppAtelier",
        "",
        f"{PUBLIC}/windows/W-27-010",
        "",
        f"Wat Ober u vertelt, en hoe, kiest u hier: {PUBLIC}/messages",
    ]
    assert post.states() == ["sent"]


def test_with_the_server_stopped_and_started_during_delivery_nothing_is_lost(post: Post) -> None:
    """Taken, broken off after the last line, off altogether, and on again: what came twice has the same Message-ID."""
    post.has_address()
    post.tells(6)
    post.mailbox.answers = ["250 taken", DROPS, "451 later", "250 taken"]
    with taking_mail(post.mailbox):
        post.postman().round()
    post.tells(2)
    post.delivers(2 * MINUTE)
    assert {"unreachable", "sent"} <= set(post.states())
    with taking_mail(post.mailbox):
        for later in (10 * MINUTE, 30 * MINUTE, HOUR):
            post.delivers(later)
    assert post.states() == ["sent"] * 8
    marks = [mail["Message-ID"] for mail in post.mailbox.came]
    assert (len(set(marks)), len(marks)) == (8, 9)


@on_sqlite
def test_while_nobody_answers_the_other_mails_wait_without_being_tried(post: Post) -> None:
    post.has_address()
    with taking_mail(post.mailbox):
        pass
    post.tells(12)
    post.delivers()
    with post.reader.reading() as work:
        tried = work.connection.execute(select(delivery.c.tries)).scalars().all()
    assert sorted(tried) == [0] * 4 + [1] * 8
    with taking_mail(post.mailbox):
        post.delivers(2 * MINUTE)
    assert post.states() == ["sent"] * 12


@on_sqlite
def test_what_a_server_will_never_take_is_given_up_at_once_and_what_it_may_take_later_is_not(post: Post) -> None:
    post.has_address()
    post.tells(2)
    post.mailbox.answers = ["550 no such box", "451 later"]
    with taking_mail(post.mailbox):
        post.postman().round()
    assert sorted(post.states()) == ["REFUSED", "failing"]


@on_sqlite
def test_after_four_hours_it_is_given_up_and_an_administrator_has_it_tried_again(post: Post) -> None:
    post.has_address()
    post.tells()
    with taking_mail(post.mailbox):
        pass
    moments = [later for later in range(0, 6 * HOUR, 3 * MINUTE) if post.postman(later).round()]
    assert post.states() == ["UNREACHABLE"]
    assert moments[:2] == [0, 3 * MINUTE]
    assert 10 <= len(moments) <= 20
    assert 3 * HOUR < moments[-1] <= 4 * HOUR
    with refused("not_allowed"), post.cast("krp-cm-1").writing() as work:
        delivering.try_again(work, 1)
    with post.cast("krp-admin", post.cast.now + 6 * HOUR).writing() as work:
        delivering.try_again(work, 1)
    with refused("not_found"), post.cast("krp-admin").writing() as work:
        delivering.try_again(work, 1)
    with taking_mail(post.mailbox):
        post.delivers(6 * HOUR)
    assert post.states() == ["sent"]


def test_a_worker_that_dies_after_sending_leaves_a_message_that_comes_once_more_and_is_recognised(post: Post) -> None:
    post.has_address()
    post.tells()
    with taking_mail(post.mailbox):
        dying = post.postman()
        with post.cast.database.writing(SYSTEM, post.cast.now) as work:
            (parcel,) = delivering.claim_due(work, "dying")
        assert dying._tried(parcel) is None
        post.delivers(LEASE - 1)
        assert len(post.mailbox.came) == 1
        post.delivers(LEASE)
    first, second = post.mailbox.came
    assert first["Message-ID"] == second["Message-ID"]
    assert post.states() == ["sent"]


def test_of_two_workers_each_takes_what_the_other_does_not(post: Post) -> None:
    post.has_address()
    post.tells(30)

    def take(_number: int) -> list[int]:
        taken = []
        for _ in range(8):
            with post.cast.database.writing(SYSTEM, post.cast.now) as work:
                taken += [one.number for one in delivering.claim_due(work, "lease")]
        return taken

    with ThreadPoolExecutor(2) as pool:
        taken = [number for numbers in pool.map(take, range(2)) for number in numbers]
    assert (len(taken), len(set(taken))) == (30, 30)


@on_sqlite
def test_readers_take_turns_so_that_one_with_many_messages_keeps_nobody_waiting(post: Post) -> None:
    post.has_address()
    with post.cast("brug-planner").writing() as work:
        hearing.choose(work, {}, "brug@example.org")
    post.tells(50)
    with post.cast("krp-cm-1").writing() as work:
        tell_person(work, "brug-planner", MessageKind.WINDOW_APPROVED, {**NEWS, "reason": ""})
    with post.cast.database.writing(SYSTEM, post.cast.now) as work:
        taken = deliveries.claim(work, 8, "lease", post.cast.now + LEASE)
    assert [one.number for one in taken if one.kind is MessageKind.WINDOW_APPROVED] == [51]


@on_sqlite
def test_nothing_that_was_typed_becomes_a_header(post: Post) -> None:
    evil = "Firmware\r\nBcc: everybody@example.org\r\n\r\nBuy this\x00\u2028now"
    post.has_address()
    post.tells(title={"nl": evil, "en": evil})
    with taking_mail(post.mailbox):
        post.delivers()
    (mail,) = post.mailbox.came
    assert mail["Subject"] == "Gepland onderhoud: Firmware Bcc: everybody@example.org Buy this now"
    assert (mail["Bcc"], post.mailbox.to) == (None, [ADDRESS])


@on_sqlite
@pytest.mark.parametrize(
    "address", ["a b@c.nl", "a@b@c", "a@b\nBcc: x@y", "<a@b.nl>", "a" * 65 + "@b.nl", "a@" + "b." * 130 + "nl", "@"]
)
def test_an_address_that_is_none_is_refused(post: Post, address: str) -> None:
    with refused("bad_mail_address"):
        post.has_address(address)


@on_sqlite
def test_without_a_mail_server_a_mail_is_given_up_and_says_so(post: Post) -> None:
    post.has_address()
    post.tells()
    post.delivers()
    assert post.states() == ["NO_SERVER"]


@on_sqlite
def test_a_server_that_offers_no_protection_gets_nothing_when_protection_is_asked_for(post: Post) -> None:
    post.has_address()
    post.tells()
    with taking_mail(post.mailbox):
        post.postman(tls="starttls").round()
    assert (post.states(), post.mailbox.came) == (["closed"], [])


@on_sqlite
def test_who_is_asked_for_a_waiver_is_mailed_a_link_that_answers_for_him_and_no_webhook_is(post: Post) -> None:
    post.has_address()
    asked = {"peak": {"nl": "Maandeinde", "en": "Month end"}, "decide_by_at": NEWS["start_at"], "waiver": 7, "path": "/waivers/7"}
    with post.cast("krp-cm-1").writing() as work:
        tell_person(work, PLANNER, MessageKind.WAIVER_ASKED, {**NEWS, **asked, "question": "May we?"})
    with taking_mail(post.mailbox), serving(saying(answer())) as server:
        post.hooks(server)
        with post.cast("krp-cm-1").writing() as work:
            tell_person(work, PLANNER, MessageKind.WAIVER_ASKED, {**NEWS, **asked, "question": "May we?"})
        post.delivers()
    address = f"{PUBLIC}/waivers/answer/"
    first, _ = post.mailbox.came
    [link] = [line for line in first.get_content().splitlines() if line.startswith(address)]
    assert Invitations(SECRET).read(link.removeprefix(address)) == Invitation(7, PLANNER)
    [(_, body)] = came(server)
    assert json.loads(body)["data"]["link"] == f"{PUBLIC}/waivers/7"
    assert address not in body.decode()


# --- Webhooks ---------------------------------------------------------------------------------------------------------


def came(server: Server) -> list[tuple[dict[str, str], bytes]]:
    """The headers and the body of each request."""
    return [(dict(_headers(head)), body) for head, _, body in (one.partition(b"\r\n\r\n") for one in server.asked)]


def _headers(head: bytes) -> Sequence[tuple[str, str]]:
    pairs = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    return [(name.lower(), value) for name, value in pairs]


def verify(secret: str, headers: dict[str, str], body: bytes) -> None:
    """As a receiver does: https://github.com/standard-webhooks/standard-webhooks, verifying."""
    assert abs(time.time() - int(headers["webhook-timestamp"])) < 300
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    found = b64encode(hmac.new(b64decode(secret.removeprefix("whsec_")), content, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{found}"


TAKEN, BUSY = answer(b"", "204 No Content"), answer(b"", "503 Service Unavailable")


def test_a_webhook_is_signed_and_says_what_its_owner_may_know(post: Post) -> None:
    with serving(saying(TAKEN)) as server:
        secret = post.hooks(server)
        post.tells()
        post.delivers()
    ((headers, body),) = came(server)
    verify(secret, headers, body)
    told = json.loads(body)
    assert (told["type"], told["timestamp"]) == ("maintenance.announced", "2026-11-22T19:00:00Z")
    data = told["data"]
    assert (data["window"], data["start"], data["end"]) == ("W-27-010", "2027-01-12T21:00:00Z", "2027-01-12T22:00:00Z")
    assert (data["link"], data["title"]) == (f"{PUBLIC}/windows/W-27-010", NEWS["title"])
    assert data["subject"] == "Gepland onderhoud: Nieuwe firmware"
    assert post.states() == ["sent"]


def test_with_the_receiver_stopped_and_started_during_delivery_nothing_is_lost(post: Post) -> None:
    with serving(saying(TAKEN, BUSY, b"", TAKEN)) as first:
        secret = post.hooks(first)
        post.tells(5)
        post.postman().round()
    post.tells(2)
    post.delivers(2 * MINUTE)
    assert {"unreachable", "sent"} <= set(post.states())
    with serving(saying(TAKEN), port=first.port) as second:
        for later in (10 * MINUTE, 30 * MINUTE, HOUR):
            post.delivers(later)
    assert post.states() == ["sent"] * 7
    for headers, body in (*came(first), *came(second)):
        verify(secret, headers, body)
    ids = [headers["webhook-id"] for headers, _ in (*came(first), *came(second))]
    assert len(set(ids)) == 7
    assert len(ids) > 7


@on_sqlite
def test_a_webhook_is_not_led_on_and_does_not_go_inside(post: Post) -> None:
    with serving(saying(answer()), host=HERE) as inside, serving(saying(redirect(inside.address))) as server:
        post.hooks(server)
        post.hooks(inside)
        post.tells()
        post.delivers()
    assert (len(server.asked), inside.asked) == (1, [])
    assert post.states() == ["not_allowed", "not_allowed"]


@on_sqlite
def test_neither_the_address_nor_the_secret_of_a_webhook_can_be_read_in_the_database_or_the_log(
    post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(saying(TAKEN)) as server:
        secret = post.hooks(server, "/canary?key=canary")
        post.tells()
        post.delivers()
    told = capsys.readouterr()
    assert told.out == "Message 1: sent\n"
    for text in (post.kept(), told.out, told.err):
        assert "canary" not in text
        assert secret not in text


@on_sqlite
def test_with_another_secret_key_a_webhook_is_lost_and_says_so(post: Post) -> None:
    with serving(saying(TAKEN)) as server:
        post.hooks(server)
        post.tells()
        post.delivers(secret="another" * 8)
        assert (post.states(), server.asked) == (["LOST"], [])


@on_sqlite
def test_what_is_on_its_way_to_a_webhook_that_is_turned_off_does_not_arrive(post: Post) -> None:
    with serving(saying(TAKEN)) as server:
        post.hooks(server)
        post.tells()
        with refused("not_found"), post.cast("zonnekroon-planner").writing() as work:
            webhooks.turn_off(work, 1)
        with post.reader.writing() as work:
            webhooks.turn_off(work, 1)
        post.delivers()
        assert (post.states(), server.asked) == (["TURNED_OFF"], [])
        post.tells()
        assert post.states() == ["TURNED_OFF"]


def test_a_webhook_whose_address_is_gone_for_good_is_turned_off_at_once_and_says_so(post: Post) -> None:
    """RFC 9110 section 15.5.11. Nothing is asked twice, nothing that did not arrive is out of sight, and another may be added."""
    with serving(saying(answer(b"", "410 Gone"))) as server, serving(saying(TAKEN)) as other:
        post.hooks(server)
        post.hooks(other)
        post.tells()
        post.delivers()
        post.tells()
        with post.cast("krp-cm-1").writing() as work:
            tell_person(work, PLANNER, MessageKind.MAINTENANCE_OFF, NEWS)
        for later in (0, HOUR, 5 * HOUR):
            post.delivers(later)
    assert (len(server.asked), len(other.asked)) == (1, 3)
    assert post.states() == ["GONE", "sent", "sent", "sent"]
    with post.reader.reading() as work:
        gone, used = messages_page(work).webhooks
    assert (gone.gone_at, used.gone_at) == (post.cast.now, None)
    assert [(one.hitch, one.given_up_at is not None) for one in gone.latest] == [(Hitch.GONE, True)]
    with post.cast("krp-admin").reading() as work:
        assert [(one.hitch, one.person) for one in undelivered_page(work).undelivered] == [(Hitch.GONE, PLANNER)]
    entry = trail_of(post.cast("krp-admin"), "webhook", "1")[-1]
    assert (entry.action, entry.person) == ("webhook.gone", None)
    with refused("not_found"), post.reader.writing() as work:
        webhooks.send_test(work, 1)
    with Person(post.cast.database, post.reader.actor, post.cast.now + 31 * 24 * HOUR).reading() as work:
        assert [one.id for one in messages_page(work).webhooks] == [2]


@on_sqlite
def test_what_waits_for_an_address_that_is_gone_is_given_up_and_stays_to_be_seen(post: Post) -> None:
    with serving(saying(BUSY, answer(b"", "410 Gone"))) as server:
        post.hooks(server)
        post.tells()
        post.postman().round()
        post.tells()
        post.postman().round()
        post.delivers(HOUR)
    assert (post.states(), len(server.asked)) == (["TURNED_OFF", "GONE"], 2)


@on_sqlite
def test_a_test_message_goes_to_the_one_webhook_that_is_tried(post: Post) -> None:
    with serving(saying(TAKEN)) as server, serving(saying(TAKEN)) as other:
        post.hooks(server)
        post.hooks(other)
        with post.reader.writing() as work:
            webhooks.send_test(work, 1)
        post.delivers()
    assert [json.loads(body)["type"] for _, body in came(server)] == ["test"]
    assert other.asked == []
