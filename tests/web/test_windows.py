"""A window's life through the forms: proposed, checked, decided on, moved, called off."""

import pytest

from app.domain.access import SYSTEM
from app.domain.spans import Instant
from app.store import windows
from app.store.database import Database
from tests.web.conftest import SigningIn
from tests.web.filling import (
    BLACK_FRIDAY_NIGHT,
    CLEAR_NIGHT,
    GATEWAY,
    LAB,
    SETTLEMENT,
    buttons_of,
    proposed,
    rows,
    sent,
    state_of,
    taken,
    trail_of,
    verdict_of,
)

PEAK_THAT_DAY = {
    "name": "Stocktaking",
    "dates": "20-1-2027",
    "severity": "freeze",
    "consequence": "Nobody can be paid.",
}


def test_a_proposed_window_is_under_review_and_shows_what_was_filled_in(signed_in: SigningIn) -> None:
    visitor = signed_in("wolk-planner")
    window = proposed(visitor, {**LAB, "business_text": "Nothing will be noticed.", "rollback_minutes": "30", "impact": "degraded"})
    page = visitor.get(f"/windows/{window}")
    assert window == "W-27-045"
    assert (state_of(page), verdict_of(page)) == ("under_review", "clear")
    assert page.main.one("h1").text == "Test lab cleaning"
    for text in ("Restore the image of that morning.", "Nothing will be noticed.", "Wed 20 Jan 2027 13:00 until 14:00"):
        assert text in page.main.text
    assert page.main.all("dd")[4].text == "30"
    assert trail_of(page) == ["Planner Wolkenveld Hosting: drafted", "Planner Wolkenveld Hosting: submitted"]
    assert buttons_of(page) == {"withdraw"}


def test_a_colleague_approves_and_the_trail_names_both(signed_in: SigningIn) -> None:
    first, second = signed_in("krp-cm-1"), signed_in("krp-cm-2")
    window = proposed(first, {**GATEWAY, **CLEAR_NIGHT})
    assert "approve" not in buttons_of(first.get(f"/windows/{window}")), "nobody approves his own"
    approved = second.follow(taken(second, window, "approve"))
    assert state_of(approved) == "approved"
    assert trail_of(approved) == ["Change manager A: drafted", "Change manager A: submitted", "Change manager B: approved"]
    assert buttons_of(approved) == {"change", "cancel"}


def test_nobody_approves_his_own_window_even_by_sending_the_form_himself(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    window = proposed(visitor, {**GATEWAY, **CLEAR_NIGHT})
    other = signed_in("krp-cm-2").get(f"/windows/{window}").form(action=f"/windows/{window}/approve")
    seen = {one: other.one("input", name=one).attributes["value"] for one in ("version", "fingerprint")}
    answer = visitor.post(f"/windows/{window}/approve", seen)
    assert answer.status == 422
    assert "colleague" in answer.errors[""]
    assert state_of(answer) == "under_review"


@pytest.mark.parametrize(
    ("night", "verdict"), [(BLACK_FRIDAY_NIGHT, "blocked"), ({"start_day": "2-12-2026", "end_day": "2-12-2026"}, "needs_waiver")]
)
def test_what_is_in_the_way_of_a_peak_cannot_be_approved(signed_in: SigningIn, night: dict[str, str], verdict: str) -> None:
    visitor, manager = signed_in("brug-planner"), signed_in("krp-cm-1")
    window = proposed(visitor, {**GATEWAY, **night})
    page = manager.get(f"/windows/{window}")
    assert (state_of(page), verdict_of(page)) == ("under_review", verdict)
    assert "approve" not in buttons_of(page)
    assert page.main.all("div", class_="off"), "the page says why there is no button"
    seen = {
        one: page.form(action=f"/windows/{window}/reject").one("input", name=one).attributes["value"]
        for one in ("version", "fingerprint")
    }
    refused = manager.post(f"/windows/{window}/approve", seen)
    assert refused.status == 422
    assert state_of(refused) == "under_review"


def test_an_advisory_is_approved_only_with_words(signed_in: SigningIn) -> None:
    manager = signed_in("krp-cm-1")
    assert verdict_of(manager.get("/windows/W-27-014")) == "advisory"
    silent = taken(manager, "W-27-014", "approve", reason="  ")
    assert silent.status == 422
    assert silent.errors
    approved = manager.follow(taken(manager, "W-27-014", "approve", reason="Spoken with both on the phone."))
    assert state_of(approved) == "approved"
    assert trail_of(approved)[-1] == "Change manager A: approved. Spoken with both on the phone."


def test_what_was_approved_on_an_outdated_page_is_looked_at_again(signed_in: SigningIn) -> None:
    """A customer registers a peak between the moment the page was shown and the moment its button is pressed."""
    visitor, manager, customer = signed_in("atelier-planner"), signed_in("krp-cm-1"), signed_in("zonnekroon-planner")
    window = proposed(visitor, SETTLEMENT)
    shown = manager.get(f"/windows/{window}")
    assert verdict_of(shown) == "clear"
    registered = customer.send(customer.get("/peaks/new/dates"), PEAK_THAT_DAY, id="peak-form")
    assert registered.status == 302, registered.errors
    refused = manager.send(shown, {}, action=f"/windows/{window}/approve")
    assert refused.status == 409
    assert refused.errors[""]
    assert (state_of(refused), verdict_of(refused)) == ("under_review", "blocked")
    assert "Stocktaking" in refused.main.text
    assert "approve" not in buttons_of(refused)
    assert state_of(manager.get(f"/windows/{window}")) == "under_review"


def test_a_page_from_before_another_decision_decides_nothing(signed_in: SigningIn) -> None:
    first, second = signed_in("krp-cm-1"), signed_in("krp-cm-2")
    window = proposed(signed_in("wolk-planner"), LAB)
    shown = first.get(f"/windows/{window}")
    assert taken(second, window, "return_for_rework", reason="Another night, please.").status == 302
    refused = first.send(shown, {"reason": "No."}, action=f"/windows/{window}/reject")
    assert refused.status == 409
    assert state_of(refused) == "draft"
    assert "No." not in " ".join(trail_of(refused))


@pytest.mark.parametrize(
    ("window", "step", "state"),
    [
        ("W-27-014", "reject", "rejected"),
        ("W-27-014", "return_for_rework", "draft"),
        ("W-27-022", "cancel", "cancelled"),
        ("W-27-038", "reject", "rejected"),
    ],
)
def test_a_no_needs_a_reason_and_the_reason_is_on_the_record(signed_in: SigningIn, window: str, step: str, state: str) -> None:
    manager = signed_in("krp-cm-1")
    before = state_of(manager.get(f"/windows/{window}"))
    silent = taken(manager, window, step, reason=" \t ")
    assert silent.status == 422
    assert list(silent.errors) == ["reason"], "the summary leads to the field"
    assert state_of(silent) == before
    told = manager.follow(taken(manager, window, step, reason="The lift is out of order."))
    assert state_of(told) == state
    assert trail_of(told)[-1].endswith("The lift is out of order.")


def test_what_has_ended_stays_ended(signed_in: SigningIn) -> None:
    manager = signed_in("krp-cm-1")
    page = manager.get("/windows/W-26-010")
    assert state_of(page) == "rejected"
    assert buttons_of(page) == set()
    for step in ("submit", "approve", "reapprove", "reject", "return_for_rework", "withdraw", "cancel"):
        refused = manager.post(f"/windows/W-26-010/{step}", {"reason": "Because.", "version": "1"})
        assert refused.status == 409, step
        assert state_of(refused) == "rejected"


def test_a_draft_is_kept_changed_and_handed_in(signed_in: SigningIn) -> None:
    visitor = signed_in("wolk-planner")
    window = proposed(visitor, {**LAB, "rollback_plan": "Later."}, "draft")
    page = visitor.get(f"/windows/{window}")
    assert state_of(page) == "draft"
    assert buttons_of(page) == {"submit", "change", "withdraw"}
    change = visitor.get(f"/windows/{window}/change")
    changed = visitor.follow(
        visitor.send(change, {"start_time": "15:00", "end_time": "16:30", "title": "Test lab, later"}, id="window-form")
    )
    assert state_of(changed) == "draft"
    assert "Wed 20 Jan 2027 15:00 until 16:30" in changed.main.text
    assert changed.main.one("h1").text == "Test lab, later"
    handed_in = visitor.follow(taken(visitor, window, "submit"))
    assert state_of(handed_in) == "under_review"


def test_a_form_of_a_window_that_nobody_touched_changes_nothing_about_it(
    signed_in: SigningIn, demo_database: Database, story_now: Instant
) -> None:
    visitor = signed_in("brug-planner")
    with demo_database.reading(SYSTEM, story_now) as work:
        before = windows.load(work, "W-27-013")
    sent_back = visitor.send(
        visitor.get("/windows/W-27-013/change"), {"rollback_plan": "Back to the old version."}, id="window-form"
    )
    assert sent_back.status == 302, sent_back.errors
    with demo_database.reading(SYSTEM, story_now) as work:
        after = windows.load(work, "W-27-013")
    assert (after.window, after.title, after.impact) == (before.window, before.title, before.impact)


def test_an_old_form_does_not_overwrite_a_newer_version(signed_in: SigningIn) -> None:
    visitor = signed_in("brug-planner")
    old, new = visitor.get("/windows/W-27-013/change"), visitor.get("/windows/W-27-013/change")
    plan = {"rollback_plan": "Back to the old version."}
    assert visitor.send(new, {**plan, "title": "The newer words"}, id="window-form").status == 302
    refused = visitor.send(old, {**plan, "title": "The older words"}, id="window-form")
    assert refused.status == 409
    assert refused.errors
    assert "The older words" in refused.html, "what was typed is still there"
    assert visitor.get("/windows/W-27-013").main.one("h1").text == "The newer words"


def test_a_window_that_moves_is_reviewed_anew(signed_in: SigningIn) -> None:
    visitor = signed_in("kabel-planner")
    page = visitor.get("/windows/W-27-022")
    assert state_of(page) == "approved"
    change = visitor.get("/windows/W-27-022/change")
    moved = visitor.follow(
        visitor.send(
            change,
            {
                "start_day": "11 april 2027",
                "start_time": "1",
                "end_day": "2027-04-11",
                "end_time": "05.00",
                "rollback_plan": "Old image.",
            },
            id="window-form",
        )
    )
    assert state_of(moved) == "under_review"
    assert "Sun 11 Apr 2027 01:00 until 05:00" in moved.main.text
    assert trail_of(moved)[-1].endswith("rescheduled")


def test_a_withdrawn_window_is_withdrawn(signed_in: SigningIn) -> None:
    visitor = signed_in("brug-planner")
    assert state_of(visitor.follow(taken(visitor, "W-27-014", "withdraw"))) == "withdrawn"


def test_a_standard_change_that_is_clear_is_approved_at_once(signed_in: SigningIn) -> None:
    visitor = signed_in("wolk-planner")
    clear = visitor.get(f"/windows/{proposed(visitor, {**LAB, 'type': 'standard'})}")
    assert state_of(clear) == "approved"
    assert trail_of(clear)[-1] == "Ober: approved"
    reaching = signed_in("brug-planner")
    blocked = reaching.get(f"/windows/{proposed(reaching, {**GATEWAY, **BLACK_FRIDAY_NIGHT, 'type': 'standard'})}")
    assert state_of(blocked) == "under_review"


def test_everything_that_is_missing_is_told_at_once_beside_its_field(signed_in: SigningIn) -> None:
    answer = sent(signed_in("brug-planner"), {})
    assert answer.status == 422
    assert set(answer.errors) == {"services", "title", "rollback_plan", "start_day", "end_day"}
    assert str(len(answer.errors)) in answer.page.one("title").text
    for field in answer.errors:
        shown = answer.page.one(id=field)
        assert shown.attributes["aria-invalid"] == "true"
        assert f"{field}-error" in shown.attributes["aria-describedby"].split()
        assert answer.page.one(id=f"{field}-error").text.removeprefix("✕ ") == answer.errors[field]


def test_what_was_typed_is_still_there_after_a_refusal(signed_in: SigningIn) -> None:
    typed = {
        **LAB,
        "services": ["MW-ESB", "MW-APIGW"],
        "title": 'A "title" <b>with</b> & everything',
        "rollback_plan": "\nTwo\nlines",
        "business_text": "</textarea>It's so",
        "start_time": "25:00",
        "zone": "America/New_York",
        "type": "emergency",
        "impact": "no_impact",
        "rrule": "FREQ=WEEKLY;COUNT=3",
        "exdates": "27-1-2027",
        "start_fold": "1",
        "rollback_minutes": "17",
    }
    visitor = signed_in("brug-planner")
    refused = sent(visitor, typed)
    assert list(refused.errors) == ["start_time"]
    mended = visitor.send(refused, {"start_time": "13:00"}, id="window-form")
    assert mended.status == 302, mended.errors
    page = visitor.follow(mended)
    assert page.main.one("h1").text == 'A "title" <b>with</b> & everything'
    assert "</textarea>It's so" in page.main.text
    assert "New York" in page.main.text


def test_the_live_check_says_what_the_saved_window_says(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    values = {**GATEWAY, **BLACK_FRIDAY_NIGHT}
    preview = visitor.send_elsewhere(visitor.get("/windows/new"), "/windows/check", values, id="window-form")
    saved = visitor.get(f"/windows/{proposed(visitor, values)}")
    told = [[one.text for one in answer.page.all("ul", class_="findings")[0].all("p")] for answer in (preview, saved)]
    assert told[0] == told[1] != []
    assert verdict_of(preview) == verdict_of(saved) == "blocked"


def test_a_live_check_keeps_nothing(signed_in: SigningIn, demo_database: Database) -> None:
    visitor = signed_in("krp-cm-1")
    before = rows(demo_database)
    visitor.post("/windows/check", {**GATEWAY, **CLEAR_NIGHT, "zone": "Europe/Amsterdam", "type": "normal", "impact": "outage"})
    assert rows(demo_database) == before


def test_a_live_check_of_half_a_form_says_what_it_still_needs(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")
    answer = visitor.post(
        "/windows/check", {"services": "MW-ESB", "type": "normal", "impact": "outage", "zone": "Europe/Amsterdam"}
    )
    assert answer.status == 200
    assert len(answer.page.all("li")) >= 2
    assert not answer.page.all(id="verdict-title")


def test_a_customer_sees_a_window_once_it_is_handed_in(signed_in: SigningIn) -> None:
    supplier, customer = signed_in("atelier-planner"), signed_in("zonnekroon-planner")
    window = proposed(supplier, SETTLEMENT, "draft")
    assert supplier.get(f"/windows/{window}").status == 200, "there is something to see"
    assert customer.get(f"/windows/{window}").status == 404
    taken(supplier, window, "submit")
    assert customer.get(f"/windows/{window}").status == 200
    assert window in customer.get("/windows").main.text


def test_a_list_is_narrowed_down_by_its_filter(signed_in: SigningIn) -> None:
    visitor = signed_in("krp-cm-1")

    def listed(query: str) -> set[str]:
        answer = visitor.get(f"/windows?{query}")
        return {cell.text for cell in answer.main.all("a") if cell.text.startswith("W-")}

    everything = listed("all=1")
    assert {"W-26-010", "W-27-014", "W-27-022", "W-27-013"} <= everything
    assert "W-26-010" not in listed("")
    assert listed("state=draft") == {"W-27-013", "W-27-021", "W-27-031", "W-27-042", "W-27-043"}
    assert listed("text=message+BUS&all=1") == {"W-26-003", "W-26-025", "W-27-004", "W-27-013", "W-27-014", "W-27-044"}
    assert listed("text=W-27-014") == {"W-27-014"}
    assert listed("supplier=DIJK&state=approved") == {"W-27-020", "W-27-024", "W-27-039"}
    assert listed("service=NET-AIR&all=1") == {"W-27-012", "W-27-018", "W-27-028", "W-27-032", "W-27-038"}
    assert listed("from=1-1-2027&to=9-1-2027") == {"W-26-015", "W-27-002", "W-27-003"}
    assert listed("text=%25") == listed("text=_") == set()
    assert listed("all=1&text=no such words") == set()


def test_a_window_is_read_back_in_the_readers_own_zone_with_the_others_second(signed_in: SigningIn) -> None:
    visitor = signed_in("wolk-planner")
    page = visitor.get(f"/windows/{proposed(visitor, {**LAB, 'zone': 'America/New_York'})}")
    when = page.main.all("ul", class_="when")[0].text
    assert when.index("19:00") < when.index("13:00")
    assert "Amsterdam" in when
    assert "New York" in when


def test_in_the_night_the_clocks_change_a_time_that_does_not_exist_is_refused_and_a_double_one_is_asked_about(
    signed_in: SigningIn,
) -> None:
    visitor = signed_in("wolk-planner")
    spring = {**LAB, "start_day": "28-3-2027", "start_time": "02:30", "end_day": "28-3-2027", "end_time": "04:30"}
    missing = sent(visitor, spring)
    assert (missing.status, list(missing.errors)) == (422, ["start_day"])
    assert "does not exist" in missing.errors["start_day"]
    autumn = {**LAB, "start_day": "31-10-2027", "start_time": "02:30", "end_day": "31-10-2027", "end_time": "04:30"}
    double = sent(visitor, autumn)
    assert (double.status, list(double.errors)) == (422, ["start_day"])
    assert "twice" in double.errors["start_day"]
    assert "open" in double.main.one("select", id="start_fold").above("details").attributes, "and the answer is in sight"
    lengths = {}
    for fold in ("0", "1"):
        page = visitor.follow(visitor.send(double, {"start_fold": fold}, id="window-form"))
        lengths[fold] = page.main.all("ul", class_="when")[0].text
    assert "3 hours" in lengths["0"]
    assert "2 hours" in lengths["1"]


def test_a_series_shows_its_first_times_and_how_many_more(signed_in: SigningIn) -> None:
    visitor = signed_in("wolk-planner")
    values = {**LAB, "rrule": "FREQ=WEEKLY;COUNT=9", "exdates": "27-1-2027, 3 feb 2027"}
    page = visitor.get(f"/windows/{proposed(visitor, values)}")
    shown = [one.text for one in page.main.all("ul", class_="when")[0].all("li")]
    assert len(shown) == 6
    assert "Wed 20 Jan 2027" in shown[0]
    assert "Wed 10 Feb 2027" in shown[1]
    assert "1 more" in page.main.text
