"""Which services were seen to work again after a run."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "green_light",
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("occurrence", sa.String(length=10), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("ticked_at", sa.BigInteger(), nullable=False),
        sa.Column("ticked_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_green_light_service_id_service")),
        sa.ForeignKeyConstraint(["ticked_by"], ["person.id"], name=op.f("fk_green_light_ticked_by_person")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_green_light_window_id_maintenance_window")),
        sa.PrimaryKeyConstraint("window_id", "occurrence", "service_id", name=op.f("pk_green_light")),
    )
