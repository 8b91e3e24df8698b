"""That a customer's peaks are still right: who said so, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "peaks_confirmed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_peaks_confirmed_party_id_party")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_peaks_confirmed_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peaks_confirmed")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_peaks_confirmed_party_id"), "peaks_confirmed", ["party_id"], unique=False)
