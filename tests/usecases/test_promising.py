"""What is promised to be told of a window, by whom to whom, and what keeps it.

The window is the bank's own app on a Tuesday night: it reaches the bank alone, and its supplier is told of no promise to it.
"""

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from app.domain.access import SYSTEM
from app.domain.lifecycle import State
from app.domain.promises import DAY, HOUR, MINUTE, News, Occasion, Promise, Status
from app.domain.refusal import NotFound
from app.domain.waivers import WaiverRecord
from app.domain.windows import ChangeType, Series
from app.store import promises, windows
from app.store.tables import message
from app.usecases import decisions, promising, waiving
from app.usecases.alarming import watch_runs
from app.usecases.promising import Word
from app.usecases.recording import record
from app.usecases.reminding import look_after
from tests.conftest import Cast, Person

from .story import BANK_APP, EVENING_CERTIFICATES, QUEUE_SCRIPT, approved, kept, on_sqlite, proposed, refused, tell
from .test_rechecking import busy
from .test_running import END, START, finished, started
from .test_waiving import asked, seal_for

KRP, BANK, SUPPLIER = "KRP", "NOORDERHAVEN", "ATELIER"
BANK_READS, SUPPLIER_READS = "noorderhaven-planner", "atelier-planner"
NO_NEWS = Word([BANK], News.NO_NEWS)


def at(cast: Cast, later: int, person: str = "krp-duty") -> Person:
    return cast(person, cast.now + later)


def promised(cast: Cast, window: str, later: int = 0, reader: str = "krp-cm-1") -> list[tuple[str, str, str, Status]]:
    """The promises about a window, as that reader finds them then: why, by whom, to whom, and how it stands."""
    person = at(cast, later, reader)
    with person.reading() as work:
        return [(one.occasion, one.by, one.to, one.standing(person.now).status) for one in promises.of_window(work, window)]


def told(person: Person, window: str, word: Word) -> None:
    with person.writing() as work:
        promising.give_update(work, window, word)


def moved_to(person: Person, window: str, state: State) -> None:
    """Brought to a state as its step would do."""
    with person.writing() as work:
        known = windows.load(work, window)
        record(work, replace(known, state=state), known.version, f"window.{state}")


def looked_after(cast: Cast, later: int) -> int:
    with cast.database.writing(SYSTEM, cast.now + later) as work:
        return look_after(work)


@pytest.fixture
def submitted(cast: Cast) -> str:
    return proposed(cast(SUPPLIER_READS), BANK_APP).id


@pytest.fixture
def approved_window(cast: Cast, submitted: str) -> str:
    """Approved an hour after it was handed in."""
    approved(at(cast, HOUR, "krp-cm-1"), submitted)
    return submitted


@pytest.fixture
def at_work(cast: Cast, approved_window: str) -> str:
    """Begun when it was to begin."""
    started(cast(SUPPLIER_READS, START), approved_window)
    return approved_window


def begun(cast: Cast) -> int:
    """So many seconds after it was handed in it begins."""
    return START - cast.now


# --- What steps promise and keep --------------------------------------------------------------------------------------


def test_who_hands_a_window_in_is_promised_an_answer_and_the_decision_is_one(cast: Cast, submitted: str) -> None:
    assert promised(cast, submitted) == [(Occasion.SUBMISSION, KRP, SUPPLIER, Status.OPEN)]
    assert promised(cast, submitted, 2 * DAY + 1)[0][3] is Status.MISSED
    approved(at(cast, HOUR, "krp-cm-1"), submitted)
    assert (Occasion.SUBMISSION, KRP, SUPPLIER, Status.KEPT) in promised(cast, submitted, HOUR)


@on_sqlite
def test_an_approval_promises_every_customer_it_reaches_to_hear_of_it(cast: Cast, approved_window: str) -> None:
    assert (Occasion.APPROVAL, KRP, BANK, Status.OPEN) in promised(cast, approved_window, HOUR)
    with cast("krp-cm-1").reading() as work:
        [to_the_bank] = [one for one in promises.of_window(work, approved_window) if one.to == BANK]
    assert to_the_bank.due_at == cast.now + HOUR + DAY


@on_sqlite
def test_what_is_approved_at_once_lets_nobody_wait(cast: Cast) -> None:
    window = proposed(cast("brug-planner"), QUEUE_SCRIPT).id
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED
    assert (Occasion.SUBMISSION, KRP, "BRUG", Status.WITHDRAWN) in promised(cast, window)


@on_sqlite
def test_a_hold_promises_both_sides_to_hear_more_within_four_hours(cast: Cast, approved_window: str) -> None:
    busy(cast, "2027-01-12")
    found = promised(cast, approved_window)
    assert {(Occasion.HOLD, KRP, SUPPLIER, Status.OPEN), (Occasion.HOLD, KRP, BANK, Status.OPEN)} <= set(found)
    assert (Occasion.HOLD, KRP, BANK, Status.MISSED) in promised(cast, approved_window, 4 * HOUR + 1)


@on_sqlite
def test_work_that_begins_is_told_of_every_hour_until_it_is_finished(cast: Cast, at_work: str) -> None:
    assert {one for one in promised(cast, at_work, begun(cast)) if one[0] is Occasion.START} == {
        (Occasion.START, SUPPLIER, KRP, Status.OPEN),
        (Occasion.START, KRP, BANK, Status.OPEN),
    }
    told(at(cast, begun(cast) + 50 * MINUTE), at_work, NO_NEWS)
    found = [one[3] for one in promised(cast, at_work, begun(cast) + HOUR) if one[:3] == (Occasion.START, KRP, BANK)]
    assert found == [Status.KEPT, Status.OPEN], "no news keeps it, and the next one is promised by itself"
    finished(at(cast, begun(cast) + HOUR, SUPPLIER_READS), at_work)
    after = promised(cast, at_work, begun(cast) + HOUR)
    assert (Occasion.START, SUPPLIER, KRP, Status.KEPT) in after
    assert (Occasion.START, KRP, BANK, Status.OPEN) in after, "that it is finished the customer has still to hear"
    assert (Occasion.REVIEW, KRP, BANK, Status.OPEN) in after


@on_sqlite
def test_a_rejection_answers_the_supplier_and_nobody_waits_any_more(cast: Cast, submitted: str) -> None:
    person = at(cast, HOUR, "krp-cm-1")
    with person.writing() as work:
        decisions.reject_window(work, submitted, "Not in January.", windows.load(work, submitted).version)
    assert promised(cast, submitted, HOUR) == [(Occasion.SUBMISSION, KRP, SUPPLIER, Status.KEPT)]


@on_sqlite
def test_a_window_that_is_called_off_is_told_to_its_customers_and_keeps_what_was_promised(cast: Cast, approved_window: str) -> None:
    person = at(cast, 2 * HOUR, SUPPLIER_READS)
    with person.writing() as work:
        decisions.cancel_window(work, approved_window, "Parts are late.", windows.load(work, approved_window).version)
    assert (Occasion.APPROVAL, KRP, BANK, Status.KEPT) in promised(cast, approved_window, 2 * HOUR)
    with cast(BANK_READS).reading() as work:
        assert [(one.state, one.to) for one in promises.updates_of(work, approved_window)] == [(State.CANCELLED, (BANK,))]


@on_sqlite
def test_a_supplier_that_withdraws_waits_for_no_answer(cast: Cast, submitted: str) -> None:
    person = at(cast, HOUR, SUPPLIER_READS)
    with person.writing() as work:
        decisions.withdraw_window(work, submitted, "", windows.load(work, submitted).version)
    assert promised(cast, submitted, HOUR) == [(Occasion.SUBMISSION, KRP, SUPPLIER, Status.WITHDRAWN)]


@on_sqlite
def test_an_emergency_is_answered_within_the_hour(cast: Cast) -> None:
    window = proposed(cast(SUPPLIER_READS), replace(BANK_APP, type=ChangeType.EMERGENCY)).id
    with cast("krp-cm-1").reading() as work:
        assert promises.of_window(work, window)[0].due_at == cast.now + HOUR


# --- What people promise and tell -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", News)
def test_any_update_keeps_every_promise_to_those_it_is_told_to(cast: Cast, approved_window: str, kind: News) -> None:
    duty = at(cast, HOUR + 1)
    with duty.writing() as work:
        promising.make(work, approved_window, [BANK, SUPPLIER], HOUR)
    told(at(cast, 2 * HOUR), approved_window, Word([BANK], kind, en="We are nearly there."))
    to_the_bank = [one[3] for one in promised(cast, approved_window, 2 * HOUR) if one[2] == BANK]
    assert to_the_bank == [Status.KEPT, Status.KEPT]
    assert (Occasion.AGREED, KRP, SUPPLIER, Status.OPEN) in promised(cast, approved_window, 2 * HOUR)


@on_sqlite
def test_good_news_that_comes_late_is_late(cast: Cast, approved_window: str) -> None:
    told(at(cast, HOUR + DAY + 1), approved_window, Word([BANK], News.CONTENT, nl="Alles staat klaar."))
    assert (Occasion.APPROVAL, KRP, BANK, Status.LATE) in promised(cast, approved_window, 2 * DAY)


@on_sqlite
def test_the_message_that_holds_a_promise_does_not_keep_it(cast: Cast, approved_window: str) -> None:
    duty = at(cast, 2 * HOUR)
    told(duty, approved_window, replace(NO_NEWS, within=HOUR))
    assert (Occasion.AGREED, KRP, BANK, Status.OPEN) in promised(cast, approved_window, 2 * HOUR)
    with duty.reading() as work:
        assert promises.updates_of(work, approved_window)[0].next_at == cast.now + 3 * HOUR


@on_sqlite
def test_content_needs_words_and_no_news_does_not(cast: Cast, approved_window: str) -> None:
    with refused("words_required", "nl"):
        told(at(cast, 2 * HOUR), approved_window, Word([BANK], News.PROCESS, en="  "))
    with refused("bad_length", "en"):
        told(at(cast, 2 * HOUR), approved_window, Word([BANK], News.PROCESS, en="x" * 2001))
    told(at(cast, 2 * HOUR), approved_window, NO_NEWS)


@on_sqlite
@pytest.mark.parametrize("within", [0, 60, 367 * DAY])
def test_a_promise_is_for_a_time_that_somebody_can_wait_for(cast: Cast, approved_window: str, within: int) -> None:
    with refused("bad_choice", "within"), at(cast, 2 * HOUR).writing() as work:
        promising.make(work, approved_window, [BANK], within)


@on_sqlite
@pytest.mark.parametrize(
    ("who", "to"),
    [("krp-duty", ["ZONNEKROON"]), ("krp-duty", [KRP]), ("krp-duty", []), (SUPPLIER_READS, [BANK]), (BANK_READS, [SUPPLIER])],
)
def test_customers_and_suppliers_hear_of_the_integrator_alone(cast: Cast, approved_window: str, who: str, to: list[str]) -> None:
    with refused("bad_choice", "to"):
        told(at(cast, 2 * HOUR, who), approved_window, Word(to, News.NO_NEWS))


@on_sqlite
@pytest.mark.parametrize(("who", "code"), [("krp-admin", "not_allowed"), ("brug-planner", "not_found")])
def test_nobody_else_tells_of_a_window(cast: Cast, approved_window: str, who: str, code: str) -> None:
    with refused(code):
        told(at(cast, 2 * HOUR, who), approved_window, Word([KRP], News.NO_NEWS))


@on_sqlite
def test_nothing_is_promised_of_a_window_that_is_over_but_a_late_word_is_still_told(cast: Cast, submitted: str) -> None:
    moved_to(at(cast, 3 * DAY, "krp-cm-1"), submitted, State.EXPIRED)
    with refused("terminal_state", "within"):
        told(at(cast, 4 * DAY), submitted, Word([SUPPLIER], News.NO_NEWS, within=HOUR))
    told(at(cast, 4 * DAY), submitted, Word([SUPPLIER], News.CONTENT, en="Sorry."))
    assert promised(cast, submitted, 4 * DAY) == [(Occasion.SUBMISSION, KRP, SUPPLIER, Status.MISSED)]


def test_a_promise_is_taken_back_with_a_reason_by_who_made_it_and_once(cast: Cast, approved_window: str) -> None:
    with cast("krp-cm-1").reading() as work:
        [mine] = [one for one in promises.of_window(work, approved_window) if one.to == BANK]
    with refused("reason_required", "reason"), at(cast, 2 * HOUR).writing() as work:
        promising.withdraw(work, mine.id, " ")
    with refused("not_found"), at(cast, 2 * HOUR, BANK_READS).writing() as work:
        promising.withdraw(work, mine.id, "Never mind.")
    with at(cast, 2 * HOUR).writing() as work:
        promising.withdraw(work, mine.id, "They were told by telephone.")
    assert (Occasion.APPROVAL, KRP, BANK, Status.WITHDRAWN) in promised(cast, approved_window, 3 * DAY)
    with refused("promise_settled"), at(cast, 2 * HOUR).writing() as work:
        promising.withdraw(work, mine.id, "Again.")


# --- Who reads what ---------------------------------------------------------------------------------------------------


def test_a_supplier_never_reads_what_was_promised_or_told_to_a_customer(cast: Cast, at_work: str) -> None:
    told(at(cast, begun(cast) + 60), at_work, Word([BANK, SUPPLIER], News.CONTENT, en="Half way."))
    told(at(cast, begun(cast) + 61), at_work, Word([BANK], News.CONTENT, en="For the bank alone."))
    assert any(one[2] == BANK for one in promised(cast, at_work)), "there is something to see"
    assert {one[1:3] for one in promised(cast, at_work, 0, SUPPLIER_READS)} == {(KRP, SUPPLIER), (SUPPLIER, KRP)}
    with cast(SUPPLIER_READS).reading() as work:
        read = promises.updates_of(work, at_work)
        foreign = [one.id for one in all_promises(cast, at_work) if one.to == BANK]
        assert foreign
        with pytest.raises(NotFound):
            promises.load(work, foreign[0])
    assert "For the bank alone." not in repr(read)
    assert [one.to for one in read if one.en] == [(SUPPLIER,)], "nor whom else something was told"


@on_sqlite
def test_a_customer_reads_what_was_promised_to_it_alone(cast: Cast, at_work: str) -> None:
    assert {one[1:3] for one in promised(cast, at_work, 0, BANK_READS)} == {(KRP, BANK)}
    assert promised(cast, at_work, 0, "zonnekroon-planner") == []


def all_promises(cast: Cast, window: str) -> list[Promise]:
    with cast("krp-cm-1").reading() as work:
        return promises.of_window(work, window)


@on_sqlite
def test_a_window_counts_as_wound_up_when_nobody_waits(cast: Cast, submitted: str) -> None:
    def waiting(person: str) -> int:
        with cast(person).reading() as work:
            return promises.open_counts(work, [submitted])[submitted]

    assert [waiting("krp-cm-1"), waiting(SUPPLIER_READS)] == [1, 1]
    told(at(cast, 3 * DAY), submitted, Word([SUPPLIER], News.NO_NEWS))
    assert waiting("krp-cm-1") == 0, "late, but told"


# --- Waivers ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked_for(cast: Cast) -> WaiverRecord:
    """The animal hotel is asked for consent to an evening, and has three days."""
    return asked(cast, proposed(cast(SUPPLIER_READS), EVENING_CERTIFICATES))


WAITED_FOR = (Occasion.WAIVER, "POLDERPOORT", KRP)


@on_sqlite
def test_who_is_asked_for_a_waiver_has_promised_its_decision(cast: Cast, asked_for: WaiverRecord) -> None:
    with cast("polderpoort-planner").reading() as work:
        [one] = [one for one in promises.of_window(work, asked_for.window) if one.by == "POLDERPOORT"]
    assert ((one.occasion, one.by, one.to), one.due_at) == (WAITED_FOR, asked_for.decide_by)
    assert WAITED_FOR not in {one[:3] for one in promised(cast, asked_for.window, 0, SUPPLIER_READS)}


@on_sqlite
def test_its_answer_keeps_that_and_the_supplier_is_owed_one_again(cast: Cast, asked_for: WaiverRecord) -> None:
    person = at(cast, DAY, "polderpoort-planner")
    shown = seal_for(person, asked_for.id)
    with person.writing() as work:
        waiving.grant_waiver(work, asked_for.id, "", shown)
    found = promised(cast, asked_for.window, DAY)
    assert (*WAITED_FOR, Status.KEPT) in found
    assert (Occasion.SUBMISSION, KRP, SUPPLIER, Status.OPEN) in found


@on_sqlite
def test_silence_misses_it_and_nobody_waits_on(cast: Cast, asked_for: WaiverRecord) -> None:
    with cast.database.writing(SYSTEM, cast.now + 3 * DAY + 60) as work:
        waiving.close_unanswered(work)
    assert (*WAITED_FOR, Status.MISSED) in promised(cast, asked_for.window, 3 * DAY + 60)
    assert [one.by for one in all_promises(cast, asked_for.window) if one.is_unanswered] == [KRP]


@on_sqlite
def test_what_is_asked_no_longer_is_not_promised_any_more(cast: Cast, asked_for: WaiverRecord) -> None:
    with at(cast, HOUR, "krp-cm-1").writing() as work:
        waiving.withdraw_request(work, asked_for.id, "It moves to another week.")
    assert (*WAITED_FOR, Status.WITHDRAWN) in promised(cast, asked_for.window, 4 * DAY)


# --- Who gets a message ----------------------------------------------------------------------------------------------


def messages_of(cast: Cast, window: str) -> list[tuple[str, str, dict[str, object]]]:
    """To whom, of which kind and with which facts, of the kinds that are about promises."""
    with cast("krp-cm-1").reading() as work:
        rows = work.connection.execute(message.select().where(message.c.window_id == window).order_by(message.c.id))
        return [(row.person_id, row.kind, row.facts) for row in rows if row.kind.startswith(("update.", "promise."))]


@on_sqlite
def test_an_update_is_sent_to_those_it_is_told_to_and_to_nobody_else(cast: Cast, approved_window: str) -> None:
    told(at(cast, 2 * HOUR), approved_window, Word([BANK], News.CONTENT, nl="Alles staat klaar.", within=HOUR))
    [(person, kind, facts)] = messages_of(cast, approved_window)
    assert (person, kind) == (BANK_READS, "update.told")
    assert (facts["said"], facts["next_at"]) == ({"nl": "Alles staat klaar.", "en": "Alles staat klaar."}, cast.now + 3 * HOUR)
    assert SUPPLIER not in repr(facts)


@on_sqlite
def test_no_news_is_sent_too_and_so_is_a_promise(cast: Cast, approved_window: str) -> None:
    told(at(cast, 2 * HOUR), approved_window, NO_NEWS)
    with at(cast, 2 * HOUR).writing() as work:
        promising.make(work, approved_window, [BANK], HOUR)
    assert [(person, kind) for person, kind, _ in messages_of(cast, approved_window)] == [
        (BANK_READS, "update.no_news"),
        (BANK_READS, "update.promised"),
    ]


@on_sqlite
def test_who_promised_is_told_that_it_is_nearly_due_and_once_more_that_it_is_late(cast: Cast, submitted: str) -> None:
    for later in (2 * DAY * 2 // 3, 2 * DAY + 1, 2 * DAY + 2):
        looked_after(cast, later)
    found = messages_of(cast, submitted)
    assert {person for person, _, _ in found} == {"krp-cm-1", "krp-cm-2", "krp-duty"}
    assert [kind for person, kind, _ in found if person == "krp-duty"] == ["promise.nearly_due", "promise.missed"]
    assert found[0][2]["to"] == ["AppAtelier"]


# --- The worker -------------------------------------------------------------------------------------------------------


def test_who_promised_is_reminded_at_two_thirds_and_once(cast: Cast, submitted: str) -> None:
    two_thirds = 2 * DAY * 2 // 3
    looked_after(cast, two_thirds - 1)
    assert all_promises(cast, submitted)[0].reminded_at is None
    assert [looked_after(cast, two_thirds), looked_after(cast, two_thirds + 1)] == [1, 0]
    assert all_promises(cast, submitted)[0].reminded_at == cast.now + two_thirds


def test_two_workers_at_one_moment_remind_once_and_note_once(cast: Cast, submitted: str) -> None:
    together, found = Barrier(2), []

    def work() -> None:
        together.wait(60)
        found.append(looked_after(cast, 3 * DAY))

    threads = [Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(found) >= 2
    assert len(missed(cast, submitted)) == 1
    assert looked_after(cast, 3 * DAY) == 0


def missed(cast: Cast, window: str) -> list[tuple[object, ...]]:
    """What the trail says of promises of a window that were missed."""
    with cast("krp-cm-1").reading() as work:
        return tell(work, "SELECT id FROM trail WHERE action = 'promise.missed' AND subject_id = :window", window=window)


@on_sqlite
def test_of_what_was_told_nobody_is_reminded(cast: Cast, submitted: str) -> None:
    told(at(cast, HOUR), submitted, Word([SUPPLIER], News.NO_NEWS))
    looked_after(cast, 3 * DAY)
    assert all_promises(cast, submitted)[0].reminded_at is None
    assert missed(cast, submitted) == []


@on_sqlite
def test_work_that_runs_over_its_end_is_told_of_within_half_an_hour(cast: Cast, at_work: str) -> None:
    over = begun(cast) + HOUR
    for later in (over, over + 1, over + 2):
        with cast.database.writing(SYSTEM, cast.now + later) as work:
            watch_runs(work)
    found = [one for one in all_promises(cast, at_work) if one.occasion is Occasion.OVERRUN]
    assert [(one.by, one.to, one.made_at, one.due_at) for one in found] == [
        (SUPPLIER, KRP, END + 1, END + 31 * MINUTE),
        (KRP, BANK, END + 1, END + 31 * MINUTE),
    ]
    told(at(cast, over + 60), at_work, NO_NEWS)
    newest = [one for one in all_promises(cast, at_work) if one.is_unanswered and one.to == BANK]
    assert [one.due_at for one in newest] == [END + 31 * MINUTE], "and again, for as long as it goes on"


@on_sqlite
def test_each_night_of_a_series_is_told_of(cast: Cast) -> None:
    nights = replace(BANK_APP, series=Series("FREQ=WEEKLY;COUNT=2"))
    window = proposed(cast(SUPPLIER_READS), nights).id
    approved(at(cast, HOUR, "krp-cm-1"), window)
    started(cast(SUPPLIER_READS, START), window)
    assert (Occasion.START, KRP, BANK, Status.OPEN) in promised(cast, window, begun(cast))
    finished(at(cast, begun(cast) + HOUR, SUPPLIER_READS), window)
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED, "the second night is still to come"
    assert (Occasion.REVIEW, KRP, BANK, Status.OPEN) in promised(cast, window, begun(cast) + HOUR)
