"""`ober check`: would these windows hurt anyone? Files in, verdicts out, no database."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from app.adapters.files import read_file
from app.domain.access import PartyKind
from app.domain.conflicts import check as meet
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.fields import Fields
from app.domain.notation.results import write_result
from app.domain.notation.worlds import read_case
from app.domain.refusal import Refusal
from app.domain.register import Name, Party, Service
from app.domain.result import CheckResult, NoteKind
from app.domain.verdict import Verdict
from app.domain.windows import Window
from app.phrases.findings import SIGNS, say_collision, say_conflict, say_notes, say_path, say_verdict
from app.phrases.language import Language, language
from app.phrases.refusals import say_refusal
from app.phrases.times import say_zone
from app.queries.names import Names

MOST_CASES = 20_000
CLEAR, HURTS, UNUSABLE = 0, 1, 2


@dataclass(frozen=True)
class Case:
    """One thing to check, or why it cannot be read."""

    id: str
    written: object


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a case, on a line of its own.")
@click.option("--language", "code", type=click.Choice(["en", "nl"]), default="en", show_default=True)
def check(files: tuple[str, ...], code: str, *, as_json: bool) -> None:
    """Check proposed windows against a world, both from FILEs in JSON or YAML.

    A file holds {world, proposed}, or {"cases": [{"id", "world", "proposed"}, …]}. "-" reads standard input.

    Exit status: 0 when everything is clear or advisory, 1 when something needs a waiver or is blocked, 2 when an input
    cannot be used (the others are still answered).
    """
    status = CLEAR
    spoken = language(code)
    for path in files:
        for case in _cases(path):
            status = max(status, _answer(case, spoken, as_json=as_json))
    sys.exit(status)


def _cases(path: str) -> Iterator[Case]:
    """The cases of a file; a file that cannot be read is one case that cannot be used."""
    name = "-" if path == "-" else Path(path).stem
    try:
        written = read_file(path)
        if isinstance(written, Mapping) and "cases" in written:
            items = Fields(written).items("cases")
            if len(items) > MOST_CASES:
                raise Refusal("too_many", "cases", most=MOST_CASES, got=len(items))
            for number, (_, one) in enumerate(items, start=1):
                yield Case(_id(one, f"{name}-{number}"), one)
        else:
            yield Case(_id(written, name), written)
    except Refusal as refusal:
        yield Case(name, refusal)


def _id(written: object, otherwise: str) -> str:
    known = written.get("id") if isinstance(written, Mapping) else None
    return known if isinstance(known, str) and known else otherwise


def _answer(case: Case, spoken: Language, *, as_json: bool) -> int:
    try:
        if isinstance(case.written, Refusal):
            raise case.written
        world, proposed = read_case(case.written)
        result = meet(proposed, world.situation(proposed, NATIONAL_CALENDARS))
    except Refusal as refusal:
        where = refusal.problems[0].field
        said = f"{case.id}: {where + ': ' if where else ''}{say_refusal(spoken, refusal)}"
        print(said, file=sys.stderr)
        if as_json:
            print(json.dumps({"id": case.id, "error": refusal.code}))
        return UNUSABLE
    if as_json:
        print(json.dumps({"id": case.id} | write_result(result)))
    else:
        print("\n".join(_told(case, proposed, result, spoken)))
    return HURTS if result.verdict in {Verdict.NEEDS_WAIVER, Verdict.BLOCKED} else CLEAR


def _told(case: Case, proposed: tuple[Window, ...], result: CheckResult, spoken: Language) -> Iterator[str]:
    """What a person wants to read: verdict, each conflict as one sentence with its path, local times."""
    names = _names(case.written)
    yield f"{case.id}: {SIGNS[result.verdict]} {say_verdict(spoken, result.verdict)}"
    for window in proposed:
        verdict = result.window_verdicts[window.id]
        zone = say_zone(spoken, window.zone)
        yield f"  {window.id}: {say_verdict(spoken, verdict)} ({spoken.t('times in {zone}', zone=zone)})"
        for one in result.conflicts:
            if one.window == window.id:
                yield f"    {SIGNS[one.effect]} {say_conflict(spoken, one, names, window.zone)}"
                paths = [path for path in result.affected if (path.window, path.customer) == (one.window, one.customer)]
                yield from (
                    f"      {say_path(spoken, path.path, path.customer, names)}" for path in paths if path.service in one.services
                )
        for collision in result.collisions:
            if window.id in collision.windows:
                yield f"    {SIGNS[collision.effect]} {say_collision(spoken, collision, names, window.zone, window.id)}"
        notes = [note for note in result.notes if note.window == window.id]
        if any(note.kind is NoteKind.NO_CUSTOMER_AFFECTED for note in notes):
            yield f"    · {spoken.t('It reaches no customer.')}"
        yield from (f"    · {said}" for said in say_notes(spoken, notes, names))


def _names(written: object) -> Names:
    """Names as far as the file gives them; an id is its own name otherwise."""
    world = Fields(Fields(written).required("world"))
    customers = {one["id"]: str(one.get("name") or one["id"]) for _, one in world.items("customers") if isinstance(one, Mapping)}
    services = {one["id"]: str(one.get("name") or one["id"]) for _, one in world.items("services") if isinstance(one, Mapping)}
    rules = {one["id"]: _name(one) for _, one in world.items("peaks") if isinstance(one, Mapping)}
    return Names(
        {one: Party(one, PartyKind.CUSTOMER, name) for one, name in customers.items()},
        {one: Service(one, "", Name(name, name)) for one, name in services.items()},
        rules,
    )


def _name(written: Mapping[str, object]) -> Name:
    plain = str(written.get("name") or written["id"])
    return Name(str(written.get("name_nl") or plain), str(written.get("name_en") or plain))
