"""Conflicts as things people deal with, by what caused them, with what was said about them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "conflict_cause",
        sa.Column("id", serial, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=True),
        sa.Column("peak_id", sa.String(length=80), nullable=True),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("snoozed_until_at", sa.BigInteger(), nullable=True),
        sa.Column("snoozed_by", sa.String(length=80), nullable=True),
        sa.Column("snooze_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_conflict_cause_customer_id_party")),
        sa.ForeignKeyConstraint(["peak_id"], ["peak.id"], name=op.f("fk_conflict_cause_peak_id_peak")),
        sa.ForeignKeyConstraint(["snoozed_by"], ["person.id"], name=op.f("fk_conflict_cause_snoozed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_cause")),
        sa.UniqueConstraint("key", name=op.f("uq_conflict_cause_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_conflict_cause_customer_id"), "conflict_cause", ["customer_id"], unique=False)
    op.create_table(
        "conflict_item",
        sa.Column("id", serial, nullable=False),
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("cause_id", serial, nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=True),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("effect", sa.String(length=20), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.String(length=20), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cause_id"], ["conflict_cause.id"], name=op.f("fk_conflict_item_cause_id_conflict_cause")),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_conflict_item_closed_by_person")),
        sa.ForeignKeyConstraint(
            ["window_id"], ["maintenance_window.id"], name=op.f("fk_conflict_item_window_id_maintenance_window")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_item")),
        sa.UniqueConstraint("window_id", "matter", name=op.f("uq_conflict_item_window_id_matter")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_conflict_item_cause_id"), "conflict_item", ["cause_id"], unique=False)
    op.create_index(op.f("ix_conflict_item_closed_cause_id"), "conflict_item", ["closed", "cause_id"], unique=False)
    op.create_table(
        "conflict_remark",
        sa.Column("id", serial, nullable=False),
        sa.Column("cause_id", serial, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cause_id"], ["conflict_cause.id"], name=op.f("fk_conflict_remark_cause_id_conflict_cause")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conflict_remark_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_remark")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_conflict_remark_cause_id"), "conflict_remark", ["cause_id"], unique=False)
