"""A peak that follows a calendar elsewhere: what its customer does, and what the worker brings in."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from threading import Barrier

import pytest

from app.domain.access import SYSTEM
from app.domain.anchors import Entries
from app.domain.foreign_entries import ForeignEntry
from app.domain.peak_exceptions import TakenOut
from app.domain.peaks import Peak, Severity
from app.domain.register import Name, RegisteredPeak
from app.domain.result import NoteKind
from app.domain.spans import Instant
from app.domain.subscriptions import Subscription, Trouble
from app.domain.verdict import Verdict
from app.domain.walltime import rule_instant
from app.queries.checks import preview_check
from app.store import peaks as stored
from app.store import subscriptions as kept
from app.store import waivers
from app.store.database import Work
from app.store.subscriptions import Claim
from app.usecases import peak_exceptions, peaks, refreshing, subscriptions
from app.usecases.peaks import PeakDraft
from app.usecases.refreshing import NewCopy, Outcome, SameCopy
from app.usecases.subscriptions import Address, SubscriptionDraft
from tests.conftest import Cast, Person

from .story import BANK_APP, ZONE, consent, everything, on_sqlite, proposed, refused, tell, trail_of

HOUR, DAY = 3600, 24 * 3600
CLUB = Address("sealed: https://calendars.example/club.ics?key=canary", "calendars.example")


def at(wall: str) -> Instant:
    return rule_instant(datetime.fromisoformat(wall), ZONE)


def match(day: str, start: str = "20:00", end: str = "22:00", uid: str = "") -> ForeignEntry:
    return ForeignEntry(at(f"{day}T{start}"), at(f"{day}T{end}"), uid or f"match of {day}", None, "Match")


SEASON = tuple(match(f"2027-{month:02}-12") for month in range(1, 9))
"""Eight matches, the first at the time at which the bank's app is to be worked on."""


def draft(address: Address | None = CLUB, **more: object) -> SubscriptionDraft:
    given = {"id": "", "customer": "", "severity": Severity.FREEZE, "zone": ZONE, "rule": Entries(ZONE, ()), **more}
    return SubscriptionDraft(
        PeakDraft(Peak(**given), Name("Home matches", "Home matches"), "Everybody pays."), 120, 180, "", address
    )


def subscribed(person: Person, what: SubscriptionDraft | None = None) -> Subscription:
    with person.writing() as work:
        return subscriptions.subscribe(work, what or draft())


def now_of(person: Person, key: int) -> Subscription:
    with person.reading() as work:
        return kept.load(work, key)


def peak_of(person: Person, one: Subscription) -> RegisteredPeak:
    with person.reading() as work:
        return stored.load(work, one.peak)


def copy(entries: Sequence[ForeignEntry], mark: str = "") -> NewCopy:
    return NewCopy(repr(entries).encode(), tuple(entries), (), mark, "")


class Worker:
    """What `ober worker` does, one step at a time, at the moments a test chooses."""

    def __init__(self, cast: Cast) -> None:
        self.database, self.now = cast.database, cast.now

    def claims(self, lease: str = "a worker", later: int = 0) -> list[Claim]:
        with self.database.writing(SYSTEM, self.now + later) as work:
            return [one.claim for one in refreshing.claim_due(work, lease)]

    def brings(self, claim: Claim, outcome: Outcome, later: int = 0) -> None:
        with self.database.writing(SYSTEM, self.now + later) as work:
            refreshing.take_in(work, claim, outcome, 0.0)

    def refreshes(self, outcome: Outcome, later: int = 0) -> None:
        """The only subscription that is due."""
        (claim,) = self.claims(later=later)
        self.brings(claim, outcome, later)


@pytest.fixture
def worker(cast: Cast) -> Worker:
    return Worker(cast)


def actions(person: Person, one: Subscription) -> list[str]:
    return [entry.action.removeprefix("subscription.") for entry in trail_of(person, "subscription", str(one.id))]


def verdict(cast: Cast, now: Instant | None = None) -> Verdict:
    with cast("krp-cm-1", now).reading() as work:
        return preview_check(work, BANK_APP).shown.verdict


def is_unknown(cast: Cast, now: Instant | None = None) -> bool:
    """Whether a check of the bank's app says that a calendar it needs is not known that far."""
    with cast("krp-cm-1", now).reading() as work:
        notes = preview_check(work, BANK_APP).shown.notes
    return any(note.kind is NoteKind.CALENDAR_HORIZON and note.peak == "NOORDERHAVEN:home-matches" for note in notes)


# --- Subscribing ------------------------------------------------------------------------------------------------------


def test_a_new_subscription_is_a_peak_of_which_nothing_is_known_yet(cast: Cast) -> None:
    customer = cast("noorderhaven-planner")
    assert not is_unknown(cast)
    new = subscribed(customer)
    assert now_of(customer, new.id) == new
    assert (new.peak, new.customer, new.host, new.good_at, new.next_at) == (
        "NOORDERHAVEN:home-matches",
        "NOORDERHAVEN",
        "calendars.example",
        None,
        cast.now,
    )
    assert peak_of(customer, new).peak.horizon_until == date(2026, 11, 21)
    assert (verdict(cast), is_unknown(cast)) == ("clear", True)
    assert actions(customer, new) == ["made"]


def test_what_was_read_becomes_the_dates_of_the_peak(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    new = subscribed(customer)
    worker.refreshes(replace(copy(SEASON, '"v1"'), skipped=(("bad_date", "Cup final", "2027-13-01"),)))
    peak = peak_of(customer, new).peak
    assert peak.rule == Entries(ZONE, SEASON, 120, 180)
    assert peak.horizon_until == date(2027, 8, 12)
    assert (verdict(cast), is_unknown(cast)) == ("blocked", False)
    found = now_of(customer, new.id)
    assert (found.good_at, found.tried_at, found.next_at, found.etag) == (cast.now, cast.now, cast.now + HOUR, '"v1"')
    assert actions(customer, new) == ["made", "followed"]
    with customer.reading() as work:
        assert kept.skipped_of(work, new.id) == [("bad_date", "Cup final", "2027-13-01")]
        assert tell(work, "SELECT copy, copy_sha256 FROM subscription")[0][0] == repr(SEASON).encode()


def test_a_match_that_moves_takes_its_peak_along_and_it_is_on_record(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    new = subscribed(customer)
    worker.refreshes(copy(SEASON))
    moved = match("2027-01-13", uid=SEASON[0].uid)
    worker.refreshes(copy((moved, *SEASON[1:])), later=2 * HOUR)
    assert verdict(cast) == "clear"
    last = trail_of(customer, "subscription", str(new.id))[-1]
    assert (last.action, last.person) == ("subscription.followed", None)
    assert last.facts == {"added": 0, "moved": 1, "gone": 0, "moves": [[SEASON[0].start, moved.start]]}
    entries = trail_of(customer, "peak", new.peak)
    assert [one.action for one in entries] == ["peak.registered", "peak.followed", "peak.followed"]


def test_the_same_calendar_again_changes_nothing_but_its_age(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    new = subscribed(customer)
    worker.refreshes(copy(SEASON, '"v1"'))
    before = peak_of(customer, new)
    for number, outcome in enumerate((copy(SEASON, '"v2"'), SameCopy(), copy(tuple(reversed(SEASON)), '"v3"'))):
        worker.refreshes(outcome, later=(number + 1) * 2 * HOUR)
    assert peak_of(customer, new) == before
    found = now_of(customer, new.id)
    assert (found.good_at, found.etag) == (cast.now + 6 * HOUR, '"v3"')
    assert actions(customer, new) == ["made", "followed"]


def test_only_waivers_for_dates_that_changed_lapse(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    new = subscribed(customer)
    worker.refreshes(copy(SEASON))
    window = proposed(cast("atelier-planner"), BANK_APP)
    with cast("krp-admin").writing() as work:
        for day in (date(2027, 1, 12), date(2027, 2, 12)):
            consent(work, window.id, "NOORDERHAVEN", new.peak, day)
    worker.refreshes(copy((match("2027-01-12", "19:00", "21:00", SEASON[0].uid), *SEASON[1:])), later=2 * HOUR)
    with customer.reading() as work:
        assert {one.anchor for one in waivers.granted(work, [window.id])} == {date(2027, 2, 12)}


# --- What must not be believed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", list(Trouble))
def test_trouble_keeps_the_last_good_copy_and_shows_since_when(cast: Cast, worker: Worker, trouble: Trouble) -> None:
    customer = cast("noorderhaven-planner")
    new = subscribed(customer)
    worker.refreshes(copy(SEASON))
    worker.refreshes(trouble, later=2 * HOUR)
    worker.refreshes(trouble, later=3 * HOUR)
    found = now_of(customer, new.id)
    assert (found.trouble, found.troubled_at, found.good_at, found.failures) == (trouble, cast.now + 2 * HOUR, cast.now, 2)
    assert verdict(cast, cast.now + 4 * HOUR) == "blocked"
    assert actions(customer, new) == ["made", "followed", "troubled"]
    worker.refreshes(SameCopy(), later=5 * HOUR)
    assert (now_of(customer, new.id).trouble, now_of(customer, new.id).failures) == (None, 0)


def test_a_first_calendar_without_entries_is_no_answer(cast: Cast, worker: Worker) -> None:
    new = subscribed(cast("noorderhaven-planner"))
    worker.refreshes(copy(()))
    found = now_of(cast("noorderhaven-planner"), new.id)
    assert (found.trouble, found.good_at) == (Trouble.EMPTY, None)
    assert is_unknown(cast)


@on_sqlite
def test_a_calendar_of_too_many_entries_is_not_taken(cast: Cast, worker: Worker) -> None:
    new = subscribed(cast("noorderhaven-planner"))
    flood = [ForeignEntry(cast.now + number * 60, cast.now + number * 60 + 30, str(number)) for number in range(3001)]
    worker.refreshes(copy(flood))
    assert now_of(cast("noorderhaven-planner"), new.id).trouble is Trouble.TOO_LARGE
    worker.refreshes(copy(flood[:3000]), later=DAY)
    assert now_of(cast("noorderhaven-planner"), new.id).good_at == cast.now + DAY


@on_sqlite
def test_dates_that_could_not_be_read_back_are_not_kept(cast: Cast, worker: Worker) -> None:
    """The longest entry there may be lasts 400 days, an hour longer when the clock goes back in it."""
    new = subscribed(cast("noorderhaven-planner"))
    start = at("2026-12-01T00:00")
    worker.refreshes(copy((ForeignEntry(start, start + 402 * DAY, "far too long"),)))
    assert now_of(cast("noorderhaven-planner"), new.id).trouble is Trouble.NOT_A_CALENDAR
    longest = ForeignEntry(start, start + 400 * DAY + HOUR, "long")
    worker.refreshes(copy((longest,)), later=DAY)
    assert peak_of(cast("noorderhaven-planner"), new).peak.rule == Entries(ZONE, (longest,), 120, 180)


def test_a_calendar_that_shrinks_is_held_and_the_old_dates_count(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    new = subscribed(customer)
    worker.refreshes(copy(SEASON, '"v1"'))
    for number, smaller in enumerate((SEASON[2:], SEASON[2:], ())):
        worker.refreshes(copy(smaller, '"v2"'), later=(number + 1) * 2 * HOUR)
    found = now_of(customer, new.id)
    assert found.held is not None
    assert (found.held.at, found.held.gone, found.held.ahead) == (cast.now + 6 * HOUR, 8, 8)
    assert (found.good_at, found.trouble, found.etag) == (cast.now, None, ""), "what is not in force confirms nothing"
    assert verdict(cast) == "blocked"
    assert actions(customer, new) == ["made", "followed", "held", "held"]
    worker.refreshes(copy(SEASON, '"v3"'), later=8 * HOUR)
    restored = now_of(customer, new.id)
    assert (restored.held, restored.good_at, restored.etag) == (None, cast.now + 8 * HOUR, '"v3"')


def test_one_that_goes_of_many_is_followed(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    new = subscribed(customer)
    worker.refreshes(copy(SEASON))
    worker.refreshes(copy(SEASON[1:]), later=2 * HOUR)
    assert (now_of(customer, new.id).held, verdict(cast)) == (None, "clear")


def held(cast: Cast, worker: Worker) -> Subscription:
    """A season of eight of which six are left, waiting for an answer."""
    customer = cast("noorderhaven-planner")
    new = subscribed(customer)
    worker.refreshes(copy(SEASON))
    worker.refreshes(copy(SEASON[2:]), later=2 * HOUR)
    return now_of(customer, new.id)


def test_a_held_calendar_counts_once_its_customer_says_so(cast: Cast, worker: Worker) -> None:
    one = held(cast, worker)
    customer = cast("noorderhaven-planner", cast.now + 3 * HOUR)
    assert one.held is not None
    with customer.writing() as work:
        subscriptions.accept_held(work, one.id, one.held.at)
    found = now_of(customer, one.id)
    assert (found.held, found.good_at) == (None, cast.now + 2 * HOUR)
    assert peak_of(customer, one).peak.rule == Entries(ZONE, SEASON[2:], 120, 180)
    assert verdict(cast) == "clear"
    assert actions(customer, one)[-1] == "accepted"


def test_a_refused_calendar_is_not_asked_about_again_but_another_one_is(cast: Cast, worker: Worker) -> None:
    one = held(cast, worker)
    customer = cast("noorderhaven-planner", cast.now + 3 * HOUR)
    assert one.held is not None
    with customer.writing() as work:
        subscriptions.keep_old(work, one.id, one.held.at)
    found = now_of(customer, one.id)
    assert (found.held, found.good_at, verdict(cast)) == (None, cast.now + 3 * HOUR, "blocked")
    worker.refreshes(copy(SEASON[2:]), later=5 * HOUR)
    again = now_of(customer, one.id)
    assert (again.held, again.good_at, again.trouble) == (None, cast.now + 3 * HOUR, None)
    worker.refreshes(copy(SEASON[3:]), later=7 * HOUR)
    assert now_of(customer, one.id).held is not None
    assert actions(customer, one)[-3:] == ["held", "refused", "held"]


def test_an_answer_about_another_copy_than_the_one_that_waits_is_told_so(cast: Cast, worker: Worker) -> None:
    one = held(cast, worker)
    worker.refreshes(copy(SEASON[4:]), later=4 * HOUR)
    assert one.held is not None
    for answer in (subscriptions.accept_held, subscriptions.keep_old):
        with refused("changed_meanwhile"), cast("noorderhaven-planner").writing() as work:
            answer(work, one.id, one.held.at)


# --- Age --------------------------------------------------------------------------------------------------------------


def test_a_stale_copy_leaves_its_dates_and_makes_the_rest_unknown_until_a_good_answer(cast: Cast, worker: Worker) -> None:
    """Nobody has to notice: it is so even when no worker runs at all."""
    subscribed(cast("noorderhaven-planner"))
    worker.refreshes(copy(SEASON[:1]))
    worker.refreshes(copy((match("2027-01-20", uid=SEASON[0].uid), SEASON[1])), later=2 * HOUR)
    fresh, stale = cast.now + 14 * DAY, cast.now + 2 * HOUR + 14 * DAY + 1
    assert (verdict(cast, fresh), is_unknown(cast, fresh)) == ("clear", False)
    assert (verdict(cast, stale), is_unknown(cast, stale)) == ("clear", True)
    worker.refreshes(SameCopy(), later=15 * DAY)
    assert not is_unknown(cast, cast.now + 15 * DAY)


def test_a_good_answer_makes_known_again_whatever_was_changed_meanwhile(cast: Cast, worker: Worker) -> None:
    one = subscribed(cast("noorderhaven-planner"))
    worker.refreshes(copy((SEASON[1],)))
    customer = cast("noorderhaven-planner", cast.now + 20 * DAY)
    with customer.writing() as work:
        subscriptions.change_subscription(work, one.id, draft(None), 1)
        taken_out = TakenOut(date(2027, 2, 12))
        peak_exceptions.make_exception(work, one.peak, taken_out, "Put off.", stored.load(work, one.peak).version)
    assert is_unknown(cast, customer.now)
    worker.refreshes(SameCopy(), later=20 * DAY)
    assert not is_unknown(cast, customer.now)
    peak = peak_of(customer, one).peak
    assert (peak.horizon_until, peak.except_on) == (date(2027, 2, 12), {date(2027, 2, 12)})


def test_a_stopped_subscription_stays_as_old_as_it_was(cast: Cast, worker: Worker) -> None:
    one = subscribed(cast("noorderhaven-planner"))
    worker.refreshes(copy((SEASON[1],)))
    later = cast.now + 20 * DAY
    customer = cast("noorderhaven-planner", later)
    for nothing in ("", " \n"):
        with refused("reason_required", "reason"), customer.writing() as work:
            subscriptions.stop(work, one.id, nothing)
    with customer.writing() as work:
        subscriptions.stop(work, one.id, " We play elsewhere. ")
    assert is_unknown(cast, later)
    with refused("not_found"):
        now_of(customer, one.id)
    assert peak_of(customer, one).peak.rule == Entries(ZONE, (SEASON[1],), 120, 180)
    last = trail_of(customer, "subscription", str(one.id))[-1]
    assert (last.action, last.reason) == ("subscription.stopped", "We play elsewhere.")
    assert worker.claims(later=30 * DAY) == []
    assert "canary" not in repr(everything(cast.database)), "the address is forgotten"


# --- Changing ---------------------------------------------------------------------------------------------------------


def test_a_change_of_hours_counts_at_once_and_keeps_the_address(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    one = subscribed(customer)
    worker.refreshes(copy(SEASON))
    wider = replace(draft(None, severity=Severity.ADVISORY, services=frozenset({"BANK-APP"})), before=60, after=0)
    with customer.writing() as work:
        subscriptions.change_subscription(work, one.id, wider, 1)
    peak = peak_of(customer, one).peak
    assert (peak.rule, peak.severity, peak.services) == (Entries(ZONE, SEASON, 60, 0), "advisory", frozenset({"BANK-APP"}))
    found = now_of(customer, one.id)
    assert (found.sealed, found.version, found.good_at) == (CLUB.sealed, 2, cast.now)
    with refused("changed_meanwhile"), customer.writing() as work:
        subscriptions.change_subscription(work, one.id, wider, 1)


def test_another_address_is_asked_at_once_and_an_answer_of_the_old_one_is_let_go(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    one = subscribed(customer)
    worker.refreshes(copy(SEASON, '"v1"'))
    (claim,) = worker.claims(later=2 * HOUR)
    with cast("noorderhaven-planner", cast.now + 2 * HOUR).writing() as work:
        subscriptions.change_subscription(work, one.id, draft(Address("sealed: elsewhere", "other.example")), 1)
    worker.brings(claim, copy((SEASON[5],)), later=2 * HOUR + 10)
    found = now_of(customer, one.id)
    assert (found.sealed, found.host, found.etag, found.held) == ("sealed: elsewhere", "other.example", "", None)
    assert [again.subscription.sealed for again in worker.claims(later=2 * HOUR + 20)] == ["sealed: elsewhere"]


def test_it_can_be_asked_now_but_not_all_the_time(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    one = subscribed(customer)
    worker.refreshes(copy(SEASON))
    with refused("asked_just_now"), cast("noorderhaven-planner", cast.now + 59).writing() as work:
        subscriptions.ask_now(work, one.id)
    assert worker.claims(later=61) == []
    with cast("noorderhaven-planner", cast.now + 60).writing() as work:
        subscriptions.ask_now(work, one.id)
    assert len(worker.claims(later=61)) == 1


def test_a_removed_peak_is_not_followed_any_more(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    one = subscribed(customer)
    (claim,) = worker.claims()
    with customer.writing() as work:
        peaks.remove_peak(work, one.peak, "No more matches.", 1)
    worker.brings(claim, copy(SEASON))
    assert verdict(cast) == "clear"
    with refused("not_found"):
        now_of(customer, one.id)
    assert worker.claims(later=DAY) == []


def test_only_dates_with_the_chosen_words_are_followed(cast: Cast, worker: Worker) -> None:
    customer = cast("noorderhaven-planner")
    home, away = (replace(match(f"2027-0{month}-12"), summary=summary) for month, summary in ((1, "HOME: Ajax"), (2, "Away: PSV")))
    one = subscribed(customer, replace(draft(), only="home"))
    worker.refreshes(copy((home, away), '"v1"'))
    assert peak_of(customer, one).peak.rule == Entries(ZONE, (home,), 120, 180, "home")
    with customer.writing() as work:
        subscriptions.change_subscription(work, one.id, replace(draft(None), only=""), 1)
    found = now_of(customer, one.id)
    assert (found.etag, found.next_at) == ("", cast.now), "what was left out is asked for again, whole"
    worker.refreshes(copy((home, away)))
    with customer.writing() as work:
        subscriptions.change_subscription(work, one.id, replace(draft(None), only="away"), 2)
    assert peak_of(customer, one).peak.rule == Entries(ZONE, (away,), 120, 180, "away")
    worker.refreshes(copy((home, away)))
    assert now_of(customer, one.id).held is None, "nothing shrank: it was chosen so"


# --- Who may, and how many --------------------------------------------------------------------------------------------


VERBS = (
    lambda work, key: subscriptions.change_subscription(work, key, draft(), 1),
    lambda work, key: subscriptions.ask_now(work, key),
    lambda work, key: subscriptions.accept_held(work, key, 1),
    lambda work, key: subscriptions.keep_old(work, key, 1),
    lambda work, key: subscriptions.stop(work, key, "mine now"),
)


def test_the_integrator_sees_it_and_nobody_else_does(cast: Cast) -> None:
    one = subscribed(cast("noorderhaven-planner"))
    assert now_of(cast("krp-cm-1"), one.id).id == one.id
    for person in ("zonnekroon-planner", "atelier-planner"):
        with refused("not_found"):
            now_of(cast(person), one.id)
        with cast(person).reading() as work:
            assert kept.visible_subscriptions(work) == []
            assert kept.of_peak(work, one.peak) is None


@on_sqlite
def test_only_its_customers_planner_keeps_it(cast: Cast) -> None:
    one = subscribed(cast("noorderhaven-planner"))
    for person, code in (("krp-cm-1", "not_allowed"), ("atelier-planner", "not_allowed"), ("zonnekroon-planner", "not_found")):
        for verb in VERBS:
            with refused(code), cast(person).writing() as work:
                verb(work, one.id)
    with refused("not_allowed"), cast("krp-cm-1").writing() as work:
        subscriptions.subscribe(work, draft())


@on_sqlite
def test_nobody_refreshes_by_hand(cast: Cast, worker: Worker) -> None:
    subscribed(cast("noorderhaven-planner"))
    (claim,) = worker.claims()
    for person in ("krp-admin", "noorderhaven-planner"):
        with refused("not_allowed"), cast(person).writing() as work:
            refreshing.claim_due(work, "by hand")
        with refused("not_allowed"), cast(person).writing() as work:
            refreshing.take_in(work, claim, copy(SEASON), 0.0)


@on_sqlite
def test_a_customer_has_twenty_at_the_most(cast: Cast) -> None:
    for _ in range(20):
        subscribed(cast("noorderhaven-planner"))
    with refused("too_many_subscriptions"):
        subscribed(cast("noorderhaven-planner"))
    subscribed(cast("zonnekroon-planner"))


@on_sqlite
def test_a_subscription_that_makes_no_sense_is_refused_at_its_field(cast: Cast) -> None:
    for code, what in (
        ("scope_not_used", draft(services=frozenset({"MUN-DESK"}))),
        ("unknown_timezone", draft(zone="Mars/Olympus")),
        ("missing_field", draft(None)),
    ):
        with refused(code):
            subscribed(cast("noorderhaven-planner"), what)


# --- Many at once -----------------------------------------------------------------------------------------------------


def elsewhere(host: str) -> SubscriptionDraft:
    return draft(Address(f"sealed: https://{host}/", host))


def hosts(claims: Sequence[Claim]) -> list[str]:
    return [one.subscription.host for one in claims]


def test_at_most_four_are_asked_at_once_and_one_a_host(cast: Cast, worker: Worker) -> None:
    for host in ("a.example", "a.example", "b.example", "c.example", "d.example", "e.example"):
        subscribed(cast("noorderhaven-planner"), elsewhere(host))
    first = worker.claims()
    assert hosts(first) == ["a.example", "b.example", "c.example", "d.example"]
    assert worker.claims("another worker") == []
    worker.brings(first[1], copy(SEASON))
    assert hosts(worker.claims("another worker")) == ["e.example"]
    worker.brings(first[0], Trouble.TIMED_OUT)
    assert hosts(worker.claims("a third worker")) == ["a.example"]


def test_what_a_dead_worker_held_comes_back_by_itself_and_its_late_answer_is_let_go(cast: Cast, worker: Worker) -> None:
    one = subscribed(cast("noorderhaven-planner"))
    (dead,) = worker.claims("a dead worker")
    assert worker.claims("another worker", later=119) == []
    (taken,) = worker.claims("another worker", later=120)
    worker.brings(dead, Trouble.TIMED_OUT, later=121)
    assert now_of(cast("krp-cm-1"), one.id).failures == 0
    worker.brings(taken, copy(SEASON), later=122)
    worker.brings(dead, copy(()), later=123)
    assert now_of(cast("krp-cm-1"), one.id).good_at == cast.now + 122


def test_of_two_workers_at_one_moment_each_takes_others(cast: Cast, worker: Worker) -> None:
    for number in range(3):
        subscribed(cast("noorderhaven-planner"), elsewhere(f"{number}.example"))
    together = Barrier(3)

    def claim(lease: str) -> list[int]:
        together.wait(30)
        return [one.subscription.id for one in worker.claims(lease)]

    with ThreadPoolExecutor(3) as pool:
        taken = list(pool.map(claim, ("first", "second", "third")))
    assert sorted(number for some in taken for number in some) == [1, 2, 3], taken


def test_the_longest_waiting_come_first(cast: Cast, worker: Worker) -> None:
    names = [f"{letter}.example" for letter in "fedcba"]
    for number, host in enumerate(names):
        with cast("noorderhaven-planner", cast.now + number).writing() as work:
            subscriptions.subscribe(work, elsewhere(host))
    assert hosts(worker.claims(later=60)) == names[:4]


def is_quiet(work: Work) -> bool:
    return kept.next_due(work) is None


def test_nothing_to_do_is_nothing_done(cast: Cast, worker: Worker) -> None:
    with cast("krp-cm-1").reading() as work:
        assert is_quiet(work)
        before = tell(work, "SELECT version FROM turnstile")
    assert worker.claims() == []
    with cast("krp-cm-1").reading() as work:
        assert tell(work, "SELECT version FROM turnstile") == before
