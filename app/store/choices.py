"""What somebody chose to hear, and where his mail goes."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update

from app.domain.messages import Choice, Topic
from app.store.database import Work
from app.store.tables import message_choice, person


def save_choices(work: Work, choices: Mapping[Topic, Choice]) -> None:
    """Instead of what the actor chose before."""
    work.connection.execute(delete(message_choice).where(message_choice.c.person_id == work.actor.id))
    rows = [
        {"person_id": work.actor.id, "topic": topic, "by_mail": one.by_mail, "by_webhook": one.by_webhook}
        for topic, one in choices.items()
    ]
    if rows:
        work.connection.execute(insert(message_choice), rows)


def save_address(work: Work, address: str | None) -> None:
    work.connection.execute(update(person).where(person.c.id == work.actor.id).values(email=address))


def address(work: Work) -> str | None:
    """Where the actor's mail goes; None when that is not known."""
    found: str | None = work.connection.execute(select(person.c.email).where(person.c.id == work.actor.id)).scalar_one()
    return found
