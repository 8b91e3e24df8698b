"""Waivers keep who asked, until when, what was answered, and every earlier one of the same window, peak and date."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

COUNTING = sa.text("status IN ('requested', 'granted')")


def upgrade() -> None:
    before = op.get_bind().execute(
        sa.text(
            "SELECT b.window_id, b.customer_id, b.peak_id, b.anchor, b.status, b.note, w.created_at AS asked_at"
            " FROM waiver b JOIN maintenance_window w ON w.id = b.window_id ORDER BY b.window_id, b.peak_id, b.anchor"
        ).columns(anchor=sa.Date)
    )
    kept = [{**row, "question": "", "ways": []} for row in before.mappings()]
    op.drop_table("waiver")
    waiver = op.create_table(
        "waiver",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("peak_id", sa.String(length=80), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("decide_by_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("alternative_at", sa.BigInteger(), nullable=True),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_waiver_asked_by_person")),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_waiver_customer_id_party")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_waiver_decided_by_person")),
        sa.ForeignKeyConstraint(["peak_id"], ["peak.id"], name=op.f("fk_waiver_peak_id_peak")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_waiver_window_id_maintenance_window")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sqlite_autoincrement=True,
    )
    if kept:
        op.bulk_insert(waiver, kept)
    op.create_index(op.f("ix_waiver_window_id"), "waiver", ["window_id"], unique=False)
    op.create_index(op.f("ix_waiver_customer_id_status"), "waiver", ["customer_id", "status"], unique=False)
    op.create_index(op.f("ix_waiver_peak_id"), "waiver", ["peak_id"], unique=False)
    op.create_index(
        "uq_waiver_counting",
        "waiver",
        ["window_id", "peak_id", "anchor"],
        unique=True,
        sqlite_where=COUNTING,
        postgresql_where=COUNTING,
    )
