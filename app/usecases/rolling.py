"""The horizon for which occurrences are kept rolls over: a step of the worker, or by hand all at once."""

from app.store import rolling
from app.store.database import Work
from app.store.turnstile import take_turn

A_FEW = 50
"""Peaks that the worker dates while everybody else who writes waits: a tenth of a second."""


def behind(work: Work) -> int:
    """How many peaks are due."""
    return rolling.behind(work)


def roll_over(work: Work, most: int = A_FEW) -> int:
    """Date the peaks that are due, at most so many, up to the horizon of now; how many there were.

    Changes nothing that a check says: what is not kept it dates itself. Done twice, or by two at once, it is done once.
    """
    if not rolling.is_due(work):
        return 0
    take_turn(work)
    return rolling.roll_over(work, most)
