"""A program hands in a window, and repeats itself when it heard no answer: the window is made once."""

import re
from collections.abc import Callable

from app.domain.proposals import Proposal
from app.domain.refusal import Refusal
from app.domain.register import RegisteredWindow
from app.store import requests, windows
from app.store.database import Work
from app.store.turnstile import take_turn

REMEMBERED = 7 * 24 * 3600
NAME = re.compile(r"[\x21-\x7e]{1,100}")


def once(
    work: Work, name: str, asked: str, proposal: Proposal, verb: Callable[[Work, Proposal], RegisteredWindow]
) -> tuple[RegisteredWindow, bool]:
    """The window, and whether it is new.

    `name` is the program's own for its request, "" for none; `asked` a hash of all that was asked for. The same name for
    something else is refused (`request_differs`); a name is remembered for a week.
    """
    if not name:
        return verb(work, proposal), True
    if not NAME.fullmatch(name):
        raise Refusal("bad_value", "Idempotency-Key", expected="request_name", got=name[:40])
    take_turn(work)
    requests.forget_before(work, work.now - REMEMBERED)
    known = requests.known(work, name)
    if known is None:
        made = verb(work, proposal)
        requests.remember(work, name, asked, made.id)
        return made, True
    if known.asked != asked:
        raise Refusal("request_differs", "Idempotency-Key")
    return windows.load(work, known.window), False
