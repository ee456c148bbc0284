from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.ons import read_ons
from cspanalysis.sources.tables import read_sheets
from cspanalysis.vocabulary import Measure
from tests.sources import workbooks

REAL = "data/home_office/ons_table_c2_csp_year_ending_june_2025.csv"
ANOTHER_YEAR = """\
"Table C3: Recorded crime by Community Safety Partnership area, year ending March 2019 [note 9]",
Notes are on another sheet,
Robbery [note 2],CSP name,CSP code,Homicide [note 4],Total recorded crime [note 1],\
Violence against the person,PFA name,Sexual offences
"1,200 ",,,3,"40,000",900,Bedfordshire ,100
500 ,Luton [note 5],E22000010,[x],"20,001 ",[c],Bedfordshire,60
10,Unassigned Bedfordshire,,0,99,9,Bedfordshire,-
"""


def read(path: Path):
    with Input(path) as source:
        return read_ons(*read_sheets(source.members[0]))


@pytest.mark.shared_data
def test_every_number_of_the_published_table_is_kept(shared: Path) -> None:
    table = read(shared / REAL)
    held = table.figures.set_index(["area_code", "measure"])["count"]
    with (shared / REAL).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header, checked = [" ".join(name.split()) for name in rows[7]], 0
    for row in rows[8:]:
        code = row[2].strip() or row[0].strip()
        if row[2] or not row[3].strip():
            for name, cell in list(zip(header, row, strict=True))[6:]:
                measure = Measure.named(name).code
                assert held[code, measure] == int(cell.replace(",", "")), (code, measure)
                checked += 1
    assert checked == len(table.figures) == 7797
    assert set(table.figures["period_start"]) == {date(2024, 7, 1)}
    assert set(table.figures["period_end"]) == {date(2025, 6, 30)}


@pytest.mark.shared_data
def test_what_the_real_table_leaves_open_is_said(shared: Path) -> None:
    table = read(shared / REAL)
    assert len(table.left_out) == 43
    assert "Manchester Airport" in table.left_out
    gap = "Thames Valley: its partnerships and what is not assigned to one come to 939 of 171,148"
    assert any(remark.startswith(gap) for remark in table.remarks)
    assert not any("does not add up" in remark for remark in table.remarks)


def test_another_years_table_is_read_by_its_headings(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(ANOTHER_YEAR)
    figures = read(tmp_path / "t.csv").figures.set_index(["area_code", "measure"])
    assert figures.loc[("E23000026", "robbery"), "count"] == 1200
    assert figures.loc[("E22000010", "all-crime"), "count"] == 20001
    missing = figures.loc[("E22000010", "homicide")]
    assert (missing["status"], missing["line"]) == ("not available", 5)
    status = figures.loc[("E22000010", "violence-against-the-person"), "status"]
    assert status == "suppressed"
    assert set(figures["period_start"]) == {date(2018, 4, 1)}


def test_a_total_that_does_not_add_up_is_reported_not_hidden(tmp_path: Path) -> None:
    header = (
        "CSP code,CSP name,Burglary,Residential burglary,Non-residential burglary,Robbery,Arson\n"
    )
    text = f"Year ending March 2024\n{header}E22000010,Luton,10,6,5,1,1\n"
    (tmp_path / "t.csv").write_text(text)
    table = read(tmp_path / "t.csv")
    (remark,) = table.remarks
    assert "Burglary does not add up" in remark
    assert "has 10, its parts 11" in remark
    assert len(table.figures) == 5


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "reason"),
    [
        ("500 ,Luton", "many,Luton", 5, "Robbery", "not a whole number"),
        ("500 ,Luton", "=5*100,Luton", 5, "Robbery", "formula"),
        ("CSP name,CSP code", "CSP code,CSP name", 5, None, "swapped"),
        ("Homicide [note 4]", "Robbery", 3, "Robbery", "twice"),
        ("Homicide [note 4]", "Witchcraft", 3, "Witchcraft", "not known"),
        ("year ending March 2019", "last year", 1, None, "which year"),
        ("60\n", "60\n500,Luton,E22000010,1,1,1,Bedfordshire,1\n", 6, None, "line 5 too"),
        (",Bedfordshire,60", "", 5, None, "cut short"),
    ],
)
def test_faults_are_told_with_line_and_column(
    tmp_path: Path, old: str, new: str, line: int, column: str | None, reason: str
) -> None:
    assert old in ANOTHER_YEAR
    (tmp_path / "t.csv").write_text(ANOTHER_YEAR.replace(old, new))
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "t.csv")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert reason in caught.value.reason


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_workbooks_are_read_as_the_csv_is(tmp_path: Path, kind: str) -> None:
    (tmp_path / "t.csv").write_text(ANOTHER_YEAR)
    rows = list(csv.reader(ANOTHER_YEAR.splitlines()))
    width = max(map(len, rows))
    even = [[*row, *[""] * (width - len(row))] for row in rows]
    path = getattr(workbooks, f"write_{kind}")(tmp_path / f"t.{kind}", even)
    by_csv, by_book = read(tmp_path / "t.csv").figures, read(path).figures
    assert by_book.drop(columns="line").equals(by_csv.drop(columns="line"))
