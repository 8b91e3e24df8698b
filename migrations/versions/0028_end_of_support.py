"""A service keeps until when its maker supports it, and what comes after it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("service", sa.Column("supported_until", sa.Date(), nullable=True))
    op.add_column("service", sa.Column("successor", sa.String(length=200), nullable=True))
