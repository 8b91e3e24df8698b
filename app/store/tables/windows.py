"""Windows with whom they reach, and waivers."""

from sqlalchemy import JSON, BigInteger, Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, text

from app.store.tables.columns import ID, LONG, NAME, SERIAL, metadata

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
    Column("announced_at", BigInteger),  # when its customers could first read of these times
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
    Column("id", SERIAL, primary_key=True),
    Column("window_id", ForeignKey("maintenance_window.id"), nullable=False),
    Column("customer_id", ForeignKey("party.id"), nullable=False),
    Column("peak_id", ForeignKey("peak.id"), nullable=False),
    Column("anchor", Date, nullable=False),
    Column("status", String(20), nullable=False),
    Column("question", LONG, nullable=False),
    Column("note", LONG, nullable=False),
    Column("asked_by", ForeignKey("person.id")),  # none: it was taken over
    Column("asked_at", BigInteger, nullable=False),
    Column("decide_by_at", BigInteger),
    Column("decided_by", ForeignKey("person.id")),  # none: nobody answered, or it lapsed
    Column("decided_at", BigInteger),
    Column("alternative_at", BigInteger),
    Column("ways", JSON, nullable=False),  # paths of services, as they were when it was signed
    Index(None, "window_id"),
    Index(None, "customer_id", "status"),
    Index(None, "peak_id"),
    Index(
        "uq_waiver_counting",
        "window_id",
        "peak_id",
        "anchor",
        unique=True,
        sqlite_where=text("status IN ('requested', 'granted')"),
        postgresql_where=text("status IN ('requested', 'granted')"),
    ),
    sqlite_autoincrement=True,
)
