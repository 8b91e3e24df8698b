"""How long were services gone, and for whom? Windows together, through the chain: no second counts twice.

Where the other half of a pair stood nobody missed anything, so nothing counts. The chain is the one of today.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.chain import Chain
from app.domain.outage import Outage
from app.domain.spans import Span, merged, stretches
from app.domain.windows import Window

Users = Mapping[str, Sequence[str]]
"""By service: the customers who use it."""


@dataclass(frozen=True)
class Taking:
    """A window takes its services down for a time: as planned, as exposed, or as it really went."""

    window: Window
    span: Span


@dataclass(frozen=True)
class Downtime:
    """Seconds, by what they are counted for. Each is a union of time."""

    by_use: Mapping[tuple[str, str], int]
    """By customer and the service it uses."""
    by_window: Mapping[tuple[str, str], int]
    """By window and customer: some service of the customer was gone, and the window had a part in it."""
    broken: Mapping[tuple[str, str], frozenset[str]]
    """By window and customer: which of its services."""


def downtime(takings: Iterable[Taking], chain: Chain, users: Users) -> Downtime:
    """Sweep over starts and ends; between two of them the chain is evaluated once for the windows that are active."""
    uses: dict[tuple[str, str], list[Span]] = defaultdict(list)
    windows: dict[tuple[str, str], list[Span]] = defaultdict(list)
    broken: dict[tuple[str, str], set[str]] = defaultdict(set)
    outages: dict[frozenset[str], Outage] = {}
    for span, active in _moments(takings):
        names = frozenset(active)
        if names not in outages:
            outages[names] = Outage(chain, active.values())
        outage = outages[names]
        for window in names:
            for service in outage.broken_by(window):
                for customer in users.get(service, ()):
                    uses[customer, service].append(span)
                    windows[window, customer].append(span)
                    broken[window, customer].add(service)
    kept = {key: frozenset(services) for key, services in broken.items()}
    return Downtime(_seconds(uses), _seconds(windows), kept)


def gone(takings: Iterable[Taking], chain: Chain, services: Iterable[str]) -> dict[str, list[Span]]:
    """By service: when it was down, whoever's windows took it down, as maximal runs."""
    wanted = frozenset(services)
    found: dict[str, list[Span]] = defaultdict(list)
    known: dict[frozenset[str], frozenset[str]] = {}
    for span, active in _moments(takings):
        taken = frozenset(service for window in active.values() for service in window.services)
        if taken not in known:
            known[taken] = chain.down(taken) & wanted
        for service in known[taken]:
            found[service].append(span)
    return {service: merged(spans) for service, spans in found.items()}


def _moments(takings: Iterable[Taking]) -> Iterable[tuple[Span, dict[str, Window]]]:
    """Stretches in which the same windows are active; those in which none is are left out."""
    lasting = [one for one in takings if one.span.seconds > 0]
    windows = {one.window.id: one.window for one in lasting}
    for span, active in stretches((one.window.id, one.span) for one in lasting):
        yield span, {key: windows[key] for key in sorted(active)}


def _seconds(spans: Mapping[tuple[str, str], list[Span]]) -> dict[tuple[str, str], int]:
    return {key: sum(run.seconds for run in merged(found)) for key, found in spans.items()}
