"""Exceptions to a peak in words: dates taken out or moved, suspensions, and the kinds of change it is about."""

from datetime import date

from app.domain.notation.exceptions import read_exception
from app.domain.occurrences import Occurrence
from app.domain.peak_exceptions import PeakException, TakenOut
from app.domain.peaks import Move, Peak, Suspension
from app.domain.register import TrailEntry
from app.domain.windows import ChangeType
from app.domain.workdays import ONE_DAY
from app.phrases.calendars import say_date, say_list
from app.phrases.language import Language
from app.phrases.lifecycle import say_action, say_impact
from app.phrases.sentences import capital
from app.phrases.times import say_day, say_days

MADE = frozenset({"peak.date_taken_out", "peak.date_moved", "peak.suspended"})


def say_exception(language: Language, what: PeakException) -> str:
    """What holds instead of the rule, as a sentence of its own (without its full stop)."""
    return capital(_exception(language, what))


def say_undoing(language: Language, what: PeakException) -> str:
    return language.t("End the suspension") if isinstance(what, Suspension) else language.t("Put it back")


def _exception(language: Language, what: PeakException) -> str:
    match what:
        case TakenOut(day):
            return language.t("{day} is taken out", day=say_day(language, day))
        case Move(day, to):
            return language.t("{day} is moved to {to}", day=say_day(language, day), to=say_day(language, to))
        case Suspension(first, last):
            return language.t("suspended {days}", days=say_days(language, first, last))


def say_entry(language: Language, entry: TrailEntry) -> str:
    """What was done, and of an exception with which dates."""
    if entry.action in MADE:
        return _exception(language, read_exception(entry.facts))
    if entry.action == "peak.put_back":
        return language.t("put back: {exception}", exception=_exception(language, read_exception(entry.facts)))
    return say_action(language, entry.action)


def say_suspended(language: Language, peak: Peak, one: Occurrence) -> list[str]:
    """Which of the busy days of an occurrence are suspended."""
    parts = [Suspension(max(gap.first, one.first_day), min(gap.last, one.last_day)) for gap in peak.suspended]
    return [
        language.t("suspended {days}", days=say_days(language, part.first, part.last))
        for part in _merged([part for part in parts if part.first <= part.last])
    ]


def _merged(parts: list[Suspension]) -> list[Suspension]:
    """What follows on one another as one."""
    runs: list[Suspension] = []
    for part in sorted(parts):
        if runs and part.first <= runs[-1].last + ONE_DAY:
            runs[-1] = Suspension(runs[-1].first, max(runs[-1].last, part.last))
        else:
            runs.append(part)
    return runs


def say_limits(language: Language, peak: Peak) -> list[str]:
    """What stands behind the rule of a peak: moved dates, suspensions, kinds of change."""
    moves = [
        language.t("{day} moved to {to}", day=say_date(language, one.day), to=say_date(language, one.to))
        for one in sorted(peak.moved)
    ]
    gaps = [_say_gap(language, one.first, one.last) for one in sorted(peak.suspended)]
    return [*moves, *gaps, *_say_kinds(language, peak)]


def _say_gap(language: Language, first: date, last: date) -> str:
    if first == last:
        return language.t("suspended on {day}", day=say_date(language, first))
    return language.t("suspended from {first} to {last}", first=say_date(language, first), last=say_date(language, last))


def _say_kinds(language: Language, peak: Peak) -> list[str]:
    said = []
    if peak.change_types is not None:
        kinds = [_say_changes(language, one) for one in ChangeType if one in peak.change_types]
        said.append(language.t("only for {kinds}", kinds=say_list(language, kinds or [language.t("no change at all")])))
    if peak.impacts is not None:
        impacts = [say_impact(language, one) for one in sorted(peak.impacts)] or [language.t("nothing at all")]
        said.append(language.t("only when the expected impact is {impacts}", impacts=say_list(language, impacts, "or")))
    return said


def _say_changes(language: Language, change: ChangeType) -> str:
    match change:
        case ChangeType.NORMAL:
            return language.t("normal changes")
        case ChangeType.STANDARD:
            return language.t("standard changes")
        case ChangeType.EMERGENCY:
            return language.t("emergency changes")
