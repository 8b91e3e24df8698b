"""Promises on pages: who waits is seen first, a word is given at once, and each reads what is his in his own language."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.promises import DAY, HOUR
from app.domain.spans import Instant
from tests.web.conftest import SigningIn
from tests.web.filling import CLEAR_NIGHT, GATEWAY, SETTLEMENT, proposed
from tests.web.visitor import Answer, Visitor

Waiting = Callable[[int], None]
WORDS = {"kind": "process", "en": "We test it once more.", "nl": "We testen het nog een keer."}


@pytest.fixture
def later(app: Flask, story_now: Instant) -> Waiting:
    """The clock goes on: so many seconds after the story's moment."""

    def wait(seconds: int) -> None:
        app.extensions["ober"] |= {"clock": lambda: story_now + seconds}

    return wait


@pytest.fixture
def window(signed_in: SigningIn, later: Waiting) -> str:
    """A gateway upgrade that reaches five customers, handed in at 20:00 and approved at 21:00."""
    window = proposed(signed_in("brug-planner"), {**GATEWAY, **CLEAR_NIGHT})
    later(HOUR)
    manager = signed_in("krp-cm-1")
    assert manager.send(manager.get(f"/windows/{window}"), {}, action=f"/windows/{window}/approve").status == 302
    return window


def lines(answer: Answer) -> list[str]:
    """The promises that wait."""
    return [one.text for one in answer.main.one("ul", class_="promises").all("li")]


def test_the_duty_manager_begins_with_who_waits_the_longest_overdue_first(
    signed_in: SigningIn, later: Waiting, window: str
) -> None:
    proposed(signed_in("atelier-planner"), SETTLEMENT)  # an answer is promised until 24 November, 21:00
    later(3 * DAY + HOUR)
    duty = signed_in("krp-duty")
    first, second, *_ = lines(duty.follow(duty.get("/")))
    assert first.startswith("2 days late, and nothing told Ketenregie Partners tells ")
    assert "Winkelwolk" in first
    assert "Veiling Zonnekroon" in first, "one line for all that wait for the same word"
    assert window in first
    assert second.startswith("1 day late, and nothing told Ketenregie Partners tells AppAtelier before Tue 24 Nov 2026 21:00")


def test_a_word_is_given_at_once_and_more_is_promised(signed_in: SigningIn, later: Waiting, window: str) -> None:
    later(2 * HOUR)
    duty = signed_in("krp-duty")
    desk = duty.get("/desk")
    assert duty.send(desk, {"within": "14400"}, button="tell", action=f"/windows/{window}/tell").location == "/desk"
    assert "4 hours left" in lines(duty.get("/desk"))[0]
    page = duty.get(f"/windows/{window}").main.text
    assert "kept, told Sun 22 Nov 2026 22:00" in page
    assert "There is no news yet; we go on and will tell you again before Mon 23 Nov 2026 02:00." in page


def tell(visitor: Visitor, window: str, changes: dict[str, object]) -> Answer:
    return visitor.send(visitor.get(f"/windows/{window}/tell"), changes, button="tell", id="tell-form")


def test_a_customer_reads_it_in_its_own_language_in_one_voice(signed_in: SigningIn, later: Waiting, window: str) -> None:
    later(2 * HOUR)
    assert tell(signed_in("krp-duty"), window, {**WORDS, "to": ["ZONNEKROON", "BRUG"]}).status == 302
    for language, said in (("nl", WORDS["nl"]), ("en", WORDS["en"])):
        customer = signed_in("zonnekroon-planner", language)
        for address in (f"/windows/{window}", "/promises"):
            page = customer.get(address).main.text
            assert f"Ketenregie Partners: {said}" in page
            assert "Berichtenbrug" not in page.partition(said)[2].partition("Ketenregie")[0], "nor whom else it was told"
    assert said not in signed_in("noorderhaven-planner").get("/promises").main.text


def test_a_supplier_reads_nothing_of_what_customers_were_promised(signed_in: SigningIn, later: Waiting, window: str) -> None:
    later(2 * HOUR)
    tell(signed_in("krp-duty"), window, {**WORDS, "to": ["ZONNEKROON"]})
    assert WORDS["en"] in signed_in("krp-cm-1").get(f"/windows/{window}").main.text, "there is something to see"
    for address in (f"/windows/{window}", "/promises", f"/windows/{window}/tell"):
        page = signed_in("brug-planner").get(address).main.text
        assert WORDS["en"] not in page
        assert "Zonnekroon" not in page
        assert "what was approved" not in page.partition("What is promised by itself")[0]


def test_a_supplier_tells_the_integrator(signed_in: SigningIn, later: Waiting, window: str) -> None:
    later(2 * HOUR)
    assert tell(signed_in("brug-planner"), window, WORDS).status == 302
    assert f"Berichtenbrug Middleware to Ketenregie Partners: {WORDS['en']}" in signed_in("krp-cm-1").get("/promises").main.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "content"}, "nl"),
        ({"kind": "gossip"}, "kind"),
        ({"within": "61"}, "within"),
        ({"to": []}, "to"),
        ({"en": "x" * 2001}, "en"),
    ],
)
def test_what_cannot_be_told_is_said_beside_its_field_and_kept(
    signed_in: SigningIn, later: Waiting, window: str, changes: dict[str, object], field: str
) -> None:
    later(2 * HOUR)
    duty = signed_in("krp-duty")
    answer = tell(duty, window, {"en": "", "nl": "", **changes})
    assert (answer.status, list(answer.errors)) == (422, [field])
    assert answer.form(id="tell-form").one("select", name="kind"), "and can be mended there"


def test_a_promise_alone_needs_a_time(signed_in: SigningIn, window: str) -> None:
    duty = signed_in("krp-duty")
    page = duty.get(f"/windows/{window}/tell")
    assert list(duty.send(page, {"within": ""}, button="promise", id="tell-form").errors) == ["within"]
    assert duty.send(page, {"within": "1800"}, button="promise", id="tell-form").status == 302
    assert "30 minutes left" in lines(duty.get("/desk"))[0]


def test_a_promise_is_taken_back_with_a_reason_that_is_read(signed_in: SigningIn, later: Waiting, window: str) -> None:
    later(2 * HOUR)
    duty = signed_in("krp-duty")
    back = next(
        one.attributes["href"] for one in duty.get("/desk").main.all("a", href=None) if "take-back" in one.attributes["href"]
    )
    page = duty.get(back)
    assert list(duty.send(page, {}).errors) == ["reason"]
    assert duty.send(page, {"reason": "Told by telephone."}).location == f"/windows/{window}"
    assert "Taken back: Told by telephone." in signed_in("zonnekroon-planner").get(f"/windows/{window}").main.text
    assert [duty.get(back).status, signed_in("zonnekroon-planner").get(back).status] == [404, 404]


def test_how_promises_were_kept_stays_visible(signed_in: SigningIn) -> None:
    assert "3 of 4 kept (75%), 1 late, 0 missed" in signed_in("krp-cm-1").get("/promises?days=30").main.text
    assert "3 of 4 kept (75%), 1 late, 0 missed" in signed_in("polderpoort-planner").get("/promises").main.text
    assert "Nothing was due in this time." in signed_in("zonnekroon-planner").get("/promises?days=x").main.text


def test_what_is_promised_by_itself_is_said(signed_in: SigningIn) -> None:
    said = "the integrator to the supplier, after a window was handed in: an answer to what was handed in, within 2 days"
    assert said in signed_in("brug-planner").get("/promises").main.text


def test_the_desk_says_what_to_decide_what_is_at_risk_and_which_notice_runs_out(signed_in: SigningIn) -> None:
    desk = signed_in("krp-cm-1").get("/desk").main
    assert "Too late to announce to Noorderhaven Bank since Wed 18 Nov 2026 00:00." in desk.text
    told = desk.text.partition("Decide now")[2]
    to_decide, at_risk = told.split("At risk")
    assert to_decide.index("W-26-011") < to_decide.index("W-26-014"), "by their start"
    assert ["W-27-038" in at_risk, "W-26-012" in at_risk, "W-27-014" in at_risk] == [True, True, False]


def test_the_desk_is_the_integrators(signed_in: SigningIn) -> None:
    assert [signed_in(one).get("/desk").status for one in ("brug-planner", "zonnekroon-planner")] == [404, 404]
