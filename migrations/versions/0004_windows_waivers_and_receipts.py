"""Windows with what they touch, waivers, and the results of checks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "maintenance_window",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("supplier_id", sa.String(length=80), nullable=False),
        sa.Column("title_nl", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("business_text", sa.Text(), nullable=False),
        sa.Column("rollback_plan", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("impact", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("start_wall", sa.String(length=19), nullable=False),
        sa.Column("end_wall", sa.String(length=19), nullable=False),
        sa.Column("start_fold", sa.Integer(), nullable=True),
        sa.Column("end_fold", sa.Integer(), nullable=True),
        sa.Column("rollback_minutes", sa.Integer(), nullable=False),
        sa.Column("rrule", sa.String(length=500), nullable=True),
        sa.Column("exdates", sa.JSON(), nullable=False),
        sa.Column("rdates", sa.JSON(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved_verdict", sa.String(length=20), nullable=True),
        sa.Column("acknowledgement", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("submitted_by", sa.String(length=80), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("end_at > start_at", name=op.f("ck_maintenance_window_ends_after_start")),
        sa.CheckConstraint("rollback_minutes >= 0", name=op.f("ck_maintenance_window_rollback_not_negative")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_maintenance_window_created_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_maintenance_window_decided_by_person")),
        sa.ForeignKeyConstraint(["submitted_by"], ["person.id"], name=op.f("fk_maintenance_window_submitted_by_person")),
        sa.ForeignKeyConstraint(["supplier_id"], ["party.id"], name=op.f("fk_maintenance_window_supplier_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_window")),
    )
    op.create_index(op.f("ix_maintenance_window_start_at"), "maintenance_window", ["start_at"], unique=False)
    op.create_index(op.f("ix_maintenance_window_state_end_at"), "maintenance_window", ["state", "end_at"], unique=False)
    op.create_index(op.f("ix_maintenance_window_supplier_id"), "maintenance_window", ["supplier_id"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=True),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_receipt_made_by_person")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_receipt_window_id_maintenance_window")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_receipt_window_id"), "receipt", ["window_id"], unique=False)
    op.create_table(
        "waiver",
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("peak_id", sa.String(length=80), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_waiver_customer_id_party")),
        sa.ForeignKeyConstraint(["peak_id"], ["peak.id"], name=op.f("fk_waiver_peak_id_peak")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_waiver_window_id_maintenance_window")),
        sa.PrimaryKeyConstraint("window_id", "peak_id", "anchor", name=op.f("pk_waiver")),
    )
    op.create_table(
        "window_customer",
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_window_customer_customer_id_party")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["maintenance_window.id"], name=op.f("fk_window_customer_window_id_maintenance_window")
        ),
        sa.PrimaryKeyConstraint("window_id", "customer_id", name=op.f("pk_window_customer")),
    )
    op.create_index(op.f("ix_window_customer_customer_id"), "window_customer", ["customer_id"], unique=False)
    op.create_table(
        "window_service",
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_window_service_service_id_service")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["maintenance_window.id"], name=op.f("fk_window_service_window_id_maintenance_window")
        ),
        sa.PrimaryKeyConstraint("window_id", "service_id", name=op.f("pk_window_service")),
    )
    op.create_index(op.f("ix_window_service_service_id"), "window_service", ["service_id"], unique=False)
