"""A customer registers a peak, changes it, or takes it away."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.anchors import Anchor, Dates, Fixed
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.occurrences import occurrences_meeting
from app.domain.peaks import DailyHours, Lead, Severity
from app.domain.register import Name, RegisteredPeak
from app.domain.verdict import Verdict
from app.queries.checks import preview_check
from app.store import peaks as stored
from app.store import waivers
from app.store.occurrences import horizon
from app.usecases import peaks
from tests.conftest import Cast, Person

from .story import BANK_APP, EVENING_CERTIFICATES, busy_on, consent, draft, on_sqlite, proposed, refused, tell, trail_of


def registered(person: Person, what: peaks.PeakDraft) -> RegisteredPeak:
    with person.writing() as work:
        return peaks.register_peak(work, what)


def kept(person: Person, peak_id: str) -> RegisteredPeak:
    with person.reading() as work:
        return stored.load(work, peak_id)


def verdict_of_the_bank_app(cast: Cast) -> Verdict:
    """A Tuesday night on which nothing else is in the way."""
    with cast("krp-cm-1").reading() as work:
        return preview_check(work, BANK_APP).shown.verdict


def days_kept(person: Person, peak_id: str) -> list[str]:
    with person.reading() as work:
        found = tell(work, "SELECT anchor FROM occurrence WHERE peak_id = :key ORDER BY start_at", key=peak_id)
    return [str(one[0]) for one in found]


def test_a_peak_is_registered_for_the_planners_own_organisation(cast: Cast) -> None:
    customer = cast("noorderhaven-planner")
    assert verdict_of_the_bank_app(cast) == "clear"
    new = registered(customer, busy_on("2027-01-12", "2028-01-12", services=frozenset({"BANK-APP"})))
    assert (new.peak.id, new.peak.customer, new.version) == ("NOORDERHAVEN:launch-of-the-new-app", "NOORDERHAVEN", 1)
    assert kept(customer, new.peak.id) == new
    assert days_kept(customer, new.peak.id) == ["2027-01-12", "2028-01-12"]
    assert [(one.action, one.person) for one in trail_of(customer, "peak", new.peak.id)] == [
        ("peak.registered", "noorderhaven-planner")
    ]
    assert verdict_of_the_bank_app(cast) == "blocked"


@on_sqlite
def test_whose_peak_it_is_the_actor_decides_not_the_form(cast: Cast) -> None:
    forged = busy_on("2027-01-12")
    forged = replace(forged, peak=replace(forged.peak, customer="ZONNEKROON", id="ZONNEKROON:flower-valentine"))
    assert registered(cast("noorderhaven-planner"), forged).peak.customer == "NOORDERHAVEN"
    assert kept(cast("zonnekroon-planner"), "ZONNEKROON:flower-valentine").version == 1


@on_sqlite
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Mother's Day", "mothers-day"),
        ("Día de los Muertos", "dia-de-los-muertos"),
        ("  Ten % off!! ", "ten-off"),
        ("花", "peak"),
        ("", "peak"),
        ("a" * 200, "a" * 40),
    ],
)
def test_an_id_is_made_from_the_english_name(cast: Cast, name: str, key: str) -> None:
    what = replace(busy_on("2027-01-12"), name=Name("Nederlands", name))
    assert registered(cast("noorderhaven-planner"), what).peak.id == f"NOORDERHAVEN:{key}"


def test_an_id_is_never_used_again(cast: Cast) -> None:
    """A waiver or a trail entry of an old peak must not come to speak of a new one."""
    customer = cast("noorderhaven-planner")
    first = registered(customer, busy_on("2027-01-12"))
    assert registered(customer, busy_on("2027-01-12")).peak.id == "NOORDERHAVEN:launch-of-the-new-app-2"
    with customer.writing() as work:
        peaks.remove_peak(work, first.peak.id, "Put off.", 1)
    assert registered(customer, busy_on("2027-01-12")).peak.id == "NOORDERHAVEN:launch-of-the-new-app-3"


def test_a_changed_peak_counts_from_now_on_and_its_old_dates_are_gone(cast: Cast) -> None:
    customer = cast("noorderhaven-planner")
    new = registered(customer, busy_on("2027-01-12"))
    with customer.writing() as work:
        peaks.change_peak(work, new.peak.id, busy_on("2027-01-13", severity=Severity.RESTRICTED), 1)
    changed = kept(customer, new.peak.id)
    assert (changed.version, changed.peak.severity) == (2, Severity.RESTRICTED)
    assert days_kept(customer, new.peak.id) == ["2027-01-13"]
    assert verdict_of_the_bank_app(cast) == "clear"
    last = trail_of(customer, "peak", new.peak.id)[-1]
    assert (last.action, last.facts) == ("peak.changed", {"version": 2})


def test_a_removed_peak_is_gone_for_everyone_and_its_record_stays(cast: Cast) -> None:
    customer = cast("noorderhaven-planner")
    new = registered(customer, busy_on("2027-01-12"))
    for nothing in ("", "  \n"):
        with refused("reason_required", "reason"), customer.writing() as work:
            peaks.remove_peak(work, new.peak.id, nothing, 1)
    assert verdict_of_the_bank_app(cast) == "blocked"
    with customer.writing() as work:
        peaks.remove_peak(work, new.peak.id, " Put off. ", 1)
    assert verdict_of_the_bank_app(cast) == "clear"
    assert days_kept(customer, new.peak.id) == []
    for person in (customer, cast("krp-cm-1")):
        with refused("not_found"):
            kept(person, new.peak.id)
        with person.reading() as work:
            assert new.peak.id not in {one.peak.id for one in stored.visible_peaks(work)}
    last = trail_of(customer, "peak", new.peak.id)[-1]
    assert (last.action, last.reason) == ("peak.removed", "Put off.")
    for verb in (
        lambda work: peaks.remove_peak(work, new.peak.id, "again", 2),
        lambda work: peaks.change_peak(work, new.peak.id, busy_on("2027-01-12"), 2),
    ):
        with refused("not_found"), customer.writing() as work:
            verb(work)


@on_sqlite
def test_of_two_who_change_the_same_version_the_second_is_told(cast: Cast) -> None:
    customer = cast("noorderhaven-planner")
    new = registered(customer, busy_on("2027-01-12"))
    with customer.writing() as work:
        peaks.change_peak(work, new.peak.id, busy_on("2027-01-13"), 1)
    for verb in (
        lambda work: peaks.change_peak(work, new.peak.id, busy_on("2027-01-14"), 1),
        lambda work: peaks.remove_peak(work, new.peak.id, "too late", 1),
        lambda work: peaks.change_peak(work, new.peak.id, busy_on("2027-01-14"), 3),
    ):
        with refused("changed_meanwhile"), customer.writing() as work:
            verb(work)
    assert days_kept(customer, new.peak.id) == ["2027-01-13"]


@on_sqlite
def test_another_customers_peak_does_not_exist(cast: Cast) -> None:
    theirs = "ZONNEKROON:flower-valentine"
    assert kept(cast("zonnekroon-planner"), theirs).version == 1
    for verb in (
        lambda work: peaks.change_peak(work, theirs, busy_on("2027-01-12"), 1),
        lambda work: peaks.remove_peak(work, theirs, "mine now", 1),
    ):
        with refused("not_found"), cast("noorderhaven-planner").writing() as work:
            verb(work)


@on_sqlite
@pytest.mark.parametrize("person", ["krp-cm-1", "krp-admin", "betaal-planner"])
def test_only_a_customers_planner_keeps_peaks(cast: Cast, person: str) -> None:
    for verb in (
        lambda work: peaks.register_peak(work, busy_on("2027-01-12")),
        lambda work: peaks.change_peak(work, "ZONNEKROON:flower-valentine", busy_on("2027-01-12"), 1),
        lambda work: peaks.remove_peak(work, "ZONNEKROON:flower-valentine", "no more flowers", 1),
    ):
        with refused("not_allowed"), cast(person).writing() as work:
            verb(work)


@on_sqlite
@pytest.mark.parametrize(
    ("code", "field", "what"),
    [
        ("scope_not_used", "services", busy_on("2027-01-12", services=frozenset({"BANK-APP", "MUN-DESK"}))),
        ("scope_not_used", "services", busy_on("2027-01-12", services=frozenset({"NO-SUCH"}))),
        ("never_happens", "rule", busy_on("2019-01-12")),
        ("never_happens", "rule", busy_on("2040-01-12")),
        ("never_happens", "rule", busy_on("2027-01-12", valid_until=date(2027, 1, 11))),
        ("busy_too_long", "rule", draft(Fixed(2, 14), "Always", lead=Lead(before=366, after=366))),
        ("unknown_timezone", "tz", busy_on("2027-01-12", zone="Mars/Olympus")),
        ("unknown_calendar", None, busy_on("2027-01-12", lead=Lead(before=2, calendar="MOON"))),
    ],
)
def test_a_peak_that_makes_no_sense_is_refused_at_its_field(cast: Cast, code: str, field: str | None, what: object) -> None:
    customer = cast("noorderhaven-planner")
    with refused(code, field):
        registered(customer, what)
    new = registered(customer, busy_on("2027-01-12"))
    with refused(code, field), customer.writing() as work:
        peaks.change_peak(work, new.peak.id, what, 1)


@on_sqlite
def test_the_longest_busy_period_is_allowed(cast: Cast) -> None:
    """400 days: 366 before, the day itself and 33 after; one more is refused."""
    customer = cast("noorderhaven-planner")
    registered(customer, draft(Fixed(2, 14), "Long", lead=Lead(before=366, after=33)))
    with refused("busy_too_long", "rule") as problems:
        registered(customer, draft(Fixed(2, 14), "Longer", lead=Lead(before=366, after=34)))
    assert problems[0].facts == {"most": 400, "days": 401}


@on_sqlite
def test_a_peak_that_is_switched_off_is_kept_without_dates(cast: Cast) -> None:
    """It may even never happen: nobody is in its way."""
    customer = cast("noorderhaven-planner")
    off = registered(customer, busy_on("2019-01-12", enabled=False))
    assert days_kept(customer, off.peak.id) == []


def test_occurrences_are_kept_for_a_year_back_and_three_ahead(cast: Cast) -> None:
    customer = cast("noorderhaven-planner")
    days = tuple(Anchor(date(year, 6, 1)) for year in range(2020, 2036))
    hours = DailyHours(22 * 60, 2 * 60)
    new = registered(customer, draft(Dates(days), "First of June", daily=hours, lead=Lead(after=1)))
    expected = occurrences_meeting(new.peak, horizon(customer.now), NATIONAL_CALENDARS)
    assert [one.anchor.year for one in expected] == [2026, 2027, 2028, 2029]
    with customer.reading() as work:
        found = tell(work, "SELECT start_at, end_at FROM occurrence WHERE peak_id = :key ORDER BY start_at", key=new.peak.id)
    assert found == [(part.start, part.end) for one in expected for part in one.segments]
    assert len(found) == 8


def test_a_waiver_lapses_when_its_peak_is_changed(cast: Cast) -> None:
    """DESIGN section 3: what was consented to was another peak. Here the evening wave comes to last until one o'clock."""
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    wave, anchor = "POLDERPOORT:animal-evening-wave", EVENING_CERTIFICATES.start.date()
    with cast("krp-admin").writing() as work:
        consent(work, window.id, "POLDERPOORT", wave, anchor)
        assert len(waivers.granted(work, [window.id])) == 1
    customer = cast("polderpoort-planner")
    known = kept(customer, wave)
    longer = replace(known.peak, daily=DailyHours(17 * 60, 1 * 60))
    with customer.writing() as work:
        peaks.change_peak(work, wave, peaks.PeakDraft(longer, known.name, known.consequence), known.version)
    with customer.reading() as work:
        assert waivers.granted(work, [window.id]) == frozenset()
