"""How fast could it be? The very statements that a check sends, sent by the bare driver, and their rows left as they come."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import event

from app.domain.access import SYSTEM
from app.store.database import Database, Work
from benchmarks.worlds import NOW

Statement = tuple[str, Any]


def statements_of(database: Database, act: Callable[[Work], object]) -> list[Statement]:
    """What that asks of the database, with its values, as the driver gets it."""
    seen: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        with database.reading(SYSTEM, NOW) as work:
            act(work)
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return seen


def rows_of(cursor: Any, statements: Sequence[Statement]) -> list[Any]:
    """The rows of these statements, one after another."""
    found = []
    for statement, values in statements:
        cursor.execute(statement, values)
        found += cursor.fetchall()
    return found
