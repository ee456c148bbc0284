"""The spreadsheet, held against the Analysis Function's checklist and hostile values."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook

from cspanalysis import display
from cspanalysis.display.recorded_table import Column, Row, table_record
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.licence import ADDRESS
from cspanalysis.publication.spreadsheet import spreadsheet_of
from tests.samples import HOSTILE, bedford, notebook

LIVE = ["=1+1", "+1", "-1+2", "@SUM(A1)", "=HYPERLINK('http://example.org')", "\t=1", "{=1}"]


@pytest.fixture(scope="module")
def book(report: Path) -> Workbook:
    return openpyxl.load_workbook(report.with_suffix(".xlsx"))


def _sheets(page: Page) -> Workbook:
    return openpyxl.load_workbook(BytesIO(spreadsheet_of(page)))


def _page(*blocks: display.Block, folder: Path) -> Page:
    return page_of(notebook([bedford()[0], *blocks], folder / "a.ipynb"))


def test_values_behind_every_table_and_figure(book: Workbook) -> None:
    titles = [sheet["A1"].value for sheet in book]
    assert titles == [
        "Performance report: Bedford, 2023",
        "Table of contents",
        "Table 1: Recorded offences, 2022 and 2023",
        "Table 2: Averages, limits and signals",
        "Table 3: Values by month, as charted",
        "Table 4: Rates by area",
    ]
    months = {row[0].value: row for row in book["Table 3"].iter_rows()}
    heads = [cell.value for cell in months["Month"]]
    burglary = heads.index("Burglary")
    assert months["January 2022"][burglary].value == "[x]"
    assert isinstance(months["March 2022"][burglary].value, int | float)


def test_raw_values_shorthand_and_notes(seeds: Path) -> None:
    path = seeds / "wycombe" / "2017-04-to-2017-06" / "performance-report.xlsx"
    book = openpyxl.load_workbook(path)
    rows = {row[0]: row for row in book["Table 1"].iter_rows(values_only=True)}
    assert rows["All crime"][2:6] == (2330, 2433, 103, 4.4206)
    assert rows["Robbery"][2:6] == (8, 17, 9, "[z]")
    assert rows["Burglary in a dwelling"][2:5] == (73, "[z]", "[z]")
    notes = dict(book["Notes"].iter_rows(min_row=4, values_only=True))
    assert notes[rows["Robbery"][-1]].startswith("Fewer than 50")
    assert rows["All crime"][-1] == "none"


def test_a_sheet_prints_on_a4_with_its_heads_on_each_page(book: Workbook) -> None:
    for sheet in book:
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        fit = sheet.sheet_properties.pageSetUpPr
        assert fit is not None
        assert fit.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        wide = sheet.title.startswith("Table ")
        assert (sheet.page_setup.orientation == "landscape") == wide
        for table in sheet.tables.values():
            head = re.findall(r"\d+", table.ref)[0]
            assert sheet.print_title_rows == f"${head}:${head}"


def test_the_source_stands_above_each_table(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Ward": ["Harpur"], "2023": [53]})
    page = _page(display.table(frame, caption="Burglary"), folder=tmp_path)
    told = replace(page, cover={**page.cover, "facts": {"Figures": "Police files, 2023-12"}})
    cells = [row[0] for row in _sheets(told)["Table 1"].iter_rows(values_only=True)]
    assert cells[-3:] == ["Source: Police files, 2023-12", "Ward", "Harpur"]


@pytest.mark.parametrize("value", LIVE)
def test_nothing_from_data_is_ever_live(value: str, tmp_path: Path) -> None:
    table = display.table(pd.DataFrame({value: [value], "b": [1]}), caption=value)
    book = _sheets(_page(table, folder=tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert all(cell.data_type in {"s", "n"} for cell in cells)
    assert sum(value.strip() in str(cell.value) for cell in cells) >= 4


def test_no_link_and_no_note_is_made_of_data(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": ["[a](http://example.org)", "$$b$$", "–", ""], "b": [1, 2, 3, 4]})
    book = _sheets(_page(display.table(frame, caption="Odd"), folder=tmp_path))
    values = [row[0] for row in book["Table 1"].iter_rows(min_row=5, values_only=True)]
    assert values == ["[a] (http://example.org)", "$ $b$ $", "text: –", "[x]"]
    assert not book["Table 1"]._hyperlinks


def test_a_number_that_would_round_to_zero_says_so(tmp_path: Path) -> None:
    columns = [Column("Area"), Column("Rate", 1)]
    rows = [Row(("A", 0.04)), Row(("B", 0.0)), Row(("C", float("nan"))), Row(("D", "[c]"))]
    block = display.Block("", "", table_record("Rates", columns, rows))
    sheet = _sheets(_page(block, folder=tmp_path))["Table 1"]
    values = list(sheet.iter_rows(values_only=True))
    assert values[-4:] == [("A", "[low]"), ("B", 0), ("C", "[x]"), ("D", "[c]")]
    legend = [row[0] for row in values[2:5]]
    assert [line.split()[0] for line in legend] == ["[c]", "[x]", "[low]"]


def test_a_report_without_tables_has_a_cover_alone(tmp_path: Path) -> None:
    assert _sheets(_page(folder=tmp_path)).sheetnames == ["Cover"]


def test_a_hostile_name_stays_text(site: Path) -> None:
    book = openpyxl.load_workbook(site / "hostile" / "2023" / "performance-report.xlsx")
    assert HOSTILE.name in book["Cover"]["A1"].value


def test_the_same_page_gives_the_same_bytes(report: Path) -> None:
    made = spreadsheet_of(page_of(report.with_suffix(".ipynb")))
    assert made == report.with_suffix(".xlsx").read_bytes()


def _tables(book: Workbook) -> list:
    return [sheet for sheet in book if sheet.tables]


def _whole_tables(book: Workbook) -> bool:
    return all(
        cell.value not in (None, "")
        for sheet in _tables(book)
        for table in sheet.tables.values()
        for row in sheet[table.ref]
        for cell in row
    )


def _title_style(book: Workbook) -> bool:
    return all(sheet["A1"].style == "Heading 1" and sheet["A1"].font.b for sheet in book)


# What of the checklist a program can tell, item by item.
CHECKS: dict[str, Callable[[Workbook], bool]] = {
    "Mark up tables": lambda b: len(_tables(b)) == len(b.sheetnames) - 1,
    "Give tables meaningful names": lambda b: all(
        len(name) > 4 for s in _tables(b) for name in s.tables
    ),
    "Remove merged cells, split cells and nested tables": lambda b: (
        not any(s.merged_cells.ranges for s in b)
    ),
    "Remove blank rows and columns within tables": _whole_tables,
    "Only leave cells with no data empty in certain circumstances": _whole_tables,
    "All tables should have one tagged header row": lambda b: all(
        t.headerRowCount == 1 for s in _tables(b) for t in s.tables.values()
    ),
    "Wrap text within cells": lambda b: all(
        c.alignment.wrap_text
        for s in _tables(b)
        for t in s.tables.values()
        for r in s[t.ref]
        for c in r
    ),
    "Avoid adding filters and freeze panes": lambda b: (
        not any(
            s.freeze_panes or s.auto_filter.ref or any(t.autoFilter for t in s.tables.values())
            for s in b
        )
    ),
    "Avoid hiding rows or columns": lambda b: (
        not any(
            d.hidden for s in b for d in (*s.column_dimensions.values(), *s.row_dimensions.values())
        )
    ),
    "Columns should be a sensible width": lambda b: all(
        8 <= d.width <= 90 for s in b for d in s.column_dimensions.values()
    ),
    "Put note text in a notes table on a notes worksheet": lambda b: (
        "Notes" not in b.sheetnames or b["Notes"]["A3"].value == "Note"
    ),
    "Links must be accessible": lambda b: all(
        link.location and b[s.title][link.ref].value for s in b for link in s._hyperlinks
    ),
    "All worksheets should have descriptive titles which are properly tagged and formatted": (
        _title_style
    ),
    "Do not use headers and footers, floating text boxes or floating toolbars": lambda b: (
        not any(s.oddHeader.center.text or s.oddFooter.center.text for s in b)
    ),
    "Do not use a background fill": lambda b: all(
        c.fill.fill_type is None for s in b for r in s.iter_rows() for c in r
    ),
    "Avoid images in spreadsheets": lambda b: not any(s._images for s in b),
    "Remove macros": lambda b: b.vba_archive is None,
    "Give worksheets unique names or numbers": lambda b: (
        len(set(b.sheetnames)) == len(b.worksheets)
    ),
    "Remove blank worksheets": lambda b: all(s["A1"].value for s in b),
    "Use cells in column A wisely": lambda b: all(s["A1"].value and s["A2"].value for s in b),
    "Position tables against the left-hand edges of each sheet": lambda b: all(
        t.ref.startswith("A") for s in _tables(b) for t in s.tables.values()
    ),
    "Avoid putting content below a table": lambda b: all(
        s.max_row == int("".join(filter(str.isdigit, t.ref.split(":")[1])))
        for s in _tables(b)
        for t in s.tables.values()
    ),
    "Avoid worksheets with multiple tables": lambda b: all(len(s.tables) <= 1 for s in b),
    "Add document information": lambda b: bool(b.properties.title and b.properties.subject),
    "Ensure the cursor is in cell A1 of the first worksheet when doing your final save": lambda b: (
        b.active.title == "Cover" and b.active.sheet_view.selection[0].activeCell in ("A1", None)
    ),
}


@pytest.mark.shared_data
@pytest.mark.parametrize("item", CHECKS)
def test_the_checklist_is_kept(shared: Path, seeds: Path, book: Workbook, item: str) -> None:
    lines = (shared / "reference_values" / "spreadsheet_accessibility_checklist.csv").read_text()
    items = {row["item"] for row in csv.DictReader(lines.splitlines()[1:])}
    assert item in items
    assert CHECKS[item](book)
    path = seeds / "wycombe" / "2017-04-to-2017-06" / "performance-report.xlsx"
    assert CHECKS[item](openpyxl.load_workbook(path))


def test_no_member_holds_a_formula_or_an_outside_link_but_the_licences(report: Path) -> None:
    with zipfile.ZipFile(report.with_suffix(".xlsx")) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert "<f>" not in text
            outside = re.findall(r'Target="([^"]*)" TargetMode="External"', text)
            assert outside == ([ADDRESS] if name.endswith("sheet1.xml.rels") else [])
