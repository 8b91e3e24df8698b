"""The worker looks after promises: it reminds at two thirds of the time, and says it once when one was missed."""

from collections.abc import Iterable

from app.domain.messages import MessageKind
from app.domain.promises import Promise
from app.domain.spans import Instant
from app.store import parties, promises, trail, windows
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases.promised_by_steps import facts_of
from app.usecases.telling import tell_parties

A_TURN = 50
"""Promises that one transaction is about, so that nobody waits long for it."""


def look_after(work: Work) -> int:
    """Remind of and note what is due now, each exactly once however many workers look. Tells how many that were."""
    if not promises.is_any_due(work):
        return 0
    take_turn(work)
    return _remind(work) + _note_missed(work)


def _remind(work: Work) -> int:
    """Who promised is told that it is nearly due; what is late already is told as late."""
    due = promises.to_remind(work, A_TURN)
    promises.mark_reminded(work, [one.id for one in due])
    _tell_who_promised(work, [one for one in due if one.due_at >= work.now], MessageKind.PROMISE_NEARLY_DUE)
    return len(due)


def _note_missed(work: Work) -> int:
    missed = promises.to_note(work, A_TURN)
    promises.mark_missed(work, [one.id for one in missed])
    for one in missed:
        trail.append(work, "promise.missed", "promise", one.window, by=one.by, to=one.to, occasion=one.occasion)
    _tell_who_promised(work, missed, MessageKind.PROMISE_MISSED)
    return len(missed)


def _tell_who_promised(work: Work, due: Iterable[Promise], kind: MessageKind) -> None:
    """One message for all that wait for the same word."""
    waiting: dict[tuple[str, str, Instant], list[str]] = {}
    for one in due:
        waiting.setdefault((one.window, one.by, one.due_at), []).append(one.to)
    for (window_id, by, due_at), to in waiting.items():
        names = [parties.party_name(work, one) for one in to]
        facts = {**facts_of(work, windows.load(work, window_id), by), "to": names, "due_at": due_at}
        tell_parties(work, [by], kind, facts)
