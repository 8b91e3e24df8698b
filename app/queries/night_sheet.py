"""Everything for one night on a sheet: the way to each customer, the bridge, until when one can go back, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.access import SYSTEM, Actor, PartyKind, Role
from app.domain.disclosure import Shown, disclose_window
from app.domain.end_to_end import GreenLight, suppliers_above
from app.domain.overlays import point_of_no_return
from app.domain.promises import Promise
from app.domain.refusal import NotFound
from app.domain.register import RegisteredWindow
from app.domain.running import MINUTE, Run, last_run, next_turn, open_run
from app.domain.situation import dated
from app.domain.spans import Instant, Span
from app.queries.checks import view_check
from app.queries.end_to_end import way_of
from app.queries.names import Names, load_names
from app.store import chain, experts, green_lights, promises, rechecks, recipients, runs, windows
from app.store.database import Work

LOOK_AHEAD = 30 * 24 * 3600


@dataclass(frozen=True)
class Contact:
    """Somebody on the bridge, and for which party; a name that may not be known is empty."""

    name: str
    party: str


@dataclass(frozen=True)
class Line:
    """A service that has to be seen to work again; `name` is empty where the reader may not know it."""

    service: str
    light: GreenLight | None


@dataclass(frozen=True)
class NightSheet:
    """Of one occurrence: the one that runs, or comes next. `next_window` is None of another party, where only when is told."""

    registered: RegisteredWindow
    occurrence: str
    run: Run | None
    planned: Span
    exposed_until: Instant
    point_of_no_return: Instant
    shown: Shown
    bridge: Sequence[Contact]
    withheld: int
    lines: Sequence[Line]
    promised: Sequence[Promise]
    """What somebody still waits for, as far as the reader may know it."""
    next_at: Instant | None
    next_window: str
    names: Names

    @property
    def not_green(self) -> list[Line]:
        return [one for one in self.lines if one.light is None]


def night_sheet(work: Work, window_id: str) -> NightSheet:
    """The sheet of a window the actor may see, as far as he may know it; customers have no part in the night itself."""
    if work.actor.kind is PartyKind.CUSTOMER:
        raise NotFound("page")
    known, done = windows.load(work, window_id), runs.of_window(work, window_id)
    run, turn = open_run(done) or last_run(done), next_turn(known.window, done, work.now)
    run = run if run and (run.is_open or turn.occurrence.planned.end <= work.now) else None
    planned = run.planned if run else turn.occurrence.planned
    until = run.exposed_until if run else turn.occurrence.exposed.end
    key = run.occurrence if run else turn.key
    shown = view_check(work, known.window).shown
    every = way_of(work, known.window)
    visible = chain.services_named(work, every)
    services = [one for one in every if one in visible]
    lights = green_lights.lights(work, window_id, key)
    contacts, withheld = _bridge(work, known, shown, every)
    following = _next(work, known, until)
    promised = [one for one in promises.of_window(work, window_id) if one.is_unanswered]
    parties = (
        {party for one in promised for party in (one.by, one.to)}
        | {one.party for one in contacts}
        | set(shown.customers)
        | {known.window.supplier}
    )
    people = {one.light.ticked_by for one in _lines(services, lights) if one.light}
    return NightSheet(
        registered=disclose_window(known, work.actor),
        occurrence=key,
        run=run,
        planned=planned,
        exposed_until=until,
        point_of_no_return=point_of_no_return(run) if run else until - known.window.rollback_minutes * MINUTE,
        shown=shown,
        bridge=contacts,
        withheld=withheld,
        lines=_lines(services, lights),
        promised=promised,
        next_at=following[0] if following else None,
        next_window=following[1] if following else "",
        names=load_names(
            work,
            party_ids=parties,
            service_ids=services,
            window_ids={following[1]} if following else (),
            person_ids=people,
        ),
    )


def _lines(services: Sequence[str], lights: Mapping[str, GreenLight]) -> list[Line]:
    return [Line(one, lights.get(one)) for one in services]


def _bridge(work: Work, known: RegisteredWindow, shown: Shown, every: Sequence[str]) -> tuple[list[Contact], int]:
    """Experts of its services, the suppliers above, the duty managers, and the planners of the customers it reaches.

    A supplier is told of customers only those that share their names, and of other suppliers how many.
    """
    suppliers = {key: one.supplier for key, one in chain.services_named(replace(work, actor=SYSTEM), every).items()}
    above = suppliers_above(every, suppliers, known.window.supplier)
    is_told = work.actor.kind is PartyKind.INTEGRATOR
    customers = windows.reached_by(work, [known.id]).get(known.id, frozenset())
    told = set(shown.customers) | (set(above) if is_told else set())
    knowing = experts.visible_experts(work, known.window.services)
    own = [Contact(one.name.in_language(work.actor.language), one.supplier) for one in knowing]
    duty = [_contact(one.actor) for one in recipients.of_integrator(work) if Role.DUTY_MANAGER in one.actor.roles]
    others = [_contact(one.actor) for one in recipients.of_parties(work, told) if Role.PLANNER in one.actor.roles]
    return [*own, *duty, *others], len((set(above) | customers) - told)


def _contact(actor: Actor) -> Contact:
    return Contact(actor.name, actor.party)


def _next(work: Work, known: RegisteredWindow, after: Instant) -> tuple[Instant, str] | None:
    """The window on the same chain that begins next, and its name where the actor may know it."""
    span = Span(after, after + LOOK_AHEAD)
    found = rechecks.sharing_a_chain(replace(work, actor=SYSTEM), known.window.services, span)
    others = [
        (occurrence.planned.start, one.id)
        for one in found
        if one.id != known.id
        for occurrence in dated(one.window).occurrences
        if span.start <= occurrence.planned.start < span.end
    ]
    if not others:
        return None
    start, window = min(others)
    return start, window if windows.titles_of(work, [window]) else ""
