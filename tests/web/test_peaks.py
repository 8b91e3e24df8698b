"""A customer's peaks through the forms: registered, read back, changed, removed."""

from dataclasses import replace
from datetime import date

import pytest

from app.demo.world import DemoWorld
from app.domain.access import SYSTEM
from app.domain.anchors import AnchorRule, Fixed
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.rules import read_rule
from app.domain.occurrences import occurrences
from app.domain.peaks import DailyHours, Lead, Move, Peak, Severity, Suspension
from app.domain.register import Name, RegisteredPeak
from app.domain.spans import Instant
from app.domain.windows import ChangeType
from app.store import peaks
from app.store.database import Database
from app.usecases import history
from tests.web.addresses import KINDS
from tests.web.conftest import SigningIn
from tests.web.filling import REGISTERED, Filled, trail_of
from tests.web.visitor import Answer, Visitor


def form_of(visitor: Visitor, kind: str) -> Answer:
    return visitor.get(f"/peaks/new/{kind}")


def registered(visitor: Visitor, kind: str, values: Filled) -> str:
    """Register a peak that is accepted; where it is shown."""
    answer = visitor.send(form_of(visitor, kind), values, id="peak-form")
    assert answer.status == 302, answer.errors
    return answer.location


def dates_of(answer: Answer) -> list[str]:
    """The next dates that a page or a preview reads back."""
    return [one.text for one in answer.page.one("ul", class_="dates").all("li")]


def loaded(database: Database, now: Instant, peak: str) -> RegisteredPeak:
    with database.reading(SYSTEM, now) as work:
        return peaks.load(work, peak)


def test_every_kind_of_peak_is_tried_here() -> None:
    assert set(REGISTERED) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_peak_of_each_kind_is_registered_and_shows_its_next_dates(signed_in: SigningIn, kind: str) -> None:
    visitor = signed_in("duinwijk-planner")
    values, expected = REGISTERED[kind]
    filled = {"name": f"Busy {kind}", "severity": "freeze", "consequence": "The hall is full.", **values}
    where = registered(visitor, kind, filled)
    page = visitor.get(where)
    assert where == f"/peaks/DUINWIJK:busy-{kind.replace('_', '-')}"
    assert page.main.one("h1").text == f"Busy {kind}"
    assert dates_of(page)[: len(expected)] == expected
    assert "The hall is full." in page.main.text
    assert page.main.all("span", class_="freeze")
    assert trail_of(page) == ["Planner Gemeente Duinwijk: registered"]
    assert where in {link.attributes["href"] for link in visitor.get("/peaks").main.all("a")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_dates_are_read_back_before_anything_is_saved(signed_in: SigningIn, kind: str) -> None:
    visitor = signed_in("duinwijk-planner")
    values, expected = REGISTERED[kind]
    before = visitor.get("/peaks").main.all("a")
    answer = visitor.send_elsewhere(form_of(visitor, kind), f"/peaks/dates/{kind}", values, id="peak-form")
    assert dates_of(answer)[: len(expected)] == expected
    assert len(visitor.get("/peaks").main.all("a")) == len(before)


def test_a_preview_of_half_a_form_says_what_it_still_needs(signed_in: SigningIn) -> None:
    visitor = signed_in("duinwijk-planner")
    for kind in ("dates", "weekly", "fixed"):
        answer = visitor.send_elsewhere(form_of(visitor, kind), f"/peaks/dates/{kind}", {}, id="peak-form")
        assert answer.status == 200
        assert answer.page.all("li"), kind
        assert not answer.page.all("ul", class_="dates")


def test_a_kind_that_does_not_exist_is_not_there(signed_in: SigningIn) -> None:
    visitor = signed_in("duinwijk-planner")
    for kind in ("monthly", "kept"):
        assert visitor.get(f"/peaks/new/{kind}").status == 404, kind
        assert visitor.post(f"/peaks/new/{kind}", {"name": "x"}).status == 404, kind


def test_a_peak_for_some_services_says_which(signed_in: SigningIn) -> None:
    visitor = signed_in("duinwijk-planner")
    values = {"name": "Tax week", "day": "1", "month": "3", "scope": "some", "services": ["MUN-TAX"]}
    page = visitor.get(registered(visitor, "fixed", values))
    assert "Municipal taxes" in page.main.text
    assert "Civil affairs desk" not in page.main.text


def test_everything_that_is_missing_is_told_at_once_beside_its_field(signed_in: SigningIn) -> None:
    visitor = signed_in("duinwijk-planner")
    answer = visitor.send(form_of(visitor, "dates"), {"lead_before": "many"}, id="peak-form")
    assert answer.status == 422
    assert set(answer.errors) == {"name", "dates", "lead_before"}
    for field in answer.errors:
        assert answer.page.one(id=field).attributes["aria-invalid"] == "true"


def test_a_weekly_peak_needs_its_hours(signed_in: SigningIn) -> None:
    visitor = signed_in("duinwijk-planner")
    answer = visitor.send(form_of(visitor, "weekly"), {"name": "x", "weekdays": ["MO"]}, id="peak-form")
    assert (answer.status, list(answer.errors)) == (422, ["daily_start"])


def test_what_was_typed_is_still_there_after_a_refusal(signed_in: SigningIn) -> None:
    visitor = signed_in("duinwijk-planner")
    values, _ = REGISTERED["day_rolled"]
    typed = {
        **values,
        "name": '"Quoted" & <b>bold</b>',
        "severity": "advisory",
        "consequence": "\nTwo\nlines",
        "valid_from": "nonsense",
    }
    refused = visitor.send(form_of(visitor, "day_rolled"), typed, id="peak-form")
    assert list(refused.errors) == ["valid_from"]
    assert refused.main.one(id="valid_from").attributes["value"] == "nonsense"
    mended = visitor.send(refused, {"valid_from": "2028"}, id="peak-form")
    assert mended.status == 302, mended.errors
    page = visitor.follow(mended)
    assert page.main.one("h1").text == '"Quoted" & <b>bold</b>'
    assert dates_of(page)[0] == "Tue 25 Apr 2028"
    assert page.main.all("span", class_="advisory")


def changes(visitor: Visitor, peak: str, values: Filled) -> Answer:
    return visitor.send(visitor.get(f"/peaks/{peak}/change"), values, id="peak-form")


def test_a_peak_is_changed_and_both_versions_are_on_the_record(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    peak = "ZONNEKROON:flower-mothers-day"
    assert dates_of(visitor.get(f"/peaks/{peak}"))[0] == "Fri 30 Apr to Sun 9 May 2027"
    changed = visitor.follow(changes(visitor, peak, {"lead_before": "3", "severity": "restricted"}))
    assert dates_of(changed)[0] == "Thu 6 May to Sun 9 May 2027"
    assert changed.main.all("span", class_="restricted")
    assert trail_of(changed)[-1] == "Planner Veiling Zonnekroon: changed"


def meaning(one: RegisteredPeak) -> tuple[object, ...]:
    """What a peak says, apart from its name and the way its rule is written down."""
    days = occurrences(one.peak, date(2026, 1, 1), date(2031, 12, 31), NATIONAL_CALENDARS)
    return (replace(one.peak, rule=Fixed(1, 1)), [(each.anchor, each.segments) for each in days], one.consequence)


def every_demo_peak(world: DemoWorld) -> list[str]:
    return [str(one["id"]) for one in world.section("peaks")]


@pytest.mark.parametrize("customer", ["zonnekroon", "polderpoort", "lichtlijn", "noorderhaven", "winkelwolk", "duinwijk"])
def test_a_form_that_nobody_touched_keeps_the_peak_as_it_was(
    signed_in: SigningIn, demo_database: Database, story_now: Instant, world: DemoWorld, customer: str
) -> None:
    visitor = signed_in(f"{customer}-planner")
    own = [peak for peak in every_demo_peak(world) if peak.startswith(customer.upper())]
    assert own
    for peak in own:
        before = loaded(demo_database, story_now, peak)
        answer = changes(visitor, peak, {})
        assert answer.status == 302, (peak, answer.errors)
        after = loaded(demo_database, story_now, peak)
        assert meaning(after) == meaning(before), peak
        assert after.version == before.version, "what is the same is not written again"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_name_that_was_not_retyped_keeps_its_two_languages(
    signed_in: SigningIn, demo_database: Database, story_now: Instant, language: str
) -> None:
    peak = "ZONNEKROON:flower-valentine"
    before = loaded(demo_database, story_now, peak).name
    assert before.nl != before.en
    assert changes(signed_in("zonnekroon-planner", language), peak, {"lead_before": "6"}).status == 302
    assert loaded(demo_database, story_now, peak).name == before


def given(database: Database, now: Instant, rule: AnchorRule, **more: object) -> str:
    """A peak of Duinwijk that was taken over with what a form may not show."""
    peak = Peak("DUINWIJK:given", "DUINWIJK", Severity.FREEZE, "Europe/Amsterdam", rule, **more)
    with database.writing(SYSTEM, now) as work:
        history.take_over_peak(work, RegisteredPeak(peak, Name("Gegeven", "Given"), "Because."))
    return peak.id


UNUSUAL: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "a date taken out": ({"type": "fixed", "month": 2, "day": 14}, {"except_on": frozenset({date(2027, 2, 14)})}),
    "a date added": ({"type": "fixed", "month": 2, "day": 14}, {"also_on": frozenset({date(2027, 6, 1)})}),
    "a date moved": ({"type": "fixed", "month": 2, "day": 14}, {"moved": frozenset({Move(date(2027, 2, 14), date(2027, 2, 13))})}),
    "suspended": (
        {"type": "fixed", "month": 2, "day": 14},
        {"suspended": frozenset({Suspension(date(2027, 2, 14), date(2027, 2, 20))}), "lead": Lead(2)},
    ),
    "some kinds of change": (
        {"type": "fixed", "month": 2, "day": 14},
        {"change_types": frozenset({ChangeType.NORMAL}), "impacts": frozenset()},
    ),
    "switched off": ({"type": "fixed", "month": 2, "day": 14}, {"enabled": False}),
    "no service": ({"type": "fixed", "month": 2, "day": 14}, {"services": frozenset()}),
    "years": ({"type": "fixed", "month": 2, "day": 14}, {"valid_from": date(2028, 1, 1), "valid_until": date(2029, 12, 31)}),
    "working days around it": ({"type": "fixed", "month": 2, "day": 14}, {"lead": Lead(2, 1, "NL")}),
    "moved from Sunday": (
        {"type": "fixed", "month": 4, "day": 27, "adjust": [{"if_weekday": "SU", "add_days": -1}]},
        {},
    ),
    "29 February": ({"type": "fixed", "month": 2, "day": 29, "feb29": "mar01"}, {}),
    "the last day": ({"type": "day_rolled", "calendar": "NL", "day": "last", "roll": "preceding"}, {}),
    "not moved": ({"type": "day_rolled", "calendar": "NL", "day": 25, "roll": "none"}, {}),
    "a week that starts later": (
        {"type": "rrule", "dtstart": "2027-06-01", "rrule": "FREQ=WEEKLY;BYDAY=MO"},
        {"daily": DailyHours(240, 690)},
    ),
    "whole days every week": ({"type": "rrule", "dtstart": "2024-01-01", "rrule": "FREQ=WEEKLY;BYDAY=MO"}, {}),
    "hours past midnight": ({"type": "rrule", "dtstart": "2024-01-01", "rrule": "FREQ=DAILY"}, {"daily": DailyHours(1320, 120)}),
    "the whole day in hours": ({"type": "fixed", "month": 2, "day": 14}, {"daily": DailyHours(0, 1440)}),
    "every other week": ({"type": "rrule", "dtstart": "2026-06-01", "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"}, {}),
    "the eighth working day": ({"type": "working_day", "calendar": "NL", "n": 8, "months": [1]}, {}),
    "the last but two": ({"type": "nth_weekday", "month": 5, "weekday": "SU", "n": -3}, {}),
    "orthodox": ({"type": "easter", "church": "orthodox", "offset_days": -2}, {}),
    "another name of a holiday": ({"type": "holiday", "calendar": "NL", "key": "christmas"}, {}),
    "a range of dates": (
        {"type": "dates", "dates": [["2027-01-01", "2027-01-05"], "2027-03-01"]},
        {"horizon_until": date(2027, 12, 31)},
    ),
}


@pytest.mark.parametrize("unusual", UNUSUAL)
def test_what_a_form_cannot_show_is_kept(signed_in: SigningIn, demo_database: Database, story_now: Instant, unusual: str) -> None:
    rule, more = UNUSUAL[unusual]
    peak = given(demo_database, story_now, read_rule(rule, "rule"), **more)
    before = loaded(demo_database, story_now, peak)
    visitor = signed_in("duinwijk-planner")
    answer = changes(visitor, peak, {"consequence": "Something else."})
    assert answer.status == 302, answer.errors
    after = loaded(demo_database, story_now, peak)
    assert after.consequence == "Something else."
    assert meaning(replace(after, consequence="Because.")) == meaning(before)


def test_a_rule_its_form_cannot_show_is_read_back_in_words_and_stays(
    signed_in: SigningIn, demo_database: Database, story_now: Instant
) -> None:
    visitor = signed_in("duinwijk-planner")
    base = {"type": "workday_offset", "base": {"type": "fixed", "month": 12, "day": 26}, "calendar": "NL", "n": -3}
    rule = read_rule({"type": "span", "from": base, "to": {"type": "fixed", "month": 12, "day": 26}}, "rule")
    peak = given(demo_database, story_now, rule)
    form = visitor.get(f"/peaks/{peak}/change")
    assert "From the third Dutch working day before 26 December (NL)" in form.main.one("fieldset", class_="rule").text
    assert not form.main.all(id="month")
    changed = visitor.follow(visitor.send(form, {"severity": "restricted", "lead_before": "2"}, id="peak-form"))
    assert dates_of(changed)[0] == "Sun 20 Dec to Sat 26 Dec 2026"
    kept = loaded(demo_database, story_now, peak)
    assert (kept.peak.rule, kept.peak.severity) == (rule, Severity.RESTRICTED)


def test_an_old_form_does_not_overwrite_a_newer_version(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    address = "/peaks/ZONNEKROON:flower-valentine"
    old, new = visitor.get(f"{address}/change"), visitor.get(f"{address}/change")
    assert visitor.send(new, {"name": "The newer words"}, id="peak-form").status == 302
    refused = visitor.send(old, {"name": "The older words"}, id="peak-form")
    assert refused.status == 409
    assert refused.errors
    assert visitor.get(address).main.one("h1").text == "The newer words"


def test_a_peak_is_removed_only_with_a_reason_and_its_id_is_never_used_again(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    where = registered(visitor, "fixed", {"name": "Jubilee", "day": "1", "month": "6"})
    silent = visitor.send(visitor.get(where), {"reason": "  "}, action=f"{where}/remove")
    assert (silent.status, list(silent.errors)) == (422, ["reason"])
    gone = visitor.send(silent, {"reason": "It is over."}, action=f"{where}/remove")
    assert gone.location == "/peaks"
    assert visitor.get(where).status == 404
    assert "Jubilee" not in visitor.follow(gone).main.text
    assert registered(visitor, "fixed", {"name": "Jubilee", "day": "1", "month": "6"}) == f"{where}-2"


def test_a_planner_cannot_register_for_another_customer_by_filling_in_more(
    signed_in: SigningIn, demo_database: Database, story_now: Instant
) -> None:
    visitor = signed_in("duinwijk-planner")
    sneaky = {
        "name": "Mine",
        "day": "1",
        "month": "6",
        "severity": "freeze",
        "scope": "all",
        "zone": "UTC",
        "id": "ZONNEKROON:x",
        "customer": "ZONNEKROON",
    }
    answer = visitor.post("/peaks/new/fixed", sneaky)
    assert answer.location == "/peaks/DUINWIJK:mine"
    assert loaded(demo_database, story_now, "DUINWIJK:mine").peak.customer == "DUINWIJK"


def test_the_integrator_reads_all_peaks_and_changes_none(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    page = visitor.get("/peaks")
    for customer in ("Veiling Zonnekroon", "Noorderhaven Bank", "Gemeente Duinwijk"):
        assert customer in page.main.text
    one = visitor.get("/peaks/ZONNEKROON:flower-valentine")
    assert not one.main.all("form", method="post")
    only = visitor.get("/peaks?customer=DUINWIJK").main.one("table")
    assert "Gemeente Duinwijk" in only.text
    assert "Veiling Zonnekroon" not in only.text


YEARS: dict[str, tuple[Filled, list[str], list[str]]] = {
    "fixed": (
        {"day": "14", "month": "2"},
        ["Sun 14 Feb 2027", "Mon 14 Feb 2028", "Wed 14 Feb 2029"],
        [],
    ),
    "working_day": (
        {"nth": "-1", "calendar": "NL", "months": ["3", "6", "9", "10", "12"], "valid_from": "2027"},
        ["Wed 31 Mar 2027", "Wed 30 Jun 2027", "Thu 30 Sept 2027", "and 2 more in 2027", "Fri 31 Mar 2028"],
        ["No date in 2026."],
    ),
    "dates": (
        {"dates": "12-2-2027\n3-5-2027", "horizon": "31-12-2028"},
        ["Fri 12 Feb 2027", "Mon 3 May 2027"],
        ["No date in 2026 and 2028.", "Not known yet for 2029."],
    ),
    "rrule": (
        {"rrule": "FREQ=YEARLY;INTERVAL=4;BYMONTH=3;BYDAY=3WE", "start": "1-3-2026"},
        ["Wed 20 Mar 2030"],
        ["No date in 2027, 2028 and 2029."],
    ),
}


@pytest.mark.parametrize("kind", YEARS)
def test_the_dates_of_this_and_the_next_three_years_are_read_back(signed_in: SigningIn, kind: str) -> None:
    """Seen from 22 November 2026."""
    visitor = signed_in("duinwijk-planner")
    values, dates, said = YEARS[kind]
    answer = visitor.send_elsewhere(form_of(visitor, kind), f"/peaks/dates/{kind}", values, id="peak-form")
    assert dates_of(answer)[: len(dates)] == dates
    assert [one.text for one in answer.page.all("p", class_="hint")][: len(said)] == said
