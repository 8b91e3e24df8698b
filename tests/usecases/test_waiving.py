"""A customer is asked to let a window happen in a busy period, answers or does not, and what then counts."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.chain import Requirement
from app.domain.lifecycle import State
from app.domain.messages import MessageKind
from app.domain.notice import NoticeTerm, NoticeUnit
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.verdict import Verdict
from app.domain.waivers import BusyDate, WaiverRecord, WaiverStatus
from app.domain.windows import ChangeType, Series
from app.queries.waiver_pages import waiver_page
from app.queries.window_pages import window_page
from app.store import messages, receipts, waivers
from app.usecases import chain, decisions, peaks, proposals, waiving
from app.usecases.agreements import agree_notice
from app.usecases.expiring import AN_EMERGENCY_WAITS, expire_windows
from tests.conftest import Cast, Person

from .story import (
    BANK_APP,
    EVENING_CERTIFICATES,
    EVENING_TV,
    FROZEN_CERTIFICATES,
    approved,
    kept,
    moved,
    on_sqlite,
    proposed,
    refused,
    seen,
    trail_of,
)

DAY = 24 * 3600
WAVE = BusyDate("POLDERPOORT", "POLDERPOORT:animal-evening-wave", date(2027, 1, 12))


def asked(cast: Cast, window: RegisteredWindow, days: int = 3, about: BusyDate = WAVE) -> WaiverRecord:
    manager = cast("krp-cm-1")
    with manager.writing() as work:
        [one] = waiving.request_waivers(
            work, window.id, [about], manager.now + days * DAY, "May we?", kept(manager, window.id).version
        )
    return one


def seal_for(person: Person, number: int) -> str:
    with person.reading() as work:
        return waiver_page(work, number).seal


def granted(cast: Cast, number: int, conditions: str = "") -> None:
    customer = cast("polderpoort-planner")
    seal = seal_for(customer, number)
    with customer.writing() as work:
        waiving.grant_waiver(work, number, conditions, seal)


def at(person: Person, now: int) -> Person:
    return Person(person.database, person.actor, now)


def of(person: Person, number: int) -> WaiverRecord:
    with person.reading() as work:
        return waivers.load(work, number)


# --- asked and answered


def test_what_a_customer_grants_is_an_advisory_that_can_be_approved_and_stays_to_be_read(cast: Cast) -> None:
    manager, customer = cast("krp-cm-1"), cast("polderpoort-planner")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    one = asked(cast, window)
    assert kept(manager, window.id).state is State.WAIVER_REQUESTED
    granted(cast, one.id, " Not longer than an hour. ")
    back = kept(manager, window.id)
    assert back.state is State.UNDER_REVIEW
    with manager.reading() as work:
        assert [(kept.cause.step, kept.verdict) for kept in receipts.of_window(work, window.id)] == [
            ("submit", Verdict.NEEDS_WAIVER),
            ("decide_waivers", Verdict.ADVISORY),
        ]
    assert approved(manager, window.id, "They agreed.").verdict is Verdict.ADVISORY
    found = of(customer, one.id)
    assert (found.status, found.note) == (WaiverStatus.GRANTED, "Not longer than an hour.")
    assert (found.asked_by, found.asked_at, found.decide_by) == ("krp-cm-1", manager.now, manager.now + 3 * DAY)
    assert (found.decided_by, found.decided_at) == ("polderpoort-planner", customer.now)
    assert [way[-1] for way in found.ways] == ["CERT-ENGINE"]
    assert [(entry.action, entry.person) for entry in trail_of(manager, "window", window.id)][-4:] == [
        ("window.waiver_requested", "krp-cm-1"),
        ("waiver.granted", "polderpoort-planner"),
        ("window.waivers_decided", None),
        ("window.approved", "krp-cm-1"),
    ]


@on_sqlite
def test_a_customer_that_refuses_says_why_and_perhaps_when_it_would_suit(cast: Cast) -> None:
    customer = cast("polderpoort-planner")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    one = asked(cast, window)
    seal, suits = seal_for(customer, one.id), customer.now + 40 * DAY
    with refused("reason_required", "reason"), customer.writing() as work:
        waiving.refuse_waiver(work, one.id, "  ", None, seal)
    with refused("day_is_over", "alternative_day"), customer.writing() as work:
        waiving.refuse_waiver(work, one.id, "Too busy.", customer.now, seal)
    with customer.writing() as work:
        waiving.refuse_waiver(work, one.id, "Too busy.", suits, seal)
    found = of(cast("krp-cm-1"), one.id)
    assert (found.status, found.note, found.alternative) == (WaiverStatus.REFUSED, "Too busy.", suits)
    assert kept(cast("krp-cm-1"), window.id).state is State.UNDER_REVIEW
    with refused("waiver_required"):
        approved(cast("krp-cm-1"), window.id, "They will not mind.")


def test_silence_is_refusal_from_the_decision_date_on(cast: Cast) -> None:
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    one = asked(cast, window, days=2)
    customer = cast("polderpoort-planner")
    in_time = at(customer, customer.now + 2 * DAY - 1)
    with in_time.writing() as work:
        assert waiving.close_unanswered(work) == 0
    late = at(customer, customer.now + 2 * DAY)
    seal = seal_for(late, one.id)
    with refused("decision_date_over"), late.writing() as work:
        waiving.grant_waiver(work, one.id, "", seal)
    with late.writing() as work:
        assert waiving.close_unanswered(work) == 1
        assert waiving.close_unanswered(work) == 0
    found = of(customer, one.id)
    assert found.is_silence
    assert found.decided_at == late.now
    assert kept(cast("krp-cm-1"), window.id).state is State.UNDER_REVIEW
    assert trail_of(cast("krp-cm-1"), "window", window.id)[-2].action == "waiver.unanswered"


@on_sqlite
def test_with_two_customers_asked_the_window_waits_for_the_last_answer(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    what = replace(EVENING_CERTIFICATES, series=None)
    window = proposed(cast("atelier-planner"), moved(what, "2027-01-12T17:00", "2027-01-13T19:00"))
    with manager.writing() as work:
        both = [WAVE, replace(WAVE, anchor=date(2027, 1, 13))]
        first, second = waiving.request_waivers(work, window.id, both, manager.now + DAY, "", kept(manager, window.id).version)
    granted(cast, first.id)
    assert kept(manager, window.id).state is State.WAIVER_REQUESTED
    with refused("reason_required", "reason"), manager.writing() as work:
        waiving.withdraw_request(work, second.id, "")
    with manager.writing() as work:
        waiving.withdraw_request(work, second.id, "It will be done before that evening.")
    assert kept(manager, window.id).state is State.UNDER_REVIEW
    with refused("waiver_decided"), manager.writing() as work:
        waiving.withdraw_request(work, second.id, "Again.")


@on_sqlite
@pytest.mark.parametrize(
    ("what", "code"),
    [(FROZEN_CERTIFICATES, "no_waiver_possible"), (BANK_APP, "no_waiver_needed"), (EVENING_TV, "no_waiver_needed")],
)
def test_nobody_is_asked_for_what_no_waiver_lifts_or_needs(cast: Cast, what: object, code: str) -> None:
    window = proposed(cast("stroom-planner" if what is EVENING_TV else "atelier-planner"), what)
    with refused(code):
        asked(cast, window)


@on_sqlite
def test_a_request_is_for_what_the_window_meets_with_a_date_before_it_starts(cast: Cast) -> None:
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    with refused("check_outdated"):
        asked(cast, window, about=replace(WAVE, anchor=date(2027, 1, 13)))
    with refused("decision_date_over", "decide_by"):
        asked(cast, window, days=0)
    with refused("decision_date_too_late", "decide_by"):
        asked(cast, window, days=60)
    with refused("nobody_asked", "about"), cast("krp-cm-1").writing() as work:
        waiving.request_waivers(work, window.id, [], work.now + DAY, "", window.version)
    with refused("not_allowed"), cast("atelier-planner").writing() as work:
        waiving.request_waivers(work, window.id, [WAVE], work.now + DAY, "", window.version)


@on_sqlite
def test_only_the_customer_itself_answers_and_only_what_it_was_shown(cast: Cast) -> None:
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    one = asked(cast, window)
    seal = seal_for(cast("polderpoort-planner"), one.id)
    for person, code in (("noorderhaven-planner", "not_found"), ("krp-cm-1", "not_allowed"), ("atelier-planner", "not_allowed")):
        with refused(code), cast(person).writing() as work:
            waiving.grant_waiver(work, one.id, "", seal)
    with refused("waiver_outdated"), cast("polderpoort-planner").writing() as work:
        waiving.grant_waiver(work, one.id, "", seal[:-1] + "x")
    granted(cast, one.id)
    with refused("waiver_decided"):
        granted(cast, one.id)


# --- what lapses


def test_consent_lapses_when_the_window_moves(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    one = asked(cast, window)
    granted(cast, one.id)
    approved(manager, window.id, "They agreed.")
    with cast("atelier-planner").writing() as work:
        later = moved(EVENING_CERTIFICATES, "2027-01-12T18:05", "2027-01-12T19:05")
        proposals.reschedule_window(work, window.id, later, kept(manager, window.id).version)
    assert of(manager, one.id).status is WaiverStatus.LAPSED


@on_sqlite
def test_consent_lapses_when_its_peak_changes_and_the_window_goes_on_hold(cast: Cast) -> None:
    manager, customer = cast("krp-cm-1"), cast("polderpoort-planner")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    one = asked(cast, window)
    granted(cast, one.id)
    approved(manager, window.id, "They agreed.")
    with customer.reading() as work:
        known = waiver_page(work, one.id).peak
    assert known is not None
    with customer.writing() as work:
        draft = peaks.PeakDraft(known.peak, known.name, "More animals than ever.")
        peaks.change_peak(work, WAVE.peak, draft, known.version)
    assert of(customer, one.id).status is WaiverStatus.LAPSED
    assert kept(manager, window.id).state is State.ON_HOLD


@on_sqlite
def test_a_request_about_a_peak_that_is_taken_away_lapses_and_the_window_comes_back(cast: Cast) -> None:
    manager, customer = cast("krp-cm-1"), cast("polderpoort-planner")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    one = asked(cast, window)
    with customer.reading() as work:
        known = waiver_page(work, one.id).peak
    assert known is not None
    with customer.writing() as work:
        peaks.remove_peak(work, WAVE.peak, "No animals in January.", known.version)
    assert of(customer, one.id).status is WaiverStatus.LAPSED
    assert kept(manager, window.id).state is State.UNDER_REVIEW


def test_consent_to_one_way_through_the_chain_does_not_count_for_another(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    one = asked(cast, window)
    granted(cast, one.id)
    approved(manager, window.id, "They agreed.")
    with cast("krp-admin").writing() as work:
        chain.add_requirement(work, Requirement("AUC-CLOCK", frozenset({"BANK-APP"}), 1))
    assert of(manager, one.id).status is WaiverStatus.GRANTED, "that is elsewhere"
    with cast("krp-admin").writing() as work:
        chain.add_requirement(work, Requirement("CARGO-BOOK", frozenset({"CERT-ENGINE"}), 1))
    assert of(manager, one.id).status is WaiverStatus.LAPSED
    assert kept(manager, window.id).state is State.ON_HOLD
    assert "waiver.lapsed" in [entry.action for entry in trail_of(manager, "window", window.id)]


@on_sqlite
def test_what_is_asked_of_a_window_that_ends_is_asked_no_longer_and_an_old_answer_stays(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    first = asked(cast, window)
    customer = cast("polderpoort-planner")
    seal = seal_for(customer, first.id)
    with customer.writing() as work:
        waiving.refuse_waiver(work, first.id, "Too busy.", None, seal)
    second = asked(cast, window)
    with manager.writing() as work:
        decisions.reject_window(work, window.id, "Choose another evening.", kept(manager, window.id).version)
    assert [of(customer, one.id).status for one in (first, second)] == [WaiverStatus.REFUSED, WaiverStatus.WITHDRAWN]
    with customer.reading() as work:
        told = [one.kind for one in messages.own_messages(work, 10)]
    assert MessageKind.WAIVER_WITHDRAWN in told[:2]


# --- time runs out


def expired(person: Person) -> None:
    with person.writing() as work:
        while expire_windows(work):
            pass


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_window_nobody_decided_on_ends_at_its_start_and_one_nobody_began_at_its_end(cast: Cast, is_approved: bool) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), BANK_APP)
    if is_approved:
        approved(manager, window.id)
    before = kept(manager, window.id)
    planned = dated(window.window).occurrences[0].planned
    ends = planned.end if is_approved else planned.start
    expired(at(manager, ends - 1))
    assert kept(manager, window.id) == before
    expired(at(manager, ends))
    assert kept(manager, window.id).state is State.EXPIRED
    last = trail_of(manager, "window", window.id)[-1]
    assert (last.action, last.person, last.at) == ("window.expired", None, ends)


@on_sqlite
def test_a_series_lives_until_its_last_time(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), replace(BANK_APP, series=Series("FREQ=WEEKLY;COUNT=3")))
    first, _, last = dated(window.window).occurrences
    expired(at(manager, first.planned.end))
    assert kept(manager, window.id).state is State.UNDER_REVIEW
    expired(at(manager, last.planned.start))
    assert kept(manager, window.id).state is State.EXPIRED


@on_sqlite
def test_an_emergency_can_be_decided_on_afterwards_for_some_days(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), replace(BANK_APP, type=ChangeType.EMERGENCY))
    end = dated(window.window).occurrences[0].planned.end
    expired(at(manager, end + AN_EMERGENCY_WAITS - 1))
    assert kept(manager, window.id).state is State.UNDER_REVIEW
    expired(at(manager, end + AN_EMERGENCY_WAITS))
    assert kept(manager, window.id).state is State.EXPIRED


# --- notice


@on_sqlite
def test_who_is_told_later_than_agreed_is_told_so_on_the_record(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast("atelier-planner"), BANK_APP)
    start = dated(window.window).occurrences[0].planned.start
    with cast("krp-admin").writing() as work:
        agree_notice(work, "NOORDERHAVEN", NoticeTerm(24 * 40, NoticeUnit.HOURS, "Europe/Amsterdam"))
    late = at(manager, start - 40 * DAY + 1)
    looked_at = seen(late, window.id)
    with refused("notice_too_short"), late.writing() as work:
        decisions.approve_window(work, window.id, "", looked_at, "  ")
    in_time = at(manager, start - 40 * DAY)
    with in_time.reading() as work:
        assert window_page(work, window.id).is_late is False
    with late.writing() as work:
        decisions.approve_window(work, window.id, "", looked_at, "Their duty manager, by phone.")
    found = kept(manager, window.id)
    assert (found.state, found.announced_at) == (State.APPROVED, late.now)
    facts = trail_of(manager, "window", window.id)[-1].facts
    assert (facts["told_late"], facts["short_notice"]) == (["NOORDERHAVEN"], "Their duty manager, by phone.")


@on_sqlite
def test_an_emergency_waits_for_no_notice_and_a_standard_change_told_too_late_waits_for_somebody(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    with cast("krp-admin").writing() as work:
        agree_notice(work, "NOORDERHAVEN", NoticeTerm(366, NoticeUnit.CALENDAR_DAYS, "Europe/Amsterdam"))
    emergency = proposed(cast("atelier-planner"), replace(BANK_APP, type=ChangeType.EMERGENCY))
    approved(manager, emergency.id)
    assert kept(manager, emergency.id).state is State.APPROVED
    later = moved(replace(BANK_APP, type=ChangeType.STANDARD), "2027-01-13T22:00", "2027-01-13T23:00")
    assert proposed(cast("atelier-planner"), later).state is State.UNDER_REVIEW
