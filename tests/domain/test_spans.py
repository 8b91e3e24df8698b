"""Half-open spans: what they share, and what becomes one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.spans import Runs, Span, hull, merged, stretches, unbroken

from .examples import examples

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 15))


def seconds(*spans: Span) -> set[int]:
    return {second for span in spans for second in range(span.start, span.end)}


def test_touching_spans_share_nothing():
    assert not Span(0, 10).overlaps(Span(10, 20))
    assert not Span(10, 20).overlaps(Span(0, 10))
    assert Span(0, 10).overlap(Span(10, 20)) is None


def test_one_shared_second_is_an_overlap():
    assert Span(0, 10).overlaps(Span(9, 20))
    assert Span(0, 10).overlap(Span(9, 20)) == Span(9, 10)


def test_a_span_lasts_from_its_start_up_to_its_end():
    assert Span(60, 150).seconds == 90


def test_touching_spans_become_one_run():
    assert merged([Span(10, 20), Span(0, 10), Span(21, 30)]) == [Span(0, 20), Span(21, 30)]


def test_a_span_within_another_does_not_shorten_it():
    assert merged([Span(0, 30), Span(5, 10)]) == [Span(0, 30)]


def test_a_hull_reaches_from_the_first_start_to_the_last_end():
    assert hull(iter([Span(5, 9), Span(0, 2), Span(1, 12)])) == Span(0, 12)


def test_between_two_stretches_somebody_comes_or_goes_and_where_nobody_is_there_is_none():
    there = [("A", Span(0, 10)), ("B", Span(5, 20)), ("A", Span(5, 8)), ("C", Span(30, 40))]
    assert list(stretches(there)) == [
        (Span(0, 5), {"A"}),
        (Span(5, 8), {"A", "B"}),
        (Span(8, 10), {"A", "B"}),
        (Span(10, 20), {"B"}),
        (Span(30, 40), {"C"}),
    ]


def test_who_stays_from_one_stretch_to_the_next_is_there_without_a_break():
    there = [(Span(0, 5), {"A", "B"}), (Span(5, 10), {"A"}), (Span(10, 20), {"A", "B"}), (Span(30, 40), {"A"})]
    assert unbroken(there) == {Span(0, 20): {"A"}, Span(0, 5): {"B"}, Span(10, 20): {"B"}, Span(30, 40): {"A"}}
    assert unbroken([]) == {}


@examples(80)
@given(st.lists(st.tuples(st.sampled_from("AB"), SPANS), max_size=8))
def test_unbroken_spans_are_the_runs_of_each(there: list[tuple[str, Span]]):
    found = unbroken(stretches(there))
    for name in "AB":
        spans = [span for span, who in found.items() if name in who]
        assert sorted(spans) == merged(span for who, span in there if who == name)


@examples(80)
@given(SPANS, SPANS)
def test_an_overlap_is_exactly_the_shared_seconds(one: Span, other: Span):
    shared = one.overlap(other)
    assert (seconds(shared) if shared else set()) == seconds(one) & seconds(other)
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@examples(80)
@given(st.lists(SPANS, max_size=8))
def test_merging_keeps_every_second_and_leaves_gaps_between_the_runs(spans: list[Span]):
    runs = merged(spans)
    assert seconds(*runs) == seconds(*spans)
    assert all(first.end < second.start for first, second in pairwise(runs))


@examples(80)
@given(st.lists(SPANS, max_size=8), SPANS)
def test_many_spans_meet_another_when_one_of_them_does(spans: list[Span], other: Span):
    assert Runs(spans).meet(other) == any(span.overlaps(other) for span in spans)
