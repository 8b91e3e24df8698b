"""`ober dates`: on which dates does a peak rule fall? Files in, dates out, no database."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.adapters.files import read_file
from app.domain.anchor_dates import FIRST_DAY, LAST_DAY
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.notation.fields import Fields
from app.domain.notation.results import write_occurrence
from app.domain.notation.rules import clock, read_peak
from app.domain.occurrences import Occurrence, occurrences
from app.domain.peaks import Peak
from app.domain.refusal import Refusal
from app.domain.soundness import require_sound_rule
from app.phrases.language import Language, language
from app.phrases.refusals import say_refusal
from app.phrases.rules import say_peak
from app.phrases.times import say_day, say_zone

DAY = click.DateTime(["%Y-%m-%d"])
OK, UNUSABLE = 0, 2


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--from", "first", type=DAY, required=True, help="First anchor date, such as 2026-01-01.")
@click.option("--to", "last", type=DAY, required=True, help="Last anchor date, such as 2030-12-31.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a rule, on a line of its own.")
@click.option("--language", "code", type=click.Choice(["en", "nl"]), default="en", show_default=True)
def dates(files: tuple[str, ...], first: datetime, last: datetime, code: str, *, as_json: bool) -> None:
    """List the occurrences of peak rules from FILEs in JSON or YAML whose anchor lies between two dates.

    A file holds one rule, a list of rules, or {"rules": [rule or {"rule": rule}, …]}. "-" reads standard input.

    Exit status: 0, or 2 when an input cannot be used (the others are still answered).
    """
    status = OK
    if last < first:
        raise click.BadParameter("--to lies before --from.")
    span = max(first.date(), FIRST_DAY), min(last.date(), LAST_DAY)
    for path in files:
        for name, written in _rules(path):
            status = max(status, _answer(name, written, span, language(code), as_json=as_json))
    sys.exit(status)


def _rules(path: str) -> Iterator[tuple[str, object]]:
    """The written rules of a file with a name to speak of them by; each may be wrapped as {"rule": rule}."""
    name = Path(path).stem
    try:
        written = read_file(path)
        many = Fields({"rules": written}).items("rules") if isinstance(written, list) else None
        if many is None and isinstance(written, Mapping) and "rules" in written:
            many = Fields(written).items("rules")
        for number, (_, one) in enumerate(many if many is not None else [("", written)], start=1):
            yield f"{name}-{number}", _unwrapped(one)
    except Refusal as refusal:
        yield name, refusal


def _unwrapped(written: object) -> object:
    """A peak has its anchor rule under `rule`, with a type; a wrapper has a whole peak there."""
    inner = written.get("rule") if isinstance(written, Mapping) else None
    return inner if isinstance(inner, Mapping) and "type" not in inner else written


def _answer(name: str, written: object, span: tuple[date, date], spoken: Language, *, as_json: bool) -> int:
    known = written.get("id") if isinstance(written, Mapping) else None
    name = known if isinstance(known, str) and known else name
    try:
        if isinstance(written, Refusal):
            raise written
        peak = read_peak({"id": name, **written} if isinstance(written, Mapping) else written, customer="")
        require_sound_rule(peak, NATIONAL_CALENDARS)
        found = occurrences(peak, *span, NATIONAL_CALENDARS)
    except Refusal as refusal:
        where = refusal.problems[0].field
        print(f"{name}: {where + ': ' if where else ''}{say_refusal(spoken, refusal)}", file=sys.stderr)
        if as_json:
            print(json.dumps({"id": name, "error": refusal.code}))
        return UNUSABLE
    if as_json:
        print(json.dumps({"id": name, "occurrences": [write_occurrence(one) for one in found]}))
    else:
        _show(peak, found, spoken)
    return OK


def _show(peak: Peak, found: list[Occurrence], spoken: Language) -> None:
    title = f"{peak.id}: {say_peak(spoken, peak, reader_zone=peak.zone)} ({say_zone(spoken, peak.zone)})"
    table = Table(title=Text(title), title_justify="left", title_style="bold")
    for heading in (spoken.t("Anchor"), spoken.t("First day"), spoken.t("Last day"), spoken.t("Hours")):
        table.add_column(heading)
    for one in found:
        table.add_row(say_day(spoken, one.anchor), say_day(spoken, one.first_day), say_day(spoken, one.last_day), _hours(peak, one))
    Console().print(table)


def _hours(peak: Peak, one: Occurrence) -> str:
    """Whole days, or the hours of each busy day as its clock shows them."""
    return f"{clock(peak.daily.start)}–{clock(peak.daily.end)}" if peak.daily and one.segments else ""
