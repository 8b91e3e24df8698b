"""When a service may be maintained: its agreed slots, and whether it is closed outside them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("closed_outside", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_agreement_service_id_service")),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "agreed_slot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["agreement.service_id"], name=op.f("fk_agreed_slot_service_id_agreement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_slot")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agreed_slot_service_id"), "agreed_slot", ["service_id"], unique=False)
