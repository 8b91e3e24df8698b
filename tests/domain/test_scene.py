"""Which windows are active together, and which of them can do more together than apart."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.chain import Chain, Requirement
from app.domain.outage import Outage
from app.domain.scene import Moment, Scene
from app.domain.situation import Situation
from app.domain.windows import Window

from .cast import CHAIN, chain, need, span, window
from .examples import examples
from .test_outage import letters, maintains
from .worlds import dependency, some


def scene(of: Chain, proposed: Window, *committed: Window) -> Scene:
    return Scene([proposed], Situation(of, (), {}, committed))


def companies(moment: Moment) -> list[set[str]]:
    return sorted((set(outage.windows) for outage in moment.outages), key=sorted)


def test_a_moment_ends_where_another_window_begins_or_ends():
    early, late = "2027-01-10T00:00", "2027-01-10T02:00"
    found = scene(CHAIN, maintains("CDN-EAST"), window("CDN-WEST", early, late, id="west")).moments
    assert [(one.span, one.active) for one in found] == [
        (span("2027-01-10T00:00", "2027-01-10T01:00"), {"W1", "west"}),
        (span("2027-01-10T01:00", "2027-01-10T02:00"), {"W1"}),
    ]


def test_a_window_that_is_checked_again_is_not_in_its_own_company():
    (moment,) = scene(CHAIN, maintains("CDN-EAST"), maintains("CDN-WEST")).moments
    assert moment.outage_of("W1").down == {"CDN-EAST"}


def test_time_without_a_proposed_window_is_no_moment():
    later = window("CDN-WEST", "2027-01-10T02:00", "2027-01-10T05:00", id="west")
    assert [one.span for one in scene(CHAIN, maintains("CDN-EAST"), later).moments] == [
        span("2027-01-10T00:00", "2027-01-10T01:00"),
        span("2027-01-10T01:00", "2027-01-10T02:00"),
    ]


def test_two_windows_under_one_spare_are_in_company():
    (moment,) = scene(CHAIN, maintains("CDN-EAST"), maintains("CDN-WEST", "west")).moments
    assert companies(moment) == [{"W1", "west"}]
    assert moment.is_down("TV-LIVE")


def test_two_windows_without_a_spare_above_both_are_apart_and_both_take_down_what_they_do():
    (moment,) = scene(CHAIN, maintains("CDN-EAST"), maintains("MW-ESB", "bus")).moments
    assert companies(moment) == [{"W1"}, {"bus"}]
    assert moment.outage_of("W1").down == {"CDN-EAST"}
    assert moment.is_down("CDN-EAST")
    assert moment.is_down("AUC-CLOCK")
    assert not moment.is_down("TV-LIVE")


def test_two_windows_can_be_in_company_by_way_of_a_third():
    ladder = chain(need("X", "A", "B"), need("Y", "B", "D"))
    (moment,) = scene(ladder, letters("A", "W2"), letters("B", "W1"), letters("D", "W3")).moments
    assert companies(moment) == [{"W1", "W2", "W3"}]
    (without,) = scene(ladder, letters("A", "W2"), letters("D", "W3")).moments
    assert companies(without) == [{"W2"}, {"W3"}]


@st.composite
def nights(draw: st.DrawFn) -> tuple[Chain, list[Window]]:
    services = "ABCDEFGH"
    dependencies = [dependency(draw, services) for _ in range(draw(st.integers(0, 10)))]
    requirements = tuple(Requirement(one["service"], frozenset(one["members"]), one["min"]) for one in dependencies)
    windows = [letters("".join(sorted(draw(some(tuple(services), most=2)))), f"W{number}") for number in range(1, 5)]
    return Chain(dict.fromkeys(services, "KABEL"), requirements), windows


@examples(150)
@given(nights())
def test_what_each_company_does_is_what_all_do_at_once(drawn: tuple[Chain, list[Window]]):
    of, windows = drawn
    (moment,) = scene(of, *windows).moments
    at_once = Outage(of, windows)
    for one in windows:
        company = moment.outage_of(one.id)
        assert company.broken_by(one.id) == at_once.broken_by(one.id)
        for service in at_once.down:
            assert moment.is_down(service)
            assert company.paths(service, one.id) == at_once.paths(service, one.id)
    assert set().union(*(outage.down for outage in moment.outages)) == at_once.down
