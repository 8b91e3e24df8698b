"""Which lines does a calendar file hold? Bytes to unfolded text lines, whatever made them (RFC 5545 section 3.1)."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from icalendar.parser import Contentline, Parameters

from app.adapters.foreign_calendars.reading import Assumed, Unreadable
from app.domain.refusal import Refusal

LARGEST_FILE = 5 * 1024 * 1024
MOST_LINES = 200_000
LONGEST_LINE = 64 * 1024
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BREAK = re.compile(rb"[\r\n]+")
"""Of whatever system, and however many: an empty line means nothing."""

FOLD = re.compile(rb"\n[ \t]")
NAME = re.compile(r"\s*([A-Za-z0-9-]+)\s*[;:]")


@dataclass(frozen=True)
class Line:
    """One property: its name in capitals, its parameters and its value as written."""

    name: str
    parameters: Parameters
    value: str

    def parameter(self, name: str) -> str:
        found = self.parameters.get(name, "")
        return found if isinstance(found, str) else ",".join(found)


def text_lines(data: bytes, assumed: list[Assumed]) -> list[str]:
    """The unfolded lines. Refused when the file is empty, too large or has too many lines.

    Line breaks of every system are taken for one; a fold within a character of several bytes is undone before decoding.
    What is no UTF-8 is read as Windows-1252, and that is said.
    """
    if len(data) > LARGEST_FILE:
        raise Refusal("calendar_too_large", "file", most=LARGEST_FILE // 1024 // 1024)
    if data.startswith(UTF_16):
        data = data.decode("utf-16", errors="replace").encode()
    data = BREAK.sub(b"\n", data.replace(codecs.BOM_UTF8, b""))
    data = FOLD.sub(b"", data)
    if not data.strip():
        raise Refusal("calendar_empty", "file")
    if data.count(b"\n") > MOST_LINES:
        raise Refusal("calendar_too_long", "file", most=MOST_LINES)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        assumed.append(Assumed("old_letters"))
    return [line for line in text.split("\n") if line and not line.isspace()]


def name_of(text: str) -> str:
    """The property a line begins with, in capitals; empty when it is no property at all."""
    found = NAME.match(text)
    return found[1].upper() if found else ""


def parsed(text: str) -> Line:
    """A line taken apart; Unreadable when it is too long or has no sense."""
    if len(text) > LONGEST_LINE:
        raise Unreadable("long_line", text[:40])
    try:
        name, parameters, value = Contentline(text.strip()).raw_parts()  # type: ignore[no-untyped-call] # of the library
    except (ValueError, IndexError) as problem:
        raise Unreadable("bad_line", text) from problem
    return Line(name.upper(), parameters, value.strip())


def listed(value: str) -> Iterator[str]:
    """The members of a comma-separated value that are there."""
    return (one for one in (part.strip() for part in value.split(",")) if one)
