"""What is said of a change of a window to each reader? What he may know of it, as values for a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.access import Actor, PartyKind
from app.domain.disclosure import disclose_trail, disclose_window
from app.domain.messages import Facts, MessageKind
from app.domain.register import Name, RegisteredWindow, TrailEntry
from app.domain.situation import dated
from app.domain.waivers import WaiverRecord
from app.domain.windows import WindowOccurrence

T = MessageKind
TO_THOSE_WHO_PLAN: Mapping[str, MessageKind] = {
    "window.submitted": T.WINDOW_SUBMITTED,
    "window.rescheduled": T.WINDOW_RESCHEDULED,
    "window.withdrawn": T.WINDOW_WITHDRAWN,
    "window.approved": T.WINDOW_APPROVED,
    "window.rejected": T.WINDOW_REJECTED,
    "window.returned": T.WINDOW_RETURNED,
    "window.cancelled": T.WINDOW_CANCELLED,
    "window.expired": T.WINDOW_EXPIRED,
    "window.held": T.WINDOW_HELD,
    "window.started": T.WINDOW_STARTED,
    "window.usable": T.WINDOW_USABLE,
    "window.finished": T.WINDOW_FINISHED,
    "window.overrun": T.WINDOW_OVERRUN,
    "window.exposure_exceeded": T.WINDOW_EXCEEDED,
}
"""What the integrator and the supplier hear of each change of a window, by what the trail calls it."""

TO_CUSTOMERS: Mapping[str, MessageKind] = {
    "window.approved": T.MAINTENANCE_ANNOUNCED,
    "window.rescheduled": T.MAINTENANCE_MOVING,
    "window.held": T.MAINTENANCE_UNSURE,
    "window.exposure_exceeded": T.MAINTENANCE_LONGER,
    "window.expired": T.MAINTENANCE_OFF,
    "window.withdrawn": T.MAINTENANCE_OFF,
    "window.rejected": T.MAINTENANCE_OFF,
    "window.cancelled": T.MAINTENANCE_OFF,
    "window.started": T.MAINTENANCE_STARTED,
    "window.usable": T.MAINTENANCE_USABLE,
    "window.finished": T.MAINTENANCE_FINISHED,
}
"""What customers hear: of what is in the change schedule, or was and is no more."""

OF_WHAT_WAS_APPROVED = frozenset({"window.approved", "window.rescheduled", "window.held", "window.cancelled"})
"""Happens only to what is approved, or was until now. Of anything else those are told who heard of it before."""

OVER = frozenset({T.MAINTENANCE_OFF, T.MAINTENANCE_SPARES})


@dataclass(frozen=True)
class WindowNews:
    """A change of a window, as the trail has it. `used` are the services of its own, by customer, that it takes down."""

    window: RegisteredWindow
    entry: TrailEntry
    supplier: str
    used: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)

    def for_reader(self, reader: Actor) -> Facts:
        """A customer reads what it will notice and when; the supplier and the integrator also the reason that was given."""
        shown = disclose_window(self.window, reader)
        facts = {
            "window": shown.id,
            "version": shown.version,
            "title": shown.title.by_language,
            "supplier": self.supplier,
            **self._when(),
            "impact": str(shown.impact),
            "path": f"/windows/{shown.id}",
        }
        if reader.kind is PartyKind.CUSTOMER:
            services = [one.by_language for one in self.used.get(reader.party, ())]
            return facts | {"services": services, "business_text": shown.business_text}
        reasons = [one.reason for one in disclose_trail((self.entry,), reader)]
        return facts | {"type": str(shown.window.type), "reason": "".join(reasons)}

    def spared(self) -> Facts:
        """For a customer that it no longer reaches: which it was, and nothing that is new."""
        return {"window": self.window.id}

    def waiver(self, one: WaiverRecord) -> Facts:
        """What a request for a waiver is about: for the customer it is asked of, and for who asks."""
        decided = {} if one.decide_by is None else {"decide_by_at": one.decide_by}
        title = self.window.title.by_language
        what = {"window": self.window.id, "title": title, "waiver": one.id, "question": one.question, **decided}
        impact = {"impact": str(self.window.impact), "business_text": self.window.business_text}
        return {**what, **self._when(), **impact, "path": f"/waivers/{one.id}"}

    def _when(self) -> dict[str, object]:
        """The next time it is, or of what is over the last, and how many times there are."""
        occurrences = dated(self.window.window).occurrences
        one = next((one for one in occurrences if one.exposed.end > self.entry.at), occurrences[-1])
        return {"start_at": one.planned.start, "end_at": one.planned.end, "times": _left(occurrences, one)}

    def hears(self, reached: frozenset[str], last_told: Mapping[str, MessageKind]) -> frozenset[str]:
        """Which customers hear of it: those it reaches, if it is or was approved or they have heard of it before."""
        if self.entry.action in OF_WHAT_WAS_APPROVED or self.window.approved_verdict is not None:
            return reached
        return reached & {party for party, told in last_told.items() if told not in OVER}

    def spares(self, reached: frozenset[str], last_told: Mapping[str, MessageKind]) -> frozenset[str]:
        """Which customers heard of it before, and are no longer reached by what is approved now."""
        if self.entry.action != "window.approved":
            return frozenset()
        return frozenset(party for party, told in last_told.items() if told not in OVER) - reached


def _left(occurrences: tuple[WindowOccurrence, ...], one: WindowOccurrence) -> int:
    return len(occurrences) - occurrences.index(one)
