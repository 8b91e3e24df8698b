"""Every text that people read stands in the Dutch catalogues, once and with its facts; and every "no" has a text.

The texts are collected from the source: from `t("…")` and `n("…", "…", count)` in code and templates, from the tables
that such calls read, and from the labels of the forms. A text that a call makes in another way fails here.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes
from wtforms.fields.core import UnboundField

import app
from app.domain.messages import MessageKind
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.phrases import (
    calendar_files,
    calendars,
    causes,
    findings,
    lifecycle,
    messages,
    notice,
    past_checks,
    peaks,
    promises,
    reports,
    running,
    situation_changes,
    statuses,
    subscriptions,
    templates,
    tokens,
    trail,
    waivers,
)
from app.phrases import chain as chain_phrases
from app.phrases import conflict_items as conflict_phrases
from app.phrases import experts as expert_phrases
from app.phrases.language import CATALOGUES
from app.phrases.refusals import EXPECTED, TEXTS
from app.web import rule_fields
from app.web.forms import Form

ROOT = Path(app.__file__).parent
DUTCH = sorted((CATALOGUES / "nl").glob("*.po"))
CALENDAR_NAMES = (*calendars.CALENDARS.values(), calendars.ANY_CALENDAR)

SAID: Mapping[str, Iterable[str]] = {
    "phrases/calendar_files: ASSUMED[assumed.code]": calendar_files.ASSUMED.values(),
    "phrases/calendar_files: SKIPPED[skipped.reason]": calendar_files.SKIPPED.values(),
    "phrases/calendars: CALENDARS[code].calendar": [one.calendar for one in CALENDAR_NAMES if one.calendar],
    "phrases/calendars: HOLIDAYS[known]": calendars.HOLIDAYS.values(),
    "phrases/calendars: NUMBERS[number - 1]": calendars.NUMBERS,
    "phrases/calendars: ORDINALS[number - 1]": calendars.ORDINALS,
    "phrases/calendars: _names(code).title": [one.title for one in CALENDAR_NAMES],
    "phrases/conflict_items: COLLISIONS[CollisionKind(cause.kind)]": conflict_phrases.COLLISIONS.values(),
    "phrases/conflict_items: STAGES[stage]": conflict_phrases.STAGES.values(),
    "phrases/conflict_items: {**CAUSES, **ACTIONS}[item.reason]": (*past_checks.CAUSES.values(), *lifecycle.ACTIONS.values()),
    "phrases/chain: HAPPENED[entry.action]": chain_phrases.HAPPENED.values(),
    "phrases/experts: HAPPENED[entry.action]": expert_phrases.HAPPENED.values(),
    "phrases/days_off: NATIONAL_CALENDARS[version.base].source": [one.source for one in NATIONAL_CALENDARS.values()],
    "phrases/causes: ACTIONS[because.action]": causes.ACTIONS.values(),
    "phrases/causes: NAMELESS[because.kind]": causes.NAMELESS.values(),
    "phrases/causes: OUTCOMES[outcome]": causes.OUTCOMES.values(),
    "phrases/feeds: status": ("TENTATIVE", "CANCELLED"),
    "phrases/subscriptions: HAPPENED[entry.action]": subscriptions.HAPPENED.values(),
    "phrases/subscriptions: TROUBLES[Trouble(str(facts['trouble']))]": subscriptions.TROUBLES.values(),
    "phrases/subscriptions: TROUBLES[found.trouble]": subscriptions.TROUBLES.values(),
    "phrases/statuses: ERRORS.get(status, ERRORS[500])": statuses.ERRORS.values(),
    "phrases/tokens: SCOPES[scope]": tokens.SCOPES.values(),
    "phrases/findings: NAMELESS[one.effect]": findings.NAMELESS.values(),
    "phrases/findings: TOGETHER[one.kind]": findings.TOGETHER.values(),
    "phrases/lifecycle: ACTIONS[action]": lifecycle.ACTIONS.values(),
    "phrases/lifecycle: IMPACTS[impact]": lifecycle.IMPACTS.values(),
    "phrases/lifecycle: STATES[state]": lifecycle.STATES.values(),
    "phrases/lifecycle: STEPS[step]": lifecycle.STEPS.values(),
    "phrases/lifecycle: TYPES[change]": lifecycle.TYPES.values(),
    "phrases/messages: HITCHES[hitch]": messages.HITCHES.values(),
    "phrases/messages: TEXTS[MessageKind.TEST].subject": [messages.TEXTS[MessageKind.TEST].subject],
    "phrases/messages: TEXTS[kind].lead": [one.lead for one in messages.TEXTS.values()],
    "phrases/messages: TEXTS[kind].subject": [one.subject for one in messages.TEXTS.values()],
    "phrases/messages: TOPICS[KINDS[kind]]": messages.TOPICS.values(),
    "phrases/messages: TOPICS[topic]": messages.TOPICS.values(),
    "phrases/notice: UNITS[unit]": notice.UNITS.values(),
    "phrases/refusals: EXPECTED[str(facts['expected'])]": EXPECTED.values(),
    "phrases/past_checks: CAUSES[cause.step]": past_checks.CAUSES.values(),
    "phrases/past_checks: REPLAYS[replay]": past_checks.REPLAYS.values(),
    "phrases/reports: QUADRANTS[quadrant]": reports.QUADRANTS.values(),
    "phrases/reports: TITLES[part]": reports.TITLES.values(),
    "phrases/running: ALARMS[alarm.overlay]": running.ALARMS.values(),
    "phrases/running: DECISIONS[decision]": running.DECISIONS.values(),
    "phrases/running: RESULTS[result]": running.RESULTS.values(),
    "phrases/running: TO_DO[alarm.overlay]": running.TO_DO.values(),
    "web/run_form: text": running.RESULTS.values(),
    "phrases/situation_changes: PARTS[part]": situation_changes.PARTS.values(),
    "phrases/promises: KINDS[kind]": promises.KINDS.values(),
    "phrases/promises: OCCASIONS[occasion]": promises.OCCASIONS.values(),
    "phrases/promises: REASONS[promise.reason]": promises.REASONS.values(),
    "phrases/promises: SIDES[occasion]": promises.SIDES.values(),
    "phrases/promises: TOLD[update.state]": promises.TOLD.values(),
    "phrases/peaks: KINDS[kind]": peaks.KINDS.values(),
    "phrases/refusals: TEXTS[problem.code]": TEXTS.values(),
    "phrases/yearly_dates: EASTER_DAYS[named]": calendars.EASTER_DAYS.values(),
    "phrases/waivers: HOLDS[state]": waivers.HOLDS.values(),
    "phrases/waivers: STATUSES[one.status]": waivers.STATUSES.values(),
    "web/forms: text": (*lifecycle.TYPES.values(), *lifecycle.IMPACTS.values()),
    "phrases/trail: HAPPENED[action]": trail.HAPPENED.values(),
    "phrases/templates: SECTORS[sector]": templates.SECTORS.values(),
    "web/rule_fields: KINDS[kind]": peaks.KINDS.values(),
    "web/rule_fields: text": [
        text
        for table in (rule_fields.DIRECTIONS, rule_fields.ROLLS, rule_fields.COMMON_YEARS, rule_fields.CHURCHES, rule_fields.SIDES)
        for text in table.values()
    ],
    "web/rule_moves: text": calendars.EASTER_DAYS.values(),
}
"""What a call can say whose text stands neither in it nor in the function around it: by file and argument."""

SAID_IN_TWO: Mapping[str, Iterable[tuple[str, str]]] = {
    "phrases/calendars: names.one": [(one.one, one.many) for one in CALENDAR_NAMES],
}
"""The same for a text with a singular and a plural."""

CODES_HANDED_ON = frozenset(
    {"adapters/foreign_calendars/bounded: answer['refused']", "domain/lifecycle: code", "domain/refusal: code", "web/answers: code"}
)
"""Where a "no" is made of a code from elsewhere: of a guard of the life cycle, which is read itself, or of any."""

NOT_YET = frozenset[str]()
"""Why a step is refused that no door offers yet. A code leaves this list when its text comes."""

OTHER_FACTS = {"{nth}-to-last": {"fewer"}}
"""Texts whose Dutch is said with another of the facts: the last but one is `op één na laatste`."""


@dataclass(frozen=True)
class Said:
    """A text that some place says; with `many` when it has a plural. `given` are the facts, None when that cannot be seen."""

    place: str
    text: str
    many: str = ""
    given: frozenset[str] | None = None


# --- What the code and the templates say ----------------------------------------------------------------------------


@cache
def said() -> tuple[Said, ...]:
    found = [*chain.from_iterable(said_in_code(path) for path in sources()), *said_in_templates(), *labels()]
    assert len(found) > 400, "the texts are not found any more"
    return tuple(found)


@cache
def sources() -> tuple[Path, ...]:
    return tuple(sorted(ROOT.rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def calls(node: ast.AST, *names: str) -> Iterator[ast.Call]:
    """The calls of these functions or methods, with at least one argument."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and call.args and name_of(call.func) in names:
            yield call


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def said_in_code(path: Path) -> Iterator[Said]:
    for function in functions(path):
        for call in calls(function, "t"):
            texts = strings(path, function, call.args[0]) or SAID.get(key(path, call.args[0]), ())
            assert texts, unknown(path, call, "SAID")
            yield from (Said(place(path, call), text, given=facts(call)) for text in texts)
        for call in calls(function, "n"):
            one, many = (strings(path, function, form) for form in call.args[:2])
            pairs = list(zip(one, many, strict=True)) or SAID_IN_TWO.get(key(path, call.args[0]), ())
            assert pairs, unknown(path, call, "SAID_IN_TWO")
            yield from (Said(place(path, call), text, plural, facts(call, "count")) for text, plural in pairs)


def strings(path: Path, function: ast.FunctionDef, value: ast.expr) -> tuple[str, ...]:
    """The texts a value can be, as far as its function says: here, by a name it assigned, or by a function of the file."""
    if key(path, value) in SAID:
        return ()
    match value:
        case ast.Constant(value=str(text)):
            return (text,)
        case ast.IfExp(body=one, orelse=other):
            parts = [one, other]
        case ast.Dict(values=parts) | ast.Tuple(elts=parts):
            pass
        case ast.Subscript(value=whole) | ast.Call(func=ast.Attribute(value=whole, attr="get")):
            parts = [whole]
        case ast.Name(id=name):
            parts = [
                node.value for node in ast.walk(function) if isinstance(node, ast.Assign) and name in map(name_of, node.targets)
            ]
        case ast.Call(func=ast.Name(id=name)):
            parts = [one for known in functions(path) if known.name == name for one in returned(known)]
        case _:
            return ()
    return tuple(text for part in parts for text in strings(path, function, part))


def returned(function: ast.FunctionDef) -> list[ast.expr]:
    return [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value is not None]


def facts(call: ast.Call, *others: str) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset([*others, *(name for name in names if name)])


def key(path: Path, argument: ast.expr) -> str:
    return f"{path.relative_to(ROOT).with_suffix('').as_posix()}: {ast.unparse(argument)}"


def place(path: Path, node: ast.expr) -> str:
    return f"{path.relative_to(ROOT.parent).as_posix()}:{node.lineno}"


def unknown(path: Path, call: ast.Call, table: str) -> str:
    return (
        f"{place(path, call)}: it cannot be seen what `{ast.unparse(call)}` can say. "
        f"Add {key(path, call.args[0])!r} to {table} in {Path(__file__).name}, with where it comes from."
    )


def said_in_templates() -> Iterator[Said]:
    for path in sorted(ROOT.rglob("templates/*.html")):
        for call in Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            name = call.node.name if isinstance(call.node, nodes.Name) else ""
            if name not in ("t", "n") or is_label(call.args[0]):
                continue
            where = f"{path.relative_to(ROOT.parent).as_posix()}:{call.lineno}"
            forms = [one.value for one in call.args[: 2 if name == "n" else 1] if isinstance(one, nodes.Const)]
            assert forms, f"{where}: write the text itself in {name}(…), so that it can be seen that it has a Dutch one."
            given = frozenset([one.key for one in call.kwargs] + (["count"] if name == "n" else []))
            yield Said(where, *forms, given=given)


def is_label(argument: nodes.Node) -> bool:
    """`field.label.text` and `field.description`: they are collected from the forms."""
    is_text = isinstance(argument, nodes.Getattr) and argument.attr == "text" and getattr(argument.node, "attr", "") == "label"
    return is_text or (isinstance(argument, nodes.Getattr) and argument.attr == "description")


def labels() -> Iterator[Said]:
    for form in forms(Form):
        for name, one in vars(form).items():
            if isinstance(one, UnboundField) and one.args:
                for text in (one.args[0], one.kwargs.get("description")):
                    if text:
                        yield Said(f"{form.__module__}.{form.__name__}.{name}", text, given=frozenset())


def forms(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from forms(one)


# --- What stands in the catalogues ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    file: str
    text: str
    many: str
    dutch: tuple[str, ...]


@cache
def entries() -> tuple[Entry, ...]:
    found = []
    for path in DUTCH:
        with path.open("rb") as file:
            for message in read_po(file, locale="nl"):
                if message.id:
                    one, many = message.id if isinstance(message.id, tuple) else (message.id, "")
                    dutch = message.string if isinstance(message.string, tuple) else (message.string,)
                    found.append(Entry(path.name, one, many, dutch))
    return tuple(found)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def listed(problems: Iterable[object]) -> str:
    return "\n  " + "\n  ".join(sorted({str(one) for one in problems}))


# --- The texts ------------------------------------------------------------------------------------------------------


def test_every_text_has_a_dutch_one() -> None:
    known = {(one.text, one.many) for one in entries() if all(one.dutch)}
    missing = [f"{one.text!r}, said at {one.place}" for one in said() if (one.text, one.many) not in known]
    assert not missing, f"Add a Dutch text to the catalogue of that kind in app/phrases/nl/:{listed(missing)}"


def test_every_dutch_text_is_said_somewhere() -> None:
    known = {(one.text, one.many) for one in said()}
    unused = [f"{one.file}: {one.text!r}" for one in entries() if (one.text, one.many) not in known]
    assert not unused, f"Nothing says these any more (or says them in other words now): remove or reword them.{listed(unused)}"


def test_every_dutch_text_stands_in_one_place() -> None:
    double = [text for text, times in Counter(one.text for one in entries()).items() if times > 1]
    for path in DUTCH:
        lines = Counter(re.findall(r"^msgid (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))
        double += [f"{path.name}: {text}" for text, times in lines.items() if times > 1]
    assert not double, f"These stand in the catalogues more than once; keep the one in the catalogue of its kind.{listed(double)}"


def test_every_dutch_text_has_the_facts_of_the_english_one() -> None:
    wrong = [
        f"{one.file}: {dutch!r} names {sorted(placeholders(dutch))}, {english!r} names {sorted(placeholders(english))}"
        for one in entries()
        for english, dutch in zip((one.text, one.many), one.dutch, strict=False)
        if placeholders(dutch) != OTHER_FACTS.get(english, placeholders(english))
    ]
    assert not wrong, f"Give the Dutch text the same {{facts}}, spelled alike:{listed(wrong)}"


def test_every_fact_in_a_text_is_given() -> None:
    wrong = [
        f"{one.place}: {one.text!r} needs {sorted(needed)}, given {sorted(one.given)}"
        for one in said()
        if one.given is not None and one.text not in {*TEXTS.values(), *EXPECTED.values()}
        for needed in [placeholders(one.text) | placeholders(one.many) | OTHER_FACTS.get(one.text, set())]
        if not needed <= one.given
    ]
    assert not wrong, f"Give each fact that the text names:{listed(wrong)}"


def test_every_table_of_texts_is_read() -> None:
    met = {key(path, call.args[0]) for path in sources() for call in calls(tree(path), "t", "n")}
    gone = (SAID.keys() | SAID_IN_TWO.keys()) - met
    assert not gone, f"No call reads these any more; take them out of the tables in {Path(__file__).name}:{listed(gone)}"


# --- The refusals ---------------------------------------------------------------------------------------------------


@cache
def codes() -> Mapping[str, str]:
    """Every code with a place that raises it."""
    found = {}
    for path in sources():
        for function in functions(path):
            for call in calls(function, "Refusal", "Problem"):
                known = strings(path, function, call.args[0]) or passed_on(function, call.args[0])
                assert known or key(path, call.args[0]) in CODES_HANDED_ON, unknown(path, call, "CODES_HANDED_ON")
                found |= dict.fromkeys(known, place(path, call))
    for guard in functions(ROOT / "domain" / "lifecycle.py"):
        if guard.returns is not None and ast.unparse(guard.returns) == "str | None":
            for value in returned(guard):
                found |= dict.fromkeys(strings(ROOT / "domain" / "lifecycle.py", guard, value), f"the guard {guard.name}")
    assert len(found) > 50, "the codes are not found any more"
    return found | {"not_found": "NotFound"}


def passed_on(function: ast.FunctionDef, argument: ast.expr) -> tuple[str, ...]:
    """The codes that a function raises for its callers: what its parameter is when left out, and what it is called with."""
    names = [one.arg for one in function.args.args]
    if name_of(argument) not in names:
        return ()
    number = names.index(name_of(argument)) - len(names)
    given = [function.args.defaults[number]] if -number <= len(function.args.defaults) else []
    given += [one.args[number] for path in sources() for one in calls(tree(path), function.name) if len(one.args) == len(names)]
    return tuple(one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_everything_that_the_trail_tells_has_words() -> None:
    """Of what happens in use cases; what has no words is shown by the name the trail has for it."""
    actions = {
        node.value
        for path in sorted((ROOT / "usecases").glob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", node.value)
    }
    assert len(actions) > 50
    missing = sorted(actions - lifecycle.ACTIONS.keys() - trail.HAPPENED.keys())
    assert not missing, f"Say what was done in HAPPENED of app/phrases/trail.py:{listed(missing)}"


def test_every_no_has_a_text() -> None:
    missing = [f"{code!r}, raised at {where}" for code, where in codes().items() if code not in TEXTS.keys() | NOT_YET]
    assert not missing, f"Say what is wrong and what to do about it in TEXTS of app/phrases/refusals.py:{listed(missing)}"


def test_no_text_is_kept_for_a_no_that_nobody_says() -> None:
    unused = TEXTS.keys() - codes().keys()
    assert not unused, f"Nothing raises these; take their texts out of app/phrases/refusals.py:{listed(unused)}"


def test_the_list_of_texts_still_to_come_is_true() -> None:
    arrived = NOT_YET & (TEXTS.keys() | (NOT_YET - codes().keys()))
    assert not arrived, f"These have a text now, or nothing raises them; take them out of NOT_YET:{listed(arrived)}"


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_no_says_what_is_wrong_in_whole_sentences(code: str) -> None:
    dutch = next((one.dutch[0] for one in entries() if one.text == TEXTS[code]), "")
    for text in (TEXTS[code], dutch):
        assert re.fullmatch(r"[“{A-Z].*\.", text), f"{text!r}: begin with a capital and end with a full stop"
