"""Two people act at one moment, with real threads on real databases: of two things that cannot both be, one is refused.

`OBER_LONG_TESTS=1` runs every race 500 times, and shows that without the turnstile they would be lost.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from app.domain.lifecycle import State
from app.domain.proposals import Proposal
from app.domain.refusal import Refusal
from app.store import people
from app.store.database import Database
from app.usecases import decisions, peaks, proposals, signing_in
from app.usecases.decisions import Seen
from tests.conftest import Cast, Person
from tests.long_form import LONG

from .story import GATEWAY_A, GATEWAY_B, approved, busy_on, kept, proposal, proposed, seen, trail_of

ROUNDS = 500 if LONG else 10
DONE = "done"

Act = Callable[[], object]


def outcome(act: Act) -> object:
    """Done, or the code it was refused with; anything else is given as it is, to be shown."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    except Exception as problem:
        return problem
    return DONE


def at_one_moment(*acts: Act) -> list[object]:
    """What comes of each when all begin together, each in a thread of its own."""
    together = Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def run(number: int, act: Act) -> None:
        together.wait(60)
        found[number] = outcome(act)

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def until_waiting(database: Database, thread: Thread) -> None:
    """Until somebody waits for a lock in this database, or the thread has gone on without waiting."""
    asked = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    while thread.is_alive():
        with database.engine.connect() as connection:
            if connection.execute(asked).scalar():
                return


def approving(person: Person, window_id: str, look: Seen) -> Act:
    def act() -> None:
        with person.writing() as work:
            decisions.approve_window(work, window_id, "Seen.", look)

    return act


def nights(what: Proposal, first: str) -> list[Proposal]:
    """The same work on as many nights as there are rounds."""
    start, length = datetime.fromisoformat(first), what.end - what.start
    days = [start + timedelta(days=number) for number in range(ROUNDS)]
    return [replace(what, start=one, end=one + length) for one in days]


# --- windows that are harmless alone


def clashing_approvals(cast: Cast) -> list[list[object]]:
    """Each night both payment gateways, of which one may be down: two managers approve one each."""
    supplier, one, other = cast("betaal-planner"), cast("krp-cm-1"), cast("krp-cm-2")
    rounds = []
    for a, b in zip(nights(GATEWAY_A, "2028-05-01T02:00"), nights(GATEWAY_B, "2028-05-01T02:00"), strict=True):
        first, second = proposed(supplier, a), proposed(supplier, b)
        looks = seen(one, first.id), seen(other, second.id)
        rounds.append(at_one_moment(approving(one, first.id, looks[0]), approving(other, second.id, looks[1])))
        states = sorted(kept(one, window.id).state for window in (first, second))
        assert states.count(State.APPROVED) == rounds[-1].count(DONE), "what was answered is what is kept"
    return rounds


def test_the_two_windows_of_the_race_are_clear_alone_and_not_together(cast: Cast) -> None:
    first, second = proposed(cast("betaal-planner"), GATEWAY_A), proposed(cast("betaal-planner"), GATEWAY_B)
    assert approved(cast("krp-cm-1"), first.id).verdict == "clear"
    assert outcome(lambda: approved(cast("krp-cm-2"), second.id)) == "waiver_required"


def test_of_two_clashing_approvals_at_one_moment_exactly_one_is_refused(cast: Cast) -> None:
    for number, answers in enumerate(clashing_approvals(cast)):
        assert sorted(map(str, answers)) == ["check_outdated", DONE], f"round {number}"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_whoever_decides_second_waits_for_the_first_to_be_done(database: Database, cast: Cast) -> None:
    """The same race, held still: the first has approved and not yet committed when the second comes."""
    supplier, one, other = cast("betaal-planner"), cast("krp-cm-1"), cast("krp-cm-2")
    first, second = proposed(supplier, GATEWAY_A), proposed(supplier, GATEWAY_B)
    look, found = seen(one, first.id), []
    late = approving(other, second.id, seen(other, second.id))
    thread = Thread(target=lambda: found.append(outcome(late)))
    with one.writing() as work:
        decisions.approve_window(work, first.id, "", look)
        thread.start()
        until_waiting(database, thread)
        assert found == []
    thread.join()
    assert found == ["check_outdated"]


@pytest.mark.skipif(not LONG, reason="long form: OBER_LONG_TESTS=1")
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_the_turnstile_both_would_be_approved(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "take_turn", lambda _work: None)
    lost = sum(answers == [DONE, DONE] for answers in clashing_approvals(cast))
    assert lost > 0


# --- a peak that is registered while its window is approved


def approvals_and_peaks(cast: Cast) -> list[tuple[list[object], list[str]]]:
    """Each night the voting service: a manager approves while the municipality registers a freeze. Answers, and their order."""
    supplier, manager, customer = cast("atelier-planner"), cast("krp-cm-1"), cast("duinwijk-planner")
    rounds = []
    for night in nights(proposal("MUN-VOTE", "2028-05-01T22:00", "2028-05-01T23:00"), "2028-05-01T22:00"):
        window = proposed(supplier, night)
        freeze = busy_on(night.start.date().isoformat(), services=frozenset({"MUN-VOTE"}))
        registered = []

        def register(freeze: peaks.PeakDraft = freeze, registered: list[str] = registered) -> None:
            with customer.writing() as work:
                registered.append(peaks.register_peak(work, freeze).peak.id)

        answers = at_one_moment(approving(manager, window.id, seen(manager, window.id)), register)
        rounds.append((answers, order_of(manager, window.id, registered[0])))
        with customer.writing() as work:
            peaks.remove_peak(work, registered[0], "The next round.", 1)
    return rounds


def order_of(person: Person, window_id: str, peak_id: str) -> list[str]:
    """Which was first, by the numbers of the trail."""
    with person.reading() as work:
        asked = text("SELECT action FROM trail WHERE subject_id IN (:window, :peak) ORDER BY id")
        found = work.connection.execute(asked, {"window": window_id, "peak": peak_id}).scalars().all()
    return [one for one in found if one in {"window.approved", "peak.registered"}]


def test_a_window_is_never_approved_over_a_peak_that_was_there_first(cast: Cast) -> None:
    for number, (answers, order) in enumerate(approvals_and_peaks(cast)):
        assert answers[1] == DONE, f"round {number}: a customer can always register a peak"
        expected = {
            DONE: ["window.approved", "peak.registered"],
            "check_outdated": ["peak.registered"],
        }
        assert expected.get(answers[0]) == order, f"round {number}: {answers}"


@pytest.mark.skipif(not LONG, reason="long form: OBER_LONG_TESTS=1")
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_the_turnstile_a_window_would_be_approved_over_a_peak(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for verbs in (decisions, peaks):
        monkeypatch.setattr(verbs, "take_turn", lambda _work: None)
    lost = sum(answers[0] == DONE and order[0] == "peak.registered" for answers, order in approvals_and_peaks(cast))
    assert lost > 0


# --- one window, one number, one count


def test_a_window_that_two_people_approve_at_one_moment_is_approved_once(cast: Cast) -> None:
    supplier, one, other = cast("betaal-planner"), cast("krp-cm-1"), cast("krp-cm-2")
    for night in nights(GATEWAY_A, "2028-05-01T02:00")[: ROUNDS // 5]:
        window = proposed(supplier, night)
        look = seen(one, window.id)
        answers = at_one_moment(approving(one, window.id, look), approving(other, window.id, look))
        assert sorted(map(str, answers)) == [DONE, "wrong_state"]
        entries = [entry for entry in trail_of(one, "window", window.id) if entry.action == "window.approved"]
        assert [entry.person for entry in entries] == [kept(one, window.id).decided_by]


def test_a_window_that_is_approved_and_sent_back_at_one_moment_is_one_of_the_two(cast: Cast) -> None:
    supplier, one, other = cast("betaal-planner"), cast("krp-cm-1"), cast("krp-cm-2")
    for night in nights(GATEWAY_A, "2028-05-01T02:00")[: ROUNDS // 5]:
        window = proposed(supplier, night)

        def send_back(window_id: str = window.id, version: int = window.version) -> None:
            with other.writing() as work:
                decisions.return_window(work, window_id, "Later, please.", version)

        answers = at_one_moment(approving(one, window.id, seen(one, window.id)), send_back)
        assert sorted(map(str, answers)) == [DONE, "wrong_state"]
        expected = State.APPROVED if answers[0] == DONE else State.DRAFT
        assert kept(one, window.id).state is expected


def test_windows_that_are_drafted_at_one_moment_get_numbers_of_their_own(cast: Cast) -> None:
    numbers: list[str] = []

    def write(person: Person) -> None:
        with person.writing() as work:
            numbers.append(proposals.draft_window(work, GATEWAY_A).id)

    for _ in range(ROUNDS // 5):
        people_at_it = [cast(name) for name in ("betaal-planner", "krp-cm-1", "krp-cm-2")]
        assert at_one_moment(*((lambda person=person: write(person)) for person in people_at_it)) == [DONE] * 3
    assert sorted(numbers) == [f"W-27-{45 + number:03d}" for number in range(len(numbers))]


def test_wrong_passwords_that_are_tried_at_one_moment_are_all_counted(database: Database, cast: Cast) -> None:
    """Whoever guesses in parallel waits as long as whoever guesses in turn."""
    system = cast("krp-admin")

    def guess() -> None:
        with database.writing(system.actor, system.now) as work:
            people.note_failure(work, "krp-cm-1")

    for number in range(1, 6):
        assert at_one_moment(guess, guess) == [DONE, DONE]
        with system.reading() as work:
            assert people.failures_of(work, "krp-cm-1") == (2 * number, system.now)
    with system.reading() as work:
        assert signing_in.waiting_time(work, "krp-cm-1") == 64
