"""`ober dates`: peak rules in, dates out."""

import json
from pathlib import Path

import pytest

from tests.domain.worked import worked

from .terminal import ober, program

RULE = {"id": "valentine", "tz": "Europe/Amsterdam", "rule": {"type": "fixed", "month": 2, "day": 14}, "lead_in_days": 7}
SPAN = ("--from", "2026-01-01", "--to", "2027-12-31")
EXPECTED = [
    {
        "anchor": f"{year}-02-14",
        "first_day": f"{year}-02-07",
        "last_day": f"{year}-02-14",
        "segments": [[f"{year}-02-06T23:00:00Z", f"{year}-02-14T23:00:00Z"]],
    }
    for year in (2026, 2027)
]


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def written(folder: Path, name: str, what: object) -> Path:
    file = folder / name
    file.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    return file


def test_every_worked_rule_in_one_call_gives_the_worked_dates(tmp_path: Path) -> None:
    rules = worked("peaks", "rules")
    file = written(tmp_path, "all.json", {"rules": [{"rule": one["rule"]} for one in rules]})
    result = ober("dates", file, "--from", "2026-01-01", "--to", "2030-12-31", "--json")
    assert {tuple(one["anchor_years"]) for one in rules} == {(2026, 2030)}
    found = {one["id"]: one["occurrences"] for one in lines(result.stdout)}
    assert [key for key, one in ((one["rule"]["id"], one) for one in rules) if found[key] != one["occurrences"]] == []
    assert (len(found), result.exit_code, result.stderr) == (len(rules), 0, "")


@pytest.mark.parametrize(
    ("what", "names"),
    [
        (RULE, ["valentine"]),
        ({"rule": RULE}, ["valentine"]),
        ([RULE, {"rule": RULE}], ["valentine", "valentine"]),
        ({"rules": [RULE, {"rule": RULE}]}, ["valentine", "valentine"]),
        ([{name: value for name, value in RULE.items() if name != "id"}], ["some-1"]),
        ({"rules": []}, []),
        ([], []),
    ],
)
def test_a_file_holds_one_rule_or_several_each_bare_or_wrapped(tmp_path: Path, what: object, names: list[str]) -> None:
    result = ober("dates", written(tmp_path, "some.json", what), *SPAN, "--json")
    assert [one["id"] for one in lines(result.stdout)] == names
    assert [one["occurrences"] for one in lines(result.stdout)] == [EXPECTED] * len(names)
    assert result.exit_code == 0


def test_a_rule_may_be_written_in_yaml_without_quotes(tmp_path: Path) -> None:
    rule = "id: clock\ntz: Europe/Amsterdam\nrule: {type: dates, dates: [2027-02-14]}\ndaily: {start: 17:00, end: 24:00}\n"
    result = ober("dates", written(tmp_path, "rule.yaml", rule), *SPAN, "--json")
    assert lines(result.stdout)[0]["occurrences"][0]["segments"] == [["2027-02-14T16:00:00Z", "2027-02-14T23:00:00Z"]]


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"tz": "Europe/Amsterdan"}, "unknown_timezone", "tz"),
        ({"tz": None}, "missing_field", "tz"),
        ({"rule": None}, "missing_field", "rule"),
        ({"rule": {"type": "fixed", "month": 2, "day": 30}}, "bad_number", "rule.day"),
        ({"rule": {"type": "moon"}}, "bad_value", "rule.type"),
        ({"rule": {"type": "fixed", "month": 2, "day": 14, "yaer": 1}}, "unknown_field", "rule.yaer"),
        ({"rule": {"type": "holiday", "calendar": "NL", "key": "x"}}, "unknown_holiday", ""),
        ({"rule": {"type": "working_day", "calendar": "MOON", "n": 1}}, "unknown_calendar", ""),
        ({"lead_in_days": -1}, "bad_number", "lead_in_days"),
        ({"daily": {"start": "25:00", "end": "26:00"}}, "bad_value", "daily.start"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_and_the_others_are_answered(
    tmp_path: Path, change: dict[str, object], code: str, place: str
) -> None:
    wrong = {**RULE, "id": "wrong", **change}
    result = ober("dates", written(tmp_path, "some.json", [wrong, RULE]), *SPAN, "--json")
    assert lines(result.stdout) == [{"id": "wrong", "error": code}, {"id": "valentine", "occurrences": EXPECTED}]
    assert result.exit_code == 2
    assert result.stderr.startswith("wrong: ")
    assert place in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("what", ["", "3", "just words", '"valentine"', "[3]", '{"rules": 3}', '{"rules": [null]}'])
def test_what_is_no_rule_is_refused(tmp_path: Path, what: str) -> None:
    result = ober("dates", written(tmp_path, "no.yaml", what), *SPAN, "--json")
    assert (result.exit_code, [one["error"] for one in lines(result.stdout)]) == (2, ["bad_value"])


def test_files_that_cannot_be_read_are_named_and_the_others_answered(tmp_path: Path) -> None:
    file = written(tmp_path, "rule.json", RULE)
    result = ober("dates", tmp_path / "missing.json", file, *SPAN, "--json")
    assert [one["id"] for one in lines(result.stdout)] == ["missing", "valentine"]
    assert result.exit_code == 2
    assert "missing.json" in result.stderr


@pytest.mark.parametrize(
    "span",
    [
        ("--from", "2027-01-01", "--to", "2026-01-01"),
        ("--from", "1-1-2027", "--to", "2027-12-31"),
        ("--from", "2027-02-30", "--to", "2027-12-31"),
        ("--from", "2027-01-01"),
        ("--to", "2027-01-01"),
        (),
    ],
)
def test_a_span_that_makes_no_sense_is_refused(tmp_path: Path, span: tuple[str, ...]) -> None:
    result = ober("dates", written(tmp_path, "rule.json", RULE), *span)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--from" in result.stderr or "--to" in result.stderr


@pytest.mark.parametrize(
    ("span", "number"),
    [
        (("0001-01-01", "1950-12-31"), 0),
        (("2300-01-01", "9999-12-31"), 0),
        (("2027-02-14", "2027-02-14"), 1),
        (("0001-01-01", "9999-12-31"), 229),
    ],
)
def test_a_span_is_inclusive_and_may_reach_beyond_what_is_known(tmp_path: Path, span: tuple[str, str], number: int) -> None:
    result = ober("dates", written(tmp_path, "rule.json", RULE), "--from", span[0], "--to", span[1], "--json")
    assert (result.exit_code, len(lines(result.stdout)[0]["occurrences"])) == (0, number)


def test_a_person_reads_the_rule_in_words_and_a_table_of_days(tmp_path: Path) -> None:
    file = written(tmp_path, "rule.json", {**RULE, "daily": {"start": "22:00", "end": "02:00"}})
    told = ober("dates", file, *SPAN).stdout
    assert told.startswith("valentine: ")
    for words in ("14 February", "Sat 7 Feb 2026", "Sun 14 Feb 2027", "22:00–02:00", "Amsterdam"):
        assert words in told
    dutch = ober("dates", file, *SPAN, "--language", "nl").stdout
    assert "14 februari" in dutch


@pytest.mark.parametrize("name", ["x[/red]", "[bold]loud", "a[b]", ":tulip:"])
def test_a_rule_may_be_called_anything(tmp_path: Path, name: str) -> None:
    assert name in ober("dates", written(tmp_path, "rule.json", {**RULE, "id": name}), *SPAN).stdout


def test_it_is_a_program(tmp_path: Path) -> None:
    answered = program("dates", written(tmp_path, "rule.json", RULE), *SPAN, "--json")
    assert (answered.returncode, answered.stderr) == (0, b"")
    assert json.loads(answered.stdout) == {"id": "valentine", "occurrences": EXPECTED}
