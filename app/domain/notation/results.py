"""A check's result and a peak's occurrences in their written form (SCHEMA, `expected`)."""

import json
from collections.abc import Mapping
from hashlib import sha256

from app.domain.notation.instants import write_instant
from app.domain.notation.rules import Written
from app.domain.occurrences import Occurrence
from app.domain.result import Affected, CheckResult, Collision, Conflict, Note


def write_result(result: CheckResult) -> Written:
    return {
        "verdict": str(result.verdict),
        "window_verdicts": {window: str(verdict) for window, verdict in result.window_verdicts.items()},
        "affected": [_affected(one) for one in result.affected],
        "conflicts": [write_conflict(one) for one in result.conflicts],
        "collisions": [write_collision(one) for one in result.collisions],
        "notes": [write_note(one) for one in result.notes],
    }


def fingerprint(result: CheckResult, calendars: Mapping[str, str]) -> str:
    """The same for the same result by the same versions of calendars: tells whether what somebody looked at is still so."""
    seen = write_result(result) | {"calendars": dict(calendars)}
    return sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:32]


def write_occurrence(occurrence: Occurrence) -> Written:
    return {
        "anchor": occurrence.anchor.isoformat(),
        "first_day": occurrence.first_day.isoformat(),
        "last_day": occurrence.last_day.isoformat(),
        "segments": [[write_instant(one.start), write_instant(one.end)] for one in occurrence.segments],
    }


def _affected(one: Affected) -> Written:
    return {"window": one.window, "customer": one.customer, "service": one.service, "path": list(one.path)}


def write_conflict(one: Conflict) -> Written:
    return {
        "window": one.window,
        "occurrence_start": write_instant(one.occurrence_start),
        "customer": one.customer,
        "rule": one.peak,
        "anchor": one.anchor.isoformat(),
        "severity": str(one.severity),
        "effect": str(one.effect),
        "waived": one.waived,
        "overlap_start": write_instant(one.overlap.start),
        "overlap_end": write_instant(one.overlap.end),
        "phase": one.phase,
        "services": list(one.services),
    }


def write_collision(one: Collision) -> Written:
    return {
        "kind": str(one.kind),
        "windows": list(one.windows),
        "services": list(one.services),
        "customers": list(one.customers),
        "start": write_instant(one.span.start),
        "end": write_instant(one.span.end),
        "effect": str(one.effect),
    }


def write_note(one: Note) -> Written:
    optional: Written = {"customer": one.customer, "service": one.service, "rule": one.peak}
    written: Written = {"kind": str(one.kind), "window": one.window}
    return written | {name: value for name, value in optional.items() if value}
