"""What a check tells its reader (DESIGN section 4): the integrator all, a customer its own, a supplier that and when, not who."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from app.demo.world import DemoWorld
from app.domain.access import SYSTEM, Actor, PartyKind, Role
from app.domain.anchors import Anchor, Dates
from app.domain.conflicts import check
from app.domain.disclosure import disclose
from app.domain.lifecycle import State
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.worlds import read_case
from app.domain.peaks import DailyHours, Peak, Severity
from app.domain.proposals import Proposal
from app.domain.refusal import Refusal
from app.domain.register import Name, Party, Service
from app.domain.result import CheckResult
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.domain.windows import ChangeType, Impact
from app.queries.checks import CheckView, preview_check, view_check
from app.queries.timeline import timeline
from app.queries.window_pages import window_list, window_page
from app.store import windows
from app.store.database import Database, open_database
from app.store.migrations import upgrade
from app.store.people import Person
from app.store.windows import Filter
from app.usecases import chain, parties, peaks
from app.usecases.peaks import PeakDraft
from tests.conftest import Cast
from tests.usecases.story import EVENING_TV, approved, proposed

CASES = Path(__file__).parents[1] / "cases" / "conflicts.json"
YEAR = Span(1_790_000_000, 1_830_000_000)


def words(value: object) -> Iterator[str]:
    """Every text anywhere in a value, names of its fields aside."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from words(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from words(key)
            yield from words(one)
    elif isinstance(value, Collection):
        for one in value:
            yield from words(one)


def spoken_of(value: object, names: Iterable[str]) -> set[str]:
    said = "\n".join(words(value))
    return {name for name in names if name in said}


class Story:
    """The story's file: how customers, peaks and windows are called."""

    def __init__(self, world: DemoWorld) -> None:
        self.windows = {str(one["id"]): one for one in world.section("windows")}
        self.suppliers = {str(one["id"]): str(one["name"]) for one in world.section("suppliers")}
        self.customers = {str(one["id"]): {str(one["id"]), str(one["name"])} for one in world.section("customers")}
        self.peaks = {
            key: {
                str(one[name]) for one in world.section("peaks") if one["customer"] == key for name in ("id", "name_nl", "name_en")
            }
            for key in self.customers
        }

    @property
    def customer_names(self) -> set[str]:
        return set.union(*self.customers.values())

    @property
    def peak_names(self) -> set[str]:
        return set.union(*self.peaks.values())

    def of_supplier(self, supplier: str) -> list[str]:
        return [key for key, one in self.windows.items() if one["supplier"] == supplier]


@pytest.fixture(scope="module")
def story(world: DemoWorld) -> Story:
    return Story(world)


@pytest.fixture
def demo_cast(demo_database: Database, story_now: Instant) -> Cast:
    return Cast(demo_database, story_now)


def views(cast: Cast, person: str, window_ids: Iterable[str]) -> dict[str, CheckView]:
    with cast(person).reading() as work:
        return {key: view_check(work, windows.load(work, key).window) for key in window_ids}


# --- the supplier


def test_a_supplier_is_told_that_and_when_and_never_who_or_why(story: Story, demo_cast: Cast) -> None:
    known: dict[str, CheckView] = views(demo_cast, "krp-cm-1", story.windows)
    assert spoken_of(list(known.values()), story.customer_names) == story.customer_names
    assert len(spoken_of(list(known.values()), story.peak_names)) > 60
    met = 0
    for supplier in story.suppliers:
        for key, view in views(demo_cast, f"{supplier.lower()}-planner", story.of_supplier(supplier)).items():
            assert spoken_of(view, story.customer_names | story.peak_names) == set(), key
            assert view.shown.verdict is known[key].shown.verdict
            assert {one.busy_until for one in view.shown.conflicts} == {one.busy_until for one in known[key].shown.conflicts}
            assert {one.severity for one in view.shown.conflicts} == {one.severity for one in known[key].shown.conflicts}
            met += len(view.shown.conflicts)
    assert met > 20


def test_a_supplier_is_told_of_a_collision_that_there_is_one_and_when_not_with_whose_window(story: Story, demo_cast: Cast) -> None:
    """W-26-018 and KabelKompas' W-26-017 take down both content networks."""
    full = views(demo_cast, "krp-cm-1", ["W-26-018"])["W-26-018"]
    seen = views(demo_cast, "stroom-planner", ["W-26-018"])["W-26-018"]
    assert [one.windows for one in full.shown.collisions] == [("W-26-017", "W-26-018")]
    assert [(one.windows, one.services, one.customers) for one in seen.shown.collisions] == [(("W-26-018",), (), ())]
    assert [one.span for one in seen.shown.collisions] == [one.span for one in full.shown.collisions]
    title = str(story.windows["W-26-017"]["title_en"])
    assert spoken_of(full, {"W-26-017", title}) == {"W-26-017", title}
    assert spoken_of(seen, {"W-26-017", title, "NET-CORE-B", "KABEL", "LICHTLIJN"}) == set()


def test_a_supplier_is_told_which_of_its_own_windows_collide(demo_cast: Cast) -> None:
    view = views(demo_cast, "betaal-planner", ["W-26-014"])["W-26-014"]
    assert [one.windows for one in view.shown.collisions] == [("W-26-013", "W-26-014")]
    assert view.names.window("W-26-013", "en") == "Payment gateway A patch"


def test_a_suppliers_page_of_its_window_names_no_customer(story: Story, demo_cast: Cast) -> None:
    """Trail and reasons included: what was written for the integrator is not read by the supplier."""
    with demo_cast("krp-cm-1").reading() as work:
        assert spoken_of(window_page(work, "W-26-010"), story.customer_names) >= {"Winkelwolk"}
    told = {}
    for supplier in story.suppliers:
        with demo_cast(f"{supplier.lower()}-planner").reading() as work:
            for key in story.of_supplier(supplier):
                told[key] = spoken_of(window_page(work, key), story.customer_names)
    assert {key: names for key, names in told.items() if names} == {}


def test_a_supplier_does_not_read_what_the_integrator_acknowledged(demo_cast: Cast) -> None:
    """Why an advisory is fine is said among those who know whose peak it is."""
    why = "Seen: Lichtlijn has told us that nobody watches that night."
    window = proposed(demo_cast("stroom-planner"), EVENING_TV)
    approved(demo_cast("krp-cm-1"), window.id, why)
    for person, expected in (("krp-cm-2", {why}), ("stroom-planner", set()), ("lichtlijn-planner", set())):
        with demo_cast(person).reading() as work:
            assert spoken_of(window_page(work, window.id), {why}) == expected, person


def test_a_supplier_reads_the_names_of_a_customer_that_shares_them_and_of_no_other(
    story: Story, demo_cast: Cast, demo_database: Database
) -> None:
    """W-26-010 lies in the Black Friday freeze of Winkelwolk."""
    with demo_database.writing(SYSTEM, 0) as work:
        work.connection.execute(text("UPDATE party SET shares_names = true WHERE id = 'WINKELWOLK'"))
    for supplier in story.suppliers:
        seen = views(demo_cast, f"{supplier.lower()}-planner", story.of_supplier(supplier))
        assert spoken_of(seen, story.customer_names) <= story.customers["WINKELWOLK"]
        assert spoken_of(seen, story.peak_names) <= story.peaks["WINKELWOLK"]
    view = views(demo_cast, "brug-planner", ["W-26-010"])["W-26-010"]
    assert "WINKELWOLK:retail-black-friday" in {one.peak for one in view.shown.conflicts}
    assert view.names.peak("WINKELWOLK:retail-black-friday", "nl") in story.peaks["WINKELWOLK"]
    assert view.shown.customers == ("WINKELWOLK",)


def test_a_supplier_who_checks_a_service_of_another_learns_nothing(demo_cast: Cast) -> None:
    said = []
    for service in ("MW-ESB", "NO-SUCH"):
        with demo_cast("betaal-planner").reading() as work, pytest.raises(Refusal) as caught:
            preview_check(work, proposal(service))
        said.append((caught.value.code, {**caught.value.problems[0].facts, "service": ""}))
    assert said[0] == said[1]
    assert said[0][0] == "unknown_service"
    for window_id in ("W-26-017", "W-99-001"):
        with demo_cast("betaal-planner").reading() as work, pytest.raises(Refusal) as caught:
            preview_check(work, proposal("PAY-GW-A"), window_id)
        assert caught.value.code == "not_found"


# --- the customer


def test_a_customer_is_told_of_its_own_conflicts_and_of_nobody_elses(story: Story, demo_cast: Cast) -> None:
    known = views(demo_cast, "krp-cm-1", story.windows)
    own = 0
    for customer in story.customers:
        theirs = {key for key, one in story.windows.items() if customer in one["expected"]["affected_customers"]}
        mine = {key for key in theirs if story.windows[key]["state"] != "draft"}
        named = set.union(*(story.customers[key] | story.peaks[key] for key in story.customers if key != customer))
        others = named - spoken_of(story.peaks[customer], named)  # two of them celebrate King's Day by one name
        for key, view in views(demo_cast, f"{customer.lower()}-planner", mine).items():
            assert spoken_of(view, others) == set(), (customer, key)
            expected = tuple(one for one in known[key].shown.conflicts if one.customer == customer)
            assert view.shown.conflicts == expected
            assert (view.shown.customers, view.shown.customers_reached, view.cover) == ((customer,), None, None)
            own += len(expected)
    assert own > 20


def test_a_customer_is_told_the_verdict_for_itself_alone(demo_cast: Cast) -> None:
    """W-26-010 is blocked for Winkelwolk; the bank, which it reaches too, has nothing against it."""
    key = "W-26-010"
    told = {
        name: views(demo_cast, name, [key])[key].shown.verdict
        for name in ("krp-cm-1", "winkelwolk-planner", "noorderhaven-planner")
    }
    assert told == {
        "krp-cm-1": Verdict.BLOCKED,
        "winkelwolk-planner": Verdict.BLOCKED,
        "noorderhaven-planner": Verdict.CLEAR,
    }


def test_a_customer_is_told_the_effect_of_a_collision_and_not_whose_windows_they_are(story: Story, demo_cast: Cast) -> None:
    view = views(demo_cast, "lichtlijn-planner", ["W-26-018"])["W-26-018"]
    assert [(one.windows, one.services, one.customers) for one in view.shown.collisions] == [((), (), ("LICHTLIJN",))]
    assert spoken_of(view, {"W-26-017", str(story.windows["W-26-017"]["title_nl"])}) == set()
    assert view.shown.verdict is Verdict.NEEDS_WAIVER


def test_a_customer_is_told_no_verdict_that_others_peaks_have_made(demo_cast: Cast) -> None:
    """In a list and on the time line: a red bar would say that somebody else has a freeze."""
    with demo_cast("krp-cm-1").reading() as work:
        assert window_list(work, Filter()).verdicts["W-26-010"] is Verdict.BLOCKED
    with demo_cast("noorderhaven-planner").reading() as work:
        assert window_list(work, Filter()).verdicts == {}
        shown = [bar.registered for row in timeline(work, YEAR).bars.values() for bar in row]
    assert "W-26-010" in {registered.id for registered in shown}
    assert {registered.approved_verdict for registered in shown} == {None}


def test_a_customer_reads_no_trail_and_no_reasons_of_others(story: Story, demo_cast: Cast) -> None:
    """Why W-26-010 was turned down speaks of Winkelwolk by name."""
    with demo_cast("krp-cm-1").reading() as work:
        page = window_page(work, "W-26-010")
        assert page.trail
        assert spoken_of(page, {"Winkelwolk"})
    with demo_cast("noorderhaven-planner").reading() as work:
        page = window_page(work, "W-26-010")
    assert page.trail == ()
    assert spoken_of(page, story.customers["WINKELWOLK"]) == set()


def test_the_time_line_shows_busy_stretches_to_whoever_may_see_the_peak(demo_cast: Cast, story: Story) -> None:
    for person, customers in (
        ("krp-cm-1", set(story.customers)),
        ("lichtlijn-planner", {"LICHTLIJN"}),
        ("stroom-planner", set()),
    ):
        with demo_cast(person).reading() as work:
            found = timeline(work, YEAR)
        assert set(found.bands) == customers
        assert {bar.registered.window.supplier for row in found.bars.values() for bar in row} >= {"STROOM"}


# --- two worlds that a reader may not tell apart

SUPPLIER = Actor("planner", "Planner", "SUP", PartyKind.SUPPLIER, frozenset({Role.PLANNER}))


def results() -> Iterator[tuple[str, dict[str, object]]]:
    for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]:
        if "error" not in case["expected"]:
            yield case["id"], {"world": case["world"], "proposed": case["proposed"]}


def result_of(case: Mapping[str, object]) -> CheckResult:
    world, proposed = read_case(case)
    return check(proposed, world.situation(proposed, NATIONAL_CALENDARS))


def disguised(case: dict[str, object]) -> dict[str, object]:
    """The same world with other names for customers and peaks, in the opposite order of the alphabet."""
    world = case["world"]
    hidden = [str(one["id"]) for part in ("customers", "peaks") for one in world.get(part, [])]
    ordered = sorted(hidden)
    names = {name: f"hidden-{len(ordered) - number:04d}" for number, name in enumerate(ordered)}

    def renamed(value: object, field: str = "") -> object:
        if isinstance(value, dict):
            return {key: renamed(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [renamed(one, field) for one in value]
        return names.get(value, value) if field in {"id", "customer", "rule"} and isinstance(value, str) else value

    kept = {part: world[part] for part in ("services", "dependencies", "committed_windows") if part in world}
    hidden_parts = {part: renamed(world[part]) for part in ("customers", "peaks", "waivers") if part in world}
    return {"world": {**world, **kept, **hidden_parts}, "proposed": case["proposed"]}


def test_a_supplier_cannot_tell_how_customers_and_peaks_are_called_nor_by_the_order_of_what_it_is_told() -> None:
    """Every worked case, once more with other names in another order of the alphabet."""
    differing, told = [], 0
    for name, case in results():
        real, other = result_of(case), result_of(disguised(case))
        assert sorted(real.window_verdicts.items()) == sorted(other.window_verdicts.items()), "the disguise changed more than names"
        own = set(real.window_verdicts)
        shown = [repr(disclose(result, SUPPLIER, own, set())) for result in (real, other)]
        told += len(real.conflicts)
        if shown[0] != shown[1]:
            differing.append(name)
    assert told > 100
    assert differing == []


def proposal(service: str) -> Proposal:
    start, end = datetime(2027, 1, 12, 2), datetime(2027, 1, 12, 4)  # noqa: DTZ001 - a wall clock
    return Proposal(frozenset({service}), "Patch", ChangeType.NORMAL, Impact.OUTAGE, "Europe/Amsterdam", start, end, 0, "Back.", "")


def peak(name: str, severity: Severity, start: int, end: int) -> PeakDraft:
    """Busy on 12 January 2027 between these hours."""
    hours = DailyHours(start * 60, end * 60)
    rule = Dates((Anchor(datetime(2027, 1, 12).date()),))  # noqa: DTZ001 - a day
    return PeakDraft(
        Peak("", "", severity, "Europe/Amsterdam", rule, daily=hours), Name(f"{name} (nl)", name), f"Because of {name}."
    )


FREEZE, RESTRICTED = ("freeze", Severity.FREEZE, 1, 3), ("restricted", Severity.RESTRICTED, 1, 5)
WORLDS = {
    "names": [{"ALFA": [("Launch", *FREEZE[1:])], "ZULU": []}, {"ALFA": [("Audit", *FREEZE[1:])], "ZULU": []}],
    "who": [{"ALFA": [FREEZE], "ZULU": []}, {"ALFA": [], "ZULU": [FREEZE]}],
    "who, of two": [{"ALFA": [FREEZE], "ZULU": [RESTRICTED]}, {"ALFA": [RESTRICTED], "ZULU": [FREEZE]}],
    "who, at one time": [
        {"ALFA": [("a", Severity.FREEZE, 1, 5)], "ZULU": [("z", Severity.RESTRICTED, 1, 6)]},
        {"ALFA": [("a", Severity.RESTRICTED, 1, 6)], "ZULU": [("z", Severity.FREEZE, 1, 5)]},
    ],
    "how many": [{"ALFA": [FREEZE], "ZULU": []}, {"ALFA": [FREEZE], "ZULU": [("another", *FREEZE[1:])]}],
    "since when": [{"ALFA": [FREEZE], "ZULU": []}, {"ALFA": [("freeze", Severity.FREEZE, 0, 3)], "ZULU": []}],
}


def small_world(file: Path, now: Instant, known: Mapping[str, list[tuple[str, Severity, int, int]]]) -> CheckView:
    """Two customers on one service, with these peaks; what the supplier is told of a window in January."""
    database = opened(file)
    planner = replace(SUPPLIER, id="planner-SUP")
    with database.writing(SYSTEM, now) as work:
        for key, kind in (("SUP", PartyKind.SUPPLIER), ("ALFA", PartyKind.CUSTOMER), ("ZULU", PartyKind.CUSTOMER)):
            parties.add_party(work, Party(key, kind, key.title()))
            person = Person(f"planner-{key}", key, Name(key, key), frozenset({Role.PLANNER}), "en", "Europe/Amsterdam")
            parties.add_person(work, person)
        chain.add_service(work, Service("CORE", "SUP", Name("Kern", "Core")))
        for key in ("ALFA", "ZULU"):
            chain.add_use(work, key, "CORE")
    for key, busy in known.items():
        actor = Actor(f"planner-{key}", key, key, PartyKind.CUSTOMER, frozenset({Role.PLANNER}))
        for one in busy:
            with database.writing(actor, now) as work:
                peaks.register_peak(work, peak(*one))
    with database.reading(planner, now) as work:
        view = preview_check(work, proposal("CORE"))
    database.engine.dispose()
    return view


def opened(file: Path) -> Database:
    database = open_database(f"sqlite:///{file}")
    upgrade(database)
    return database


@pytest.fixture(params=WORLDS)
def twins(request: pytest.FixtureRequest, tmp_path: Path, story_now: Instant) -> list[CheckView]:
    return [small_world(tmp_path / f"{number}.db", story_now, known) for number, known in enumerate(WORLDS[request.param])]


def test_a_supplier_is_told_the_same_in_two_worlds_that_differ_in_what_it_may_not_know(twins: list[CheckView]) -> None:
    assert twins[0].shown.conflicts, "there is something to tell"
    assert repr(replace(twins[0], fingerprint="")) == repr(replace(twins[1], fingerprint=""))


def test_a_supplier_is_given_no_fingerprint_of_what_it_may_not_know(twins: list[CheckView]) -> None:
    """It stands in the forms of its page: whoever can guess a customer's peak could check the guess, and see every change."""
    assert twins[0].fingerprint == twins[1].fingerprint


def test_a_draft_tells_a_supplier_as_little_as_a_window_under_review(story: Story, demo_cast: Cast) -> None:
    drafts = [key for key, one in story.windows.items() if one["state"] == State.DRAFT]
    assert len(drafts) > 3
    for key in drafts:
        supplier = str(story.windows[key]["supplier"])
        view = views(demo_cast, f"{supplier.lower()}-planner", [key])[key]
        assert view.shown.conflicts
        assert spoken_of(view, story.customer_names | story.peak_names) == set()
