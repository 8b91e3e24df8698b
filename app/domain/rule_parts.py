"""What is a rule made of? The rules within it, and the working-day calendars that a peak counts with."""

from collections.abc import Iterator

from app.domain.anchors import AnchorRule, DayRolled, FromTo, Holiday, IfSameAs, Movable, WorkdayOffset, WorkingDay
from app.domain.peaks import Peak


def rules_within(rule: AnchorRule) -> Iterator[AnchorRule]:
    """The rule and every rule it is made from, also those that only matter in some years."""
    yield rule
    match rule:
        case WorkdayOffset(base=base):
            yield from rules_within(base)
        case FromTo(start, until):
            yield from rules_within(start)
            yield from rules_within(until)
        case Movable(adjust=adjust):
            for adjustment in adjust:
                if isinstance(adjustment, IfSameAs):
                    yield from rules_within(adjustment.rule)
        case _:
            pass


def calendars_used(peak: Peak) -> frozenset[str]:
    """The names of the working-day calendars that its dates depend on."""
    return calendars_counted(peak.rule) | ({peak.lead.calendar} if peak.lead.calendar else set())


def calendars_counted(rule: AnchorRule) -> frozenset[str]:
    """The names of the working-day calendars that a rule counts with."""
    counting = Holiday | WorkingDay | DayRolled | WorkdayOffset
    return frozenset(one.calendar for one in rules_within(rule) if isinstance(one, counting))
