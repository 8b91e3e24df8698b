"""What was read from a calendar file: dated entries, what was skipped and why, and what had to be assumed."""

from dataclasses import dataclass

from app.domain.foreign_entries import ForeignEntry


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

    entries: tuple[ForeignEntry, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    name: str = ""
    events: int = 0
    outside: int = 0

    @property
    def is_cut_off(self) -> bool:
        """Whether the file ends before its calendar does: a copy that did not come in whole."""
        return any(one.code == "cut_off" for one in self.assumed)


class Unreadable(Exception):  # noqa: N818 - not an error of the program: a part of a file that cannot be read
    """A part of the file cannot be read; the code says why, and the text which part."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.part = part[:200]
