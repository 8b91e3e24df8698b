"""A feed's secret is in the page that made it, and nowhere else."""

import re
from pathlib import Path

from app.store.database import Database
from tests.web.addresses import SUPPLIER
from tests.web.conftest import SigningIn
from tests.web.visitor import Visitor


def made_feed(visitor: Visitor) -> str:
    """The secret of a new feed."""
    page = visitor.send(visitor.get("/calendar-feeds"), {"label": "my calendar"})
    found = re.search(r"/feeds/([\w-]+)\.ics", page.main.one(id="address").text)
    assert found
    return found[1]


def files_of(database_file: Path) -> bytes:
    """Everything the database has on disk."""
    return b"".join(one.read_bytes() for one in sorted(database_file.parent.glob(f"{database_file.name}*")))


def test_a_secret_is_shown_once_and_kept_nowhere(signed_in: SigningIn, demo_database: Database, database_file: Path) -> None:
    owner, manager = signed_in("brug-planner"), signed_in("krp-cm-1")
    secret = made_feed(owner)
    assert len(secret) >= 43
    feed = owner.client.get(f"/feeds/{secret}.ics")
    assert feed.status_code == 200, "it works"
    assert secret not in feed.text
    for address in SUPPLIER:
        assert secret not in owner.get(address).html, address
    for address in ("/windows", "/windows/W-27-014", "/calendar-feeds"):
        assert secret not in manager.get(address).html, address
    assert "my calendar" in owner.get("/calendar-feeds").html
    with demo_database.engine.connect() as connection:
        trail = connection.exec_driver_sql("SELECT action, subject_id, reason, facts FROM trail").all()
    assert "feed.made" in {entry.action for entry in trail}
    assert secret not in str(trail)
    kept = files_of(database_file)
    assert b"my calendar" in kept
    assert secret.encode() not in kept


def test_neither_sessions_nor_passwords_are_in_the_database(signed_in: SigningIn, database_file: Path) -> None:
    visitor = signed_in("brug-planner")
    known = visitor.client.get_cookie("ober")
    assert known is not None
    kept = files_of(database_file)
    assert b"person.signed_in" in kept
    assert known.value.encode() not in kept


def test_a_revoked_feed_is_as_good_as_unknown(signed_in: SigningIn) -> None:
    owner = signed_in("brug-planner")
    secret = made_feed(owner)
    assert owner.client.get(f"/feeds/{secret}.ics").status_code == 200
    page = owner.get("/calendar-feeds")
    revoke = next(form.attributes["action"] for form in page.main.all("form") if form.attributes.get("action"))
    assert owner.follow(owner.post(revoke)).status == 200
    gone, unknown = owner.client.get(f"/feeds/{secret}.ics"), owner.client.get("/feeds/never-was.ics")
    assert (gone.status_code, gone.data, list(gone.headers)) == (unknown.status_code, unknown.data, list(unknown.headers))
    assert gone.status_code == 404


def test_a_feed_is_read_without_any_cookie_and_sets_none(signed_in: SigningIn) -> None:
    owner = signed_in("brug-planner")
    secret = made_feed(owner)
    stranger = owner.app.test_client()
    answer = stranger.get(f"/feeds/{secret}.ics")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "private" in answer.headers["Cache-Control"]
