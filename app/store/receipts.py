"""Results of checks as they were when somebody acted on them, each with the situation that was looked at."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Row, func, insert, select

from app.domain.access import SYSTEM
from app.domain.causes import Cause
from app.domain.notation.results import write_result
from app.domain.notation.situations import Checked, name_of, write_checked
from app.domain.result import CheckResult, NoteKind
from app.domain.situation import Situation
from app.domain.spans import Instant
from app.domain.verdict import Verdict
from app.domain.windows import Window
from app.store.database import Work
from app.store.tables import kept_situation, receipt

LARGEST_TEXT = 256 * 2**20
"""Bytes that a kept situation is unpacked to at the most."""


@dataclass(frozen=True)
class Receipt:
    """A result in its written form, when it was found, by whom (None: the system) and because of what.

    `calendars` names the versions of working-day calendars it saw, `situation` all that it looked at, by the name of its
    text; both are None for one from before they were kept.
    """

    number: int
    made_at: Instant
    made_by: str | None
    cause: Cause
    verdict: Verdict
    result: Mapping[str, object]
    calendars: Mapping[str, str] | None
    situation: str | None


@dataclass(frozen=True)
class Found:
    """What a check of a window found, and of what it looked at all that can matter."""

    window: Window
    cause: Cause
    result: CheckResult
    looked_at: Situation


def keep(work: Work, every: Iterable[Found], before: Mapping[str, Receipt]) -> set[str]:
    """Keep what checks of windows found; of a window that found the same in the same as the receipt `before`, nothing.

    A step that somebody takes is compared with nothing and always leaves its receipt; a re-check that runs twice changes
    nothing. Tells of which windows something was kept. Call it behind the turnstile.
    """
    texts: dict[str, str] = {}
    rows: dict[str, dict[str, object]] = {}
    for one in every:
        written, found = write_checked(Checked((one.window,), one.looked_at)), write_result(one.result)
        name, known = name_of(written), before.get(one.window.id)
        if known is None or (known.situation, known.result) != (name, found):
            texts[name] = written
            rows[one.window.id] = _row(work, one, name, found)
    if rows:
        _keep_situations(work, texts)
        work.connection.execute(insert(receipt), list(rows.values()))
    return set(rows)


def _row(work: Work, one: Found, situation: str, result: Mapping[str, object]) -> dict[str, object]:
    return {
        "window_id": one.window.id,
        "made_at": work.now,
        "made_by": None if work.actor == SYSTEM else work.actor.id,
        "cause": one.cause.step,
        "cause_kind": one.cause.kind or None,
        "cause_id": one.cause.id or None,
        "verdict": one.result.verdict,
        "result": result,
        "calendars": dict(one.looked_at.calendars),
        "situation": situation,
    }


def latest_verdicts(work: Work, windows: Sequence[str]) -> dict[str, Verdict]:
    """By window: what its last kept check said. The windows are ones the actor may see."""
    latest = select(func.max(receipt.c.id)).where(receipt.c.window_id.in_(windows)).group_by(receipt.c.window_id)
    rows = work.connection.execute(select(receipt.c.window_id, receipt.c.verdict).where(receipt.c.id.in_(latest)))
    return {row.window_id: Verdict(row.verdict) for row in rows}


def of_window(work: Work, window_id: str) -> list[Receipt]:
    """What was found at each step, oldest first."""
    rows = work.connection.execute(select(receipt).where(receipt.c.window_id == window_id).order_by(receipt.c.id))
    return [_receipt(row) for row in rows]


def situation_text(work: Work, name: str) -> str | None:
    """The text of a kept situation; None when what is there now is not what was kept under that name."""
    packed = work.connection.execute(select(kept_situation.c.packed).where(kept_situation.c.sha256 == name)).scalar()
    try:
        written = zlib.decompressobj().decompress(packed or b"", LARGEST_TEXT).decode()
    except (zlib.error, UnicodeDecodeError):
        return None
    return written if name_of(written) == name else None


def latest(work: Work, windows: Sequence[str]) -> dict[str, Receipt]:
    """By window: its last receipt; without those that have none yet."""
    newest = select(func.max(receipt.c.id)).where(receipt.c.window_id.in_(windows)).group_by(receipt.c.window_id)
    rows = work.connection.execute(select(receipt).where(receipt.c.id.in_(newest)))
    return {row.window_id: _receipt(row) for row in rows}


def last_affected(work: Work, window_id: str) -> list[tuple[str, str]]:
    """What the last check of a window found it to take down: customers, each with a service that it uses."""
    known = latest(work, [window_id]).get(window_id)
    affected = cast(Sequence[Mapping[str, object]], known.result["affected"]) if known else ()
    return [(str(one["customer"]), str(one["service"])) for one in affected]


def less_redundant(work: Work, windows: Sequence[str]) -> dict[str, frozenset[str]]:
    """By window: the customers of whom its last check found a service that stays up, with less beneath it than before."""
    latest = select(func.max(receipt.c.id)).where(receipt.c.window_id.in_(windows)).group_by(receipt.c.window_id)
    rows = work.connection.execute(select(receipt.c.window_id, receipt.c.result).where(receipt.c.id.in_(latest)))
    found = {row.window_id: [one for one in row.result["notes"] if one["kind"] == NoteKind.REDUCED_REDUNDANCY] for row in rows}
    return {window: frozenset(str(one["customer"]) for one in notes if "customer" in one) for window, notes in found.items()}


def _keep_situations(work: Work, texts: Mapping[str, str]) -> None:
    chosen = select(kept_situation.c.sha256).where(kept_situation.c.sha256.in_(texts))
    known = set(work.connection.execute(chosen).scalars())
    rows = [{"sha256": name, "packed": zlib.compress(text.encode())} for name, text in texts.items() if name not in known]
    if rows:
        work.connection.execute(insert(kept_situation), rows)


def _receipt(row: Row[tuple[object, ...]]) -> Receipt:
    return Receipt(
        number=row.id,
        made_at=row.made_at,
        made_by=row.made_by,
        cause=Cause(row.cause, row.cause_kind or "", row.cause_id or ""),
        verdict=Verdict(row.verdict),
        result=row.result,
        calendars=row.calendars,
        situation=row.situation,
    )
