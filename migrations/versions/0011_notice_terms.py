"""How long before a window a customer wants to know of it: what was agreed, from which day on."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_term",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("calendar", sa.String(length=80), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("agreed_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint("n >= 0", name=op.f("ck_notice_term_not_negative")),
        sa.ForeignKeyConstraint(["agreed_by"], ["person.id"], name=op.f("fk_notice_term_agreed_by_person")),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_notice_term_customer_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_term")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notice_term_customer_id"), "notice_term", ["customer_id"], unique=False)
