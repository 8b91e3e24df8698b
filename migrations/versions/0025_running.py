"""How windows ran, and what their customers said of it."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "window_run",
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("occurrence", sa.String(length=10), nullable=False),
        sa.Column("planned_start_at", sa.BigInteger(), nullable=False),
        sa.Column("planned_end_at", sa.BigInteger(), nullable=False),
        sa.Column("exposed_until_at", sa.BigInteger(), nullable=False),
        sa.Column("going_back", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("experts", sa.JSON(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.String(length=30), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("usable_at", sa.BigInteger(), nullable=True),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("retrospective", sa.Text(), nullable=False),
        sa.Column("alarms", sa.JSON(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("finished_at >= started_at", name=op.f("ck_window_run_finished_after_start")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_window_run_window_id_maintenance_window")),
        sa.PrimaryKeyConstraint("window_id", "occurrence", name=op.f("pk_window_run")),
    )
    op.create_index(op.f("ix_window_run_started_at"), "window_run", ["started_at"], unique=False)
    op.create_index(op.f("ix_window_run_finished_at"), "window_run", ["finished_at"], unique=False)
    op.create_table(
        "review",
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("occurrence", sa.String(length=10), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("mark BETWEEN 1 AND 10", name=op.f("ck_review_mark_of_ten")),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_review_customer_id_party")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_review_window_id_maintenance_window")),
        sa.PrimaryKeyConstraint("window_id", "occurrence", "customer_id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_customer_id"), "review", ["customer_id"], unique=False)
