"""What was promised to be told of a window, and what was told."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNANSWERED = sa.text("answered_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "promise",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("by_party", sa.String(length=80), nullable=False),
        sa.Column("to_party", sa.String(length=80), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("wanted", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("grace_seconds", sa.Integer(), nullable=False),
        sa.Column("remind_at", sa.BigInteger(), nullable=False),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.Column("missed_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("due_at > made_at", name=op.f("ck_promise_due_after_made")),
        sa.CheckConstraint("grace_seconds >= 0", name=op.f("ck_promise_grace_not_negative")),
        sa.ForeignKeyConstraint(["window_id"], ["maintenance_window.id"], name=op.f("fk_promise_window_id_maintenance_window")),
        sa.ForeignKeyConstraint(["by_party"], ["party.id"], name=op.f("fk_promise_by_party_party")),
        sa.ForeignKeyConstraint(["to_party"], ["party.id"], name=op.f("fk_promise_to_party_party")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_promise_made_by_person")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["person.id"], name=op.f("fk_promise_withdrawn_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_promise_window_id"), "promise", ["window_id"], unique=False)
    op.create_index(op.f("ix_promise_by_party_due_at"), "promise", ["by_party", "due_at"], unique=False)
    op.create_index(op.f("ix_promise_to_party_due_at"), "promise", ["to_party", "due_at"], unique=False)
    for name, column in (("ix_promise_unanswered", "due_at"), ("ix_promise_to_remind", "remind_at")):
        op.create_index(name, "promise", [column], unique=False, sqlite_where=UNANSWERED, postgresql_where=UNANSWERED)
    op.create_table(
        "window_update",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("window_id", sa.String(length=80), nullable=False),
        sa.Column("by_party", sa.String(length=80), nullable=False),
        sa.Column("told_by", sa.String(length=80), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=True),
        sa.Column("text_nl", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["window_id"], ["maintenance_window.id"], name=op.f("fk_window_update_window_id_maintenance_window")
        ),
        sa.ForeignKeyConstraint(["by_party"], ["party.id"], name=op.f("fk_window_update_by_party_party")),
        sa.ForeignKeyConstraint(["told_by"], ["person.id"], name=op.f("fk_window_update_told_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_update")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_window_update_window_id"), "window_update", ["window_id"], unique=False)
    op.create_table(
        "window_update_to",
        sa.Column("update_id", SERIAL, nullable=False),
        sa.Column("party_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["update_id"], ["window_update.id"], name=op.f("fk_window_update_to_update_id_window_update")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_window_update_to_party_id_party")),
        sa.PrimaryKeyConstraint("update_id", "party_id", name=op.f("pk_window_update_to")),
    )
    op.create_index(op.f("ix_window_update_to_party_id"), "window_update_to", ["party_id"], unique=False)
