"""A window that a change put on hold says because of what, and a page shows what is being checked again."""

import pytest

from app.usecases import rechecking
from tests.web.conftest import SigningIn
from tests.web.filling import CLEAR_NIGHT, GATEWAY, proposed

INVENTORY = {"name": "Inventory", "day": "13", "month": "1", "severity": "freeze"}


def approved(signed_in: SigningIn) -> str:
    """A gateway upgrade in a clear night that a change manager has approved."""
    window = proposed(signed_in("brug-planner"), {**GATEWAY, **CLEAR_NIGHT})
    manager = signed_in("krp-cm-1")
    page = manager.get(f"/windows/{window}")
    assert manager.send(page, {}, action=f"/windows/{window}/approve").status == 302
    return window


def registered(signed_in: SigningIn) -> None:
    """The web shop registers a freeze on the very day."""
    planner = signed_in("winkelwolk-planner")
    assert planner.send(planner.get("/peaks/new/fixed"), INVENTORY, id="peak-form").status == 302


@pytest.mark.parametrize(
    ("reader", "because"),
    [
        ("krp-cm-1", "Winkelwolk registered the peak “Inventory” on Sun 22 Nov 2026"),
        ("winkelwolk-planner", "Winkelwolk registered the peak “Inventory” on Sun 22 Nov 2026"),
        ("brug-planner", "a customer's peak changed on Sun 22 Nov 2026"),
        ("noorderhaven-planner", "something it depends on changed on Sun 22 Nov 2026"),
    ],
)
def test_each_reader_is_told_why_as_far_as_he_may_know(signed_in: SigningIn, reader: str, because: str) -> None:
    window = approved(signed_in)
    registered(signed_in)
    read = signed_in(reader).get(f"/windows/{window}").main.text
    assert f"On hold since Sun 22 Nov 2026 20:00: {because}." in read


def test_the_page_tells_what_was_checked_again_because_of_what_and_what_came_of_it(signed_in: SigningIn) -> None:
    window = approved(signed_in)
    registered(signed_in)
    line = signed_in("krp-cm-1").get("/rechecks").main.all("li")[0]
    assert "Winkelwolk registered the peak “Inventory”" in line.text
    assert "1 window checked" in line.text
    assert f"Put on hold: {window}" in line.text


def test_what_waits_for_the_worker_is_told_on_both_pages(signed_in: SigningIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rechecking, "AT_ONCE", 0)
    window = approved(signed_in)
    registered(signed_in)
    manager = signed_in("krp-cm-1")
    assert "0 of 1 checked" in manager.get("/rechecks").main.text
    said = "It still has to be checked again: Winkelwolk registered the peak “Inventory” on Sun 22 Nov 2026."
    assert said in manager.get(f"/windows/{window}").main.text


def test_only_the_integrator_has_that_page(signed_in: SigningIn) -> None:
    assert [signed_in(one).get("/rechecks").status for one in ("brug-planner", "winkelwolk-planner")] == [404, 404]
