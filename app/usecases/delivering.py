"""The worker brings messages to whom they are for. It may do so twice; it does not forget one.

Sending stands between two transactions: one that takes, one that says what came of it. What nobody says anything of is given
back by itself.
"""

from app.domain.access import SYSTEM, Right, require
from app.domain.delivering import NOBODY_THERE, Hitch, next_try
from app.domain.refusal import Refusal
from app.store import deliveries, trail, webhooks
from app.store.database import Work
from app.store.deliveries import Parcel

MOST_AT_ONCE = 8
LEASE = 120
"""More than one sending can take."""


def is_any_due(work: Work) -> bool:
    """Whether there is anything to deliver now; asked often, and without keeping a writer waiting."""
    return deliveries.is_any_due(work)


def claim_due(work: Work, lease: str) -> list[Parcel]:
    """The messages whose turn it is, as many as are sent at once."""
    _require_system(work)
    return deliveries.claim(work, MOST_AT_ONCE, lease, work.now + LEASE)


def take_in(work: Work, parcel: Parcel, hitch: Hitch | None, luck: float) -> None:
    """What came of sending one: it arrived, or what was in the way."""
    _require_system(work)
    if hitch is None:
        deliveries.sent(work, parcel.number)
        return
    again = next_try(hitch, parcel.since, parcel.tries, work.now, luck)
    deliveries.failed(work, parcel, hitch, again)
    if hitch is Hitch.GONE and parcel.hook:
        webhooks.disable_gone(work, parcel.hook.id)  # what else is on its way there is given up in its turn, and stays to be seen
    if hitch in NOBODY_THERE and again is not None:
        deliveries.postpone(work, parcel.hook.id if parcel.hook else None, again)


def try_again(work: Work, number: int) -> None:
    """An administrator has what was given up sent once more."""
    require(work.actor, Right.KEEP_PARTIES)
    deliveries.try_again(work, number)
    trail.append(work, "message.tried_again", "message", str(number))


def _require_system(work: Work) -> None:
    """Nobody does this by hand: the worker does it."""
    if work.actor != SYSTEM:
        raise Refusal("not_allowed", right="deliver")
