"""What is kept of what happened: results of checks, the trail, feeds, and what programs may ask and asked for."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, UniqueConstraint, text

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

recheck_run = Table(
    "recheck_run",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("kind", String(20), nullable=False),  # what changed: peak, calendar, chain, absence, window
    Column("subject_id", ID, nullable=False),
    Column("party_id", ForeignKey("party.id")),  # whose it is; none: nobody's in particular
    Column("action", String(60), nullable=False),  # as the trail calls it
    Column("asked_at", BigInteger, nullable=False),
    Column("asked_by", ForeignKey("person.id")),  # none: the system
    Column("windows", Integer, nullable=False),
    Column("finished_at", BigInteger),
    sqlite_autoincrement=True,
)

recheck = Table(
    "recheck",
    metadata,
    Column("run_id", ForeignKey("recheck_run.id"), primary_key=True),
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("done_at", BigInteger),
    Column("outcome", String(20)),
    Index(None, "window_id"),
    Index("ix_recheck_waiting", "run_id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
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
    Column("hash", String(64), nullable=False, server_default=text("''")),  # see domain/trail_chain.py
    Index(None, "subject", "subject_id"),
    Index(None, "party_id", "id"),
    sqlite_autoincrement=True,
)

trail_head = Table(
    "trail_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
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

api_token = Table(
    "api_token",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("label", NAME, nullable=False),
    Column("scopes", String(200), nullable=False),  # with a blank between them
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("used_at", BigInteger),
    UniqueConstraint("secret_hash"),
    sqlite_autoincrement=True,
)

api_request = Table(
    "api_request",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("name", String(100), primary_key=True),  # the Idempotency-Key the program chose
    Column("asked", String(64), nullable=False),  # sha256 of what was asked for
    Column("window_id", ForeignKey("maintenance_window.id"), nullable=False),
    Column("made_at", BigInteger, nullable=False, index=True),
)
