"""An administrator changes the chain: on what was seen, on the record, and every approved window it now hurts goes on hold."""

from collections.abc import Callable

import pytest

from app.domain.chain import Requirement
from app.domain.chain_changes import MOST_MEMBERS, MOST_REQUIREMENTS
from app.domain.lifecycle import State
from app.domain.register import Name, Service
from app.domain.verdict import Verdict
from app.queries.chain_effect import requirement_effect, use_effect
from app.store import chain as stored
from app.store import peaks
from app.store.database import Work
from app.usecases import chain
from app.usecases.chain import ServiceDraft
from app.usecases.peaks import register_peak
from tests.conftest import Cast

from .story import BANK_APP, GATEWAY_A, approved, busy_on, kept, on_sqlite, proposed, refused, trail_of

DAY = "2027-01-12"
ALONE = Requirement("BANK-APP", frozenset({"PAY-GW-A"}))
"""The bank's app would need one gateway, whatever the other one does."""

ONE_GATEWAY = Requirement("BANK-PAY", frozenset({"PAY-GW-A"}))
"""The bank's payments would: now they need one of two."""


def version(cast: Cast, service: str) -> int:
    with cast("krp-admin").reading() as work:
        return stored.load_service(work, service).version


def requirement_on(cast: Cast, service: str, member: str) -> tuple[int, Requirement]:
    """The requirement of a service that this member counts in, and its number."""
    with cast("krp-admin").reading() as work:
        found = stored.requirements_of(work, service)
    return next((number, one) for number, one in found.items() if member in one.members)


def busy(cast: Cast, services: frozenset[str] | None = None) -> str:
    with cast("noorderhaven-planner").writing() as work:
        return register_peak(work, busy_on(DAY, services=services)).peak.id


def gateway_a(cast: Cast) -> str:
    window = proposed(cast("krp-cm-1"), GATEWAY_A).id
    approved(cast("krp-cm-2"), window)
    return window


def done(cast: Cast, verb: Callable[[Work], object]) -> None:
    with cast("krp-admin").writing() as work:
        verb(work)


# --- what a change does to windows


def test_a_requirement_that_comes_holds_an_approved_window_that_now_hurts(cast: Cast) -> None:
    window = gateway_a(cast)
    busy(cast)
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED
    done(cast, lambda work: chain.add_requirement(work, ALONE, version(cast, "BANK-APP")))
    assert kept(cast("krp-cm-1"), window).state is State.ON_HOLD
    cause = trail_of(cast("krp-cm-1"), "window", window)[-1].facts["cause"]
    assert (cause["kind"], cause["id"], cause["action"]) == ("chain", "BANK-APP", "requirement.added")


@on_sqlite
def test_a_spare_that_is_taken_out_holds_it_too(cast: Cast) -> None:
    window = gateway_a(cast)
    busy(cast)
    number, pair = requirement_on(cast, "BANK-PAY", "PAY-GW-A")
    assert (pair.members, pair.minimum) == ({"PAY-GW-A", "PAY-GW-B"}, 1)
    done(cast, lambda work: chain.change_requirement(work, number, ONE_GATEWAY, version(cast, "BANK-PAY")))
    assert kept(cast("krp-cm-1"), window).state is State.ON_HOLD


@on_sqlite
def test_a_requirement_that_goes_is_noted_on_what_is_better_now(cast: Cast) -> None:
    window = gateway_a(cast)
    busy(cast)
    done(cast, lambda work: chain.add_requirement(work, ALONE))
    with cast("krp-admin").reading() as work:
        number = max(stored.requirements_of(work, "BANK-APP"))
    done(cast, lambda work: chain.remove_requirement(work, "BANK-APP", number, "A mistake.", version(cast, "BANK-APP")))
    assert [one.action for one in trail_of(cast("krp-cm-1"), "window", window)][-2:] == ["window.held", "window.better"]
    assert kept(cast("krp-cm-1"), window).state is State.ON_HOLD


def test_a_customer_that_begins_to_use_a_service_holds_a_window_in_its_freeze(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    approved(cast("krp-cm-2"), window)
    with cast("zonnekroon-planner").writing() as work:
        register_peak(work, busy_on(DAY))
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED
    done(cast, lambda work: chain.add_use(work, "ZONNEKROON", "BANK-APP", version(cast, "BANK-APP")))
    assert kept(cast("krp-cm-1"), window).state is State.ON_HOLD


# --- what it would do, before it is saved


@on_sqlite
def test_the_effect_of_a_requirement_is_what_the_check_says_once_it_is_saved(cast: Cast) -> None:
    window = gateway_a(cast)
    busy(cast)
    with cast("krp-admin").reading() as work:
        [touched] = [one for one in requirement_effect(work, None, ALONE).touched if one.registered.id == window]
    assert (touched.now, touched.becomes) == (Verdict.CLEAR, Verdict.BLOCKED)
    assert "NOORDERHAVEN" in touched.reached_besides
    assert (touched.first.customer, touched.first.anchor.isoformat()) == ("NOORDERHAVEN", DAY)
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED


@on_sqlite
def test_the_effect_of_the_end_of_a_use_names_whom_a_window_no_longer_reaches(cast: Cast) -> None:
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    approved(cast("krp-cm-2"), window)
    with cast("krp-admin").reading() as work:
        [touched] = [one for one in use_effect(work, "NOORDERHAVEN", "BANK-APP").touched if one.registered.id == window]
    assert (touched.reached_besides, touched.reached_no_longer) == ((), ("NOORDERHAVEN",))


@on_sqlite
def test_a_ring_is_allowed_and_said(cast: Cast) -> None:
    ring = Requirement("PAY-GW-A", frozenset({"BANK-APP"}))
    with cast("krp-admin").reading() as work:
        assert requirement_effect(work, None, ring).ring == ("BANK-APP",)
        assert requirement_effect(work, None, Requirement("BANK-APP", frozenset({"LAB-TEST"}))).ring == ()
    done(cast, lambda work: chain.add_requirement(work, ring))
    assert requirement_on(cast, "PAY-GW-A", "BANK-APP")[1] == ring


# --- on the record, and on what was seen


@on_sqlite
def test_what_went_stays_on_the_record_with_who_and_why(cast: Cast) -> None:
    number, pair = requirement_on(cast, "BANK-PAY", "PAY-GW-A")
    done(cast, lambda work: chain.remove_requirement(work, "BANK-PAY", number, " Other bank. ", version(cast, "BANK-PAY")))
    done(cast, lambda work: chain.end_use(work, "NOORDERHAVEN", "BANK-APP", "It left.", version(cast, "BANK-APP")))
    first, second = (trail_of(cast("krp-admin"), "service", one)[-1] for one in ("BANK-PAY", "BANK-APP"))
    assert (first.action, first.person, first.reason) == ("requirement.removed", "krp-admin", "Other bank.")
    assert first.facts["before"] == {"members": sorted(pair.members), "minimum": 1}
    assert (second.action, second.reason, second.facts["customer"]) == ("use.ended", "It left.", "NOORDERHAVEN")


def test_what_was_changed_meanwhile_is_not_changed_again(cast: Cast) -> None:
    looked_at = version(cast, "BANK-PAY")
    number, _ = requirement_on(cast, "BANK-PAY", "PAY-GW-A")
    done(cast, lambda work: chain.change_service(work, "BANK-PAY", ServiceDraft(Name("App", "App"), 2), looked_at))
    for verb in (
        lambda work: chain.change_service(work, "BANK-PAY", ServiceDraft(Name("Andere", "Other")), looked_at),
        lambda work: chain.add_requirement(work, ONE_GATEWAY, looked_at),
        lambda work: chain.change_requirement(work, number, ONE_GATEWAY, looked_at),
        lambda work: chain.remove_requirement(work, "BANK-PAY", number, "It goes.", looked_at),
        lambda work: chain.add_use(work, "ZONNEKROON", "BANK-PAY", looked_at),
        lambda work: chain.end_use(work, "NOORDERHAVEN", "BANK-PAY", "It goes.", looked_at),
    ):
        with refused("changed_meanwhile"), cast("krp-admin").writing() as work:
            verb(work)
    with cast("krp-admin").reading() as work:
        known = stored.load_service(work, "BANK-PAY")
    assert (known.name, known.required, known.version) == (Name("App", "App"), 2, looked_at + 1)


# --- what makes no sense


@on_sqlite
def test_a_use_does_not_end_while_a_peak_is_about_that_service_by_name(cast: Cast) -> None:
    busy(cast)
    peak = busy(cast, frozenset({"BANK-APP"}))
    with cast("krp-admin").reading() as work:
        assert [one.peak.id for one in use_effect(work, "NOORDERHAVEN", "BANK-APP").in_the_way] == [peak]
    with refused("use_in_peak", "reason"), cast("krp-admin").writing() as work:
        chain.end_use(work, "NOORDERHAVEN", "BANK-APP", "It leaves.", version(cast, "BANK-APP"))
    with cast("krp-admin").reading() as work:
        assert "NOORDERHAVEN" in stored.customers_of(work, "BANK-APP")
        assert peaks.load(work, peak)


@on_sqlite
@pytest.mark.parametrize(
    ("code", "field", "requirement"),
    [
        ("empty_services", "members", Requirement("BANK-APP", frozenset(), 1)),
        ("requires_itself", "members", Requirement("BANK-APP", frozenset({"BANK-APP", "LAB-TEST"}))),
        ("unknown_service", "members", Requirement("BANK-APP", frozenset({"LAB-TEST", "NO-SUCH"}))),
        ("bad_redundancy_minimum", "min", Requirement("BANK-APP", frozenset({"LAB-TEST"}), 2)),
        ("bad_redundancy_minimum", "min", Requirement("BANK-APP", frozenset({"LAB-TEST"}), 0)),
        ("too_many", "members", Requirement("BANK-APP", frozenset(f"S{number}" for number in range(MOST_MEMBERS + 1)))),
    ],
)
def test_a_requirement_that_makes_no_sense_is_refused_before_and_when_it_is_saved(
    cast: Cast, code: str, field: str, requirement: Requirement
) -> None:
    with refused(code, field), cast("krp-admin").reading() as work:
        requirement_effect(work, None, requirement)
    with refused(code, field), cast("krp-admin").writing() as work:
        chain.add_requirement(work, requirement)


@on_sqlite
def test_a_service_has_no_more_requirements_than_can_be_read(cast: Cast) -> None:
    with cast("krp-admin").writing() as work:
        for _ in range(MOST_REQUIREMENTS):
            chain.add_requirement(work, Requirement("LAB-TEST", frozenset({"PAY-GW-A"})))
    with refused("too_many_requirements"), cast("krp-admin").writing() as work:
        chain.add_requirement(work, Requirement("LAB-TEST", frozenset({"PAY-GW-B"})))


@on_sqlite
@pytest.mark.parametrize(
    ("code", "field", "service"),
    [
        ("bad_service_id", "id", Service("cold", "BETAAL", Name("K", "C"))),
        ("bad_service_id", "id", Service("A/B", "BETAAL", Name("K", "C"))),
        ("already_there", "id", Service("BANK-APP", "BETAAL", Name("K", "C"))),
        ("unknown_supplier", "supplier", Service("COLD", "ZONNEKROON", Name("K", "C"))),
        ("unknown_supplier", "supplier", Service("COLD", "NOBODY", Name("K", "C"))),
        ("bad_number", "required", Service("COLD", "BETAAL", Name("K", "C"), required=0)),
        ("bad_number", "required", Service("COLD", "BETAAL", Name("K", "C"), required=100)),
    ],
)
def test_a_service_that_makes_no_sense_is_refused(cast: Cast, code: str, field: str, service: Service) -> None:
    with refused(code, field), cast("krp-admin").writing() as work:
        chain.add_service(work, service)


@on_sqlite
def test_a_use_begins_once_and_a_use_that_is_not_there_cannot_end(cast: Cast) -> None:
    with refused("already_used", "customer"), cast("krp-admin").writing() as work:
        chain.add_use(work, "NOORDERHAVEN", "BANK-APP")
    with refused("unknown_customer", "customer"), cast("krp-admin").writing() as work:
        chain.add_use(work, "BRUG", "BANK-APP")
    with refused("not_found"), cast("krp-admin").writing() as work:
        chain.end_use(work, "ZONNEKROON", "BANK-APP", "It leaves.", version(cast, "BANK-APP"))
    with refused("reason_required", "reason"), cast("krp-admin").writing() as work:
        chain.end_use(work, "NOORDERHAVEN", "BANK-APP", " ", version(cast, "BANK-APP"))
