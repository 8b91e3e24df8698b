"""The reports of a period: what ran, what was missed, what was said of it, and what was planned against what was agreed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.access import SYSTEM, PartyKind
from app.domain.chain import Chain
from app.domain.downtime import Downtime, Taking, downtime, gone
from app.domain.lifecycle import COMMITTED
from app.domain.refusal import Refusal
from app.domain.register import RegisteredWindow
from app.domain.reports import Budget, Mark, Minutes, Ran, Report, Share, disclose_report, in_order
from app.domain.reviews import REVIEW_ZONE
from app.domain.running import MINUTE, Run
from app.domain.service_levels import ServiceLevel, level_on
from app.domain.situation import dated
from app.domain.spans import Span
from app.domain.walltime import local_day, midnight
from app.domain.windows import ChangeType
from app.queries.names import Names, load_names
from app.store import chain, parties, reviews, runs, service_levels, windows
from app.store.database import Work
from app.store.windows import Filter

MOST_DAYS = 366
MOST_WINDOWS = 5000
REPORT_ZONE = REVIEW_ZONE
"""Months begin and end by this clock, whoever reads."""


@dataclass(frozen=True)
class ReportPage:
    """A report with its first and last day, and what its things are called for the reader."""

    first: date
    last: date
    report: Report
    names: Names


@dataclass(frozen=True)
class Scene:
    """Everything a report is made from, whoever reads it."""

    runs: Sequence[Run]
    windows: Mapping[str, RegisteredWindow]
    chain: Chain
    users: Mapping[str, list[str]]
    levels: Mapping[str, tuple[ServiceLevel, ...]]


def report_page(work: Work, first: date, last: date) -> ReportPage:
    """The reports from the first day up to and including the last, as far as the reader may know them."""
    if last < first:
        raise Refusal("end_before_start", "to")
    if (last - first).days >= MOST_DAYS:
        raise Refusal("too_many_days", "to", most=MOST_DAYS)
    whole = _report(replace(work, actor=SYSTEM), first, last)
    uses = parties.uses_of(work, work.actor.party) if work.actor.kind is PartyKind.CUSTOMER else frozenset()
    report = disclose_report(whole, work.actor, uses, parties.sharing_names(work))
    return ReportPage(first, last, report, _names(work, report))


def _report(work: Work, first: date, last: date) -> Report:
    span = Span(midnight(first, REPORT_ZONE), midnight(last + timedelta(days=1), REPORT_ZONE))
    months = _months(first, last)
    around = Span(midnight(months[0], REPORT_ZONE), midnight(_next_month(months[-1]), REPORT_ZONE))
    planned = windows.visible_windows(work, Filter(states=COMMITTED, meets=around), MOST_WINDOWS + 1)
    if len(planned) > MOST_WINDOWS:
        raise Refusal("too_many", "to", most=MOST_WINDOWS, got=len(planned))
    scene = _scene(work, runs.meeting(work, span), planned)
    actual = downtime(_takings(scene, {one: one.taken(work.now) for one in scene.runs}, span), scene.chain, scene.users)
    meant = downtime(_takings(scene, {one: one.planned for one in scene.runs}, span), scene.chain, scene.users)
    return Report(
        marks=in_order(_marks(work, scene, meant, actual)),
        runs=tuple(_ran(scene, one, work.now) for one in scene.runs),
        minutes=tuple(
            Minutes(*use, meant.by_use.get(use, 0), actual.by_use.get(use, 0)) for use in sorted({*meant.by_use, *actual.by_use})
        ),
        budgets=tuple(_budgets(scene, planned, months)),
        shares=tuple(_shares(planned, span)),
    )


def _scene(work: Work, found: Sequence[Run], planned: Iterable[RegisteredWindow]) -> Scene:
    known = {one.id: one for one in planned}
    known |= windows.loaded(work, [run.window for run in found if run.window not in known])
    around = chain.chain_around(work, {service for one in known.values() for service in one.window.services})
    users = chain.users_of(work, around.services | {service for one in known.values() for service in one.window.services})
    return Scene(found, known, around, users, service_levels.levels_of(work, users))


def _takings(scene: Scene, spans: Mapping[Run, Span], within: Span) -> list[Taking]:
    cut = ((run, span.overlap(within)) for run, span in spans.items())
    return [Taking(replace(scene.windows[run.window].window, id=_key(run)), span) for run, span in cut if span]


def _key(run: Run) -> str:
    """Of a series each run is looked at as a window of its own."""
    return f"{run.window} {run.occurrence}"


def _ran(scene: Scene, run: Run, now: int) -> Ran:
    supplier = scene.windows[run.window].window.supplier
    return Ran(run.window, run.occurrence, supplier, run.started_at, run.planned.seconds, run.taken(now).seconds, run.result)


def _marks(work: Work, scene: Scene, meant: Downtime, actual: Downtime) -> Iterable[Mark]:
    """A row for every customer of whom a mark is asked, and for every mark that was given."""
    ids = sorted({one.window for one in scene.runs})
    asked, figures = reviews.asked(work, ids), reviews.figures(work, ids)
    given = {(one.window, one.occurrence, one.customer): one for one in reviews.of_windows(work, ids)}
    uses = _uses(scene.users)
    for run in scene.runs:
        if run.finished_at is None:
            continue
        own = {key[2] for key in given if key[:2] == (run.window, run.occurrence)}
        for customer in sorted(asked[run.window] | own):
            review = given.get((run.window, run.occurrence, customer))
            missed = actual.broken.get((_key(run), customer), frozenset()) or uses.get(customer, frozenset())
            yield Mark(
                window=run.window,
                occurrence=run.occurrence,
                supplier=scene.windows[run.window].window.supplier,
                customer=customer,
                finished_at=run.finished_at,
                mark=review.mark if review else None,
                remark=review.remark if review else "",
                measured=figures.get((run.window, run.occurrence, customer)),
                target=_target(scene, missed, local_day(run.finished_at, REPORT_ZONE)),
                planned=meant.by_window.get((_key(run), customer), 0),
                taken=actual.by_window.get((_key(run), customer), 0),
            )


def _uses(users: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for service, customers in users.items():
        for customer in customers:
            found[customer].add(service)
    return {customer: frozenset(services) for customer, services in found.items()}


def _target(scene: Scene, services: Iterable[str], day: date) -> int | None:
    """The strictest that holds for these services."""
    levels = (level_on(scene.levels.get(service, ()), day) for service in services)
    return max((one.availability for one in levels if one and one.availability is not None), default=None)


def _budgets(scene: Scene, planned: Sequence[RegisteredWindow], months: Sequence[date]) -> Iterable[Budget]:
    """For every service that is used: its planned outage in each month, rollback reserves included (SCHEMA, D28)."""
    exposures = [(one.window, occurrence.exposed) for one in planned for occurrence in dated(one.window).occurrences]
    for month in months:
        whole = Span(midnight(month, REPORT_ZONE), midnight(_next_month(month), REPORT_ZONE))
        cut = ((window, span.overlap(whole)) for window, span in exposures)
        down = gone([Taking(window, span) for window, span in cut if span], scene.chain, scene.users)
        for service in sorted({*down, *scene.levels}):
            level = level_on(scene.levels.get(service, ()), month)
            allowed = level.budget * MINUTE if level and level.budget is not None else None
            yield Budget(service, month, sum(span.seconds for span in down.get(service, ())), allowed)


def _shares(planned: Iterable[RegisteredWindow], span: Span) -> Iterable[Share]:
    """Of each supplier, how many of its windows that begin or go on in the period were emergencies."""
    all_of, emergencies = Counter[str](), Counter[str]()
    for one in planned:
        if any(occurrence.planned.overlaps(span) for occurrence in dated(one.window).occurrences):
            all_of[one.window.supplier] += 1
            emergencies[one.window.supplier] += one.window.type is ChangeType.EMERGENCY
    return (Share(supplier, emergencies[supplier], count) for supplier, count in sorted(all_of.items()))


def _names(work: Work, report: Report) -> Names:
    suppliers = {one.supplier for one in report.marks} | {one.supplier for one in report.runs}
    suppliers |= {one.supplier for one in report.shares}
    customers = {one.customer for one in report.marks} | {one.customer for one in report.minutes}
    services = {one.service for one in report.minutes} | {one.service for one in report.budgets}
    seen = {one.window for one in report.marks} | {one.window for one in report.runs}
    return load_names(work, party_ids=suppliers | customers, service_ids=services, window_ids=seen)


def _months(first: date, last: date) -> list[date]:
    """The first day of every month that the period touches."""
    found = [first.replace(day=1)]
    while (after := _next_month(found[-1])) <= last:
        found.append(after)
    return found


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
