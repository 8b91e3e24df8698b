"""Who sees what (DESIGN section 4), asked of the store itself: what is not yours does not exist.

What each person should see is worked out from the story's file, not from the application.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import text

from app.demo.world import DemoWorld
from app.domain.access import SYSTEM
from app.domain.refusal import NotFound
from app.domain.spans import Span
from app.domain.walltime import midnight
from app.store import parties, peaks, windows
from app.store.database import Database
from app.store.windows import Filter
from tests.conftest import Cast

INTEGRATOR = ("krp-cm-1", "krp-duty", "krp-admin")
CUSTOMERS = ("zonnekroon-planner", "lichtlijn-planner", "duinwijk-planner")
SUPPLIERS = ("betaal-planner", "brug-planner", "stroom-planner")
EVERYONE = (*INTEGRATOR, *CUSTOMERS, *SUPPLIERS)


def party_of(person: str) -> str:
    return "KRP" if person in INTEGRATOR else person.removesuffix("-planner").upper()


@dataclass(frozen=True)
class Story:
    """The story's file, asked for what somebody should see."""

    world: DemoWorld

    def ids(self, section: str, mine: Callable[[dict[str, object]], bool] = lambda _one: True) -> set[str]:
        return {str(one["id"]) for one in self.world.section(section) if mine(one)}

    def windows(self, person: str) -> set[str]:
        party = party_of(person)
        if person in INTEGRATOR:
            return self.ids("windows")
        if person in SUPPLIERS:
            return self.ids("windows", lambda one: one["supplier"] == party)
        return self.ids("windows", lambda one: party in one["expected"]["affected_customers"] and one["state"] != "draft")

    def peaks(self, person: str) -> set[str]:
        if person in SUPPLIERS:
            return set()
        return self.ids("peaks", lambda one: person in INTEGRATOR or one["customer"] == party_of(person))

    def services(self, person: str) -> set[str]:
        party = party_of(person)
        if person in CUSTOMERS:
            return next(set(one["uses"]) for one in self.world.section("customers") if one["id"] == party)
        return self.ids("services", lambda one: person in INTEGRATOR or one["supplier"] == party)

    def parties(self, person: str) -> set[str]:
        if person in INTEGRATOR:
            return {"KRP"} | self.ids("suppliers") | self.ids("customers")
        return {"KRP", party_of(person)} | (self.ids("suppliers") if person in CUSTOMERS else set())


@pytest.fixture(scope="module")
def story(world: DemoWorld) -> Story:
    return Story(world)


def month(year: int, number: int) -> Span:
    start = midnight(date(year, number, 1), "UTC")
    return Span(start, start + 30 * 24 * 3600)


def is_found(look: Callable[[], object]) -> bool:
    try:
        look()
    except NotFound:
        return False
    return True


def test_everyone_sees_the_windows_that_are_theirs_to_see_and_no_other(story: Story, cast: Cast) -> None:
    for person in EVERYONE:
        expected = story.windows(person)
        assert 2 < len(expected) < (70 if person in INTEGRATOR else 40)
        with cast(person).reading() as work:
            assert {one.id for one in windows.visible_windows(work, Filter())} == expected, person
            assert set(windows.titles_of(work, story.ids("windows"))) == expected, person
            found = {one for one in story.ids("windows") if is_found(lambda one=one: windows.load(work, one))}
            assert found == expected, person


def test_everyone_sees_the_peaks_that_are_theirs_to_see_and_no_other(story: Story, cast: Cast) -> None:
    for person in EVERYONE:
        expected = story.peaks(person)
        with cast(person).reading() as work:
            assert {one.peak.id for one in peaks.visible_peaks(work)} == expected, person
            found = {one for one in story.ids("peaks") if is_found(lambda one=one: peaks.load(work, one))}
            assert found == expected, person
    assert [len(story.peaks(person)) for person in EVERYONE] == [42, 42, 42, 8, 7, 5, 0, 0, 0]


def test_a_customer_who_asks_for_anothers_peaks_gets_none(cast: Cast) -> None:
    with cast("krp-cm-1").reading() as work:
        assert len(peaks.visible_peaks(work, "LICHTLIJN")) == 7
    for person in ("zonnekroon-planner", "brug-planner"):
        with cast(person).reading() as work:
            assert peaks.visible_peaks(work, "LICHTLIJN") == []


def test_busy_times_are_shown_to_whoever_sees_the_peak(story: Story, cast: Cast) -> None:
    """A month in which every customer is busy."""
    with cast("krp-cm-1").reading() as work:
        december = windows.load(work, "W-26-022").window
        assert december.start.month == 12
    for person in EVERYONE:
        with cast(person).reading() as work:
            shown = peaks.visible_occurrences(work, month(2026, 12))
            assert {peak.customer for peak, _ in shown} == {
                "integrator": story.ids("customers") - {"DUINWIJK"},
                "customer": {party_of(person)} - {"DUINWIJK"},
                "supplier": set(),
            }[work.actor.kind], person


def test_everyone_reads_the_parties_and_services_that_are_theirs_to_know(story: Story, cast: Cast) -> None:
    for person in EVERYONE:
        with cast(person).reading() as work:
            assert set(parties.visible_parties(work)) == story.parties(person), person
            assert set(parties.visible_services(work)) == story.services(person), person
            suppliers = parties.suppliers_of(work, story.ids("services"))
            assert set(suppliers) == story.services(person), person


def test_what_a_customer_uses_is_told_to_itself_and_the_integrator_only(story: Story, cast: Cast) -> None:
    for person in EVERYONE:
        with cast(person).reading() as work:
            found = {one for one in story.ids("customers") if is_found(lambda one=one: parties.uses_of(work, one))}
        expected = {"integrator": story.ids("customers"), "customer": {party_of(person)}, "supplier": set()}
        assert found == expected[work.actor.kind], person


def test_a_draft_is_hidden_from_the_customer_it_reaches_until_it_is_handed_in(cast: Cast) -> None:
    with cast("krp-cm-1").writing() as work:
        draft = windows.load(work, "W-27-013")
        assert draft.state == "draft"
        assert "ZONNEKROON" in windows.reached_by(work, [draft.id])[draft.id]
    with cast("brug-planner").reading() as work:
        assert windows.load(work, draft.id) == draft
    with cast("zonnekroon-planner").reading() as work:
        assert not is_found(lambda: windows.load(work, draft.id))
    with cast("krp-cm-1").writing() as work:
        work.connection.execute(text("UPDATE maintenance_window SET state = 'under_review' WHERE id = 'W-27-013'"))
    with cast("zonnekroon-planner").reading() as work:
        assert windows.load(work, draft.id).state == "under_review"


def test_a_window_that_is_not_yours_is_as_good_as_none(cast: Cast) -> None:
    with cast("krp-cm-1").reading() as work:
        assert windows.load(work, "W-26-013").window.supplier == "BETAAL"
    for person in ("brug-planner", "duinwijk-planner"):
        answers = []
        for asked in ("W-26-013", "W-99-999"):
            with cast(person).reading() as work, pytest.raises(NotFound) as caught:
                windows.load(work, asked)
            answers.append((caught.value.code, dict(caught.value.problems[0].facts)))
        assert answers[0] == answers[1] == ("not_found", {"kind": "window"})


def test_an_id_that_no_database_can_hold_is_as_good_as_unknown(cast: Cast) -> None:
    """PostgreSQL knows no NUL in a text, and an address can hold one: /windows/W-26-013%00."""
    with cast("krp-cm-1").reading() as work:
        assert is_found(lambda: windows.load(work, "W-26-013"))
        assert not is_found(lambda: windows.load(work, "W-26-013\x00"))
    with cast("krp-cm-1").reading() as work:
        assert not is_found(lambda: peaks.load(work, "ZONNEKROON:flower-valentine\x00"))
    with cast("krp-cm-1").reading() as work:
        assert is_found(lambda: windows.visible_windows(work, Filter(text="\x00", service="\x00")))


def test_a_filter_tells_nobody_whom_else_a_window_reaches(story: Story, cast: Cast) -> None:
    """Asking for a customer's windows must not answer a question that the page of a window does not answer."""
    with cast("krp-cm-1").reading() as work:
        assert 0 < len(windows.visible_windows(work, Filter(customer="LICHTLIJN"))) < 69
        reached = windows.reached_by(work, sorted(story.windows("brug-planner")))
        assert len({"LICHTLIJN" in customers for customers in reached.values()}) == 2
    for person in ("brug-planner", "zonnekroon-planner"):
        with cast(person).reading() as work:
            every = [one.id for one in windows.visible_windows(work, Filter())]
            narrowed = [one.id for one in windows.visible_windows(work, Filter(customer="LICHTLIJN"))]
        assert narrowed in ([], every), f"{person} learns which of the windows reach LICHTLIJN"


def test_a_supplier_reads_the_name_of_a_customer_that_shares_it(database: Database, cast: Cast) -> None:
    with cast("brug-planner").reading() as work:
        assert "WINKELWOLK" not in parties.visible_parties(work)
    share(database, "WINKELWOLK")
    with cast("brug-planner").reading() as work:
        assert set(parties.visible_parties(work)) == {"KRP", "BRUG", "WINKELWOLK"}
        assert peaks.visible_peaks(work) == []
    with cast("lichtlijn-planner").reading() as work:
        assert "WINKELWOLK" not in parties.visible_parties(work), "sharing with suppliers is not sharing with customers"


def test_a_series_is_listed_where_any_of_it_falls(cast: Cast) -> None:
    with cast("wolk-planner").reading() as work:
        found = {one.id for one in windows.visible_windows(work, Filter(meets=month(2027, 4)))}
    assert found == {"W-27-001", "W-27-026"}


def share(database: Database, customer: str) -> None:
    with database.writing(SYSTEM, 0) as work:
        work.connection.execute(text("UPDATE party SET shares_names = true WHERE id = :customer"), {"customer": customer})
