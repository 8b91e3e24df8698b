"""A situation is kept as text with only what can matter in it, and answers the same when it is read back."""

import pytest
from hypothesis import given, reject

from app.domain.conflicts import check
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.results import write_result
from app.domain.notation.situations import Checked, name_of, read_checked, write_checked
from app.domain.notation.worlds import read_case
from app.domain.refusal import Refusal
from app.domain.relevance import relevant

from .examples import examples
from .test_worked_cases import CONFLICTS
from .worked import shuffled
from .worlds import cases, cut_pairs


def looked_at(case: dict) -> Checked:
    """A case and all of its situation; a case that is refused has none."""
    world, proposed = read_case(case)
    return Checked(proposed, world.situation(proposed, NATIONAL_CALENDARS))


def kept(checked: Checked) -> str:
    return write_checked(Checked(checked.proposed, relevant(checked.proposed, checked.situation)))


def same_answer(case: dict) -> None:
    checked = looked_at(case)
    written = kept(checked)
    again = read_checked(written)
    assert write_result(check(again.proposed, again.situation)) == write_result(check(checked.proposed, checked.situation))
    assert check(again.proposed, again.situation) == check(checked.proposed, checked.situation)
    assert kept(again) == write_checked(again) == written


ANSWERED = [name for name, case in CONFLICTS.items() if "error" not in case["expected"]]


@pytest.mark.parametrize("name", ANSWERED)
def test_what_is_kept_of_a_worked_case_answers_the_same(name: str):
    same_answer(CONFLICTS[name])


@pytest.mark.parametrize(("worlds", "number"), [(cases(), 120), (cut_pairs(), 60)])
def test_what_is_kept_of_any_world_answers_the_same(worlds, number: int):
    @examples(number)
    @given(worlds)
    def answers_the_same(case: dict) -> None:
        try:
            looked_at(case)
        except Refusal:
            reject()
        same_answer(case)

    answers_the_same()


@pytest.mark.parametrize("name", ANSWERED[::6])
def test_in_whatever_order_it_was_entered_it_has_the_same_name(name: str):
    case = {part: CONFLICTS[name][part] for part in ("world", "proposed")}
    names = {name_of(kept(looked_at(one))) for one in (case, shuffled(case, 1), shuffled(case, 2))}
    assert len(names) == 1
