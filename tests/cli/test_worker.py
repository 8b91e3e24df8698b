"""`ober worker`: what is due is asked at its address, on real sockets, and what it answers becomes a peak's dates."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from ipaddress import ip_network
from pathlib import Path

import pytest

from app.adapters.outside import Outside, Reach
from app.adapters.sealing import address_seal
from app.cli.postman import Postman
from app.cli.worker import Worker
from app.domain.access import SYSTEM
from app.domain.anchors import Entries
from app.domain.causes import Change, Kind
from app.domain.peaks import Peak, Severity
from app.domain.register import Name
from app.domain.subscriptions import Subscription, Trouble
from app.store import peaks, receipts, rechecks, subscriptions
from app.usecases.peaks import PeakDraft
from app.usecases.rechecking import A_TURN
from app.usecases.subscriptions import Address, SubscriptionDraft, subscribe
from config import Settings
from tests.adapters.servers import INTERNET, Server, answer, redirect, saying, serving
from tests.conftest import Cast
from tests.usecases.story import ZONE, on_sqlite

from .terminal import ROOT, ober

SECRET = "s" * 32
HOUR = 3600
CHANGES = 10
MATCHES = {"ajax-1": "20270112T200000", "ajax-2": "20270212T200000", "ajax-3": "20270312T200000"}


def calendar(matches: dict[str, str]) -> bytes:
    """Matches of two hours, in Amsterdam."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//club//EN", "X-WR-TIMEZONE:Europe/Amsterdam"]
    for uid, start in matches.items():
        lines += ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{start}", "DURATION:PT2H", f"SUMMARY:{uid}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def served(matches: dict[str, str], **headers: str) -> bytes:
    return answer(calendar(matches), **headers)


class Story:
    """A customer's subscriptions and a worker that reaches 127.0.0.2, at the moments a test chooses."""

    def __init__(self, cast: Cast) -> None:
        self.customer, self.database, self.now = cast("noorderhaven-planner"), cast.database, cast.now

    def follows(self, address: str, host: str = INTERNET) -> Subscription:
        peak = Peak("", "", Severity.FREEZE, ZONE, Entries(ZONE, ()))
        draft = PeakDraft(peak, Name("Home matches", "Home matches"), "")
        sealed = Address(address_seal(SECRET).close(address), host)
        with self.customer.writing() as work:
            return subscribe(work, SubscriptionDraft(draft, 120, 180, "", sealed))

    def works(self, *servers: Server, later: int = 0, secret: str = SECRET) -> bool:
        reach = Reach((ip_network(f"{INTERNET}/32"),), frozenset(one.port for one in servers))
        outside = Outside(time.monotonic, reach, seconds=5)
        postman = Postman.of(Settings("", secret, "https://ober.example.org"), self.database, outside, lambda: self.now + later)
        return Worker(self.database, address_seal(secret), outside, lambda: self.now + later, postman).turn()

    def state(self, one: Subscription) -> Subscription:
        with self.customer.reading() as work:
            return subscriptions.load(work, one.id)

    def days(self, one: Subscription) -> list[date]:
        with self.customer.reading() as work:
            rule = peaks.load(work, one.peak).peak.rule
        assert isinstance(rule, Entries)
        return [anchor.first for anchor in rule.anchors]


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def test_a_calendar_is_read_followed_and_asked_with_its_marks(story: Story) -> None:
    first = served(MATCHES, ETag='"v1"')
    moved = served({**MATCHES, "ajax-2": "20270213T184500"})
    with serving(saying(first, answer(b"", "304 Not Modified"), moved)) as server:
        one = story.follows(f"{server.address}/club.ics")
        assert story.works(server)
        assert story.days(one) == [date(2027, 1, 12), date(2027, 2, 12), date(2027, 3, 12)]
        assert not story.works(server, later=HOUR // 2), "nothing is due"
        assert story.works(server, later=2 * HOUR)
        assert b'If-None-Match: "v1"' in server.asked[1]
        assert story.state(one).good_at == story.now + 2 * HOUR
        assert story.works(server, later=4 * HOUR)
        assert story.days(one) == [date(2027, 1, 12), date(2027, 2, 13), date(2027, 3, 12)]


PAGE = b"<!doctype html><html><head><title>Sign in</title></head></html>"
BAD = {
    "not found": (answer(b"nothing", "404 Not Found"), Trouble.NOT_FOUND),
    "half a calendar": (answer(calendar(MATCHES)[:-60]), Trouble.NOT_A_CALENDAR),
    "a web page": (answer(PAGE, Content_Type="text/html"), Trouble.NOT_A_CALENDAR),
    "an empty file": (answer(b""), Trouble.NOT_A_CALENDAR),
    "inside": (redirect("http://127.0.0.1:1/"), Trouble.NOT_ALLOWED),
    "an error": (answer(b"", "500 Internal Server Error"), Trouble.FAILING),
    "no dates at all": (served({}), None),
}


@on_sqlite
@pytest.mark.parametrize("what", BAD)
def test_what_is_no_good_calendar_takes_no_date_away(story: Story, what: str) -> None:
    """Of a calendar that can be read but shrank the customer is asked; of all else it is told what it is."""
    said, trouble = BAD[what]
    with serving(saying(served(MATCHES), said)) as server:
        one = story.follows(f"{server.address}/club.ics")
        story.works(server)
        story.works(server, later=2 * HOUR)
    found = story.state(one)
    assert (found.trouble, found.good_at, found.held is None) == (trouble, story.now, trouble is not None)
    assert len(story.days(one)) == 3


@on_sqlite
def test_an_address_sealed_with_another_secret_is_lost_and_nothing_else(story: Story) -> None:
    with serving(saying(served(MATCHES))) as server:
        one = story.follows(f"{server.address}/club.ics")
        story.works(server)
        story.works(server, later=2 * HOUR, secret="another" * 8)
        assert (story.state(one).trouble, len(story.days(one)), len(server.asked)) == (Trouble.ADDRESS_LOST, 3, 1)


@on_sqlite
def test_no_line_for_the_operator_tells_an_address(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(saying(served(MATCHES), answer(b"", "404 Not Found"))) as server:
        story.follows(f"{server.address}/canary.ics?key=canary")
        story.works(server)
        story.works(server, later=2 * HOUR)
    told = capsys.readouterr()
    assert told.out == "Subscription 1: read, 3 entries\nSubscription 1: not_found\n"
    assert "canary" not in told.out + told.err


@on_sqlite
def test_several_addresses_are_asked_beside_each_other(story: Story) -> None:
    def slowly(connection: object) -> None:
        time.sleep(0.5)
        saying(answer(b"", "404 Not Found"))(connection)

    with serving(slowly) as server:
        for number in range(4):
            story.follows(f"{server.address}/{number}.ics", f"host-{number}.example")
        before = time.monotonic()
        story.works(server)
        assert len(server.asked) == 4
        assert time.monotonic() - before < 1.9


# --- The command ------------------------------------------------------------------------------------------------------


def environment(story: Story, *servers: Server) -> dict[str, str]:
    return {
        "OBER_DATABASE_URL": story.database.engine.url.render_as_string(hide_password=False),
        "OBER_SECRET_KEY": SECRET,
        "OBER_PUBLIC_URL": "https://ober.example.org",
        "OBER_CALENDAR_NETWORKS": f"{INTERNET}/32",
        "OBER_CALENDAR_PORTS": ", ".join(str(one.port) for one in servers) or "80",
    }


@pytest.fixture
def in_the_story(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this process stands at the story's moment, and goes on from there."""
    shift, clock = story.now - int(time.time()), time.time
    monkeypatch.setattr(time, "time", lambda: clock() + shift)


IN_THE_STORY = "import sys, time; now = time.time; time.time = lambda: now() + {shift}; from app.cli.main import main; main()"
"""The same for a program of its own: a command whose clock is so many seconds away from the world's."""


@pytest.mark.usefixtures("in_the_story")
def test_once_asks_what_is_due_and_ends(story: Story) -> None:
    with serving(saying(served(MATCHES))) as server:
        one = story.follows(f"{server.address}/club.ics")
        done = ober("worker", "--once", **environment(story, server))
        assert (done.exit_code, done.stdout) == (0, f"Subscription {one.id}: read, 3 entries\n")
    assert len(story.days(one)) == 3


def world_clock(clock: Callable[[], float] = time.time) -> int:
    """Now, whatever a test has made of the clock of this process."""
    return int(clock())


@pytest.fixture
def started(story: Story) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts workers as programs of their own, and ends what is left of them."""
    running = []

    def start() -> subprocess.Popen[str]:
        program = [sys.executable, "-c", IN_THE_STORY.format(shift=story.now - world_clock()), "worker"]
        variables = {**os.environ, **environment(story)}
        running.append(subprocess.Popen(program, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True))
        return running[-1]

    yield start
    for one in running:
        one.kill()
        one.communicate()


@on_sqlite
def test_it_stops_when_it_is_told_to(started: Callable[[], subprocess.Popen[str]]) -> None:
    working = started()
    assert working.stdout is not None
    assert working.stdout.readline() == "The worker has begun.\n"
    working.send_signal(signal.SIGTERM)
    rest, _ = working.communicate(timeout=30)
    assert (working.returncode, rest) == (0, "The worker has stopped.\n")


def test_a_database_that_is_not_up_to_date_stops_the_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    done = ober("worker", "--once", OBER_DATABASE_URL=url, OBER_SECRET_KEY=SECRET, OBER_PUBLIC_URL="https://ober.example.org")
    assert (done.exit_code, "ober database upgrade" in done.stderr) == (1, True)


def test_a_setting_that_cannot_be_read_is_named(story: Story) -> None:
    for name, value in (("OBER_CALENDAR_NETWORKS", "10.1.2.3/8"), ("OBER_CALENDAR_PORTS", "eighty")):
        done = ober("worker", "--once", **{**environment(story), name: value})
        assert (done.exit_code, name in done.stderr) == (1, True)


def waiting(story: Story) -> int:
    with story.database.reading(SYSTEM, story.now) as work:
        return sum(run.waiting for run in rechecks.latest_runs(work, 100))


def receipts_kept(story: Story, windows: Iterable[str]) -> int:
    with story.database.reading(SYSTEM, story.now) as work:
        return sum(len(receipts.of_window(work, one)) for one in windows)


@on_sqlite
@pytest.mark.usefixtures("in_the_story")
def test_a_worker_that_is_killed_in_the_middle_of_checking_again_leaves_nothing_out(
    story: Story, started: Callable[[], subprocess.Popen[str]]
) -> None:
    """Changes of the chain, each of which touches every window on it; what was done once is not done again."""
    change = Change(Kind.CHAIN, "MW-ESB", "BRUG", "requirement.changed")
    used = {"AUC-CLOCK", "CERT-PORTAL", "SHOP-WEB", "BANK-APP", "TV-LIVE", "MUN-DESK"}
    with story.database.writing(SYSTEM, story.now) as work:
        windows = rechecks.ids_beneath(work, used)
        for _ in range(CHANGES):
            rechecks.order(work, change, windows)
    ordered = waiting(story)
    working = started()
    assert working.stdout is not None
    said = [working.stdout.readline() for _ in range(3)]
    working.kill()
    working.wait()
    assert said[1:] == [f"Windows checked again: {A_TURN}\n"] * 2
    assert 0 < waiting(story) <= ordered - 2 * A_TURN
    once = ober("worker", "--once", **environment(story))
    assert once.exit_code == 0, once.stderr
    kept = receipts_kept(story, windows)
    assert (ordered, waiting(story)) == (CHANGES * len(windows), 0)
    with story.database.writing(SYSTEM, story.now) as work:
        rechecks.order(work, change, windows)
    ober("worker", "--once", **environment(story))
    assert (waiting(story), receipts_kept(story, windows)) == (0, kept)
