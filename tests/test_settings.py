"""Settings: a wrong or missing one stops the start and says which it is."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from app.application import create_app
from app.domain.access import SYSTEM
from app.store.database import Database, open_database
from app.store.migrations import upgrade
from config import MailServer, Settings, WrongSettingError, database_url_from, settings_from

ROOT = Path(__file__).parents[1]
SECRET = "s" * 32
GOOD = {
    "OBER_DATABASE_URL": "sqlite:////var/lib/ober/ober.db",
    "OBER_SECRET_KEY": SECRET,
    "OBER_PUBLIC_URL": "https://ober.example.org",
}


def test_three_settings_are_enough() -> None:
    settings = settings_from(GOOD)
    assert (settings.database_url, settings.secret_key, settings.public_url) == tuple(GOOD.values())
    assert (settings.host, settings.is_https, settings.is_demo, settings.clock_shift) == ("ober.example.org", True, False, 0)


def test_calendars_come_from_the_internet_alone_until_more_is_named() -> None:
    assert (settings_from(GOOD).calendar_networks, settings_from(GOOD).calendar_ports) == ((), {80, 443})
    more = settings_from({**GOOD, "OBER_CALENDAR_NETWORKS": "10.1.2.0/24, fd00::/8", "OBER_CALENDAR_PORTS": "443,8443"})
    assert (list(map(str, more.calendar_networks)), more.calendar_ports) == (["10.1.2.0/24", "fd00::/8"], {443, 8443})


def test_blanks_around_a_setting_and_a_slash_at_its_end_do_no_harm() -> None:
    settings = settings_from({**GOOD, "OBER_PUBLIC_URL": "  http://localhost:8000/ \n", "OBER_SECRET_KEY": f" {SECRET} "})
    assert (settings.public_url, settings.host, settings.is_https) == ("http://localhost:8000", "localhost:8000", False)
    assert settings.secret_key == SECRET


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("value", [None, "", "  \t"])
def test_a_missing_setting_names_itself_and_says_what_to_write(name: str, value: str | None) -> None:
    with pytest.raises(WrongSettingError, match=rf"^{name} is not set\. Write ") as caught:
        settings_from({key: one for key, one in {**GOOD, name: value}.items() if one is not None})
    others = set(GOOD) - {name}
    assert not any(other in str(caught.value) for other in others)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OBER_DATABASE_URL", "ober.db"),
        ("OBER_DATABASE_URL", "/var/lib/ober/ober.db"),
        ("OBER_DATABASE_URL", "mysql://root@db/ober"),
        ("OBER_DATABASE_URL", "postgres://db/ober"),
        ("OBER_DATABASE_URL", "postgresql://db:port/ober"),
        ("OBER_DATABASE_URL", "sqlite+nothing:///x.db"),
        ("OBER_DATABASE_URL", "postgresql+nothing://db/ober"),
        ("OBER_SECRET_KEY", "s" * 31),
        ("OBER_PUBLIC_URL", "ober.example.org"),
        ("OBER_PUBLIC_URL", "ftp://ober.example.org"),
        ("OBER_PUBLIC_URL", "https://"),
        ("OBER_PUBLIC_URL", "https:ober.example.org"),
        ("OBER_PUBLIC_URL", "https://ober.example.org/planner"),
        ("OBER_PUBLIC_URL", "https://ober.example.org?x=1"),
        ("OBER_PUBLIC_URL", "https://ober.example.org:port"),
        ("OBER_PUBLIC_URL", "https://[::1"),
        ("OBER_PUBLIC_URL", "https://[::1]:8000"),
        ("OBER_PUBLIC_URL", "https://user:password@ober.example.org"),
        ("OBER_CALENDAR_NETWORKS", "10.1.2.3/8"),
        ("OBER_CALENDAR_NETWORKS", "intranet"),
        ("OBER_CALENDAR_PORTS", "eighty"),
        ("OBER_CALENDAR_PORTS", "80, 0"),
        ("OBER_CALENDAR_PORTS", "65536"),
    ],
)
def test_a_wrong_setting_names_itself_and_says_what_to_write(name: str, value: str) -> None:
    with pytest.raises(WrongSettingError, match=rf"^{name} .*\. Write "):
        settings_from({**GOOD, name: value})


@pytest.mark.parametrize("url", ["sqlite:////x.db", "sqlite://", "postgresql://u:p@db/ober", "postgresql+psycopg://db/ober"])
def test_both_kinds_of_database_can_be_named_without_the_other_settings(url: str) -> None:
    assert database_url_from({"OBER_DATABASE_URL": url}) == url


def test_no_secret_is_told() -> None:
    assert SECRET not in repr(settings_from(GOOD))
    with pytest.raises(WrongSettingError) as caught:
        settings_from({**GOOD, "OBER_DATABASE_URL": "mysql://root:hunter2@db/ober"})
    assert "hunter2" not in str(caught.value)


# --- what a start refuses


def settings(database: Database) -> Settings:
    return Settings(database.engine.url.render_as_string(hide_password=False), SECRET, "https://ober.example.org")


def test_a_database_that_is_empty_or_a_step_behind_stops_the_start(empty_database: Database) -> None:
    with pytest.raises(WrongSettingError, match=r"OBER_DATABASE_URL .* not up to date\. Run `ober database upgrade`"):
        create_app(settings(empty_database), empty_database)
    upgrade(empty_database)
    assert create_app(settings(empty_database), empty_database)
    with empty_database.writing(SYSTEM, 0) as work:
        work.connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(WrongSettingError, match="ober database upgrade"):
        create_app(settings(empty_database), empty_database)


@pytest.mark.parametrize("address", ["https://ober.example.org", "http://localhost:8000", "http://192.0.2.7:8000"])
def test_an_application_answers_at_its_public_address(demo_database: Database, address: str) -> None:
    app = create_app(Settings("", SECRET, address), demo_database)
    assert app.test_client().get("/healthz", base_url=address).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/sign-in", "/feeds/x.ics", "/no-such-page", "/static/ober.css"])
def test_a_request_under_another_name_is_turned_away(demo_database: Database, path: str) -> None:
    """Whoever reaches it by another name could be led anywhere by its links."""
    app = create_app(settings_from(GOOD), demo_database)
    assert app.test_client().get(path, base_url="https://evil.example").status_code == 400


def test_a_production_server_ends_with_the_name_of_the_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'ober.db'}")
    upgrade(database)
    database.engine.dispose()
    given = {**GOOD, "OBER_DATABASE_URL": f"sqlite:///{tmp_path / 'ober.db'}"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert runpy.run_path(str(ROOT / "wsgi.py"))["app"]
    for name, value in given.items():
        monkeypatch.delenv(name)
        with pytest.raises(SystemExit, match=rf"^Ober does not start: {name} is not set\."):
            runpy.run_path(str(ROOT / "wsgi.py"))
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OBER_DATABASE_URL", f"sqlite:///{tmp_path / 'another.db'}")
    with pytest.raises(SystemExit, match="Ober does not start: OBER_DATABASE_URL names a database that is not up to date"):
        runpy.run_path(str(ROOT / "wsgi.py"))


def test_a_server_that_does_not_start_says_so_in_one_line() -> None:
    command = [sys.executable, "-c", "import wsgi"]
    ended = subprocess.run(command, cwd=ROOT, env={"OBER_SECRET_KEY": SECRET}, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Ober does not start: OBER_DATABASE_URL is not set.")
    assert len(ended.stderr.splitlines()) == 1


MAIL = {"OBER_SMTP_URL": "smtp://ober:pass%40word@mail.example.org", "OBER_MAIL_FROM": "Ober <ober@example.org>"}


def test_mail_is_handed_to_the_server_that_is_named_or_to_none() -> None:
    assert settings_from(GOOD).mail is None
    mail = settings_from({**GOOD, **MAIL}).mail
    assert mail == MailServer("mail.example.org", 587, "starttls", "Ober <ober@example.org>", "ober", "pass@word")
    assert "pass" not in repr(settings_from({**GOOD, **MAIL}))
    for url, tls, port in (("smtps://mail.example.org", "tls", 465), ("smtp+plain://localhost:2525", "none", 2525)):
        other = settings_from({**GOOD, **MAIL, "OBER_SMTP_URL": url}).mail
        assert other is not None
        assert (other.tls, other.port) == (tls, port)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OBER_SMTP_URL", ""),
        ("OBER_SMTP_URL", "mail.example.org"),
        ("OBER_SMTP_URL", "https://mail.example.org"),
        ("OBER_SMTP_URL", "smtp://"),
        ("OBER_SMTP_URL", "smtp://host:port"),
        ("OBER_SMTP_URL", "smtp://host/path"),
        ("OBER_SMTP_URL", "smtp://host?starttls=no"),
        ("OBER_MAIL_FROM", ""),
        ("OBER_MAIL_FROM", "Ober"),
        ("OBER_MAIL_FROM", "Ober <ober@example.org>\nBcc: all@example.org"),
    ],
)
def test_half_a_mail_setting_or_a_wrong_one_is_named(name: str, value: str) -> None:
    with pytest.raises(WrongSettingError, match=rf"^{name} .* Write ") as caught:
        settings_from({**GOOD, **MAIL, name: value})
    assert "pass" not in str(caught.value).replace("user:password", "").replace("a password", "")
