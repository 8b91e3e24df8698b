"""A window was brought to another state: it is written, the trail says who did so and why, and those it concerns are told."""

from dataclasses import replace

from app.domain.register import RegisteredWindow
from app.store import trail, windows
from app.store.database import Work
from app.usecases.telling import tell_of_window


def record(
    work: Work, after: RegisteredWindow, seen_version: int, action: str, reason: str = "", **facts: object
) -> RegisteredWindow:
    """Every change of a window that is kept passes here, in the transaction of the change. Returned as it is now kept.

    Refused with `changed_meanwhile` when it is no longer the version that was seen.
    """
    windows.save(work, after, seen_version)
    trail.append(work, action, "window", after.id, reason.strip(), **facts)
    kept = replace(after, version=seen_version + 1)
    tell_of_window(work, kept, action, reason.strip())
    return kept
