"""Steps that people take by chance: each of somebody who may, on something that is there. What is refused changes nothing."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TypeVar

from app.domain.access import SYSTEM
from app.domain.chain import Requirement
from app.domain.lifecycle import PLANNED, State
from app.domain.peak_exceptions import PeakException, TakenOut
from app.domain.peaks import DailyHours, Move, Severity, Suspension
from app.domain.proposals import Proposal
from app.domain.refusal import Refusal
from app.domain.register import RegisteredWindow
from app.domain.waivers import WaiverRecord
from app.queries.waiver_pages import request_page, waiver_page
from app.store import chain as kept_chain
from app.store import conflict_items, peak_exceptions, peaks, waivers, windows
from app.usecases import chain, decisions, expiring, proposals, rechecking, reminding, waiving
from app.usecases import conflict_items as dealing
from app.usecases import peaks as keeping
from app.usecases.peak_exceptions import make_exception, put_exception_back
from tests.conftest import Cast, Person

from .story import BANK_APP, EVENING_CERTIFICATES, GATEWAY_A, GATEWAY_B, busy_on, proposed, seen

T = TypeVar("T")
HOUR, DAY = 3600, 24 * 3600
WAVE = "POLDERPOORT:animal-evening-wave"
PLANNER = {
    "CERT-ENGINE": "atelier-planner",
    "BANK-APP": "atelier-planner",
    "PAY-GW-A": "betaal-planner",
    "PAY-GW-B": "betaal-planner",
}
CUSTOMERS = ("polderpoort-planner", "noorderhaven-planner", "winkelwolk-planner")
EXTRA = Requirement("CARGO-BOOK", frozenset({"CERT-ENGINE"}), 1)


class Walk:
    """One walk: its windows and peaks, the moment it has come to, and what took place of which step."""

    def __init__(self, cast: Cast, chance: Random) -> None:
        self.cast, self.chance, self.now = cast, chance, cast.now
        self.windows: list[str] = []
        self.peaks: list[tuple[str, str]] = [("polderpoort-planner", WAVE)]
        self.versions: dict[str, int] = {}
        self.took: Counter[str] = Counter()
        self.seen: set[str] = set()

    def person(self, name: str) -> Person:
        return self.cast(name, self.now)

    def one_of(self, some: Sequence[T]) -> T:
        if not some:
            raise Refusal("not_found")
        return self.chance.choice(some)

    def window(self, *states: State) -> RegisteredWindow:
        with self.person("krp-cm-1").reading() as work:
            return self.one_of([one for one in windows.loaded(work, self.windows).values() if one.state in states])

    def step(self, verb: "Callable[[Walk], None]") -> bool:
        """Whether it took place."""
        try:
            verb(self)
        except Refusal:
            return False
        self.took[verb.__name__] += 1
        return True

    def goes_by(self) -> None:
        """The worker does what is due."""
        with self.cast.database.writing(SYSTEM, self.now) as work:
            waiving.close_unanswered(work)
            expiring.expire_windows(work)
            reminding.look_after(work)
        with self.cast.database.writing(SYSTEM, self.now) as work:
            while rechecking.go_on(work):
                pass


# --- what people do


def propose(walk: Walk, what: Proposal | None = None) -> None:
    what = what or walk.chance.choice([EVENING_CERTIFICATES, BANK_APP, GATEWAY_A, GATEWAY_B])
    days = timedelta(days=walk.chance.randrange(4))
    (service,) = what.services
    window = proposed(walk.person(PLANNER[service]), replace(what, start=what.start + days, end=what.end + days))
    walk.windows.append(window.id)


def approve(walk: Walk) -> None:
    window = walk.window(State.UNDER_REVIEW, State.ON_HOLD).id
    manager = walk.person(walk.chance.choice(["krp-cm-1", "krp-duty"]))
    looked_at = seen(manager, window)
    with manager.writing() as work:
        decisions.approve_window(work, window, "It is fine.", looked_at, "They know.")


def ask(walk: Walk) -> None:
    window, manager = walk.window(State.UNDER_REVIEW), walk.person("krp-cm-1")
    with manager.reading() as work:
        possible = sorted(request_page(work, window.id).possible)
    about = walk.chance.sample(possible, walk.chance.randint(1, len(possible)))
    with manager.writing() as work:
        waiving.request_waivers(work, window.id, about, walk.now + walk.chance.choice([DAY, 5 * DAY]), "May we?", window.version)


def _open_request(walk: Walk) -> WaiverRecord:
    with walk.person("krp-cm-1").reading() as work:
        return walk.one_of([one for one in waivers.open_ones(work) if one.window in walk.windows])


def answer(walk: Walk) -> None:
    asked, is_granted = _open_request(walk), not walk.windows[2:] or walk.chance.random() < 0.8
    customer = walk.person(f"{asked.customer.lower()}-planner")
    with customer.reading() as work:
        seal = waiver_page(work, asked.id).seal
    with customer.writing() as work:
        if is_granted:
            waiving.grant_waiver(work, asked.id, "", seal)
        else:
            waiving.refuse_waiver(work, asked.id, "Too busy.", None, seal)


def ask_no_longer(walk: Walk) -> None:
    asked = _open_request(walk)
    with walk.person("krp-cm-1").writing() as work:
        waiving.withdraw_request(work, asked.id, "Not needed.")


def plan_anew(walk: Walk) -> None:
    known = walk.window(State.DRAFT, State.APPROVED, State.ON_HOLD)
    (service,) = known.window.services
    later = timedelta(minutes=walk.chance.choice([5, 60, 24 * 60]))
    base = next(one for one in (EVENING_CERTIFICATES, BANK_APP, GATEWAY_A, GATEWAY_B) if one.services == known.window.services)
    anew = replace(base, start=known.window.start + later, end=known.window.end + later)
    change = proposals.edit_window if known.state is State.DRAFT else proposals.reschedule_window
    with walk.person(PLANNER[service]).writing() as work:
        change(work, known.id, anew, known.version)


def hand_in(walk: Walk) -> None:
    known = walk.window(State.DRAFT)
    with walk.person(PLANNER[min(known.window.services)]).writing() as work:
        proposals.submit_window(work, known.id, known.version)


def end(walk: Walk) -> None:
    known = walk.window(*PLANNED)
    verb = walk.chance.choice([decisions.return_window, decisions.return_window, decisions.reject_window, decisions.cancel_window])
    with walk.person("krp-cm-1").writing() as work:
        verb(work, known.id, "Not like this.", known.version)


def be_busy(walk: Walk) -> None:
    name = walk.chance.choice(CUSTOMERS)
    severity, hours = walk.chance.choice(list(Severity)), DailyHours(walk.chance.choice([0, 17 * 60]), 24 * 60)
    day = walk.window(*PLANNED).window.start.date()
    with walk.person(name).writing() as work:
        made = keeping.register_peak(work, busy_on(day.isoformat(), severity=severity, daily=hours))
    walk.peaks.append((name, made.peak.id))


def be_busy_otherwise(walk: Walk) -> None:
    name, peak = walk.chance.choice(walk.peaks)
    severity = walk.chance.choice(list(Severity))
    with walk.person(name).writing() as work:
        known = peaks.load(work, peak)
        draft = keeping.PeakDraft(replace(known.peak, severity=severity), known.name, known.consequence)
        keeping.change_peak(work, peak, draft, known.version)


def be_busy_no_longer(walk: Walk) -> None:
    name, peak = walk.chance.choice(walk.peaks)
    if peak == WAVE:
        return
    with walk.person(name).writing() as work:
        keeping.remove_peak(work, peak, "Over.", peaks.load(work, peak).version)
    walk.peaks.remove((name, peak))


def except_a_date(walk: Walk) -> None:
    """On a day on which there is a window."""
    (name, peak), day = walk.chance.choice([walk.peaks[0], *walk.peaks[-2:]]), walk.window(*PLANNED).window.start.date()
    ways: list[PeakException] = [TakenOut(day), Move(day, day + timedelta(days=1)), Suspension(day, day + timedelta(days=2))]
    with walk.person(name).writing() as work:
        make_exception(work, peak, walk.chance.choice(ways), "As agreed.", peaks.load(work, peak).version)


def put_back(walk: Walk) -> None:
    name, peak = walk.chance.choice(walk.peaks)
    with walk.person(name).writing() as work:
        made = walk.one_of(peak_exceptions.in_force(work, peak))
        put_exception_back(work, peak, made.id, peaks.load(work, peak).version)


def chain_again(walk: Walk) -> None:
    """A way more from the certificates to the animal hotel's cargo, or that way taken away."""
    with walk.person("krp-admin").writing() as work:
        known = kept_chain.load_service(work, EXTRA.service)
        numbers = [key for key, one in kept_chain.requirements_of(work, known.id).items() if one.members == EXTRA.members]
        if numbers:
            chain.remove_requirement(work, EXTRA.service, numbers[0], "Not so.", known.version)
        else:
            chain.add_requirement(work, EXTRA)


def deal_with_a_conflict(walk: Walk) -> None:
    with walk.person("krp-cm-1").writing() as work:
        known, _ = walk.one_of(conflict_items.open_by_cause(work))
        dealing.close(work, known.number, "Seen.")


def wait(walk: Walk) -> None:
    walk.now += walk.chance.choice([HOUR, 6 * HOUR, DAY])


DONE = (
    *[approve, answer] * 5,
    *[ask] * 4,
    *[be_busy, except_a_date] * 3,
    *[propose, be_busy_otherwise, plan_anew] * 2,
    *[ask_no_longer, hand_in, end, be_busy_no_longer, put_back, chain_again, deal_with_a_conflict, wait],
)
