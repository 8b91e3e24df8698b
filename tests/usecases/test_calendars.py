"""A customer gets a working-day calendar of its own, and days of a calendar are put right; all that count with it follow."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from app.domain.anchors import DayRolled, Fixed, Holiday, Roll, WorkdayOffset, WorkingDay
from app.domain.conflicts import check
from app.domain.notation.results import write_result
from app.domain.own_calendars import CalendarVersion, ChangedDay
from app.domain.peaks import Lead, Severity
from app.domain.register import RegisteredPeak
from app.queries.checks import preview_check
from app.store import calendars as stored
from app.store import peaks as kept_peaks
from app.store import receipts, waivers
from app.store.calendars import calendars_as_seen, load_calendars
from app.store.peaks import DatedAgain
from app.store.situations import load_situation
from app.usecases import calendars, peaks
from app.usecases.calendars import CalendarDraft
from tests.conftest import Cast, Person

from .story import BANK_APP, approved, consent, draft, moved, on_sqlite, proposed, refused, seen, tell, trail_of

BANK = frozenset({"BANK-APP"})
SEVENTH = WorkingDay("NL", 7, (1,))
"""Of January 2027: Tuesday the 12th, the day of BANK_APP."""

THE_13TH = moved(BANK_APP, "2027-01-13T22:00", "2027-01-13T23:00")


def off(*days: str, name: str = "Bridge day", **more: str) -> list[ChangedDay]:
    return [ChangedDay(date.fromisoformat(one), is_off=True, name=name, **more) for one in days]


def worked(*days: str) -> list[ChangedDay]:
    return [ChangedDay(date.fromisoformat(one), is_off=False, reason="Everybody works.") for one in days]


def corrected(person: Person, name: str, days: list[ChangedDay], number: int = 0, reason: str = "Decree 12.") -> DatedAgain:
    with person.writing() as work:
        return calendars.change_days(work, name, days, reason, number)


def own(person: Person, *days: str, customer: str = "NOORDERHAVEN", title: str = "Closing days") -> CalendarVersion:
    with person.writing() as work:
        return calendars.add_calendar(work, CalendarDraft(customer, "NL", title, "Board decision", off(*days)))


def registered(person: Person, what: peaks.PeakDraft) -> RegisteredPeak:
    with person.writing() as work:
        return peaks.register_peak(work, what)


def anchors_kept(person: Person, peak: str) -> list[str]:
    """Those to come."""
    with person.reading() as work:
        found = tell(work, "SELECT DISTINCT anchor FROM occurrence WHERE peak_id = :key ORDER BY anchor", key=peak)
    return [str(one[0]) for one in found if str(one[0]) > "2026-11-22"]


def verdict(cast: Cast, what: object) -> str:
    with cast("krp-cm-1").reading() as work:
        return str(preview_check(work, what).shown.verdict)


# --- corrections


def test_a_corrected_day_moves_an_occurrence_and_a_check_follows_at_once(cast: Cast) -> None:
    peak = registered(cast("noorderhaven-planner"), draft(SEVENTH, "Year end", services=BANK)).peak.id
    assert anchors_kept(cast("krp-cm-1"), peak)[0] == "2027-01-12"
    assert (verdict(cast, THE_13TH), verdict(cast, BANK_APP)) == ("clear", "blocked")
    again = corrected(cast("krp-admin"), "NL", off("2027-01-12"))
    assert peak in again.moved
    assert anchors_kept(cast("krp-cm-1"), peak)[0] == "2027-01-13"
    assert (verdict(cast, THE_13TH), verdict(cast, BANK_APP)) == ("blocked", "clear")


def test_each_correction_is_a_version_and_the_trail_says_how_many_peaks_moved(cast: Cast) -> None:
    peak = registered(cast("noorderhaven-planner"), draft(SEVENTH, "Year end", services=BANK)).peak.id
    admin = cast("krp-admin")
    corrected(admin, "NL", off("2027-01-12"), 0, " Decree 12. ")
    corrected(admin, "NL", worked("2027-01-12"), 1, "Withdrawn.")
    with admin.reading() as work:
        versions = stored.versions_of(work, "NL")
    assert [(one.number, len(one.days), one.reason) for one in versions] == [(0, 0, ""), (1, 1, "Decree 12."), (2, 0, "Withdrawn.")]
    first, second = trail_of(admin, "calendar", "NL")
    assert (first.action, first.person, first.reason) == ("calendar.changed", "krp-admin", "Decree 12.")
    assert first.facts["peaks"] >= first.facts["moved"] >= 1
    assert second.facts["number"] == 2
    told = trail_of(admin, "peak", peak)[-1]
    assert (told.action, told.reason, told.facts) == ("peak.dated_again", "Withdrawn.", {"calendar": "NL", "number": 2})
    assert anchors_kept(admin, peak)[0] == "2027-01-12"


def test_only_peaks_that_count_with_it_are_dated_again(cast: Cast) -> None:
    planner = cast("noorderhaven-planner")
    german = registered(planner, draft(WorkingDay("DE", -1, (12,)), "German year end", services=BANK)).peak.id
    fixed = registered(planner, draft(Fixed(12, 31), "Old year", services=BANK)).peak.id
    lead = registered(planner, draft(Fixed(1, 4), "Start of the year", services=BANK, lead=Lead(1, 0, "NL"))).peak.id
    inner = registered(planner, draft(WorkdayOffset(Holiday("NL", "new_year"), "DE", 1), "After New Year", services=BANK)).peak.id
    again = corrected(cast("krp-admin"), "NL", off("2026-12-31"))
    counted = {*again.moved, *again.same, *again.later}
    assert {lead, inner} <= counted
    assert not {german, fixed} & counted
    again = corrected(cast("krp-admin"), "NL", off("2027-01-01", name="Twice off") + off("2027-01-05"), 1)
    assert lead in again.same


def test_a_moved_day_off_takes_the_peaks_around_it_along(cast: Cast) -> None:
    peak = registered(cast("zonnekroon-planner"), draft(Holiday("NL", "kings_day"), "Orange day")).peak.id
    admin = cast("krp-admin")
    assert anchors_kept(admin, peak)[0] == "2027-04-27"
    day = ChangedDay(date(2027, 4, 28), is_off=True, key="kings_day", reason="Mourning.")
    corrected(admin, "NL", [*worked("2027-04-27"), day])
    assert "2027-04-28" in anchors_kept(admin, peak)
    assert "2027-04-27" not in anchors_kept(admin, peak)


def test_a_waiver_lapses_where_the_dates_moved(cast: Cast) -> None:
    planner = cast("noorderhaven-planner")
    year_end = draft(SEVENTH, "Year end", services=BANK, severity=Severity.RESTRICTED)
    peak = registered(planner, year_end).peak
    other = registered(planner, draft(DayRolled("NL", 25, Roll.PRECEDING, (1,)), "Salaries", services=BANK)).peak
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    with cast("krp-admin").writing() as work:
        for one in (peak, other):
            consent(work, window, "NOORDERHAVEN", one.id, date(2027, 1, 12))
        again = calendars.change_days(work, "NL", off("2027-01-12"), "Decree 12.", 0)
        assert (peak.id in again.moved, other.id in again.same) == (True, True)
        assert {one.peak for one in waivers.granted(work, [window])} == {other.id}


@on_sqlite
def test_who_looked_at_the_old_dates_must_look_again_before_he_approves(cast: Cast) -> None:
    registered(cast("noorderhaven-planner"), draft(WorkingDay("NL", 1, (6,)), "June", services=BANK))
    window = proposed(cast("krp-cm-1"), BANK_APP).id
    looked_at = seen(cast("krp-cm-2"), window)
    corrected(cast("krp-admin"), "NL", off("2031-06-04"))
    assert seen(cast("krp-cm-2"), window) != looked_at
    assert approved(cast("krp-cm-2"), window).verdict == "clear"


@on_sqlite
def test_of_more_peaks_than_can_be_dated_at_once_the_rest_is_dated_by_the_check(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_peaks, "MOST_DATED_AT_ONCE", 0)
    peak = registered(cast("noorderhaven-planner"), draft(SEVENTH, "Year end", services=BANK)).peak.id
    again = corrected(cast("krp-admin"), "NL", off("2027-01-12"))
    assert (again.moved, again.same) == ((), ())
    assert peak in again.later
    assert anchors_kept(cast("krp-cm-1"), peak) == []
    assert (verdict(cast, THE_13TH), verdict(cast, BANK_APP)) == ("blocked", "clear")


# --- a customer's own calendar


def test_an_own_calendar_counts_in_a_rule_and_in_lead_days(cast: Cast) -> None:
    calendar = own(cast("krp-admin"), "2026-12-31", "2026-12-30", customer="ZONNEKROON", title="ZONNEKROON closing days")
    assert (calendar.name, calendar.customer, calendar.number) == ("ZONNEKROON:zonnekroon-closing-days", "ZONNEKROON", 1)
    planner = cast("zonnekroon-planner")
    rule = registered(planner, draft(WorkingDay(calendar.name, -1, (12,)), "Year end"))
    lead = registered(planner, draft(Fixed(1, 4), "Start of the year", lead=Lead(1, 0, calendar.name)))
    assert anchors_kept(planner, rule.peak.id)[0] == "2026-12-29"
    with planner.reading() as work:
        days = tell(
            work, "SELECT first_day FROM occurrence WHERE peak_id = :key AND anchor = :day", key=lead.peak.id, day="2027-01-04"
        )
    assert [str(one[0]) for one in days] == ["2026-12-29"]
    corrected(cast("krp-admin"), calendar.name, worked("2026-12-30"), 1)
    assert anchors_kept(planner, rule.peak.id)[0] == "2026-12-30"


def test_an_own_calendar_follows_the_national_one_it_is_based_on(cast: Cast) -> None:
    calendar = own(cast("noorderhaven-planner"), "2026-12-31")
    peak = registered(cast("noorderhaven-planner"), draft(WorkingDay(calendar.name, -1, (12,)), "Year end", services=BANK)).peak.id
    again = corrected(cast("krp-admin"), "NL", off("2026-12-30"))
    assert peak in again.moved
    assert anchors_kept(cast("krp-admin"), peak)[0] == "2026-12-29"


def test_another_customers_calendar_does_not_exist(cast: Cast) -> None:
    calendar = own(cast("noorderhaven-planner"), "2026-12-31")
    for person in ("noorderhaven-planner", "krp-cm-1", "krp-admin"):
        with cast(person).reading() as work:
            assert stored.versions_of(work, calendar.name)[-1].name == calendar.name
            assert calendar.name in {one.name for one in stored.visible_calendars(work)}
    for person in ("zonnekroon-planner", "brug-planner"):
        with cast(person).reading() as work:
            assert {one.customer for one in stored.visible_calendars(work)} == {None}
        with refused("not_found"), cast(person).reading() as work:
            stored.versions_of(work, calendar.name)
    with refused("not_found"):
        corrected(cast("zonnekroon-planner"), calendar.name, off("2027-03-01"), 1)
    with refused("unknown_calendar") as problems:
        registered(cast("zonnekroon-planner"), draft(WorkingDay(calendar.name, 1), "Theirs"))
    assert "NOORDERHAVEN" not in str(problems[0].facts["known"])


@on_sqlite
def test_an_administrator_may_change_all_and_a_planner_his_own_organisations(cast: Cast) -> None:
    planner = cast("noorderhaven-planner")
    calendar = own(planner, "2026-12-31", customer="ZONNEKROON")
    assert calendar.customer == "NOORDERHAVEN", "whose it is the actor decides, not the form"
    corrected(planner, calendar.name, off("2027-03-01"), 1)
    corrected(cast("krp-admin"), calendar.name, off("2027-03-02"), 2)
    with refused("not_allowed"):
        corrected(planner, "NL", off("2027-03-01"))
    for person in ("krp-cm-1", "krp-duty", "brug-planner"):
        with refused("not_allowed"):
            corrected(cast(person), "NL", off("2027-03-01"))
        with refused("not_allowed"):
            own(cast(person), "2027-03-01")


@on_sqlite
def test_a_name_that_was_given_out_is_not_given_again(cast: Cast) -> None:
    assert [own(cast("krp-admin"), f"2027-03-0{day}").name for day in (1, 2)] == [
        "NOORDERHAVEN:closing-days",
        "NOORDERHAVEN:closing-days-2",
    ]


# --- past results


def test_an_old_result_is_made_again_with_the_versions_it_names(cast: Cast) -> None:
    planner, manager = cast("noorderhaven-planner"), cast("krp-cm-1")
    calendar = own(planner, "2026-12-24", "2027-01-04")
    registered(planner, draft(WorkingDay(calendar.name, 7, (1,)), "Year end", services=BANK, severity=Severity.ADVISORY))
    window = proposed(manager, THE_13TH)
    corrected(cast("krp-admin"), calendar.name, off("2027-01-05"), 1)
    corrected(cast("krp-admin"), "NL", off("2027-01-06"))
    with manager.reading() as work:
        [old] = receipts.of_window(work, window.id)
        assert (old.calendars[calendar.name], old.calendars["NL"]) == ("1", "2026-1")
        present = load_situation(work, [window.window])
        assert (present.calendars[calendar.name], present.calendars["NL"]) == ("2", "2026-1+1")
        assert write_result(check([window.window], present)) != old.result
        past = load_situation(work, [window.window], calendars_as_seen(work, old.calendars))
        assert past.calendars == old.calendars
        assert write_result(check([window.window], past)) == old.result
        with refused("unknown_version"):
            calendars_as_seen(work, {"NL": "2025-9"})


def test_a_kept_version_cannot_be_overwritten(cast: Cast) -> None:
    corrected(cast("krp-admin"), "NL", off("2026-12-31"))
    for statement in ("UPDATE calendar_version SET days = '[]'", "DELETE FROM calendar_version"):
        with pytest.raises(DBAPIError, match="a new one is added"), cast("krp-admin").writing() as work:
            tell(work, statement)


# --- bad input


@on_sqlite
def test_what_changes_nothing_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    admin = cast("krp-admin")
    for days in (off("2027-04-27"), off("2027-05-01"), worked("2027-05-03"), []):
        with refused("nothing_changes", "dates"):
            corrected(admin, "NL", days)
    with refused("reason_required", "reason"):
        corrected(admin, "NL", off("2027-03-01"), 0, "  ")
    with refused("changed_meanwhile"):
        corrected(admin, "NL", off("2027-03-01"), 1)
    with refused("not_found"):
        corrected(admin, "XX", off("2027-03-01"))
    with admin.reading() as work:
        assert tell(work, "SELECT * FROM calendar_version") == []


def weekdays(first: date, count: int) -> list[str]:
    days = (first + timedelta(days=number) for number in range(2 * count + 7))
    return [str(day) for day in days if day.weekday() < 5][:count]


@on_sqlite
def test_a_calendar_is_never_closed_for_longer_than_a_rolled_date_may_move(cast: Cast) -> None:
    admin, monday = cast("krp-admin"), date(2027, 7, 5)
    calendar = own(admin, *weekdays(monday, 38))
    with refused("closed_too_long", "dates") as problems:
        corrected(admin, calendar.name, off("2027-08-26", "2027-08-27"), 1)
    assert problems[0].facts["days"] == 58
    with refused("closed_too_long"):
        corrected(admin, "NL", off("2027-08-26", "2027-08-27"))
    with refused("too_many", "dates"):
        own(admin, *(str(date(2030, 1, 1) + timedelta(days=2 * number)) for number in range(600)))


@on_sqlite
def test_twenty_calendars_are_the_most_for_one_customer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MOST_CALENDARS", 1)
    own(cast("krp-admin"), "2027-03-01")
    own(cast("krp-admin"), "2027-03-01", customer="ZONNEKROON")
    with refused("too_many_calendars"):
        own(cast("krp-admin"), "2027-03-01")
    with refused("not_found"):
        own(cast("krp-admin"), "2027-03-01", customer="BRUG")
    with refused("bad_choice", "base"), cast("krp-admin").writing() as work:
        calendars.add_calendar(work, CalendarDraft("DUINWIJK", "XX", "Days", "Here"))


def test_a_date_that_rolls_over_a_long_closure_is_found_whatever_is_asked(cast: Cast) -> None:
    """Closed from 1 January into February: the last day of December rolls on by more than a month."""
    calendar = own(cast("krp-admin"), *weekdays(date(2026, 12, 31), 32))
    with cast("krp-admin").reading() as work:
        known = load_calendars(work, {"NOORDERHAVEN"})
    assert known[calendar.name].rolled(date(2026, 12, 31), Roll.FOLLOWING) == date(2027, 2, 15)
    rule = DayRolled(calendar.name, None, Roll.FOLLOWING, (12,))
    peak = registered(cast("noorderhaven-planner"), draft(rule, "Year end", services=BANK, lead=Lead(1, 0, calendar.name)))
    assert verdict(cast, moved(BANK_APP, "2027-02-15T22:00", "2027-02-15T23:00")) == "blocked"
    assert "2027-02-15" in anchors_kept(cast("krp-admin"), peak.peak.id)
