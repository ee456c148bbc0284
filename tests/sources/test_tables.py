from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.tables import is_workbook, plain, read_sheets, table_of
from tests.sources import workbooks

ROWS = [["Title [note 1]"], [], ["Area\nname", "Count"], ["Luton ", 1234], ["Bedford", "[x]"]]
READ = [(1, ["Title [note 1]"]), (3, ["Area\nname", "Count"]), (4, ["Luton", "1234"])]


def read(path: Path):
    with Input(path) as source:
        return read_sheets(source.members[0])[0]


def padded(rows):
    return [[*row, *[""] * (2 - len(row))] for row in rows]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_is_read_as_text_with_its_lines(tmp_path: Path, kind: str) -> None:
    path = getattr(workbooks, f"write_{kind}")(tmp_path / f"t.{kind}", padded(ROWS), title="C2")
    assert is_workbook(path) == kind
    sheet = read(path)[-1]
    assert sheet.shown == f"{path}, sheet 'C2'"
    rows = [(line, [cell for cell in cells if cell]) for line, cells in sheet.rows]
    assert rows[:3] == READ
    assert len(rows) == 4


def test_a_workbook_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    path = workbooks.write_xlsx(tmp_path / "t.csv", ROWS)
    assert read(path)[-1].rows[2] == (4, ["Luton", "1234"])


def test_csv_is_read_packed_or_not_with_its_lines(tmp_path: Path) -> None:
    text = 'Title [note 1],\r\n,\r\n"Area\nname",Count\r\nLuton ,"1,234"\r\n'
    expected = [(1, ["Title [note 1]", ""]), (3, ["Area\nname", "Count"]), (5, ["Luton", "1,234"])]
    for name, raw in [("t.csv", text.encode()), ("t.csv.gz", gzip.compress(text.encode()))]:
        (tmp_path / name).write_bytes(b"" + raw)
        (sheet,) = read(tmp_path / name)
        assert sheet.rows == expected


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_formula_stays_a_formula(tmp_path: Path, kind: str) -> None:
    path = getattr(workbooks, f"write_{kind}")(tmp_path / f"t.{kind}", [["a", "b"], [1, "=A2*2"]])
    assert read(path)[-1].rows[-1][1][1] == "=A2*2"


def test_numbers_and_days_are_written_plainly(tmp_path: Path) -> None:
    path = workbooks.write_xlsx(tmp_path / "t.xlsx", [[12.0, 4.5, datetime(2018, 3, 31), None]])
    assert read(path)[-1].rows == [(1, ["12", "4.5", "2018-03-31"])]


@pytest.mark.parametrize("name", ["t.xlsx", "t.ods", "t.csv.gz"])
def test_a_cut_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    whole = tmp_path / f"whole-{name}"
    if name.endswith("gz"):
        whole.write_bytes(gzip.compress(b"a,b\n" * 1000))
    else:
        getattr(workbooks, f"write_{name[2:]}")(whole, ROWS)
    (tmp_path / name).write_bytes(whole.read_bytes()[:-40])
    with pytest.raises(SourceError, match=name):
        read(tmp_path / name)


def test_a_header_is_found_below_lines_of_text_in_any_sheet(tmp_path: Path) -> None:
    sheets = read(workbooks.write_xlsx(tmp_path / "t.xlsx", padded(ROWS)))
    found = table_of(sheets, lambda header: "Count" in header)
    assert found is not None
    assert found[1] == (3, ["Area name", "Count"])
    assert [line for line, _ in found[2]] == [4, 5]
    assert table_of(sheets, lambda header: "Rate" in header) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Humberside [note 4]", "Humberside"),
        ("Robbery [note 4][note 5]", "Robbery"),
        ("Wiltshire ", "Wiltshire"),
        ("Theft [r]", "Theft"),
        ("Total\n (excluding fraud)", "Total (excluding fraud)"),
    ],
)
def test_notes_and_space_are_taken_out_of_names(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_cells_beside_a_table_do_not_make_it_wider(tmp_path: Path, kind: str) -> None:
    rows = [["A long title", "", "with a stray cell"], ["Area", "Count", ""], ["Luton", 1, ""]]
    sheets = read(getattr(workbooks, f"write_{kind}")(tmp_path / f"t.{kind}", rows))
    found = table_of(sheets, lambda header: "Count" in header)
    assert found is not None
    assert (found[1], found[2]) == ((2, ["Area", "Count"]), [(3, ["Luton", "1"])])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_of_nothing_but_lines_is_refused_before_they_are_read(
    tmp_path: Path, end: str
) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(end.encode() * 2_000_001)
    with Input(path) as source, pytest.raises(SourceError, match="more than 2,000,000 lines"):
        read_sheets(source.members[0])
