"""Messages to people, the ways they go, and what each person chose to hear."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from app.store.tables.columns import ID, LONG, NAME, SERIAL, metadata

message = Table(
    "message",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("key", String(32), nullable=False),  # what a receiver recognises it by
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("window_id", ForeignKey("maintenance_window.id")),  # none: about something else
    Column("made_at", BigInteger, nullable=False),
    UniqueConstraint("key"),
    Index(None, "person_id", "id"),
    Index(None, "window_id"),
    sqlite_autoincrement=True,
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("message_id", ForeignKey("message.id"), nullable=False, index=True),
    Column("webhook_id", ForeignKey("webhook.id"), index=True),  # none: by mail
    Column("since_at", BigInteger, nullable=False),  # when trying began
    Column("next_at", BigInteger),  # when it is tried, or given back by who took it; none: no more
    Column("tries", Integer, nullable=False),
    Column("lease", String(40)),
    Column("sent_at", BigInteger),
    Column("given_up_at", BigInteger),
    Column("trouble", String(20)),
    Index(None, "next_at"),
    Index(None, "given_up_at"),
    sqlite_autoincrement=True,
)

webhook = Table(
    "webhook",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("label", NAME, nullable=False),
    Column("sealed_address", LONG, nullable=False),  # see adapters/sealing.py
    Column("host", NAME, nullable=False),
    Column("sealed_secret", LONG, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("disabled_at", BigInteger),
    sqlite_autoincrement=True,
)

message_choice = Table(
    "message_choice",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("topic", ID, primary_key=True),
    Column("by_mail", Boolean, nullable=False),
    Column("by_webhook", Boolean, nullable=False),
)
