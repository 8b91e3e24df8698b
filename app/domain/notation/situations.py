"""Windows with the situation they were checked in, in a written form that is kept: the same values, the same text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from app.domain.chain import Chain, Requirement
from app.domain.notation.fields import Fields, day, text
from app.domain.notation.instants import read_instant
from app.domain.notation.results import write_occurrence
from app.domain.notation.rules import read_peak, write_peak
from app.domain.notation.windows import read_window, write_window
from app.domain.occurrences import Occurrence
from app.domain.peaks import Peak
from app.domain.refusal import Refusal
from app.domain.situation import BusyPeak, Customer, Situation, Waiver
from app.domain.spans import Span
from app.domain.windows import Window

FORM = 1
"""Of the writing below. A text is read as it was written for ever: a new form gets a reader beside the old one."""
LARGEST_MINIMUM = 1_000_000
DATED = "dated"
"""Where the dates of a peak stand among what else is written of it, which is by name."""
ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
class Checked:
    """What a check was made of: the windows, and what they met."""

    proposed: tuple[Window, ...]
    situation: Situation


def write_checked(checked: Checked) -> str:
    """The text that `read_checked` reads back; in whatever order things were entered, it is the same.

    Peaks are written with their dates, so that nothing has to be counted again when it is read.
    """
    situation = checked.situation
    waivers = [
        {"window": one.window, "customer": one.customer, "rule": one.peak, "anchor": one.anchor.isoformat()}
        for one in situation.waivers
    ]
    return _object(
        form=_text(FORM),
        proposed=_texts(write_window(one) for one in checked.proposed),
        services=_text(dict(situation.chain.suppliers)),
        requirements=_sorted(map(_requirement_text, situation.chain.requirements)),
        customers=_sorted(_write_customer(one, situation.busy.get(one.id, ())) for one in situation.customers),
        committed=_texts(write_window(one) for one in situation.committed),
        waivers=_texts(waivers),
        calendars=_text(dict(situation.calendars)),
    )


def name_of(written: str) -> str:
    """What a written situation is called by: its SHA-256, in 64 hexadecimal digits."""
    return sha256(written.encode()).hexdigest()


def read_checked(written: str) -> Checked:
    """Refused (`bad_value`, `missing_field`) when it was not written by `write_checked`."""
    fields = Fields(json.loads(written))
    if fields.whole("form", 1, LARGEST_MINIMUM) != FORM:
        raise Refusal("bad_value", "form", expected="form", got=str(fields.raw("form"))[:80])
    customers = fields.each("customers", _read_customer)
    situation = Situation(
        chain=Chain(_names(fields, "services"), tuple(fields.each("requirements", _read_requirement))),
        customers=tuple(customer for customer, _ in customers),
        busy={customer.id: busy for customer, busy in customers if busy},
        committed=tuple(fields.each("committed", read_window)),
        waivers=frozenset(fields.each("waivers", _read_waiver)),
        calendars=_names(fields, "calendars"),
    )
    return Checked(tuple(fields.each("proposed", read_window)), situation)


def _write_customer(customer: Customer, busy: tuple[BusyPeak, ...]) -> str:
    return _object(id=_text(customer.id), uses=_text(sorted(customer.uses)), peaks=_sorted(_write_busy(one) for one in busy))


def _write_busy(busy: BusyPeak) -> str:
    before, after = _peak_texts(busy.peak)
    return f'{before}"{DATED}":{_sorted(map(_occurrence_text, busy.occurrences))}{after}'


# What stands in the situations of many windows is written once.


@lru_cache(maxsize=5000)
def _peak_texts(peak: Peak) -> tuple[str, str]:
    """What is written of a peak before its dates, and after."""
    parts = {name: f'"{name}":{_text(value)}' for name, value in write_peak(peak).items()}
    before = "".join(f"{parts[name]}," for name in sorted(parts) if name < DATED)
    return f"{{{before}", "".join(f",{parts[name]}" for name in sorted(parts) if name > DATED) + "}"


@lru_cache(maxsize=20_000)
def _occurrence_text(one: Occurrence) -> str:
    return _text(write_occurrence(one))


@lru_cache(maxsize=20_000)
def _requirement_text(one: Requirement) -> str:
    return _text({"service": one.service, "members": sorted(one.members), "min": one.minimum})


def _texts(values: Iterable[object]) -> str:
    return _sorted(_text(value) for value in values)


def _text(written: object) -> str:
    return ENCODER.encode(written)


def _sorted(texts: Iterable[str]) -> str:
    """A list of these, in whatever order they came."""
    return f"[{','.join(sorted(texts))}]"


def _object(**texts: str) -> str:
    """An object of these by name; a name that is one in Python needs no escaping."""
    parts = (f'"{name}":{texts[name]}' for name in sorted(texts))
    return f"{{{','.join(parts)}}}"


def _read_customer(written: object, path: str) -> tuple[Customer, tuple[BusyPeak, ...]]:
    fields = Fields(written, path)
    return Customer(fields.text("id"), frozenset(fields.each("uses", text))), tuple(fields.each("peaks", _read_busy))


def _read_busy(written: object, path: str) -> BusyPeak:
    return BusyPeak(read_peak(written, path), tuple(Fields(written, path).each("dated", _read_occurrence)))


def _read_occurrence(written: object, path: str) -> Occurrence:
    fields = Fields(written, path)
    anchor, first, last = (fields.day(name) for name in ("anchor", "first_day", "last_day"))
    return Occurrence(anchor, first, last, tuple(fields.each("segments", _read_span)))


def _read_span(written: object, path: str) -> Span:
    if not isinstance(written, list) or len(written) != len(("start", "end")):
        raise Refusal("bad_value", path, expected="list", got=str(written)[:80])
    start, end = (read_instant(one, path) for one in written)
    return Span(start, end)


def _read_requirement(written: object, path: str) -> Requirement:
    fields = Fields(written, path)
    members = frozenset(fields.each("members", text))
    return Requirement(fields.text("service"), members, fields.whole("min", -LARGEST_MINIMUM, LARGEST_MINIMUM))


def _read_waiver(written: object, path: str) -> Waiver:
    fields = Fields(written, path)
    return Waiver(
        fields.text("window"), fields.text("customer"), fields.text("rule"), day(fields.required("anchor"), fields.at("anchor"))
    )


def _names(fields: Fields, name: str) -> dict[str, str]:
    inner = Fields(fields.required(name), fields.at(name))
    return {str(key): inner.text(str(key)) for key in inner.written}
