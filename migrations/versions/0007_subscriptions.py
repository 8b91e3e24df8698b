"""Calendars elsewhere that peaks follow, with their last good copies."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("peak_id", sa.String(length=80), nullable=False),
        sa.Column("sealed_address", sa.Text(), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("last_modified", sa.String(length=200), nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("good_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=20), nullable=True),
        sa.Column("troubled_at", sa.BigInteger(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.String(length=40), nullable=True),
        sa.Column("leased_until_at", sa.BigInteger(), nullable=True),
        sa.Column("copy", sa.LargeBinary(), nullable=True),
        sa.Column("copy_sha256", sa.String(length=64), nullable=True),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("held_copy", sa.LargeBinary(), nullable=True),
        sa.Column("held_entries", sa.JSON(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=True),
        sa.Column("held_gone", sa.Integer(), nullable=False),
        sa.Column("held_ahead", sa.Integer(), nullable=False),
        sa.Column("refused_sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_subscription_customer_id_party")),
        sa.ForeignKeyConstraint(["peak_id"], ["peak.id"], name=op.f("fk_subscription_peak_id_peak")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("peak_id", name=op.f("uq_subscription_peak_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subscription_customer_id"), "subscription", ["customer_id"], unique=False)
    op.create_index(op.f("ix_subscription_next_at"), "subscription", ["next_at"], unique=False)
