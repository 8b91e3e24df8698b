"""Conflicts that people deal with, by what caused them, and what was said about them."""

from sqlalchemy import JSON, BigInteger, Column, Date, ForeignKey, Index, String, Table, UniqueConstraint

from app.store.tables.columns import LONG, SERIAL, metadata

conflict_cause = Table(
    "conflict_cause",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("key", LONG, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("customer_id", ForeignKey("party.id"), index=True),  # none: windows that hurt together
    Column("peak_id", ForeignKey("peak.id")),
    Column("services", JSON, nullable=False),
    Column("snoozed_until_at", BigInteger),
    Column("snoozed_by", ForeignKey("person.id")),
    Column("snooze_reason", LONG, nullable=False),
    UniqueConstraint("key"),
    sqlite_autoincrement=True,
)

conflict_item = Table(
    "conflict_item",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("window_id", ForeignKey("maintenance_window.id"), nullable=False),
    Column("cause_id", ForeignKey("conflict_cause.id"), nullable=False, index=True),
    Column("matter", LONG, nullable=False),
    Column("anchor", Date),
    Column("others", JSON, nullable=False),
    Column("effect", String(20), nullable=False),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("closed", String(20)),  # none: open
    Column("closed_at", BigInteger),
    Column("closed_by", ForeignKey("person.id")),  # none: the system
    Column("reason", LONG, nullable=False),
    UniqueConstraint("window_id", "matter"),
    Index(None, "closed", "cause_id"),
    sqlite_autoincrement=True,
)

conflict_remark = Table(
    "conflict_remark",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("cause_id", ForeignKey("conflict_cause.id"), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("words", LONG, nullable=False),
    sqlite_autoincrement=True,
)
