"""What does a person fill in for a window, and what window is that?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.refusal import Refusal
from app.domain.situation import dated
from app.domain.soundness import require_sound_window
from app.domain.windows import ChangeType, Impact, Series, Window

UNNUMBERED = "-"
"""The id of a window that is only being looked at."""


@dataclass(frozen=True)
class Proposal:
    """A window as filled in. The supplier follows from the services."""

    services: frozenset[str]
    title: str
    type: ChangeType
    impact: Impact
    zone: str
    start: datetime
    end: datetime
    rollback_minutes: int
    rollback_plan: str
    business_text: str
    start_fold: int | None = None
    end_fold: int | None = None
    series: Series | None = None


def proposed_window(proposal: Proposal, suppliers: Mapping[str, str], own_supplier: str, window_id: str = UNNUMBERED) -> Window:
    """The proposal as a window that makes sense, or a refusal naming the field.

    `suppliers` are those of the proposed services that exist for whoever proposes; a window is of one supplier.
    """
    chosen = {suppliers[one] for one in proposal.services if one in suppliers}
    if len(chosen) > 1:
        raise Refusal("several_suppliers", "services", suppliers=len(chosen))
    window = Window(
        id=window_id,
        supplier=next(iter(chosen), own_supplier),
        services=proposal.services,
        type=proposal.type,
        zone=proposal.zone,
        start=proposal.start,
        end=proposal.end,
        rollback_minutes=proposal.rollback_minutes,
        start_fold=proposal.start_fold,
        end_fold=proposal.end_fold,
        series=proposal.series,
        impact=proposal.impact,
    )
    require_sound_window(window, suppliers)
    if dated(window).span is None:
        raise Refusal("empty_series", "rrule")
    return window
