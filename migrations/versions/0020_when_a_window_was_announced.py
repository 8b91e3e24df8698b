"""A window keeps when its customers could first read of its times; of those approved before, when they last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("maintenance_window", sa.Column("announced_at", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE maintenance_window SET announced_at = changed_at"
        " WHERE state IN ('approved', 'on_hold', 'in_progress', 'implemented', 'closed', 'cancelled')"
    )
