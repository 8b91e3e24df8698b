"""The best times for a window, against a check of every quarter of an hour."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain import moved
from app.domain.agreed_slots import AgreedSlot, Agreement, within
from app.domain.conflicts import check
from app.domain.cover import Expert
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.worlds import read_case
from app.domain.peaks import DailyHours
from app.domain.refusal import Refusal
from app.domain.situation import Situation
from app.domain.slot_prices import Component, Terms, price
from app.domain.slots import Search, find_slots
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.domain.windows import Window

from . import cast
from .examples import examples
from .worlds import ZONES, cases, cut_pairs

HOUR, QUARTER, DAY = 3600, 900, 24 * 3600


def plainly(search: Search, situation: Situation) -> list[tuple[int, Instant]]:
    """Cost and start of the best, by a check of every start."""
    found = []
    for start in range(-(-search.first // QUARTER) * QUARTER, search.last, QUARTER):
        window = moved.starting(search.window, start)
        exposed = moved.first_of(window).exposed
        result = check([window], situation)
        if result.verdict.rank <= search.worst.rank and within(search.agreed, exposed):
            found.append((sum(part.cost for part in price(window, exposed, result, search.terms)), start))
    return sorted(found)[: search.most]


@st.composite
def searches(draw: st.DrawFn) -> tuple[Search, Situation]:
    """A made-up world, and a search of some hours in it."""
    try:
        world, proposed = read_case(draw(cases() | cut_pairs()))
        occurrence = moved.first_of(proposed[0])
        window = moved.at(proposed[0], occurrence.planned)
        search = _search(draw, window, occurrence.planned.start)
        situation = world.situation((moved.throughout(window, search.span), *proposed[1:]), NATIONAL_CALENDARS)
    except (Refusal, IndexError):
        assume(False)
    return search, replace(situation, committed=(*situation.committed, *proposed[1:]))


def _search(draw: st.DrawFn, window: Window, wish: Instant) -> Search:
    first = wish + draw(st.integers(-24 * 3600, 12 * 3600))
    service = min(window.services)
    away = Span(first + draw(st.integers(-5, 10)) * HOUR, first + draw(st.integers(11, 40)) * HOUR)
    hours = DailyHours(draw(st.integers(0, 95)) * 15, draw(st.integers(0, 96)) * 15)
    slot = AgreedSlot("FREQ=DAILY", hours, draw(st.sampled_from(ZONES)), cast.day("2027-01-01"))
    experts = (Expert("E", frozenset({service}), (away,)),)
    is_summed = draw(st.booleans())
    return Search(
        window,
        first,
        first + draw(st.integers(1, 16)) * HOUR,
        Terms(wish, first - draw(st.integers(0, 20)) * DAY, experts, {service: draw(st.integers(1, 2))}, is_summed),
        most=draw(st.sampled_from((1, 3, 20, 150))),
        worst=draw(st.sampled_from((Verdict.NEEDS_WAIVER, Verdict.ADVISORY, Verdict.NEEDS_WAIVER, Verdict.CLEAR))),
        agreed=(Agreement(service, draw(st.booleans()), (slot,)),),
    )


def test_no_slot_is_worse_than_asked_and_no_better_one_is_missed() -> None:
    seen: set[str] = set()

    @examples(40)
    @given(searches())
    def finds_the_same(made: tuple[Search, Situation]) -> None:
        search, situation = made
        found = find_slots(search, situation)
        assert [(slot.cost, slot.occurrence.planned.start) for slot in found] == plainly(search, situation)
        seen.update(part.component for slot in found for part in slot.parts)
        seen.update(slot.result.verdict for slot in found)
        seen.update({"none"} if not found else set())

    finds_the_same()
    assert seen >= {*Component, Verdict.CLEAR, Verdict.ADVISORY, Verdict.NEEDS_WAIVER, "none"}
