"""`ober calendar`: an .ics file in, dated entries out, and what was skipped."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.main import main

CUP = """BEGIN:VCALENDAR
X-WR-CALNAME:Cup
BEGIN:VEVENT
UID:psv
SUMMARY:Ajax - PSV
DTSTART;TZID=Europe/Amsterdam:20270210T204500
DTEND;TZID=Europe/Amsterdam:20270210T224500
END:VEVENT
BEGIN:VEVENT
UID:jubilee
SUMMARY:Jubilee
DTSTART;VALUE=DATE:20270212
END:VEVENT
BEGIN:VEVENT
UID:sometime
SUMMARY:Draw
DTSTART:soon
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cup.ics"
    path.write_text(CUP, encoding="utf-8")
    return path


def run(*arguments: str | Path, text: str | None = None) -> Result:
    period = ("--from", "2027-02-01", "--to", "2027-03-01")
    return CliRunner().invoke(main, ["calendar", *map(str, arguments), *period], input=text)


def test_each_file_is_a_line_with_its_entries_in_utc_and_what_was_skipped(file: Path) -> None:
    result = run(file, "--tz", "Europe/Amsterdam", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "id": "cup",
        "occurrences": [
            {
                "summary": "Ajax - PSV",
                "uid": "psv",
                "start": "2027-02-10T19:45:00Z",
                "end": "2027-02-10T21:45:00Z",
                "all_day": False,
                "recurrence_id": None,
            },
            {
                "summary": "Jubilee",
                "uid": "jubilee",
                "start": "2027-02-11T23:00:00Z",
                "end": "2027-02-12T23:00:00Z",
                "all_day": True,
                "recurrence_id": None,
            },
        ],
        "skipped": [{"uid": "sometime", "summary": "Draw", "reason": "bad_date", "part": "soon"}],
        "assumed": [],
        "events": 3,
        "outside": 0,
    }


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "Draw: The date or time cannot be read: soon"), ("nl", "Draw: De datum of tijd is niet te lezen: soon")],
)
def test_a_person_reads_a_table_and_the_reasons(file: Path, code: str, words: str) -> None:
    result = run(file, "--tz", "Europe/Amsterdam", "--language", code)
    assert result.exit_code == 0
    assert "20:45" in result.stdout
    assert words in " ".join(result.stdout.split())


def test_standard_input_is_a_file_too() -> None:
    result = run("-", "--json", text=CUP)
    assert [one["uid"] for one in json.loads(result.stdout)["occurrences"]] == ["psv", "jubilee"]


def test_a_file_that_cannot_be_used_is_told_and_the_others_are_answered(file: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.ics"
    page.write_text("<html>Sign in</html>", encoding="utf-8")
    result = run(page, tmp_path / "missing.ics", file, "--json")
    assert result.exit_code == 2
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one.get("error") for one in answers] == ["not_a_calendar", "unreadable", None]
    assert "This is not a calendar" in result.stderr


@pytest.mark.parametrize("wrong", [("--tz", "Mars/Olympus"), ("--to", "2026-01-01"), ("--from", "soon")])
def test_a_wrong_question_is_answered_with_what_is_wrong(file: Path, wrong: tuple[str, str]) -> None:
    result = CliRunner().invoke(main, ["calendar", str(file), "--from", "2027-02-01", "--to", "2027-03-01", *wrong])
    assert result.exit_code == 2
    assert wrong[0].strip("-") in result.stderr
