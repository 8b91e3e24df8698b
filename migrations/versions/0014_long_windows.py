"""Windows that last longer than a day are found among themselves, so that all others are found by when they begin."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("maintenance_window", sa.Column("long_until_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE maintenance_window SET long_until_at = end_at WHERE end_at - start_at > 86400")
    op.create_index(op.f("ix_maintenance_window_long_until_at"), "maintenance_window", ["long_until_at"], unique=False)
