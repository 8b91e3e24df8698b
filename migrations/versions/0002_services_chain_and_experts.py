"""Services, who uses them, what they require, and who knows them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expert",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("supplier_id", sa.String(length=80), nullable=False),
        sa.Column("name_nl", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["party.id"], name=op.f("fk_expert_supplier_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
    )
    op.create_table(
        "service",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("supplier_id", sa.String(length=80), nullable=False),
        sa.Column("name_nl", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["party.id"], name=op.f("fk_service_supplier_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expert_id", sa.String(length=80), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_absence_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_absence_expert_id"), "absence", ["expert_id"], unique=False)
    op.create_table(
        "expert_service",
        sa.Column("expert_id", sa.String(length=80), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_service_expert_id_expert")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_expert_service_service_id_service")),
        sa.PrimaryKeyConstraint("expert_id", "service_id", name=op.f("pk_expert_service")),
    )
    op.create_table(
        "requirement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.CheckConstraint("minimum >= 1", name=op.f("ck_requirement_minimum_positive")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_requirement_service_id_service")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_requirement_service_id"), "requirement", ["service_id"], unique=False)
    op.create_table(
        "service_use",
        sa.Column("customer_id", sa.String(length=80), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_service_use_customer_id_party")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_use_service_id_service")),
        sa.PrimaryKeyConstraint("customer_id", "service_id", name=op.f("pk_service_use")),
    )
    op.create_index(op.f("ix_service_use_service_id"), "service_use", ["service_id"], unique=False)
    op.create_table(
        "requirement_member",
        sa.Column("requirement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement.id"], name=op.f("fk_requirement_member_requirement_id_requirement")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_requirement_member_service_id_service")),
        sa.PrimaryKeyConstraint("requirement_id", "service_id", name=op.f("pk_requirement_member")),
    )
    op.create_index(op.f("ix_requirement_member_service_id"), "requirement_member", ["service_id"], unique=False)
