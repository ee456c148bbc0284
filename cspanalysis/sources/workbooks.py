"""Workbooks, Excel and OpenDocument, read by what their cells mean, and within bounds.

A percentage is written as it shows (``27%``), a day as ``2023-09-01``. What a sheet says of itself
is not believed: rows, columns and repeats are bounded before anything is unrolled.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cspanalysis.errors import SourceError
from cspanalysis.vocabulary.listed import many

__all__ = ["Row", "Sheet", "is_workbook", "sheets_of"]

Row = tuple[int, list[str]]
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# What Excel can hold in rows; no open data table is a tenth as wide, or holds as many cells.
_LONGEST, _WIDEST, _MOST_CELLS = 1_048_576, 1_000, 10_000_000
_LARGEST_PART = 400_000_000
_MAX_RATIO, _SMALL = 200, 10_000_000
# A row that is repeated with what it holds.
_MOST_ALIKE = 1_000
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*\br=[\"'](?:[A-Z]{4,}\d|[A-Z]+0*\d{8,})")
_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold one table of a file.

    Parameters
    ----------
    shown
        Path for messages, with the sheet's name where the file has several.
    rows
        Rows that hold something, each with its line from 1.
    hidden
        Number of its rows that the workbook hides. They are read: they may be filtered by chance.
    unseen
        Whether the workbook hides the sheet itself. It is read as well.
    encoding
        That of a text, where it was not UTF-8.
    """

    shown: str
    rows: list[Row]
    hidden: int = 0
    unseen: bool = False
    encoding: str = ""

    def read_as(self) -> Iterator[str]:
        """Say in which encoding a text was read, where that was not UTF-8."""
        if self.encoding:
            yield f"{self.shown}: read as {self.encoding}"

    def unseen_parts(self) -> Iterator[str]:
        """Say what of it the workbook hides, since it was read as well."""
        if self.unseen:
            yield f"{self.shown}: the workbook hides this sheet; it was read"
        if self.hidden:
            yield f"{self.shown}: {many(self.hidden, 'hidden row')} read as well"


def is_workbook(path: Path) -> str:
    """Tell ``xlsx`` and ``ods`` by what is inside; empty for everything else."""
    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        try:
            marked = "mimetype" in names and archive.read("mimetype").startswith(_ODS)
        except Exception as error:  # broken archives end in errors of every kind
            reason = f"the archive is damaged ({error}); download it again"
            raise SourceError(reason, file=path) from error
    return "ods" if marked else ""


def sheets_of(path: Path, kind: str, shown: str) -> list[Sheet]:
    """Read the sheets of a workbook.

    Raises
    ------
    SourceError
        If it is damaged, or holds more than any table does.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_excess(archive)
        return list(_excel(path, shown) if kind == "xlsx" else _opendocument(path, shown))
    except SourceError:
        raise
    except Exception as error:  # the parsers of workbooks end in errors of every kind
        said = " ".join(str(error).split())[:120] or type(error).__name__
        reason = f"the workbook can not be read ({said}); save it again, or save it as CSV"
        raise SourceError(reason, file=shown) from error


def _refuse_excess(archive: zipfile.ZipFile) -> None:
    for part in archive.infolist():
        size, packed = part.file_size, max(part.compress_size, 1)
        if size > _LARGEST_PART or (size > _SMALL and size > _MAX_RATIO * packed):
            raise ValueError(f"'{part.filename}' unpacks to {size:,} bytes, which no table does")
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as raw:
                head = raw.read(1 << 16)
            if (
                b"<!DOCTYPE" in head
                or b"<!ENTITY" in head
                or head[:2] in (b"\xff\xfe", b"\xfe\xff")
            ):
                raise ValueError(f"'{part.filename}' declares entities, or is not UTF-8")


def _bounded(width: int, line: int, cells: int) -> None:
    if width > _WIDEST:
        raise ValueError(f"row {line} is wider than {_WIDEST:,} columns, which no table is")
    if line > _LONGEST or cells > _MOST_CELLS:
        raise ValueError(f"more than {_LONGEST:,} rows or {_MOST_CELLS:,} cells")


def _excel(path: Path, shown: str) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    with path.open("rb") as raw, warnings.catch_warnings(), zipfile.ZipFile(path) as parts:
        # It warns of parts of a workbook that it leaves out, such as pictures.
        warnings.simplefilter("ignore")
        book = load_workbook(raw, read_only=True, data_only=False, keep_links=False)
        try:
            for sheet in book.worksheets:
                hidden = _hidden_rows(parts.read(sheet._worksheet_path))
                sheet.reset_dimensions()
                rows = _filled(sheet.iter_rows())
                unseen = sheet.sheet_state != "visible"
                yield Sheet(f"{shown}, sheet '{sheet.title}'", rows, hidden, unseen)
        finally:
            book.close()


def _hidden_rows(xml: bytes) -> int:
    """Count the hidden rows of a sheet; refuse rows and columns that no workbook has."""
    hidden = 0
    for match in _ROW.finditer(xml):
        number = _NUMBER.search(match[0])
        if number and (len(number[1]) > 7 or int(number[1]) > _LONGEST):
            raise ValueError(f"row {number[1][:12].decode()} is beyond the last that there can be")
        hidden += bool(_HIDDEN.search(match[0]))
    if cell := _CELL.search(xml):
        raise ValueError(f"there can be no cell {cell[0][-12:].decode(errors='replace')}")
    return hidden


def _filled(rows: Iterable[Sequence[Any]]) -> list[Row]:
    kept: list[Row] = []
    cells = 0
    for line, row in enumerate(rows, start=1):
        written = [_excel_cell(cell) for cell in row]
        while written and not written[-1]:
            written.pop()
        if written:
            cells += len(written)
            _bounded(len(written), line, cells)
            kept.append((line, written))
    return _evened(kept)


def _excel_cell(cell: Any) -> str:
    value = cell.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and "%" in _QUOTED.sub("", cell.number_format or ""):
        return _percentage(value)
    return _written(value)


def _percentage(value: float) -> str:
    """Write a share as the percentage that its cell shows.

    Examples
    --------
    >>> _percentage(0.27), _percentage(0.2755), _percentage(1)
    ('27%', '27.55%', '100%')
    """
    return f"{(Decimal(repr(value)) * 100).normalize():f}%"


def _evened(rows: list[Row]) -> list[Row]:
    """Make rows equally wide: workbooks leave out the empty cells at the end of a row."""
    width = max((len(cells) for _, cells in rows), default=0)
    _bounded(width, 0, width * len(rows))
    return [(line, cells + [""] * (width - len(cells))) for line, cells in rows]


def _written(value: object) -> str:
    """Write a cell's value as text.

    Examples
    --------
    >>> _written(12.0), _written(None), _written(datetime(2018, 3, 31)), _written(" 4 ")
    ('12', '', '2018-03-31', '4')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _opendocument(path: Path, shown: str) -> Iterator[Sheet]:
    """Read the sheets row by row: as a whole, the tree of a large one takes a gigabyte."""
    from lxml import etree

    tags = (f"{_TABLE}table", f"{_TABLE}table-row", f"{_STYLE}table-properties")
    within: list[_Rows] = []
    hiding: set[str] = set()
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as raw:
        for event, element in etree.iterparse(
            raw, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True
        ):
            if element.tag == tags[2]:
                if element.get(f"{_TABLE}display") == "false":
                    hiding.add(element.getparent().get(f"{_STYLE}name", ""))
            elif element.tag == tags[1]:
                if event == "end" and within:
                    within[-1].take(element)
                    element.clear()
            elif event == "start":
                unseen = element.get(f"{_TABLE}style-name", "") in hiding
                within.append(_Rows(element.get(f"{_TABLE}name", ""), unseen))
            else:
                held = within.pop()
                element.clear()
                named, rows = f"{shown}, sheet '{held.name}'", _evened(held.kept)
                yield Sheet(named, rows, held.hidden, held.unseen)


@dataclass(slots=True)
class _Rows:
    """Gather the rows of a sheet that hold something, within bounds."""

    name: str
    unseen: bool
    kept: list[Row] = field(default_factory=list)
    hidden: int = 0
    line: int = 1
    held: int = 0

    def take(self, row: Any) -> None:
        repeated = _times(row, "number-rows-repeated")
        if cells := list(_cells(row)):
            if repeated > _MOST_ALIKE:
                reason = f"row {self.line} is repeated {repeated:,} times with what it holds"
                raise ValueError(reason)
            self.held += len(cells) * repeated
            _bounded(len(cells), self.line + repeated, self.held)
            if row.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                self.hidden += repeated
            self.kept += [(self.line + offset, list(cells)) for offset in range(repeated)]
        self.line += repeated


def _cells(row: Any) -> Iterator[str]:
    """Give the cells of a row up to the last that holds something; what is covered is not seen."""
    empty = width = 0
    for cell in row.iter(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeated = _times(cell, "number-columns-repeated")
        width += repeated
        text = "" if cell.tag == f"{_TABLE}covered-table-cell" else _cell(cell)
        if not text:
            empty += repeated
            continue
        _bounded(width, 0, width)
        yield from [""] * empty + [text] * repeated
        empty = 0


def _times(element: Any, name: str) -> int:
    text = str(element.get(f"{_TABLE}{name}", "1"))
    if not re.fullmatch(r"0*[1-9][0-9]{0,6}", text):
        raise ValueError(f"'{text[:20]}' is no number of repeats")
    return int(text)


def _cell(cell: Any) -> str:
    if formula := cell.get(f"{_TABLE}formula"):
        return "=" + str(formula).partition("=")[2]
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in {"float", "percentage", "currency"}:
        value = float(cell.get(f"{_OFFICE}value", "nan"))
        return _percentage(value) if kind == "percentage" else _written(value)
    if day := cell.get(f"{_OFFICE}date-value"):
        return str(day)[:10]
    # Only what stands in the cell itself: comments have paragraphs of their own.
    return "\n".join("".join(_said(p)) for p in cell.iterchildren(f"{_TEXT}p")).strip()


def _said(element: Any) -> Iterator[str]:
    """Give the text of a paragraph: its spaces, tabs and line breaks read, comments left out."""
    yield element.text or ""
    for part in element.iterchildren("*"):
        if part.tag in {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}:
            yield " "
        elif part.tag not in {f"{_OFFICE}annotation", f"{_TEXT}note"}:
            yield from _said(part)
        yield part.tail or ""
