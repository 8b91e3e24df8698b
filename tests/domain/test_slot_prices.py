"""What a slot costs: each part by its own weight, and nothing that a supplier may not know."""

from app.domain import moved
from app.domain.cover import Expert
from app.domain.peaks import Peak, Severity
from app.domain.situation import Customer
from app.domain.slot_prices import POINT, Component, Part, Terms, price
from app.domain.spans import Span
from app.domain.verdict import Verdict
from app.domain.windows import Window

from . import cast

HOUR, DAY = 3600, 24 * 3600
AT_NIGHT = cast.window("CERT-ENGINE", "2027-03-03T00:00", "2027-03-03T02:00", rollback_minutes=60)
START = cast.utc("2027-03-02T23:00")
LONG_KNOWN = Terms(START, START - 30 * DAY)


def parts(window: Window, terms: Terms, *peaks: Peak) -> tuple[Part, ...]:
    return price(window, moved.first_of(window).exposed, cast.checked(window, peaks=peaks), terms)


def told(found: tuple[Part, ...]) -> list[tuple[Component, int, float]]:
    return [(one.component, one.amount, one.cost / POINT) for one in found]


def hours(customer: Customer, name: str, severity: Severity = Severity.RESTRICTED) -> Peak:
    """The whole of the day on which the window is."""
    return cast.peak(customer, name, cast.dates("2027-03-03"), severity)


def test_a_long_known_night_in_which_nobody_is_busy_costs_what_it_reaches() -> None:
    assert told(parts(AT_NIGHT, LONG_KNOWN)) == [(Component.CUSTOMERS, 1, 2)]


def test_the_night_is_from_ten_to_six_on_the_clock_of_the_window_s_zone() -> None:
    """Exposed from five to eight in the morning: two hours of that are by day."""
    morning = cast.window("CERT-ENGINE", "2027-03-03T05:00", "2027-03-03T07:00", rollback_minutes=60)
    assert (Component.DAYTIME, 2 * HOUR, 4) in told(parts(morning, LONG_KNOWN))


def test_days_later_than_wished_and_days_short_of_ten_days_notice_are_paid_for() -> None:
    terms = Terms(START - 3 * DAY, START - 4 * DAY)
    assert told(parts(AT_NIGHT, terms))[1:] == [(Component.NOTICE, 6 * DAY, 18), (Component.DELAY, 3 * DAY, 3)]


def test_hours_with_fewer_experts_than_the_service_asks_for_are_paid_for() -> None:
    away = Span(START + HOUR, START + 2 * HOUR)
    two = (Expert("A", AT_NIGHT.services, (away,)), Expert("B", AT_NIGHT.services))
    assert told(parts(AT_NIGHT, Terms(START, START - 30 * DAY, two)))[1:] == []
    asks_two = Terms(START, START - 30 * DAY, two, {"CERT-ENGINE": 2})
    assert told(parts(AT_NIGHT, asks_two))[1:] == [(Component.EXPERTS, HOUR, 10)]


def test_what_several_are_busy_with_counts_several_times_for_the_integrator_and_once_for_a_supplier() -> None:
    one, other = hours(cast.POLDERPOORT, "first"), hours(cast.POLDERPOORT, "second")
    summed, once = LONG_KNOWN, Terms(LONG_KNOWN.wish, LONG_KNOWN.now, is_summed=False)
    assert parts(AT_NIGHT, summed, one, other)[0] == Part(Component.PEAKS, 6 * HOUR, 240 * POINT, Verdict.NEEDS_WAIVER)
    assert parts(AT_NIGHT, once, one, other) == parts(AT_NIGHT, once, one)
    mild = hours(cast.POLDERPOORT, "mild", Severity.ADVISORY)
    assert parts(AT_NIGHT, once, one, mild) == parts(AT_NIGHT, once, one), "an hour counts as the worst that it is"
