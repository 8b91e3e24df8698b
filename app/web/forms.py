"""The forms: fields, what is typed in them read into values, and a "no" put beside its field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.domain.proposals import Proposal
from app.domain.refusal import Problem, Refusal
from app.domain.register import RegisteredWindow
from app.domain.windows import MOST_ROLLBACK_MINUTES, ChangeType, Impact, Series, Window
from app.phrases.language import Language
from app.phrases.lifecycle import IMPACTS, TYPES
from app.phrases.refusals import say_problem
from app.web.typed import read_day, read_wall, show_day

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
LONGEST_LINE, LONGEST_TEXT, LONGEST_NUMBER = 200, 4000, 9


@dataclass(frozen=True)
class FieldError:
    """A problem in words and the id of the field it belongs to ("" for the form as a whole)."""

    field: str
    said: str


FIELD_OF = {
    "start_in_past": "start_day",
    "rollback_plan_required": "rollback_plan",
    "reason_required": "reason",
    "acknowledgement_required": "reason",
    "notice_too_short": "short_notice",
}
"""Beside which field a "no" is shown that comes from a step and not from a field."""


class Form(FlaskForm):
    """A form in the reader's language. `errors_said` is what is wrong, in the order of the fields."""

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(**values)
        self.language = language
        self.errors_said: list[FieldError] = []
        self.codes: set[str] = set()

    def refuse(self, refusal: Refusal, names: Mapping[str, str] | None = None) -> None:
        """Put each problem beside its field; `names` maps the domain's names to the form's."""
        for problem in refusal.problems:
            field = problem.field.partition("[")[0].rpartition(".")[2]
            field = (names or {}).get(field, field) or FIELD_OF.get(problem.code, "")
            known = field if field in self else ""
            self.codes.add(problem.code)
            self.errors_said.append(FieldError(known, say_problem(self.language, problem)))

    def tell_above(self) -> None:
        """Of fields that are not on the page any more, what is wrong is said of the form as a whole."""
        self.errors_said = [FieldError("", one.said) for one in self.errors_said]

    def put(self, values: Mapping[str, str]) -> None:
        """Put values into fields, over what was typed."""
        for name, value in values.items():
            self[name].data = value

    def said_of(self, name: str) -> str:
        """What is wrong with one field, in words; empty when nothing is."""
        return next((error.said for error in self.errors_said if error.field == name), "")


class Part(Form):
    """Fields that are part of a form; the token stands in the form itself."""

    class Meta:
        csrf = False


class Reading:
    """Reads several fields and collects every problem, so that all are told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def take(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Refusal as refusal:
            self.problems += refusal.problems
            return otherwise

    def finish(self) -> None:
        if self.problems:
            raise Refusal.of(tuple(self.problems))


class SignInForm(Form):
    name = StringField("Name")
    password = PasswordField("Password")
    going = HiddenField()


class ReasonForm(Form):
    reason = TextAreaField("Reason")
    short_notice = TextAreaField("Who accepted that they hear of it so late, and why")
    version = HiddenField()
    fingerprint = HiddenField()


class WindowForm(Form):
    services = SelectMultipleField("Services", validate_choice=False)
    title = StringField("Short description")
    type = SelectField("Type of change", validate_choice=False)
    impact = SelectField("Expected impact", validate_choice=False)
    start_day = StringField("Start date")
    start_time = StringField("Start time")
    end_day = StringField("End date")
    end_time = StringField("End time")
    zone = StringField("Time zone")
    start_fold = SelectField("If the start happens twice", validate_choice=False)
    end_fold = SelectField("If the end happens twice", validate_choice=False)
    rollback_minutes = StringField("Rollback reserve in minutes")
    rollback_plan = TextAreaField("Rollback plan")
    business_text = TextAreaField("What customers will notice, in their words")
    rrule = StringField("Repetition")
    exdates = StringField("Except on")
    version = HiddenField()

    def __init__(self, language: Language, **values: object) -> None:
        super().__init__(language, **values)
        self.type.choices = [(str(one), language.t(text)) for one, text in TYPES.items()]
        self.impact.choices = [(str(one), language.t(text)) for one, text in IMPACTS.items()]
        self.start_fold.choices = self.end_fold.choices = folds(language)

    def proposal(self, *, is_preview: bool = False) -> Proposal:
        """What was filled in. A preview asks for nothing that the check does not need."""
        reading = Reading()
        start = reading.take(lambda: read_wall(text_of(self.start_day), text_of(self.start_time), "start"), None)
        end = reading.take(lambda: read_wall(text_of(self.end_day), text_of(self.end_time), "end"), None)
        minutes = reading.take(lambda: whole(text_of(self.rollback_minutes) or "0", "rollback_minutes", MOST_ROLLBACK_MINUTES), 0)
        none: frozenset[date] = frozenset()
        exdates = reading.take(self._exdates, none)
        change = reading.take(lambda: member(ChangeType, self.type.data, "type"), ChangeType.NORMAL)
        impact = reading.take(lambda: member(Impact, self.impact.data, "impact"), Impact.OUTAGE)
        title = reading.take(lambda: fitting(self.title, LONGEST_LINE, is_required=not is_preview), "")
        plan = reading.take(lambda: fitting(self.rollback_plan, LONGEST_TEXT), "")
        words = reading.take(lambda: fitting(self.business_text, LONGEST_TEXT), "")
        if not plan and not is_preview:
            reading.problems.append(Problem("rollback_plan_required", "rollback_plan"))
        if not self.services.data:
            reading.problems.insert(0, Problem("empty_services", "services"))
        reading.finish()
        if start is None or end is None:
            raise Refusal("missing_field", "start_day")
        rrule = text_of(self.rrule)
        return Proposal(
            services=frozenset(self.services.data or ()),
            title=title,
            type=change,
            impact=impact,
            zone=text_of(self.zone),
            start=start,
            end=end,
            rollback_minutes=minutes,
            rollback_plan=plan,
            business_text=words,
            start_fold=fold_of(self.start_fold.data),
            end_fold=fold_of(self.end_fold.data),
            series=Series(rrule, exdates) if rrule else None,
        )

    def _exdates(self) -> frozenset[date]:
        return frozenset(read_day(one, "exdates") for one in text_of(self.exdates).split(",") if one.strip())


WINDOW_FIELDS = {"start": "start_day", "end": "end_day", "tz": "zone"}


def window_values(registered: RegisteredWindow, code: str) -> dict[str, object]:
    """A window as it is put into its form."""
    window, series = registered.window, registered.window.series
    return {
        "services": sorted(window.services),
        "title": registered.title.in_language(code),
        "type": str(window.type),
        "impact": str(registered.impact),
        **time_values(window),
        "zone": window.zone,
        "rollback_minutes": str(window.rollback_minutes),
        "rollback_plan": registered.rollback_plan,
        "business_text": registered.business_text,
        "rrule": series.rrule if series else "",
        "exdates": ", ".join(show_day(one) for one in sorted(series.except_on)) if series else "",
        "version": str(registered.version),
    }


def time_values(window: Window) -> dict[str, str]:
    """When a window is, as it is put into its form."""
    return {
        "start_day": show_day(window.start.date()),
        "start_time": f"{window.start:%H:%M}",
        "end_day": show_day(window.end.date()),
        "end_time": f"{window.end:%H:%M}",
        "start_fold": "" if window.start_fold is None else str(window.start_fold),
        "end_fold": "" if window.end_fold is None else str(window.end_fold),
    }


def text_of(field: StringField | TextAreaField | HiddenField) -> str:
    """What was typed, without control characters and outer blanks."""
    return "".join(one for one in str(field.data or "") if one >= " " or one in "\n\t").strip()


def fitting(field: StringField | TextAreaField, most: int, *, is_required: bool = False) -> str:
    """What was typed, when it is not longer than can be kept: nothing is cut off in silence."""
    text = text_of(field)
    if is_required and not text:
        raise Refusal("missing_field", field.name)
    if len(text) > most:
        raise Refusal("bad_length", field.name, most=most)
    return text


def whole(text: str, field: str, most: int, least: int = 0) -> int:
    """A whole number from `least` (not below 0) to `most`."""
    if not text:
        raise Refusal("missing_field", field)
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_NUMBER or not least <= int(text) <= most:
        raise Refusal("bad_number", field, least=least, most=most, got=text[:40])
    return int(text)


def member(kinds: type[E], value: object, field: str) -> E:
    try:
        return kinds(str(value))
    except ValueError:
        raise Refusal("bad_choice", field) from None


def services_of(scope: SelectField, services: SelectMultipleField, *, may_be_none: bool = False) -> frozenset[str] | None:
    """What a peak is about: None for every service its customer uses, or the chosen ones, of which there must be some."""
    if scope.data not in {"all", "some"}:
        raise Refusal("bad_choice", "scope")
    if scope.data == "all":
        return None
    chosen = frozenset(services.data or ())
    if not chosen and not may_be_none:
        raise Refusal("empty_services", "services")
    return chosen


def version_of(form: Form) -> int:
    """The version of what the form was made from; a form without one is out of date."""
    text = text_of(form["version"])
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def folds(language: Language) -> list[tuple[str, str]]:
    """What can be chosen for a wall clock that may happen twice."""
    return [("", language.t("does not matter")), ("0", language.t("the first time")), ("1", language.t("the second time"))]


def fold_of(chosen: str | None) -> int | None:
    """Which of two equal wall clocks was chosen; None when neither was."""
    return int(chosen) if chosen in {"0", "1"} else None
