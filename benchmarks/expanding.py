"""`expand-bulk` and `expand-unique`: rules to dated occurrences over all that is kept, beside dateutil for each rule."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from app.domain.anchors import Recurrence
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.occurrences import Occurrence, occurrences_meeting
from app.domain.peaks import Peak, Severity
from app.store.database import Database
from app.store.occurrences import horizon
from benchmarks import naive
from benchmarks.measuring import timed
from benchmarks.report import Line
from benchmarks.rules import rule_of
from benchmarks.worlds import NOW, World

SPAN = horizon(NOW)
BULK, UNIQUE, NAIVE = 4000, 2000, 400
"""Rules; the naive way is measured with fewer of them."""


def expand_bulk(_database: Database, world: World, _sample: int, _rounds: int) -> list[Line]:
    """Peaks as people choose them, of one customer after another."""
    customers = world.customers[: BULK // 40]
    return _lines("expand-bulk", list(world.peaks(customers)), 40)


def expand_unique(_database: Database, _world: World, _sample: int, _rounds: int) -> list[Line]:
    """The worst there is: no two rules repeat in the same way from the same day."""
    chance = Random("unique")
    rules: dict[tuple[str, date], Recurrence] = {}
    while len(rules) < UNIQUE:
        rule = rule_of(chance.choice(("yearly", "quarterly", "monthly", "weekly")), chance)
        if isinstance(rule, Recurrence):
            rule = Recurrence(date(2016, 1, 1) + timedelta(days=len(rules)), rule.rrule)
            rules[rule.rrule, rule.dtstart] = rule
    peaks = [Peak(str(number), "", Severity.FREEZE, "Europe/Amsterdam", rule) for number, rule in enumerate(rules.values())]
    return _lines("expand-unique", peaks, 10)


def ours(peak: Peak) -> list[Occurrence]:
    return occurrences_meeting(peak, SPAN, NATIONAL_CALENDARS)


def _lines(name: str, peaks: Sequence[Peak], goal: float) -> list[Line]:
    """Each way once over its rules: what it keeps from one to the next is part of it, what it has found is let go."""
    some = Random(name).sample(peaks, min(len(peaks), NAIVE))
    mine, count = timed(lambda: sum(len(ours(one)) for one in peaks))
    slow, _ = timed(lambda: sum(len(list(naive.busy(one, SPAN))) for one in some))
    for peak in some:
        same = [one.anchor for one in ours(peak)] == [anchor for anchor, _ in naive.busy(peak, SPAN)]
        assert same, "the two ways do not agree"
    rules = (len(peaks), len(some))
    each = [took.cpu / number for took, number in zip((mine, slow), rules, strict=True)]
    rate = count / mine.cpu * 1000
    return [
        _figure(name, f"{name}: ours, a rule", "ms cpu", rules[0], each[0]),
        _figure(name, f"{name}: naive, a rule", "ms cpu", rules[1], each[1]),
        _figure(name, f"{name}: occurrences a second", "1/s cpu", rules[0], rate),
        _figure(name, f"{name}: naive / ours, by cpu", "x", rules[0], each[1] / each[0]).at_least(goal),
    ]


def _figure(name: str, what: str, unit: str, count: int, value: float) -> Line:
    return Line(name, what, unit, count, value, value)
