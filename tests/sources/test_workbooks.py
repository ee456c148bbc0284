"""Workbooks by what their cells mean, and within bounds; what Excel saves as CSV."""

from __future__ import annotations

import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.indicators import COLUMNS, new_template
from cspanalysis.sources.recognise import read_figures
from cspanalysis.sources.tables import read_sheets
from cspanalysis.vocabulary import Period
from tests.sources.workbooks import NAMES, write_ods

HEADER = ",".join(COLUMNS)
ROW = "marac-cases,luton,2023-09,41,,,final,MARAC,"


def sheets(path: Path):
    with Input(path) as source:
        return read_sheets(source.members[0])[0]


def figures(path: Path):
    with Input(path) as source:
        return read_figures(source.members[0])[1]


def ods(path: Path, table: str) -> Path:
    content = (
        f"<office:document-content {NAMES}><office:body><office:spreadsheet><table:table "
        f'table:name="A">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [(0.27, "0%", 27), (0.2755, "0.0%", 27.55), (1, "0%", 100), (27.1, "0.0", 27.1)],
)
def test_a_percentage_cell_is_what_it_shows(
    tmp_path: Path, value: float, form: str, expected: float
) -> None:
    book = Workbook()
    book.active.append(list(COLUMNS))
    row = [
        "marac-repeat-cases",
        "luton",
        date(2023, 4, 1),
        None,
        value,
        None,
        "final",
        "MARAC",
        None,
    ]
    book.active.append(row)
    book.active["E2"].number_format = form
    book.save(tmp_path / "t.xlsx")
    (one,) = figures(tmp_path / "t.xlsx").figures.to_dict("records")
    assert one["value"] == expected
    assert Period.of_months(one["period_start"], one["period_end"]) == Period.parse("2023-04")


def test_a_percentage_is_no_count(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(list(COLUMNS))
    book.active.append(["marac-cases", "luton", "2023-04", 0.27, None, None, "final", "M", None])
    book.active["D2"].number_format = "0%"
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(SourceError, match="'27%': write a whole number"):
        figures(tmp_path / "t.xlsx")


@pytest.mark.parametrize("text", ["2023-09", "Sep-23", "Sept 2023", "September 2023", "2023-09-01",
                                  "01/09/2023"])  # fmt: skip
def test_a_month_is_read_as_excel_shows_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_text(f"{HEADER}\n{ROW.replace('2023-09', text)}\n")
    assert figures(tmp_path / "t.csv").figures["period_start"].tolist() == [date(2023, 9, 1)]


def test_columns_of_the_template_are_text(tmp_path: Path) -> None:
    sheet = load_workbook(new_template(tmp_path / "t.xlsx"))["Indicators"]
    letters = [cell.column_letter for cell in sheet[1]]
    assert {sheet.column_dimensions[letter].number_format for letter in letters} == {"@"}


def test_what_stands_in_an_ods_cell_is_read_and_nothing_else(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "t.ods",
        "<table:table-row><table:table-cell><office:annotation><text:p>a comment</text:p>"
        '</office:annotation><text:p>Police<text:s text:c="3"/>Force<text:line-break/>'
        "<text:span>code</text:span><office:annotation><text:p>x</text:p></office:annotation> a"
        "</text:p></table:table-cell><table:covered-table-cell><text:p>covered</text:p>"
        '</table:covered-table-cell><table:table-cell office:value-type="percentage" '
        'office:value="0.27"><text:p>27 %</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:visibility="collapse"><table:table-cell><text:p>b</text:p>'
        "</table:table-cell></table:table-row>",
    )
    (sheet,) = sheets(path)
    assert sheet.rows == [(1, ["Police Force code a", "", "27%"]), (2, ["b", "", ""])]
    assert sheet.hidden == 1


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(list(COLUMNS))
    for line in ROW, ROW.replace("2023-09", "2023-10"):
        book.active.append([cell or None for cell in line.split(",")])
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "t.xlsx")
    table = figures(tmp_path / "t.xlsx")
    assert len(table.figures) == 2
    assert table.remarks[-1].endswith("sheet 'Sheet': 1 hidden row read as well")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "﻿"])
def test_a_csv_that_excel_saved_is_read(tmp_path: Path, end: str, mark: str) -> None:
    first = "# vintage: 2023-09" + "," * HEADER.count(",")
    (tmp_path / "t.csv").write_bytes((mark + end.join([first, HEADER, ROW, ""])).encode())
    assert figures(tmp_path / "t.csv").vintage == "2023-09"
    rows = ["area,measure,period,count,status,note", "luton,robbery,Sep-23,4,final,"]
    for about in "# vintage: 2023-09,,,,,", '"# source: A, B",,,,,':
        (tmp_path / "p.csv").write_bytes((mark + end.join([about, *rows, ""])).encode())
        table = figures(tmp_path / "p.csv")
        assert table.vintage == "2023-09" or table.figures["source"].tolist() == ["A, B"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (f"{HEADER}\n{ROW}\n".replace(",", ";").encode(), "semicolons; save the file as"),
        (f"{HEADER}\n{ROW}\n".replace(",", "\t").encode(), "tabs; save the file as"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"old Excel \(\.xls\).*save as \.xlsx"),
        (b"%PDF-1.7\n", "PDF"),
        (f"{HEADER}\n{ROW}\nПривет\n".encode("cp1251"), "line 3: the text is not UTF-8"),
        (f'{HEADER}\n"{"x" * 200_000}'.encode(), "a value is longer than any is"),
        (f"{HEADER}\n{ROW.replace('41', '9' * 5000)}\n".encode(), "line 2, column 'count'"),
        (f"{HEADER}\n{ROW.replace('41,', ',' + '9' * 400)}\n".encode(), "line 2, column 'value'"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_told_in_one_line(tmp_path: Path, raw: bytes, told: str) -> None:
    (tmp_path / "t.csv").write_bytes(raw)
    with pytest.raises(SourceError, match=told) as caught:
        figures(tmp_path / "t.csv")
    assert "\n" not in str(caught.value)


def row(*cells: str, repeated: int = 1) -> str:
    times = f' table:number-rows-repeated="{repeated}"'
    return f"<table:table-row{times}>{''.join(cells)}</table:table-row>"


def cell(repeated: object = 1, text: str = "<text:p>a</text:p>") -> str:
    times = f' table:number-columns-repeated="{repeated}"'
    return f"<table:table-cell{times}>{text}</table:table-cell>"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (row(cell(9_999_999)), "wider than 1,000"),
        (row(cell(9_999_999, ""), cell()), "wider than 1,000"),
        (row(cell(), repeated=1_000_000), "repeated 1,000,000 times"),
        (row(cell(999), repeated=1000) * 20, "cells"),
        (row(cell("9e99")), "no number of repeats"),
        (row(cell(-1)), "no number of repeats"),
    ],
)
def test_repeats_of_an_ods_are_bounded_before_they_are_unrolled(
    tmp_path: Path, table: str, reason: str
) -> None:
    started = time.process_time()
    with pytest.raises(SourceError, match=reason):
        sheets(ods(tmp_path / "t.ods", table))
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'<row r="1"', b'<row r="99999999"', "beyond the last"),
        (b'r="A1"', b'r="ABCDE1"', "no cell"),
        (b'r="A1"', b'r="XFD1"', "wider than 1,000"),
        (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "entities"),
        (b"<sheetData>", b"<sheetData><<", "can not be read"),
    ],
)
def test_what_a_workbook_claims_is_not_believed(
    tmp_path: Path, old: bytes, new: bytes, reason: str
) -> None:
    book = Workbook()
    book.active.append(["a"])
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(SourceError, match=reason):
        sheets(changed(tmp_path / "t.xlsx", "xl/worksheets/sheet1.xml", old, new))


def test_entities_of_an_ods_are_refused(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "t.ods", [["a"]])
    declared = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><office:document-content'
    with pytest.raises(SourceError, match="entities"):
        sheets(changed(path, "content.xml", b"<office:document-content", declared))


def test_days_with_a_time_are_days(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([datetime(2023, 9, 1, 12, 30)])
    book.save(tmp_path / "t.xlsx")
    assert sheets(tmp_path / "t.xlsx")[0].rows == [(1, ["2023-09-01"])]


@pytest.mark.parametrize(("encoding", "sign"), [("utf-16", ","), ("utf-16", "\t"), ("cp1252", ",")])
def test_a_csv_in_an_encoding_of_windows_is_read_and_said(
    tmp_path: Path, encoding: str, sign: str
) -> None:
    lines = ["# source: Café £ Partnership", HEADER, ROW, ""]
    (tmp_path / "t.csv").write_bytes("\r\n".join(lines).replace(",", sign).encode(encoding))
    table = figures(tmp_path / "t.csv")
    assert len(table.figures) == 1
    named = {"utf-16": "UTF-16", "cp1252": "Windows-1252"}[encoding]
    assert table.remarks[-1] == f"{tmp_path / 't.csv'}: read as {named}"
    rows = ["area,measure,period,count,status,note", "luton,robbery,2023-09,4,final,naïve"]
    (tmp_path / "p.csv").write_bytes("\r\n".join(rows).replace(",", sign).encode(encoding))
    table = figures(tmp_path / "p.csv")
    assert (table.figures["note"].tolist(), len(table.remarks)) == (["naïve"], 1)


def test_a_hidden_sheet_of_an_ods_is_read_and_said(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "t.ods", [HEADER.split(","), ROW.split(",")])
    style = (
        b'<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        b'<style:table-properties table:display="false"/></style:style>'
        b"</office:automatic-styles><office:body>"
    )
    changed(path, "content.xml", b"<office:body>", style)
    changed(path, "content.xml", b"<table:table ", b'<table:table table:style-name="ta2" ')
    declared = (
        b'<office:document-content xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    )
    changed(path, "content.xml", b"<office:document-content", declared)
    assert [sheet.unseen for sheet in sheets(path)] == [True]
    assert figures(path).remarks[-1].endswith("the workbook hides this sheet; it was read")
