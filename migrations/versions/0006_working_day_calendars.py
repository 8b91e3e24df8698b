"""Own and corrected working-day calendars, every version of them, and which versions a check saw."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# A version is never overwritten: past checks name the one they saw.
ONLY_ADDED_TO = {
    "sqlite": (
        """CREATE TRIGGER calendar_version_is_not_changed BEFORE UPDATE ON calendar_version
        BEGIN SELECT RAISE(ABORT, 'a calendar version is not changed, a new one is added'); END""",
        """CREATE TRIGGER calendar_version_is_not_deleted BEFORE DELETE ON calendar_version
        BEGIN SELECT RAISE(ABORT, 'a calendar version is not changed, a new one is added'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION calendar_version_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a calendar version is not changed, a new one is added'; END $$""",
        """CREATE TRIGGER calendar_version_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_version
        FOR EACH STATEMENT EXECUTE FUNCTION calendar_version_is_only_added_to()""",
    ),
}


def upgrade() -> None:
    op.create_table(
        "calendar_version",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String(length=80), nullable=True),
        sa.Column("base", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_calendar_version_number_positive")),
        sa.ForeignKeyConstraint(["customer_id"], ["party.id"], name=op.f("fk_calendar_version_customer_id_party")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_calendar_version_made_by_person")),
        sa.PrimaryKeyConstraint("name", "number", name=op.f("pk_calendar_version")),
    )
    op.create_index(op.f("ix_calendar_version_customer_id"), "calendar_version", ["customer_id"], unique=False)
    op.add_column("receipt", sa.Column("calendars", sa.JSON(), nullable=True))
    for statement in ONLY_ADDED_TO[op.get_bind().dialect.name]:
        op.execute(statement)
