"""When it opens, and how long it stays open, against a check of every ten minutes."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain import moved
from app.domain.conflicts import check
from app.domain.gate import Gate, gate, next_open, open_until
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.worlds import read_case
from app.domain.refusal import Refusal
from app.domain.situation import Situation
from app.domain.spans import Instant, Span
from app.domain.windows import Window

from .examples import examples
from .worlds import cases, cut_pairs

STEP, SEARCHED = 600, 30 * 3600


@st.composite
def works(draw: st.DrawFn) -> tuple[Window, Instant, Situation]:
    """Work of some length in a made-up world, and up to when is looked."""
    try:
        world, proposed = read_case(draw(cases() | cut_pairs()))
        planned = moved.first_of(proposed[0]).planned
        start = planned.start + draw(st.integers(-12 * 6, 6 * 6)) * STEP
        reserve = draw(st.sampled_from([0, 30]))
        window = moved.at(replace(proposed[0], rollback_minutes=reserve), Span(start, start + draw(st.integers(1, 24)) * STEP))
        exposed, latest = moved.first_of(window).exposed, start + SEARCHED
        whole = moved.throughout(window, Span(start, latest + exposed.seconds))
        situation = world.situation((whole, *proposed[1:]), NATIONAL_CALENDARS)
    except (Refusal, IndexError):
        assume(False)
    return window, latest, replace(situation, committed=(*situation.committed, *proposed[1:]))


def answer(window: Window, situation: Situation) -> Gate:
    found = check([window], situation)
    return gate(found.verdict, found.notes)


@given(works())
@examples(40)
def test_the_next_open_time_is_open_and_none_is_earlier(given_: tuple[Window, Instant, Situation]) -> None:
    window, latest, situation = given_
    start = moved.first_of(window).planned.start
    found = next_open(window, latest, situation)
    if found is not None:
        assert answer(moved.starting(window, found), situation) is Gate.OPEN
    for earlier in range(start, latest + 1 if found is None else found, STEP):
        state = answer(moved.starting(window, earlier), situation)
        assert state is not Gate.OPEN, earlier


@given(works())
@examples(40)
def test_work_may_last_until_then_and_no_longer(given_: tuple[Window, Instant, Situation]) -> None:
    window, latest, situation = given_
    planned = moved.first_of(window).planned
    assume(answer(window, situation) is Gate.OPEN)
    until = open_until(window, latest, situation)
    assert planned.end <= until
    assert answer(moved.at(window, Span(planned.start, until)), situation) is Gate.OPEN
    if until < latest - window.rollback_minutes * 60:
        assert answer(moved.at(window, Span(planned.start, until + 1)), situation) is not Gate.OPEN
