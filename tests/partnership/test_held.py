"""Partnership files that are held: good ones say nothing, each bad one says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.command.doctor import checks
from cspanalysis.partnership.held import held_files, problems, remarks

GOOD = "area: luton\nname: Luton CSP\n"
SURVEY = """\
consultation:
  - title: Survey
    months: 2023
    mode: sample
    answers: answers.csv
    questions: [{statement: feel safe, column: safe, counts_as_yes: ['yes']}]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    reference = Path(__file__).parents[2] / "data" / "reference"
    (tmp_path / "reference").symlink_to(reference)
    return tmp_path / "partnerships"


def write(folder: Path, text: str, name: str = "partnership.yml") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_good_files_say_nothing(home: Path) -> None:
    write(home / "luton", GOOD + SURVEY)
    write(home / "luton", "safe\nyes\nno\n", "answers.csv")
    write(home / "luton" / "2022", GOOD + SURVEY)
    assert len(held_files()) == 2
    assert list(problems()) == []


def test_the_shipped_files_are_good() -> None:
    assert list(problems()) == []
    assert len(held_files()) >= 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "prioritys: []\n", "line 3, prioritys: key 'prioritys' is not known; did you mean"),
        (GOOD + SURVEY, "answers.csv: the file can't be read"),
        (GOOD.replace("luton", "bedford"), "it is of Bedford, so no report of 'luton' finds it"),
        (GOOD + "harm_weights: own.csv\n", "harm_weights: there is no file 'own.csv' beside it"),
    ],
)
def test_a_bad_file_says_why(home: Path, text: str, message: str) -> None:
    write(home / "luton", text)
    write(home / "bedford", GOOD.replace("luton", "bedford"))
    (found,) = problems()
    assert message in found


def test_the_doctor_names_the_first_and_counts_the_others(home: Path) -> None:
    write(home / "luton", GOOD + "x: 1\n")
    write(home / "bedford", "area: bedford\n")
    (found,) = (check for check in checks() if check.name == "partnerships")
    assert str(found).startswith("warning ")
    assert "bedford" in found.found
    assert "key 'name' is missing (and 1 more)" in found.found
    write(home / "luton", GOOD)
    write(home / "bedford", GOOD.replace("luton", "bedford"))
    (found,) = (check for check in checks() if check.name == "partnerships")
    assert str(found) == "ok       partnerships: 2 files, all valid"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_survey_in_another_encoding_is_read_and_said(home: Path, encoding: str) -> None:
    write(home / "luton", GOOD + SURVEY)
    answers = home / "luton" / "answers.csv"
    answers.write_bytes("safe,wéll\nyes,1\nno,2\n".encode(encoding))
    assert list(problems()) == []
    (told,) = remarks()
    name = {"cp1252": "Windows-1252", "utf-16": "UTF-16"}[encoding]
    assert told == f"{answers}: read as {name}"
    (found,) = (check for check in checks() if check.name == "partnerships")
    assert str(found) == f"ok       partnerships: 1 file, all valid; {told}"


def test_a_table_of_weights_is_read_as_a_report_reads_it(home: Path) -> None:
    write(home / "luton", GOOD + "harm_weights: own.csv\n")
    own = home / "luton" / "own.csv"
    own.write_bytes("measure,weight,table,version\nrobbery,9,Café,3\n".encode("cp1252"))
    assert list(problems()) == []
    assert list(remarks()) == [f"{own}: read as Windows-1252"]
    write(home.parent, "measure;weight;table;version\nrobbery;9;O;3\n", "harm-weights.csv")
    (found,) = problems()
    assert "harm-weights.csv, line 1: values are kept apart by semicolons" in found
