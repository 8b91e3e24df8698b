"""Instants in their written form: ISO 8601 in UTC with `Z`, to the second."""

from datetime import datetime, timedelta
from functools import lru_cache

from app.domain.notation.fields import shown
from app.domain.refusal import Refusal
from app.domain.spans import Instant
from app.domain.walltime import FIRST_YEAR, LAST_YEAR, instant_of, local


@lru_cache(maxsize=50_000)
def write_instant(instant: Instant) -> str:
    return local(instant, "UTC").strftime("%Y-%m-%dT%H:%M:%SZ")


def read_instant(value: object, path: str) -> Instant:
    """Refused (`bad_value`) when it is no moment in UTC such as `2027-02-14T01:00:00Z`."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and value.endswith("Z") else value
    except ValueError:
        found = None
    if not isinstance(found, datetime) or found.utcoffset() != timedelta() or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal("bad_value", path, expected="instant", got=shown(value))
    return instant_of(found)
