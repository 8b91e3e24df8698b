"""Which planned windows would a change of the chain touch? The one check, with the change put into its situation."""

from dataclasses import dataclass

from app.domain.chain import Requirement
from app.domain.chain_changes import ChainChange, peaks_about, require_sound_requirement, ring
from app.domain.conflicts import check
from app.domain.lifecycle import PLANNED
from app.domain.refusal import Refusal
from app.domain.register import RegisteredPeak, RegisteredWindow
from app.domain.result import Conflict
from app.domain.spans import Span
from app.domain.verdict import Verdict
from app.queries.names import Names, load_names
from app.queries.peak_effect import FURTHEST, MOST_CHECKED
from app.store import chain, peaks, windows
from app.store.database import Work
from app.store.situations import load_situation
from app.store.windows import Filter


@dataclass(frozen=True)
class Touched:
    """A planned window that would reach other customers, or be judged otherwise; `first` is the first new conflict, if any."""

    registered: RegisteredWindow
    now: Verdict
    becomes: Verdict
    reached_besides: tuple[str, ...]
    reached_no_longer: tuple[str, ...]
    first: Conflict | None


@dataclass(frozen=True)
class ChainEffect:
    """`looked_at` windows were checked, `is_cut`: there are more.

    `ring` are the members that would stand on the service themselves, `in_the_way` the peaks that keep a use from ending.
    """

    touched: tuple[Touched, ...]
    looked_at: int
    is_cut: bool
    ring: tuple[str, ...]
    in_the_way: tuple[RegisteredPeak, ...]
    names: Names


def requirement_effect(work: Work, before: Requirement | None, after: Requirement | None) -> ChainEffect:
    """What another requirement of a service would do; refused with the field when it makes no sense."""
    if after:
        require_sound_requirement(after)
        unknown = sorted(after.members - chain.services_named(work, after.members).keys())
        if unknown:
            raise Refusal("unknown_service", "members", service=unknown[0])
    service = (after or before or Requirement("", frozenset())).service
    return _effect(work, ChainChange(service, before, after))


def use_effect(work: Work, customer: str, service: str) -> ChainEffect:
    """What it would do if a customer who uses a service did so no longer, or one who does not began to."""
    is_used = customer in chain.customers_of(work, service)
    change = ChainChange(service, ends=customer) if is_used else ChainChange(service, begins=customer)
    return _effect(work, change)


def _effect(work: Work, change: ChainChange) -> ChainEffect:
    below = chain.chain_below(work, change.services)
    ahead = Span(work.now, work.now + FURTHEST)
    planned = windows.visible_windows(
        work, Filter(states=PLANNED, meets=ahead, on_any_of=frozenset(below.suppliers)), MOST_CHECKED + 1
    )
    near = planned[:MOST_CHECKED]
    touched = [one for one in (_touched(work, window, change) for window in near) if one is not None]
    met = {one.first.peak for one in touched if one.first}
    about = peaks_about(peaks.visible_peaks(work, change.ends), change.service) if change.ends else []
    return ChainEffect(
        touched=tuple(touched),
        looked_at=len(near),
        is_cut=len(planned) > MOST_CHECKED,
        ring=ring(below, change.after) if change.after else (),
        in_the_way=tuple(about),
        names=load_names(work, peak_ids=met),
    )


def _touched(work: Work, registered: RegisteredWindow, change: ChainChange) -> Touched | None:
    window = registered.window
    now = check([window], load_situation(work, [window]))
    becomes = check([window], load_situation(work, [window], change=change))
    if now.verdict is becomes.verdict and now.customers == becomes.customers:
        return None
    known = {(one.peak, one.anchor) for one in now.conflicts}
    new = [one for one in becomes.conflicts if (one.peak, one.anchor) not in known]
    besides, no_longer = becomes.customers - now.customers, now.customers - becomes.customers
    first = new[0] if new else None
    return Touched(registered, now.verdict, becomes.verdict, tuple(sorted(besides)), tuple(sorted(no_longer)), first)
