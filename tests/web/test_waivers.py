"""The pages on which a customer is asked for a waiver and answers: signed in, or by the link he was sent."""

import pytest
from flask import Flask

from app.adapters.invitations import Invitation, Invitations
from app.domain.access import SYSTEM
from app.domain.spans import Instant
from app.store.database import Database
from tests.usecases.story import tell
from tests.web.conftest import SECRET_KEY, SigningIn
from tests.web.filling import taken
from tests.web.visitor import Answer, Visitor

WINDOW = "/windows/W-27-018"  # routers at the airport, in the evening wave of the animal hotel, which is asked
NEW = "/windows/W-27-017/waivers"  # refused before; in a municipality's peak


def opened(visitor: Visitor) -> str:
    """The address of the request about that window."""
    [found] = [link.attributes["href"] for link in visitor.get(WINDOW).main.all("a") if "/waivers/" in link.attributes["href"]]
    return found


def seal_of(answer: Answer) -> str:
    return str(answer.page.all("input", name="seal")[0].attributes["value"])


def link(number: int, person: str = "polderpoort-planner", key: str = SECRET_KEY) -> str:
    return f"/waivers/answer/{Invitations(key).write(Invitation(number, person))}"


def test_a_customer_reads_what_it_signs_for_and_grants_it_on_a_condition(signed_in: SigningIn) -> None:
    customer = signed_in("polderpoort-planner")
    address = opened(customer)
    shown = customer.get(address)
    for words in ("evening transfer wave", "Decide before", "How it reaches you", "Who is there"):
        assert words in shown.words, words
    assert customer.post(f"{address}/grant", {"conditions": "One hour at most.", "seal": seal_of(shown)}).status == 302
    assert "One hour at most." in customer.get(address).words
    assert "granted, by" in signed_in("krp-cm-1").get(WINDOW).words


def test_a_refusal_without_a_reason_is_told_beside_its_field_and_loses_nothing(signed_in: SigningIn) -> None:
    customer = signed_in("polderpoort-planner")
    address = opened(customer)
    typed = {"seal": seal_of(customer.get(address)), "alternative_day": "31-2-2027", "alternative_time": "25:00"}
    answer = customer.post(f"{address}/refuse", typed)
    assert answer.status == 422
    assert "31-2-2027" in answer.html
    answer = customer.post(f"{address}/refuse", {"seal": typed["seal"], "reason": ""})
    assert (answer.status, "Give a reason" in answer.words) == (422, True)


def test_what_was_shown_before_it_changed_is_not_signed(signed_in: SigningIn) -> None:
    customer = signed_in("polderpoort-planner")
    address = opened(customer)
    answer = customer.post(f"{address}/grant", {"seal": "0" * 64})
    assert (answer.status, "What you were shown has changed" in answer.words) == (409, True)


def test_a_link_answers_once_and_only_for_its_person_and_request(app: Flask, signed_in: SigningIn) -> None:
    number = int(opened(signed_in("polderpoort-planner")).rsplit("/", 1)[1])
    visitor = Visitor(app)
    shown = visitor.get(link(number))
    assert shown.status == 200
    assert not shown.page.all("nav"), "it opens nothing else"
    assert visitor.get(link(number)).status == 200, "looking at it uses nothing up"
    again = visitor.post(link(number), {"grant": "1", "conditions": "Call us first.", "seal": seal_of(shown)})
    assert (again.status, "Call us first." in again.words) == (200, True)
    assert visitor.post(link(number), {"refuse": "1", "reason": "No.", "seal": seal_of(shown)}).status == 409
    assert visitor.get("/windows").status == 302, "nobody was signed in"


@pytest.mark.parametrize(
    ("number", "person", "key", "language"),
    [
        (1, "polderpoort-planner", SECRET_KEY[::-1] + "x", "en"),
        (999, "polderpoort-planner", SECRET_KEY, "nl"),
        (1, "brug-planner", SECRET_KEY, "nl"),
    ],
)
def test_a_link_that_was_made_up_or_is_not_for_that_request_leads_nowhere(
    app: Flask, number: int, person: str, key: str, language: str
) -> None:
    assert Visitor(app, language).get(link(number, person, key)).status == 404


def answered_by_link(app: Flask, number: int, **typed: str) -> Answer:
    visitor = Visitor(app)
    return visitor.post(link(number), {"seal": seal_of(visitor.get(link(number))), **typed})


def number_of(signed_in: SigningIn) -> int:
    return int(opened(signed_in("polderpoort-planner")).rsplit("/", 1)[1])


def test_a_link_that_did_its_work_says_who_answered_what_and_what_holds_now(app: Flask, signed_in: SigningIn) -> None:
    number = number_of(signed_in)
    answered_by_link(app, number, grant="1", conditions="Call us first.")
    shown = Visitor(app).get(link(number)).main
    status = shown.one("p", role="status").text
    assert "nothing to answer any more: ✓ granted, by Planner Dierenhotel Polderpoort, Sun 22 Nov 2026 20:00" in status
    holds = shown.one("section", **{"aria-labelledby": "holds-title"}).text
    assert "It is not decided yet whether this maintenance happens. What is proposed is Wed 3 Mar 2027 23:00" in holds
    assert "counts as long as" in holds
    assert not shown.all("form"), "there is nothing to send"
    manager = signed_in("krp-cm-1")
    manager.follow(taken(manager, "W-27-018", "approve", reason="They agreed."))
    assert "This maintenance is approved: Wed 3 Mar 2027 23:00" in Visitor(app).get(link(number)).main.text


def test_a_link_after_a_refusal_and_after_the_window_s_end_says_so(app: Flask, signed_in: SigningIn) -> None:
    number = number_of(signed_in)
    answered_by_link(app, number, refuse="1", reason="Too busy.")
    manager = signed_in("krp-cm-1")
    manager.follow(taken(manager, "W-27-018", "reject", reason="They did not agree."))
    signed_in("polderpoort-planner", "nl")
    shown = Visitor(app, "nl").get(link(number)).main.text
    assert "geweigerd, door Planner Dierenhotel Polderpoort" in shown
    assert "Dit onderhoud gaat niet door." in shown


def test_a_link_to_consent_that_has_lapsed_says_who_gave_it_and_that_it_counts_no_more(app: Flask, signed_in: SigningIn) -> None:
    number = number_of(signed_in)
    answered_by_link(app, number, grant="1")
    manager = signed_in("krp-cm-1")
    manager.follow(taken(manager, "W-27-018", "approve", reason="They agreed."))
    app.extensions["ober"]["clock"] = (lambda later: lambda: later)(app.extensions["ober"]["clock"]() + 3600)
    supplier = signed_in("kabel-planner")
    form = supplier.get(f"{WINDOW}/change")
    supplier.follow(supplier.send(form, {"start_time": "23:10", "rollback_plan": "The old image."}, id="window-form"))
    shown = Visitor(app).get(link(number)).main.text
    assert "lapsed: the window, the peak or the chain is no longer what it was about, Sun 22 Nov 2026 21:00" in shown
    assert "(granted, by Planner Dierenhotel Polderpoort, Sun 22 Nov 2026 20:00)" in shown


def test_a_link_of_which_the_date_is_over_is_not_answered_any_more(app: Flask, signed_in: SigningIn) -> None:
    number = number_of(signed_in)
    assert Visitor(app).get(link(number)).main.all("form"), "it can be answered now"
    app.extensions["ober"]["clock"] = (lambda later: lambda: later)(app.extensions["ober"]["clock"]() + 365 * 24 * 3600)
    shown = Visitor(app).get(link(number)).main
    assert "Nobody answered, and that is a refusal." in shown.text
    assert not shown.all("form")


def test_a_link_of_somebody_who_may_no_longer_act_says_who_can(
    app: Flask, signed_in: SigningIn, demo_database: Database, story_now: Instant
) -> None:
    number = number_of(signed_in)
    with demo_database.writing(SYSTEM, story_now) as work:
        tell(work, "UPDATE person_role SET role = 'viewer' WHERE person_id = 'polderpoort-planner'")
    shown = Visitor(app).get(link(number)).main
    assert "You may not answer for Dierenhotel Polderpoort any more." in shown.text
    assert not shown.all("form")
    with demo_database.writing(SYSTEM, story_now) as work:
        tell(work, "UPDATE person SET disabled_at = 1 WHERE id = 'polderpoort-planner'")
    gone = Visitor(app, "nl").get(link(number))
    assert (gone.status, "naar iemand die hier niets meer mag doen" in gone.words, "W-27-018" in gone.words) == (403, True, False)


def test_a_change_manager_asks_and_is_told_what_is_missing(signed_in: SigningIn) -> None:
    manager = signed_in("krp-cm-1")
    shown = manager.get(NEW)
    values = {one.attributes["name"]: one.attributes.get("value", "") for one in shown.main.all("input")}
    typed = {name: values[name] for name in ("about", "version", "decide_by_day", "decide_by_time")}
    assert manager.post(NEW, {**typed, "question": ""}).status == 422
    over = manager.post(NEW, {**typed, "question": "Please?", "decide_by_day": "1-1-2026"})
    assert (over.status, "This moment has passed" in over.words) == (422, True)
    assert manager.post(NEW, {**typed, "question": "Please?", "about": "2027-01-01 ZONNEKROON:secret"}).status == 409
    assert manager.post(NEW, {**typed, "question": "Please?"}).status == 302
    assert "waiver requested" in manager.get("/windows/W-27-017").words


def test_a_supplier_reads_that_a_waiver_is_asked_for_and_nothing_of_whom(signed_in: SigningIn) -> None:
    supplier = signed_in("kabel-planner")
    page = supplier.get(WINDOW)
    assert (page.status, "waiver requested" in page.words, "Waivers" in page.words) == (200, True, False)
    assert supplier.get("/waivers").status == 404
    assert supplier.get("/waivers/1").status == 404
