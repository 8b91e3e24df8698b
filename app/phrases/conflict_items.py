"""Conflicts people deal with, in words: what caused them, how far they are, and why one is closed."""

from app.domain.conflict_items import PEAK, CommonCause, Item, Stage
from app.domain.result import CollisionKind
from app.phrases.calendars import say_list
from app.phrases.language import Language
from app.phrases.lifecycle import ACTIONS
from app.phrases.past_checks import CAUSES
from app.phrases.times import say_moment
from app.queries.names import Names

COLLISIONS = {
    CollisionKind.SAME_SERVICE: "Another window at the same time on the same service: {services}",
    CollisionKind.SAME_CHAIN: "Another window at the same time on the same chain: {services}",
    CollisionKind.REDUNDANCY_LOSS: "Together with another window it takes down what neither does alone: {services}",
}
STAGES = {
    Stage.OPEN: "open",
    Stage.DISCUSSED: "being discussed",
    Stage.WAITING: "waiting for the customer",
    Stage.WAIVED: "waived",
    Stage.SOLVED: "solved",
    Stage.OBSOLETE: "obsolete",
}
SIGNS = {
    Stage.OPEN: "○",
    Stage.DISCUSSED: "…",
    Stage.WAITING: "?",
    Stage.WAIVED: "✓",
    Stage.SOLVED: "✓",
    Stage.OBSOLETE: "–",
}


def say_cause(language: Language, cause: CommonCause, names: Names) -> str:
    """What the conflicts of one line have in common."""
    known = [names.service(one, language.code) for one in cause.services]
    services = say_list(language, [name for name in known if name]) or language.t("a service that yours stand on")
    if cause.kind == PEAK:
        peak, customer = names.peak(cause.peak, language.code) or cause.peak, names.party(cause.customer) or cause.customer
        return language.t("“{peak}” of {customer}, by maintenance on {services}", peak=peak, customer=customer, services=services)
    return language.t(COLLISIONS[CollisionKind(cause.kind)], services=services)


def say_stage(language: Language, stage: Stage) -> str:
    return language.t(STAGES[stage])


def say_item(language: Language, item: Item, stage: Stage, zone: str) -> str:
    """How far one is; consent holds until the work would be over."""
    if stage is Stage.WAIVED:
        return language.t("waived until {moment}", moment=say_moment(language, item.found.span.end, zone))
    return say_stage(language, stage)


def say_count(language: Language, stage: Stage, count: int) -> str:
    """`3 open`."""
    return f"{count} {say_stage(language, stage)}"


def say_closed(language: Language, item: Item, names: Names, zone: str) -> str:
    """When it was closed, by whom and why; what the system closed was closed by what happened."""
    when = say_moment(language, item.closed_at or 0, zone)
    if item.closed_by is None:
        return language.t("{when}: {reason}", when=when, reason=language.t({**CAUSES, **ACTIONS}[item.reason]))
    who = names.person(item.closed_by, language.code) or item.closed_by
    return language.t("{when}, {who}: {reason}", when=when, who=who, reason=item.reason)
