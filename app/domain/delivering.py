"""When is a message that did not arrive tried again, and when is it given up?"""

from enum import StrEnum

from app.domain.spans import Instant

MINUTE, HOUR = 60, 3600
WAITS = (MINUTE, 5 * MINUTE, 15 * MINUTE)
"""After the first, second and third failure; after any other as long as after the third."""

TRIED_FOR = 4 * HOUR


class Hitch(StrEnum):
    """Why a message did not arrive."""

    UNREACHABLE = "unreachable"
    """Nobody answers, the certificate is wrong, or the connection broke."""
    TIMED_OUT = "timed_out"
    FAILING = "failing"
    """The other side answered that it cannot take it now, or in a way that is no answer."""
    NOT_ALLOWED = "not_allowed"
    """The address leads into a private network, or on to another address."""
    CLOSED = "closed"
    """It asks who is there, or does not let us in."""
    REFUSED = "refused"
    """The mail server says that this will never be taken."""
    NO_ADDRESS = "no_address"
    NO_SERVER = "no_server"
    """No mail server is set."""
    NO_READER = "no_reader"
    """The person may no longer act."""
    GONE = "gone"
    """The webhook's address says itself that it is gone for good (HTTP 410)."""
    TURNED_OFF = "turned_off"
    """The webhook was turned off."""
    LOST = "lost"
    """It was sealed with another secret than the present one."""


FOR_GOOD = frozenset({Hitch.REFUSED, Hitch.NO_ADDRESS, Hitch.NO_SERVER, Hitch.NO_READER, Hitch.GONE, Hitch.TURNED_OFF, Hitch.LOST})
"""Trying again would not help."""

NOBODY_THERE = frozenset({Hitch.UNREACHABLE, Hitch.TIMED_OUT})
"""What else goes the same way need not be tried now: each try would keep other messages waiting."""


def next_try(hitch: Hitch, since: Instant, tries: int, now: Instant, luck: float) -> Instant | None:
    """When a message is tried again that failed this often; None when it is given up, after four hours of trying.

    `luck`, from 0 to 1, adds up to a fifth, so that what failed together does not come back together.
    """
    wait = WAITS[min(tries, len(WAITS)) - 1]
    again = now + wait + int(wait * luck / 5)
    return None if hitch in FOR_GOOD or again > since + TRIED_FOR else again
