"""Tables as publishers give them: CSV, compressed CSV, Excel and OpenDocument sheets, as text.

Every cell becomes text without surrounding space, and every row keeps its line, so that a fault
can be told with file, line and column. A formula stays as it is written (``=A1+B1``): a figure is
what a publisher says, not what a spreadsheet may work out anew.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import GuardedReader, Member, sha256_of

__all__ = ["Row", "Sheet", "is_workbook", "plain", "read_sheets", "table_of"]

Row = tuple[int, list[str]]
# The largest open data tables unpack to a quarter of this.
_LARGEST = 400_000_000
_NOTE = re.compile(r"\s*\[(?:note|notes|[a-z])\s*[\d, ]*\]", re.IGNORECASE)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_HEADER_WITHIN = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold one table of a file.

    Parameters
    ----------
    shown
        Path for messages, with the sheet's name where the file has several.
    rows
        Rows that hold something, each with its line from 1.
    """

    shown: str
    rows: list[Row]


def read_sheets(member: Member) -> tuple[list[Sheet], str]:
    """Read all tables of a file, and the hash of its bytes.

    Raises
    ------
    SourceError
        If the file is damaged, no table, or larger than any that is published.
    """
    path = member.source if isinstance(member.source, Path) else None
    kind = is_workbook(path) if path else ""
    if path and kind:
        try:
            sheets = _excel(path, member) if kind == "xlsx" else _opendocument(path, member)
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError) as error:
            reason = f"the workbook can not be read ({error}); save it again, or save it as CSV"
            raise SourceError(reason, file=member.shown) from error
        return [sheet for sheet in sheets if sheet.rows], sha256_of(path)
    raw = _unpacked(member)
    return [Sheet(member.shown, list(_csv(raw, member)))], hashlib.sha256(raw).hexdigest()


def is_workbook(path: Path) -> str:
    """Tell ``xlsx`` and ``ods`` by what is inside; empty for everything else."""
    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "mimetype" in names and archive.read("mimetype").startswith(_ODS):
            return "ods"
    return ""


def table_of(
    sheets: Iterable[Sheet], is_header: Callable[[list[str]], bool]
) -> tuple[Sheet, Row, list[Row]] | None:
    """Find the first sheet with a header near its top: the sheet, the header, the rows after it.

    The cells of the header are made `plain`, and empty columns at the right are left out.
    """
    for sheet in sheets:
        for position, (line, cells) in enumerate(sheet.rows[:_HEADER_WITHIN]):
            header = [plain(cell) for cell in cells]
            if is_header(header):
                while not header[-1]:
                    header.pop()
                wide = sheet.rows[position + 1 :]
                return sheet, (line, header), [_cut(row, len(cells), len(header)) for row in wide]
    return None


def _cut(row: Row, whole: int, used: int) -> Row:
    """Leave out the cells beside a table, where they are empty in its header and here."""
    line, cells = row
    return row if len(cells) != whole or any(cells[used:]) else (line, cells[:used])


def plain(text: str) -> str:
    r"""Take notes and needless space out of a name.

    Examples
    --------
    >>> plain(" Humberside [note 4]"), plain("Police Force\nArea code"), plain("Swindon [x]")
    ('Humberside', 'Police Force Area code', 'Swindon')
    """
    return " ".join(_NOTE.sub("", text).split())


def _unpacked(member: Member) -> bytes:
    """Give the bytes of a text file, unpacked where it is compressed, checked to be UTF-8."""
    try:
        with member.bytes() as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with member.bytes() as raw:
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw
            return _guarded(stream, member)
    except (gzip.BadGzipFile, zlib.error, EOFError, OSError, zipfile.BadZipFile) as error:
        reason = f"the file is damaged ({error}); download it again"
        raise SourceError(reason, file=member.shown) from error


def _guarded(stream: BinaryIO, member: Member) -> bytes:
    reader = GuardedReader(stream, shown=member.shown)
    parts, size = [], 0
    while chunk := reader.read(1 << 20):
        parts.append(chunk)
        size += len(chunk)
        if size > _LARGEST:
            reason = f"the file unpacks to more than {_LARGEST:,} bytes, which no table does"
            raise SourceError(reason, file=member.shown)
    return b"".join(parts)


def _csv(raw: bytes, member: Member) -> Iterator[Row]:
    if b"\0" in raw:
        raise SourceError("this is not a text file", file=member.shown, line=1)
    text = io.StringIO(raw.decode("utf-8-sig"), newline="")
    reader = csv.reader(text, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(str(error), file=member.shown, line=reader.line_num) from error


def _excel(path: Path, member: Member) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    with path.open("rb") as raw, warnings.catch_warnings():
        # It warns of parts of a workbook that it leaves out, such as pictures.
        warnings.simplefilter("ignore")
        book = load_workbook(raw, read_only=True, data_only=False, keep_links=False)
        try:
            sheets = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows = sheet.iter_rows(values_only=True)
                sheets.append(Sheet(f"{member.shown}, sheet '{sheet.title}'", _filled(rows)))
        finally:
            book.close()
    return iter(sheets)


def _filled(rows: Iterable[Iterable[object]]) -> list[Row]:
    written = ([_written(cell) for cell in row] for row in rows)
    return _evened([row for row in enumerate(written, start=1) if any(row[1])])


def _evened(rows: list[Row]) -> list[Row]:
    """Make rows equally wide: workbooks leave out the empty cells at the end of a row."""
    width = max((len(cells) for _, cells in rows), default=0)
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
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MANY = 1000


def _opendocument(path: Path, member: Member) -> Iterator[Sheet]:
    from lxml import etree

    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as raw:
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            tree = etree.parse(raw, parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(str(error)) from error
    for table in tree.iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        yield Sheet(f"{member.shown}, sheet '{name}'", _evened(list(_rows(table))))


def _rows(table: Any) -> Iterator[Row]:
    line = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells = list(_cells(row))
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        if any(cells):
            for offset in range(min(repeated, _MANY)):
                yield line + offset, list(cells)
        line += repeated


def _cells(row: Any) -> Iterator[str]:
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        yield from [_cell(cell)] * min(repeated, _MANY)


def _cell(cell: Any) -> str:
    if formula := cell.get(f"{_TABLE}formula"):
        return "=" + str(formula).partition("=")[2]
    if cell.get(f"{_OFFICE}value-type") in {"float", "percentage", "currency"}:
        return _written(float(cell.get(f"{_OFFICE}value", "nan")))
    if day := cell.get(f"{_OFFICE}date-value"):
        return str(day)[:10]
    return "\n".join("".join(p.itertext()) for p in cell.iter(f"{_TEXT}p")).strip()
