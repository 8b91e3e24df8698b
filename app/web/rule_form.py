"""One rule in its form: its own fields, those of the rules it is made of, and those of what moves it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import cast

from app.domain.anchors import AnchorRule, Recurrence
from app.domain.notation.rules import write_rule
from app.domain.refusal import Problem, Refusal
from app.domain.rule_parts import calendars_counted
from app.phrases.language import ENGLISH, Language
from app.web.forms import Form, Reading
from app.web.rule_answers import Written, filled, rule_of, weekdays_of, written_rule
from app.web.rule_fields import PART_KINDS, PARTS, ROWS, RuleFields
from app.web.rule_moves import MOVED_KINDS, MoveFields, filled_moves

KEPT = "kept"
"""The kind of a rule that this form cannot show: it is kept as it is, and everything around it can be changed."""
Values = Mapping[str, Mapping[str, object]]
Choice = tuple[str, str]


class RuleForm:
    """The fields of a rule of one kind. `values` are those of its parts, by the part's name ("" for its own).

    `own` are the working-day calendars that may be chosen besides those that come with the product.
    """

    def __init__(
        self, language: Language, kind: str, values: Values | None = None, own: Iterable[Choice] = (), **options: object
    ) -> None:
        given = values or {}
        self.kind = kind
        self.rows = ROWS.get(kind, ())
        self.main = RuleFields(language, kind, **given.get("", {}), **options)
        self.parts = {name: RuleFields(language, "", prefix=name, **given.get(name, {}), **options) for name in PARTS.get(kind, ())}
        for fields in (self.main, *self.parts.values()):
            fields.calendar.choices = [*cast(list[Choice], fields.calendar.choices), *own]
        self.moves = MoveFields(language, **given.get("moves", {}), **options) if kind in MOVED_KINDS else None

    @property
    def forms(self) -> Iterator[Form]:
        yield self.main
        yield from self.parts.values()
        if self.moves:
            yield self.moves

    def rule(self, known: AnchorRule | None = None) -> AnchorRule:
        """The rule as filled in; every problem is told at once. `known` is the one that was opened: when nothing in a
        weekly rule was changed it stays as it is, with its own beginning.
        """
        if known and self.kind == KEPT:
            return known
        if self.kind not in ROWS:
            raise Refusal("bad_choice", "kind")
        if isinstance(known, Recurrence) and self.kind == "weekly" and weekdays_of(known) == self.main.weekdays.data:
            return known
        return rule_of(self.main, self._written())

    def _written(self) -> Written:
        reading = Reading()
        own = tuple(name for row in self.rows for name in row)
        none: Written = {}
        written = reading.take(partial(written_rule, self.main, self.kind, own), none)
        for name, fields in self.parts.items():
            written[name] = reading.take(partial(_part, fields), none)
        if self.moves:
            unmoved: list[Written] = []
            written["adjust"] = reading.take(self.moves.written, unmoved)
        reading.finish()
        return written


def _part(fields: RuleFields) -> Written:
    """A part in its written form, after it was seen that it can be read."""
    kind = fields.kind.data
    if kind not in PART_KINDS:
        raise Refusal.of((Problem("bad_choice", fields.kind.name),))
    written = written_rule(fields, kind, tuple(name for row in ROWS[kind] for name in row))
    rule_of(fields, written)
    return written


def rule_values(language: Language, rule: AnchorRule) -> Values:
    """A rule as it is put into its form."""
    written = write_rule(rule)
    values = {"": filled(language, written), "moves": filled_moves(written)}
    for name in PARTS.get(str(written["type"]), ()):
        part = written[name]
        if isinstance(part, Mapping):
            values[name] = filled(language, part)
    if isinstance(rule, Recurrence):
        values[""]["weekdays"] = weekdays_of(rule)
    return values


@lru_cache(maxsize=10_000)
def kind_of(rule: AnchorRule) -> str:
    """The kind of the form that shows this rule whole: what it fills in is read back as the same rule. Else `kept`."""
    if isinstance(rule, Recurrence) and weekdays_of(rule):
        return "weekly"
    kind = str(write_rule(rule)["type"])
    try:
        own = [(name, name) for name in calendars_counted(rule)]
        is_whole = RuleForm(ENGLISH, kind, rule_values(ENGLISH, rule), own, formdata=None).rule() == rule
    except Refusal:
        is_whole = False
    return kind if is_whole else KEPT
