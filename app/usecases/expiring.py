"""Time has run out for a window: nobody decided on it before its start, or nobody began it before its end."""

from dataclasses import replace

from app.domain import lifecycle
from app.domain.access import SYSTEM
from app.domain.lifecycle import Facts, State, Step, StepRole
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Instant
from app.domain.windows import ChangeType
from app.store import windows
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases.rechecking import after_window
from app.usecases.recording import record
from app.usecases.waiving import ask_no_longer

A_TURN = 20
AN_EMERGENCY_WAITS = 10 * 24 * 3600
"""An emergency may be entered and decided on afterwards: so long after its end, in seconds, it is still open."""


def expire_windows(work: Work, most: int = A_TURN) -> int:
    """The worker's step: end the windows whose time is up. Of a series the last time counts. Tells how many."""
    ours = replace(work, actor=SYSTEM)
    if not any(_is_over(one, work.now) for one in windows.begun(ours)):
        return 0
    take_turn(work)
    over = [one for one in windows.begun(ours) if _is_over(one, work.now)][:most]
    for known in over:
        state = lifecycle.step(known.state, Step.EXPIRE, StepRole.SYSTEM, Facts(type=known.window.type))
        ask_no_longer(ours, known.id)
        expired = record(ours, replace(known, state=state, sequence=known.next_sequence), known.version, "window.expired")
        after_window(ours, "window.expired", known, expired)
    return len(over)


def _is_over(known: RegisteredWindow, now: Instant) -> bool:
    last = dated(known.window).occurrences[-1].planned
    if known.window.type is ChangeType.EMERGENCY:
        return last.end + AN_EMERGENCY_WAITS <= now
    return (last.end if known.state is State.APPROVED else last.start) <= now
