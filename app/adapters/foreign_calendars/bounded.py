"""How is a file read that may have been made to do harm? In a process of its own, bounded in time and memory.

A file of two hundred bytes can keep a reader busy for hours. The process gets the file and the question on its standard
input, knows no secret of ours, opens nothing, and is ended from outside when it takes too long.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from app.adapters.foreign_calendars.content_lines import LARGEST_FILE
from app.adapters.foreign_calendars.read import read_calendar
from app.adapters.foreign_calendars.reading import Assumed, Reading, Skipped
from app.domain.foreign_entries import ForeignEntry
from app.domain.refusal import Refusal

SECONDS = 20
PROCESSOR_SECONDS = 10
MEMORY = 1024 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[3]
KEPT = ("SYSTEMROOT", "PATH")


def read_in_child(data: bytes, first: datetime, last: datetime, zone: str | None = None) -> Reading:
    """What `read_calendar` answers, from a process with limits. Refused (`calendar_takes_too_long`) when it meets them."""
    if len(data) > LARGEST_FILE:
        raise Refusal("calendar_too_large", "file", most=LARGEST_FILE // 1024 // 1024)
    asked = json.dumps({"first": first.isoformat(), "last": last.isoformat(), "zone": zone}).encode()
    command = [sys.executable, "-m", "app.adapters.foreign_calendars.bounded"]
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file goes in as data
            command, input=asked + b"\n" + data, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as problem:
        raise Refusal("calendar_takes_too_long", "file") from problem
    if "refused" in answer:
        raise Refusal(answer["refused"], "file", **answer["facts"])
    return Reading(
        tuple(ForeignEntry(**one) for one in answer["entries"]),
        tuple(Skipped(**one) for one in answer["skipped"]),
        tuple(Assumed(**one) for one in answer["assumed"]),
        answer["name"],
        answer["events"],
        answer["outside"],
    )


def main() -> None:
    """The process: a question in a line and a file after it, an answer in JSON."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    first, last = datetime.fromisoformat(asked["first"]), datetime.fromisoformat(asked["last"])
    try:
        answer = asdict(read_calendar(data, first, last, asked["zone"]))
    except Refusal as refusal:
        answer = {"refused": refusal.code, "facts": dict(refusal.problems[0].facts)}
    json.dump(answer, sys.stdout, default=str)


def _limit() -> None:
    """Where the system has such limits; elsewhere the time limit of the parent has to do."""
    if find_spec("resource") is None:
        return
    resource = import_module("resource")
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
