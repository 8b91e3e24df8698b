"""The chain and who knows it change in the running product: versions, and how many experts a service needs."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("service", sa.Column("required", sa.Integer(), server_default="1", nullable=False))
    op.add_column("service", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("expert", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_index(op.f("ix_expert_service_service_id"), "expert_service", ["service_id"])
    op.create_index(op.f("ix_expert_supplier_id"), "expert", ["supplier_id"])
