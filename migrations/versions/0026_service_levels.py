"""What was agreed for business services, and what was measured of a run."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_level",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("availability", sa.Integer(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("agreed_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["agreed_by"], ["person.id"], name=op.f("fk_service_level_agreed_by_person")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_level_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_level")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_service_level_service_id"), "service_level", ["service_id"], unique=False)
    op.create_table(
        "sla_figure",
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("occurrence", sa.String(length=10), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("measured", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_sla_figure_customer_id_party")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_sla_figure_window_id_maintenance_window")),
        sa.PrimaryKeyConstraint("window_id", "occurrence", "customer_id", name=op.f("pk_sla_figure")),
    )
