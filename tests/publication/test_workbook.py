"""Workbooks held against gptables, whose rules they follow: member by member."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pandas as pd
from gptables import Cover, GPTable
from gptables.core.wrappers import GPWorkbook

from cspanalysis.publication.word_archive import members_of
from cspanalysis.publication.workbook import Book, Link, Sheet
from cspanalysis.publication.workbook_style import with_heading_style

WRITTEN = datetime(2024, 1, 31, tzinfo=UTC)
COVER: dict[str, list[str | Link]] = {
    "Introductory information": ["Crime rose.", "The tables behind the report."],
    "About these data": ["Edition: public", Link("the licence", "https://example.org/licence")],
}
SHEETS = (
    Sheet(
        "Contents",
        "Table of contents",
        "contents_table",
        ["Sheet name", "Table description"],
        [(Link("Table 1", "internal:'Table 1'!A1"), "Offences")],
    ),
    Sheet("Notes", "Notes", "notes", ["Note", "What it says"], [("note 1", "Fewer than 50.")]),
    Sheet(
        "Table 1",
        "Table 1: Offences",
        "table_1_offences",
        ["Area", "2022", "Rate", "Not asked", "Mixed", "Notes"],
        [
            ["Bedford", 2330, 4.25, "[z]", 12, "note 1"],
            ["Luton", "[x]", "[low]", "[z]", "twelve", "none"],
            ["Wycombe", 9, 1, "[c]", 0.5, "none"],
        ],
        above=["[x] not available", "Source: police files"],
        decimals=[0, 0, 2, 1, 1],
        landscape=True,
    ),
    Sheet("Table 2", "Table 2: Years", "table_2_years", ["Year", "Count"], [[2022, 7], [2023, 8]]),
)


def _by_gptables(sheets: Iterable[Sheet]) -> Mapping[str, bytes]:
    buffer = BytesIO()
    plain = {f"strings_to_{kind}": False for kind in ("formulas", "numbers", "urls")}
    book = GPWorkbook(buffer, options={"in_memory": True, **plain})
    book.set_properties({"title": "Report", "subject": "Crime rose.", "created": WRITTEN})
    cover = book.add_worksheet("Cover")
    intro, about = ([_marked(line) for line in lines] for lines in COVER.values())
    cover.write_cover(Cover("Report", intro=intro, about=about))
    _settle(cover)
    for sheet in sheets:
        rows = [[_marked(cell) for cell in row] for row in sheet.rows]
        columns = [
            {
                "column": {
                    "columns": [place],
                    "format": {"num_format": shown},
                    "include_names": False,
                }
            }
            for place, n in enumerate(sheet.decimals)
            for shown in ["#,##0" + f".{0:0{n}}" * bool(n)]
        ]
        table = GPTable(
            table=pd.DataFrame(rows, columns=sheet.heads, dtype=object),
            table_name=sheet.name,
            title=sheet.title,
            instructions="This worksheet contains one table.",
            legend=list(sheet.above),
            index_columns={2: 0},
            additional_formatting=columns,
        )
        made = book.add_worksheet(sheet.label)
        made.write_gptable(table, False)
        if sheet.landscape:
            made.set_landscape()
        _settle(made)
    book.close()
    return with_heading_style(members_of(buffer.getvalue()))


def _marked(cell: Any) -> Any:
    """Write a link as gptables reads it within a text, or finds it in a table."""
    if not isinstance(cell, Link):
        return cell
    inner = cell.target.startswith("internal:")
    return {cell.words: cell.target} if inner else f"[{cell.words}]({cell.target})"


def _settle(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    for table in sheet.tables:
        sheet.repeat_rows(int(re.findall(r"\d+", table["range"])[0]) - 1)


def _but_widths(members: Mapping[str, bytes]) -> dict[str, str]:
    """Leave out how wide columns of tables are, which this test does not ask gptables."""
    texts = {name: content.decode() for name, content in members.items()}
    cover = "xl/worksheets/sheet1.xml"
    return {n: t if n == cover else re.sub("<cols>.*</cols>", "", t) for n, t in texts.items()}


def test_a_workbook_is_what_gptables_would_write() -> None:
    book = Book("Report", "Crime rose.", WRITTEN)
    book.write_cover("Report", COVER)
    for sheet in SHEETS:
        book.write_table(sheet)
    assert _but_widths(members_of(book.content())) == _but_widths(_by_gptables(SHEETS))
