"""A form that is refused comes back on its own page as it was filled in, with what is wrong beside its field."""

from app.domain.spans import Instant
from app.store.database import Database
from tests.conftest import Cast
from tests.usecases.test_running import START, approved_window
from tests.web.conftest import SigningIn
from tests.web.filling import rows
from tests.web.reading import filled_in
from tests.web.visitor import Answer

LONG = "x" * 4_001


def said_beside(answer: Answer, field: str) -> str:
    """What stands beside a field that is marked as wrong, on a page that says so above too."""
    assert answer.status == 422
    assert field in answer.errors
    wrong = answer.main.one(id=field)
    assert wrong.attributes["aria-invalid"] == "true"
    (said,) = [one for one in wrong.attributes["aria-describedby"].split() if one.endswith("-error")]
    return answer.main.one(id=said).text.removeprefix("✕").strip()


def test_a_wrong_mail_address_keeps_the_topics_that_were_ticked(signed_in: SigningIn, demo_database: Database) -> None:
    reader = signed_in("noorderhaven-planner")
    page, before = reader.get("/messages"), rows(demo_database)
    refused = reader.send(page, {"address": "me@", "mail": ["waivers"], "webhook": ["maintenance"]}, action="/messages")
    assert said_beside(refused, "address").startswith("This is not an e-mail address")
    kept = filled_in(refused.form(action="/messages"))
    assert (kept["address"], kept["mail"], kept["webhook"]) == (["me@"], ["waivers"], ["maintenance"])
    assert rows(demo_database) == before
    mended = reader.send(refused, {"address": "me@example.org"}, action="/messages")
    kept = filled_in(reader.follow(mended).form(action="/messages"))
    assert (kept["address"], kept["mail"], kept["webhook"]) == (["me@example.org"], ["waivers"], ["maintenance"])


def test_a_webhook_is_told_of_both_its_fields_at_once(signed_in: SigningIn) -> None:
    reader = signed_in("noorderhaven-planner")
    typed = {"label": "x" * 81, "address": "http://127.0.0.1/x"}
    refused = reader.send(reader.get("/messages"), typed, action="/messages/webhooks")
    assert said_beside(refused, "label") == "This has 1 to 80 characters."
    assert "private network" in said_beside(refused, "hook-address")
    kept = filled_in(refused.form(action="/messages/webhooks"))
    assert (kept["label"], kept["address"]) == ([typed["label"]], [typed["address"]])


def test_after_a_webhook_was_added_the_choices_still_go_to_their_own_address(signed_in: SigningIn) -> None:
    reader = signed_in("noorderhaven-planner")
    made = reader.post("/messages/webhooks", {"label": "night desk", "address": "https://hooks.example.org/"})
    reader.follow(reader.send(made, {"address": "me@example.org"}, action="/messages"))
    assert filled_in(reader.get("/messages").form(action="/messages"))["address"] == ["me@example.org"]


def test_ticks_of_a_service_that_is_not_there_keep_the_other_ticks(
    signed_in: SigningIn, demo_database: Database, story_now: Instant
) -> None:
    window = approved_window(Cast(demo_database, story_now))
    run, sheet = f"/windows/{window}/run", f"/windows/{window}/night-sheet"
    signed_in("krp-cm-1").app.extensions["ober"]["clock"] = lambda: START
    supplier = signed_in("atelier-planner")
    supplier.send(supplier.get(run), {"experts": ["app-team-shop"], "going_back": "20"}, action=f"{run}/start")
    refused = supplier.send(supplier.get(sheet), {"services": ["BANK-APP", "GONE"]}, action=sheet)
    assert refused.status == 422
    assert refused.errors == {"services": "Choose one of these."}
    assert filled_in(refused.form(action=sheet))["services"] == ["BANK-APP"]
    assert filled_in(supplier.get(sheet).form(action=sheet)).get("services") is None, "nothing was ticked"


def test_a_token_is_told_of_all_its_fields_at_once(signed_in: SigningIn) -> None:
    reader = signed_in("brug-planner")
    refused = reader.send(reader.get("/tokens"), {"label": "", "scopes": ["check"], "days": "999"})
    assert said_beside(refused, "label") == "This is missing. Fill it in."
    assert "999" in said_beside(refused, "days")
    kept = filled_in(refused.form())
    assert (kept["scopes"], kept["days"]) == (["check"], ["999"])


def test_a_feed_keeps_what_it_is_for(signed_in: SigningIn) -> None:
    reader = signed_in("brug-planner")
    refused = reader.send(reader.get("/calendar-feeds"), {"label": "x" * 81})
    assert said_beside(refused, "label") == "This has 1 to 80 characters."
    assert filled_in(refused.form(action=None))["label"] == ["x" * 81]


def test_a_customer_s_sentence_stays_when_the_mark_is_forgotten(signed_in: SigningIn) -> None:
    reader = signed_in("zonnekroon-planner")
    page = reader.get("/reviews")
    action = page.main.all("form")[0].attributes["action"]
    refused = reader.send(page, {"mark": "", "mark_remark": "The clock stood still."}, action=action)
    assert said_beside(refused, "mark") == "This is missing. Fill it in."
    assert filled_in(refused.form(action=action))["mark_remark"] == ["The clock stood still."]


def test_the_last_day_of_a_slot_is_told_beside_that_slot(signed_in: SigningIn) -> None:
    page = "/services/MW-ESB/slots"
    supplier = signed_in("brug-planner")
    sundays = {"weekdays": ["SU"], "start": "00:00", "end": "06:00", "zone": "Europe/Amsterdam", "valid_from": "1-1-2027"}
    supplier.post(page, {**sundays, "version": filled_in(supplier.get(page).form(action=page))["version"][0]})
    opened = supplier.get(page)
    (end,) = [one.attributes["action"] for one in opened.main.all("form") if one.attributes["action"].endswith("/end")]
    for last, told in (("31-2-2027", "31-2-2027"), ("31-12-2026", "")):
        refused = supplier.send(opened, {"last": last}, action=end)
        assert told in said_beside(refused, "last")
        assert filled_in(refused.form(action=end))["last"] == [last]
        assert filled_in(refused.form(action=page))["zone"] == ["Europe/Amsterdam"], "the other form is as it was"


def test_a_reason_that_is_too_long_stays_beside_its_step(signed_in: SigningIn) -> None:
    manager = signed_in("krp-cm-1")
    cause = "/conflicts/1"
    refused = manager.send(manager.get(cause), {"until": "1-1-2027", "reason": LONG}, action=f"{cause}/snooze")
    assert said_beside(refused, "reason") == "This has 1 to 4000 characters."
    assert filled_in(refused.form(action=f"{cause}/snooze"))["reason"] == [LONG]
    window = "/windows/W-27-014"
    missing = manager.send(manager.get(window), {}, action=f"{window}/return_for_rework")
    assert said_beside(missing, "reason")
