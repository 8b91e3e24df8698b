"""What meeting a peak means: every severity, every kind of change, with and without a waiver."""

from itertools import product

import pytest

from app.domain.peaks import Severity
from app.domain.verdict import Verdict, effect, worst
from app.domain.windows import ChangeType

TABLE = {
    # severity, change: without and with a granted waiver
    ("freeze", "normal"): ("blocked", "blocked"),
    ("freeze", "standard"): ("blocked", "blocked"),
    ("freeze", "emergency"): ("needs_waiver", "advisory"),
    ("restricted", "normal"): ("needs_waiver", "advisory"),
    ("restricted", "standard"): ("needs_waiver", "advisory"),
    ("restricted", "emergency"): ("advisory", "advisory"),
    ("advisory", "normal"): ("advisory", "advisory"),
    ("advisory", "standard"): ("advisory", "advisory"),
    ("advisory", "emergency"): ("advisory", "advisory"),
}


def test_the_table_holds_every_severity_with_every_kind_of_change():
    assert set(TABLE) == set(product(map(str, Severity), map(str, ChangeType)))


@pytest.mark.parametrize(("severity", "change"), TABLE)
def test_a_peak_has_the_effect_of_the_table(severity: str, change: str):
    found = tuple(str(effect(Severity(severity), ChangeType(change), waived=waived)) for waived in (False, True))
    assert found == TABLE[severity, change]


def test_a_worse_verdict_outranks_a_better_one():
    ranked = [Verdict.CLEAR, Verdict.ADVISORY, Verdict.NEEDS_WAIVER, Verdict.BLOCKED]
    assert sorted(Verdict, key=lambda verdict: verdict.rank) == ranked


@pytest.mark.parametrize(("one", "other"), list(product(Verdict, Verdict)))
def test_the_worst_of_two_is_the_one_that_ranks_higher(one: Verdict, other: Verdict):
    assert worst([one, other]) is (one if one.rank >= other.rank else other)


def test_nothing_found_is_clear():
    assert worst([]) is Verdict.CLEAR
