"""Exceptions to peaks: who took a date out, moved it or suspended the peak, when and why."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "peak_exception",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("peak_id", sa.String(length=80), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("moved_to", sa.Date(), nullable=True),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("put_back_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("moved_to IS NULL OR suspended_until IS NULL", name=op.f("ck_peak_exception_one_kind")),
        sa.ForeignKeyConstraint(["peak_id"], ["peak.id"], name=op.f("fk_peak_exception_peak_id_peak")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_peak_exception_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peak_exception")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_peak_exception_peak_id"), "peak_exception", ["peak_id"], unique=False)
