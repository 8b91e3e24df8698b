"""Parties, the people of a party, and their sessions."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKey, Integer, String, Table

from app.store.tables.columns import ID, NAME, SERIAL, metadata

turnstile = Table(
    "turnstile",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
)

party = Table(
    "party",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", NAME, nullable=False),
    Column("sector", NAME, nullable=False),
    Column("shares_names", Boolean, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", ID, primary_key=True),
    Column("party_id", ForeignKey("party.id"), nullable=False),
    Column("name_nl", NAME, nullable=False),
    Column("name_en", NAME, nullable=False),
    Column("password_hash", String(200)),
    Column("language", String(2), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("disabled_at", BigInteger),
    Column("email", String(254)),
)

person_role = Table(
    "person_role",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
)

notice_term = Table(
    "notice_term",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("n", Integer, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("calendar", ID),
    Column("zone", String(64), nullable=False),
    Column("since", Date),  # none: from ever
    Column("agreed_at", BigInteger, nullable=False),
    Column("agreed_by", ForeignKey("person.id")),  # none: the system
    CheckConstraint("n >= 0", name="not_negative"),
    sqlite_autoincrement=True,
)

session = Table(
    "session",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("name", ID, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
)
