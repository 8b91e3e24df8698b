"""How windows ran, what their customers said of it, and what was agreed and measured."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table

from app.store.tables.columns import LONG, SERIAL, metadata

window_run = Table(
    "window_run",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("occurrence", String(10), primary_key=True),  # "1", or the local day within a series
    Column("planned_start_at", BigInteger, nullable=False),
    Column("planned_end_at", BigInteger, nullable=False),
    Column("exposed_until_at", BigInteger, nullable=False),
    Column("going_back", Integer, nullable=False),  # minutes
    Column("started_at", BigInteger, nullable=False, index=True),
    Column("experts", JSON, nullable=False),
    Column("finished_at", BigInteger, index=True),  # none: going on
    Column("result", String(30), nullable=False),
    Column("remark", LONG, nullable=False),
    Column("usable_at", BigInteger),
    Column("decision", String(10), nullable=False),
    Column("decided_at", BigInteger),
    Column("retrospective", LONG, nullable=False),
    Column("alarms", JSON, nullable=False),
    Column("looked_at", BigInteger),
    CheckConstraint("finished_at >= started_at", name="finished_after_start"),
)

review = Table(
    "review",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("occurrence", String(10), primary_key=True),
    Column("customer_id", ForeignKey("party.id"), primary_key=True),
    Column("mark", Integer, nullable=False),
    Column("remark", LONG, nullable=False),
    Column("given_at", BigInteger, nullable=False),
    CheckConstraint("mark BETWEEN 1 AND 10", name="mark_of_ten"),
    Index(None, "customer_id"),
)

sla_figure = Table(
    "sla_figure",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("occurrence", String(10), primary_key=True),
    Column("customer_id", ForeignKey("party.id"), primary_key=True),
    Column("measured", Integer, nullable=False),  # thousandths of a percent
)

service_level = Table(
    "service_level",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("service_id", ForeignKey("service.id"), nullable=False, index=True),
    Column("availability", Integer),  # thousandths of a percent; none: not agreed
    Column("budget", Integer),  # minutes of planned outage a month; none: not agreed
    Column("since", Date),  # none: from ever
    Column("agreed_at", BigInteger, nullable=False),
    Column("agreed_by", ForeignKey("person.id")),
    sqlite_autoincrement=True,
)

green_light = Table(
    "green_light",
    metadata,
    Column("window_id", ForeignKey("maintenance_window.id"), primary_key=True),
    Column("occurrence", String(10), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
    Column("ticked_at", BigInteger, nullable=False),
    Column("ticked_by", ForeignKey("person.id"), nullable=False),
)
