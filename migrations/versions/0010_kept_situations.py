"""What each check looked at, by the hash of its text, and what caused a check that was made again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_situation",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_kept_situation")),
    )
    op.add_column("receipt", sa.Column("cause_kind", sa.String(length=20), nullable=True))
    op.add_column("receipt", sa.Column("cause_id", sa.String(length=80), nullable=True))
    # In one statement: SQLite can add a column that refers to another table, but no reference to a column it has.
    op.execute(
        "ALTER TABLE receipt ADD COLUMN situation VARCHAR(64) "
        "CONSTRAINT fk_receipt_situation_kept_situation REFERENCES kept_situation (sha256)"
    )
