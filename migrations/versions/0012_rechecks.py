"""Which windows have to be checked again because of what, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WAITING = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "recheck_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("party_id", sa.String(length=80), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=True),
        sa.Column("windows", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_recheck_run_asked_by_person")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_recheck_run_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recheck_run")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "recheck",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["recheck_run.id"], name=op.f("fk_recheck_run_id_recheck_run")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_recheck_window_id_maintenance_window")),
        sa.PrimaryKeyConstraint("run_id", "window_id", name=op.f("pk_recheck")),
    )
    op.create_index(op.f("ix_recheck_window_id"), "recheck", ["window_id"], unique=False)
    op.create_index("ix_recheck_waiting", "recheck", ["run_id"], sqlite_where=WAITING, postgresql_where=WAITING)
