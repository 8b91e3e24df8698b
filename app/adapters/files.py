"""Files that people write: JSON or YAML to plain values, bounded in size and in kind."""

import json
import sys
from pathlib import Path

import yaml

from app.domain.refusal import Refusal

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_YAML = 4 * 1024 * 1024
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_bytes(path: str, most: int) -> bytes:
    """A file as it is; `-` is standard input. Refused with the reason when it cannot be read or is larger than `most`."""
    try:
        with sys.stdin.buffer if path == "-" else Path(path).open("rb") as file:
            written = file.read(most + 1)
    except (OSError, ValueError) as problem:
        raise Refusal("unreadable", path, why=getattr(problem, "strerror", None) or "no such file") from problem
    if len(written) > most:
        raise Refusal("file_too_large", path, most=most)
    return written


def read_file(path: str) -> object:
    """What a JSON or YAML file says; refused with the reason when it cannot be read or is too large."""
    try:
        return read_text(read_bytes(path, LARGEST_FILE).decode("utf-8-sig"), path)
    except UnicodeDecodeError as problem:
        raise Refusal("unreadable", path, why="not UTF-8 text") from problem


def read_text(text: str, path: str) -> object:
    """JSON when it looks like JSON, else YAML. YAML aliases are refused: a few lines can stand for billions."""
    if text.lstrip()[:1] in {"{", "["}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as problem:
            if path.endswith(".json"):
                raise Refusal("unreadable", path, why=str(problem)) from problem
    if len(text) > LARGEST_YAML:
        raise Refusal("file_too_large", path, most=LARGEST_YAML)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, LOADER)):
            raise Refusal("unreadable", path, why="YAML aliases are not read")
        return yaml.load(text, LOADER)  # noqa: S506 - LOADER is the safe loader, compiled where it can be
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise Refusal("unreadable", path, why=" ".join(str(problem).split())[:200]) from problem
