"""The check against an answer made minute by minute, in worlds nobody thought of."""

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from . import naive
from .examples import examples
from .worked import answer, without_order
from .worlds import cases, cut_pairs

VERDICTS = {"clear", "advisory", "needs_waiver", "blocked"}
ANYTHING = VERDICTS | {"planned", "planned+rollback", "waived", "same_service", "reduced_redundancy"}
"""What must come up among the worlds, or they have become too tame to show that the check sees it."""


@pytest.mark.parametrize(("worlds", "number", "must_come_up"), [(cases(), 120, ANYTHING), (cut_pairs(), 50, {"redundancy_loss"})])
def test_the_check_sees_what_a_look_at_every_minute_sees(worlds: st.SearchStrategy, number: int, must_come_up: set[str]):
    seen: set[str] = set()

    @examples(number)
    @given(worlds)
    def sees_the_same(case: dict) -> None:
        try:
            plainly = naive.answer(case)
        except naive.NotAnswered:
            reject()
        seen.update(kinds(plainly))
        assert without_order(answer(case)) == without_order(plainly)

    sees_the_same()
    assert seen >= must_come_up


def kinds(written: dict) -> set[str]:
    if "error" in written:
        return {written["error"]}
    conflicts = written["conflicts"]
    found = {one["effect"] for one in conflicts} | {one["phase"] for one in conflicts}
    found |= {"waived" for one in conflicts if one["waived"]} | {written["verdict"]}
    return found | {one["kind"] for one in [*written["collisions"], *written["notes"]]}
