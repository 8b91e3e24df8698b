"""How is a column met with many values? As one parameter, however many they are: databases limit how many may be sent."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, String, Text, TypeDecorator, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class Many(TypeDecorator[Iterable[str]]):
    """Texts as one value: an array on PostgreSQL, a JSON list on SQLite. One with NUL matches nothing, as in `columns.Plain`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(String()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> list[str] | str:
        listed = sorted(one.replace("\0", "\ufffd") for one in value or ())
        return listed if dialect.name == "postgresql" else json.dumps(listed)


class Among(FunctionElement[bool]):
    """See `among`."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> "Among":  # noqa: ARG002 - SQLAlchemy names it
        """Without the `= 1` that is added where a database has no truth values: SQLite would use no index for it."""
        return self


def among(column: ColumnElement[str], name: str) -> Among:
    """Whether the column has one of the values that are given under that name when the statement is executed."""
    return Among(column, bindparam(name, type_=Many()))


@compiles(Among, "sqlite")
def _on_sqlite(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - both were compiled by SQLAlchemy


@compiles(Among, "postgresql")
def _on_postgresql(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY({values})"
