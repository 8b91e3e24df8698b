"""What is kept of what happened: results of checks, the trail, and feeds."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, LargeBinary, String, Table, UniqueConstraint

from app.store.tables.columns import ID, LONG, NAME, SERIAL, metadata

kept_situation = Table(
    "kept_situation",
    metadata,
    Column("sha256", String(64), primary_key=True),  # of the written form, see domain/notation/situations.py
    Column("packed", LargeBinary, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("window_id", ForeignKey("maintenance_window.id"), nullable=False, index=True),
    Column("made_at", BigInteger, nullable=False),
    Column("made_by", ForeignKey("person.id")),  # none: the system
    Column("cause", String(40), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("result", JSON, nullable=False),
    Column("calendars", JSON(none_as_null=True)),  # by name: the version that was seen; none: from before they were named
    Column("cause_kind", String(20)),  # what changed, of a check that a change caused; then its id
    Column("cause_id", ID),
    Column("situation", ForeignKey("kept_situation.sha256")),  # none: from before situations were kept
    sqlite_autoincrement=True,
)

trail = Table(
    "trail",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("person_id", ForeignKey("person.id")),  # none: the system
    Column("party_id", ForeignKey("party.id")),
    Column("action", String(60), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("reason", LONG, nullable=False),
    Column("facts", JSON, nullable=False),
    Index(None, "subject", "subject_id"),
    sqlite_autoincrement=True,
)

feed = Table(
    "feed",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("label", NAME, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("fetched_at", BigInteger),
    UniqueConstraint("secret_hash"),
    sqlite_autoincrement=True,
)
