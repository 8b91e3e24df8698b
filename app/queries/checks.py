"""What does a check say to this reader? The same check as everywhere, disclosed, with the names it needs."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from app.domain.access import PartyKind, Right
from app.domain.conflicts import check
from app.domain.cover import Cover, Expert, cover
from app.domain.disclosure import Shown, disclose
from app.domain.lifecycle import PLANNED
from app.domain.notation.results import fingerprint
from app.domain.plan_findings import PlanFinding, shared_experts, slot_findings, support_findings
from app.domain.proposals import UNNUMBERED, Proposal, proposed_window
from app.domain.result import CheckResult
from app.domain.situation import Situation, dated
from app.domain.windows import Window, WindowOccurrence
from app.queries.names import Names, names_in
from app.store import agreed_slots, experts, parties, windows
from app.store.database import Work
from app.store.situations import load_situation
from app.store.windows import Filter


@dataclass(frozen=True)
class CheckView:
    """A window's check as a reader may know it.

    `cover` and `findings` are for those who plan, None and empty for customers; `fingerprint` for those who decide: it is
    made from the whole result.
    """

    window: Window
    occurrences: tuple[WindowOccurrence, ...]
    shown: Shown
    names: Names
    cover: Cover | None
    findings: tuple[PlanFinding, ...]
    fingerprint: str


def view_check(work: Work, window: Window) -> CheckView:
    """Check a window against the present situation and disclose the result to the actor."""
    return view_situation(work, window, load_situation(work, [window]))


def view_situation(work: Work, window: Window, situation: Situation) -> CheckView:
    """Check a window against a situation, of now or of then, and disclose the result to the actor."""
    result = check([window], situation)
    shown = disclose(result, work.actor, own_windows(work, window, [result]), parties.sharing_names(work))
    on_the_way = {service for paths in shown.paths.values() for path in paths for service in path}
    names = names_in(work, shown.findings, shown.customers, on_the_way | window.services)
    occurrences = dated(window).occurrences
    seal = fingerprint(result, situation.calendars) if work.actor.may(Right.DECIDE) else ""
    known, findings = (None, ()) if work.actor.kind is PartyKind.CUSTOMER else _plan(work, window)
    return CheckView(window, occurrences, shown, names, known, findings, seal)


def preview_check(work: Work, proposal: Proposal, window_id: str = "") -> CheckView:
    """Check what is filled in so far, before anything is kept.

    An existing window is not met with itself; its waivers do not count, for they lapse when it changes.
    """
    if window_id:
        windows.load(work, window_id)
    suppliers = parties.suppliers_of(work, proposal.services)
    window = proposed_window(proposal, suppliers, work.actor.party, window_id or UNNUMBERED)
    return view_situation(work, window, replace(load_situation(work, [window]), waivers=frozenset()))


def own_windows(work: Work, window: Window, results: Iterable[CheckResult]) -> set[str]:
    """Of the windows that collide: those the actor may see, and the one that is being looked at."""
    colliding = {one for result in results for collision in result.collisions for one in collision.windows}
    return {window.id, *windows.titles_of(work, colliding)}


def cover_of(work: Work, window: Window) -> Cover:
    """Whether enough experts can be reached for as long as a window is exposed."""
    return _cover(window, experts.experts_for(work, window.services), experts.required_for(work, window.services))


def _plan(work: Work, window: Window) -> tuple[Cover, tuple[PlanFinding, ...]]:
    """Cover, and what else is to be known of a plan; of other windows those the actor may see."""
    knowing = experts.experts_for(work, window.services)
    known = {service for expert in knowing for service in expert.services}
    required = experts.required_for(work, known | window.services)
    others = _others_needing(work, window, known)
    return _cover(window, knowing, required), (
        *slot_findings(window, agreed_slots.agreements(work, window.services).values()),
        *support_findings(window, parties.visible_services(work, window.services).values()),
        *shared_experts(window, others, knowing, required),
    )


def _others_needing(work: Work, window: Window, services: Set[str]) -> list[Window]:
    span = dated(window).span
    if span is None or not services:
        return []
    planned = Filter(states=PLANNED, on_any_of=frozenset(services), meets=span)
    return [one.window for one in windows.visible_windows(work, planned) if one.id != window.id]


def _cover(window: Window, knowing: Sequence[Expert], required: Mapping[str, int]) -> Cover:
    exposures = [occurrence.exposed for occurrence in dated(window).occurrences]
    return cover(window.services, exposures, knowing, required)
