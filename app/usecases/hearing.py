"""Somebody chooses what Ober tells him, by which way, and where his mail goes."""

from collections.abc import Mapping

from app.domain.access import Right, require
from app.domain.mail_addresses import require_mail_address
from app.domain.messages import OFFERED, Choice, Topic
from app.domain.refusal import Refusal
from app.store import choices, trail
from app.store.database import Work


def choose(work: Work, chosen: Mapping[Topic, Choice], address: str) -> None:
    """From now on the actor hears of these topics in these ways, at this mail address; none when it is empty.

    Refused: `bad_choice` for a topic that is not offered to his kind of party, `bad_mail_address`.
    """
    require(work.actor, Right.SEE)
    if set(chosen) - set(OFFERED[work.actor.kind]):
        raise Refusal("bad_choice", "topics")
    require_mail_address(address)
    is_elsewhere = (choices.address(work) or "") != address
    choices.save_choices(work, chosen)
    choices.save_address(work, address or None)
    if is_elsewhere:
        trail.append(work, "person.address_changed", "person", work.actor.id)
