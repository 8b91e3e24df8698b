"""What do the fields of a rule say? Each answer read into the rule's written form, and filled in from it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from wtforms import SelectField, SelectMultipleField

from app.domain.anchors import AnchorRule, Recurrence, Weekday
from app.domain.notation.rules import read_rule
from app.domain.recurrence_parts import parsed
from app.domain.refusal import Problem, Refusal
from app.phrases.language import LANGUAGES, Language
from app.web.forms import text_of, whole
from app.web.rule_fields import RuleFields
from app.web.typed import read_day, read_days, show_day, show_days

Written = dict[str, object]
MOST_DATES = 500
MOST_OFFSET = 366
MOST_WORKING_DAYS_COUNTED = 260
SOME_MONDAY = date(2024, 1, 1)
"""A weekly peak has no beginning; its recurrence needs one."""

FIELDS = {"n": "nth", "key": "holiday", "offset_days": "offset", "dtstart": "start"}
"""Where a field of the form has another name than in the written rule."""


def written_rule(fields: RuleFields, kind: str, names: tuple[str, ...]) -> Written:
    """A rule of that kind from its fields of these names. A problem is told with the name its field has on the page."""
    written: Written = {"type": kind}
    for name in names:
        try:
            written |= _answer(fields, name)
        except Refusal as refusal:
            raise on_page(refusal, fields) from None
    return written


def rule_of(fields: RuleFields, written: Written) -> AnchorRule:
    """The rule as a value: what its fields may hold together, the written form's reader knows."""
    try:
        return read_rule(written, "")
    except Refusal as refusal:
        raise on_page(refusal, fields) from None


def on_page(refusal: Refusal, fields: RuleFields) -> Refusal:
    """The same "no" with the names that the fields have on the page."""
    return Refusal.of(tuple(_on_page(problem, fields) for problem in refusal.problems))


def _on_page(problem: Problem, fields: RuleFields) -> Problem:
    name = problem.field.partition("[")[0].rpartition(".")[2]
    name = FIELDS.get(name, name)
    return replace(problem, field=fields[name].name) if name in fields else problem


def _answer(fields: RuleFields, name: str) -> Written:  # noqa: C901 - one case a field
    """What one field adds to the written rule."""
    match name:
        case "nth":
            return {"n": int(chosen(fields.nth))}
        case "month":
            return {"month": int(chosen(fields.month))}
        case "months":
            return {"months": [int(one) for one in several(fields.months)] or None}
        case "day":
            return {"day": _day(text_of(fields.day))}
        case "offset":
            return {"offset_days": signed(text_of(fields.offset) or "0", "offset", MOST_OFFSET)}
        case "holiday":
            calendar, _, key = chosen(fields.holiday).partition("/")
            return {"calendar": calendar, "key": key}
        case "count":
            count = whole(text_of(fields.count), "count", MOST_WORKING_DAYS_COUNTED, least=1)
            return {"n": -count if chosen(fields.side) == "before" else count}
        case "side":
            return {}  # read with the count
        case "dates":
            return {"dates": read_days(text_of(fields.dates), "dates", MOST_DATES)}
        case "weekdays":
            days = ",".join(several(fields.weekdays, is_required=True))
            return {"type": "rrule", "dtstart": SOME_MONDAY.isoformat(), "rrule": f"FREQ=WEEKLY;BYDAY={days}"}
        case "rrule":
            return {"rrule": _present(text_of(fields.rrule), "rrule")}
        case "start":
            return {"dtstart": read_day(text_of(fields.start), "start").isoformat()}
        case "church" | "feb29":
            field = cast(SelectField, fields[name])
            return {name: chosen(field)} if field.data else {}
        case _:
            return {name: chosen(cast(SelectField, fields[name]))}


def filled(language: Language, written: Mapping[str, object]) -> dict[str, object]:
    """A written rule as it is put into its fields."""
    n = cast(int, written.get("n", 0))
    values: dict[str, object] = {
        "kind": written["type"],
        "nth": str(n or ""),
        "month": str(written.get("month", "")),
        "months": [str(one) for one in cast(list[int], written.get("months") or [])],
        "day": language.t("last") if written.get("day") == "last" else str(written.get("day", "")),
        "offset": str(written.get("offset_days", 0)),
        "holiday": f"{written.get('calendar')}/{written.get('key')}",
        "count": str(abs(n) or ""),
        "side": "after" if n > 0 else "before",
        **{name: written.get(name) for name in ("weekday", "direction", "feb29", "church", "calendar", "roll", "rrule")},
    }
    if written["type"] == "dates":
        values["dates"] = show_days(cast(list[object], written["dates"]))
    if written["type"] == "rrule":
        values["start"] = show_day(date.fromisoformat(str(written["dtstart"])))
    return values


def weekdays_of(rule: Recurrence) -> list[str]:
    """The days of a plain weekly rule; none when it is anything else."""
    parts = parsed(rule.rrule)
    is_plain = parts.interval == 1 and not parts.is_bounded and not (parts.by_month or parts.by_month_day or parts.by_set_pos)
    days: list[Weekday] = []
    if parts.freq == "DAILY" and is_plain and not parts.by_day:
        days = list(Weekday)
    if parts.freq == "WEEKLY" and is_plain:
        days = sorted(day for day, _ in parts.by_day) or [Weekday(rule.dtstart.weekday())]
    return [day.name for day in days]


def chosen(field: SelectField) -> str:
    """What was chosen, when it is one of the choices."""
    if field.data not in _offered(field):
        raise Refusal("bad_choice", field.short_name)
    return str(field.data)


def several(field: SelectMultipleField, *, is_required: bool = False) -> list[str]:
    some = field.data or []
    if is_required and not some:
        raise Refusal("missing_field", field.short_name)
    if not set(some) <= _offered(field):
        raise Refusal("bad_choice", field.short_name)
    return list(some)


def _offered(field: SelectField | SelectMultipleField) -> set[str]:
    return {str(value) for value, _ in cast(list[tuple[str, str]], field.choices)}


def signed(text: str, field: str, most: int) -> int:
    """A whole number from `-most` to `most`."""
    try:
        return (-1 if text.startswith("-") else 1) * whole(text.removeprefix("-").removeprefix("+"), field, most)
    except Refusal:
        raise Refusal("bad_number", field, least=-most, most=most, got=text[:40]) from None


def _day(text: str) -> object:
    """A day of the month, or its last one in any language."""
    if text.casefold() in {language.t("last") for language in LANGUAGES.values()}:
        return "last"
    return whole(text, "day", 31, least=1)


def _present(text: str, field: str) -> str:
    if not text:
        raise Refusal("missing_field", field)
    return text
