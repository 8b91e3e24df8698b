"""A window is drafted, changed and handed in."""

from dataclasses import replace

import pytest

from app.domain.lifecycle import State
from app.domain.verdict import Verdict
from app.domain.windows import ChangeType, Impact, Series
from app.store import receipts, waivers, windows
from app.usecases import decisions, proposals
from tests.conftest import Cast, Person

from .story import (
    BANK_APP,
    EVENING_CERTIFICATES,
    EVENING_TV,
    GATEWAY_A,
    QUEUE_SCRIPT,
    approved,
    consent,
    drafted,
    kept,
    moved,
    on_sqlite,
    proposal,
    proposed,
    refused,
    tell,
    trail_of,
)

pytestmark = on_sqlite  # on both kinds of database: test_both_databases.py, test_refusals.py, test_races.py


def verdict_kept(person: Person, window_id: str) -> Verdict:
    """What lists show."""
    with person.reading() as work:
        return receipts.latest_verdicts(work, [window_id])[window_id]


def reached(person: Person, window_id: str) -> frozenset[str]:
    with person.reading() as work:
        return windows.reached_by(work, [window_id]).get(window_id, frozenset())


# --- draft and hand in


def test_a_draft_is_kept_with_its_words_and_seen_by_its_supplier(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    words = {"title": "Firmware of gateway A", "business_text": "Paying may be slow.", "impact": Impact.DEGRADED}
    window = kept(supplier, drafted(supplier, replace(GATEWAY_A, **words)).id)
    assert (window.id, window.state, window.version, window.sequence, window.published) == ("W-27-045", State.DRAFT, 1, 0, False)
    assert (window.title.nl, window.title.en) == ("Firmware of gateway A", "Firmware of gateway A")
    assert (window.business_text, window.impact, window.rollback_plan) == (
        "Paying may be slow.",
        Impact.DEGRADED,
        "Put the old one back.",
    )
    assert (window.created_by, window.submitted_by, window.created_at) == ("betaal-planner", None, supplier.now)
    assert [(one.action, one.person, one.party) for one in trail_of(supplier, "window", window.id)] == [
        ("window.drafted", "betaal-planner", "BETAAL")
    ]


def test_numbers_go_on_after_the_highest_of_the_year(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    made = [
        drafted(supplier, moved(GATEWAY_A, f"{year}-06-01T02:00", f"{year}-06-01T03:00")).id for year in (2027, 2028, 2027, 2028)
    ]
    assert made == ["W-27-045", "W-28-001", "W-27-046", "W-28-002"]


def test_a_window_that_is_handed_in_is_checked_at_once(cast: Cast) -> None:
    supplier = cast("atelier-planner")
    window = proposed(supplier, BANK_APP)
    assert (window.state, window.submitted_by, window.published, window.version) == (State.UNDER_REVIEW, "atelier-planner", True, 2)
    assert [one.action for one in trail_of(supplier, "window", window.id)] == ["window.drafted", "window.submitted"]
    assert verdict_kept(supplier, window.id) == "clear"
    assert reached(supplier, window.id) == {"NOORDERHAVEN"}
    assert kept(cast("noorderhaven-planner"), window.id) == window


def test_a_window_in_the_way_of_a_peak_can_be_handed_in_and_says_so(cast: Cast) -> None:
    supplier = cast("atelier-planner")
    window = proposed(supplier, EVENING_CERTIFICATES)
    assert window.state is State.UNDER_REVIEW
    assert verdict_kept(supplier, window.id) == "needs_waiver"


def test_the_integrator_proposes_on_behalf_of_a_supplier(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), GATEWAY_A)
    assert (window.window.supplier, window.submitted_by) == ("BETAAL", "krp-cm-1")
    assert kept(cast("betaal-planner"), window.id) == window


def test_handing_in_asks_for_a_rollback_plan_and_a_draft_does_not(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    for plan in ("", "  \n"):
        draft = drafted(supplier, replace(GATEWAY_A, rollback_plan=plan))
        with refused("rollback_plan_required"), supplier.writing() as work:
            proposals.submit_window(work, draft.id, draft.version)
        assert kept(supplier, draft.id).state is State.DRAFT


def test_a_start_that_has_passed_is_refused_except_for_an_emergency(cast: Cast) -> None:
    """It is Sunday 22 November 2026, 20:00."""
    supplier = cast("betaal-planner")
    late = moved(GATEWAY_A, "2026-11-22T19:59", "2026-11-22T23:00")
    with refused("start_in_past"):
        proposed(supplier, late)
    assert proposed(supplier, replace(late, type=ChangeType.EMERGENCY)).state is State.UNDER_REVIEW
    assert proposed(supplier, moved(GATEWAY_A, "2026-11-22T20:00", "2026-11-22T23:00")).state is State.UNDER_REVIEW


def test_a_series_starts_in_the_past_when_its_first_occurrence_does(cast: Cast) -> None:
    weekly = replace(GATEWAY_A, series=Series("FREQ=WEEKLY;COUNT=3"))
    with refused("start_in_past"):
        proposed(cast("betaal-planner"), moved(weekly, "2026-11-21T02:00", "2026-11-21T03:00"))
    assert proposed(cast("betaal-planner"), weekly).window.series == Series("FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize("person", ["betaal-planner", "krp-cm-1"])
@pytest.mark.parametrize(
    ("code", "field", "what"),
    [
        ("empty_services", "services", proposal("", "2027-01-12T02:00", "2027-01-12T03:00")),
        ("unknown_service", "services", proposal("NO-SUCH", "2027-01-12T02:00", "2027-01-12T03:00")),
        ("end_not_after_start", "end", proposal("PAY-GW-A", "2027-01-12T03:00", "2027-01-12T03:00")),
        ("negative_rollback", "rollback_minutes", replace(GATEWAY_A, rollback_minutes=-1)),
        ("unknown_timezone", "tz", replace(GATEWAY_A, zone="Europe/Amsterdan")),
        ("nonexistent_local_time", "start", proposal("PAY-GW-A", "2027-03-28T02:30", "2027-03-28T04:00")),
        ("ambiguous_local_time", "start", proposal("PAY-GW-A", "2027-10-31T02:30", "2027-10-31T04:00")),
        ("unbounded_series", "rrule", replace(GATEWAY_A, series=Series("FREQ=WEEKLY"))),
        ("window_too_long", "end", proposal("PAY-GW-A", "2027-01-12T03:00", "2028-02-12T03:00")),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused_at_its_field(
    cast: Cast, person: str, code: str, field: str, what: object
) -> None:
    with refused(code, field):
        drafted(cast(person), what)


def test_a_series_of_which_nothing_is_left_is_refused(cast: Cast) -> None:
    only = Series("FREQ=DAILY;COUNT=1", except_on=frozenset({GATEWAY_A.start.date()}))
    with refused("empty_series", "rrule"):
        drafted(cast("betaal-planner"), replace(GATEWAY_A, series=only))


def test_a_supplier_proposes_on_its_own_services_only_and_learns_nothing_of_others(cast: Cast) -> None:
    """A service of somebody else and one that does not exist are the same answer."""
    said = []
    for service in ("MW-ESB", "NO-SUCH"):
        with refused("unknown_service", "services") as problems:
            drafted(cast("betaal-planner"), proposal(service, "2027-01-12T02:00", "2027-01-12T03:00"))
        said.append({**problems[0].facts, "service": ""})
    assert said[0] == said[1]
    with refused("unknown_service", "services"):
        drafted(cast("betaal-planner"), proposal("PAY-GW-A MW-ESB", "2027-01-12T02:00", "2027-01-12T03:00"))


def test_a_window_is_of_one_supplier(cast: Cast) -> None:
    with refused("several_suppliers", "services"):
        drafted(cast("krp-cm-1"), proposal("PAY-GW-A MW-ESB", "2027-01-12T02:00", "2027-01-12T03:00"))


@pytest.mark.parametrize("person", ["krp-admin", "zonnekroon-planner"])
def test_whoever_does_not_plan_windows_may_not_propose_one(cast: Cast, person: str) -> None:
    with refused("not_allowed"):
        drafted(cast(person), GATEWAY_A)


# --- a standard change that is clear


def test_a_standard_change_that_is_clear_is_approved_at_once_by_the_system(cast: Cast) -> None:
    supplier = cast("brug-planner")
    window = proposed(supplier, QUEUE_SCRIPT)
    assert (window.state, window.approved_verdict, window.decided_by) == (State.APPROVED, Verdict.CLEAR, None)
    last = trail_of(supplier, "window", window.id)[-1]
    assert (last.action, last.person, last.party) == ("window.approved", None, None)


def test_a_normal_change_that_is_clear_waits_for_a_person(cast: Cast) -> None:
    assert proposed(cast("brug-planner"), replace(QUEUE_SCRIPT, type=ChangeType.NORMAL)).state is State.UNDER_REVIEW


@pytest.mark.parametrize(("what", "supplier"), [(EVENING_TV, "stroom-planner"), (EVENING_CERTIFICATES, "atelier-planner")])
def test_a_standard_change_that_is_not_clear_waits_for_a_person(cast: Cast, what: object, supplier: str) -> None:
    assert proposed(cast(supplier), replace(what, type=ChangeType.STANDARD)).state is State.UNDER_REVIEW


def test_a_standard_change_that_collides_with_an_approved_one_waits_for_a_person(cast: Cast) -> None:
    """The other queue is taken down at 13:00 on 14 January: W-27-006."""
    window = proposed(cast("brug-planner"), moved(QUEUE_SCRIPT, "2027-01-14T13:00", "2027-01-14T13:30"))
    assert window.state is State.UNDER_REVIEW


# --- change it


def test_a_draft_is_edited(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    draft = drafted(supplier, GATEWAY_A)
    later = replace(moved(GATEWAY_A, "2027-01-13T02:00", "2027-01-13T03:00"), title="Another title")
    with supplier.writing() as work:
        proposals.edit_window(work, draft.id, later, draft.version)
    edited = kept(supplier, draft.id)
    assert (edited.state, edited.version, edited.window.start, edited.title.en) == (State.DRAFT, 2, later.start, "Another title")
    last = trail_of(supplier, "window", draft.id)[-1]
    assert (last.action, last.facts) == (
        "window.edited",
        {"from": "2027-01-12T01:00Z/2027-01-12T02:30Z", "to": "2027-01-13T01:00Z/2027-01-13T02:30Z"},
    )


def test_a_title_that_was_not_retyped_keeps_both_languages(cast: Cast) -> None:
    supplier = cast("brug-planner")
    draft = kept(supplier, "W-27-013")
    assert draft.title.nl != draft.title.en
    again = proposal("MW-ESB", "2027-02-10T01:00", "2027-02-10T05:00", title=draft.title.nl)
    with supplier.writing() as work:
        proposals.edit_window(work, draft.id, again, draft.version)
    assert kept(supplier, draft.id).title == draft.title


def test_only_a_draft_is_edited(cast: Cast) -> None:
    supplier = cast("betaal-planner")
    window = proposed(supplier, GATEWAY_A)
    with refused("wrong_state"), supplier.writing() as work:
        proposals.edit_window(work, window.id, GATEWAY_A, window.version)


def test_another_suppliers_draft_does_not_exist(cast: Cast) -> None:
    draft = drafted(cast("betaal-planner"), GATEWAY_A)
    for verb in (
        lambda work: proposals.edit_window(work, draft.id, QUEUE_SCRIPT, 1),
        lambda work: proposals.reschedule_window(work, draft.id, QUEUE_SCRIPT, 1),
        lambda work: proposals.submit_window(work, draft.id, 1),
        lambda work: decisions.withdraw_window(work, draft.id, "", 1),
        lambda work: decisions.cancel_window(work, draft.id, "mine", 1),
    ):
        with refused("not_found"), cast("brug-planner").writing() as work:
            verb(work)


def test_a_window_stays_with_its_supplier(cast: Cast) -> None:
    draft = drafted(cast("betaal-planner"), GATEWAY_A)
    with refused("supplier_mismatch", "services"), cast("krp-cm-1").writing() as work:
        proposals.edit_window(work, draft.id, QUEUE_SCRIPT, draft.version)


def test_of_two_who_edit_the_same_version_the_second_is_told(cast: Cast) -> None:
    draft = drafted(cast("betaal-planner"), GATEWAY_A)
    with cast("krp-cm-1").writing() as work:
        proposals.edit_window(work, draft.id, moved(GATEWAY_A, "2027-01-13T02:00", "2027-01-13T03:00"), 1)
    for verb in (
        lambda work: proposals.edit_window(work, draft.id, GATEWAY_A, 1),
        lambda work: proposals.submit_window(work, draft.id, 1),
    ):
        with refused("changed_meanwhile"), cast("betaal-planner").writing() as work:
            verb(work)
    assert kept(cast("betaal-planner"), draft.id).window.start.day == 13


def test_rescheduling_an_approved_window_sends_it_back_for_review(cast: Cast) -> None:
    supplier = cast("atelier-planner")
    window = proposed(supplier, BANK_APP)
    approved(cast("krp-cm-1"), window.id)
    frozen = moved(BANK_APP, "2026-12-29T22:00", "2026-12-29T23:00")
    with supplier.writing() as work:
        proposals.reschedule_window(work, window.id, frozen, kept(supplier, window.id).version)
    again = kept(supplier, window.id)
    assert (again.state, again.approved_verdict, again.decided_by, again.acknowledgement) == (State.UNDER_REVIEW, None, None, "")
    assert (again.submitted_by, again.window.start) == ("atelier-planner", frozen.start)
    assert verdict_kept(supplier, window.id) == "blocked"
    last = trail_of(supplier, "window", window.id)[-1]
    assert last.action == "window.rescheduled"
    assert last.facts["to"] == "2026-12-29T21:00Z/2026-12-29T22:30Z"


def test_a_standard_change_that_moves_to_a_clear_time_is_approved_by_the_system_again(cast: Cast) -> None:
    supplier = cast("brug-planner")
    window = proposed(supplier, QUEUE_SCRIPT)
    with supplier.writing() as work:
        proposals.reschedule_window(work, window.id, moved(QUEUE_SCRIPT, "2027-01-18T13:00", "2027-01-18T13:30"), window.version)
    again = kept(supplier, window.id)
    assert (again.state, again.window.start.day) == (State.APPROVED, 18)


def test_a_window_is_not_rescheduled_into_the_past(cast: Cast) -> None:
    supplier = cast("brug-planner")
    window = proposed(supplier, QUEUE_SCRIPT)
    with refused("start_in_past"), supplier.writing() as work:
        proposals.reschedule_window(work, window.id, moved(QUEUE_SCRIPT, "2026-11-22T13:00", "2026-11-22T23:30"), window.version)


# --- a waiver is for exactly the window it was given for


def test_a_waiver_lapses_when_its_window_is_rescheduled(cast: Cast) -> None:
    """The Super Bowl night of 14 February was waived for two o'clock; half past two is another question."""
    supplier = cast("stroom-planner")
    known = kept(supplier, "W-27-015")
    with cast("krp-cm-1").reading() as work:
        assert len(waivers.granted(work, [known.id])) == 1
    later = proposal("TV-LIVE", "2027-02-15T02:30", "2027-02-15T04:00", rollback_minutes=0)
    with supplier.writing() as work:
        proposals.reschedule_window(work, known.id, later, known.version)
    with cast("krp-cm-1").reading() as work:
        assert waivers.granted(work, [known.id]) == frozenset()
    with refused("waiver_required"):
        approved(cast("krp-cm-1"), known.id, "seen")


def test_what_is_kept_of_the_check_of_a_rescheduled_window_is_without_the_lapsed_waiver(cast: Cast) -> None:
    """A list shows the verdict that was kept: it must be the one that its page shows."""
    supplier = cast("stroom-planner")
    known = kept(supplier, "W-27-015")
    later = proposal("TV-LIVE", "2027-02-15T02:30", "2027-02-15T04:00", rollback_minutes=0)
    with supplier.writing() as work:
        proposals.reschedule_window(work, known.id, later, known.version)
    assert verdict_kept(supplier, known.id) == "needs_waiver"


def test_a_waiver_lapses_when_its_window_is_sent_back_and_edited(cast: Cast) -> None:
    """DESIGN section 3: a waiver lapses when window, chain or peak changes."""
    supplier, manager = cast("atelier-planner"), cast("krp-cm-1")
    window = proposed(supplier, EVENING_CERTIFICATES)
    grant_waiver(cast, window.id)
    with manager.writing() as work:
        assert len(waivers.granted(work, [window.id])) == 1
        decisions.return_window(work, window.id, "Half an hour later, please.", window.version)
    with supplier.writing() as work:
        later = moved(EVENING_CERTIFICATES, "2027-01-12T20:00", "2027-01-12T23:00")
        edited = proposals.edit_window(work, window.id, later, window.version + 1)
        proposals.submit_window(work, window.id, edited.version)
    with refused("waiver_required"):
        approved(manager, window.id, "A waiver of another time is no waiver.")


def grant_waiver(cast: Cast, window_id: str) -> None:
    """The animal hotel agrees to this window in its evening wave of 12 January."""
    anchor = EVENING_CERTIFICATES.start.date()
    with cast("krp-admin").writing() as work:
        consent(work, window_id, "POLDERPOORT", "POLDERPOORT:animal-evening-wave", anchor)
        assert tell(work, "SELECT count(*) FROM waiver WHERE window_id = :key", key=window_id) == [(1,)]


# --- what a calendar has shown must be outranked


def test_the_sequence_rises_with_every_change_of_what_was_published(cast: Cast) -> None:
    """RFC 5546 section 2.1.4. A draft that nobody has seen may change as often as it likes."""
    supplier, manager = cast("betaal-planner"), cast("krp-cm-1")

    def sequence() -> int:
        return kept(supplier, draft.id).sequence

    def version() -> int:
        return kept(supplier, draft.id).version

    draft = drafted(supplier, GATEWAY_A)
    with supplier.writing() as work:
        proposals.edit_window(work, draft.id, moved(GATEWAY_A, "2027-01-13T02:00", "2027-01-13T03:00"), version())
    assert sequence() == 0
    with supplier.writing() as work:
        proposals.submit_window(work, draft.id, version())
    assert sequence() == 0
    with manager.writing() as work:
        decisions.return_window(work, draft.id, "A day earlier, please.", version())
    assert sequence() == 1
    with supplier.writing() as work:
        proposals.edit_window(work, draft.id, GATEWAY_A, version())
    assert sequence() == 2
    with supplier.writing() as work:
        proposals.submit_window(work, draft.id, version())
    assert sequence() == 3
    approved(manager, draft.id)
    assert sequence() == 4
    with supplier.writing() as work:
        proposals.reschedule_window(work, draft.id, moved(GATEWAY_A, "2027-01-14T02:00", "2027-01-14T03:00"), version())
    assert sequence() == 5
    approved(manager, draft.id)
    with supplier.writing() as work:
        decisions.cancel_window(work, draft.id, "No parts.", version())
    assert (sequence(), kept(supplier, draft.id).state) == (7, State.CANCELLED)
