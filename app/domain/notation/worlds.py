"""A whole world with proposed windows in its written form (SCHEMA, "Conflict case")."""

from dataclasses import dataclass

from app.domain.chain import Chain, Requirement
from app.domain.notation.fields import Fields, day, text
from app.domain.notation.rules import read_peak
from app.domain.notation.windows import read_window
from app.domain.peaks import Peak
from app.domain.situation import Customer, Situation, Waiver, busy_peaks, dated, exposed_span
from app.domain.soundness import require_sound_window, require_sound_world
from app.domain.windows import Window
from app.domain.workdays import Calendars

LARGEST = 1_000_000


@dataclass(frozen=True)
class World:
    """What a situation is made of, before any peak is dated."""

    chain: Chain
    customers: tuple[Customer, ...]
    peaks: tuple[Peak, ...]
    committed: tuple[Window, ...]
    waivers: frozenset[Waiver]

    def situation(self, proposed: tuple[Window, ...], calendars: Calendars) -> Situation:
        """Everything a check of these windows looks at; whatever makes no sense is refused first."""
        require_sound_world(self.chain, self.customers, self.peaks, calendars)
        for window in (*proposed, *self.committed):
            require_sound_window(window, self.chain.suppliers)
        span = exposed_span([dated(window) for window in proposed])
        busy = busy_peaks(self.peaks, span, calendars)
        return Situation(self.chain, self.customers, busy, self.committed, self.waivers)


def read_case(written: object, path: str = "") -> tuple[World, tuple[Window, ...]]:
    """`{world, proposed}`; other fields are ignored."""
    fields = Fields(written, path)
    world = read_world(fields.required("world"), fields.at("world"))
    fields.required("proposed")
    return world, tuple(fields.each("proposed", read_window))


def read_world(written: object, path: str = "world") -> World:
    fields = Fields(written, path)
    return World(
        chain=Chain(dict(fields.each("services", _service)), tuple(fields.each("dependencies", _requirement))),
        customers=tuple(fields.each("customers", _customer)),
        peaks=tuple(fields.each("peaks", read_peak)),
        committed=tuple(fields.each("committed_windows", read_window)),
        waivers=frozenset(waiver for waiver in fields.each("waivers", _waiver) if waiver),
    )


def _service(written: object, path: str) -> tuple[str, str]:
    fields = Fields(written, path)
    return fields.text("id"), fields.text("supplier")


def _requirement(written: object, path: str) -> Requirement:
    fields = Fields(written, path)
    members = frozenset(fields.each("members", text))
    return Requirement(fields.text("service"), members, fields.whole("min", -LARGEST, LARGEST, 1))


def _customer(written: object, path: str) -> Customer:
    fields = Fields(written, path)
    return Customer(fields.text("id"), frozenset(fields.each("uses", text)))


def _waiver(written: object, path: str) -> Waiver | None:
    """Only a granted waiver counts in a check."""
    fields = Fields(written, path)
    anchor = day(fields.required("anchor"), fields.at("anchor"))
    waiver = Waiver(fields.text("window"), fields.text("customer"), fields.text("rule"), anchor)
    return waiver if fields.text("status") == "granted" else None
