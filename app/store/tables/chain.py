"""Services, what they require, who uses them, and who knows them."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table

from app.store.tables.columns import ID, LONG, NAME, SERIAL, metadata

service = Table(
    "service",
    metadata,
    Column("id", ID, primary_key=True),
    Column("supplier_id", ForeignKey("party.id"), nullable=False),
    Column("name_nl", NAME, nullable=False),
    Column("name_en", NAME, nullable=False),
    Column("required", Integer, nullable=False, server_default="1"),  # experts who must be reachable
    Column("version", Integer, nullable=False, server_default="1"),
    Column("supported_until", Date),
    Column("successor", NAME),
)

service_use = Table(
    "service_use",
    metadata,
    Column("customer_id", ForeignKey("party.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Index(None, "service_id"),
)

requirement = Table(
    "requirement",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("service_id", ForeignKey("service.id"), nullable=False, index=True),
    Column("minimum", Integer, nullable=False),
    CheckConstraint("minimum >= 1", name="minimum_positive"),
    sqlite_autoincrement=True,
)

requirement_member = Table(
    "requirement_member",
    metadata,
    Column("requirement_id", ForeignKey("requirement.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Index(None, "service_id"),
)

expert = Table(
    "expert",
    metadata,
    Column("id", ID, primary_key=True),
    Column("supplier_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("name_nl", NAME, nullable=False),
    Column("name_en", NAME, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
)

expert_service = Table(
    "expert_service",
    metadata,
    Column("expert_id", ForeignKey("expert.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Index(None, "service_id"),
)

absence = Table(
    "absence",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("expert_id", ForeignKey("expert.id"), nullable=False, index=True),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Column("reason", LONG, nullable=False),
    sqlite_autoincrement=True,
)

agreement = Table(
    "agreement",
    metadata,
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Column("closed_outside", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

agreed_slot = Table(
    "agreed_slot",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("service_id", ForeignKey("agreement.service_id"), nullable=False, index=True),
    Column("rrule", LONG, nullable=False),
    Column("start_minute", Integer, nullable=False),
    Column("end_minute", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),  # none: for ever
    sqlite_autoincrement=True,
)
