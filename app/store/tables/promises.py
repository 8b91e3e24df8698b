"""What was promised to be told of a window, and what was told."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, text

from app.store.tables.columns import LONG, SERIAL, metadata

UNANSWERED = text("answered_at IS NULL AND withdrawn_at IS NULL")

promise = Table(
    "promise",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("window_id", ForeignKey("maintenance_window.id"), nullable=False, index=True),
    Column("by_party", ForeignKey("party.id"), nullable=False),
    Column("to_party", ForeignKey("party.id"), nullable=False),
    Column("occasion", String(20), nullable=False),
    Column("wanted", String(20), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", ForeignKey("person.id")),  # none: the system
    Column("due_at", BigInteger, nullable=False),
    Column("grace_seconds", Integer, nullable=False),
    Column("remind_at", BigInteger, nullable=False),
    Column("reminded_at", BigInteger),
    Column("missed_at", BigInteger),  # when the trail was told that nothing was told in time
    Column("answered_at", BigInteger),  # of the first update after it was made
    Column("withdrawn_at", BigInteger),
    Column("withdrawn_by", ForeignKey("person.id")),  # none: the system
    Column("withdrawn_reason", LONG, nullable=False),
    Index(None, "by_party", "due_at"),
    Index(None, "to_party", "due_at"),
    Index("ix_promise_unanswered", "due_at", sqlite_where=UNANSWERED, postgresql_where=UNANSWERED),
    Index("ix_promise_to_remind", "remind_at", sqlite_where=UNANSWERED, postgresql_where=UNANSWERED),
    CheckConstraint("due_at > made_at", name="due_after_made"),
    CheckConstraint("grace_seconds >= 0", name="grace_not_negative"),
    sqlite_autoincrement=True,
)

window_update = Table(
    "window_update",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("window_id", ForeignKey("maintenance_window.id"), nullable=False, index=True),
    Column("by_party", ForeignKey("party.id"), nullable=False),
    Column("told_by", ForeignKey("person.id")),  # none: the system
    Column("at", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20)),  # told by a step itself: the state it led to
    Column("text_nl", LONG, nullable=False),
    Column("text_en", LONG, nullable=False),
    Column("next_at", BigInteger),  # before when it was promised to tell again
    sqlite_autoincrement=True,
)

window_update_to = Table(
    "window_update_to",
    metadata,
    Column("update_id", ForeignKey("window_update.id"), primary_key=True),
    Column("party_id", ForeignKey("party.id"), primary_key=True),
    Index(None, "party_id"),
)
