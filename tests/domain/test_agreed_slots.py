"""When a service may be maintained: slots on a clock, and what holds outside them."""

import pytest

from app.domain.agreed_slots import AgreedSlot, Agreement, closed, require_sound_slot, within
from app.domain.peaks import DailyHours
from app.domain.refusal import Refusal

from .cast import AMSTERDAM, day, span

SUNDAYS = AgreedSlot("FREQ=WEEKLY;BYDAY=SU", DailyHours(0, 6 * 60), AMSTERDAM, day("2027-01-01"), day("2027-12-31"))
NIGHTS = AgreedSlot("FREQ=DAILY", DailyHours(22 * 60, 4 * 60), AMSTERDAM, day("2027-02-01"))


def test_a_slot_is_local_hours_on_the_days_of_its_recurrence() -> None:
    """In winter Amsterdam is an hour ahead of UTC, in summer two."""
    assert SUNDAYS.spans(span("2027-02-01T00:00", "2027-02-15T00:00")) == [
        span("2027-02-06T23:00", "2027-02-07T05:00"),
        span("2027-02-13T23:00", "2027-02-14T05:00"),
    ]
    assert SUNDAYS.spans(span("2027-07-04T01:00", "2027-07-04T02:00")) == [span("2027-07-03T22:00", "2027-07-04T04:00")]


def test_in_the_night_the_clock_goes_forward_a_slot_is_an_hour_shorter() -> None:
    assert SUNDAYS.spans(span("2027-03-28T00:00", "2027-03-28T12:00")) == [span("2027-03-27T23:00", "2027-03-28T04:00")]


def test_a_slot_that_ends_the_next_day_counts_on_the_day_it_starts() -> None:
    assert NIGHTS.spans(span("2027-02-01T00:00", "2027-02-02T12:00")) == [span("2027-02-01T21:00", "2027-02-02T03:00")]


def test_a_slot_holds_from_its_first_to_its_last_day() -> None:
    assert SUNDAYS.spans(span("2026-12-20T00:00", "2027-01-04T00:00")) == [span("2027-01-02T23:00", "2027-01-03T05:00")]
    assert SUNDAYS.spans(span("2028-01-01T00:00", "2028-02-01T00:00")) == []


def test_an_exposure_is_within_what_was_agreed_when_all_of_it_is() -> None:
    agreed = [Agreement("MW-ESB", True, (SUNDAYS,))]
    assert within(agreed, span("2027-02-06T23:00", "2027-02-07T05:00"))
    assert not within(agreed, span("2027-02-06T22:59", "2027-02-07T05:00"))
    assert not within(agreed, span("2027-02-06T23:00", "2027-02-07T05:01"))


def test_slots_that_touch_are_one() -> None:
    evening = AgreedSlot("FREQ=WEEKLY;BYDAY=SA", DailyHours(20 * 60, 24 * 60), AMSTERDAM, day("2027-01-01"))
    assert within([Agreement("MW-ESB", True, (SUNDAYS, evening))], span("2027-02-06T20:00", "2027-02-07T04:00"))


def test_every_service_has_to_be_within_its_own_slots() -> None:
    night = span("2027-02-06T23:00", "2027-02-07T02:00")
    both = [Agreement("MW-ESB", True, (SUNDAYS,)), Agreement("ID-SSO", True, ())]
    assert within(both[:1], night)
    assert not within(both, night)


def test_a_service_that_is_open_by_default_has_slots_only_to_prefer() -> None:
    noon = span("2027-02-03T11:00", "2027-02-03T12:00")
    assert within([Agreement("MW-ESB", False, (SUNDAYS,))], noon)
    assert closed([Agreement("MW-ESB", True, (SUNDAYS,))], noon) == [noon]


@pytest.mark.parametrize(
    ("slot", "code"),
    [
        (AgreedSlot("FREQ=HOURLY", DailyHours(0, 60), AMSTERDAM, day("2027-01-01")), "bad_rrule"),
        (AgreedSlot("FREQ=DAILY", DailyHours(0, 60), "Mars/Base", day("2027-01-01")), "unknown_timezone"),
        (AgreedSlot("FREQ=DAILY", DailyHours(0, 60), AMSTERDAM, day("2027-01-02"), day("2027-01-01")), "end_before_start"),
    ],
)
def test_a_slot_that_cannot_be_dated_is_refused(slot: AgreedSlot, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        require_sound_slot(slot)
    assert caught.value.code == code
