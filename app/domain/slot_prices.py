"""What does a slot cost? A stated price: the sum of parts that can each be said in words, and the weights of these parts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from app.domain.cover import Expert, cover
from app.domain.result import CheckResult
from app.domain.spans import Instant, Span, merged, without
from app.domain.verdict import Verdict
from app.domain.walltime import local_day, rule_instant
from app.domain.windows import Window
from app.domain.workdays import ONE_DAY

HOUR, DAY = 3600, 24 * 3600


class Component(StrEnum):
    """What a price is made of, in the order in which it is told."""

    PEAKS = "peaks"
    TOGETHER = "together"
    CUSTOMERS = "customers"
    DAYTIME = "daytime"
    NOTICE = "notice"
    EXPERTS = "experts"
    DELAY = "delay"


PER_HOUR = {Verdict.ADVISORY: 4, Verdict.NEEDS_WAIVER: 40, Verdict.BLOCKED: 400}
"""Points for an hour in a peak, or together with another window: asking a customer for consent costs as much as ten
hours that only need a word, and what is blocked outweighs any other part."""

PER_CUSTOMER = 2
"""Points for each customer that is reached: as much as an hour by day, for each of them has to be told."""

PER_DAYTIME_HOUR = 2
"""Points for an hour outside the night: customers notice more of it, yet less than in a peak."""

PER_NOTICE_DAY = 3
"""Points for a day of notice that is missing: three days too late weigh more than two hours in an advisory peak."""

PER_EXPERT_HOUR = 10
"""Points for an hour in which too few experts can be reached: when it goes wrong then, it goes wrong for longer."""

PER_DELAY_DAY = 1
"""Points for a day later than was wished: waiting is cheap, and still not free."""

NIGHT_STARTS, NIGHT_ENDS = time(22), time(6)
"""The night is from 22:00 to 06:00 on the clock of the window's own zone, every day of the week."""

ENOUGH_NOTICE_DAYS = 10
"""Counted in whole days of 24 hours from now to the start; more than this earns nothing."""

POINT = DAY
"""A cost is a whole number of parts of a point, small enough for seconds of an hour and of a day: no price is rounded."""


@dataclass(frozen=True)
class Part:
    """One part of a price. `amount` is in seconds, of customers a number; `harm` is how bad a peak or a collision is."""

    component: Component
    amount: int
    cost: int
    harm: Verdict | None = None


@dataclass(frozen=True)
class Terms:
    """What a price depends on besides the check. `wish` is the start that was asked for.

    `required` holds the services that need more than one reachable expert.

    With `is_summed` what several customers are busy with counts several times. Whoever may not know how many there are
    is told a price in which an hour counts once, as the worst that it is.
    """

    wish: Instant
    now: Instant
    experts: tuple[Expert, ...] = ()
    required: Mapping[str, int] = field(default_factory=dict)
    is_summed: bool = True


Charge = tuple[Component, Verdict | None, Span]


def price(window: Window, exposure: Span, result: CheckResult, terms: Terms) -> tuple[Part, ...]:
    """The parts of the price of a window with this exposure and check, without those that are nothing."""
    seconds: dict[tuple[Component, Verdict | None], int] = defaultdict(int)
    for component, harm, span in charges(window, exposure, result, terms):
        seconds[component, harm] += span.seconds
    timed = (Part(kind, amount, amount * rate(kind, harm), harm) for (kind, harm), amount in seconds.items())
    reached = len(result.customers)
    late, delayed = missing_notice(exposure.start, terms), delay(exposure.start, terms)
    others = (
        Part(Component.CUSTOMERS, reached, reached * CUSTOMER_COST),
        Part(Component.NOTICE, late, late * PER_NOTICE_DAY),
        Part(Component.DELAY, delayed, delayed * PER_DELAY_DAY),
    )
    order = list(Component)
    found = [part for part in (*timed, *others) if part.amount]
    return tuple(sorted(found, key=lambda part: (order.index(part.component), -part.cost)))


CUSTOMER_COST = PER_CUSTOMER * POINT


def rate(component: Component, harm: Verdict | None) -> int:
    """What a second of that costs."""
    if harm is not None:
        return PER_HOUR[harm] * (POINT // HOUR)
    return {Component.DAYTIME: PER_DAYTIME_HOUR, Component.EXPERTS: PER_EXPERT_HOUR}[component] * (POINT // HOUR)


def missing_notice(start: Instant, terms: Terms) -> int:
    """The seconds of notice that are missing."""
    return max(0, terms.now + ENOUGH_NOTICE_DAYS * DAY - start)


def delay(start: Instant, terms: Terms) -> int:
    """The seconds later than was wished; earlier costs nothing but notice."""
    return max(0, start - terms.wish)


def charges(window: Window, span: Span, result: CheckResult, terms: Terms) -> Iterator[Charge]:
    """Every stretch within a span that costs something by the second, as a check over that span found it."""
    peaks = [(one.effect, one.overlap) for one in result.conflicts]
    together = [(one.effect, one.span) for one in result.collisions]
    for component, found in ((Component.PEAKS, peaks), (Component.TOGETHER, together)):
        for harm, stretch in found if terms.is_summed else _worst(found):
            yield component, harm, stretch
    yield from ((Component.DAYTIME, None, stretch) for stretch in _daytime(span, window.zone))
    covered = cover(window.services, [span], terms.experts, terms.required)
    unknown = {warning.service for warning in covered.warnings if warning.kind == "no_expert_registered"}
    yield from ((Component.EXPERTS, None, gap.span) for gap in covered.gaps if gap.service not in unknown)


def _worst(found: Iterable[tuple[Verdict, Span]]) -> Iterator[tuple[Verdict, Span]]:
    """Every second once, as the worst that it is."""
    by_harm: dict[Verdict, list[Span]] = defaultdict(list)
    for harm, stretch in found:
        by_harm[harm].append(stretch)
    worse: list[Span] = []
    for harm in sorted(by_harm, key=lambda one: -one.rank):
        for run in merged(by_harm[harm]):
            yield from ((harm, part) for part in without(run, worse))
        worse = merged([*worse, *by_harm[harm]])


def _daytime(span: Span, zone: str) -> Iterator[Span]:
    """What of a span lies outside the night."""
    day = local_day(span.start, zone)
    while (start := _clock(day, NIGHT_ENDS, zone)) < span.end:
        by_day = Span(start, _clock(day, NIGHT_STARTS, zone)).overlap(span)
        if by_day:
            yield by_day
        day += ONE_DAY


def _clock(day: date, clock: time, zone: str) -> Instant:
    return rule_instant(datetime.combine(day, clock), zone)
