"""The demo world enters an empty database, through the same use cases as everything else."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import cast

from app.demo.promises import load_promises
from app.demo.runs import load_run
from app.demo.world import ZONE, DemoWorld, Written, moved
from app.domain.absences import Absence, RegisteredExpert
from app.domain.access import SYSTEM, PartyKind, Role
from app.domain.chain import Requirement
from app.domain.lifecycle import State
from app.domain.notation.fields import day, wall
from app.domain.notation.rules import read_peak
from app.domain.notation.windows import read_window
from app.domain.notice import NoticeTerm, NoticeUnit
from app.domain.refusal import Refusal
from app.domain.register import Name, Party, RegisteredPeak, RegisteredWindow, Service
from app.domain.service_levels import ServiceLevel
from app.domain.situation import dated
from app.domain.spans import Instant, Span
from app.domain.verdict import Verdict
from app.domain.waivers import BusyDate, WaiverRecord, WaiverStatus
from app.domain.walltime import rule_instant
from app.domain.windows import ChangeType, Impact, Window
from app.store.database import Database, Work
from app.store.people import Person
from app.usecases import agreements, chain, history, parties, service_levels

Progress = Callable[[str, int], None]
UNDECIDED = frozenset({State.DRAFT, State.UNDER_REVIEW, State.WAIVER_REQUESTED, State.WITHDRAWN, State.EXPIRED})
APPROVED = frozenset({State.APPROVED, State.ON_HOLD, State.IN_PROGRESS, State.IMPLEMENTED, State.CLOSED, State.CANCELLED})
DAY = 24 * 3600


def load_demo(database: Database, world: DemoWorld, now: Instant, progress: Progress) -> None:
    """Load everything. `progress` is told each part and how many steps it has taken of it (of `steps_of`)."""
    weeks = world.weeks_moved(now)
    with database.writing(SYSTEM, now) as work:
        _load_parties(work, world)
        progress("parties", len(world.section("suppliers")) + len(world.section("customers")))
        _load_services(work, world, weeks)
        progress("services", len(world.section("services")))
    with database.writing(SYSTEM, now) as work:
        for expert in world.section("experts"):
            _load_expert(work, expert, weeks)
        progress("experts", len(world.section("experts")))
        for peak in world.section("peaks"):
            history.take_over_peak(work, RegisteredPeak(read_peak(peak), _name(peak, "name")))
            progress("peaks", 1)
    with database.writing(SYSTEM, now) as work:
        for window in world.section("windows"):
            _load_window(work, window, weeks)
        for window in world.section("windows"):
            history.check_taken_over(work, str(window["id"]))
            load_promises(work, window, str(world.integrator["id"]), weeks)
            load_run(work, window, weeks)
            progress("windows", 1)


def steps_of(world: DemoWorld) -> int:
    """How many steps `progress` will be told of in all."""
    return sum(len(world.section(part)) for part in ("suppliers", "customers", "services", "experts", "peaks", "windows"))


def _load_parties(work: Work, world: DemoWorld) -> None:
    integrator = world.integrator
    parties.add_party(work, Party(str(integrator["id"]), PartyKind.INTEGRATOR, str(integrator["name"])))
    for role in cast(Iterable[Written], integrator["roles"]):
        duty = Role.DUTY_MANAGER if role.get("emergency_authority") else None
        known = {"admin": Role.ADMINISTRATOR, "change_manager": Role.CHANGE_MANAGER}[str(role["role"])]
        _load_person(work, str(role["id"]), str(integrator["id"]), _name(role, "name"), duty or known)
    for supplier in world.section("suppliers"):
        party = Party(str(supplier["id"]), PartyKind.SUPPLIER, str(supplier["name"]), str(supplier["domain"]))
        parties.add_party(work, party)
        _load_person(work, planner_of(party.id), party.id, _planner(party.name), Role.PLANNER)
    for customer in world.section("customers"):
        party = Party(str(customer["id"]), PartyKind.CUSTOMER, str(customer["name"]), str(customer["sector"]))
        parties.add_party(work, party)
        _load_person(work, planner_of(party.id), party.id, _planner(party.name), Role.PLANNER)
        agreements.agree_notice(work, party.id, _notice(cast(Written, customer["notice"])))


def _notice(written: Written) -> NoticeTerm:
    calendar = str(written["calendar"]) if "calendar" in written else None
    return NoticeTerm(cast(int, written["n"]), NoticeUnit(str(written["unit"])), ZONE, calendar)


def planner_of(party: str) -> str:
    """The sign-in name of a party's planner."""
    return f"{party.lower()}-planner"


def _planner(party: str) -> Name:
    return Name(f"Planner {party}", f"Planner {party}")


def _load_person(work: Work, person: str, party: str, name: Name, role: Role) -> None:
    parties.add_person(work, Person(person, party, name, frozenset({role}), "nl", ZONE))


def _load_services(work: Work, world: DemoWorld, weeks: int) -> None:
    for service in world.section("services"):
        cycle = cast(Written, service.get("lifecycle", {}))
        until = day(moved(str(cycle["end_of_support"]), weeks), "end_of_support") if "end_of_support" in cycle else None
        new = Service(str(service["id"]), str(service["supplier"]), _name(service, "name"), supported_until=until)
        chain.add_service(work, replace(new, successor=str(cycle.get("successor", ""))))
    for customer in world.section("customers"):
        for used in cast(Iterable[str], customer["uses"]):
            chain.add_use(work, str(customer["id"]), used)
    for agreed in world.section("service_levels"):
        level = ServiceLevel(round(cast(float, agreed["availability_pct"]) * 1000), cast(int, agreed["budget_minutes"]))
        service_levels.agree_level(work, str(agreed["service"]), level)
    for needed in world.section("dependencies"):
        members = frozenset(cast(Iterable[str], needed["members"]))
        chain.add_requirement(work, Requirement(str(needed["service"]), members, cast(int, needed["min"])))


def _load_expert(work: Work, written: Written, weeks: int) -> None:
    absences = tuple(
        Absence(Span(_instant(one["start"], weeks), _instant(one["end"], weeks)), str(one["reason"]))
        for one in cast(Iterable[Written], written["unavailable"])
    )
    known = frozenset(cast(Iterable[str], written["services"]))
    expert = RegisteredExpert(str(written["id"]), str(written["supplier"]), _name(written, "role"), known, absences)
    history.take_over_expert(work, expert)


def _load_window(work: Work, written: Written, weeks: int) -> None:
    window = _moved_window(written, weeks)
    state = State(str(written["state"]))
    planner = planner_of(window.supplier)
    approved = written.get("approved_verdict") or cast(Written, written["expected"])["verdict"]
    by_system = window.type is ChangeType.STANDARD and approved == Verdict.CLEAR
    registered = RegisteredWindow(
        window=window,
        title=_name(written, "title"),
        business_text="",
        rollback_plan="",
        created_by=planner,
        state=state,
        published=state is not State.DRAFT,
        approved_verdict=Verdict(str(approved)) if state in APPROVED else None,
        acknowledgement=str(written.get("story", "")) if written.get("acknowledged") else "",
        submitted_by=None if state is State.DRAFT else planner,
        decided_by=None if state in UNDECIDED or by_system else "krp-cm-1",
        decision_reason=str(written.get("rejected_reason", "")),
        announced_at=_before(work, window, 7) if state in APPROVED else None,
        created_at=_before(work, window, 21),
        changed_at=_before(work, window, 7),
    )
    waivers = [
        WaiverRecord(
            window.id,
            BusyDate(str(one["customer"]), str(one["rule"]), day(moved(str(one["anchor"]), weeks), "anchor")),
            WaiverStatus(str(one["status"])),
            str(one["note"]),
            decide_by=_decision_date(work, window, written, weeks),
        )
        for one in cast(Iterable[Written], written.get("waivers", ()))
    ]
    history.take_over_window(work, registered, waivers, str(written.get("story", "")))


def _moved_window(written: Written, weeks: int) -> Window:
    """The window some weeks later. Where the clock then skips its hour it moves one week more; a repeated hour is the first."""
    listed = {
        name: [moved(str(one)[:10], weeks) for one in cast(Iterable[str], written.get(name, ()))] for name in ("exdates", "rdates")
    }
    times = {name: moved(str(written[name]), weeks) for name in ("start", "end")}
    window = read_window({**written, **listed, **times})
    window = replace(window, start_fold=window.start_fold or 0, end_fold=window.end_fold or 0, impact=Impact.OUTAGE)
    try:
        dated(window)
    except Refusal as refusal:
        if refusal.code != "nonexistent_local_time":
            raise
        return _moved_window(written, weeks + 1)
    return window


def _before(work: Work, window: Window, days: int) -> Instant:
    """Some days before the window starts, but not later than now."""
    span = dated(window).span
    return min(work.now, (span.start if span else work.now) - days * DAY)


def _decision_date(work: Work, window: Window, written: Written, weeks: int) -> Instant:
    """When the customer promised to decide; otherwise two days before the window starts, or half-way to its start."""
    promised = cast(list[Written], written.get("promises", []))
    if promised:
        return _instant(promised[-1]["due"], weeks)
    span = dated(window).span
    start = span.start if span else work.now
    return max(start - 2 * DAY, (work.now + start) // 2)


def _instant(written: object, weeks: int) -> Instant:
    return rule_instant(wall(moved(str(written), weeks), "unavailable"), ZONE)


def _name(written: Written, field: str) -> Name:
    return Name(str(written[f"{field}_nl"]), str(written[f"{field}_en"]))
