"""What was read from a calendar file: dated entries, what was skipped and why, and what had to be assumed."""

from dataclasses import dataclass, field

from app.domain.spans import Instant


@dataclass(frozen=True)
class Entry:
    """One dated entry of a calendar. `end` is exclusive; an all-day entry runs from midnight to midnight in its zone.

    `recurrence_id` names one of a series by its original start, which stays when the entry is moved; None for a single.
    """

    uid: str
    summary: str
    start: Instant
    end: Instant
    all_day: bool = False
    recurrence_id: Instant | None = None


@dataclass(frozen=True)
class Skipped:
    """Something in the file that gave no entry, and the stable code of the reason. `part` is the text it is about."""

    reason: str
    uid: str = ""
    summary: str = ""
    part: str = ""


@dataclass(frozen=True)
class Assumed:
    """Something that the file does not say, or says wrongly, and how it was read."""

    code: str
    part: str = ""
    uid: str = ""


@dataclass(frozen=True)
class Reading:
    """`events` is the number of events in the file: each gave entries, lies outside what was asked, or is in `skipped`."""

    entries: tuple[Entry, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    name: str = ""
    events: int = 0
    outside: int = field(default=0)


class Unreadable(Exception):  # noqa: N818 - not an error of the program: a part of a file that cannot be read
    """A part of the file cannot be read; the code says why, and the text which part."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.part = part[:200]
