"""Each entry of the trail is bound to all before it by a hash; those that are there already too."""

import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# For the length of this migration the trail's own guard steps aside: old entries get their hashes.
ASIDE = {
    "sqlite": ("DROP TRIGGER trail_is_not_changed",),
    "postgresql": ("ALTER TABLE trail DISABLE TRIGGER trail_is_not_changed",),
}
BACK = {
    "sqlite": (
        """CREATE TRIGGER trail_is_not_changed BEFORE UPDATE ON trail
        BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END""",
    ),
    "postgresql": ("ALTER TABLE trail ENABLE TRIGGER trail_is_not_changed",),
}
AT_A_TIME = 1000
SAID = ("at", "person_id", "party_id", "action", "subject", "subject_id", "reason", "facts")

trail = sa.table("trail", *(sa.column(name) for name in ("id", "hash", *SAID[:-1])), sa.column("facts", sa.JSON))
trail_head = sa.table("trail_head", sa.column("id"), sa.column("hash"))


def upgrade() -> None:
    op.create_table(
        "trail_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_head")),
    )
    op.add_column("trail", sa.Column("hash", sa.String(length=64), server_default=sa.text("''"), nullable=False))
    op.create_index(op.f("ix_trail_party_id_id"), "trail", ["party_id", "id"])
    dialect = op.get_bind().dialect.name
    for statement in ASIDE[dialect]:
        op.execute(statement)
    head = chain_what_is_there(op.get_bind())
    for statement in BACK[dialect]:
        op.execute(statement)
    op.execute(trail_head.insert().values(id=1, hash=head))


def chain_what_is_there(connection: sa.Connection) -> str:
    """As app/domain/trail_chain.py does; the hash of the last entry."""
    head, last = "", 0
    give = trail.update().where(trail.c.id == sa.bindparam("number")).values(hash=sa.bindparam("given"))
    while (
        rows := connection.execute(sa.select(trail).where(trail.c.id > last).order_by(trail.c.id).limit(AT_A_TIME)).mappings().all()
    ):
        hashes = []
        for row in rows:
            written = json.dumps([row[name] for name in SAID], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
            head = sha256(f"{head}\n{written}".encode()).hexdigest()
            hashes.append({"number": row["id"], "given": head})
        connection.execute(give, hashes)
        last = rows[-1]["id"]
    return head
