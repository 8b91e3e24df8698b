"""`ober check`: files in, verdicts out."""

import json
from pathlib import Path

import pytest

from tests.domain.worked import without_order, worked

from .terminal import ober, program

VALENTINE = """
world:
  services:
  - {id: S1, supplier: SUP1, name: Auction clock}
  customers:
  - {id: C1, name: Flower auction, uses: [S1]}
  peaks:
  - id: P1
    customer: C1
    name_en: Valentine
    name_nl: Valentijn
    severity: freeze
    tz: Europe/Amsterdam
    rule: {type: dates, dates: [2027-02-14]}
    daily: {start: 04:00, end: 11:30}
proposed:
- id: W1
  supplier: SUP1
  services: [S1]
  tz: Europe/Amsterdam
  start: 2027-02-14T02:00
  end: 2027-02-14 05:30:00
"""
LATER = VALENTINE.replace("2027-02-14T02:00", "2027-02-14T12:00").replace("2027-02-14 05:30:00", "2027-02-14 15:30:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "valentine.yaml").write_text(VALENTINE, encoding="utf-8")
    (tmp_path / "later.yaml").write_text(LATER, encoding="utf-8")
    return tmp_path


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


# --- the worked cases


def test_every_worked_case_in_one_call_gives_the_worked_answer(tmp_path: Path) -> None:
    cases = worked("conflicts")
    asked = [{part: case[part] for part in ("id", "world", "proposed")} for case in cases]
    (tmp_path / "all.json").write_text(json.dumps({"cases": asked}), encoding="utf-8")
    result = ober("check", tmp_path / "all.json", "--json")
    answers = lines(result.stdout)
    assert [one["id"] for one in answers] == [case["id"] for case in cases]
    expected = {case["id"]: without_order(case["expected"]) for case in cases}
    found = {one.pop("id"): without_order(one) for one in answers}
    assert [key for key, answer in found.items() if answer != expected[key]] == []
    refused = [case["id"] for case in cases if "error" in case["expected"]]
    assert len(result.stderr.splitlines()) == len(refused) > 5
    assert result.exit_code == 2


def test_every_worked_case_is_told_to_a_person_too(tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text(json.dumps({"cases": worked("conflicts")}), encoding="utf-8")
    for language in ("en", "nl"):
        told = ober("check", tmp_path / "all.json", "--language", language).stdout
        assert len([line for line in told.splitlines() if not line.startswith(" ")]) > 200


# --- exit status


@pytest.mark.parametrize(
    ("files", "status"),
    [
        (["later.yaml"], 0),
        (["valentine.yaml"], 1),
        (["later.yaml", "valentine.yaml", "later.yaml"], 1),
        (["missing.yaml"], 2),
        (["valentine.yaml", "missing.yaml", "later.yaml"], 2),
    ],
)
def test_the_exit_status_is_the_worst_of_all(folder: Path, files: list[str], status: int) -> None:
    for options in ([], ["--json"]):
        assert ober("check", *(folder / one for one in files), *options).exit_code == status


@pytest.mark.parametrize(("severity", "status"), [("advisory", 0), ("restricted", 1), ("freeze", 1)])
def test_an_advisory_is_no_reason_to_stop(folder: Path, severity: str, status: int) -> None:
    (folder / "one.yaml").write_text(VALENTINE.replace("freeze", severity), encoding="utf-8")
    assert ober("check", folder / "one.yaml").exit_code == status


def test_what_cannot_be_used_does_not_keep_the_others_from_being_answered(folder: Path) -> None:
    cases = json.dumps({"cases": [{"id": "a"}, "no case", {"id": "c", "world": {}, "proposed": []}, {"world": 3, "proposed": []}]})
    (folder / "cases.json").write_text(cases, encoding="utf-8")
    result = ober("check", folder / "missing.yaml", folder / "cases.json", folder / "valentine.yaml", "--json")
    assert [(one["id"], one.get("error"), one.get("verdict")) for one in lines(result.stdout)] == [
        ("missing", "unreadable", None),
        ("a", "missing_field", None),
        ("cases-2", "bad_value", None),
        ("c", None, "clear"),
        ("cases-4", "bad_value", None),
        ("valentine", None, "blocked"),
    ]
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["missing", "a", "cases-2", "cases-4"]


def test_a_refusal_names_the_case_the_place_and_what_is_wrong(folder: Path) -> None:
    (folder / "one.yaml").write_text(VALENTINE.replace("Europe/Amsterdam", "Europe/Amsterdan", 1), encoding="utf-8")
    result = ober("check", folder / "one.yaml")
    assert result.stdout == ""
    assert result.stderr == "one: tz: There is no time zone “Europe/Amsterdan”. Write it as Europe/Amsterdam.\n"
    dutch = ober("check", folder / "one.yaml", "--language", "nl").stderr
    assert dutch.startswith("one: tz: ")
    assert dutch != result.stderr


# --- ids


def test_a_case_is_called_by_its_id_or_else_by_its_file_and_number(folder: Path) -> None:
    (folder / "named.yaml").write_text(f"id: fourteen\n{VALENTINE}", encoding="utf-8")
    assert lines(ober("check", folder / "named.yaml", folder / "later.yaml", "--json").stdout)[0]["id"] == "fourteen"
    assert lines(ober("check", folder / "later.yaml", "--json").stdout)[0]["id"] == "later"
    numbered = json.dumps({"cases": [{"id": 7, "world": {}, "proposed": []}, {"id": "", "world": {}, "proposed": []}]})
    (folder / "many.json").write_text(numbered, encoding="utf-8")
    assert [one["id"] for one in lines(ober("check", folder / "many.json", "--json").stdout)] == ["many-1", "many-2"]


@pytest.mark.parametrize("name", ["\N{TULIP} Vrouwendag, \u2028 “8 maart”", "a\nb", "\\ud800"])
def test_a_case_may_be_called_anything_and_takes_one_line(folder: Path, name: str) -> None:
    """Half of a surrogate pair, too, which JSON can write and UTF-8 cannot."""
    written = '{"id": %s, "world": {}, "proposed": []}' % (f'"{name}"' if name.startswith("\\") else json.dumps(name))
    (folder / "odd.json").write_text(written, encoding="utf-8")
    result = ober("check", folder / "odd.json", "--json")
    assert (result.exit_code, len(result.stdout_bytes.splitlines())) == (0, 1)
    assert json.loads(result.stdout_bytes)["id"] == json.loads(written)["id"]


# --- what a file may hold


def test_dates_and_hours_may_be_written_without_quotes_in_yaml(folder: Path) -> None:
    """YAML reads them as days, moments and numbers of minutes."""
    found = lines(ober("check", folder / "valentine.yaml", "--json").stdout)[0]
    assert [(one["overlap_start"], one["overlap_end"]) for one in found["conflicts"]] == [
        ("2027-02-14T03:00:00Z", "2027-02-14T04:30:00Z")
    ]
    quoted = VALENTINE.replace("04:00", "'04:00'").replace("11:30", "'11:30'").replace("[2027-02-14]", "['2027-02-14']")
    (folder / "quoted.yaml").write_text(quoted, encoding="utf-8")
    assert lines(ober("check", folder / "quoted.yaml", "--json").stdout)[0] == {**found, "id": "quoted"}


def test_json_is_read_under_any_name_and_with_a_byte_order_mark(folder: Path) -> None:
    (folder / "case.txt").write_bytes(b"\xef\xbb\xbf" + json.dumps({"world": {}, "proposed": []}).encode())
    assert lines(ober("check", folder / "case.txt", "--json").stdout)[0]["verdict"] == "clear"


def test_an_alias_bomb_is_refused(folder: Path) -> None:
    """A kilobyte that stands for a billion lists."""
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 12))]
    (folder / "bomb.yaml").write_text("\n".join(bomb), encoding="utf-8")
    result = ober("check", folder / "bomb.yaml", "--json")
    assert (result.exit_code, lines(result.stdout)) == (2, [{"id": "bomb", "error": "unreadable"}])
    assert "aliases" in result.stderr


@pytest.mark.parametrize(("name", "size"), [("huge.json", 64 * 1024 * 1024 + 1), ("huge.yaml", 4 * 1024 * 1024 + 1)])
def test_a_huge_file_is_refused(folder: Path, name: str, size: int) -> None:
    with (folder / name).open("wb") as file:
        file.write(b"#" * (size if size < 5_000_000 else 1))
        file.truncate(size)
    result = ober("check", folder / name, "--json")
    assert (result.exit_code, lines(result.stdout)) == (2, [{"id": "huge", "error": "file_too_large"}])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("latin.yaml", "name: Café".encode("latin-1")),
        ("broken.json", b'{"world": '),
        ("broken.yaml", b"world: [1, 2\nproposed: {"),
        ("tab.yaml", b"world:\n\t- x"),
        ("deep.json", b"[" * 100_000),
        ("deep.yaml", b"[" * 5_000),
        ("object.yaml", b"world: !!python/object/apply:os.getcwd []"),
        ("number.json", b'{"world": ' + b"9" * 5_000 + b"}"),
        ("control.yaml", b"world: \x07"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    result = ober("check", folder / name, "--json")
    assert (result.exit_code, lines(result.stdout)) == (2, [{"id": name.split(".")[0], "error": "unreadable"}])
    assert name in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_folder_and_an_empty_file_are_no_case(folder: Path) -> None:
    (folder / "empty.yaml").write_text("", encoding="utf-8")
    result = ober("check", folder, folder / "empty.yaml", "--json")
    assert [one["error"] for one in lines(result.stdout)] == ["unreadable", "bad_value"]


def test_standard_input_is_read_as_the_help_says(folder: Path) -> None:
    assert '"-" reads standard input' in ober("check", "--help").stdout
    result = ober("check", "-", "--json", typed=VALENTINE)
    assert (result.exit_code, lines(result.stdout)[0].get("verdict")) == (1, "blocked")


# --- what a person reads


def test_a_person_reads_who_is_met_when_in_local_time_and_how(folder: Path) -> None:
    assert ober("check", folder / "valentine.yaml").stdout.splitlines() == [
        "valentine: ✕ Blocked",
        "  W1: Blocked (times in Amsterdam)",
        "    ✕ Flower auction has “Valentine” (freeze) on Sun 14 Feb 2027; this meets it Sun 14 Feb 2027 04:00 until 05:30,"
        " in the planned time.",
        "      Flower auction uses Auction clock itself.",
    ]
    assert ober("check", folder / "later.yaml").stdout.splitlines() == ["later: ✓ Clear", "  W1: Clear (times in Amsterdam)"]


def test_a_person_reads_it_in_dutch(folder: Path) -> None:
    told = ober("check", folder / "valentine.yaml", "--language", "nl").stdout
    assert "Valentijn" in told
    assert "14 feb 2027" in told
    assert "Blocked" not in told


def test_a_person_reads_of_collisions_and_notes(folder: Path) -> None:
    cases = [case for case in worked("conflicts") if "error" not in case["expected"]]
    collision = next(case for case in cases if case["expected"]["collisions"])
    note = next(case for case in cases if case["expected"]["notes"])
    for case in (collision, note):
        (folder / "one.json").write_text(json.dumps(case), encoding="utf-8")
        assert len(ober("check", folder / "one.json").stdout.splitlines()) > 2


# --- as a program


def test_it_wants_a_file() -> None:
    assert ober("check").exit_code == 2


def test_it_is_a_program(folder: Path) -> None:
    answered = program("check", folder / "valentine.yaml", folder / "later.yaml", "--json")
    assert (answered.returncode, answered.stderr) == (1, b"")
    assert [json.loads(line)["verdict"] for line in answered.stdout.splitlines()] == ["blocked", "clear"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_it_answers_where_the_screen_knows_few_letters(folder: Path, encoding: str) -> None:
    """A file or a pipe on Windows, a plain terminal elsewhere. Status 1 must mean the verdict, never a crash."""
    result = ober("check", folder / "valentine.yaml", encoding=encoding)
    assert (result.exit_code, result.stderr) == (1, "")
    assert b"Blocked" in result.stdout_bytes
