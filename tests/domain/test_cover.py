"""Expert cover: who is reachable for as long as a window is exposed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.cover import Cover, CoverGap, CoverWarning, Expert, cover
from app.domain.spans import Span

from .cast import span
from .examples import examples

NIGHT = span("2026-11-12T18:00", "2026-11-12T23:00")
"""The evening on which nobody who knew the certificate engine could be reached."""

ON_LEAVE = Expert("on-leave", frozenset({"CERT-ENGINE"}), (span("2026-11-06T00:00", "2026-11-16T00:00"),))
ILL = Expert("ill", frozenset({"CERT-ENGINE"}), (span("2026-11-02T00:00", "2026-12-15T00:00"),))
NO_LAPTOP = Expert("no-laptop", frozenset({"CERT-ENGINE", "CERT-PORTAL"}), (span("2026-11-12T17:00", "2026-11-12T20:30"),))


def covered(*experts: Expert, exposures: tuple[Span, ...] = (NIGHT,), required: int = 1) -> Cover:
    return cover(["CERT-ENGINE"], exposures, experts, {"CERT-ENGINE": required})


def test_a_gap_lasts_for_as_long_as_nobody_can_be_reached():
    gap = CoverGap("CERT-ENGINE", span("2026-11-12T18:00", "2026-11-12T20:30"), lowest=0, required=1)
    assert covered(ON_LEAVE, ILL, NO_LAPTOP) == Cover((gap,), ())


def test_an_absence_that_touches_the_exposure_leaves_no_gap():
    before, after = span("2026-11-12T12:00", "2026-11-12T18:00"), span("2026-11-12T23:00", "2026-11-13T12:00")
    assert covered(Expert("one", frozenset({"CERT-ENGINE"}), (before, after))).gaps == ()


def test_one_second_of_absence_is_a_gap():
    last_second = Span(NIGHT.end - 1, NIGHT.end + 3600)
    assert covered(Expert("one", frozenset({"CERT-ENGINE"}), (last_second,))).gaps[0].span == Span(NIGHT.end - 1, NIGHT.end)


def test_a_hand_over_from_one_to_the_next_leaves_no_gap():
    early = Expert("early", frozenset({"CERT-ENGINE"}), (span("2026-11-12T20:00", "2026-11-13T00:00"),))
    late = Expert("late", frozenset({"CERT-ENGINE"}), (span("2026-11-12T12:00", "2026-11-12T20:00"),))
    assert covered(early, late).gaps == ()


def test_a_gap_tells_the_smallest_number_that_could_be_reached_in_it():
    required_two = covered(ILL, NO_LAPTOP, required=2)
    assert required_two.gaps == (CoverGap("CERT-ENGINE", NIGHT, lowest=0, required=2),)


def test_who_knows_another_service_does_not_count():
    elsewhere = Expert("elsewhere", frozenset({"TV-LIVE"}))
    assert covered(elsewhere) == Cover(
        (CoverGap("CERT-ENGINE", NIGHT, lowest=0, required=1),), (CoverWarning("no_expert_registered", "CERT-ENGINE"),)
    )


def test_one_expert_is_a_single_point_of_knowledge_even_without_a_gap():
    assert covered(Expert("one", frozenset({"CERT-ENGINE"}))) == Cover(
        (), (CoverWarning("single_point_of_knowledge", "CERT-ENGINE"),)
    )


def test_every_occurrence_of_a_series_is_looked_at():
    next_week = Span(NIGHT.start + 7 * 24 * 3600, NIGHT.end + 7 * 24 * 3600)
    assert [gap.span for gap in covered(ILL, ILL, exposures=(NIGHT, next_week)).gaps] == [NIGHT, next_week]


def test_each_service_has_its_own_cover():
    found = cover(["CERT-PORTAL", "CERT-ENGINE"], [NIGHT], [ILL, NO_LAPTOP], {})
    assert [gap.service for gap in found.gaps] == ["CERT-ENGINE", "CERT-PORTAL"]
    assert found.warnings == (CoverWarning("single_point_of_knowledge", "CERT-PORTAL"),)


ABSENCES = st.lists(st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 9)), max_size=3)


@examples(60)
@given(st.lists(ABSENCES, max_size=4), st.integers(1, 3))
def test_a_gap_is_every_second_with_too_few_and_no_other(absences: list[list[Span]], required: int):
    exposure = Span(5, 25)
    experts = [Expert(str(number), frozenset({"CERT-ENGINE"}), tuple(away)) for number, away in enumerate(absences)]
    reachable = {
        second: sum(not any(span.start <= second < span.end for span in away) for away in absences)
        for second in range(exposure.start, exposure.end)
    }
    gaps = covered(*experts, exposures=(exposure,), required=required).gaps
    short = {second for gap in gaps for second in range(gap.span.start, gap.span.end)}
    assert short == {second for second, count in reachable.items() if count < required}
    assert [gap.lowest for gap in gaps] == [min(reachable[s] for s in range(gap.span.start, gap.span.end)) for gap in gaps]
    assert all(one.span.end < other.span.start for one, other in pairwise(gaps))
