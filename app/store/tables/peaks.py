"""Peaks with their occurrences and exceptions, working-day calendars, and subscribed calendars."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from app.store.tables.columns import ID, LONG, NAME, SERIAL, metadata

peak = Table(
    "peak",
    metadata,
    Column("id", ID, primary_key=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False),
    Column("name_nl", NAME, nullable=False),
    Column("name_en", NAME, nullable=False),
    Column("consequence", LONG, nullable=False),
    Column("definition", LONG, nullable=False),  # the written form, as JSON text: read once per text, see peaks.py
    Column("version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("removed_at", BigInteger),
    Column("expanded_from_at", BigInteger, nullable=False),
    Column("expanded_until_at", BigInteger, nullable=False),
    Column("known_until_at", BigInteger),  # none: its dates have no end
    Column("counts_with", LONG),  # names of working-day calendars, a line each
    Index(None, "expanded_until_at"),
    Index(None, "customer_id", "expanded_until_at"),
    Index(None, "customer_id", "expanded_from_at"),
    Index(None, "customer_id", "known_until_at"),
    Index(None, "customer_id", "counts_with"),
)

occurrence = Table(
    "occurrence",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("peak_id", ForeignKey("peak.id"), nullable=False, index=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False),
    Column("anchor", Date, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("begun_at", BigInteger, nullable=False),  # of the whole busy stretch; start_at is there to find it by
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Index(None, "customer_id", "start_at"),
)

calendar_version = Table(
    "calendar_version",
    metadata,
    Column("name", ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("customer_id", ForeignKey("party.id"), index=True),  # none: a national calendar, corrected
    Column("base", ID, nullable=False),
    Column("title", NAME, nullable=False),
    Column("source", LONG, nullable=False),
    Column("days", LONG, nullable=False),  # as JSON text: read once per text, see calendars.py
    Column("reason", LONG, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", ForeignKey("person.id")),  # none: the system
    CheckConstraint("number >= 1", name="number_positive"),
)

peaks_confirmed = Table(
    "peaks_confirmed",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("party_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

peak_exception = Table(
    "peak_exception",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("peak_id", ForeignKey("peak.id"), nullable=False, index=True),
    Column("first_day", Date, nullable=False),  # the anchor that was taken out or moved, or the first suspended day
    Column("moved_to", Date),
    Column("suspended_until", Date),
    Column("reason", LONG, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("put_back_at", BigInteger),
    CheckConstraint("moved_to IS NULL OR suspended_until IS NULL", name="one_kind"),
    sqlite_autoincrement=True,
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("peak_id", ForeignKey("peak.id"), nullable=False),
    Column("sealed_address", LONG, nullable=False),  # see adapters/sealing.py
    Column("host", NAME, nullable=False),
    Column("etag", String(200), nullable=False),
    Column("last_modified", String(200), nullable=False),
    Column("tried_at", BigInteger),
    Column("good_at", BigInteger),
    Column("failures", Integer, nullable=False),
    Column("trouble", String(20)),
    Column("troubled_at", BigInteger),
    Column("next_at", BigInteger, nullable=False),
    Column("lease", String(40)),
    Column("leased_until_at", BigInteger),
    Column("copy", LargeBinary),  # the last good one, as it came
    Column("copy_sha256", String(64)),
    Column("skipped", JSON, nullable=False),  # [reason, title, part], of what was read last
    Column("held_copy", LargeBinary),
    Column("held_entries", JSON, nullable=False),  # [start, end, uid, recurrence id, summary, all day]
    Column("held_at", BigInteger),
    Column("held_gone", Integer, nullable=False),
    Column("held_ahead", Integer, nullable=False),
    Column("refused_sha256", String(64)),  # of the entries that the customer did not want
    Column("version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("stopped_at", BigInteger),
    UniqueConstraint("peak_id"),
    Index(None, "next_at"),
    sqlite_autoincrement=True,
)
