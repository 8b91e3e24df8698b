"""Reading one written thing field by field, with a clear refusal for each way to get it wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from app.domain.refusal import Refusal
from app.domain.walltime import FIRST_YEAR, LAST_YEAR

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

LONGEST_TEXT = 2000
LONGEST_LIST = 20_000
MOST_NESTED = 6
MOST_NUMBER = 2**63


class Fields:
    """A mapping under a path. Readers take a field; `finish` refuses what nobody took."""

    def __init__(self, written: object, path: str = "") -> None:
        if not isinstance(written, Mapping):
            raise Refusal("bad_value", path, expected="object", got=shown(written))
        self.written = written
        self.path = path
        self.taken: set[str] = set()

    def has(self, name: str) -> bool:
        return self.written.get(name) is not None

    def raw(self, name: str) -> object:
        self.taken.add(name)
        return self.written.get(name)

    def required(self, name: str) -> object:
        value = self.raw(name)
        if value is None:
            raise Refusal("missing_field", self.at(name))
        return value

    def text(self, name: str, default: str | None = None) -> str:
        value = default if default is not None and not self.has(name) else self.required(name)
        self.taken.add(name)
        return text(value, self.at(name))

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def whole(self, name: str, least: int, most: int, default: int | None = None) -> int:
        value = self.raw(name)
        if value is None and default is not None:
            return default
        return whole(self.required(name), self.at(name), least, most)

    def day(self, name: str) -> date:
        return day(self.required(name), self.at(name))

    def optional_day(self, name: str) -> date | None:
        return self.day(name) if self.has(name) else None

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise Refusal("bad_value", self.at(name), expected="flag", got=shown(value))
        return value

    def choice(self, name: str, kinds: type[E], default: E | None = None) -> E:
        if default is not None and not self.has(name):
            return default
        return choice(self.required(name), self.at(name), kinds)

    def items(self, name: str) -> list[tuple[str, object]]:
        """The members of a list with their paths; a missing list is empty."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise Refusal("bad_value", self.at(name), expected="list", got=shown(value))
        if len(value) > LONGEST_LIST:
            raise Refusal("too_many", self.at(name), most=LONGEST_LIST, got=len(value))
        return [(f"{self.at(name)}[{number}]", one) for number, one in enumerate(value)]

    def each(self, name: str, read: Callable[[object, str], T]) -> list[T]:
        return [read(one, path) for path, one in self.items(name)]

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def finish(self) -> None:
        """Refuse fields that nobody read: a misspelt name must not be a wrong date."""
        unknown = sorted(str(name) for name in self.written if name not in self.taken)
        if unknown:
            raise Refusal("unknown_field", self.at(unknown[0]), known=", ".join(sorted(self.taken)))


def text(value: object, path: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_NUMBER:
        value = str(value)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise Refusal("bad_value", path, expected="text", got=shown(value))
    return value


def whole(value: object, path: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refusal("bad_number", path, least=least, most=most, got=shown(value))
    return value


def day(value: object, path: str) -> date:
    """`2027-02-14`; of a written moment only its date counts."""
    try:
        found = datetime.fromisoformat(value).date() if isinstance(value, str) else value
    except ValueError:
        found = None
    if isinstance(found, datetime):
        found = found.date()
    if not isinstance(found, date) or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal("bad_value", path, expected="date", got=shown(value))
    return found


def wall(value: object, path: str) -> datetime:
    """A wall clock such as `2027-02-14T02:00`, without zone or offset."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and len(value) > len("2027-02-14") else value
    except ValueError:
        found = None
    if not isinstance(found, datetime) or found.tzinfo or found.microsecond or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal("bad_value", path, expected="wall_clock", got=shown(value))
    return found


def minutes(value: object, path: str) -> int:
    """`HH:MM` as minutes after midnight, up to `24:00`. (YAML reads an unquoted 11:30 as 690: the same number.)"""
    match = re.fullmatch(r"([0-9]{1,2}):([0-5][0-9])", value) if isinstance(value, str) else None
    found = int(match[1]) * 60 + int(match[2]) if match else value
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= 24 * 60:
        raise Refusal("bad_value", path, expected="clock", got=shown(value))
    return found


def choice(value: object, path: str, kinds: type[E]) -> E:
    try:
        return kinds(str(value))
    except ValueError:
        known = ", ".join(kinds)
        raise Refusal("bad_value", path, expected="choice", known=known, got=shown(value)) from None


def shown(value: object) -> str:
    """What was written, short enough to be repeated."""
    try:
        return repr(value)[:80]
    except ValueError:  # a number of more digits than Python is willing to write
        return type(value).__name__
