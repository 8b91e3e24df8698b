"""Windows with whom they reach, and waivers."""

from sqlalchemy import JSON, BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table

from app.store.tables.columns import ID, LONG, NAME, metadata

maintenance_window = Table(
    "maintenance_window",
    metadata,
    Column("id", ID, primary_key=True),
    Column("supplier_id", ForeignKey("party.id"), nullable=False, index=True),
    Column("title_nl", NAME, nullable=False),
    Column("title_en", NAME, nullable=False),
    Column("business_text", LONG, nullable=False),
    Column("rollback_plan", LONG, nullable=False),
    Column("type", String(20), nullable=False),
    Column("impact", String(20), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("start_wall", String(19), nullable=False),
    Column("end_wall", String(19), nullable=False),
    Column("start_fold", Integer),
    Column("end_fold", Integer),
    Column("rollback_minutes", Integer, nullable=False),
    Column("rrule", String(500)),
    Column("exdates", JSON, nullable=False),
    Column("rdates", JSON, nullable=False),
    Column("dropped", JSON, nullable=False),  # [key, start, end, when it was dropped]
    Column("state", String(20), nullable=False),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),  # of the last exposure: rollback reserve included
    Column("long_until_at", BigInteger, index=True),  # end_at of one that lasts longer than a day; none: of all others
    Column("sequence", Integer, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("approved_verdict", String(20)),
    Column("acknowledgement", LONG, nullable=False),
    Column("created_by", ForeignKey("person.id"), nullable=False),
    Column("submitted_by", ForeignKey("person.id")),
    Column("decided_by", ForeignKey("person.id")),
    Column("decision_reason", LONG, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Index(None, "state", "end_at"),
    Index(None, "start_at"),
    CheckConstraint("end_at > start_at", name="ends_after_start"),
    CheckConstraint("rollback_minutes >= 0", name="rollback_not_negative"),
)

window_service = Table(
    "window_service",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Index(None, "service_id"),
)

window_customer = Table(
    "window_customer",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("customer_id", ForeignKey("party.id"), primary_key=True),
    Index(None, "customer_id"),
)

waiver = Table(
    "waiver",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("peak_id", ForeignKey("peak.id"), primary_key=True),
    Column("anchor", Date, primary_key=True),
    Column("customer_id", ForeignKey("party.id"), nullable=False),
    Column("status", String(20), nullable=False),
    Column("note", LONG, nullable=False),
)
