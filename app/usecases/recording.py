"""A window was brought to another state: it is written, on the trail, told to those it concerns; and its check is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.causes import Cause
from app.domain.conflicts import check
from app.domain.lifecycle import Step
from app.domain.register import RegisteredWindow
from app.domain.relevance import relevant
from app.domain.result import CheckResult
from app.domain.situation import Situation
from app.store import receipts, trail, windows
from app.store.database import Work
from app.store.receipts import Found, Receipt
from app.store.situations import load_situation
from app.usecases.conflict_items import follow, leave
from app.usecases.promised_by_steps import after_step
from app.usecases.telling import tell_of_window


def record(
    work: Work, after: RegisteredWindow, seen_version: int, action: str, reason: str = "", **facts: object
) -> RegisteredWindow:
    """Every change of a window that is kept passes here, in the transaction of the change. Returned as it is now kept.

    Refused with `changed_meanwhile` when it is no longer the version that was seen.
    """
    was = windows.state_of(work, after.id)
    windows.save(work, after, seen_version)
    trail.append(work, action, "window", after.id, reason.strip(), **facts)
    leave(work, after, action)
    kept = replace(after, version=seen_version + 1)
    tell_of_window(work, kept, action, reason.strip())
    if was is not None:
        after_step(work, was, kept, action)
    return kept


def checked(work: Work, registered: RegisteredWindow, step: Step) -> CheckResult:
    """Check a window in this very transaction; keep the result and whom it reaches beside it."""
    situation = load_situation(work, [registered.window])
    result = check([registered.window], situation)
    keep_check(work, registered, Cause(step), result, situation)
    return result


def keep_check(work: Work, known: RegisteredWindow, cause: Cause, result: CheckResult, situation: Situation) -> None:
    """What goes with every check that is kept: its receipt, whom the window reaches, and the conflicts people deal with."""
    found = Found(known.window, cause, result, relevant([known.window], situation))
    keep_checks(work, [(known, found)], {})


def keep_checks(work: Work, every: Sequence[tuple[RegisteredWindow, Found]], before: Mapping[str, Receipt]) -> None:
    """The same of several windows, without what is as the receipt `before` of the window says."""
    windows.reach_each(work, {known.id: found.result.customers for known, found in every})
    new = receipts.keep(work, [found for _, found in every], before)
    kept = [(known, found) for known, found in every if known.id in new]
    for step in {found.cause.step for _, found in kept}:
        follow(work, [(known, found.result) for known, found in kept if found.cause.step == step], step)
