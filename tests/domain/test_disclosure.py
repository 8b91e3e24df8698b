"""What a reader may be told: the integrator all, a customer its own, a supplier that and when but not who."""

from dataclasses import replace

import pytest

from app.domain.access import Actor, PartyKind
from app.domain.causes import Because, Kind
from app.domain.disclosure import Shown, disclose, disclose_because, disclose_trail, disclose_window
from app.domain.peaks import Severity
from app.domain.register import Name, RegisteredWindow, TrailEntry
from app.domain.result import CheckResult, CollisionKind, NoteKind
from app.domain.situation import Customer
from app.domain.verdict import Verdict

from .cast import LICHTLIJN, POLDERPOORT, ZONNEKROON, checked, dates, peak, repeated, window

NIGHT = ("2027-01-10T01:00", "2027-01-10T03:00")
FREEZE, RESTRICTED = Severity.FREEZE, Severity.RESTRICTED
BUS, SIGN_ON = window("MW-ESB", *NIGHT, id="bus"), window("ID-SSO", *NIGHT, id="sign-on")
SECRETS = ("ZONNEKROON", "POLDERPOORT", "AUC-CLOCK", "CERT-PORTAL", "harvest", "Europe/Amsterdam", "date(2027, 1, 10)")


def busy(customer: Customer, severity: Severity, name: str = "harvest") -> object:
    return peak(customer, name, dates("2027-01-10"), severity)


def night(zonnekroon: Severity = FREEZE, polderpoort: Severity = RESTRICTED) -> CheckResult:
    """Two suppliers in one night in which two customers are busy."""
    return checked(BUS, SIGN_ON, peaks=(busy(ZONNEKROON, zonnekroon), busy(POLDERPOORT, polderpoort)))


def told(
    result: CheckResult, kind: PartyKind, party: str = "", *, own: tuple[str, ...] = (), sharing: tuple[str, ...] = ()
) -> Shown:
    return disclose(result, Actor("p", "Somebody", party, kind, frozenset()), own, sharing)


def to_supplier(result: CheckResult, *, own: tuple[str, ...] = ("bus",), sharing: tuple[str, ...] = ()) -> Shown:
    return told(result, PartyKind.SUPPLIER, "BRUG", own=own, sharing=sharing)


def test_the_integrator_is_told_all():
    result = night()
    shown = told(result, PartyKind.INTEGRATOR)
    assert (shown.verdict, shown.conflicts, shown.collisions, shown.notes) == (
        result.verdict,
        result.conflicts,
        result.collisions,
        result.notes,
    )
    assert (shown.customers, shown.customers_reached) == (("POLDERPOORT", "ZONNEKROON"), 2)
    assert shown.paths["bus", "POLDERPOORT"] == (("CERT-PORTAL", "CERT-ENGINE", "MW-ESB"),)
    assert shown.paths["sign-on", "ZONNEKROON"] == (("AUC-REMOTE", "ID-SSO"),)


def test_a_customer_is_told_its_own_conflicts_ways_and_verdict_and_of_nobody_else():
    shown = told(night(), PartyKind.CUSTOMER, "POLDERPOORT")
    assert {one.customer for one in shown.conflicts} == {"POLDERPOORT"}
    assert {customer for _, customer in shown.paths} == {"POLDERPOORT"}
    assert (shown.verdict, shown.customers, shown.customers_reached) == (Verdict.NEEDS_WAIVER, ("POLDERPOORT",), None)
    assert "ZONNEKROON" in repr(night())
    assert "ZONNEKROON" not in repr(shown)


def test_a_customer_is_told_the_effect_of_a_collision_and_not_whose_windows_it_is_of():
    [collision] = told(night(), PartyKind.CUSTOMER, "POLDERPOORT").collisions
    assert (collision.windows, collision.services, collision.customers) == ((), (), ("POLDERPOORT",))
    assert collision.effect is Verdict.ADVISORY


def test_a_customer_is_told_the_notes_about_itself_alone():
    core = checked(window("NET-CORE-A", *NIGHT))
    assert {note.customer for note in core.notes} == {"", "ZONNEKROON", "LICHTLIJN"}
    assert {note.customer for note in told(core, PartyKind.CUSTOMER, "LICHTLIJN").notes} == {"LICHTLIJN"}


def test_a_customer_who_is_not_reached_is_told_nothing():
    shown = told(night(), PartyKind.CUSTOMER, LICHTLIJN.id)
    assert shown == Shown(Verdict.CLEAR, (), (), (), {}, (), None)


def test_a_supplier_is_told_that_it_is_not_possible_until_when_and_how_severe():
    result = night()
    shown = to_supplier(result)
    assert shown.verdict is Verdict.BLOCKED
    assert {(one.window, one.severity, one.effect, one.busy_until) for one in shown.conflicts} == {
        (one.window, one.severity, one.effect, one.busy_until) for one in result.conflicts
    }
    assert (shown.customers, shown.customers_reached, shown.paths) == ((), 2, {})


@pytest.mark.parametrize("secret", SECRETS)
def test_a_supplier_is_told_no_name_no_service_and_no_day_of_a_customer(secret: str):
    assert secret in repr(night())
    assert secret not in repr(to_supplier(night()))


def test_two_customers_who_are_busy_alike_look_like_one_to_a_supplier():
    assert len(night(FREEZE, FREEZE).conflicts) == 4
    assert len(to_supplier(night(FREEZE, FREEZE)).conflicts) == 2


def test_a_customer_who_shares_its_name_is_named_to_a_supplier_and_the_others_are_not():
    shown = to_supplier(night(), sharing=("ZONNEKROON",))
    assert {one.customer for one in shown.conflicts} == {"ZONNEKROON", ""}
    assert shown.customers == ("ZONNEKROON",)
    assert {customer for _, customer in shown.paths} == {"ZONNEKROON"}
    assert "POLDERPOORT" not in repr(shown)


def test_sharing_says_nothing_of_a_customer_who_is_not_reached():
    assert to_supplier(night(), sharing=("LICHTLIJN",)) == to_supplier(night())


def test_a_supplier_is_told_of_a_collision_that_there_is_one_and_when_and_only_its_own_window():
    [collision] = to_supplier(night()).collisions
    [known] = night().collisions
    assert (collision.kind, collision.span, collision.effect) == (CollisionKind.SAME_CHAIN, known.span, known.effect)
    assert (collision.windows, collision.services, collision.customers) == (("bus",), (), ())
    assert to_supplier(night(), own=("bus", "sign-on")).collisions[0].windows == ("bus", "sign-on")


def test_a_supplier_is_told_on_which_service_two_windows_of_its_own_collide():
    result = checked(BUS, window("MW-ESB", *NIGHT, id="bus-again"))
    assert [one.services for one in to_supplier(result, own=("bus", "bus-again")).collisions] == [("MW-ESB",)]
    assert [one.services for one in to_supplier(result, own=("bus",)).collisions] == [()]


def test_a_supplier_is_told_a_note_once_and_not_about_whom():
    result = checked(window("NET-CORE-A", *NIGHT, id="core"))
    assert len([note for note in result.notes if note.kind is NoteKind.REDUCED_REDUNDANCY]) == 3
    notes = to_supplier(result, own=("core",)).notes
    assert [(note.kind, note.customer, note.service, note.peak) for note in notes] == [
        (NoteKind.NO_CUSTOMER_AFFECTED, "", "", ""),
        (NoteKind.REDUCED_REDUNDANCY, "", "", ""),
    ]


def test_what_a_supplier_is_told_stands_in_an_order_of_its_own():
    """Fourteen nights of two windows, so that no order comes about by chance."""
    nightly = repeated("FREQ=DAILY;COUNT=14")
    fortnight = peak(ZONNEKROON, "harvest", dates("2027-01-10/2027-01-24"))
    result = checked(replace(BUS, series=nightly), replace(SIGN_ON, series=nightly), peaks=(fortnight,))
    shown = to_supplier(result)
    assert [len(shown.conflicts), len(shown.collisions)] == [28, 14]
    assert list(shown.conflicts) == sorted(shown.conflicts, key=repr)
    assert list(shown.collisions) == sorted(shown.collisions, key=repr)


def test_what_only_names_differ_in_is_the_same_to_a_supplier():
    renamed = checked(BUS, SIGN_ON, peaks=(busy(ZONNEKROON, FREEZE, "a"), busy(POLDERPOORT, RESTRICTED, "z")))
    assert renamed != night()
    assert to_supplier(renamed) == to_supplier(night())


def test_which_of_two_customers_is_the_severe_one_is_the_same_to_a_supplier():
    one, other = night(FREEZE, RESTRICTED), night(RESTRICTED, FREEZE)
    assert set(to_supplier(one).conflicts) == set(to_supplier(other).conflicts)
    assert to_supplier(one) == to_supplier(other)


# --- a window's own words, and its trail

PATCHED = RegisteredWindow(
    window=BUS,
    title=Name("Berichtenbus", "Message bus"),
    business_text="The auction pauses.",
    rollback_plan="Put the old version back.",
    created_by="brug-1",
    approved_verdict=Verdict.ADVISORY,
    acknowledgement="Zonnekroon has no auction that night.",
    decision_reason="Agreed.",
)
TRAIL = (
    TrailEntry(1, "brug-1", "BRUG", "window.submitted", "bus", "please", {"ours": 1}),
    TrailEntry(2, "krp-cm-1", "KRP", "window.rechecked", "bus", "Zonnekroon is busy", {"customer": "ZONNEKROON"}),
    TrailEntry(3, "krp-cm-1", "KRP", "window.rejected", "bus", "not that night", {"to": "rejected"}),
)


def reader(kind: PartyKind, party: str) -> Actor:
    return Actor("p", "Somebody", party, kind, frozenset())


def test_a_supplier_reads_its_window_without_what_was_acknowledged():
    shown = disclose_window(PATCHED, reader(PartyKind.SUPPLIER, "BRUG"))
    assert shown == replace(PATCHED, acknowledgement="")
    assert "Zonnekroon" not in repr(shown)


def test_a_customer_reads_business_words_and_not_how_or_why_it_was_judged():
    shown = disclose_window(PATCHED, reader(PartyKind.CUSTOMER, "POLDERPOORT"))
    assert shown.business_text == "The auction pauses."
    assert (shown.acknowledgement, shown.decision_reason, shown.rollback_plan, shown.approved_verdict) == ("", "", "", None)


def test_the_integrator_reads_a_window_and_its_trail_as_they_are():
    integrator = reader(PartyKind.INTEGRATOR, "KRP")
    assert disclose_window(PATCHED, integrator) == PATCHED
    assert disclose_trail(list(TRAIL), integrator) == TRAIL


def test_a_supplier_reads_what_was_done_and_the_reasons_given_by_or_to_it():
    shown = disclose_trail(TRAIL, reader(PartyKind.SUPPLIER, "BRUG"))
    assert shown == (TRAIL[0], replace(TRAIL[1], reason="", facts={}), TRAIL[2])
    assert "ZONNEKROON" not in repr(shown).upper()


def test_a_customer_reads_no_trail_of_a_window():
    assert disclose_trail(TRAIL, reader(PartyKind.CUSTOMER, "POLDERPOORT")) == ()


PEAK = Because(Kind.PEAK, 1_800_000_000, "ZONNEKROON:harvest", "ZONNEKROON", "peak.registered")
OTHERS_WINDOW = Because(Kind.WINDOW, 1_800_000_000, "W-27-040", "KABEL", "window.approved")
NATIONAL = Because(Kind.CALENDAR, 1_800_000_000, "NL", "", "calendar.changed")


def because_for(
    because: Because, kind: PartyKind, party: str, *, own: tuple[str, ...] = (), sharing: tuple[str, ...] = ()
) -> Because:
    return disclose_because(because, Actor("p", "Somebody", party, kind, frozenset()), own, sharing)


def test_why_a_window_is_held_is_told_with_names_to_the_integrator_and_to_whom_it_belongs():
    assert because_for(PEAK, PartyKind.INTEGRATOR, "KRP") == PEAK
    assert because_for(PEAK, PartyKind.CUSTOMER, "ZONNEKROON") == PEAK
    assert because_for(OTHERS_WINDOW, PartyKind.SUPPLIER, "KABEL", own=("W-27-040",)) == OTHERS_WINDOW
    assert because_for(NATIONAL, PartyKind.CUSTOMER, "POLDERPOORT") == NATIONAL


def test_a_supplier_learns_that_a_customers_peak_or_another_window_did_it_and_not_which():
    assert because_for(PEAK, PartyKind.SUPPLIER, "BRUG") == Because(Kind.PEAK, PEAK.at)
    assert because_for(OTHERS_WINDOW, PartyKind.SUPPLIER, "BRUG") == Because(Kind.WINDOW, OTHERS_WINDOW.at)
    assert because_for(PEAK, PartyKind.SUPPLIER, "BRUG", sharing=("ZONNEKROON",)) == PEAK


def test_a_customer_does_not_learn_that_it_was_another_customers_peak():
    assert because_for(PEAK, PartyKind.CUSTOMER, "POLDERPOORT") == Because(None, PEAK.at)
    assert because_for(OTHERS_WINDOW, PartyKind.CUSTOMER, "POLDERPOORT") == Because(None, OTHERS_WINDOW.at)
