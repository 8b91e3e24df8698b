"""One story through every verb that keeps something, on both kinds of database: what was kept is what is read back."""

from dataclasses import replace
from datetime import date

from app.domain.lifecycle import State
from app.domain.peaks import DailyHours, Lead, Severity
from app.domain.register import RegisteredPeak
from app.domain.windows import ChangeType, Impact, Series
from app.store import peaks as stored
from app.store import receipts, windows
from app.usecases import decisions, peaks, proposals
from tests.conftest import Cast, Person

from .story import BANK_APP, EVENING_TV, GATEWAY_A, QUEUE_SCRIPT, approved, busy_on, drafted, kept, moved, proposed, trail_of

WORDS = "Ünïcode \N{TULIP}\n“quotes” 'and' \"more\", 100% \\ of; it"


def actions(person: Person, window_id: str) -> list[tuple[str, str | None]]:
    return [(one.action, one.person) for one in trail_of(person, "window", window_id)]


def test_a_window_is_read_back_with_every_word_and_date_it_was_given(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    days = frozenset({date(2027, 10, 31), date(2027, 11, 7)})
    series = Series("FREQ=WEEKLY;COUNT=6", except_on=frozenset({date(2027, 10, 24)}), also_on=days)
    what = replace(
        moved(GATEWAY_A, "2027-10-17T02:30", "2027-10-17T03:15"),
        title=WORDS,
        business_text=WORDS,
        rollback_plan=WORDS,
        type=ChangeType.EMERGENCY,
        impact=Impact.NO_IMPACT,
        zone="America/New_York",
        series=series,
        services=frozenset({"PAY-GW-A", "PAY-GW-B"}),
        rollback_minutes=45,
    )
    found = kept(supplier, proposed(supplier, what).id)
    assert (found.title.nl, found.business_text, found.rollback_plan) == (WORDS, WORDS, WORDS)
    assert (found.window.type, found.impact, found.window.zone) == (ChangeType.EMERGENCY, Impact.NO_IMPACT, "America/New_York")
    assert (found.window.start, found.window.end, found.window.series) == (what.start, what.end, series)
    assert (found.window.services, found.window.rollback_minutes) == (what.services, 45)


def test_a_repeated_hour_is_read_back_as_the_one_that_was_meant(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    for start_fold, end_fold in ((0, 0), (0, 1), (1, 1)):
        what = replace(moved(GATEWAY_A, "2027-10-31T02:10", "2027-10-31T02:50"), start_fold=start_fold, end_fold=end_fold)
        window = kept(supplier, drafted(supplier, what).id).window
        assert (window.start_fold, window.end_fold) == (start_fold, end_fold)


def test_the_life_of_a_window_is_kept_step_by_step(cast: Cast) -> None:
    supplier, manager = cast("atelier-planner"), cast("krp-cm-1")

    def version() -> int:
        return kept(manager, window.id).version

    window = drafted(supplier, BANK_APP)
    with supplier.writing() as work:
        proposals.edit_window(work, window.id, replace(BANK_APP, title="Another title"), version())
    with supplier.writing() as work:
        proposals.submit_window(work, window.id, version())
    with manager.writing() as work:
        decisions.return_window(work, window.id, WORDS, version())
    with supplier.writing() as work:
        proposals.submit_window(work, window.id, version())
    approved(manager, window.id)
    with supplier.writing() as work:
        proposals.reschedule_window(work, window.id, moved(BANK_APP, "2027-01-13T22:00", "2027-01-13T23:00"), version())
    approved(cast("krp-cm-2"), window.id)
    with supplier.writing() as work:
        decisions.cancel_window(work, window.id, "No parts.", version())
    found = kept(manager, window.id)
    assert (found.state, found.version, found.sequence, found.decision_reason) == (State.CANCELLED, 9, 6, "No parts.")
    assert actions(manager, window.id) == [
        ("window.drafted", "atelier-planner"),
        ("window.edited", "atelier-planner"),
        ("window.submitted", "atelier-planner"),
        ("window.returned", "krp-cm-1"),
        ("window.submitted", "atelier-planner"),
        ("window.approved", "krp-cm-1"),
        ("window.rescheduled", "atelier-planner"),
        ("window.approved", "krp-cm-2"),
        ("window.cancelled", "atelier-planner"),
    ]
    assert trail_of(manager, "window", window.id)[3].reason == WORDS
    with manager.reading() as work:
        assert [(one.cause.step, one.verdict) for one in receipts.of_window(work, window.id)] == [
            ("submit", "clear"),
            ("submit", "clear"),
            ("approve", "clear"),
            ("reschedule", "clear"),
            ("approve", "clear"),
        ]
        assert windows.reached_by(work, [window.id]) == {window.id: frozenset({"NOORDERHAVEN"})}


def test_the_other_endings_are_kept_too(cast: Cast) -> None:
    supplier, manager = cast("betaal-planner"), cast("krp-cm-1")
    rejected, withdrawn = proposed(supplier, GATEWAY_A), proposed(supplier, GATEWAY_A)
    with manager.writing() as work:
        decisions.reject_window(work, rejected.id, WORDS, rejected.version)
    with supplier.writing() as work:
        decisions.withdraw_window(work, withdrawn.id, "", withdrawn.version)
    assert (kept(manager, rejected.id).state, kept(manager, rejected.id).decision_reason) == (State.REJECTED, WORDS)
    assert kept(manager, withdrawn.id).state is State.WITHDRAWN


def test_what_the_system_approves_and_what_is_acknowledged_is_kept(cast: Cast) -> None:
    by_system = proposed(cast("brug-planner"), QUEUE_SCRIPT)
    assert (by_system.state, actions(cast("krp-cm-1"), by_system.id)[-1]) == (State.APPROVED, ("window.approved", None))
    seen = proposed(cast("stroom-planner"), EVENING_TV)
    approved(cast("krp-cm-1"), seen.id, WORDS)
    found = kept(cast("krp-cm-1"), seen.id)
    assert (found.approved_verdict, found.acknowledgement) == ("advisory", WORDS)


def test_a_peak_is_read_back_with_everything_it_was_given(cast: Cast) -> None:
    customer = cast("noorderhaven-planner")
    more = {
        "severity": Severity.RESTRICTED,
        "services": frozenset({"BANK-APP"}),
        "lead": Lead(2, 1, "TARGET"),
        "daily": DailyHours(22 * 60, 2 * 60),
        "valid_from": date(2027, 1, 1),
        "valid_until": date(2028, 12, 31),
        "except_on": frozenset({date(2027, 3, 1)}),
        "also_on": frozenset({date(2027, 4, 1)}),
        "horizon_until": date(2028, 6, 30),
    }
    what = replace(busy_on("2027-01-12", "2027-03-01", **more), consequence=WORDS)
    with customer.writing() as work:
        new = peaks.register_peak(work, what)
    assert (
        read(customer, new) == new == RegisteredPeak(replace(what.peak, id=new.peak.id, customer="NOORDERHAVEN"), what.name, WORDS)
    )
    with customer.writing() as work:
        changed = peaks.change_peak(work, new.peak.id, busy_on("2027-02-02"), 1)
    assert read(customer, new) == changed
    with customer.writing() as work:
        peaks.remove_peak(work, new.peak.id, WORDS, 2)
    assert [one.action for one in trail_of(customer, "peak", new.peak.id)] == ["peak.registered", "peak.changed", "peak.removed"]


def read(person: Person, one: RegisteredPeak) -> RegisteredPeak:
    with person.reading() as work:
        return stored.load(work, one.peak.id)
