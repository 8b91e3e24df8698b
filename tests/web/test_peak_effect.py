"""Before a peak is saved its page tells which planned windows it would hit, and nothing that is not the reader's."""

from app.demo.world import DemoWorld
from tests.web.canaries import customer_names, found_in
from tests.web.conftest import SigningIn
from tests.web.filling import BLACK_FRIDAY_NIGHT, CLEAR_NIGHT, GATEWAY, proposed
from tests.web.visitor import Answer, Visitor

DAY_OF_THE_WINDOW = {"name": "Inventory", "day": "13", "month": "1", "severity": "freeze"}


def effect(
    visitor: Visitor, values: dict[str, str], address: str = "/peaks/new/fixed", asked: str = "/peaks/dates/fixed"
) -> Answer:
    return visitor.send_elsewhere(visitor.get(address), asked, values, id="peak-form")


def hits(answer: Answer) -> list[str]:
    lists = answer.page.one("section", class_="effect").all("ul", class_="findings")
    return [one.text for one in (lists[0].all("li") if lists else ())]


def test_a_new_freeze_tells_which_window_it_would_block_and_who_would_have_to_be_told(signed_in: SigningIn) -> None:
    window = proposed(signed_in("brug-planner"), {**GATEWAY, **CLEAR_NIGHT})
    answer = effect(signed_in("winkelwolk-planner"), DAY_OF_THE_WINDOW)
    (hit,) = hits(answer)
    assert f"{window} Gateway upgrade" in hit
    assert "Blocked (now: Clear)" in hit
    assert "Berichtenbrug Middleware" in hit
    assert "Wed 13 Jan 2027 01:00 until 04:00" in hit
    assert "under review" in hit
    told = "Berichtenbrug Middleware would have to be told: the first starts in 51 days 5 hours."
    notice = "Your notice is 72 hours: it can be announced anew until Sun 10 Jan 2027 01:00."
    assert f"{told} {notice}" in answer.page.text


def test_a_window_within_the_agreed_notice_can_no_longer_be_announced_anew(signed_in: SigningIn) -> None:
    tuesday_night = {"start_day": "24-11-2026", "end_day": "24-11-2026"}
    proposed(signed_in("brug-planner"), {**GATEWAY, **CLEAR_NIGHT, **tuesday_night})
    answer = effect(signed_in("winkelwolk-planner"), {**DAY_OF_THE_WINDOW, "day": "24", "month": "11"})
    assert (
        "That is within your notice of 72 hours: announcing it anew was possible until Sat 21 Nov 2026 01:00." in answer.page.text
    )


def test_a_day_on_which_nothing_is_planned_hits_nothing(signed_in: SigningIn) -> None:
    proposed(signed_in("brug-planner"), {**GATEWAY, **CLEAR_NIGHT})
    answer = effect(signed_in("winkelwolk-planner"), {**DAY_OF_THE_WINDOW, "day": "2", "month": "1"})
    assert hits(answer) == []
    assert "No planned window that reaches you would meet this peak." in answer.page.text


def test_a_draft_of_a_supplier_is_nobody_elses_business(signed_in: SigningIn) -> None:
    proposed(signed_in("brug-planner"), {**GATEWAY, **CLEAR_NIGHT}, "draft")
    assert hits(effect(signed_in("winkelwolk-planner"), DAY_OF_THE_WINDOW)) == []


def test_a_peak_that_is_changed_is_met_as_it_would_be_and_not_as_it_is(signed_in: SigningIn) -> None:
    proposed(signed_in("brug-planner"), {**GATEWAY, **BLACK_FRIDAY_NIGHT})
    visitor = signed_in("winkelwolk-planner")
    peak = "WINKELWOLK:shop-black-friday"
    address = next(one.attributes["href"] for one in visitor.get("/peaks").main.all("a") if "Black Friday" in one.text)
    kind = next(
        one.attributes["hx-post"] for one in visitor.get(f"{address}/change").main.all("div") if "hx-post" in one.attributes
    )
    assert peak.partition(":")[0] in kind
    (before,) = [one for one in hits(effect(visitor, {}, f"{address}/change", kind)) if "Gateway upgrade" in one]
    assert "Blocked:" in before
    (after,) = [
        one for one in hits(effect(visitor, {"severity": "advisory"}, f"{address}/change", kind)) if "Gateway upgrade" in one
    ]
    assert "Needs waiver (now: Blocked):" in after


def test_other_customers_are_never_named_nor_counted_in_the_verdict(signed_in: SigningIn, world: DemoWorld) -> None:
    """The gateway reaches five customers, and in that night another one has its freeze."""
    proposed(signed_in("brug-planner"), {**GATEWAY, **BLACK_FRIDAY_NIGHT})
    answer = effect(signed_in("noorderhaven-planner"), {**DAY_OF_THE_WINDOW, "day": "26", "month": "11", "severity": "advisory"})
    (hit,) = [one for one in hits(answer) if "Gateway upgrade" in one]
    assert "Advisory" in hit
    assert "Blocked" not in hit
    others = [one for one in customer_names(world) if "Noorderhaven" not in one]
    assert not found_in(answer.page.text, others)


def test_before_a_date_is_put_back_its_page_tells_what_it_would_hit(signed_in: SigningIn) -> None:
    visitor = signed_in("zonnekroon-planner")
    window = proposed(
        signed_in("brug-planner"), {**GATEWAY, "services": "MW-ESB", "start_day": "10-2-2028", "end_day": "10-2-2028"}
    )
    day = "/peaks/ZONNEKROON:flower-valentine/dates/2028-02-14"
    page = visitor.follow(visitor.send(visitor.get(day), {"reason": "No auction."}, "take_out"))
    link = page.main.one("ul", class_="exceptions").all("a")[0].attributes["href"]
    (hit,) = hits(visitor.get(link))
    assert window in hit
    assert "Blocked" in hit
