"""The demo world as its file tells it, and how far its story is moved to stay alive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import cast

from app.adapters.files import read_file
from app.domain.spans import Instant
from app.domain.walltime import instant_of

FILE = Path(__file__).with_name("world.yaml")
STILL_NEAR_DAYS = 28
ZONE = "Europe/Amsterdam"

Written = Mapping[str, object]


@dataclass(frozen=True)
class DemoWorld:
    """What the file holds, section by section, as plain values."""

    written: Written

    @property
    def now(self) -> Instant:
        """The moment at which the story is told."""
        return instant_of(datetime.fromisoformat(str(self.written["now"])))

    @property
    def integrator(self) -> Written:
        return cast(Written, self.written["service_integrator"])

    def section(self, name: str) -> Sequence[Written]:
        return cast(Sequence[Written], self.written[name])

    def weeks_moved(self, now: Instant) -> int:
        """Whole weeks that the story's windows move when it is told at another time: none while that is near."""
        days = round((now - self.now) / 86400)
        return 0 if abs(days) <= STILL_NEAR_DAYS else round(days / 7)


def read_demo_world() -> DemoWorld:
    return DemoWorld(cast(Written, read_file(str(FILE))))


def moved(written: str, weeks: int) -> str:
    """A written day or wall clock some weeks later; its clock time stays."""
    shift = timedelta(weeks=weeks)
    if len(written) == len("2026-11-22"):
        return (date.fromisoformat(written) + shift).isoformat()
    return (datetime.fromisoformat(written) + shift).isoformat(timespec="minutes")
