"""Long busy stretches are kept in pieces, and a peak says when the kept ones do not tell everything.

What is kept of peaks is derived from them: it is made anew, by the worker or by `ober occurrences`. Until then a check
dates the peaks itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("occurrence")
    op.create_table(
        "occurrence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("peak_id", sa.String(length=80), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_occurrence_customer_id_party")),
        sa.ForeignKeyConstraint(["peak_id"], ["peak.id"], name=op.f("fk_occurrence_peak_id_peak")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
    )
    op.create_index(op.f("ix_occurrence_customer_id_start_at"), "occurrence", ["customer_id", "start_at"], unique=False)
    op.create_index(op.f("ix_occurrence_peak_id"), "occurrence", ["peak_id"], unique=False)

    op.add_column("peak", sa.Column("known_until_at", sa.BigInteger(), nullable=True))
    op.add_column("peak", sa.Column("counts_with", sa.Text(), nullable=True))
    op.execute("UPDATE peak SET expanded_from_at = 0, expanded_until_at = 0")
    op.create_index(op.f("ix_peak_expanded_until_at"), "peak", ["expanded_until_at"], unique=False)
    for column in ("expanded_until_at", "expanded_from_at", "known_until_at", "counts_with"):
        op.create_index(op.f(f"ix_peak_customer_id_{column}"), "peak", ["customer_id", column], unique=False)
    op.drop_index(op.f("ix_peak_customer_id"), table_name="peak")
