"""What Ober tells me: chosen on a page, read on it; what did not arrive; and who has seen a window."""

import re

from sqlalchemy import select

from app.domain.access import SYSTEM
from app.domain.delivering import Hitch
from app.domain.messages import MessageKind
from app.domain.spans import Instant
from app.store.database import Database
from app.store.tables import delivery, webhook
from app.usecases import delivering
from app.usecases.telling import tell_person
from tests.web.conftest import SigningIn

CUSTOMER = "noorderhaven-planner"
NEWS = {"window": "W-27-010", "title": {"nl": "Nieuwe firmware", "en": "New firmware"}, "path": "/windows/W-27-010"}
HOOK = {"label": "night desk", "address": "https://hooks.example.org/canary?key=canary"}


def tell(database: Database, now: Instant) -> None:
    with database.writing(SYSTEM, now) as work:
        tell_person(work, CUSTOMER, MessageKind.MAINTENANCE_ANNOUNCED, NEWS)


def kinds_sent(database: Database) -> list[int | None]:
    """The webhook of each delivery, None of a mail."""
    with database.reading(SYSTEM, 0) as work:
        return list(work.connection.execute(select(delivery.c.webhook_id).order_by(delivery.c.id)).scalars())


def test_what_is_chosen_is_how_one_is_told(signed_in: SigningIn, demo_database: Database, story_now: Instant) -> None:
    reader = signed_in(CUSTOMER)
    tell(demo_database, story_now)
    assert kinds_sent(demo_database) == [], "no address is known, so it stands on the page only"
    assert "Planned maintenance: New firmware" in reader.get("/messages").words
    reader.post("/messages", {"address": "planner@example.org", "mail": "maintenance", "webhook": "maintenance"})
    reader.post("/messages/webhooks", HOOK)
    tell(demo_database, story_now)
    assert kinds_sent(demo_database) == [None, 1]
    reader.post("/messages", {"address": "planner@example.org", "webhook": "maintenance"})
    tell(demo_database, story_now)
    assert kinds_sent(demo_database) == [None, 1, 1]
    reader.post("/messages", {"address": "planner@example.org"})
    tell(demo_database, story_now)
    assert kinds_sent(demo_database) == [None, 1, 1]
    assert reader.get("/messages").words.count("New firmware") == 3, "what nobody wanted to hear was not told"


def test_a_webhooks_secret_is_shown_once_and_its_address_never(signed_in: SigningIn, demo_database: Database) -> None:
    reader = signed_in(CUSTOMER)
    made = reader.post("/messages/webhooks", HOOK)
    assert re.search(r"whsec_[\w+/]{43}=", made.words)
    later = reader.get("/messages")
    assert ("night desk" in later.words, "hooks.example.org" in later.words) == (True, True)
    assert ("whsec_" in later.words, "canary" in made.words + later.words) == (False, False)
    assert "night desk" not in signed_in("zonnekroon-planner").get("/messages").words


def test_a_webhook_is_tried_and_turned_off_on_the_page(signed_in: SigningIn, demo_database: Database) -> None:
    reader = signed_in(CUSTOMER)
    reader.post("/messages/webhooks", HOOK)
    reader.post("/messages/webhooks/1/test", {})
    assert "Test message from Ober: on its way" in reader.get("/messages").main.text
    assert signed_in("zonnekroon-planner").post("/messages/webhooks/1/turn-off", {}).status == 404
    reader.post("/messages/webhooks/1/turn-off", {})
    assert "night desk" not in reader.get("/messages").words
    with demo_database.reading(SYSTEM, 0) as work:
        assert work.connection.execute(select(webhook.c.disabled_at)).scalar_one() is not None


def test_a_webhook_that_is_gone_says_so_and_does_not_stand_in_the_way_of_another(
    signed_in: SigningIn, demo_database: Database, story_now: Instant
) -> None:
    reader = signed_in(CUSTOMER, "nl")
    for _ in range(5):
        reader.post("/messages/webhooks", HOOK)
    assert reader.post("/messages/webhooks", HOOK).status == 422
    reader.post("/messages/webhooks/1/test", {})
    with demo_database.writing(SYSTEM, story_now) as work:
        (parcel,) = delivering.claim_due(work, "lease")
        delivering.take_in(work, parcel, Hitch.GONE, 0)
    page = reader.get("/messages")
    assert "Uitgezet zo 22 nov 2026 20:00: het adres antwoordde dat het voorgoed weg is." in page.main.text
    assert "opgegeven. Het adres antwoordde dat het voorgoed weg is." in page.main.text
    assert not page.main.all("form", action="/messages/webhooks/1/test")
    assert reader.post("/messages/webhooks", HOOK).status == 200


def test_what_cannot_be_is_refused_in_words(signed_in: SigningIn) -> None:
    reader = signed_in(CUSTOMER)
    for address, told in (("http://127.0.0.1/x", "private network"), ("ftp://a.example/", "begins with"), ("", "not an address")):
        answer = reader.post("/messages/webhooks", {**HOOK, "address": address})
        assert (answer.status, told in answer.words) == (422, True), address
    assert reader.post("/messages/webhooks", {**HOOK, "label": ""}).status == 422
    assert "not an e-mail address" in reader.post("/messages", {"address": "nobody"}).words
    for _ in range(5):
        assert reader.post("/messages/webhooks", HOOK).status == 200
    assert "5 webhooks already" in reader.post("/messages/webhooks", HOOK).words


def test_an_administrator_sees_what_did_not_arrive_and_has_it_tried_again(
    signed_in: SigningIn, demo_database: Database, story_now: Instant
) -> None:
    signed_in(CUSTOMER).post("/messages", {"address": "planner@example.org", "mail": "maintenance"})
    admin = signed_in("krp-admin")
    assert "Everything arrived." in admin.get("/messages/undelivered").words
    tell(demo_database, story_now)
    with demo_database.writing(SYSTEM, story_now) as work:
        (parcel,) = delivering.claim_due(work, "lease")
        delivering.take_in(work, parcel, Hitch.REFUSED, 0)
    page = admin.get("/messages/undelivered").words
    assert "The mail server says that it will never take it." in page
    assert "firmware" not in page, "whom it could not reach, not what it said"
    assert admin.post("/messages/undelivered/1/again", {}).status == 302
    assert "Everything arrived." in admin.get("/messages/undelivered").words
    assert admin.post("/messages/undelivered/1/again", {}).status == 404


def test_on_the_page_of_a_window_one_says_to_have_seen_it(signed_in: SigningIn) -> None:
    reader, manager = signed_in("brug-planner"), signed_in("krp-cm-1")
    assert "nobody has said to have seen it" in manager.get("/windows/W-27-014").words
    page = reader.get("/windows/W-27-014")
    after = reader.follow(reader.send(page, {}, action="/windows/W-27-014/seen"))
    assert "I have seen it as it is now" not in after.words
    assert "seen as it is now, Planner" in manager.get("/windows/W-27-014").main.text
    assert reader.post("/windows/W-27-014/seen", {"version": "99"}).status == 409
