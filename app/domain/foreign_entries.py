"""Dated entries of a calendar that is kept elsewhere."""

from dataclasses import dataclass

from app.domain.spans import Instant, Span


@dataclass(frozen=True, order=True)
class ForeignEntry:
    """One dated entry of a calendar that is kept elsewhere, its end exclusive.

    `recurrence_id` is the original start of one of a series, which stays when it is moved; None for a single one.
    """

    start: Instant
    end: Instant
    uid: str = ""
    recurrence_id: Instant | None = None
    summary: str = ""
    all_day: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def key(self) -> tuple[str, Instant | None]:
        return self.uid, self.recurrence_id
