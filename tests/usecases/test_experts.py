"""A supplier's planner keeps his experts and their absences; approved windows that lose their cover are noted, and none is held."""

from datetime import datetime

import pytest

from app.domain.absences import LONGEST_ABSENCE, MOST_ABSENCES, Absence, RegisteredExpert
from app.domain.lifecycle import State
from app.domain.spans import Span
from app.domain.walltime import rule_instant
from app.queries.absence_effect import absence_effect
from app.store import chain as services
from app.store import experts as stored
from app.usecases import chain, experts
from app.usecases.chain import ServiceDraft
from tests.conftest import Cast

from .story import GATEWAY_A, ZONE, approved, kept, on_sqlite, proposed, refused, trail_of


def away(start: str, end: str) -> Span:
    """In Amsterdam."""
    return Span(*(rule_instant(datetime.fromisoformat(one), ZONE) for one in (start, end)))


NIGHT = away("2027-01-12T00:00", "2027-01-13T00:00")
FIRST, SECOND = "pay-specialist-1", "pay-specialist-2"


def expert(cast: Cast, key: str = FIRST, reader: str = "betaal-planner") -> RegisteredExpert:
    with cast(reader).reading() as work:
        return stored.load(work, key)


def absent(cast: Cast, key: str, span: Span, reason: str = "") -> None:
    with cast("betaal-planner").writing() as work:
        experts.add_absence(work, key, span, reason, stored.load(work, key).version)


def gateway_a(cast: Cast) -> str:
    window = proposed(cast("krp-cm-1"), GATEWAY_A).id
    approved(cast("krp-cm-2"), window)
    return window


def noted(cast: Cast, window: str) -> list[str]:
    return [one.action for one in trail_of(cast("krp-cm-1"), "window", window) if "cause" in one.facts]


def test_an_absence_that_leaves_nobody_is_noted_and_holds_nothing(cast: Cast) -> None:
    window = gateway_a(cast)
    absent(cast, FIRST, NIGHT)
    assert noted(cast, window) == []
    absent(cast, SECOND, NIGHT)
    assert noted(cast, window) == ["window.uncovered"]
    assert kept(cast("krp-cm-1"), window).state is State.APPROVED
    cause = trail_of(cast("krp-cm-1"), "window", window)[-1].facts["cause"]
    assert (cause["kind"], cause["action"], cause["party"]) == ("absence", "absence.added", "BETAAL")


@on_sqlite
def test_a_service_that_needs_two_is_uncovered_when_one_is_away(cast: Cast) -> None:
    window = gateway_a(cast)
    with cast("krp-admin").writing() as work:
        known = services.load_service(work, "PAY-GW-A")
        chain.change_service(work, "PAY-GW-A", ServiceDraft(known.name, 2), known.version)
    with cast("betaal-planner").reading() as work:
        [found] = absence_effect(work, FIRST, NIGHT).uncovered
    assert [(gap.service, gap.lowest, gap.required) for gap in found.new.gaps] == [("PAY-GW-A", 1, 2)]
    absent(cast, FIRST, NIGHT)
    assert noted(cast, window) == ["window.uncovered"]


@on_sqlite
def test_before_an_absence_is_saved_it_is_said_which_windows_it_leaves_with_nobody(cast: Cast) -> None:
    window = gateway_a(cast)
    with cast("betaal-planner").reading() as work:
        assert absence_effect(work, SECOND, NIGHT).uncovered == ()
        assert absence_effect(work, SECOND, NIGHT).looked_at == 1
    absent(cast, FIRST, NIGHT)
    with cast("krp-admin").reading() as work:
        [found] = absence_effect(work, SECOND, NIGHT).uncovered
        after = absence_effect(work, SECOND, away("2027-01-12T12:00", "2027-01-13T00:00"))
    exposed = away("2027-01-12T02:00", "2027-01-12T03:30")
    assert (found.registered.id, [gap.span for gap in found.new.gaps]) == (window, [exposed])
    assert after.uncovered == ()


@on_sqlite
def test_who_is_back_earlier_makes_nothing_worse_even_when_a_gap_is_left(cast: Cast) -> None:
    window = gateway_a(cast)
    for key in (FIRST, SECOND):
        absent(cast, key, NIGHT)
    [absence] = expert(cast).absences
    with cast("betaal-planner").writing() as work:
        quarter_to_three = away("2027-01-12T02:45", "2027-01-13T00:00").start
        experts.shorten_absence(work, FIRST, absence.number, quarter_to_three, stored.load(work, FIRST).version)
    assert noted(cast, window) == ["window.uncovered"]


@on_sqlite
def test_who_takes_away_the_last_service_of_an_expert_is_heard_as_well(cast: Cast) -> None:
    window = gateway_a(cast)
    for key in (FIRST, SECOND):
        with cast("betaal-planner").writing() as work:
            known = stored.load(work, key)
            experts.change_expert(work, key, known.name.en, known.services - {"PAY-GW-A"}, known.version)
    assert noted(cast, window) == ["window.uncovered"]


def test_an_absence_is_shortened_called_off_or_ended(cast: Cast) -> None:
    later = away("2027-02-01T00:00", "2027-02-08T00:00")
    absent(cast, FIRST, NIGHT)
    absent(cast, FIRST, later)
    [first, second] = expert(cast).absences
    noon = away("2027-01-12T12:00", "2027-01-13T00:00").start
    with cast("betaal-planner").writing() as work:
        experts.shorten_absence(work, FIRST, first.number, noon, expert(cast).version)
    with cast("betaal-planner").writing() as work:
        experts.end_absence(work, FIRST, second.number, stored.load(work, FIRST).version)
    assert [one.span for one in expert(cast).absences] == [Span(NIGHT.start, noon)]
    with cast("betaal-planner", noon - 3600).writing() as work:
        experts.end_absence(work, FIRST, first.number, stored.load(work, FIRST).version)
    assert [one.span for one in expert(cast).absences] == [Span(NIGHT.start, noon - 3600)]
    actions = [one.action for one in trail_of(cast("krp-admin"), "expert", FIRST)]
    assert actions[-3:] == ["absence.shortened", "absence.ended", "absence.ended"]


@on_sqlite
def test_why_somebody_is_away_only_his_supplier_reads_and_the_record_does_not_say_it(cast: Cast) -> None:
    absent(cast, FIRST, NIGHT, "Surgery")
    assert expert(cast).absences[0].reason == "Surgery"
    assert expert(cast, reader="krp-admin").absences[0].reason == ""
    assert "Surgery" not in repr(trail_of(cast("krp-admin"), "expert", FIRST))


@on_sqlite
@pytest.mark.parametrize("name", ["brug-planner", "noorderhaven-planner"])
def test_to_other_suppliers_and_customers_an_expert_does_not_exist(cast: Cast, name: str) -> None:
    assert expert(cast).supplier == "BETAAL"
    with refused("not_found"):
        expert(cast, reader=name)
    with cast(name).reading() as work:
        assert FIRST not in {one.id for one in stored.visible_experts(work)}


@on_sqlite
def test_a_planner_enters_experts_of_his_own_organisation_and_an_administrator_of_any(cast: Cast) -> None:
    with cast("betaal-planner").writing() as work:
        own = experts.add_expert(work, "BRUG", "Night shift", ["PAY-GW-A"])
    with cast("krp-admin").writing() as work:
        other = experts.add_expert(work, "BRUG", "Night shift", [])
    assert (own.supplier, other.supplier) == ("BETAAL", "BRUG")
    assert expert(cast, own.id).services == {"PAY-GW-A"}


@on_sqlite
def test_what_was_changed_meanwhile_is_not_changed_again(cast: Cast) -> None:
    looked_at = expert(cast).version
    absent(cast, FIRST, NIGHT)
    [absence] = expert(cast).absences
    for verb in (
        lambda work: experts.add_absence(work, FIRST, NIGHT, "", looked_at),
        lambda work: experts.end_absence(work, FIRST, absence.number, looked_at),
        lambda work: experts.shorten_absence(work, FIRST, absence.number, NIGHT.end - 60, looked_at),
        lambda work: experts.change_expert(work, FIRST, "Another", [], looked_at),
    ):
        with refused("changed_meanwhile"), cast("betaal-planner").writing() as work:
            verb(work)


@on_sqlite
@pytest.mark.parametrize(
    ("code", "span"),
    [
        ("end_not_after_start", Span(NIGHT.start, NIGHT.start)),
        ("absence_over", away("2020-01-01T00:00", "2020-01-02T00:00")),
        ("absence_too_long", Span(NIGHT.start, NIGHT.start + LONGEST_ABSENCE + 1)),
    ],
)
def test_an_absence_that_makes_no_sense_is_refused_before_and_when_it_is_saved(cast: Cast, code: str, span: Span) -> None:
    with refused(code, "end"), cast("betaal-planner").reading() as work:
        absence_effect(work, FIRST, span)
    with refused(code, "end"):
        absent(cast, FIRST, span)


@on_sqlite
def test_a_return_lies_within_the_absence_that_was_there(cast: Cast) -> None:
    absent(cast, FIRST, NIGHT)
    known = expert(cast)
    [absence] = known.absences
    for code, end in (("back_before_away", NIGHT.start), ("back_no_earlier", NIGHT.end)):
        with refused(code, "end"), cast("betaal-planner").writing() as work:
            experts.shorten_absence(work, FIRST, absence.number, end, known.version)
    with refused("not_found"), cast("betaal-planner").writing() as work:
        experts.end_absence(work, FIRST, absence.number + 1000, known.version)


@on_sqlite
def test_an_expert_knows_services_of_his_own_supplier_and_has_a_bounded_life(cast: Cast) -> None:
    with refused("unknown_service", "services"), cast("krp-admin").writing() as work:
        experts.add_expert(work, "BETAAL", "Night shift", ["MW-ESB"])
    with refused("unknown_supplier", "supplier"), cast("krp-admin").writing() as work:
        experts.add_expert(work, "NOORDERHAVEN", "Night shift", [])
    with refused("bad_length", "reason"):
        absent(cast, FIRST, NIGHT, "x" * 201)
    with cast("betaal-planner").writing() as work:
        for number in range(MOST_ABSENCES):
            stored.add_absence(work, FIRST, Absence(Span(NIGHT.start + number, NIGHT.end + number)))
    with refused("too_many_absences"):
        absent(cast, FIRST, NIGHT)
