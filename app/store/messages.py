"""Messages as they are written in the transaction of what they tell, with the ways each of them goes."""

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import insert, select

from app.domain.access import PartyKind
from app.domain.messages import Facts, KeptMessage, MessageKind
from app.store.among import among
from app.store.database import Work
from app.store.tables import delivery, message, party, person

Told = tuple[str, Facts, Sequence[int | None]]
"""To whom, what, and by which ways: webhooks, and None for mail."""


def put(work: Work, kind: MessageKind, told: Iterable[Told]) -> None:
    """Write messages of one kind. What they say is kept as it is now; the ways are tried from now on."""
    rows = [(secrets.token_hex(16), who, facts, ways) for who, facts, ways in told]
    if not rows:
        return
    work.connection.execute(
        insert(message),
        [
            {
                "key": key,
                "person_id": who,
                "kind": kind,
                "facts": dict(facts),
                "window_id": facts.get("window"),
                "made_at": work.now,
            }
            for key, who, facts, _ in rows
        ],
    )
    going = [(key, way) for key, _, _, ways in rows for way in ways]
    if going:
        numbers = select(message.c.key, message.c.id).where(among(message.c.key, "keys"))
        numbered = {row.key: row.id for row in work.connection.execute(numbers, {"keys": {key for key, _ in going}})}
        work.connection.execute(
            insert(delivery),
            [
                {"message_id": numbered[key], "webhook_id": way, "since_at": work.now, "next_at": work.now, "tries": 0}
                for key, way in going
            ],
        )


def last_told(work: Work, window_id: str, kind: PartyKind) -> dict[str, MessageKind]:
    """By party of that kind: what somebody of it was last told of the window."""
    heard = (
        select(person.c.party_id, message.c.kind)
        .join_from(message, person)
        .join(party)
        .where(message.c.window_id == window_id, party.c.kind == kind)
        .order_by(message.c.id)
    )
    return {row.party_id: MessageKind(row.kind) for row in work.connection.execute(heard)}


def own_messages(work: Work, most: int) -> list[KeptMessage]:
    """What the actor was told, newest first."""
    mine = select(message).where(message.c.person_id == work.actor.id).order_by(message.c.id.desc()).limit(most)
    return [KeptMessage(MessageKind(row.kind), row.facts, row.made_at) for row in work.connection.execute(mine)]
