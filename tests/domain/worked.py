"""The worked cases, how one is checked, and when two written answers are the same."""

import json
from pathlib import Path
from zlib import crc32

from app.domain.conflicts import check
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.results import write_result
from app.domain.notation.worlds import read_case
from app.domain.refusal import Refusal

CASES = Path(__file__).parent.parent / "cases"
IN_ORDER = {"path", "segments", "adjust"}
"""Lists whose order says something; in every other list it does not."""


def worked(name: str, of: str = "cases") -> list[dict]:
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))[of]


def answer(case: dict) -> dict:
    """A conflict case answered by the app, in its written form; a refusal is written as its code."""
    try:
        world, proposed = read_case(case)
        return write_result(check(proposed, world.situation(proposed, NATIONAL_CALENDARS)))
    except Refusal as refusal:
        return {"error": refusal.code}


def without_order(written: object) -> object:
    """The same answer with every list sorted whose order says nothing."""
    if isinstance(written, dict):
        return {name: value if name in IN_ORDER else without_order(value) for name, value in written.items()}
    if isinstance(written, list):
        return sorted((without_order(one) for one in written), key=json.dumps)
    return written


def shuffled(written: object, seed: int) -> object:
    """The same world written down in another order, the same one for the same seed; a range of two dates stays a range."""
    if isinstance(written, dict):
        return {name: value if name in IN_ORDER else shuffled(value, seed) for name, value in written.items()}
    if isinstance(written, list):
        mixed = sorted(written, key=lambda one: crc32(f"{seed} {json.dumps(one)}".encode()))
        return [one if isinstance(one, list) else shuffled(one, seed) for one in mixed]
    return written
