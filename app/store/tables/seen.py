"""Who has said to have seen a window, and as which version."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table

from app.store.tables.columns import metadata

window_seen = Table(
    "window_seen",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
)
