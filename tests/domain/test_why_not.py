"""Why not at this time: what is in the way of a window, and the smallest change that lifts it, each checked."""

from app.domain import moved
from app.domain.agreed_slots import AgreedSlot, Agreement
from app.domain.changes import ChangeKind, Limits
from app.domain.disclosure import told_to_supplier
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.near_misses import after, near_misses
from app.domain.peaks import DailyHours, Peak, Severity
from app.domain.situation import Situation, busy_peaks
from app.domain.slot_prices import Terms
from app.domain.slots import Search
from app.domain.spans import Span
from app.domain.verdict import Verdict
from app.domain.why_not import Finding, OutsideAgreed, Told, WhyNot, around, why_not
from app.domain.windows import Window

from . import cast

NOW = cast.utc("2027-01-01T00:00")


def situation(window: Window, span: Span, committed: tuple[Window, ...] = (), peaks: tuple[Peak, ...] = cast.PEAKS) -> Situation:
    throughout = moved.dated(moved.throughout(window, span)).span
    busy = busy_peaks(peaks, throughout, NATIONAL_CALENDARS)
    return Situation(cast.CHAIN, (cast.ZONNEKROON, cast.POLDERPOORT, cast.LICHTLIJN), busy, committed)


def asked(window: Window, *agreed: Agreement, committed: tuple[Window, ...] = ()) -> WhyNot:
    known = situation(window, around(window, NOW), committed)
    return why_not(window, known, Limits(Verdict.ADVISORY, agreed, NOW), lambda one: one)


def told(answer: WhyNot) -> list[list[tuple[ChangeKind, int, bool]]]:
    return [[(one.kind, one.minutes, one.clears) for one in blocker.changes] for blocker in answer.blockers]


def test_what_is_possible_has_nothing_in_the_way() -> None:
    assert asked(cast.window("LAB-TEST", "2027-03-02T02:00", "2027-03-02T03:00")).is_possible


def test_a_restricted_peak_is_lifted_by_moving_cutting_or_consent() -> None:
    """The clock hours begin at four in the morning; the reserve runs twenty minutes into them."""
    window = cast.window("DB-AUC-1 DB-AUC-2", "2027-03-02T02:00", "2027-03-02T03:50", rollback_minutes=30, supplier="WOLK")
    assert told(asked(window)) == [
        [
            (ChangeKind.LESS_ROLLBACK, 10, True),
            (ChangeKind.SHORTER, 20, True),
            (ChangeKind.EARLIER, 20, True),
            (ChangeKind.LATER, 9 * 60 + 30, True),
            (ChangeKind.WITHOUT_SERVICE, 0, True),
            (ChangeKind.WAIVER, 0, True),
        ]
    ]


def test_no_waiver_is_suggested_for_a_freeze_of_a_normal_change() -> None:
    """The freeze before Valentine's Day lasts longer than what is looked at."""
    window = cast.window("MW-ESB", "2027-02-13T01:00", "2027-02-13T03:00")
    [changes] = told(asked(window))
    assert ChangeKind.WAIVER not in {kind for kind, _, _ in changes}
    assert (ChangeKind.LATER, 2 * 24 * 60 - 60, True) in changes


def test_a_pair_that_is_cut_is_lifted_by_another_time_and_by_nobody_s_waiver() -> None:
    other = cast.window("DB-AUC-2", "2027-03-06T20:00", "2027-03-06T22:00", id="K1", supplier="DIJK")
    window = cast.window("DB-AUC-1", "2027-03-06T21:00", "2027-03-06T23:00", supplier="WOLK")
    answer = asked(window, committed=(other,))
    assert answer.verdict is Verdict.NEEDS_WAIVER
    assert told(answer) == [[(ChangeKind.EARLIER, 180, True), (ChangeKind.LATER, 60, True)]]


def test_outside_the_agreed_slots_a_window_is_moved_into_them() -> None:
    sundays = AgreedSlot("FREQ=WEEKLY;BYDAY=SU", DailyHours(0, 360), cast.AMSTERDAM, cast.day("2027-01-01"))
    window = cast.window("LAB-TEST", "2027-03-06T22:00", "2027-03-06T23:00", supplier="WOLK")
    answer = asked(window, Agreement("LAB-TEST", True, (sundays,)))
    assert isinstance(answer.blockers[0].finding, OutsideAgreed)
    assert (ChangeKind.LATER, 120, True) in told(answer)[0]


def test_a_time_of_which_nothing_is_known_is_not_suggested() -> None:
    """A freeze of three weeks around it: no way out within a week."""
    frozen = cast.peak(cast.ZONNEKROON, "stock", cast.dates("2027-02-20/2027-03-20"), Severity.FREEZE)
    window = cast.window("MW-ESB", "2027-03-06T01:00", "2027-03-06T02:00")
    known = situation(window, around(window, NOW), peaks=(frozen,))
    assert told(why_not(window, known, Limits(Verdict.ADVISORY, (), NOW), lambda one: one)) == [[]]


def test_of_what_is_beyond_the_loaded_dates_nothing_is_suggested() -> None:
    """Every day of its own is frozen: within the loaded week there is no way out, and the day after is unknown."""
    days = [f"2027-02-{number}" for number in range(20, 29)] + [f"2027-03-{number:02d}" for number in range(1, 21)]
    frozen = cast.peak(cast.ZONNEKROON, "stock", cast.dates(*days), Severity.FREEZE)
    window = cast.window("MW-ESB", "2027-03-06T00:00", "2027-03-06T01:00")
    known = situation(window, around(window, NOW), peaks=(frozen,))
    assert told(why_not(window, known, Limits(Verdict.ADVISORY, (), NOW), lambda one: one)) == [[]]


def test_what_lifts_everything_leaves_nothing_else_in_the_way() -> None:
    """Three days before, where the freeze has not begun, the clock hours of another peak are in the way."""
    freeze = cast.peak(cast.ZONNEKROON, "week", cast.dates("2027-03-02/2027-03-04"), Severity.FREEZE)
    evening = cast.peak(
        cast.ZONNEKROON, "evening", cast.dates("2027-03-01"), Severity.RESTRICTED, daily=DailyHours(20 * 60, 24 * 60)
    )
    window = cast.window("AUC-CLOCK", "2027-03-02T04:00", "2027-03-02T05:00", supplier="ATELIER")
    known = situation(window, around(window, NOW), peaks=(freeze, evening, cast.CLOCK_HOURS))
    answer = why_not(window, known, Limits(Verdict.ADVISORY, (), NOW), lambda one: one)
    assert len(answer.blockers) == 2
    assert [one.clears for one in answer.together] == [True, True]
    assert answer.together[0].minutes == 9 * 60


def test_without_a_slot_the_smallest_changes_are_told_in_their_order() -> None:
    """All of the night before the clock hours is asked for: six hours, of which four are there."""
    window = cast.window("AUC-CLOCK", "2027-03-02T22:00", "2027-03-03T04:00", rollback_minutes=60, supplier="ATELIER")
    hours = cast.CLOCK_HOURS.daily
    assert hours is not None
    long = cast.peak(cast.ZONNEKROON, "hours", cast.CLOCK_HOURS.rule, Severity.RESTRICTED, daily=DailyHours(4 * 60, 22 * 60))
    search = Search(window, cast.utc("2027-03-02T00:00"), cast.utc("2027-03-04T00:00"), Terms(cast.utc("2027-03-02T21:00"), NOW))
    known, further = (situation(window, one.span, peaks=(long,)) for one in (search, after(search)))
    found = near_misses(search, known, further)
    assert [one.kind for one in found] == [ChangeKind.LESS_ROLLBACK, ChangeKind.WAIVER, ChangeKind.BEYOND]
    assert found[0].minutes == 0
    assert found[1].customers == {"ZONNEKROON"}
    assert all(one.clears for one in found)


def test_a_supplier_reads_the_same_whether_one_customer_s_peak_or_two_are_in_the_way() -> None:
    window = cast.window("CERT-ENGINE", "2027-03-03T00:00", "2027-03-03T02:00")
    one, other = (cast.peak(cast.POLDERPOORT, name, cast.dates("2027-03-03"), Severity.RESTRICTED) for name in ("first", "second"))

    def answer(told: Told, *peaks: Peak) -> WhyNot:
        known = situation(window, around(window, NOW), peaks=peaks)
        return why_not(window, known, Limits(Verdict.ADVISORY, (), NOW), told)

    def to_supplier(finding: Finding) -> Finding:
        return told_to_supplier(finding, {window.id}, ())

    assert len(answer(lambda found: found, one, other).blockers) == 2
    assert answer(to_supplier, one, other) == answer(to_supplier, one)
