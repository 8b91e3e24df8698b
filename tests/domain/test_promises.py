"""When a promise is kept, when somebody is reminded of it, and what is promised on which occasion.

The worked cases of a promise's standing are in test_worked_cases.py.
"""

from dataclasses import replace

import pytest

from app.domain.promises import (
    DAY,
    HOUR,
    MINUTE,
    TERMS,
    Kept,
    News,
    Occasion,
    Promise,
    Sides,
    Standing,
    Status,
    Update,
    due_at,
    from_now,
    kept_by,
    offer,
    standing,
)
from app.domain.windows import ChangeType

MADE = 1_800_000_000
DUE = MADE + HOUR
PROMISE = Promise("W-1", "KRP", "ZONNEKROON", Occasion.AGREED, News.PROCESS, MADE, DUE)


def test_a_reminder_comes_at_two_thirds_and_never_sooner():
    assert PROMISE.remind_at == MADE + 40 * MINUTE
    assert replace(PROMISE, due_at=MADE + 100).remind_at == MADE + 67


def test_in_the_grace_an_update_still_keeps_it_and_so_it_is_open():
    assert standing(MADE, DUE, 300, [], None, DUE + 100) == Standing(Status.OPEN, seconds_left=200)
    assert standing(MADE, DUE, 300, [], None, DUE + 301) == Standing(Status.MISSED, late_seconds=301)


def test_one_that_is_withdrawn_in_time_is_not_missed_and_later_it_is():
    assert standing(MADE, DUE, 0, [], DUE, DUE + HOUR).status is Status.WITHDRAWN
    assert standing(MADE, DUE, 0, [], DUE + 1, DUE + HOUR).status is Status.MISSED
    assert standing(MADE, DUE, 0, [], DUE - 10, DUE - 20).status is Status.OPEN, "it will be withdrawn, later"
    assert standing(MADE, DUE, 0, [DUE - 5], DUE - 10, DUE).status is Status.WITHDRAWN


@pytest.mark.parametrize("occasion", TERMS)
def test_an_emergency_is_told_of_no_later_than_anything_else(occasion: Occasion):
    usual = due_at(occasion, ChangeType.NORMAL, MADE, None)
    assert MADE < due_at(occasion, ChangeType.EMERGENCY, MADE, None) <= usual == MADE + TERMS[occasion].seconds


def test_what_is_told_of_a_start_is_told_before_it_or_as_soon_as_somebody_can():
    assert due_at(Occasion.SUBMISSION, ChangeType.NORMAL, MADE, MADE + DAY) == MADE + DAY
    assert due_at(Occasion.SUBMISSION, ChangeType.NORMAL, MADE, MADE + 5 * DAY) == MADE + 2 * DAY
    assert due_at(Occasion.SUBMISSION, ChangeType.NORMAL, MADE, MADE + 60) == MADE + 15 * MINUTE
    assert due_at(Occasion.REVIEW, ChangeType.NORMAL, MADE, MADE - DAY) == MADE + 3 * DAY


def test_a_time_is_promised_that_can_be_told_to_the_minute():
    assert [from_now(MADE + second, MINUTE) - MADE for second in (0, 1, 59, 60)] == [60, 120, 120, 120]


def test_the_next_word_is_proposed_as_soon_as_this_one_was():
    assert [offer(seconds) for seconds in (60, 31 * MINUTE, HOUR, DAY - 1, 400 * DAY)] == [
        30 * MINUTE,
        30 * MINUTE,
        HOUR,
        8 * HOUR,
        7 * DAY,
    ]


def test_customers_hear_of_the_integrator_and_the_integrator_of_the_supplier():
    sides = Sides("KRP", "BRUG", {"ZONNEKROON", "DUINWIJK"})
    customers = [("KRP", "DUINWIJK"), ("KRP", "ZONNEKROON")]
    found = {occasion: sides.of(occasion) for occasion in Occasion}
    assert found == {
        Occasion.SUBMISSION: [("KRP", "BRUG")],
        Occasion.WAIVER: [("DUINWIJK", "KRP"), ("ZONNEKROON", "KRP")],
        Occasion.APPROVAL: customers,
        Occasion.START: [("BRUG", "KRP"), *customers],
        Occasion.OVERRUN: [("BRUG", "KRP"), *customers],
        Occasion.HOLD: [("KRP", "BRUG"), *customers],
        Occasion.REVIEW: customers,
        Occasion.AGREED: [],
    }


def test_the_kept_rate_counts_what_is_over_by_party():
    promises = [
        replace(PROMISE, answered_at=DUE),
        replace(PROMISE, answered_at=DUE + 1),
        replace(PROMISE),
        replace(PROMISE, due_at=DUE + DAY),
        replace(PROMISE, withdrawn_at=MADE + 1),
        replace(PROMISE, by="BRUG", answered_at=DUE),
    ]
    found = kept_by(promises, DUE + HOUR)
    assert found == {"KRP": Kept(1, 1, 1), "BRUG": Kept(1, 0, 0)}
    assert (found["KRP"].rate, found["BRUG"].rate, Kept().rate) == (1 / 3, 1, None)


def test_an_update_in_one_language_is_read_in_that_by_everybody():
    told = Update("W-1", "KRP", ("ZONNEKROON",), News.CONTENT, MADE, nl="Klaar.")
    assert (told.words("nl"), told.words("en"), replace(told, en="Done.").words("en")) == ("Klaar.", "Klaar.", "Done.")
