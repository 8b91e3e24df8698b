"""`ober worker`: sends messages, checks windows again that a change touched, and asks calendars, until it is told to stop.

Any number of workers may run. What one has taken and does not bring back is free again after two minutes.
"""

import os
import random
import secrets
import signal
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Event

import click

from app.adapters.foreign_calendars.bounded import read_in_child
from app.adapters.outside import Answer, Failed, Fetched, Marks, Outside, Reach, Unchanged
from app.adapters.sealing import Seal, address_seal
from app.cli.long_running import settle
from app.cli.postman import Postman
from app.domain.access import SYSTEM
from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.domain.subscriptions import Trouble
from app.domain.walltime import local
from app.store.database import Database, Work, open_database
from app.store.migrations import is_current
from app.usecases import alarming, rechecking, refreshing, reviewing, waiving
from app.usecases.expiring import expire_windows
from app.usecases.refreshing import MOST_AT_ONCE, Errand, NewCopy, Outcome, SameCopy
from app.usecases.reminding import look_after
from app.usecases.rolling import roll_over
from config import Settings, WrongSettingError, settings_from

LOOKS_EVERY = 15.0
"""Seconds between two looks whether something is due."""

YEARS_BACK, YEARS_AHEAD = 1, 4


@click.command()
@click.option("--once", is_flag=True, help="Ask what is due now, then end: for a timer of the system.")
def worker(*, once: bool) -> None:
    """Send messages, check windows again that a change touched, refresh calendars, date peaks; by the environment's settings."""
    try:
        settings = settings_from(os.environ)
        database = open_database(settings.database_url)
        if not is_current(database):
            raise WrongSettingError("OBER_DATABASE_URL names a database that is not up to date. Run `ober database upgrade`.")
    except WrongSettingError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    working = Worker.of(settings, database)
    settle()
    if once:
        while working.turn():
            pass
        return
    stopping = Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda _number, _frame: stopping.set())
    print("The worker has begun.", flush=True)
    working.until(stopping)
    print("The worker has stopped.", flush=True)


@dataclass(frozen=True)
class Worker:
    """Takes what is due, does it, and brings in what came of it. Each of these is a transaction of its own, or none."""

    database: Database
    seal: Seal
    outside: Outside
    clock: Callable[[], Instant]
    postman: Postman

    @classmethod
    def of(cls, settings: Settings, database: Database) -> "Worker":
        reach = Reach(settings.calendar_networks, settings.calendar_ports)
        outside = Outside(time.monotonic, reach)

        def clock() -> Instant:
            return int(time.time()) + settings.clock_shift

        postman = Postman.of(settings, database, outside, clock)
        return cls(database, address_seal(settings.secret_key), outside, clock, postman)

    def until(self, stopping: Event) -> None:
        """Go on until that is set; what is being asked then is still brought in."""
        while not stopping.is_set():
            try:
                has_done = self.turn()
            except Exception:  # a database that is away comes back, and the work waits for it
                traceback.print_exc()
                has_done = False
            if not has_done:
                stopping.wait(LOOKS_EVERY)

    def turn(self) -> bool:
        """Do a little of everything that is due; whether there was anything to do."""
        has_sent = self.postman.round()
        has_checked = self._check_again()
        has_closed = self._done("Requests that nobody answered", waiving.close_unanswered)
        has_expired = self._done("Windows whose time ran out", expire_windows)
        has_dated = self._done("Peaks dated ahead", roll_over)
        self._quietly(reviewing.close_complete)
        self._quietly(alarming.watch_runs)
        has_minded = self._mind_promises()
        return self._refresh() or has_sent + has_checked + has_closed + has_expired + has_dated + has_minded > 0

    def _mind_promises(self) -> int:
        """A matter of those who promised; the operator has nothing to do with it."""
        with self.database.writing(SYSTEM, self.clock()) as work:
            return look_after(work)

    def _check_again(self) -> int:
        """Each few in a transaction of their own: a worker that dies has lost nothing, and nobody waits long for it.

        When a few cannot be checked the first is tried alone, and then told to have failed: it must not stop the others.
        """
        try:
            return self._done("Windows checked again", rechecking.go_on)
        except Exception:
            traceback.print_exc()
        try:
            return self._done("Windows checked again", lambda work: rechecking.go_on(work, 1))
        except Exception:
            traceback.print_exc()
        return self._done("Windows that could not be checked again", rechecking.give_up)

    def _done(self, what: str, step: Callable[[Work], int]) -> int:
        """A step in a transaction of its own, and how many it was for; the operator is told, if there were any."""
        with self.database.writing(SYSTEM, self.clock()) as work:
            count = step(work)
        if count:
            print(f"{what}: {count}", flush=True)
        return count

    def _quietly(self, step: Callable[[Work], int]) -> None:
        """A step in a transaction of its own, of which the trails of the windows tell enough."""
        with self.database.writing(SYSTEM, self.clock()) as work:
            step(work)

    def _refresh(self) -> bool:
        """Ask those that are due, as many as may be asked at once; whether there were any."""
        with self.database.writing(SYSTEM, self.clock()) as work:
            errands = refreshing.claim_due(work, secrets.token_hex(16))
        with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
            list(pool.map(self._run, errands))
        return bool(errands)

    def _run(self, errand: Errand) -> None:
        outcome = self._ask(errand)
        with self.database.writing(SYSTEM, self.clock()) as work:
            refreshing.take_in(work, errand.claim, outcome, random.random())  # noqa: S311 - spreads the load, guards nothing
        print(f"Subscription {errand.claim.subscription.id}: {_told(outcome)}", flush=True)

    def _ask(self, errand: Errand) -> Outcome:
        known = errand.claim.subscription
        address = self.seal.open(known.sealed)
        if address is None:
            return Trouble.ADDRESS_LOST
        try:
            return self._read(self.outside.fetch(address, Marks(known.etag, known.last_modified)), errand.zone)
        except Exception:  # one that nobody foresaw must not keep the others waiting; its address is not told
            traceback.print_exc()
            return Trouble.FAILING

    def _read(self, answer: Answer, zone: str) -> Outcome:
        match answer:
            case Failed(trouble):
                return trouble
            case Unchanged():
                return SameCopy()
            case Fetched(data, marks):
                year = local(self.clock(), zone).year
                try:
                    found = read_in_child(data, datetime(year - YEARS_BACK, 1, 1), datetime(year + YEARS_AHEAD, 1, 1), zone)  # noqa: DTZ001 - wall clocks
                except Refusal:
                    return Trouble.NOT_A_CALENDAR
                if found.is_cut_off:
                    return Trouble.NOT_A_CALENDAR
                skipped = tuple((one.reason, one.summary, one.part) for one in found.skipped)
                return NewCopy(data, found.entries, skipped, marks.etag, marks.last_modified)


def _told(outcome: Outcome) -> str:
    """A line for the operator, without a word of the calendar."""
    match outcome:
        case NewCopy():
            return f"read, {len(outcome.entries)} entries"
        case SameCopy():
            return "unchanged"
        case Trouble():
            return outcome.value
