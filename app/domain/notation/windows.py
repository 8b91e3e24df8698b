"""Windows in their written form (SCHEMA, "Conflict case")."""

from datetime import datetime

from app.domain.notation.fields import Fields, day, text, wall
from app.domain.notation.rules import Written
from app.domain.windows import MOST_ROLLBACK_MINUTES, ChangeType, Impact, Series, Window


def read_window(written: object, path: str = "") -> Window:
    """A written window. Whether it makes sense in a world is asked later, by `soundness.py`, in a fixed order."""
    fields = Fields(written, path)
    return Window(
        id=fields.text("id"),
        supplier=fields.text("supplier"),
        services=frozenset(fields.each("services", text)),
        type=fields.choice("type", ChangeType, ChangeType.NORMAL),
        zone=fields.text("tz"),
        start=wall(fields.required("start"), fields.at("start")),
        end=wall(fields.required("end"), fields.at("end")),
        rollback_minutes=fields.whole("rollback_minutes", -MOST_ROLLBACK_MINUTES, MOST_ROLLBACK_MINUTES, 0),
        start_fold=_fold(fields, "start_fold"),
        end_fold=_fold(fields, "end_fold"),
        series=_series(fields),
        impact=fields.choice("impact", Impact) if fields.has("impact") else None,
    )


def write_window(window: Window) -> Written:
    """The written form that `read_window` reads back as the same value."""
    series = window.series
    optional: Written = {
        "start_fold": window.start_fold,
        "end_fold": window.end_fold,
        "rrule": series.rrule if series else None,
        "exdates": sorted(one.isoformat() for one in series.except_on) if series and series.except_on else None,
        "rdates": sorted(one.isoformat() for one in series.also_on) if series and series.also_on else None,
        "impact": str(window.impact) if window.impact else None,
    }
    return {
        "id": window.id,
        "supplier": window.supplier,
        "services": sorted(window.services),
        "type": str(window.type),
        "tz": window.zone,
        "start": write_wall(window.start),
        "end": write_wall(window.end),
        "rollback_minutes": window.rollback_minutes,
    } | {name: value for name, value in optional.items() if value is not None}


def write_wall(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _fold(fields: Fields, name: str) -> int | None:
    return fields.whole(name, 0, 1) if fields.has(name) else None


def _series(fields: Fields) -> Series | None:
    series = Series(fields.optional_text("rrule"), frozenset(fields.each("exdates", day)), frozenset(fields.each("rdates", day)))
    return None if series == Series() else series
