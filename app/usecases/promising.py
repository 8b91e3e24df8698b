"""People promise to tell of a window, tell, and take a promise back. One update keeps every promise to those it is told to."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.access import Right, require
from app.domain.lifecycle import TERMINAL
from app.domain.messages import MessageKind
from app.domain.promises import LONGEST_AHEAD, LONGEST_WORDS, MINUTE, News, Occasion, Promise, Update, from_now, usual_within
from app.domain.refusal import NotFound, Refusal
from app.domain.register import RegisteredWindow
from app.domain.running import open_run
from app.store import promises, runs, trail, windows
from app.store.database import Work
from app.store.turnstile import take_turn
from app.usecases.promised_by_steps import facts_of
from app.usecases.telling import tell_parties

SHORTEST_AHEAD = 5 * MINUTE


@dataclass(frozen=True)
class Word:
    """What somebody tells, to whom, and within how many seconds he promises to tell again; None: he does not.

    Words may be left out when there is no news; otherwise they are in one language at least.
    """

    to: Collection[str]
    kind: News
    nl: str = ""
    en: str = ""
    within: int | None = None


def make(work: Work, window_id: str, to: Collection[str], within: int) -> None:
    """Promise these parties to tell of a window within so many seconds."""
    known = _begin(work, window_id, to)
    _promise(work, known, to, within)
    trail.append(work, "promise.made", "promise", window_id, to=sorted(to), within=within)
    facts = {**facts_of(work, known, work.actor.party), "next_at": from_now(work.now, within)}
    tell_parties(work, to, MessageKind.UPDATE_PROMISED, facts)


def give_update(work: Work, window_id: str, word: Word) -> Update:
    """Tell these parties of a window; every promise to them that waits is kept by that, or late.

    While the work is going on the next update is always promised: within the usual time when none is named.
    """
    known = _begin(work, window_id, word.to)
    _require_words(word)
    within = word.within
    run = open_run(runs.of_window(work, known.id))
    if within is None and run is not None:
        within = usual_within(run, work.now)
    told = Update(
        known.id,
        work.actor.party,
        tuple(sorted(word.to)),
        word.kind,
        work.now,
        word.nl.strip(),
        word.en.strip(),
        next_at=None if within is None else from_now(work.now, within),
        told_by=work.actor.id,
    )
    promises.add_update(work, told)
    if within is not None:
        _promise(work, known, word.to, within)
    trail.append(work, "promise.told", "promise", window_id, to=list(told.to), kind=word.kind)
    _send(work, known, told)
    return told


def _send(work: Work, known: RegisteredWindow, told: Update) -> None:
    facts: dict[str, object] = {**facts_of(work, known, work.actor.party)}
    if told.next_at is not None:
        facts["next_at"] = told.next_at
    if told.words("en"):
        facts["said"] = {code: told.words(code) for code in ("nl", "en")}
    tell_parties(work, told.to, MessageKind.UPDATE_TOLD if told.words("en") else MessageKind.UPDATE_NO_NEWS, facts)


def withdraw(work: Work, promise_id: int, reason: str) -> Promise:
    """Take back a promise of one's own party, with those made in one breath with it, saying why. One that is over stays missed."""
    require(work.actor, Right.TELL)
    take_turn(work)
    known = promises.load(work, promise_id)
    if known.by != work.actor.party:
        raise NotFound("promise")
    if not known.is_unanswered:
        raise Refusal("promise_settled")
    if not reason.strip():
        raise Refusal("reason_required", "reason")
    alike = promises.alike(work, known)
    promises.withdraw(work, [one.id for one in alike], reason.strip())
    trail.append(work, "promise.withdrawn", "promise", known.window, reason.strip(), to=[one.to for one in alike])
    return known


def _begin(work: Work, window_id: str, to: Collection[str]) -> RegisteredWindow:
    require(work.actor, Right.TELL)
    take_turn(work)
    known = windows.load(work, window_id)
    if not to or not set(to) <= promises.addressees(work, known):
        raise Refusal("bad_choice", "to")
    return known


def _require_words(word: Word) -> None:
    for field, words in (("nl", word.nl), ("en", word.en)):
        if len(words) > LONGEST_WORDS:
            raise Refusal("bad_length", field, most=LONGEST_WORDS)
    if word.kind is not News.NO_NEWS and not (word.nl.strip() or word.en.strip()):
        raise Refusal("words_required", "nl")


def _promise(work: Work, known: RegisteredWindow, to: Collection[str], within: int) -> None:
    if known.state in TERMINAL:
        raise Refusal("terminal_state", "within", state=known.state)
    if not SHORTEST_AHEAD <= within <= LONGEST_AHEAD:
        raise Refusal("bad_choice", "within")
    occasion = Occasion.START if open_run(runs.of_window(work, known.id)) else Occasion.AGREED
    made = [
        Promise(
            known.id, work.actor.party, one, occasion, News.PROCESS, work.now, from_now(work.now, within), made_by=work.actor.id
        )
        for one in sorted(to)
    ]
    promises.add(work, made)
