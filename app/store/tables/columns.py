"""What all tables share: their names for constraints, and the types of their columns."""

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, String, Text, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def without_nul(text: str) -> str:
    """The text as it is kept; see `Plain`."""
    return text.replace("\0", "\ufffd")


class Plain(TypeDecorator[str]):
    """Text without NUL, which PostgreSQL cannot hold: asked for, it matches nothing; kept, it is shown as what it was not."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy names it
        return without_nul(value) if value else value


class PlainText(Plain):
    """The same, of any length."""

    impl = Text
    cache_ok = True


ID = Plain(80)
NAME = Plain(200)
LONG = PlainText()
SERIAL = BigInteger().with_variant(Integer, "sqlite")
