from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.files import Input
from cspanalysis.sources.indicators import COLUMNS, STATUSES, new_template
from cspanalysis.sources.recognise import read_figures
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable

HEADER = ",".join(COLUMNS)
ROWS = [
    ["Deliberate fires", "luton", "2023-Q2", 41, "", "", "final", "Fire service", ""],
    ["MARAC cases", "luton", "FY2023", 107, "", "", "provisional", "MARAC", "as reported"],
    ["Repeat cases heard at MARAC", "luton", "FY2023", 29, 27.1, 107, "final", "MARAC", ""],
    ["In drug treatment", "E22000010", "FY2023", "", "", "", "suppressed", "NDTMS", "fewer than 5"],
]


def text(rows=ROWS, *, above: str = "") -> str:
    lines = [",".join(map(str, row)) for row in rows]
    return above + "\n".join([HEADER, *lines]) + "\n"


def read(path: Path):
    with Input(path) as source:
        return read_figures(source.members[0])


def filled(path: Path, rows=ROWS) -> Path:
    new_template(path)
    book = load_workbook(path)
    for row in rows:
        book["Indicators"].append([cell if cell != "" else None for cell in row])
    book.save(path)
    return path


def test_the_workbook_and_the_csv_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(text())
    kinds, tables = zip(read(filled(tmp_path / "t.xlsx")), read(tmp_path / "t.csv"), strict=True)
    assert kinds == ("partner", "partner")
    assert tables[0].figures.equals(tables[1].figures)
    figures = tables[0].figures.set_index("measure")
    assert figures["count"].fillna(-1).to_dict() == {
        "deliberate-fires": 41, "marac-cases": 107, "marac-repeat-cases": 29, "drug-treatment": -1,
    }  # fmt: skip
    repeat = figures.loc["marac-repeat-cases"]
    assert (repeat["value"], repeat["denominator"]) == (27.1, 107)


def test_the_store_answers_for_partners(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text(above="# vintage: 2024-06\n"))
    ingest([path], into=tmp_path / "s")
    store, luton = Store.open(tmp_path / "s"), Area.named("luton")
    year = store.published(luton, Period.parse("FY2023"), source="partner").set_index("measure")
    assert year.loc["marac-cases", "count"] == 107
    assert year.loc["marac-repeat-cases", "denominator"] == 107
    assert year.loc["drug-treatment", "status"] == "suppressed"
    assert set(year["vintage"]) == {"2024-06"}
    assert not store.figures.has_published(luton, Period.parse("FY2023"))


def test_the_template_holds_lists_of_measures_and_statuses(tmp_path: Path) -> None:
    book = load_workbook(new_template(tmp_path / "t.xlsx"))
    sheet, lists = book["Indicators"], book["Lists"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    rules = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    measures = len(list(MeasureTable.shipped()))
    assert rules[f"Lists!$A$2:$A${measures + 1}"] == "A2:A2000"
    assert rules[f"Lists!$B$2:$B${len(STATUSES) + 1}"] == "G2:G2000"
    names = [row[0].value for row in lists.iter_rows(min_row=2) if row[0].value]
    assert [Measure.named(name).label for name in names] == names


def test_a_template_is_never_written_over(tmp_path: Path) -> None:
    new_template(tmp_path / "t.csv")
    with pytest.raises(UsageError, match="there already"):
        new_template(tmp_path / "t.csv")
    with pytest.raises(UsageError, match=r"\.xlsx or \.csv"):
        new_template(tmp_path / "t.doc")


def test_a_formula_is_refused_in_either_form(tmp_path: Path) -> None:
    rows = [[*ROWS[0][:3], "=20+21", *ROWS[0][4:]]]
    (tmp_path / "t.csv").write_text(text(rows))
    for path in (filled(tmp_path / "t.xlsx", rows), tmp_path / "t.csv"):
        with pytest.raises(SourceError) as caught:
            read(path)
        assert (caught.value.line, caught.value.column) == (2, "count")
        assert "formula" in caught.value.reason
        assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        (",41,", ",41.5,", "count", "whole number"),
        (",41,", ",,", "count", "a count or a value"),
        (",41,", ",many,", "count", "many"),
        ("Deliberate fires", "Fires, accidental", None, "10 values and the header 9"),
        ("Deliberate fires", "Accidental fires", "measure", "measures.csv"),
        ("luton,2023-Q2", "lutn,2023-Q2", "area", "luton"),
        ("2023-Q2", "2023-Q5", "period", "2023-Q5"),
        (",final,Fire", ",sure,Fire", "status", "'provisional'"),
        ("Fire service", "", "source", "missing"),
        (",41,,,final", ",41,,0,final", "denominator", "above 0"),
        (",41,,,final", ",41,,,suppressed", "count", "no number"),
    ],
)
def test_faults_are_told_with_line_and_column(
    tmp_path: Path, old: str, new: str, column: str | None, reason: str
) -> None:
    assert old in text()
    (tmp_path / "t.csv").write_text(text().replace(old, new, 1))
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "t.csv")
    assert (caught.value.line, caught.value.column) == (2, column)
    assert reason in caught.value.reason


def test_a_template_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no rows"):
        read(new_template(tmp_path / "t.xlsx"))


def test_every_sheet_that_holds_the_table_is_read_and_a_hidden_one_is_said(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for sheet, area in ((book.active, "luton"), (book.create_sheet("Second"), "bedford")):
        sheet.append(list(COLUMNS))
        sheet.append(["marac-cases", area, "2023-09", 41, None, None, "final", "MARAC", None])
    book["Second"].sheet_state = "hidden"
    book.create_sheet("Empty").append(list(COLUMNS))
    book.save(tmp_path / "t.xlsx")
    with Input(tmp_path / "t.xlsx") as source:
        kind, table = read_figures(source.members[0])
    assert (kind, len(table.figures)) == ("partner", 2)
    assert any("'Second': the workbook hides this sheet; it was read" in r for r in table.remarks)
