"""Worksheets of one table each, written straight through xlsxwriter by the rules of gptables.

gptables (https://gptables.readthedocs.io) writes what the Analysis Function's guidance asks for: a
title, instructions, shorthand and source above one marked table at the left-hand edge, headings in
bold over a line, text that wraps, numbers to the right. It takes ten times as long, most of it in
looking up formats cell by cell; a test holds this module to what it would write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from typing import Any

from cspanalysis.publication.word_archive import archive_of, members_of
from cspanalysis.publication.workbook_style import with_heading_style

__all__ = ["Book", "Link", "Sheet"]

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_INSTRUCTIONS = "This worksheet contains one table."
_PLAIN = {"font_size": 12, "font_name": "Arial", "font_color": "automatic"}
_WRAPPED = {**_PLAIN, "text_wrap": True}
_TITLE = {**_PLAIN, "bold": True, "font_size": 16}
_SUBTITLE = {**_WRAPPED, "bold": True, "font_size": 14}
_HEADING = {**_WRAPPED, "bold": True, "bottom": 1, "valign": "top"}
_LINKED = {"underline": True, "font_color": "blue"}
_SHORTHAND = re.compile(r"\[[\w\s]+\]")
_COVER, _NARROWEST, _WIDEST = 85, 9, 44
_A4, _NOWHERE = 9, 2  # by the numbers of xlsxwriter


@dataclass(frozen=True, slots=True)
class Link:
    """Hold words and where they lead: an address, or a sheet of the book as ``internal:'A'!A1``."""

    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold one worksheet.

    Parameters
    ----------
    label
        On its tab.
    title, above
        What stands above the table, besides the instructions.
    name
        The table's name: a word that begins with a letter.
    heads, rows
        Names of the columns, all different, and the cells under them, all filled.
    decimals
        How many each column shows; none given, numbers are shown as they are.
    landscape
        Whether it prints across.
    """

    label: str
    title: str
    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    above: Sequence[str] = ()
    decimals: Sequence[int] = ()
    landscape: bool = False


class Book:
    """Write a workbook sheet by sheet.

    Parameters
    ----------
    title, subject, written
        Its properties.
    """

    def __init__(self, title: str, subject: str, written: datetime) -> None:
        from xlsxwriter.workbook import Workbook

        self._buffer = BytesIO()
        self._book: Any = Workbook(self._buffer, _OPTIONS)
        self._book.set_properties({"title": title, "subject": subject, "created": written})
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def write_cover(self, title: str, parts: Mapping[str, Iterable[str | Link]]) -> None:
        """Write the first sheet: a title, and lines under headings."""
        sheet = self._book.add_worksheet("Cover")
        sheet.write_string(0, 0, title, self._format({**_TITLE, "text_wrap": True}))
        row = 1
        for heading, lines in parts.items():
            sheet.write_string(row, 0, heading, self._format(_SUBTITLE))
            for row, line in enumerate(lines, start=row + 1):  # noqa: B020 - goes on below
                self._write(sheet, row, 0, line, _WRAPPED)
            row += 1
        sheet.set_column(0, 0, _COVER)
        _settle(sheet)

    def write_table(self, table: Sheet) -> None:
        """Write a sheet of one table."""
        sheet = self._book.add_worksheet(table.label)
        sheet.write_string(0, 0, table.title, self._format(_TITLE))
        for above, line in enumerate((_INSTRUCTIONS, *table.above), start=1):
            sheet.write_string(above, 0, line, self._format(_PLAIN))
        heads = 2 + len(table.above)
        columns = [[row[place] for row in table.rows] for place in range(len(table.heads))]
        aligned = [
            {"align": "right" if place and _of_numbers(cells) else "left"}
            for place, cells in enumerate(columns)
        ]
        headings = [
            {"header": head, "header_format": self._format({**_HEADING, **side})}
            for head, side in zip(table.heads, aligned, strict=True)
        ]
        for place, heading in enumerate(headings):
            sheet.write_string(heads, place, heading["header"], heading["header_format"])
        bare: dict[str, str] = {}
        shown = [{"num_format": _number_format(n)} for n in table.decimals]
        worn = [
            {**_WRAPPED, **side, **own} for side, own in zip_longest(aligned, shown, fillvalue=bare)
        ]
        for number, row in enumerate(table.rows, start=heads + 1):
            for place, cell in enumerate(row):
                self._write(sheet, number, place, cell, worn[place])
        for place, (head, cells) in enumerate(zip(table.heads, columns, strict=True)):
            sheet.set_column(place, place, _width(head, cells))
        sheet.add_table(
            *(heads, 0, heads + len(table.rows), len(headings) - 1),
            {"autofilter": False, "style": None, "name": table.name, "columns": headings},
        )
        if table.landscape:
            sheet.set_landscape()
        _settle(sheet, heads)

    def content(self) -> bytes:
        """Close the book and give its bytes: what was written alone decides them."""
        self._book.close()
        return archive_of(with_heading_style(members_of(self._buffer.getvalue())))

    def _write(
        self, sheet: Any, row: int, place: int, cell: object, worn: Mapping[str, object]
    ) -> None:
        if isinstance(cell, Link):
            sheet.write_url(row, place, cell.target, self._format({**worn, **_LINKED}), cell.words)
        elif isinstance(cell, str):
            sheet.write_string(row, place, cell, self._format(worn))
        else:
            sheet.write_number(row, place, cell, self._format(worn))

    def _format(self, properties: Mapping[str, object]) -> Any:
        key = tuple(properties.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


def _settle(sheet: Any, heads: int | None = None) -> None:
    """Print on A4, all columns side by side; the heads of a table again on each page.

    There is no footer, by the guidance: the source stands in a cell.
    """
    sheet.hide_gridlines(_NOWHERE)
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    if heads is not None:
        sheet.repeat_rows(heads)


def _of_numbers(cells: Iterable[object]) -> bool:
    """Tell whether a column holds numbers, and nothing else but shorthand."""
    told = [c for c in cells if not (isinstance(c, str) and _SHORTHAND.search(c))]
    return bool(told) and all(isinstance(cell, int | float) for cell in told)


def _number_format(decimals: int) -> str:
    return f"#,##0{f'.{0:0{decimals}}' if decimals else ''}"


def _width(head: str, cells: Iterable[object]) -> float:
    texts = (cell.words if isinstance(cell, Link) else str(cell) for cell in cells)
    longest = max([len(head) / 2, *map(len, texts)])
    return min(_WIDEST, max(_NARROWEST, longest + 2))
