"""`ober calendar`: which dated entries does an .ics file hold? Files in, dates out, no database."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.adapters.files import read_bytes
from app.adapters.foreign_calendars.bounded import read_in_child
from app.adapters.foreign_calendars.content_lines import LARGEST_FILE
from app.adapters.foreign_calendars.reading import Reading
from app.domain.foreign_entries import ForeignEntry
from app.domain.notation.instants import write_instant
from app.domain.refusal import Refusal
from app.domain.spans import Span
from app.domain.walltime import ZONE_NAMES, local
from app.phrases.calendar_files import say_assumed, say_skipped
from app.phrases.language import Language, language
from app.phrases.refusals import say_refusal
from app.phrases.times import say_day, say_span

WALL = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"])
OK, UNUSABLE = 0, 2


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--from", "first", type=WALL, required=True, help="Begin of the period, such as 2027-01-01 or 2027-01-01T12:00.")
@click.option("--to", "last", type=WALL, required=True, help="End of the period; the moment itself no longer counts.")
@click.option("--tz", "zone", help="Zone of the period and of times that name none, such as Europe/Amsterdam.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, on a line of its own.")
@click.option("--language", "code", type=click.Choice(["en", "nl"]), default="en", show_default=True)
def calendar(files: tuple[str, ...], first: datetime, last: datetime, zone: str | None, code: str, *, as_json: bool) -> None:
    """List the dated entries of calendar FILEs (.ics) that touch a period, and what was skipped and why.

    Recurring events are written out with their exceptions, moved and cancelled ones. Without --tz every event is held
    against its own clock. "-" reads standard input. A file that was made to do harm is given up after twenty seconds.

    Exit status: 0, or 2 when a file cannot be used (the others are still answered).
    """
    if zone is not None and zone not in ZONE_NAMES:
        raise click.BadParameter(f"“{zone}” is not a time zone. Use an IANA name such as Europe/Amsterdam.", param_hint="--tz")
    if last < first:
        raise click.BadParameter("--to lies before --from.")
    sys.exit(max(_answer(path, first, last, zone, language(code), as_json=as_json) for path in files))


def _answer(path: str, first: datetime, last: datetime, zone: str | None, spoken: Language, *, as_json: bool) -> int:
    name = Path(path).stem
    try:
        reading = read_in_child(read_bytes(path, LARGEST_FILE), first, last, zone)
    except Refusal as refusal:
        print(f"{name}: {say_refusal(spoken, refusal)}", file=sys.stderr)
        if as_json:
            print(json.dumps({"id": name, "error": refusal.code}))
        return UNUSABLE
    if as_json:
        print(json.dumps({"id": name, **_written(reading)}, ensure_ascii=False))
    else:
        _show(name, reading, zone or "UTC", spoken)
    return OK


def _written(reading: Reading) -> dict[str, object]:
    return {
        "occurrences": [
            {
                "summary": one.summary,
                "uid": one.uid,
                "start": write_instant(one.start),
                "end": write_instant(one.end),
                "all_day": one.all_day,
                "recurrence_id": None if one.recurrence_id is None else write_instant(one.recurrence_id),
            }
            for one in reading.entries
        ],
        "skipped": [{"uid": one.uid, "summary": one.summary, "reason": one.reason, "part": one.part} for one in reading.skipped],
        "assumed": [{"code": one.code, "part": one.part, "uid": one.uid} for one in reading.assumed],
        "events": reading.events,
        "outside": reading.outside,
    }


def _show(name: str, reading: Reading, zone: str, spoken: Language) -> None:
    table = Table(title=Text(f"{name} ({zone})"), title_justify="left", title_style="bold")
    for heading in (spoken.t("When"), spoken.t("What")):
        table.add_column(heading)
    for one in reading.entries:
        table.add_row(_when(one, zone, spoken), Text(one.summary))
    console = Console()
    console.print(table)
    for left_out in reading.skipped:
        console.print(Text(f"- {left_out.summary or left_out.uid}: {say_skipped(spoken, left_out)}"))
    for assumed in reading.assumed:
        console.print(Text(f"* {say_assumed(spoken, assumed)}"))


def _when(one: ForeignEntry, zone: str, spoken: Language) -> str:
    if one.all_day and one.end - one.start <= 25 * 3600:
        return say_day(spoken, local(one.start, zone).date())
    return say_span(spoken, Span(one.start, one.end), zone)
