"""How bad is it? The four verdicts, and what a peak's severity means for a change."""

from collections.abc import Iterable
from enum import StrEnum

from app.domain.peaks import Severity
from app.domain.windows import ChangeType


class Verdict(StrEnum):
    CLEAR = "clear"
    ADVISORY = "advisory"
    NEEDS_WAIVER = "needs_waiver"
    BLOCKED = "blocked"

    @property
    def rank(self) -> int:
        return list(Verdict).index(self)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    return max(verdicts, key=lambda verdict: verdict.rank, default=Verdict.CLEAR)


def effect(severity: Severity, change: ChangeType, *, waived: bool) -> Verdict:
    """What meeting a peak of that severity means.

    An emergency counts one step lower, never below advisory. A granted waiver turns *needs waiver* into *advisory*;
    it never lifts a freeze for a normal or standard change.
    """
    found = {
        Severity.FREEZE: Verdict.BLOCKED,
        Severity.RESTRICTED: Verdict.NEEDS_WAIVER,
        Severity.ADVISORY: Verdict.ADVISORY,
    }[severity]
    if change is ChangeType.EMERGENCY:
        found = Verdict.NEEDS_WAIVER if found is Verdict.BLOCKED else Verdict.ADVISORY
    if waived and found is Verdict.NEEDS_WAIVER:
        return Verdict.ADVISORY
    return found
