"""Runs the migrations on the connection that `app.store.migrations` hands over, or on OBER_DATABASE_URL for the alembic command."""

import os

from alembic import context
from sqlalchemy import Connection

from app.store.database import open_database
from app.store.tables import metadata


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=False, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_database(os.environ["OBER_DATABASE_URL"]).engine.begin() as opened:
        run(opened)
