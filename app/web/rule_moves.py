"""When does a date move? The fields for "when it falls on a Sunday, one day earlier", read and filled in."""

from collections.abc import Mapping
from functools import partial
from typing import cast

from wtforms import SelectField, StringField

from app.domain.anchors import Weekday
from app.domain.refusal import Refusal
from app.phrases.calendars import EASTER_DAYS, say_weekday
from app.phrases.language import Language
from app.web.forms import Part, Reading, text_of
from app.web.rule_answers import MOST_OFFSET, Written, chosen, signed
from app.web.rule_fields import holiday_choices

MOST_MOVES = 3
MOVED_KINDS = ("fixed", "nth_weekday", "weekday_from", "easter", "holiday")


class MoveFields(Part):
    """So many cases, the first that applies counts; an empty one is none."""

    case_1 = SelectField("When it falls on", validate_choice=False)
    days_1 = StringField("Move it so many days", description="-1 is the day before, 1 is the day after")
    case_2 = SelectField("Or when it falls on", validate_choice=False)
    days_2 = StringField("Move it so many days")
    case_3 = SelectField("Or when it falls on", validate_choice=False)
    days_3 = StringField("Move it so many days")

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        weekdays = [(day.name, say_weekday(language, day)) for day in Weekday]
        church = [(f"easter/{days}", language.t(text)) for days, text in EASTER_DAYS.items()]
        choices = [("", language.t("does not move")), *weekdays, *church, *holiday_choices(language)]
        for number in range(1, MOST_MOVES + 1):
            cast(SelectField, self[f"case_{number}"]).choices = choices

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [(f"case_{number}", f"days_{number}") for number in range(1, MOST_MOVES + 1)]

    @property
    def is_used(self) -> bool:
        return any(self[name].data or self[name].errors for row in self.rows for name in row)

    def written(self) -> list[Written]:
        """The adjustments of a written rule; a case without days, or days without a case, is refused."""
        reading = Reading()
        none: list[Written] = []
        found = [one for row in self.rows for one in reading.take(partial(self._adjustment, *row), none)]
        reading.finish()
        return found

    def _adjustment(self, case: str, days: str) -> list[Written]:
        if not self[case].data and not text_of(cast(StringField, self[days])):
            return []
        if not self[case].data:
            raise Refusal("missing_field", case)
        if not text_of(cast(StringField, self[days])):
            raise Refusal("missing_field", days)
        falls_on = chosen(cast(SelectField, self[case]))
        return [_case(falls_on) | {"add_days": signed(text_of(cast(StringField, self[days])), days, MOST_OFFSET)}]


def filled_moves(written: Mapping[str, object]) -> dict[str, object]:
    """The adjustments of a written rule as they are put into the fields; what they cannot show is left out."""
    values: dict[str, object] = {}
    for number, one in enumerate(cast(list[Written], written.get("adjust") or []), start=1):
        values |= {f"case_{number}": _shown(one), f"days_{number}": str(one["add_days"])}
    return values


def _case(falls_on: str) -> Written:
    kind, _, key = falls_on.partition("/")
    if not key:
        return {"if_weekday": kind}
    if kind == "easter":
        return {"if_same_as": {"type": "easter", "offset_days": int(key)}}
    return {"if_same_as": {"type": "holiday", "calendar": kind, "key": key}}


def _shown(adjustment: Written) -> object:
    match adjustment.get("if_same_as"):
        case {"type": "easter", **more}:
            return f"easter/{more.get('offset_days', 0)}"
        case {"type": "holiday", "calendar": calendar, "key": key}:
            return f"{calendar}/{key}"
        case _:
            return adjustment.get("if_weekday")
